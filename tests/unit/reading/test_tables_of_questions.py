"""Tables with a row for each question, in every shape that ministries make them. All texts are fictional."""

from __future__ import annotations

import pytest
from support import reading_files as make

from answers_bank.documents import Document
from answers_bank.reading import read_bytes

HEAD = "Beantwoording van de vragen van het lid Wiekstra (PvW) over molens (ingezonden 3 maart 2031)"
Q1, Q2 = "Kent u het bericht over de molen?", "Hoeveel molens staan stil, en wat kost dat de waterschappen?"
A1, A2 = "Ja.", "Er staan twaalf molens stil."


def table(*rows: list[str]) -> str:
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<w:p>') else make.paragraph(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(*rows: list[str], notes: str | None = None) -> Document:
    parts = {"footnotes": notes} if notes else None
    return read_bytes(make.docx(make.paragraph(HEAD), table(*rows), parts=parts), "a.docx")


def shape(document: Document) -> list[tuple[tuple[int, ...], str]]:
    return [(q.numbers, q.text) for q in document.questions] + [(a.numbers, a.text) for a in document.answers]


@pytest.mark.parametrize(
    "rows",
    [
        [["Nr.", "Vraag", "Antwoord"], ["1", Q1, A1], ["2", Q2, A2]],
        [["Vraag", "Antwoord"], [Q1, A1], [Q2, A2]],
        [["#", "Lid", "Vragen", "Antwoord minister"], ["1.", "Wiekstra", Q1, A1], ["2.", "Wiekstra", Q2, A2]],
        [["Vragen", "Antwoorden"], [f"1. {Q1}", A1], [f"2. {Q2}", A2]],
        [[Q1, A1], [Q2, A2]],
        [["1", Q1, A1], ["2", Q2, A2]],
        [[f"Vraag 1: {Q1}", A1], [f"Vraag 2: {Q2}", A2]],
        [["Vraag 1", Q1], ["Antwoord 1", A1], ["Vraag 2", Q2], ["Antwoord 2", A2]],
    ],
)
def test_each_row_is_a_question_with_its_answer(rows: list[list[str]]) -> None:
    expected = [((1,), Q1), ((2,), Q2), ((1,), A1), ((2,), A2)]
    assert shape(word(*rows)) == expected
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><body><p>{HEAD}</p><table>{cells}</table></body></html>"
    assert shape(read_bytes(page.encode(), "a.html")) == expected


def test_a_table_with_figures_stays_part_of_its_answer() -> None:
    body = [make.paragraph(text) for text in (HEAD, "Vraag 1", Q2, "Antwoord 1", "Zie de tabel. Klopt dat?")]
    figures = table(["Vraag naar wind", "Antwoord van de molens"], ["2029", "12"], ["2030", "14"])
    document = read_bytes(make.docx(*body, figures), "a.docx")
    assert [q.numbers for q in document.questions] == [(1,)]
    assert "2029 | 12\n2030 | 14" in document.answers[0].text


def test_notes_in_a_table_are_bound_to_their_cell() -> None:
    cell = make.paragraph("Er staan twaalf molens stil.", make.reference(1))
    document = word(["Vraag", "Antwoord"], [Q1, A1], [Q2, cell], notes=make.footnotes("Teller van de Molenbond."))
    passage = document.answers[1].paragraphs[0]
    assert [(note.mark, note.position) for note in passage.notes] == [("1", len(passage.text))]
    assert [(note.mark, note.text) for note in document.footnotes] == [("1", "Teller van de Molenbond.")]


def test_spans_of_cells_point_into_the_text() -> None:
    document = word(["Nr.", "Vraag", "Antwoord"], ["1", Q1, A1], ["2", Q2, A2])
    for question in document.questions:
        assert document.text[question.start : question.end] == question.text
    for answer in document.answers:
        for passage in answer.paragraphs:
            assert document.text[passage.start : passage.end] == passage.text
