"""Putting the extracted text together while its blocks are being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from answers_bank.documents import Footnote
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped, Mark, joined_cells


@dataclass(slots=True)
class _Draft:
    pieces: list[tuple[int, int]]
    marks: list[Mark]
    options: dict[str, Any]


@dataclass(slots=True)
class TextBuilder:
    """Collects the extracted text piece by piece; blocks refer to it and are made at the end."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _drafts: list[_Draft] = field(default_factory=list)
    _notes: list[tuple[str, str, int, int]] = field(default_factory=list)
    _gap: bool = True
    _tables: int = 0

    def block(self, text: str, marks: Sequence[Mark] = (), **options: Any) -> None:
        """Add one block on a line of its own; a blank one only makes a gap."""
        self.row([text], marks, **options)

    def table(self) -> int:
        """The number of a new table, for its rows."""
        self._tables += 1
        return self._tables

    def row(self, cells: Sequence[str], marks: Sequence[Mark] = (), **options: Any) -> None:
        """Add one block of several cells, tabs between them in the text; a row without words only makes a gap.

        The places of `marks` count in the cells with one character between them.
        """
        if not any(cell.strip() for cell in cells) and not marks:
            self._gap = True
            self._add("\n")
            return
        begin = self._length
        pieces = []
        for index, cell in enumerate(cells):
            if index:
                self._add("\t")
            pieces.append((self._length, self._length + len(cell)))
            self._add(cell)
        options.setdefault("gap", self._gap)
        self._gap = False
        self._drafts.append(_Draft(pieces, [(begin + p, s, m) for p, s, m in marks], options))
        self._add("\n")

    def gap(self) -> None:
        """The next block starts a paragraph."""
        self._gap = True

    def note(self, system: str, mark: str, text: str) -> None:
        """Add the body of a note, on a line of its own."""
        start = self._length
        self._add(text)
        self._notes.append((system, mark, start, self._length))
        self._add("\n")

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def finish(self) -> tuple[str, tuple[TextBlock, ...], tuple[Footnote, ...]]:
        """The extracted text, its blocks and its notes."""
        text = "".join(self._parts)
        blocks = []
        for draft in self._drafts:
            cells = []
            for start, end in draft.pieces:
                here = tuple((p - start, s, m) for p, s, m in draft.marks if start <= p <= end) if draft.marks else ()
                cells.append(Mapped(text[start:end], range(start, end), here).fold())
            if len(cells) > 1:
                blocks.append(TextBlock(joined_cells(cells), cells=tuple(cells), **draft.options))
            elif cells[0] or cells[0].marks:
                blocks.append(TextBlock(cells[0], **draft.options))
        notes = []
        for system, mark, start, end in self._notes:
            body = Mapped.of(text, start, end).fold()
            notes.append(Footnote(system, mark, body.text, body.start if body else start, body.end if body else start))
        return text, tuple(blocks), tuple(notes)
