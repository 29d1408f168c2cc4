"""Text that remembers where each of its characters came from.

Readers and repairs work on `Mapped` text; in the end its `runs` become those of a passage (see `answers_bank.spans`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answers_bank.reading.formats.symbol_fonts import PRIVATE, bullet, unnamed
from answers_bank.tables import BAR

# Declared normalisation of the reading view: characters that are made plain, one for one or one for more.
_PLAIN = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u0132": "IJ",
    "\u0133": "ij",
    "\u2010": "-",
    "\u2011": "-",
}
# Characters that carry no text: soft hyphen, zero-width characters, direction marks, byte order mark, control codes.
_EMPTY = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]"
)
_SPACES = re.compile(r"\s+")
_TO_MEND = re.compile("[" + "".join(_PLAIN) + "]|" + _EMPTY.pattern + f"|[{PRIVATE}]" + r"|[^\S ]|  +")

Mark = tuple[int, str, str]
"""Position in the text, system, mark: where a note mark stood."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A piece of text with, for each character, its position in the extracted text (-1 for one that was put in)."""

    text: str
    at: Sequence[int]
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> Mapped:
        """The stretch [start:end] of the extracted text as it stands."""
        stop = len(source) if end is None else end
        return cls(source[start:stop], range(start, stop))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> Mapped:
        """The part [start:end], with the marks that stand in it (one at the very end belongs to it)."""
        stop = len(self.text) if end is None else end
        marks = tuple((p - start, s, m) for p, s, m in self.marks if start < p <= stop or p == start == 0)
        return Mapped(self.text[start:stop], self.at[start:stop], marks)

    def without(self, spans: Iterable[tuple[int, int]], marks: Iterable[Mark] = ()) -> Mapped:
        """Leave out `spans` (ascending, apart) and note `marks`, whose positions are those before the cutting."""
        parts: list[Mapped] = []
        noted = sorted([*self.marks, *marks])
        moved: list[Mark] = []
        done = cursor = 0
        for start, end in [*spans, (len(self.text), len(self.text))]:
            parts.append(Mapped(self.text[cursor:start], self.at[cursor:start]))
            while noted and noted[0][0] <= end:
                position, system, mark = noted.pop(0)
                moved.append((done + max(min(position, start) - cursor, 0), system, mark))
            done += start - cursor
            cursor = end
        glued = join(parts, "")
        return Mapped(glued.text, glued.at, tuple(moved))

    def strip(self) -> Mapped:
        """Without white space at both ends."""
        body = self.text.strip()
        if len(body) == len(self.text):
            return self
        start = self.text.find(body) if body else 0
        clipped = self.cut(start, start + len(body))
        lost = tuple(
            (0 if p <= start else len(body), s, m) for p, s, m in self.marks if p <= start or p > start + len(body)
        )
        return Mapped(clipped.text, clipped.at, tuple(sorted({*clipped.marks, *lost})))

    def fold(self) -> Mapped:
        """The declared normalisation: white space to single spaces, ligatures and special spaces made plain."""
        text = self.text
        # Plain letters are most of all text, and told much faster than by the expression.
        plain = text.isascii() and text.isprintable() and "  " not in text
        if plain or not _TO_MEND.search(text):
            return self.strip()
        parts: list[Mapped] = []
        cursor = 0
        opened = False
        for match in _TO_MEND.finditer(self.text):
            start, end = match.span()
            if start < cursor:
                continue
            found = match[0]
            parts.append(self.cut_plain(cursor, start))
            opened = opened or bool(parts[-1].text.strip())
            if found in _PLAIN:
                parts.append(Mapped(_PLAIN[found], [-1] * len(_PLAIN[found])))
            elif PRIVATE[0] <= found <= PRIVATE[-1]:
                shown = unnamed(found)
                if not opened:  # the mark of a list
                    shown = bullet(found) + ("" if self.text[end : end + 1].isspace() else " ")
                    opened = True
                parts.append(Mapped(shown, [-1] * len(shown)))
            elif not _EMPTY.match(found):
                spaces = _SPACES.match(self.text, start)
                end = spaces.end() if spaces else end
                if not (parts and _last(parts).endswith(" ")):
                    parts.append(Mapped(" ", self.at[start : start + 1] if found[0] == " " else [-1]))
            cursor = end
        parts.append(self.cut_plain(cursor, len(self.text)))
        folded = join(parts, "")
        return Mapped(folded.text, folded.at, self._moved_marks(folded)).strip()

    def _moved_marks(self, after: Mapped) -> tuple[Mark, ...]:
        """The marks where they stand in `after`, whose places are a subset of these."""
        if not self.marks:
            return ()
        indices = [index for index, place in enumerate(after.at) if place >= 0]
        places = [after.at[index] for index in indices]
        moved: list[Mark] = []
        for position, system, mark in self.marks:
            before = min(position, len(self.at)) - 1
            while before >= 0 and self.at[before] < 0:
                before -= 1
            count = bisect_right(places, self.at[before]) if before >= 0 else 0
            moved.append((indices[count - 1] + 1 if count else 0, system, mark))
        return tuple(moved)

    def cut_plain(self, start: int, end: int) -> Mapped:
        """The part [start:end] without its marks."""
        return Mapped(self.text[start:end], self.at[start:end])

    @property
    def start(self) -> int:
        """Position of the first character in the extracted text; 0 where it has none there."""
        if isinstance(self.at, range):  # one stretch of the extracted text
            return self.at.start if self.at else 0
        return next((place for place in self.at if place >= 0), 0)

    @property
    def end(self) -> int:
        """Position behind the last character in the extracted text."""
        if isinstance(self.at, range):
            return self.at[-1] + 1 if self.at else 0
        return next((place + 1 for place in reversed(self.at) if place >= 0), self.start)

    def runs(self) -> tuple[tuple[int, int, int], ...]:
        """The alignment for `TextMap`; empty where the text is one unchanged stretch."""
        runs: list[tuple[int, int, int]] = []
        if isinstance(self.at, range) and self.at.step == 1:
            return ()
        begin = -1
        for index, place in enumerate(self.at):
            if begin >= 0 and place == self.at[begin] + index - begin:
                continue
            if begin >= 0:
                runs.append((begin, self.at[begin], index - begin))
            begin = index if place >= 0 else -1
        if begin >= 0:
            runs.append((begin, self.at[begin], len(self.at) - begin))
        return () if len(runs) == 1 and runs[0][2] == len(self.text) else tuple(runs)


