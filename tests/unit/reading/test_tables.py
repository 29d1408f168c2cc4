"""A table is one thing: empty and covered cells keep their column and row, in every format."""

from __future__ import annotations

import pytest
from support import written
from support.reading_files import paragraph, run
from support.written import said

from answers_bank.documents import Document
from answers_bank.tables import Cell, row_cells, row_text

PLAIN = [["Molen", "2029", "2030", "2031"], ["De Hoop", "", "12", "13"], ["De Valk", "8", "", "9"]]
LINES = "Molen | 2029 | 2030 | 2031\nDe Hoop | | 12 | 13\nDe Valk | 8 | | 9"
# A head over two columns, and a cell over two rows.
SPANNED = "Molen | Jaren |\n| 2029 | 2030\nDe Hoop | 1 | 2"
STRUCTURE = (
    (Cell("Molen", 1, 2), Cell("Jaren", 2, 1)),
    (Cell("2029"), Cell("2030")),
    (Cell("De Hoop"), Cell("1"), Cell("2")),
)
END = "Dat is alles."


def _word_table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell) if cell else '<w:p/>'}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def _tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"


def _odt_table(rows: list[list[str]]) -> str:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    shown = ("<table:table-row>" + "".join(map(cell.format, row)) + "</table:table-row>" for row in rows)
    return "<table:table><table:table-column/>" + "".join(shown) + "</table:table>"


def _html_table(rows: list[list[str]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"


def _cals(*rows: str) -> str:
    names = "".join(f'<colspec colname="c{n}"/>' for n in range(1, 5))
    return (
        f"<table><tgroup cols='4'>{names}<tbody>{''.join(f'<row>{row}</row>' for row in rows)}</tbody></tgroup></table>"
    )


def _pdf(rows: list[list[str]], style: list[tuple[object, ...]], **options: object) -> Document:
    from reportlab.platypus import Table

    from answers_bank.reading import read_bytes

    def build(story: list[object], p: object) -> None:
        story += [Table(rows, style=style, **options), p(END)]  # type: ignore[operator]

    return read_bytes(written.pdf(build), "a.pdf")


_GRID = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]


@pytest.mark.parametrize(
    "document",
    [
        written.word(_word_table(PLAIN), paragraph(END)),
        written.word(  # a content control around a cell and a row
            _word_table(PLAIN)
            .replace("<w:tc>" + paragraph("12"), "<w:sdt><w:sdtContent><w:tc>" + paragraph("12"))
            .replace(paragraph("12") + "</w:tc>", paragraph("12") + "</w:tc></w:sdtContent></w:sdt>"),
            paragraph(END),
        ),
        written.word(
            _word_table(PLAIN).replace(
                "<w:tc><w:p/></w:tc>", '<w:tc><w:p><w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:tc>'
            ),
            paragraph(END),
        ),
        written.odt(_odt_table(PLAIN) + f"<text:p>{END}</text:p>"),
        written.html(_html_table(PLAIN) + f"<p>{END}</p>"),
        written.html(
            _html_table(PLAIN).replace("<td></td>", "<td>&nbsp;</td>").replace("<tr><td>Molen", "<tr><td><p>Molen")
            + f"<p>{END}</p>"
        ),
        written.xml(_cals(*("".join(f"<entry>{c}</entry>" for c in row) for row in PLAIN)) + f"<al>{END}</al>"),
        written.xml(
            _cals(
                "".join(f"<entry>{c}</entry>" for c in PLAIN[0]),
                '<entry colname="c1">De Hoop</entry><entry colname="c3">12</entry><entry>13</entry>',
                "<entry><al>De Valk</al></entry><entry>8</entry><entry/><entry>9</entry>",
            )
            + f"<al>{END}</al>"
        ),
        _pdf(PLAIN, _GRID),
        _pdf(PLAIN, []),
        _pdf(PLAIN, [("LINEBELOW", (0, 0), (-1, 0), 1, (0, 0, 0)), ("ALIGN", (1, 0), (-1, -1), "RIGHT")]),
        _pdf(PLAIN, [*_GRID, ("ALIGN", (0, 0), (-1, -1), "CENTER")], colWidths=[120, 60, 60, 60]),
        _pdf(PLAIN, [("ALIGN", (1, 0), (-1, -1), "CENTER")], colWidths=[120, 60, 60, 60]),
    ],
)
def test_an_empty_cell_keeps_its_column(document: Document) -> None:
    assert said(document) == [LINES, END]
    table = document.answers[0].paragraphs[0].table
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == PLAIN


@pytest.mark.parametrize(
    "document",
    [
        written.word(
            "<w:tbl><w:tr>"
            + _tc("Molen", '<w:vMerge w:val="restart"/>')
            + _tc("Jaren", '<w:gridSpan w:val="2"/>')
            + "</w:tr>"
            "<w:tr>" + _tc("", "<w:vMerge/>") + _tc("2029") + _tc("2030") + "</w:tr>"
            "<w:tr>" + _tc("De Hoop") + _tc("1") + _tc("2") + "</w:tr></w:tbl>",
            paragraph(END),
        ),
        written.odt(
            "<table:table><table:table-header-rows><table:table-row>"
            '<table:table-cell table:number-rows-spanned="2"><text:p>Molen</text:p></table:table-cell>'
            '<table:table-cell table:number-columns-spanned="2"><text:p>Jaren</text:p></table:table-cell>'
            "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
            "<table:covered-table-cell/><table:table-cell><text:p>2029</text:p></table:table-cell>"
            "<table:table-cell><text:p>2030</text:p></table:table-cell></table:table-row><table:table-row>"
            "<table:table-cell><text:p>De Hoop</text:p></table:table-cell><table:table-cell><text:p>1</text:p>"
            f"</table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
            f"<text:p>{END}</text:p>"
        ),
        written.html(
            "<table><thead><tr><th rowspan=2>Molen</th><th colspan='2'>Jaren</th></tr><tr><th>2029</th><th>2030</th>"
            "</tr>"
            f"</thead><tbody><tr><td>De Hoop</td><td>1</td><td>2</td></tr></tbody></table><p>{END}</p>"
        ),
        written.xml(
            _cals(
                '<entry morerows="1">Molen</entry><entry namest="c2" nameend="c3">Jaren</entry>',
                "<entry>2029</entry><entry>2030</entry>",
                "<entry>De Hoop</entry><entry>1</entry><entry>2</entry>",
            )
            + f"<al>{END}</al>"
        ),
        _pdf(
            [["Molen", "Jaren", ""], ["", "2029", "2030"], ["De Hoop", "1", "2"]],
            [*_GRID, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))],
        ),
    ],
)
def test_a_spanned_cell_keeps_its_columns_and_rows(document: Document) -> None:
    assert said(document) == [SPANNED, END]
    table = document.answers[0].paragraphs[0].table
    assert table is not None
    assert table.rows == STRUCTURE


