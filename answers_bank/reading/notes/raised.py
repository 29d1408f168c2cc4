"""Raised numbers: marks of notes ("bericht¹"), and the notes they lead to; units and powers ("m²", "10³") stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from answers_bank.documents import Footnote
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped
from answers_bank.reading.structure.headings import read_heading
from answers_bank.reading.structure.paragraphs import join_lines

RAISED = "raised"
"""The system of marks that a format reader gives to figures set as superscript. Their place is behind the figures,
which stay in the text until it is known whether they are marks."""

_SIGNS = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_UNIT = re.compile(r"(?:\b[kcdm]?m|\d)$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d[.,]?$")
_LISTED = re.compile(r"\[?\(?(\d{1,3})[\])]?[.:]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Place:
    index: int
    start: int
    end: int
    mark: str
    sign: bool
    """A character of its own ("¹"), and no figure that was set so."""


def lift_raised(blocks: Sequence[TextBlock], notes: Sequence[Footnote]) -> tuple[list[TextBlock], list[Footnote]]:
    """The blocks without raised marks and the bodies of their notes, and these notes.

    They are a system of their own, "source", where the format itself has `notes`; else "note".
    """
    open_marks = _without_note(blocks, notes)
    if notes and open_marks and not any(system == RAISED for b in blocks for _, system, _ in b.line.marks):
        return _lifted(blocks, open_marks, "note")
    return _lifted(blocks, {} if notes else open_marks, "source" if notes else "note")


def _without_note(blocks: Sequence[TextBlock], notes: Sequence[Footnote]) -> dict[str, int]:
    """The block of each mark that a format reader took out of the text, and that none of its `notes` has."""
    known = {note.mark for note in notes if note.system == "note"}
    return {
        mark: index
        for index, block in enumerate(blocks)
        for _, system, mark in block.line.marks
        if system == "note" and mark not in known
    }


def _lifted(blocks: Sequence[TextBlock], lifted: dict[str, int], system: str) -> tuple[list[TextBlock], list[Footnote]]:
    places = [place for index, block in enumerate(blocks) for place in _places(index, block)]
    if not places and not lifted:
        return list(blocks), []
    result = list(blocks)
    openers = {place.index: place for place in places if place.start == 0 and place.index}
    referred = {place.mark for place in places if place.start and not _is_unit(result[place.index].text, place)}
    # Those that a format reader took out of the text by itself.
    referred |= set(lifted)
    bodies = _bodies(result, openers, referred)
    if not bodies:
        # One that opens a line without a note below it is a mark that the line broke off.
        broken = {place.mark for place in openers.values() if not place.sign}
        last = max([*(place.index for place in places), *lifted.values()])
        bodies = _listed_bodies(result, last, referred | broken)
    taken = {index for first, stop, _, _ in bodies for index in range(first, stop)}
    if bodies and (first := bodies[0][0]) and (heading := read_heading(result[first - 1].text)):
        taken |= {first - 1} if heading.kind == "notes" else set()
    marked: dict[int, list[_Place]] = {}
    for place in places:
        unit = _is_unit(result[place.index].text, place)
        if place.index not in taken and (place.start or not place.sign) and not unit:
            marked.setdefault(place.index, []).append(place)
    notes = [_note(result[first:stop], end, mark, system) for first, stop, end, mark in bodies]
    for index, here in marked.items():
        result[index] = _without(result[index], here, system)
    kept = [_settled(block) for index, block in enumerate(result) if index not in taken]
    return kept, notes


def _places(index: int, block: TextBlock) -> list[_Place]:
    if not block.line.marks and block.text.isascii():
        return []
    found = [
        _Place(index, match.start(), match.end(), unicodedata.normalize("NFKC", match[0]), True)
        for match in _SIGNS.finditer(block.text)
    ]
    for position, system, mark in block.line.marks:
        if system == RAISED and block.text[max(position - len(mark), 0) : position] == mark:
            found.append(_Place(index, position - len(mark), position, mark, False))
    return sorted(found, key=lambda place: place.start)


def _is_unit(text: str, place: _Place) -> bool:
    before = text[max(place.start - 6, 0) : place.start]
    return bool(_UNIT.search(before)) and not _YEAR.search(before)


def _bodies(
    blocks: Sequence[TextBlock], openers: dict[int, _Place], referred: set[str]
) -> list[tuple[int, int, int, str]]:
    """First block, block behind the last, where the text begins, and mark of each note that a raised number opens."""
    found = []
    for index, place in openers.items():
        if place.mark not in referred or not blocks[index].text[place.end :].strip():
            continue
        stop = index + 1
        while stop < len(blocks) and stop not in openers and _goes_on(blocks[stop]):
            stop += 1
        found.append((index, stop, place.end, place.mark))
    return found


def _goes_on(block: TextBlock) -> bool:
    return block.wrapped and not block.gap and block.item is None and read_heading(block.text) is None


def _listed_bodies(blocks: Sequence[TextBlock], last: int, referred: set[str]) -> list[tuple[int, int, int, str]]:
    """The same where the notes are a list with common numbers behind all text: one for each mark, in order.

    `last` is the block of the last mark.
    """
    numbers = sorted(int(mark) for mark in referred if mark.isdigit())
    wanted = [str(number) for number in range(numbers[0], numbers[0] + len(referred))] if numbers else []
    if not referred or set(wanted) != referred:
        return []
    # From the end: the items of a list in an answer may be numbered too.
    starts: list[tuple[int, int]] = []
    for index in range(len(blocks) - 1, last, -1):
        match = _LISTED.match(blocks[index].text)
        number = match[1] if match else (blocks[index].item or "").strip("[]().")
        if number == wanted[-len(starts) - 1]:
            starts.insert(0, (index, match.end() if match else 0))
            if len(starts) == len(wanted):
                break
        elif read_heading(blocks[index].text) or not _goes_on(blocks[index]):
            return []
    if len(starts) < len(wanted):
        return []
    stops = [*(index for index, _ in starts[1:]), len(blocks)]
    return [(index, stop, end, mark) for (index, end), stop, mark in zip(starts, stops, wanted, strict=True)]


def _note(blocks: Sequence[TextBlock], end: int, mark: str, system: str) -> Footnote:
    text = blocks[0].line.cut(end).strip()
    for block in blocks[1:]:
        text = join_lines(text, block.line, frozenset())
    folded = text.fold()
    return Footnote(system, mark, folded.text, folded.start, folded.end)


def _without(block: TextBlock, places: Sequence[_Place], system: str) -> TextBlock:
    spans = [(place.start, place.end) for place in places]
    line = Mapped(block.line.text, block.line.at, _other_marks(block))
    return block.with_line(line.without(spans, [(place.start, system, place.mark) for place in places]))


def _settled(block: TextBlock) -> TextBlock:
    """The block without what was still to be told of its raised figures."""
    if not any(system == RAISED for _, system, _ in block.line.marks):
        return block
    return block.with_line(Mapped(block.line.text, block.line.at, _other_marks(block)))


def _other_marks(block: TextBlock) -> tuple[tuple[int, str, str], ...]:
    return tuple(mark for mark in block.line.marks if mark[1] != RAISED)