def join(parts: Sequence[Mapped], separator: str) -> Mapped:
    """The parts in order with `separator` (which belongs to no place) between them."""
    if len(parts) == 1:
        return parts[0]
    if not separator and parts:
        parts = [part for part in parts if part.text or part.marks] or [parts[0]]
        if len(parts) == 1:
            return parts[0]
    places: list[int] = []
    marks: list[Mark] = []
    gap = [-1] * len(separator)
    for index, part in enumerate(parts):
        if index:
            places += gap
        marks += [(position + len(places), system, mark) for position, system, mark in part.marks]
        places += part.at
    return Mapped(separator.join(part.text for part in parts), places, tuple(marks))


def joined_cells(cells: Sequence[Mapped]) -> Mapped:
    """The cells of a row as one line, as `answers_bank.tables.row_text` writes it."""
    parts: list[Mapped] = []
    for index, cell in enumerate(cells):
        if index:
            bar = f" {BAR}" if _last(parts).strip() else BAR
            parts.append(Mapped(bar, [-1] * len(bar)))
        if index and cell:
            parts.append(Mapped(" ", [-1]))
        parts.append(cell)
    return join(parts, "")


def _last(parts: Sequence[Mapped]) -> str:
    return next((part.text for part in reversed(parts) if part.text), " ")
