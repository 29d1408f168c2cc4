"""Sets whose questions have numbers and no headings ("1. Bent u …", "2" on a line of its own): their numbers are told
from the marks of notes before those are looked for, and become those of list items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped
from answers_bank.reading.structure.headings import HIGHEST, read_heading

_TEXT = r"(?=[\"'‘“„«(\[]?[A-ZÀ-Þ’‘'])"
_FORMS = (
    re.compile(rf"(\d{{1,3}})\.\s+{_TEXT}"),
    re.compile(rf"\(?(\d{{1,3}})\)\s+{_TEXT}"),
    re.compile(rf"(\d{{1,3}})\s+{_TEXT}"),
    re.compile(r"(\d{1,3})\.$"),
    re.compile(r"(\d{1,3})$"),
)
"""How the numbers of a set may be written; the last two on a line of their own."""

_OPENED = re.compile(r"\(?\d")
"""What each of these forms begins with."""

_OWN_LINE = _FORMS[3:]
SETS = re.compile(
    r"\b[Vv]ragen\s*(?:gesteld\s*)?(?:van|door)\s*(?:het\s*(?:Kamer)?lid|de\s*(?:Kamer)?leden)\b|\bKamervragen\b|\bschriftelijke\s+vragen\b"
    r"|\b(?i:lijst\s+van\s+vragen|feitelijke\s+vragen|schriftelijke\s+vra(?:ag|gen))\b"
)
"""Words that say that what follows are questions of members."""
_LONGEST = 60
"""Blocks of one question and its answer within which it must ask."""


@dataclass(frozen=True, slots=True)
class _Number:
    index: int
    """Of the block that it opens."""

    value: int
    end: int


def as_items(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The blocks with the number of each question as that of a list item, where numbers and no headings part them."""
    opened = [index for index, block in enumerate(blocks) if _OPENED.match(block.text)]
    if not opened:
        return list(blocks)
    headings = [heading.kind if (heading := read_heading(block.text)) else None for block in blocks]
    if "question" in headings:
        return list(blocks)
    chains = [(_chain(blocks, opened, form, headings), form) for form in _FORMS]
    chain, form = max(chains, key=lambda found: len(found[0]))
    # One question alone is numbered where its number has a line of its own and an answer follows.
    if len(chain) < 2 and not (chain and form in _OWN_LINE and "answer" in headings[chain[0].index :]):
        return list(blocks)
    head = "\n".join(block.text for block in blocks[: chain[0].index])
    if "answer" not in headings and not SETS.search(head):
        return list(blocks)  # a letter: its numbered headings are no questions
    result = list(blocks)
    for number in reversed(chain):
        block = result[number.index]
        label = f"{number.value}."
        if form in _OWN_LINE:
            following = result[number.index + 1]
            leaf = block.leaf or following.leaf
            result[number.index : number.index + 2] = [replace(following, item=label, gap=True, breaks=None, leaf=leaf)]
        else:
            rest = _behind(block, number.end)
            result[number.index] = replace(block, line=rest, item=label, gap=True, breaks=None)
    return result


def _behind(block: TextBlock, end: int) -> Mapped:
    return block.line.cut(end).strip()


def _chain(
    blocks: Sequence[TextBlock], opened: Sequence[int], form: re.Pattern[str], headings: Sequence[str | None]
) -> list[_Number]:
    """The numbers 1, 2, 3, … of this form that open questions; `opened`: the blocks that may have one."""
    found = [
        _Number(index, int(match[1]), match.end())
        for index, block in ((index, blocks[index]) for index in opened)
        if block.role != "row"
        and block.item is None
        and (match := form.match(block.text))
        and int(match[1]) <= HIGHEST
        and (form not in _OWN_LINE or _text_follows(blocks, index))
    ]
    chain: list[_Number] = []
    asking = 0
    for position, number in enumerate(found):
        if number.value != len(chain) + 1:
            continue
        following = next((n for n in found[position + 1 :] if n.value in (number.value, number.value + 1)), None)
        stop = min(following.index if following else len(blocks), number.index + _LONGEST)
        asks = any("?" in block.text for block in blocks[number.index : stop])
        if not asks and not (chain and _may_be_asked(number, following, headings, stop)):
            continue
        chain.append(number)
        asking += asks
    return chain if asking * 2 > len(chain) else []


def _text_follows(blocks: Sequence[TextBlock], index: int) -> bool:
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    return bool(re.match(r"[\"'‘“„«(\[]?[A-ZÀ-Þ]", following)) and read_heading(following) is None


def _may_be_asked(number: _Number, following: _Number | None, headings: Sequence[str | None], stop: int) -> bool:
    """Whether a numbered paragraph without a question mark is a question ("Kunt u dit toelichten."): its number does
    not come again, and it is answered where others are."""
    if following is not None and following.value == number.value:
        return False
    return "answer" not in headings or "answer" in headings[number.index : stop]
