"""Tables of the Word export: cover data, the annex "Herkomst", and the tables inside answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answers_bank.tables import split_row
from drafter.export.content import AnnexRow
from drafter.export.word.ooxml import Element, paragraph, qn, text_run, w
from drafter.export.word.package import WordPackage
from drafter.export.word.styles import Style, WordStyles
from drafter.export.wording import safe_link

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WIDTH = 8787
"""Text width of the default page in twentieths of a point (twips)."""

_NARROWEST = 4000
"""Below this width the page settings are not believed."""


def text_width(package: WordPackage) -> int:
    """Width of the text on the (last) page layout of a package, in twips."""
    section = next(iter(package.xml(package.main).findall(f".//{qn('sectPr')}")[-1:]), None)
    size = section.find(qn("pgSz")) if section is not None else None
    margins = section.find(qn("pgMar")) if section is not None else None
    if size is None or margins is None:
        return _WIDTH
    try:
        page = int(size.get(qn("w"), ""))
        width = page - int(margins.get(qn("left"), "")) - int(margins.get(qn("right"), ""))
    except ValueError:
        return _WIDTH
    return width if width >= _NARROWEST else _WIDTH


def cover_table(
    rows: Sequence[tuple[str, str]], styles: WordStyles, notes: Mapping[str, Element], width: int
) -> Element:
    """Labels and values, one pair a row; `notes` are references to footnotes by label."""
    widths = (2300, width - 2300)
    table = _table(widths, styles, "Gegevens van de vragen")
    for label, value in rows:
        runs = [text_run(value), *([notes[label]] if label in notes else [])]
        table.append(_row([[text_run(label, bold=True)], runs], widths, styles))
    return table


def annex_table(
    headings: Sequence[str], rows: Iterable[AnnexRow], styles: WordStyles, package: WordPackage, width: int
) -> Element:
    """The annex: its heading row is repeated on every page and read out as such by screen readers."""
    widths = [share * width // _WIDTH for share in (900, 1700, 1987, 1250, 850, 1080, 1020)]
    table = _table(widths, styles, "Herkomst van elke alinea")
    table.append(_row([[text_run(heading, bold=True)] for heading in headings], widths, styles, header=True))
    for row in rows:
        cells: list[list[Element]] = [[text_run(cell)] for cell in row.cells]
        if link := safe_link(row.link):
            anchor = w("hyperlink", text_run(row.cells[2], style=styles[Style.LINK]))
            anchor.set(f"{{{_R}}}id", package.link(link))
            cells[2] = [anchor]
        table.append(_row(cells, widths, styles))
    return table


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of a block: one line of text, or the rows of a table."""

    first: int
    """Number of its first line, from 0."""

    rows: tuple[tuple[tuple[Element, ...], ...], ...] = ()
    """Runs of each cell of each row; empty for a line of text."""


def table_stretches(lines: Sequence[Sequence[Element]]) -> list[Stretch]:
    """Finds the tables among the lines of a block: at least two rows on end, however many cells each has."""
    rows = [_cells(line) for line in lines]
    out: list[Stretch] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(rows[end]) > 1:
            end += 1
        if end > at + 1:
            out.append(Stretch(at, tuple(tuple(map(tuple, row)) for row in rows[at:end])))
            at = end
        else:
            out.append(Stretch(at))
            at += 1
    return out


def without_blank_lines(lines: Sequence[Sequence[Element]], texts: Sequence[str]) -> list[tuple[list[Element], str]]:
    """The lines that say something: a blank one parts two paragraphs and is none itself; its marks go to the next."""
    out: list[tuple[list[Element], str]] = []
    held: list[Element] = []
    for line, text in zip(lines, texts, strict=True):
        if text.strip() or any(element.tag in (qn("ins"), qn("del")) for element in line):
            out.append(([*held, *line], text))
            held = []
        else:
            held += [element for element in line if element.find(qn("t")) is None]
    if not out:
        return [(list(lines[0]), texts[0])]
    out[-1][0].extend(held)
    return out


def data_table(rows: Sequence[Sequence[Sequence[Element]]], styles: WordStyles, width: int) -> Element:
    """A table inside an answer, its columns of one width; the last cell of a short row covers the rest of it."""
    count = max(map(len, rows))
    widths = [width // count] * count
    table = _table(widths, styles, "Tabel")
    for number, row in enumerate(rows, 1):
        # On one page where it fits: each row is kept with the next.
        table.append(_row(row, widths, styles, together=number < len(rows)))
    return table


def _cells(line: Sequence[Element]) -> list[list[Element]]:
    """The cells of a line that reads "a | | c"; one cell where it is no row, or where its changes are tracked."""
    cells: list[list[Element]] = [[]]
    for element in line:
        text = element.find(qn("t"))
        if element.tag in (qn("ins"), qn("del")):
            return [list(line)]
        if element.tag != qn("r") or text is None or len(element.findall(qn("t"))) > 1:
            cells[-1].append(element)
            continue
        pieces = split_row(text.text or "")
        for number, piece in enumerate(pieces):
            if number:
                cells.append([])
                piece = piece.lstrip()
            if shown := piece.rstrip() if number + 1 < len(pieces) else piece:
                cells[-1].append(text_run(shown))
    return cells


def _table(widths: Sequence[int], styles: WordStyles, caption: str) -> Element:
    properties = w(
        "tblPr",
        w("tblStyle", val=styles[Style.TABLE]),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0020", firstRow=1),
        w("tblCaption", val=caption),
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)))


def _row(
    cells: Sequence[Sequence[Element]],
    widths: Sequence[int],
    styles: WordStyles,
    *,
    header: bool = False,
    together: bool = False,
) -> Element:
    row = w("tr", w("trPr", w("cantSplit"), *([w("tblHeader")] if header else [])))
    for column, runs in enumerate(cells):
        covered = widths[column:] if column + 1 == len(cells) else widths[column : column + 1]
        span = [w("gridSpan", val=len(covered))] if len(covered) > 1 else []
        kept = [w("keepNext")] if together else []
        text = paragraph(*runs, style=styles[Style.TABLE_TEXT], properties=kept)
        row.append(w("tc", w("tcPr", w("tcW", w=sum(covered), type="dxa"), *span), text))
    return row
