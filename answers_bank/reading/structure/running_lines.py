"""What every page repeats (a letterhead in the margin, a line at head or foot, page numbers), in text that some other
program took out of a paged file: its place on the page is lost there, that it returns page by page is not."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.structure.headings import read_heading
from answers_bank.reading.structure.paragraphs import is_item

_ENDED = re.compile(r"[.?!:;][\"'’”»)\]]*\d{0,3}$")
# "Pagina 2 van 3", "- 2 -", "2/4", "blad 2", "blz. 2 | 4"; letters may stand apart where the extraction is broken.
_PAGE_NUMBER = re.compile(
    r"(?:pagina|blad(?:zijde)?|blz\.?|page|p\.)?#(?:(?:van(?:de)?|/|of|\|)#)?$|[-–—(\[|]#[-–—)\]|]$"
)
_NAMED_PAGE = re.compile(r"(?:pagina|blad(?:zijde)?|blz\.?)#(?:(?:van(?:de)?|/|\|)#)?$|pagina$")
# What a colofon has, its spaces taken out.
_LABEL = re.compile(
    r"^(?:ons|uw|onze)(?:kenmerk|referentie)|^bijlage|postbus\d|^[tf]0\d|^\d{4}[a-z]{2}(?![a-z])|www\.|@|^contactpersoon"
    r"|^directoraat|^directie|^afdeling|^datum"
)
_NAMED_FOOT = re.compile(r"(?:pagina|blad(?:zijde)?|blz\.?)#(?:(?:van(?:de)?|/|\|)#)?$")
_DEEPEST_HEAD = 4
"""Lines at the head of the first page among which its number may stand."""

_FEWEST_LINES = 5
_LONGEST = 70
"""Characters of a line that may be part of a letterhead, a head or a foot."""

_SHORT = 45
"""Characters of a line of a narrow column beside the text."""

_MOST_ASIDE = 24
"""Lines of such a column on one page."""


def without_running_lines(blocks: Sequence[TextBlock]) -> tuple[list[TextBlock], list[TextBlock]]:
    """The blocks without what the pages repeat, and of that what tells something once (as "letterhead").

    Each block gets the number of its page, and one that begins a page is marked so.
    """
    keys = [_key(block.text) for block in blocks]
    numbers = _page_numbers(blocks, keys)
    page_of = _pages(blocks, keys, numbers)
    count = page_of[-1] + 1 if page_of else 0
    if count < 2 and not numbers:
        return list(blocks), []
    running = _running(blocks, keys, page_of, numbers) - numbers
    column = _column(blocks, running, numbers)
    gone = running | numbers | column
    if not gone:
        return list(blocks), []
    kept: list[TextBlock] = []
    for index, block in enumerate(blocks):
        if index in gone:
            continue
        begins = bool(kept) and page_of[index] != page_of[_before(index, gone)]
        # White space around what is gone belonged to it: the sentence goes on.
        beside = index and index - 1 in gone and block.gap and not _ended(kept) and block.text[:1].islower()
        page = page_of[index] + 1
        kept.append(replace(block, leaf=block.leaf or begins, gap=block.gap and not beside, page=page))
    told: dict[str, TextBlock] = {}
    for index in sorted(running | column):
        told.setdefault(keys[index], replace(blocks[index], role="letterhead"))
    return kept, list(told.values())


def _before(index: int, gone: set[int]) -> int:
    return next((other for other in range(index - 1, -1, -1) if other not in gone), index)


def _ended(kept: Sequence[TextBlock]) -> bool:
    return not kept or bool(_ENDED.search(kept[-1].text))


def _key(text: str) -> str:
    """What a line says but for its spaces and figures, which are a "#"; one that stood there is something else."""
    return re.sub(r"\d+", "#", "".join(text.lower().replace("#", "♯").split()))


def _page_numbers(blocks: Sequence[TextBlock], keys: Sequence[str]) -> set[int]:
    """The lines that number the pages: of one form, counting up by one."""
    forms: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        text = blocks[index].text
        if len(text) <= 40 and _PAGE_NUMBER.match(key):
            if key != "#" or _at_page_edge(blocks, index):
                forms[key].append(index)
            elif index and _may_run(blocks[index - 1]):
                forms[f"{keys[index - 1]}\n#"].append(index)  # below the same head on each page
        elif _NAMED_FOOT.search(key) and _may_run(blocks[index]) and not text[0].isdigit():
            forms[key].append(index)
    found: set[int] = set()
    for key, places in forms.items():
        at = -1 if _NAMED_FOOT.search(key) and not _PAGE_NUMBER.match(key) else 0
        values = [int(re.findall(r"\d+", blocks[index].text)[at][:6]) if "#" in key else 0 for index in places]
        counts = all(after - before == 1 for before, after in itertools.pairwise(values))
        if (counts and len(places) > 1) or _NAMED_PAGE.match(key):
            found.update(places)
    return found | _last_number(blocks, keys, found)


def _last_number(blocks: Sequence[TextBlock], keys: Sequence[str], found: set[int]) -> set[int]:
    """The foot of the last page, or of the only one, where it numbers that page and no more."""
    if len(blocks) < _FEWEST_LINES or len(blocks) - 1 in found:
        return set()
    last = len(blocks) - 1
    pages = str(1 + (sum(block.leaf for block in blocks[1:]) or len(found)))
    numbers = re.findall(r"\d+", blocks[last].text)
    foot = _PAGE_NUMBER.match(keys[last]) or (
        _NAMED_FOOT.search(keys[last]) and _may_run(blocks[last]) and not blocks[last].text[0].isdigit()
    )
    counts = bool(numbers) and pages in (numbers[-1], numbers[0])
    above = blocks[last - 1].text
    ended = _ENDED.search(above) or not above[-1:].isalnum() or blocks[last].gap
    return {last} if foot and counts and ended else set()


def _at_page_edge(blocks: Sequence[TextBlock], index: int) -> bool:
    return blocks[index].leaf or index + 1 == len(blocks) or blocks[index + 1].leaf


def _pages(blocks: Sequence[TextBlock], keys: Sequence[str], numbers: set[int]) -> list[int]:
    """The page that each block is on, from 0, as far as form feeds or page numbers show it."""
    by_feed = any(block.leaf for block in blocks[1:])
    first = min(numbers, default=len(blocks))
    at_head = not by_feed and first < _DEEPEST_HEAD
    begins = {_head_above(index, first, keys) for index in numbers if index != first} if at_head else set()
    page = 0
    found = []
    for index, block in enumerate(blocks):
        if (by_feed and index and block.leaf) or index in begins:
            page += 1
        found.append(page)
        if not by_feed and not at_head and index in numbers and index + 1 < len(blocks):
            page += 1
    return found


def _head_above(index: int, first: int, keys: Sequence[str]) -> int:
    """Where a page begins whose number stands at `index`, with what the first page has above its own number."""
    step = 0
    while step < first and keys[index - step - 1] == keys[first - step - 1]:
        step += 1
    return index - step


def _running(blocks: Sequence[TextBlock], keys: Sequence[str], page_of: Sequence[int], numbers: set[int]) -> set[int]:
    """The lines that (nearly) every page has once, together with others or at its edge."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if key and _may_run(blocks[index]):
            places[key].append(index)
    needed = max(2, 0.6 * (page_of[-1] + 1))
    candidates: set[int] = set()
    for same in places.values():
        pages = [page_of[index] for index in same]
        if len(set(pages)) >= needed and len(pages) == len(set(pages)):
            candidates.update(same)
    edges = {index for index in range(len(blocks)) if _near_edge(index, page_of, candidates | numbers)}
    return {
        index
        for index in candidates
        if index in edges
        or _accompanied(index, candidates, keys)
        or (
            index
            and not _ENDED.search(blocks[index - 1].text)
            and blocks[min(index + 1, len(blocks) - 1)].text[:1].islower()
        )
    }


