"""Positions in the extracted text, and the reading view over it.

Every passage has a span (start, end), in Unicode code points, in the text extracted from its file. What a reader sees
(the *reading view*) may differ from that text in a few declared ways only: white space folded, line-end hyphens
joined, ligatures and non-breaking spaces made plain, note marks and page furniture left out. A `TextMap` says which
characters of the view stand where in the extracted text, so that every quotation can be traced and verified.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextMap:
    """Aligns a reading view with the extracted text.

    `runs` holds (position in the view, position in the source, length), ascending in both, for stretches that stand
    in both; view characters between two runs (such as a space made from a line break) belong to the gap between them.
    """

    runs: tuple[tuple[int, int, int], ...]

    @classmethod
    def identity(cls, start: int, length: int) -> TextMap:
        """The map of a view that equals the source from `start` on."""
        return cls(((0, start, length),))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source span that covers view[start:end]; an empty view span gives an empty source span."""
        first = self._position(start)
        return (first, first) if end <= start else (first, self._position(end - 1) + 1)

    def to_view(self, position: int) -> int:
        """The view position of source `position`; inside a gap, that of the next character that the view has."""
        sources = [run[1] for run in self.runs]
        index = bisect_right(sources, position) - 1
        if index < 0:
            return 0
        view, source, length = self.runs[index]
        if position < source + length:
            return view + position - source
        return self.runs[index + 1][0] if index + 1 < len(self.runs) else view + length

    def _position(self, view_position: int) -> int:
        views = [run[0] for run in self.runs]
        index = max(bisect_right(views, view_position) - 1, 0)
        view, source, length = self.runs[index]
        return source + min(max(view_position - view, 0), length)
