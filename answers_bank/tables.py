"""Tables as one thing: rows of cells, and the text form in which each row is a line ("Zandhoek | | 120 | 131").

In the text form every row has as many cells as the table has columns: an empty cell, and one that another covers, is
there without words. So a figure stays under its own heading wherever the text goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

BAR = "|"
"""What stands between two cells of a row in the text form, with a space on either side."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, in the place where it begins."""

    text: str
    columns: int = 1
    """How many columns it covers."""

    rows: int = 1
    """How many rows it covers."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: for each row the cells that begin in it, from left to right; what they cover has no cell of its own."""

    rows: tuple[tuple[Cell, ...], ...]


def row_text(cells: Iterable[str]) -> str:
    """The line of a row: its cells with bars between them, single spaces, none at either end."""
    return " ".join(f" {BAR} ".join(cells).split())


def split_row(line: str, bar: str = BAR) -> list[str]:
    """The cells of a line, or of a part of one, with the spaces around them; one where there is no bar.

    Args:
        line: as `row_text` writes it, or as an older version did.
        bar: how the bar is written there, where the line was escaped.
    """
    return re.split(rf"(?:^|(?<=\s)){re.escape(bar)}(?=\s|$)", line)


def row_cells(line: str, bar: str = BAR) -> list[str]:
    """The texts of the cells of a line; see `split_row`."""
    return [cell.strip() for cell in split_row(line, bar)]


def filled_up(rows: Iterable[list[str]]) -> list[list[str]]:
    """Rows of as many cells as the widest of them, empty ones at the end of those that were short."""
    known = list(rows)
    width = max(map(len, known), default=0)
    return [[*row, *[""] * (width - len(row))] for row in known]