def _may_run(block: TextBlock) -> bool:
    text = block.text
    return (
        len(text) <= _LONGEST
        and block.wrapped
        and block.item is None
        and not _ENDED.search(text)
        and not is_item(text)
        and read_heading(text) is None
        and len(re.findall(r"\d+", text)) < 4
    )


def _near_edge(index: int, page_of: Sequence[int], candidates: set[int]) -> bool:
    """Whether nothing but such lines stands between a line and the begin or end of its page."""
    for step in (-1, 1):
        at = index
        while 0 <= at + step < len(page_of) and page_of[at + step] == page_of[index] and at + step in candidates:
            at += step
        other = at + step
        if not 0 <= other < len(page_of) or page_of[other] != page_of[index]:
            return True
    return False


def _accompanied(index: int, candidates: set[int], keys: Sequence[str]) -> bool:
    """Whether a line returns together with the one above or below it."""
    for step in (-1, 1):
        beside = index + step
        if beside not in candidates:
            continue
        pairs = [
            i
            for i in candidates
            if keys[i] == keys[index] and i + step in candidates and keys[i + step] == keys[beside]
        ]
        if len(pairs) > 1:
            return True
    return False


def _column(blocks: Sequence[TextBlock], running: set[int], numbers: set[int]) -> set[int]:
    """What stands below a letterhead in the margin of a page, up to its number: short lines that say no sentence."""
    found: set[int] = set()
    for index in running:
        if index + 1 in running or index + 1 >= len(blocks):
            continue
        stop = index + 1
        while stop < len(blocks) and stop not in numbers and stop not in running and stop - index <= _MOST_ASIDE:
            if not _is_aside(blocks[stop]):
                break
            stop += 1
        labelled = any(_LABEL.search("".join(blocks[at].text.lower().split())) for at in range(index + 1, stop))
        if stop < len(blocks) and stop in numbers and labelled:
            found.update(range(index + 1, stop))
    return found


def _is_aside(block: TextBlock) -> bool:
    text = block.text
    return len(text) <= _SHORT and not _ENDED.search(text) and not is_item(text) and read_heading(text) is None
