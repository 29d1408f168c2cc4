"""Rows of tables on a PDF page: lines whose words stand in columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.reading.formats.pdf.lines import Line
from answers_bank.reading.structure.headings import read_heading

_NUMBERED = re.compile(r"(?:\d{2}\s?\d{3}(?:[\s-]+[IVX]+)?|N[rR]\.?\s*\d{1,4})$")  # the head of a Kamerstuk
_MARKER = re.compile(r"(?:[•▪◦●○■□‣⁃∙·*–—−-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.):]?)$")


def row_groups(lines: Sequence[Line]) -> dict[int, list[list[Line]]]:
    """Tables by the index of their first line: their rows, each the lines that stand on one height.

    At least two rows of two cells or more on end; an item behind its number or bullet is no row.
    """
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if last is not None and abs(last.y - line.y) < 0.2 * line.size and line.x0 > last.x1 + line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    found: dict[int, list[list[Line]]] = {}
    index = begin = 0
    table: list[list[Line]] = []
    for row in [*rows, []]:
        if row and _is_row(row):
            begin = begin if table else index
            table.append(row)
        else:
            if len(table) > 1:
                found[begin] = table
            table = []
        index += len(row)
    return found


def _is_row(row: Sequence[Line]) -> bool:
    cells = [text for line in row for text in cells_of(line)]
    if len(cells) < 2 or (len(cells) == 2 and _MARKER.match(cells[0])) or _NUMBERED.match(cells[0]):
        return False
    return not any(read_heading(line.text) for line in row)


def cells_of(line: Line) -> list[str]:
    """The texts of the cells in a line; one where nothing stands apart."""
    return [cell.text for cell in split_cells(line)]


def split_cells(line: Line) -> list[Line]:
    """The cells of a line, each with the raised marks that stand in it; their places on the page are the line's."""
    bounds = [0, *line.cells, len(line.text)]
    return [
        replace(
            line,
            text=line.text[start:end].rstrip(),
            raised=[(a - start, b - start) for a, b in line.raised if start <= a < end],
            cells=[],
        )
        for start, end in itertools.pairwise(bounds)
    ]