def test_columns_that_a_word_table_skips_are_empty() -> None:
    skipping = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + _tc("8") + _tc("9") + "</w:tr>"
    table = "<w:tbl><w:tr>" + _tc("Molen") + _tc("2029") + _tc("2030") + "</w:tr>" + skipping + "</w:tbl>"
    assert said(written.word(table, paragraph(END)))[0] == "Molen | 2029 | 2030\n| 8 | 9"


def test_long_cells_of_a_ruled_pdf_table_are_put_together() -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    cell = Paragraph("een cel die over meer regels loopt omdat zij smal is", getSampleStyleSheet()["BodyText"])
    rows = [["Molen", "Stand", "Kosten"], ["De Hoop", cell, "12"], ["De Valk", "", "9"]]
    document = _pdf(rows, [*_GRID, ("VALIGN", (0, 0), (-1, -1), "TOP")], colWidths=[90, 100, 60])
    expected = (
        "Molen | Stand | Kosten\nDe Hoop | een cel die over meer regels loopt omdat zij smal is | 12\nDe Valk | | 9"
    )
    assert said(document)[0] == expected


def test_a_table_goes_on_over_pages_and_its_repeated_head_is_read_once() -> None:
    rows = [["Molen", "Stand"], *([f"Molen {n}", str(n)] for n in range(1, 81))]
    document = _pdf(rows, _GRID, repeatRows=1)
    assert said(document)[0].split("\n") == [" | ".join(row) for row in rows]
    assert said(document)[1:] == [END]


def test_a_table_of_another_kind_and_a_list_stay_apart() -> None:
    body = [_word_table(PLAIN[:2]), paragraph("• een punt"), paragraph("• nog een punt")]
    assert said(written.word(*body)) == ["\n".join(LINES.split("\n")[:2]), "• een punt\n• nog een punt"]


@pytest.mark.parametrize(
    "lines",
    [
        ["De kosten van de molens zijn hoog.", "Wij kijken   ernaar."],
        ["1. Eerste punt.", "2. Tweede punt."],
        ["• een punt;", "• nog een punt."],
    ],
)
def test_what_is_no_table_stays_text(lines: list[str]) -> None:
    from answers_bank.reading import read_bytes

    def build(story: list[object], p: object) -> None:
        story += [p(line) for line in lines]  # type: ignore[operator]

    document = read_bytes(written.pdf(build), "a.pdf")
    assert not any(passage.table for passage in document.answers[0].paragraphs)


def test_a_letter_in_a_layout_table_is_no_table() -> None:
    cells = (
        _tc("De Voorzitter van de Tweede Kamer")
        + f"<w:tc>{''.join(paragraph(f'Regel {n}.') for n in range(20))}</w:tc>"
    )
    document = written.word(f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>", paragraph(run(END)))
    assert not any(passage.table for passage in document.answers[0].paragraphs)


@pytest.mark.parametrize("cells", [["a", "", "b"], ["", "a", ""], ["", "", ""], ["a|b", "c d"], ["a"]])
def test_the_line_of_a_row_gives_its_cells_back(cells: list[str]) -> None:
    assert row_cells(row_text(cells)) == cells
