"""The lines that a PDF page draws, and the tables whose cells they part."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_THIN = 3.0
"""Points; a thinner shape is a line, whatever it was drawn as."""

_NEAR = 3.5
"""Points within which two lines meet or lie on one another."""

_SHORTEST = 6.0
_MOST_OBJECTS = 20_000
_MOST_RULES = 3_000
"""Bounds on what is looked at: a drawing holds many thousands of lines and is no table."""


@dataclass(frozen=True, slots=True)
class RuledLine:
    """A straight line along a row or column; lengths in points."""

    at: float
    """Height of a horizontal one, distance from the left of a vertical one."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """The lines of one table: where its columns and rows are parted, from left to right and from the top down."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    horizontal: tuple[RuledLine, ...]
    vertical: tuple[RuledLine, ...]

    def parted_right(self, row: int, column: int) -> bool:
        """Whether a line parts a place from the one to its right."""
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        return any(abs(v.at - self.columns[column + 1]) < _NEAR and v.start < middle < v.end for v in self.vertical)

    def parted_below(self, row: int, column: int) -> bool:
        """Whether a line parts a place from the one below it."""
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        return any(abs(h.at - self.rows[row + 1]) < _NEAR and h.start < middle < h.end for h in self.horizontal)


def rulings(page: Any) -> list[Ruling]:
    """The ruled tables of a page: lines that cross, two columns of them or more; one row may end a table that began on
    the page before."""
    horizontal, vertical = _rules(page)
    if len(horizontal) < 2 or not vertical:
        return []
    found = []
    for across, down in _connected(horizontal, vertical):
        columns = _steps([v.at for v in down] + [end for h in across for end in (h.start, h.end)])
        rows = _steps([h.at for h in across] + [end for v in down for end in (v.start, v.end)])[::-1]
        if len(columns) > 2 and len(rows) > 1 and len(columns) * len(rows) < 20_000:
            found.append(Ruling(tuple(columns), tuple(rows), tuple(across), tuple(down)))
    return found


def _rules(page: Any) -> tuple[list[RuledLine], list[RuledLine]]:
    horizontal: list[RuledLine] = []
    vertical: list[RuledLine] = []
    for left, bottom, right, top, edged in _shapes(page):
        if len(horizontal) + len(vertical) > _MOST_RULES:
            return [], []
        if top - bottom <= _THIN and right - left >= _SHORTEST:
            horizontal.append(RuledLine((top + bottom) / 2, left, right))
        elif right - left <= _THIN and top - bottom >= _SHORTEST:
            vertical.append(RuledLine((left + right) / 2, bottom, top))
        elif edged and right - left >= _SHORTEST and top - bottom >= _SHORTEST:
            horizontal += [RuledLine(bottom, left, right), RuledLine(top, left, right)]
            vertical += [RuledLine(left, bottom, top), RuledLine(right, bottom, top)]
    return _merged(horizontal), _merged(vertical)


def _merged(rules: Sequence[RuledLine]) -> list[RuledLine]:
    """The lines with those made whole that were drawn piece by piece, as for each cell by itself."""
    found: list[RuledLine] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        last = found[-1] if found else None
        if last and abs(last.at - rule.at) < 1.5 and rule.start < last.end + _NEAR:
            found[-1] = RuledLine(last.at, last.start, max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _shapes(page: Any) -> Iterator[tuple[float, float, float, float, bool]]:
    """Left, bottom, right and top of each shape that is drawn, and whether its edge is a line around a box."""
    import pypdfium2.raw as raw

    bounds = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        shape = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(shape, *bounds):
            continue
        raw.FPDFPath_GetDrawMode(shape, fill, stroke)
        boxed = bool(stroke.value) and raw.FPDFPath_CountSegments(shape) in (4, 5)
        left, bottom, right, top = (bound.value for bound in bounds)
        yield left, bottom, right, top, boxed


def _connected(
    horizontal: Sequence[RuledLine], vertical: Sequence[RuledLine]
) -> Iterator[tuple[list[RuledLine], list[RuledLine]]]:
    """The lines in groups that cross each other."""
    owner = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical, len(horizontal)):
            if h.start - _NEAR < v.at < h.end + _NEAR and v.start - _NEAR < h.at < v.end + _NEAR:
                owner[root(i)] = root(j)
    groups: dict[int, tuple[list[RuledLine], list[RuledLine]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        groups.setdefault(root(j), ([], []))[1].append(v)
    yield from (group for group in groups.values() if group[0] and group[1])


def _steps(places: Sequence[float]) -> list[float]:
    """The distinct places, from low to high."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found
