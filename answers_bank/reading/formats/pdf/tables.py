"""Tables on a PDF page: by the lines that part their cells, else by words that stand in columns."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answers_bank.reading.formats.pdf.lines import CellText, Line, Row, Word
from answers_bank.reading.formats.pdf.rules import Ruling
from answers_bank.reading.structure.headings import read_heading

_NUMBERED = re.compile(r"(?:\d{2}\s?\d{3}(?:[\s-]+[IVX]+)?|N[rR]\.?\s*\d{1,4})$")  # the head of a Kamerstuk
_MARKER = re.compile(r"(?:[•▪◦●○■□➢‣⁃∙·*–—−-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.):]?)$")

_APART = 0.75
"""Of the height of the type: room between two words of a row from which they stand in two columns. A space takes 0.25
to 0.35, in justified text up to 0.7; cells keep 0.8 or more (six points on either side in most writers)."""

_LONGEST_CELL = 1500
"""Characters; a box that holds more is the layout of a page."""

FOOT_LINES = 4
"""Lines below a table at the foot of a page: the feet of the page."""

WordsOf = Callable[[Line], list[Word]]


@dataclass(slots=True)
class _Piece:
    """Some words of a line that stand together."""

    line: Line
    start: int
    end: int
    x0: float
    x1: float

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


def with_tables(
    lines: list[Line], ruled: Sequence[Ruling], words_of: WordsOf, open_table: Sequence[float] = ()
) -> list[Line]:
    """The lines of a page with the rows of its tables in the place of the lines they consist of.

    `open_table`: where the columns begin of the table that ends the page before; one row may go on with it. One row at
    the foot of the page may be the head of a table, too.
    """
    number = 0
    for ruling in ruled:
        alone = len(ruling.rows) == 2
        if alone and not _same_columns(ruling.columns[:-1], open_table) and not _at_foot(ruling, lines):
            continue
        lines, found = _ruled(lines, ruling, words_of, number + 1, 1 if alone else 2)
        number += found
    return _in_columns(lines, words_of, number)


def _same_columns(ours: Sequence[float], theirs: Sequence[float]) -> bool:
    return len(ours) == len(theirs) and all(abs(a - b) < 12 for a, b in zip(ours, theirs, strict=True))


def _at_foot(ruling: Ruling, lines: Sequence[Line]) -> bool:
    """Whether nothing but the feet of the page stands below a row: the table goes on on the next page."""
    inside = [line.size for line in lines if ruling.rows[-1] < line.y < ruling.rows[0]]
    type_size = 0.93 * max(inside, default=0.0)
    below = sum(line.y < ruling.rows[-1] and line.size > type_size for line in lines)  # notes are set smaller
    return len(ruling.columns) > 3 and below <= FOOT_LINES


# Tables with lines around their cells.


def _ruled(lines: list[Line], ruling: Ruling, words_of: WordsOf, number: int, fewest: int) -> tuple[list[Line], bool]:
    left, right = ruling.columns[0] - 2, ruling.columns[-1] + 2
    top, bottom = ruling.rows[0] + 2, ruling.rows[-1] - 2
    inside = [
        line for line in lines if line.row is None and left <= line.x0 and line.x1 <= right and bottom < line.y < top
    ]
    owners = _owners(ruling)
    places: dict[tuple[int, int], list[_Piece]] = {}
    for line in inside:
        for word in words_of(line) or [Word(0, len(line.text), line.x0, line.x1)]:
            row = bisect.bisect_left([-y for y in ruling.rows], -(line.y + 0.3 * line.size)) - 1
            column = bisect.bisect_left(ruling.columns, (word.x0 + word.x1) / 2) - 1
            at = owners.get((row, column))
            if at is None:
                return lines, False
            places.setdefault(at, []).append(_Piece(line, word.start, word.end, word.x0, word.x1))
    cells = {at: _cell(pieces) for at, pieces in places.items()}
    filled = {row for row, _ in cells}
    if (
        len(filled) < fewest
        or len({column for _, column in cells}) < 2
        or any(len(cell.text) > _LONGEST_CELL or read_heading(cell.text) for cell in cells.values())
    ):
        return lines, False
    rows = []
    count = len(ruling.rows) - 1
    kept = [row for row in range(count) if row in filled]
    for row in kept:
        spans = []
        texts = []
        for column in range(len(ruling.columns) - 1):
            covered = [at for at, owner in owners.items() if owner == (row, column)]
            across = 1 + max((c for _, c in covered), default=column) - column
            down = sum(row <= other <= max((r for r, _ in covered), default=row) for other in kept)
            spans.append((across, down) if covered else (0, 0))
            texts.append(cells.get((row, column), CellText()))
        y = (ruling.rows[row] + ruling.rows[row + 1]) / 2
        own = [line for line in inside if ruling.rows[row + 1] < line.y + 0.3 * line.size <= ruling.rows[row]]
        rows.append(_row_line(texts, spans, list(ruling.columns[:-1]), number, own or inside[:1], y))
    first = next(index for index, line in enumerate(lines) if any(line is other for other in inside))
    taken = set(map(id, inside))
    before = [line for line in lines[:first] if id(line) not in taken]
    return [*before, *rows, *(line for line in lines[first:] if id(line) not in taken)], True


def _owners(ruling: Ruling) -> dict[tuple[int, int], tuple[int, int]]:
    """For each row and column the cell that covers the place: no line parts what belongs to one cell."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    rows, columns = len(ruling.rows) - 1, len(ruling.columns) - 1
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owners:
                continue
            last = column
            while last + 1 < columns and (row, last + 1) not in owners and not ruling.parted_right(row, last):
                last += 1
            below = row
            while below + 1 < rows and not any(ruling.parted_below(below, c) for c in range(column, last + 1)):
                below += 1
            for r, c in itertools.product(range(row, below + 1), range(column, last + 1)):
                owners.setdefault((r, c), (row, column))
    return owners


