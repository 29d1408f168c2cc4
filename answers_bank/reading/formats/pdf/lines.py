"""The lines of a PDF page as they stand on paper: text, place, size, weight and raised marks."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from answers_bank.reading.formats.symbol_fonts import PRIVATE, bullet, shown_text, symbol_font, unnamed

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\S+")
_BREAK = re.compile("\r\n|\n|\r|\ufffe|\u0002|\x0b|\x0c")
_BOLD = re.compile(rb"Bold|Black|Heavy|Demi", re.IGNORECASE)
_HYPHENS = "\ufffe\u0002"
_PRIVATE = re.compile(f"[{PRIVATE}]")
# Letters that stand apart: "V r a a g 1".
_SPACED = re.compile(r"(?:(?<=\s)|^)\S(?:\s\S){2,}(?=\s|$)")
_SPACED_LETTERS = re.compile(r"[^\W\d_]")

_WORD_SPACE = 0.18
"""Of the height of the type: how much more room is between two letter-spaced words than between their letters."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line with its place on the page."""

    start: int
    end: int
    """Its span in the line's text."""

    x0: float
    x1: float


@dataclass(slots=True)
class CellText:
    """What stands in one place of a table's row."""

    text: str = ""
    raised: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A row of a table, in the place of the lines it was made of."""

    table: int
    """Number of the table on its page."""

    cells: list[CellText]
    spans: list[tuple[int, int]]
    """Columns and rows that each covers; (0, 0) where another covers the place."""

    columns: list[float]
    """Where the columns begin, to tell whether a table goes on on the next page."""


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
    parts: list[tuple[int, int]] = field(default_factory=list)
    """Where each stretch of `text` begins in it and on the page: what the words' places are looked up by."""
    row: Row | None = None
    """The row of a table that it stands for."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The column of numbers in a margin that counts the lines of a page."""

    step: int
    last: int
    """The last number of the page."""

    x1: float
    """The right edge of the column."""


@dataclass(slots=True)
class Page:
    """A page while its lines are told apart."""

    lines: list[Line]
    notes: list[list[Line]] = field(default_factory=list)
    """The lines of each note at its foot."""

    aside: list[Line] = field(default_factory=list)
    """Letterhead and colofon beside the text, and what every page has at its head or foot."""

    width: float = 0.0
    height: float = 0.0
    counted: Counted | None = None
    """The numbers of its lines, where its margin has them."""


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

    def _font(self, position: int) -> bytes:
        length = self._raw.FPDFText_GetFontInfo(
            self._page, self._index(position), self._name, len(self._name), self._flags
        )
        return self._name.raw[: length - 1] if 0 < length <= len(self._name) else b""

    def _bold(self, position: int) -> bool:
        if self._raw.FPDFText_GetFontWeight(self._page, self._index(position)) >= 600:
            return True
        # Some writers give no weight; the font's name tells.
        return bool(_BOLD.search(self._font(position)))

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

    def words(self, line: Line) -> list[Word]:
        """The words of a line with their places; empty where its letters were spaced."""
        found = []
        for word in _WORD.finditer(line.text) if line.parts else ():
            first = self._place(line, word.start())
            last = self._place(line, word.end() - 1)
            found.append(Word(word.start(), word.end(), self._origin(first)[0], self._right(last)))
        return found

    def _place(self, line: Line, position: int) -> int:
        start, page = next(part for part in reversed(line.parts) if part[0] <= position)
        return page + position - start

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
        line = Line(body, x0, self._right(last), y, size, self._bold(anchor), hyphen, parts=[(0, first)])
        if line.x1 - x0 > 0.62 * size * len(body):
            line.cells = self._columns(first, body, size)
        for digits in _DIGITS.finditer(body):
            start, end = digits.span()
            while start < end and self._raised(first + end - 1, line):
                end -= 1
            if 0 < digits.end() - end <= 3:
                line.raised.append((end, digits.end()))
        if _PRIVATE.search(body):
            self._name_symbols(line, first)
        if _SPACED.search(body):
            self._close_up(line, first)
        return line

    def _name_symbols(self, line: Line, first: int) -> None:
        """Private characters as what their font shows; one that opens the line is the mark of a list."""
        shown = []
        for index, character in enumerate(line.text):
            if not _PRIVATE.match(character):
                shown.append(character)
                continue
            font = symbol_font(self._font(first + index).decode("latin-1"))
            opens = index == 0 and line.text[1:2] in ("", " ", "\t")
            sign = bullet(character, font) if opens else shown_text(character, font) if font else unnamed(character)
            shown.append(sign or "\u200b")  # one for one: the places of marks and columns stay
        line.text = "".join(shown)

    def _close_up(self, line: Line, first: int) -> None:
        """Words whose letters were set apart, without the spaces between their letters."""
        text, done = "", 0
        for stretch in _SPACED.finditer(line.text):
            if len(_SPACED_LETTERS.findall(stretch[0])) < 3:
                continue
            closed = self._closed(line, first, stretch)
            if closed != stretch[0]:
                text += line.text[done : stretch.start()] + closed
                done = stretch.end()
        if done:
            line.text = text + line.text[done:]
            line.parts, line.cells, line.raised = [], [], []

    def _closed(self, line: Line, first: int, stretch: re.Match[str]) -> str:
        """The letters of a stretch as words: what PDFium put between them goes, the writer's own spaces stay."""
        places = [stretch.start() + i for i, c in enumerate(stretch[0]) if not c.isspace()]
        pairs = list(itertools.pairwise(places))
        made = [
            all(self._raw.FPDFText_IsGenerated(self._page, self._index(first + i)) == 1 for i in range(a + 1, b))
            for a, b in pairs
        ]
        rooms = [self._origin(first + b)[0] - self._right(first + a) for a, b in pairs]
        within = statistics.median(rooms)
        parted = [room > within + _WORD_SPACE * line.size for room in rooms]
        if not any(made) and not any(parted):
            return stretch[0]  # single letters between common spaces: "a b c"
        ends = parted if all(made) or not any(made) else [not by_reader for by_reader in made]
        shown = line.text[places[0]]
        for (_, place), end in zip(pairs, ends, strict=True):
            shown += (" " if end else "") + line.text[place]
        return shown

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
            line.parts = [*above.parts, *((start + shift, place) for start, place in line.parts)]
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
    shift = len(above.text) + len(space)
    known = above.parts and line.parts
    above.parts = [*above.parts, *((start + shift, place) for start, place in line.parts)] if known else []
    above.text += space + line.text
    above.x1, above.hyphen = line.x1, line.hyphen


def without_words(line: Line, start: int, end: int, x0: float, x1: float) -> None:
    """Cut the text of `line` down to [start:end], which runs from `x0` to `x1` on the page."""
    line.text = line.text[start:end]
    line.raised = [(a - start, b - start) for a, b in line.raised if start <= a and b <= end]
    line.cells = [cell - start for cell in line.cells if start < cell < end]
    line.parts = [
        (max(at - start, 0), place + max(start - at, 0)) for at, place in _from(line.parts, start) if at < end
    ]
    line.x0, line.x1 = x0, x1


def _from(parts: list[tuple[int, int]], start: int) -> Iterator[tuple[int, int]]:
    """The parts that reach beyond `start`."""
    for index, part in enumerate(parts):
        if index + 1 == len(parts) or parts[index + 1][0] > start:
            yield part
