"""The two tables of the Word export: cover data and the annex "Herkomst"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from drafter.export.content import AnnexRow
from drafter.export.ooxml import Element, paragraph, text_run, w
from drafter.export.word_package import WordPackage
from drafter.export.word_styles import Role, Styles
from drafter.export.wording import safe_link

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WIDTH = 8787
"""Text width of the default page in twentieths of a point."""


def cover_table(rows: Sequence[tuple[str, str]], styles: Styles, notes: Mapping[str, Element]) -> Element:
    """Labels and values, one pair a row; `notes` are references to footnotes by label."""
    table = _table((2300, _WIDTH - 2300), styles, "Gegevens van de vragen")
    for label, value in rows:
        runs = [text_run(value), *([notes[label]] if label in notes else [])]
        table.append(_row([[text_run(label, bold=True)], runs], (2300, _WIDTH - 2300), styles))
    return table


def annex_table(headings: Sequence[str], rows: Iterable[AnnexRow], styles: Styles, package: WordPackage) -> Element:
    """The annex: its heading row is repeated on every page and read out as such by screen readers."""
    widths = (900, 1700, 1987, 1250, 850, 1080, 1020)
    table = _table(widths, styles, "Herkomst van elke alinea")
    table.append(_row([[text_run(heading, bold=True)] for heading in headings], widths, styles, header=True))
    for row in rows:
        cells: list[list[Element]] = [[text_run(cell)] for cell in row.cells]
        if link := safe_link(row.link):
            anchor = w("hyperlink", text_run(row.cells[2], style=styles[Role.LINK]))
            anchor.set(f"{{{_R}}}id", package.link(link))
            cells[2] = [anchor]
        table.append(_row(cells, widths, styles))
    return table


def _table(widths: Sequence[int], styles: Styles, caption: str) -> Element:
    properties = w(
        "tblPr",
        w("tblStyle", val=styles[Role.TABLE]),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0020", firstRow=1),
        w("tblCaption", val=caption),
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)))


def _row(cells: Sequence[Sequence[Element]], widths: Sequence[int], styles: Styles, *, header: bool = False) -> Element:
    row = w("tr", w("trPr", w("cantSplit"), *([w("tblHeader")] if header else [])))
    for runs, width in zip(cells, widths, strict=True):
        text = paragraph(*runs, style=styles[Role.TABLE_TEXT])
        row.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), text))
    return row
