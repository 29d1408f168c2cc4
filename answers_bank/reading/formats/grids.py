"""Tables of every format as a grid: each cell in the row and the columns where it shows on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from answers_bank.reading.structure.headings import read_heading
from answers_bank.reading.structure.question_tables import holds_questions

MOST_COLUMNS = 64
MOST_ROWS = 5000
"""Bounds for what a cell may say that it covers; tables of documents stay far below them."""

_LONGEST_CELL = 1500
"""Characters; what says more is a text that a table lays out on the page."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as a format gives it."""

    element: Any
    """Of the format's own; None for one without content."""

    columns: int = 1
    rows: int = 1
    column: int | None = None
    """Where the format itself says in which column it begins, from 0."""

    def paragraphs(self, *tags: str) -> list[Any]:
        """The elements in it that have one of these tags, in order."""
        return list(self.element.iter(*tags)) if self.element is not None else []


Grid = list[list[Slot | None]]
"""Rows of as many places as the table has columns; None where a cell to the left or above covers the place. Where a row
is too short it has slots without an element."""


def grid_of(rows: Sequence[Sequence[Slot]]) -> Grid:
    """The cells in their places; like HTML does it: each takes the first free column of its row."""
    grid: list[dict[int, Slot | None]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        at = 0
        for slot in row:
            if slot.column is not None:
                at = max(at, min(slot.column, MOST_COLUMNS))
            while at in grid[number]:
                at += 1
            across = max(1, min(slot.columns, MOST_COLUMNS - at))
            covered = grid[number : number + max(1, min(slot.rows, MOST_ROWS))]
            for below in covered:
                for column in range(at, at + across):
                    below.setdefault(column, None)
            shape = (across, len(covered))
            grid[number][at] = (
                slot if (slot.columns, slot.rows) == shape else replace(slot, columns=shape[0], rows=shape[1])
            )
            at += across
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column, Slot(None)) for column in range(width)] for row in grid]


def without_rows(grid: Grid, blank: Sequence[bool]) -> Grid:
    """The grid without its `blank` rows; what covers one of them covers a row less."""
    if not any(blank):
        return grid
    kept: Grid = []
    for number, row in enumerate(grid):
        if blank[number]:
            continue
        kept.append([slot and replace(slot, rows=slot.rows - sum(blank[number : number + slot.rows])) for slot in row])
    return kept


def elements_of(grid: Grid) -> list[Any]:
    """The cells that hold something, in order."""
    return [slot.element for row in grid for slot in row if slot is not None and slot.element is not None]


def spans_of(row: Sequence[Slot | None]) -> tuple[tuple[int, int], ...]:
    """For each place of a row the columns and rows that its cell covers; (0, 0) where there is none."""
    return tuple((slot.columns, slot.rows) if slot is not None else (0, 0) for slot in row)


def holds_data(texts: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Whether a table holds data (rows of short cells) and no layout: letterhead, or a whole document in cells.

    Args:
        texts: for each row and place the paragraphs of the cell.
    """
    if holds_questions([[" ".join(filter(str.strip, cell)) for cell in row] for row in texts]):
        return True
    filled = [[cell for cell in row if any(p.strip() for p in cell)] for row in texts]
    if sum(len(cells) >= 2 for cells in filled) < 2:
        return False
    for cell in (cell for cells in filled for cell in cells):
        lines = [p for p in cell if p.strip()]
        if len(lines) > 12 or sum(map(len, lines)) > _LONGEST_CELL or any(read_heading(p.strip()) for p in lines):
            return False
    return True