def _cell(pieces: list[_Piece]) -> CellText:
    """The words of a cell, line by line from the top."""
    cell = CellText()
    pieces.sort(key=lambda piece: (-round(piece.line.y / 2), piece.x0))
    before: _Piece | None = None
    for piece in pieces:
        broken = before is not None and before.line is not piece.line
        glued = broken and before is not None and before.line.hyphen and before.end == len(before.line.text)
        space = "" if before is None or glued else " "
        if before is not None and before.line is piece.line and before.end == piece.start:
            space = ""
        shift = len(cell.text) + len(space) - piece.start
        cell.raised += [(a + shift, b + shift) for a, b in piece.line.raised if piece.start <= a and b <= piece.end]
        cell.text += space + piece.text
        before = piece
    return cell


def _row_line(
    cells: list[CellText],
    spans: list[tuple[int, int]],
    columns: list[float],
    number: int,
    own: Sequence[Line],
    y: float,
) -> Line:
    first = own[0]
    return Line(
        " ".join(cell.text for cell in cells if cell.text),
        min(line.x0 for line in own),
        max(line.x1 for line in own),
        y,
        first.size,
        all(line.bold for line in own),
        row=Row(number, cells, spans, columns),
    )


# Tables whose words stand in columns.


def _in_columns(lines: list[Line], words_of: WordsOf, number: int) -> list[Line]:
    """At least two rows of two cells or more on end; an item behind its number or bullet is no row."""
    rows = _heights(lines)
    result: list[Line] = []
    index = 0
    while index < len(rows):
        end = index
        while end < len(rows) and _is_row(rows[end]):
            end += 1
        if end - index < 2:
            result += rows[index]
            index += 1
            continue
        while end < len(rows) and _goes_on(rows, index, end):
            end += 1
        number += 1
        result += _laid_out(rows[index:end], words_of, number)
        index = end
    return result


def _heights(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand on one height, from left to right."""
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and line.row is None
            and last.row is None
            and abs(last.y - line.y) < 0.2 * line.size
            and line.x0 > last.x1 + line.size
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_row(row: Sequence[Line]) -> bool:
    if any(line.row is not None for line in row):
        return False
    texts = [text for line in row for text in _wide_cells(line)]
    if len(texts) < 2 or (len(texts) == 2 and _MARKER.match(texts[0])) or _NUMBERED.match(texts[0]):
        return False
    return not any(read_heading(line.text) for line in row)


def _wide_cells(line: Line) -> list[str]:
    bounds = [0, *line.cells, len(line.text)]
    return [line.text[start:end].rstrip() for start, end in itertools.pairwise(bounds)]


def _goes_on(rows: Sequence[Sequence[Line]], begin: int, index: int) -> bool:
    """Whether a line with one cell is a row of the table above and below it, and no text between two tables."""
    if len(rows[index]) != 1 or index + 1 >= len(rows) or not _is_row(rows[index + 1]):
        return False
    line, above, below = rows[index][0], rows[index - 1][0], rows[index + 1][0]
    step = rows[begin][0].y - rows[begin + 1][0].y
    even = abs(above.y - line.y) < 1.3 * step and abs(line.y - below.y) < 1.3 * step
    return even and line.x1 - line.x0 < 0.6 * max(part.x1 for part in rows[begin]) and not read_heading(line.text)


def _laid_out(rows: Sequence[Sequence[Line]], words_of: WordsOf, number: int) -> list[Line]:
    pieces = [[piece for line in row for piece in _pieces(line, words_of(line))] for row in rows]
    columns = _columns(pieces)
    found = []
    for row, parts in zip(rows, pieces, strict=True):
        held: list[list[_Piece]] = [[] for _ in columns]
        spans = [(1, 1)] * len(columns)
        for piece in parts:
            own = [i for i, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1] or [
                min(range(len(columns)), key=lambda i: abs(columns[i][0] - piece.x0))
            ]
            held[own[0]].append(piece)
            if len(own) > 1 and not any(held[i] for i in own[1:]):
                spans[own[0]] = (len(own), 1)
                spans[own[0] + 1 : own[-1] + 1] = [(0, 0)] * (len(own) - 1)
        cells = [_cell(column) if column else CellText() for column in held]
        spans = [(1, 1) if span == (0, 0) and cell.text else span for span, cell in zip(spans, cells, strict=True)]
        found.append(_row_line(cells, spans, [x0 for x0, _ in columns], number, row, row[0].y))
    return found


def _pieces(line: Line, words: Sequence[Word]) -> list[_Piece]:
    """The cells of a line: words with more room between them than a space takes."""
    pieces: list[_Piece] = []
    for word in words or [Word(0, len(line.text), line.x0, line.x1)]:
        if pieces and word.x0 - pieces[-1].x1 <= _APART * line.size:
            pieces[-1].end, pieces[-1].x1 = word.end, word.x1
        else:
            pieces.append(_Piece(line, word.start, word.end, word.x0, word.x1))
    return pieces


def _columns(rows: Sequence[Sequence[_Piece]]) -> list[tuple[float, float]]:
    """The columns from left to right: stretches of the width that no cell of the rows with the most cells crosses."""
    most = max(map(len, rows))
    columns: list[tuple[float, float]] = []
    for count in range(most, 0, -1):
        for piece in sorted((p for row in rows if len(row) == count for p in row), key=lambda p: p.x0):
            own = [i for i, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
            if not own:
                bisect.insort(columns, (piece.x0, piece.x1))
            elif len(own) == 1:
                x0, x1 = columns[own[0]]
                columns[own[0]] = (min(x0, piece.x0), max(x1, piece.x1))
    return columns
