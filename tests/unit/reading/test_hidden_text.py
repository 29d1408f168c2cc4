"""Text that a reader does not see is not read: in Word, OpenDocument and web pages, in any of their ways to hide it."""

from __future__ import annotations

import pytest
from support import written
from support.reading_files import footnotes, paragraph, reference, run
from support.written import everything, said

from answers_bank.documents import Document

SEEN, SECRET = "De molens draaien weer. ", "nog niet naar buiten"
HIDDEN_RUN = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{SECRET}</w:t></w:r>"
_CHARACTER_STYLE = (
    '<w:style w:type="character" w:styleId="Basis"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Weg"><w:basedOn w:val="Basis"/></w:style>'
)
_PARAGRAPH_STYLE = '<w:style w:type="paragraph" w:styleId="Stil"><w:rPr><w:vanish/></w:rPr></w:style>'
_CELLS = "<w:tc>{}</w:tc><w:tc>{}</w:tc>"


def _row(properties: str, *cells: str) -> str:
    return f"<w:tr>{properties}{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


WORD: dict[str, Document] = {
    "a run": written.word(paragraph(SEEN, HIDDEN_RUN)),
    "a run, switched on in words": written.word(
        paragraph(SEEN, HIDDEN_RUN.replace("<w:vanish/>", '<w:vanish w:val="true"/>'))
    ),
    "a character style on another": written.word(
        paragraph(SEEN, f'<w:r><w:rPr><w:rStyle w:val="Weg"/></w:rPr><w:t>{SECRET}</w:t></w:r>'),
        styles=_CHARACTER_STYLE,
    ),
    "a paragraph style": written.word(
        paragraph(SEEN), paragraph(SECRET, properties='<w:pStyle w:val="Stil"/>'), styles=_PARAGRAPH_STYLE
    ),
    "the text of a link": written.word(paragraph(SEEN, f"<w:hyperlink>{HIDDEN_RUN}</w:hyperlink>")),
    "a note of hidden text": written.word(
        paragraph(SEEN, HIDDEN_RUN.replace("<w:t>", '<w:footnoteReference w:id="1"/><w:t>')),
        footnotes=footnotes(SECRET),
    ),
    "in a note": written.word(
        paragraph(SEEN, reference(1)),
        footnotes=footnotes("Zie de brief.").replace("<w:t xml", HIDDEN_RUN[5:-6] + "<w:t xml"),
    ),
    "rows of a table": written.word(
        paragraph(SEEN),
        "<w:tbl>"
        + _row("", "Molen", "Stand")
        + _row("<w:trPr><w:hidden/></w:trPr>", SECRET, "x")
        + _row('<w:trPr><w:del w:id="3"/></w:trPr>', SECRET, "y")
        + _row("", "Wiek", "draait")
        + "</w:tbl>",
    ),
}

ODT: dict[str, Document] = {
    "a style": written.odt(
        f'<text:p>{SEEN}<text:span text:style-name="T1">{SECRET}</text:span></text:p>',
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>',
    ),
    "a style on another": written.odt(
        f'<text:p>{SEEN}</text:p><text:p text:style-name="P2">{SECRET}</text:p>',
        '<style:style style:name="P2" style:parent-style-name="P1"/>'
        '<style:style style:name="P1"><style:text-properties text:display="none"/></style:style>',
    ),
    "a field": written.odt(
        f'<text:p>{SEEN}<text:hidden-text text:condition="ooow:true" text:is-hidden="true" '
        f'text:string-value="{SECRET}">{SECRET}</text:hidden-text></text:p>'
    ),
    "a hidden paragraph": written.odt(
        f"<text:p>{SEEN}</text:p><text:p>{SECRET}"
        '<text:hidden-paragraph text:condition="ooow:true" text:is-hidden="true"/></text:p>'
    ),
    "a section": written.odt(
        f'<text:p>{SEEN}</text:p><text:section text:name="S" text:display="none"><text:p>{SECRET}</text:p>'
        "</text:section>"
    ),
    "a section on a condition": written.odt(
        f'<text:p>{SEEN}</text:p><text:section text:name="S" text:display="condition" text:condition="ooow:1" '
        f'text:is-hidden="true"><text:p>{SECRET}</text:p></text:section>'
    ),
    "a row and a column": written.odt(
        f"<text:p>{SEEN}</text:p><table:table><table:table-column/><table:table-column/>"
        '<table:table-column table:visibility="collapse"/>'
        + "".join(
            f"<table:table-row{gone}>"
            + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
            + "</table:table-row>"
            for gone, cells in (
                ("", ("Molen", "Stand", SECRET)),
                (' table:visibility="collapse"', (SECRET, "x", "y")),
                ("", ("Wiek", "draait", SECRET)),
            )
        )
        + "</table:table>"
    ),
}

