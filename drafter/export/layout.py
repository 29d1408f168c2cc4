"""The lines of a passage as lists, tables and plain text, for exports that have a form of their own for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from answers_bank.tables import BAR, filled_up, row_cells

BULLETS = ("• ", "▪ ", "◦ ", "- ", "– ")
"""How an item of a list begins in the reading view."""

Form = Literal["text", "list", "table"]


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Neighbouring lines of one form."""

    form: Form
    lines: tuple[str, ...]

    def items(self) -> list[str]:
        """The items of a list without their bullets."""
        return [line.lstrip()[2:].strip() for line in self.lines]

    def rows(self, bar: str = BAR) -> list[list[str]]:
        """The cells of a table, row by row, as many in each."""
        return filled_up(row_cells(line, bar) for line in self.lines)


def line_groups(text: str, bullet: Callable[[str], bool] | None = None, bar: str = BAR) -> list[LineGroup]:
    """The groups of lines of `text`: at least two rows on end are a table, lines with a bullet are a list.

    A blank line parts two groups, and is no line of either.

    Args:
        text: lines of a passage, maybe escaped.
        bullet: whether a line begins an item; by default one of `BULLETS`.
        bar: what stands between cells in `text`.
    """
    is_item = bullet or (lambda line: line.lstrip().startswith(BULLETS))

    def form(line: str) -> Form | None:
        if not line.strip():
            return None
        return "table" if len(row_cells(line, bar)) > 1 else "list" if is_item(line) else "text"

    out: list[LineGroup] = []
    parted = True
    for kind, group in groupby(text.split("\n"), key=form):
        lines = tuple(group)
        if kind is None:
            parted = True
            continue
        shape: Form = "text" if kind == "table" and len(lines) < 2 else kind
        if shape == "text" and not parted and out[-1].form == "text":
            out[-1] = LineGroup("text", out[-1].lines + lines)
        else:
            out.append(LineGroup(shape, lines))
        parted = False
    return out or [LineGroup("text", (text,))]
