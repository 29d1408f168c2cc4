"""Paragraphs of a record whose text was broken to a width, as text copied out of a page is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped
from answers_bank.reading.structure.paragraphs import breaks_off_before, document_words, is_item, paragraphs

NARROWEST, WIDEST = 50, 120
"""Characters of a full line of text that was broken to a width."""

_UNFINISHED = re.compile(r"[^.?!:;”’)»\]]$")


def joined_lines(text: str) -> list[str]:
    """The paragraphs of a text, white space folded: its lines, unless it was broken to a width."""
    blocks: list[TextBlock] = []
    gap = True
    start = 0
    for line in text.split("\n"):
        folded = Mapped.of(text, start, start + len(line)).fold()
        if folded:
            blocks.append(TextBlock(folded, gap=gap))
        gap = not folded
        start += len(line) + 1
    width = _width([block.text for block in blocks])
    if not width:
        return [block.text for block in blocks]
    wrapped = [TextBlock(block.line, wrapped=True, width=width, gap=block.gap) for block in blocks]
    return [paragraph.text.text for paragraph in paragraphs(wrapped, document_words(text))]


def _width(lines: Sequence[str]) -> int:
    """The length of a full line; 0 where lines are paragraphs.

    A text was broken to a width where most lines that end inside a sentence go on in the next one. Where they do not,
    as in a list without marks, each line is its own.
    """
    unfinished = [
        (len(line), (following[0].islower() and not is_item(following)) or breaks_off_before(line, following))
        for line, following in pairwise(lines)
        if len(line) >= NARROWEST and _UNFINISHED.search(line)
    ]
    full = [min(length, WIDEST) for length, goes_on in unfinished if goes_on]  # one that is longer lost its line ends
    return median_low(full) if len(full) > len(unfinished) / 2 else 0