HTML: dict[str, Document] = {
    "display": written.html(f'<p>{SEEN}<span style="color:red; display : none">{SECRET}</span></p>'),
    "visibility": written.html(f'<p>{SEEN}</p><div style="visibility:hidden"><p>{SECRET}</p></div>'),
    "the attribute": written.html(f"<p>{SEEN}</p><section hidden><p>{SECRET}</p></section>"),
    "a word processor": written.html(f"<p>{SEEN}<span style='mso-hide:all'>{SECRET}</span></p>"),
    "a class": written.html(
        f'<p>{SEEN}</p><p class="Stil x">{SECRET}</p>', "<style>a{b:c} p.Stil, li.Stil {display:none}</style>"
    ),
    "a class inside another": written.html(
        f'<div class="intern"><p>{SEEN}</p><p><span class="nota">{SECRET}</span></p></div>',
        "<style>@media screen { .intern .nota { display: none !important } }</style>",
    ),
    "a row": written.html(
        f"<p>{SEEN}</p><table><tr><td>Molen</td><td>Stand</td></tr><tr style='display:none'><td>{SECRET}</td><td>x</td>"
        f"</tr><tr><td>Wiek<span hidden>{SECRET}</span></td><td>draait</td></tr></table>"
    ),
    "deleted words and a comment": written.html(
        f"<p>{SEEN}<del>{SECRET}</del><a class=msocomanchor href='#_msocom_1'>[{SECRET}]</a></p>"
        f"<div style='mso-element:comment-list'><div style='mso-element:comment'><p>{SECRET}</p></div></div>"
    ),
}


@pytest.mark.parametrize(
    "form", [*(("docx", n) for n in WORD), *(("odt", n) for n in ODT), *(("html", n) for n in HTML)]
)
def test_hidden_text_is_not_read(form: tuple[str, str]) -> None:
    document = {"docx": WORD, "odt": ODT, "html": HTML}[form[0]][form[1]]
    assert said(document)[0] == SEEN.strip()
    assert SECRET not in everything(document)
    assert SECRET not in document.text


@pytest.mark.parametrize(
    "document",
    [
        written.word(paragraph(SEEN, HIDDEN_RUN.replace("<w:vanish/>", '<w:vanish w:val="0"/>'))),
        written.word(paragraph(SEEN, HIDDEN_RUN.replace("<w:vanish/>", "<w:webHidden/>"))),
        written.word(
            paragraph(SEEN + SECRET, properties="<w:rPr><w:b/></w:rPr>"),
            paragraph("Dat is alles."),
            styles=_PARAGRAPH_STYLE,
        ),
        written.word(
            paragraph(
                f'<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>{SEEN + SECRET}</w:t></w:r>',
                properties='<w:pStyle w:val="Stil"/>',
            ),
            styles=_PARAGRAPH_STYLE,
        ),
        written.odt(f'<text:p>{SEEN}<text:hidden-text text:is-hidden="false">{SECRET}</text:hidden-text></text:p>'),
        written.odt(
            f'<text:section text:display="condition" text:is-hidden="false"><text:p>{SEEN}{SECRET}</text:p>'
            "</text:section>"
        ),
        written.html(f'<p>{SEEN}<span style="display:inline">{SECRET}</span></p>'),
        written.html(f"<p>{SEEN}<span class=x>{SECRET}</span></p>", "<style>@media print {.x{display:none}}</style>"),
        written.html(
            f"<p>{SEEN}<span class=x>{SECRET}</span></p>", "<style>div .x{display:none} .xy{display:none}</style>"
        ),
        written.html(f"<p>{SEEN}<ins>{SECRET}</ins></p>"),
    ],
)
def test_what_is_shown_stays(document: Document) -> None:
    assert SECRET in everything(document)


def test_a_hidden_mark_at_the_end_of_a_paragraph_lets_the_next_go_on_in_it() -> None:
    first = paragraph("De molens ", properties="<w:rPr><w:specVanish/></w:rPr>")
    assert said(written.word(first, paragraph("draaien weer."))) == ["De molens draaien weer."]
    assert said(written.word(paragraph(run("Ja."), HIDDEN_RUN), paragraph("Nee."))) == ["Ja.", "Nee."]


def test_comments_of_a_text_made_together_on_the_web_are_out() -> None:
    mark = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    body = '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Nog nakijken.</span></p></div>'
    assert said(written.html(f"<p>De molens draaien{mark} weer.</p>{body}")) == ["De molens draaien weer."]
    assert said(written.html('<p>Zie <a href="#deel">deel a</a>.</p>')) == ["Zie deel a."]
