"""Pasted text as paragraphs: what was broken to a width is put together again, and no word is left out."""

from __future__ import annotations

import re

from drafter.dossier import edits
from drafter.dossier.value import Dossier

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FULL = (45, 140)
"""Characters of a full line, from and to, where a text of a few lines counts as broken to a width."""


def pasted_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of `text`, none of them empty; the items of a list are one, a line each.

    A text of one line stays as it is, with the white space around it: it may be half a sentence.
    """
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")
    if "\n" not in text:
        return (text,) if text else ()
    if "\n" not in text.strip("\n"):
        return (text.strip("\n"),) if text.strip() else ()
    from answers_bank.reading.blocks import TextBlock
    from answers_bank.reading.formats.plain_text import line_width
    from answers_bank.reading.mapped import Mapped
    from answers_bank.reading.structure.paragraphs import paragraphs

    lines = text.split("\n")
    width = line_width(text) or _width([line.rstrip() for line in lines if line.strip()])
    blocks = []
    start, gap = 0, False
    for line in lines:
        block = TextBlock(Mapped.of(text, start, start + len(line)).fold(), wrapped=True, width=width, gap=gap)
        gap = not block.text
        if block.text:
            blocks.append(block)
        start += len(line) + 1
    return tuple(paragraph.text.text for paragraph in paragraphs(blocks))


def _width(lines: list[str]) -> int:
    """The length of a full line of a few lines that were broken to a width; 0 where they were not."""
    longest = max(map(len, lines), default=0)
    full = [line for line in lines[:-1] if len(line) > 0.75 * longest]
    unfinished = [line for line in full if line[-1] not in ".?!:;”"]
    return longest if _FULL[0] <= longest <= _FULL[1] and len(unfinished) > len(lines) // 2 - 1 and unfinished else 0


def paste(
    dossier: Dossier, block_id: str, paragraphs: tuple[str, ...], start: int, end: int
) -> tuple[Dossier, list[str]]:
    """Put own paragraphs in a block in the place of its characters from `start` to `end`.

    Behind a whole sentence each is a block of its own; within one the first goes on where that was. What stood behind
    is a block that keeps its origin. Returns the dossier and the ids of the blocks that the paragraphs are in.
    """
    answer, index = edits.find_block(dossier, block_id)
    text = answer.blocks[index].text
    before, behind = text[:start], text[end:]
    dossier = edits.edit_text(dossier, block_id, before + behind)
    new: list[str] = []
    if before.strip() or behind.strip():
        dossier, after, first = edits.opened(dossier, block_id, start)
        if after == block_id and before.rstrip()[-1] not in ".?!:;”":
            dossier = edits.edit_text(dossier, block_id, before + paragraphs[0])
            new.append(block_id)
    else:
        dossier, after, first = edits.edit_text(dossier, block_id, paragraphs[0]), block_id, False
        new.append(block_id)
    for paragraph in paragraphs[len(new) :]:
        dossier, after = edits.insert(dossier, answer.numbers[0], paragraph, after=after, first=first)
        new.append(after)
        first = False
    return dossier, new
