"""The lines of a PDF page as they stand on paper: text, place, size, weight and raised marks."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from dataclasses import dataclass, field
from typing import Any

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\S+")
_BREAK = re.compile("\r\n|\n|\r|\ufffe|\u0002|\x0b|\x0c")
_BOLD = re.compile(rb"Bold|Black|Heavy|Demi", re.IGNORECASE)
_HYPHENS = "\ufffe\u0002"


@dataclass(slots=True)
class Line:
    """One line on the page; lengths in points, y upwards from the foot of the page."""

    text: str
    x0: float
    x1: float
    y: float
    """Baseline."""
    size: float
    """Height of its font."""
    bold: bool
    hyphen: bool = False
    """A hyphen at its end was set where the line broke."""
    raised: list[tuple[int, int]] = field(default_factory=list)
    """Spans in `text` of digits that stand higher and smaller: note marks."""
    cells: list[int] = field(default_factory=list)
    """Where in `text` a word stands far behind the one before it, as in the next column of a table."""


class PageText:
    """The text layer of one page, asked through PDFium's own functions."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._page = page.get_textpage()
        self.width, self.height = page.get_size()
        self._count = self._page.count_chars()
        self.text: str = self._page.get_text_range() if self._count else ""
        self._same = len(self.text) == self._count
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = [ctypes.c_double() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def close(self) -> None:
        """Give the page's memory back."""
        self._page.close()

    def _index(self, position: int) -> int:
        return position if self._same else max(self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, position), 0)

    def _origin(self, position: int) -> tuple[float, float]:
        self._raw.FPDFText_GetCharOrigin(self._page, self._index(position), self._x, self._y)
        return self._x.value, self._y.value

    def _right(self, position: int) -> float:
        left, right, bottom, top = self._box
        self._raw.FPDFText_GetCharBox(self._page, self._index(position), left, right, bottom, top)
        return right.value

    def _size(self, position: int) -> float:
        index = self._index(position)
        size = self._raw.FPDFText_GetFontSize(self._page, index)
        if self._raw.FPDFText_GetMatrix(self._page, index, self._matrix):
            size *= math.hypot(self._matrix.b, self._matrix.d) or 1.0
        return float(size)

    def _bold(self, position: int) -> bool:
        index = self._index(position)
        if self._raw.FPDFText_GetFontWeight(self._page, index) >= 600:
            return True
        # Some writers give no weight; the font's name tells.
        length = self._raw.FPDFText_GetFontInfo(self._page, index, self._name, len(self._name), self._flags)
        return 0 < length <= len(self._name) and bool(_BOLD.search(self._name.raw[:length]))

    def lines(self) -> list[Line]:
        """All lines that hold text, in the order of the text layer."""
        found: list[Line] = []
        start = 0
        for match in [*_BREAK.finditer(self.text), None]:
            end = match.start() if match else len(self.text)
            hyphen = match is not None and match[0] in _HYPHENS
            found += self._split(start, end, hyphen)
            start = match.end() if match else end
        return _rejoined(found)

    def _split(self, start: int, end: int, hyphen: bool) -> list[Line]:
        """The stretch as one line, or as the lines that PDFium took together (short ones, such as notes)."""
        words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(self.text[start:end])]
        if not words:
            return []
        lines: list[Line] = []
        begin = 0
        if self._origin(words[-1][0])[1] < self._origin(words[0][0])[1] - 2:
            before = self._origin(words[0][0])
            for index, word in enumerate(words[1:], 1):
                here = self._origin(word[0])
                if here[0] < before[0] and here[1] < before[1] - 2:
                    lines.append(self._line(words[begin][0], words[index - 1][1], False))
                    begin = index
                before = here
        return [*lines, self._line(words[begin][0], words[-1][1], hyphen)]

    def _line(self, first: int, stop: int, hyphen: bool) -> Line:
        body = self.text[first:stop]
        last = stop - 1
        x0, y = self._origin(first)
        size = self._size(first)
        anchor = next((first + i for i, c in enumerate(body) if c.isalpha()), first)
        if anchor != first:
            # A line that starts with a raised mark is as high as its letters.
            size, y = self._size(anchor), self._origin(anchor)[1]
        line = Line(body, x0, self._right(last), y, size, self._bold(anchor), hyphen)
        if line.x1 - x0 > 0.62 * size * len(body):
            line.cells = self._columns(first, body, size)
        for digits in _DIGITS.finditer(body):
            start, end = digits.span()
            while start < end and self._raised(first + end - 1, line):
                end -= 1
            if 0 < digits.end() - end <= 3:
                line.raised.append((end, digits.end()))
        return line

    def _columns(self, first: int, body: str, size: float) -> list[int]:
        """Where words stand apart in a line that is wide for its letters."""
        words = list(_WORD.finditer(body))
        pairs = itertools.pairwise(words)
        wide = [
            (word.start(), self._origin(first + word.start())[0] - self._right(first + before.end() - 1))
            for before, word in pairs
        ]
        return [start for start, room in wide if room > 1.6 * size]

    def _raised(self, position: int, line: Line) -> bool:
        if self._size(position) > 0.85 * line.size:
            # Some writers raise marks without making them smaller.
            return self._origin(position)[1] > line.y + 0.28 * line.size
        return self._origin(position)[1] > line.y + 0.1 * line.size


def _rejoined(lines: list[Line]) -> list[Line]:
    """PDFium breaks a line at a raised mark now and then: what stands on one height, left to right, is one line."""
    result: list[Line] = []
    for line in lines:
        above = result[-1] if result else None
        if above is None or above.hyphen or not -2 < line.x0 - above.x1 < 2.5 * above.size:
            result.append(line)
        elif line.text.isdigit() and len(line.text) <= 3 and line.size < 0.85 * above.size and _just_above(line, above):
            above.raised.append((len(above.text), len(above.text) + len(line.text)))
            _append(above, line, "")
        elif (
            above.text.isdigit() and len(above.text) <= 3 and above.size < 0.85 * line.size and _just_above(above, line)
        ):
            # The mark that opens a note.
            shift = len(above.text) + 1
            line.raised = [(0, len(above.text)), *((start + shift, end + shift) for start, end in line.raised)]
            line.cells = [start + shift for start in line.cells]
            line.text, line.x0 = f"{above.text} {line.text}", above.x0
            result[-1] = line
        elif abs(line.y - above.y) < 0.15 * above.size:
            space = " " if line.x0 - above.x1 > 0.12 * above.size else ""
            shift = len(above.text) + len(space)
            above.raised += [(start + shift, end + shift) for start, end in line.raised]
            above.cells += [start + shift for start in line.cells]
            _append(above, line, space)
        else:
            result.append(line)
    return result


def _just_above(mark: Line, line: Line) -> bool:
    return 0.1 * line.size < mark.y - line.y < 0.8 * line.size


def _append(above: Line, line: Line, space: str) -> None:
    above.text += space + line.text
    above.x1, above.hyphen = line.x1, line.hyphen
