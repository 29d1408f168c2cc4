"""The lines of a passage as lists, tables and plain text, for exports that have a form of their own for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

BULLETS = ("• ", "▪ ", "◦ ", "- ", "– ")
"""How an item of a list begins in the reading view."""

CELL = " | "
"""What stands between the cells of a row in the reading view."""

Form = Literal["text", "list", "table"]


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Neighbouring lines of one form."""

    form: Form
    lines: tuple[str, ...]

    def items(self) -> list[str]:
        """The items of a list without their bullets."""
        return [line.lstrip()[2:].strip() for line in self.lines]

    def rows(self, cell: str = CELL) -> list[list[str]]:
        """The cells of a table, row by row."""
        return [line.split(cell) for line in self.lines]


def line_groups(text: str, bullet: Callable[[str], bool] | None = None, cell: str = CELL) -> list[LineGroup]:
    """The line_groups of `text`: at least two rows of as many cells are a table, lines with a bullet are a list.

    Args:
        text: lines of a passage, maybe escaped.
        bullet: whether a line begins an item; by default one of `BULLETS`.
        cell: what stands between cells in `text`.
    """
    is_item = bullet or (lambda line: line.lstrip().startswith(BULLETS))

    def form(line: str) -> tuple[Form, int]:
        cells = line.count(cell)
        return ("table", cells) if cells else ("list", 0) if is_item(line) else ("text", 0)

    out: list[LineGroup] = []
    for (kind, _), group in groupby(text.split("\n"), key=form):
        lines = tuple(group)
        shape: Form = "text" if kind == "table" and len(lines) < 2 else kind
        if shape == "text" and out and out[-1].form == "text":
            out[-1] = LineGroup("text", out[-1].lines + lines)
        else:
            out.append(LineGroup(shape, lines))
    return out
