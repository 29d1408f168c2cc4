"""The list of questions and answers of a committee: all pairs, its date, and who answers."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from support import reading_files as make

from answers_bank.documents import Document
from answers_bank.reading import read_bytes

HEAD = [
    "40 123 Molens",
    "Nr. 17 LIJST VAN VRAGEN EN ANTWOORDEN",
    "Vastgesteld 4 december 2030",
    "De vaste commissie voor Wind en Water heeft een aantal vragen voorgelegd aan de Staatssecretaris van Molens en "
    "Dijken over de brief van 31 oktober 2030 inzake molens (Kamerstuk 40 123, nr. 12).",
    "De Staatssecretaris heeft deze vragen beantwoord bij brief van 3 december 2030.",
    "De voorzitter van de commissie, Zeegras",
    "De adjunct-griffier van de commissie, Oever",
]
PAIRS = [
    (
        ["Hoeveel molens waren er in 2030, en waar staan die cijfers?"],
        ["Er waren 41.000 molens.", "Er zijn drie redenen:", "1. de wind;", "2. het water;", "3. de dijk."],
    ),
    (["In de brief staat dat molens draaien.", "Kunt u dat toelichten? Wat kost dat?"], ["Ja. Dat is gratis."]),
    (
        ["Kunt u per provincie aangeven hoeveel molens er staan."],
        ["Er staan 34 molens. Is dat veel? Dat hangt ervan af."],
    ),
    (["Waarom?"], ["Daarom.", "Dat is alles."]),
]
STYLES: dict[str, Callable[[int, list[str], list[str]], list[str]]] = {
    "1. Hoeveel": lambda n, q, a: [f"{n}. {q[0]}", *q[1:], *a],
    "1 / Hoeveel": lambda n, q, a: [f"{n}", *q, *a],
    "1. / Hoeveel": lambda n, q, a: [f"{n}.", *q, *a],
    "Vraag 1 / Antwoord": lambda n, q, a: [f"Vraag {n}", *q, "Antwoord", *a],
    "Vraag 1": lambda n, q, a: [f"Vraag {n}", *q, *a],
    "1 / Antwoord:": lambda n, q, a: [f"{n}", *q, "Antwoord:", *a],
    "1. / Antwoord op vraag 1": lambda n, q, a: [f"{n}. {q[0]}", *q[1:], f"Antwoord op vraag {n}", *a],
}


def _lines(style: str, head: list[str] = HEAD) -> list[str]:
    return [*head, *(line for n, (q, a) in enumerate(PAIRS, 1) for line in STYLES[style](n, q, a))]


def _files(lines: list[str]) -> dict[str, bytes]:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    buffer = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(buffer).build([Paragraph(line, style) for line in lines])
    page = "".join(f"<p>{line}</p>" for line in lines)
    return {
        "a.txt": "\n\n".join(lines).encode(),
        "a.docx": make.docx(*map(make.paragraph, lines)),
        "a.odt": make.odt("".join(f"<text:p>{line}</text:p>" for line in lines)),
        "a.html": f'<html><head><meta charset="utf-8"></head><body>{page}</body></html>'.encode(),
        "a.pdf": buffer.getvalue(),
    }


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _check(document: Document) -> None:
    assert document.kind.value == "answer"
    asked = [(question.numbers, _letters(question.text)) for question in document.questions]
    given = [(answer.numbers, _letters(answer.text)) for answer in document.answers]
    assert asked == [((n,), _letters("".join(q))) for n, (q, _) in enumerate(PAIRS, 1)]
    assert given == [((n,), _letters("".join(a))) for n, (_, a) in enumerate(PAIRS, 1)]
    assert str(document.received) == "2030-12-03"
    who = [(m.office, m.portfolio, m.name) for m in document.ministers]
    assert who == [("staatssecretaris", "Molens en Dijken", None)]
    assert [asker.name for asker in document.askers] == ["vaste commissie voor Wind en Water"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("form", ["txt", "docx", "odt", "html", "pdf"])
def test_all_pairs_of_a_list(style: str, form: str) -> None:
    _check(read_bytes(_files(_lines(style))[f"a.{form}"], f"a.{form}"))


def test_a_list_in_a_table_and_one_with_automatic_numbers() -> None:
    def cell(lines: list[str]) -> str:
        return f"<w:tc>{''.join(map(make.paragraph, lines))}</w:tc>"

    rows = [([str(n)], q, a) for n, (q, a) in enumerate(PAIRS, 1)]
    table = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in [(["Nr"], ["Vraag"], ["Antwoord"]), *rows])
    head = list(map(make.paragraph, HEAD))
    _check(read_bytes(make.docx(*head, f"<w:tbl>{table}</w:tbl>"), "a.docx"))
    body = [
        part
        for q, a in PAIRS
        for part in (make.paragraph(q[0], properties=make.LISTED), *map(make.paragraph, [*q[1:], *a]))
    ]
    _check(read_bytes(make.docx(*head, *body, parts={"numbering": make.numbering()}), "a.docx"))


def test_the_day_it_was_adopted_counts_where_no_letter_is_named() -> None:
    head = [line for line in HEAD if "bij brief" not in line]
    document = read_bytes("\n\n".join(_lines("1. Hoeveel", head)).encode(), "a.txt")
    assert str(document.received) == "2030-12-04"


@pytest.mark.parametrize(
    "said",
    [
        "heeft de Minister van Wind en Water en de Staatssecretaris van Molens en Dijken vragen gesteld over de brief.",
        "hebben vragen aan de Minister van Wind en Water en de Staatssecretaris van Molens en Dijken voorgelegd.",
    ],
)
def test_all_to_whom_the_questions_were_put_answer(said: str) -> None:
    head = [*HEAD[:3], f"De vaste commissie voor Dijken {said}", *HEAD[4:]]
    document = read_bytes("\n\n".join(_lines("1. Hoeveel", head)).encode(), "a.txt")
    who = [(m.office, m.portfolio) for m in document.ministers]
    assert who == [("minister", "Wind en Water"), ("staatssecretaris", "Molens en Dijken")]


def test_a_list_of_questions_alone_has_no_answers() -> None:
    head = ["LIJST VAN VRAGEN", *HEAD[2:4], *HEAD[5:]]
    lines = [*head, *(f"{n}. {' '.join(q)}" for n, (q, _) in enumerate(PAIRS, 1))]
    document = read_bytes("\n\n".join(lines).encode(), "a.txt")
    assert (document.kind.value, document.answers) == ("questions", ())
    assert [question.numbers for question in document.questions] == [(1,), (2,), (3,), (4,)]
