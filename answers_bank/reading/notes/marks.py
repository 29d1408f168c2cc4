"""Note marks in the running text: found, bound to their place, and taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped, join
from answers_bank.reading.structure.headings import read_heading

_CHEMISTRY = re.compile(r"(?:^|[^A-Za-z])(?:C?O|NO?|S?O|H|CH|NH|PM|SF|H2S?O|m|km|dm|cm)$")
# Numbers that belong to the word before them although it stands close by.
_BELONGS = re.compile(r"\b(?:vra(?:ag|gen)|antwoord(?:en)?|artikel|nr\.?|nummer|lid|pagina|blz\.?)\s?$", re.IGNORECASE)
# "toevertrouwd;3. de bedragen": an item of a list that lost its line break.
_LISTED = re.compile(r"[;:.?]\d{1,2}\.\s?[a-zA-Z]")
_DECIMAL = re.compile(r"\d,$")
_STOPS = ".,;:?!)»”’\"'"
_OWN_LINE = re.compile(r"\d{1,3}(?:\s*(?:,|en|\s)\s*\d{1,3})*\s*[.,;:?!)»”’]{0,2}$")


def lift(blocks: list[TextBlock], system: str, marks: Sequence[str], start: int = 0) -> list[str]:
    """Take the `marks` (in the order of their notes) out of `blocks`, each behind the one before it.

    Of all ways to place them in order, the likeliest is taken. Returns the marks that were not found. Changes `blocks`
    in place.
    """
    places = _likeliest([_places(blocks, mark, start) for mark in marks])
    # From the last to the first: taking a mark out moves only what stands behind it.
    for mark, place in reversed(list(zip(marks, places, strict=True))):
        if place is not None:
            _take(blocks, place, system, mark)
    return [mark for mark, place in zip(marks, places, strict=True) if place is None]


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    index: int
    start: int
    end: int
    cost: float
    """How unlikely it is that a mark stands so: 0 to 1."""


_MISSING = 2.0
"""What it costs to leave a mark out."""


@lru_cache(maxsize=1000)
def _forms(mark: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    """The ways in which `mark` may stand, each with its cost."""
    number = re.escape(mark)
    return (
        (re.compile(rf"^{number}(?=[\s.,;:?!)»”’]|$)"), 0.0),
        (re.compile(rf"(?<=[^\W\d_]){number}(?=$|[\s.,;:?!)»”’\"'–-])"), 0.1),
        (re.compile(rf"(?<=[.,;:?!)»”’\"'%\]]){number}(?=$|[\s.,;:?!)»”’])"), 0.1),
        (re.compile(rf"(?<=(?:19|20)\d\d){number}(?!\d)"), 0.3),
        (re.compile(rf"(?<=[.?!,;:)»”’\"'])\s{number}(?=$|[\s.,;:])"), 0.6),
        (re.compile(rf"(?<=[^\W\d_]|\d)\s{number}(?=$|[.,;:)])"), 0.8),
        (re.compile(rf"(?<=\d{{3}}){number}(?=$|[\s.,;:)])"), 0.9),
        (re.compile(rf"(?<=[a-zà-ÿ0-9])\s{number}(?=\s+[a-zà-ÿ]{{2,}})"), 1.0),
    )


def _places(blocks: Sequence[TextBlock], mark: str, first: int) -> list[_Place]:
    """Where `mark` may stand: on a line of its own or at the start of one, glued to a word or year, behind a space."""
    found: dict[tuple[int, int], _Place] = {}
    for index in range(first, len(blocks)):
        text = blocks[index].text
        if mark not in text:
            continue
        heading = read_heading(text)
        numbers_end = heading.rest if heading is not None else 0
        for form, cost in _forms(mark):
            for match in form.finditer(text):
                if match.start() < numbers_end or _DECIMAL.search(text, max(match.start() - 4, 0), match.start()):
                    continue  # the numbers of a heading, the decimals of a number
                if cost == 0.0 and not _may_start_line(blocks, index, match):
                    continue
                before = text[: match.start()] if match.start() else blocks[index - 1].text if index else ""
                if _CHEMISTRY.search(before[-6:]):
                    continue
                doubt = 0.9 if _BELONGS.search(before[-12:]) or _LISTED.match(text, max(match.start() - 1, 0)) else 0.0
                place = _Place(index, match.start(), _mark_end(text, match), max(cost, doubt))
                found.setdefault((index, match.start()), place)
    return sorted(found.values())[:80]


def _mark_end(text: str, match: re.Match[str]) -> int:
    """Behind the mark, with the bracket that closes it ("stil1)") where none was opened before."""
    end = match.end()
    if text[end : end + 1] == ")" and match.start() and text.count("(", 0, end) <= text.count(")", 0, end):
        return end + 1
    return end


def _likeliest(choices: Sequence[list[_Place]]) -> list[_Place | None]:
    """One place a mark, in ascending order, at the lowest total cost."""
    # Each state: the cheapest way to have come so far that ends at a given place.
    states: list[tuple[float, tuple[int, int], tuple[_Place | None, ...]]] = [(0.0, (-1, -1), ())]
    for places in choices:
        following: list[tuple[float, tuple[int, int], tuple[_Place | None, ...]]] = [
            (cost + _MISSING, at, (*path, None)) for cost, at, path in states
        ]
        for place in places:
            here = (place.index, place.start)
            reachable = [state for state in states if state[1] < here]
            if reachable:
                cost, _, path = min(reachable, key=lambda state: state[0])
                following.append((cost + place.cost, here, (*path, place)))
        # A state that is both dearer and further on than another can never win.
        following.sort(key=lambda state: (state[1], state[0]))
        states = []
        for state in following:
            if not states or state[0] < states[-1][0]:
                states.append(state)
    return list(min(states, key=lambda state: state[0])[2])


def _may_start_line(blocks: Sequence[TextBlock], index: int, match: re.Match[str]) -> bool:
    """A superscript that lost its line stands at the start of the next one; so do list items, years and headings."""
    if index == 0 or not blocks[index].wrapped:
        return False
    text = blocks[index].text
    item = re.match(r"(?:\.\s+|\)\s*)(\S)", text[match.end() :])
    if item and not item[1].isupper():
        return False  # "1. het onderhoud"
    if item and not blocks[index - 1].text.endswith((" ", "-")):
        # "1. De eerste" is an item, unless the line before breaks off: there the stop closes that sentence.
        ended = blocks[index - 1].text.rstrip()[-1:] in ".?!:;"
        if ended:
            return False
    above = read_heading(blocks[index - 1].text)
    return not (above is not None and above.rest >= len(blocks[index - 1].text))


def _take(blocks: list[TextBlock], place: _Place, system: str, mark: str) -> None:
    """Cut the mark out and note where it stood."""
    block = blocks[place.index]
    if place.start:
        line = block.line.without([(place.start, place.end)], [(place.start, system, mark)])
        blocks[place.index] = block.with_line(line)
        return
    above = blocks[place.index - 1]
    later = tuple((p - place.end, s, m) for p, s, m in block.line.marks if p >= place.end)
    rest = Mapped(block.text[place.end :], block.line.at[place.end :], later).strip()
    behind = Mapped(above.line.text, above.line.at, (*above.line.marks, (len(above.line), system, mark)))
    if rest or rest.marks:
        # What follows the mark goes on in the same line.
        behind = join([behind, rest], "" if rest.text[:1] in _STOPS else " ")
    blocks[place.index - 1] = above.with_line(behind)
    del blocks[place.index]


def split_marks(blocks: list[TextBlock], known: frozenset[str]) -> None:
    """Split lines such as "2 3" or "2, 3 en 4", all of them known marks, into lines of one mark each."""
    index = 1
    while index < len(blocks):
        block = blocks[index]
        numbers = list(re.finditer(r"\d{1,3}", block.text))
        if (
            block.wrapped
            and len(numbers) > 1
            and _OWN_LINE.fullmatch(block.text)
            and all(number[0] in known for number in numbers)
        ):
            last = len(numbers) - 1
            parts = [block.line.cut(n.start(), n.end() if i < last else None) for i, n in enumerate(numbers)]
            blocks[index : index + 1] = [replace(block, line=part) for part in parts]
            index += len(parts)
        else:
            index += 1
