"""Tables of a Word document as a grid: merged cells, skipped columns and hidden rows as Word shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from answers_bank.reading.formats.grids import MOST_COLUMNS, Grid, Slot, grid_of
from answers_bank.reading.formats.word.shown import W, row_shown

_WRAPPERS = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


def table_grid(table: Any) -> Grid:
    """The cells of a `w:tbl` in their rows and columns; rows that are hidden or deleted are not there."""
    rows: list[list[Slot]] = []
    above: dict[int, tuple[int, int]] = {}
    """For each column the row and index of the cell that a merge downwards would go on from."""
    for row in _children(table, "tr"):
        if not row_shown(row):
            continue
        slots: list[Slot] = []
        begins: dict[int, tuple[int, int]] = {}
        at = _skipped(row, "gridBefore")
        if at:
            slots.append(Slot(None, at, column=0))
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            if properties is not None and properties.find(f"{W}cellDel") is not None:
                continue
            columns = max(1, _number(properties, "gridSpan", 1))
            if _merged(properties, "hMerge") == "continue" and slots:
                slots[-1] = replace(slots[-1], columns=slots[-1].columns + columns)
            elif _merged(properties, "vMerge") == "continue" and at in above:
                number, index = above[at]
                owner = rows[number][index]
                rows[number][index] = replace(owner, rows=len(rows) - number + 1)
                begins[at] = above[at]
            else:
                begins[at] = (len(rows), len(slots))
                slots.append(Slot(cell, columns, column=at))
            at += columns
        after = _skipped(row, "gridAfter")
        if after:
            slots.append(Slot(None, after, column=at))
        rows.append(slots)
        above = begins
    return grid_of(rows)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also inside content controls."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _merged(properties: Any, tag: str) -> str | None:
    element = properties.find(f"{W}{tag}") if properties is not None else None
    return element.get(f"{W}val", "continue") if element is not None else None


def _skipped(row: Any, tag: str) -> int:
    return _number(row.find(f"{W}trPr"), tag, 0)


def _number(properties: Any, tag: str, usual: int) -> int:
    element = properties.find(f"{W}{tag}") if properties is not None else None
    try:
        return max(0, min(int(element.get(f"{W}val", "")), MOST_COLUMNS)) if element is not None else usual
    except ValueError:
        return usual
