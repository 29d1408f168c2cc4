"""Symbols of fonts that draw them in the place of letters are read as what they show."""

from __future__ import annotations

import pytest
from support import written
from support.reading_files import paragraph, run
from support.written import everything, said

from answers_bank.documents import Document
from answers_bank.reading.formats import symbol_fonts


def _sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _typed(font: str, text: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{text}</w:t></w:r>'


_FACE = '<style:style style:name="T1"><style:text-properties style:font-name="{}"/></style:style>'


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (written.word(paragraph("Hoogte ", _sym("Symbol", "F0B3"), run(" 5 m"))), "Hoogte ≥ 5 m"),
        (written.word(paragraph("Hoogte ", _sym("Symbol", "00A3"), run(" 5 m"))), "Hoogte ≤ 5 m"),
        (written.word(paragraph("Hoogte ", _typed("Symbol", "\uf0b1"), run(" 5 m"))), "Hoogte ± 5 m"),
        (written.word(paragraph("Stof ", _typed("SymbolMT", "m"), run("g"))), "Stof μg"),
        (written.word(paragraph("Akkoord ", _sym("Wingdings", "F0FC"))), "Akkoord ✓"),
        (written.word(paragraph("Van A ", _sym("Wingdings", "F0E0"), run(" naar B"))), "Van A → naar B"),
        (written.word(paragraph(_sym("Wingdings", "F0D8"), run(" een punt"))), "➢ een punt"),
        (written.word(paragraph(_sym("Wingdings", "F0FC"), run(" een punt"))), "• een punt"),
        (written.word(paragraph("Prijs \uf0b3 5")), "Prijs ≥ 5"),
        (
            written.odt(
                '<text:p>Hoogte <text:span text:style-name="T1">\uf0b3</text:span> 5 m</text:p>', _FACE.format("Symbol")
            ),
            "Hoogte ≥ 5 m",
        ),
        (
            written.odt(
                '<text:p>Klaar <text:span text:style-name="T1">ü</text:span></text:p>', _FACE.format("Wingdings")
            ),
            "Klaar ✓",
        ),
        (written.html("<p>Hoogte <span style='font-family:Symbol'>&#163;</span> 5 m</p>"), "Hoogte ≤ 5 m"),
        (written.html('<p>Hoogte <font face="Symbol">&#179;</font> 5 m</p>'), "Hoogte ≥ 5 m"),
        (
            written.html("<p>Hoogte <i class=s>&#179;</i> 5 m</p>", "<style>.s {font-family: 'Symbol', serif}</style>"),
            "Hoogte ≥ 5 m",
        ),
        (written.html("<p>Klaar <span style='font:10.0pt Wingdings'>&#252;</span></p>"), "Klaar ✓"),
        (written.text("Hoogte \uf0b3 5 m"), "Hoogte ≥ 5 m"),
        (written.text("\uf0b7 een punt"), "• een punt"),
        (written.text("\uf0d8een punt"), "➢ een punt"),
    ],
)
def test_a_symbol_is_the_character_that_it_shows(document: Document, expected: str) -> None:
    assert said(document) == [expected]


@pytest.mark.parametrize(
    "document",
    [
        written.word(paragraph("Prijs ", _typed("Segoe UI Symbol", "3 ü"))),
        written.word(paragraph("Prijs ", _typed("Arial", "3 ü"))),
        written.html("<p>Prijs <span style='font-family:Symbolisch'>3 ü</span></p>"),
    ],
)
def test_letters_of_common_fonts_stay(document: Document) -> None:
    assert said(document) == ["Prijs 3 ü"]


def test_a_character_of_another_font_within_a_symbol_font_stays() -> None:
    assert said(written.word(paragraph("Hoogte ", _typed("Symbol", "≥ €")))) == ["Hoogte ≥ €"]


@pytest.mark.parametrize("document", [written.word(paragraph("a \ue123 b")), written.text("a \ue123 b", "\uf8ff c")])
def test_no_private_character_is_left(document: Document) -> None:
    assert not any("\ue000" <= c <= "\uf8ff" for c in everything(document))


def test_the_rows_of_each_font_hold_sixteen_characters() -> None:
    from answers_bank.dutch.patterns import read_yaml

    fonts = read_yaml("symbol_fonts", "answers_bank.reading")
    rows = [row for font in fonts.values() if isinstance(font, dict) for row in font.values()]
    assert {len(row) for row in rows} == {16}


def test_symbol_agrees_with_the_encoding_of_another_library() -> None:
    encoding = pytest.importorskip("reportlab.pdfbase._fontdata_enc_symbol").SymbolEncoding
    names = {"greaterequal": "≥", "lessequal": "≤", "plusminus": "±", "alpha": "α", "arrowright": "→", "element": "∈"}
    for code, name in enumerate(encoding):
        if name in names:
            assert symbol_fonts.shown_text(chr(code), "symbol") == names[name]


def test_the_mark_of_a_list_stands_apart_from_its_item_on_a_page() -> None:
    mark = '<span style="font-family:Wingdings">&#167;&nbsp;&nbsp;</span>'
    assert said(written.html(f"<p>{mark}de wind;</p><p>{mark}het water.</p>")) == ["▪ de wind;\n▪ het water."]
