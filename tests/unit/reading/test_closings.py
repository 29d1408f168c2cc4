"""Closing words and signatures are no part of the last answer; what the minister says last is."""

from __future__ import annotations

import pytest
from support import reading_files as make
from support import written
from support.written import said

from answers_bank.documents import Document
from answers_bank.reading import read_bytes

LAST = "Sinds januari zijn 34 meldingen ontvangen."
CLOSINGS = [
    ["Met vriendelijke groet,", "S. (Sietske) Zeilmaker", "Minister van Wind en Water"],
    ["Hoogachtend,", "De Minister van Wind en Water,", "S. Zeilmaker"],
    ["De Minister van Wind en Water,", "S. Zeilmaker"],
    ["DE MINISTER VAN WIND EN WATER,", "S. ZEILMAKER"],
    ["Met de meeste hoogachting,", "mr. drs. S.J. van der Zeilmaker-de Boer MSc", "Staatssecretaris van Wind en Water"],
    [
        "Ik vertrouw erop u hiermee voldoende te hebben geïnformeerd.",
        "Hoogachtend,",
        "Minister van Wind en Water",
        "S. Zeilmaker",
    ],
    ["Ik hoop uw Kamer hiermee voldoende te hebben geïnformeerd."],
    ["De Staatssecretaris van Wind en Water,", "namens deze,", "de directeur-generaal Water,", "P. Kok"],
    ["Sietske Zeilmaker", "Minister van Wind en Water"],
    ["Den Haag, 24 maart 2031", "De Minister van Wind en Water,", "w.g. S. Zeilmaker"],
    ["Hartelijke groeten,", "Sietske Zeilmaker", "Ministerie van Wind en Water", "Postbus 10101", "Zeedam"],
    ["De Minister van Wind en Water,", "Mede namens de Staatssecretaris van Veren,", "S. Zeilmaker", "Bijlage(n): 2"],
    ["De Minister-President,", "S. Zeilmaker", "cc: de heer P. Kok"],
]


def _forms(closing: list[str]) -> dict[str, Document]:
    wrapped = "\n".join([*written.BEFORE, LAST, *closing]).encode()
    return {
        "text": written.text(LAST, *closing),
        "text without blank lines": read_bytes(wrapped, "a.txt"),
        "docx": written.word(make.paragraph(LAST), make.paragraph(""), *map(make.paragraph, closing)),
        "docx with line breaks": written.word(make.paragraph(LAST), make.paragraph("\n".join(closing))),
        "odt": written.odt(f"<text:p>{LAST}</text:p>" + "".join(f"<text:p>{line}</text:p>" for line in closing)),
        "html": written.html(f"<p>{LAST}</p><p>{'<br>'.join(closing)}</p>"),
        "xml": written.xml(
            f"<al>{LAST}</al><ondertekening>{''.join(f'<al>{line}</al>' for line in closing)}</ondertekening>"
        ),
        "pdf": read_bytes(
            make.pdf([(60, 780 - 24 * i, 10, line) for i, line in enumerate([*written.BEFORE, LAST, *closing])]),
            "a.pdf",
        ),
        "pdf with close lines": read_bytes(
            make.pdf([(60, 780 - 12 * i, 10, line) for i, line in enumerate([*written.BEFORE, LAST, *closing])]),
            "a.pdf",
        ),
    }


@pytest.mark.parametrize("closing", CLOSINGS, ids=lambda closing: closing[0])
def test_closing_words_and_signature_are_no_part_of_the_answer(closing: list[str]) -> None:
    for name, document in _forms(closing).items():
        assert said(document) == [LAST], name


def test_two_who_sign_side_by_side() -> None:
    rows = [["De Minister van Wind en Water,", "De Staatssecretaris van Veren,"], ["S. Zeilmaker", "P. Kok"]]
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{make.paragraph(c)}</w:tc>' for c in row)}</w:tr>" for row in rows)
    document = written.word(make.paragraph(LAST), f"<w:tbl>{cells}</w:tbl>")
    assert said(document) == [LAST]


@pytest.mark.parametrize(
    "last",
    [
        ["De Minister van Wind en Water is hiervoor verantwoordelijk."],
        ["Nee.", "Ja."],
        ["Verantwoordelijk zijn:", "de minister van Wind en Water", "de staatssecretaris van Veren"],
        ["Ik hoop dat de molens in het voorjaar weer draaien."],
        ["Het gaat om de molens De Hoop, De Valk", "en De Zwaan."],
        ["• De Minister van Wind en Water", "• S. Zeilmaker"],
        ["In de brief staat “Met vriendelijke groet” onder de naam van de molenaar.", "Dat is niet gebruikelijk."],
        ["De molens staan in Zeedam, 24 maart 2031 was de laatste dag."],
    ],
)
def test_what_is_said_last_stays(last: list[str]) -> None:
    whole = " ".join([LAST, *last])
    for name, document in _forms(last).items():
        if name not in ("docx with line breaks", "html"):  # one paragraph there
            assert " ".join(" ".join(said(document)).split()) == whole, name


def test_the_signature_tells_who_answers_and_when() -> None:
    lines = [
        "Vraag 1",
        written.ASKED,
        "Antwoord 1",
        LAST,
        "Zeedam, 24 maart 2031",
        "S. (Sietske) Zeilmaker",
        "Minister van Wind en Water",
    ]
    document = read_bytes("\n\n".join(lines).encode(), "a.txt")
    assert [(m.name, m.office, m.portfolio) for m in document.ministers] == [
        ("S. (Sietske) Zeilmaker", "minister", "Wind en Water")
    ]
    assert str(document.received) == "2031-03-24"
