"""What stands around the text of PDF pages is no part of it: heads, feet, numbers of pages and of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from support import written
from support.reading_files import pdf
from support.written import everything, said

from answers_bank.documents import Document
from answers_bank.reading import read_bytes

LINES = [f"Molen {name} staat stil en wordt pas in het najaar weer hersteld." for name in "abcdefghijklmnopqrstuvwxyz"]
Place = tuple[float, float, float, str]


def _pages(count: int, marks: Callable[[int], Sequence[Place]], body: Callable[[int], Sequence[str]]) -> Document:
    """A set on the first of `count` pages, whose answer is what `body` gives for each; `marks` stand around it."""
    pages: list[list[Place]] = []
    for number in range(1, count + 1):
        above = written.BEFORE if number == 1 else []
        lines = [(60.0, 760.0 - 24 * i, 10.0, line) for i, line in enumerate([*above, *body(number)])]
        pages.append([*lines, *marks(number)])
    return read_bytes(pdf(*pages), "a.pdf")


def _own(number: int) -> list[str]:
    return LINES[4 * number : 4 * number + 4]


@pytest.mark.parametrize(
    "marks",
    [
        lambda n: [(60, 800, 10, "Ons kenmerk 31/004")],
        lambda n: [(60, 800, 10, "Ministerie van Wind en Water"), (60, 40, 10, f"blad {n} van de 4")],
        lambda n: [(280, 30, 10, f"- {n} -")],
        lambda n: [(280, 30, 10, f"{n}/4")],
        lambda n: [(280, 30, 10, ["", "i", "ii", "iii", "iv"][n])],
        lambda n: [(60, 806, 9, "Antwoorden over molens"), (60, 794, 9, "concept van 3 maart 2031")],
        lambda n: [(60, 806, 9, "Antwoorden over molens")] if n > 1 else [],
        lambda n: [(60 if n % 2 else 300, 806, 9, f"Wind en Water {n}")],
        lambda n: [(60, 38, 10, f"Molenbank NL00MOLN0123456789 zaak 31-00{7} blz. {n + 11}")],
        lambda n: [(60, 806, 9, "Even bladzijde")] if n % 2 == 0 else [(60, 806, 9, "Oneven bladzijde")],
    ],
)
def test_what_returns_at_the_same_place_is_out(marks: Callable[[int], Sequence[Place]]) -> None:
    document = _pages(4, marks, _own)
    assert said(document) == [line for n in range(1, 5) for line in _own(n)]
    for place in marks(2):
        assert place[3] not in everything(document)


@pytest.mark.parametrize(
    "body",
    [
        lambda n: ["Zie het eerdere antwoord.", *_own(n)] if n > 2 else _own(n),
        lambda n: [*_own(n), "Dat geldt ook hier."],
        lambda n: ["Dat geldt ook hier.", *_own(n), "Dat geldt ook hier."],
        lambda n: ["Ten slotte meld ik dit.", *_own(n), "Ten slotte meld ik dit.", LINES[20 + n]],
    ],
)
def test_a_line_of_the_text_that_happens_to_return_stays(body: Callable[[int], list[str]]) -> None:
    document = _pages(4, lambda n: [(60, 800, 10, "Wind en Water")], body)
    assert said(document) == [line for n in range(1, 5) for line in body(n)]


def test_numbered_headings_that_count_up_with_the_pages_stay() -> None:
    pages = [
        [
            (60, 760, 10, f"Vraag {n}"),
            (60, 736, 10, f"{LINES[n][:-1]}?"),
            (60, 712, 10, f"Antwoord {n}"),
            (60, 688, 10, "Ja."),
        ]
        for n in range(1, 4)
    ]
    document = read_bytes(pdf(*pages), "a.pdf")
    assert [question.numbers for question in document.questions] == [(1,), (2,), (3,)]


def _numbered(step: int, x: float, first: int = 1, restart: bool = True) -> Callable[[int, int], list[Place]]:
    def marks(page: int, lines: int) -> list[Place]:
        begin = first if restart else first + 20 * (page - 1)
        return [(x, 760.0 - 24 * i, 8.0, str(begin + i)) for i in range(lines) if (begin + i) % step == 0]

    return marks


@pytest.mark.parametrize("numbers", [_numbered(1, 30), _numbered(1, 560), _numbered(5, 30), _numbered(1, 30, 41)])
@pytest.mark.parametrize("glued", [False, True])
def test_numbers_of_lines_in_the_margin_are_out(numbers: Callable[[int, int], list[Place]], glued: bool) -> None:
    lines = [*written.BEFORE, *LINES[:15]]
    text = [(60.0, 760.0 - 24 * i, 10.0, line) for i, line in enumerate(lines)]
    marks = numbers(1, len(lines))
    # A writer gives them all behind the text, or each with its line.
    page = sorted([*text, *marks], key=lambda place: (-place[1], place[0])) if glued else [*text, *marks]
    document = read_bytes(pdf(page), "a.pdf")
    assert said(document) == LINES[:15]
    assert document.questions[0].text == written.ASKED


def test_numbers_of_lines_go_on_on_a_page_with_few_lines() -> None:
    lines = [*written.BEFORE, *LINES[:15]]
    first = [(60.0, 760.0 - 24 * i, 10.0, line) for i, line in enumerate(lines)]
    last = [(60.0, 760.0 - 24 * i, 10.0, line) for i, line in enumerate(LINES[15:20])]
    marks = _numbered(5, 30)(1, len(lines))
    on_last = [(30.0, 760.0 - 24 * 4, 8.0, str(len(lines) // 5 * 5 + 5))]
    document = read_bytes(pdf([*first, *marks], [*last, *on_last]), "a.pdf")
    assert said(document) == LINES[:20]


def test_the_number_of_a_question_at_the_foot_is_no_number_of_a_page() -> None:
    def page(lines: list[str], foot: str) -> list[Place]:
        return [*((60.0, 760.0 - 24 * i, 10.0, line) for i, line in enumerate(lines)), (60.0, 60.0, 10.0, foot)]

    head = [written.INTRO, "1", "Kent u het bericht?", "2", "Wat kost dat, en wie betaalt?"]
    document = read_bytes(pdf(page(head, "3"), page(["Waarom?", *LINES[:2]], "- 2 -")), "a.pdf")
    assert [question.numbers for question in document.questions] == [(1,), (2,), (3,)]
    numbered = read_bytes(pdf(page([*written.BEFORE, *LINES[:4]], "1"), page(LINES[4:8], "2")), "a.pdf")
    assert said(numbered) == LINES[:8]


def test_numbered_questions_and_a_numbered_list_keep_their_numbers() -> None:
    items = [(45.0, 640.0 - 24 * i, 10.0, f"{i + 1}.") for i in range(4)]
    texts = [(60.0, 640.0 - 24 * i, 10.0, line) for i, line in enumerate(LINES[:4])]
    before = [(60.0, 760.0 - 24 * i, 10.0, line) for i, line in enumerate(written.BEFORE)]
    listed = [place for pair in zip(items, texts, strict=True) for place in pair]
    document = read_bytes(pdf([*before, *listed]), "a.pdf")
    assert said(document) == ["\n".join(f"{i + 1}. {line}" for i, line in enumerate(LINES[:4]))]


def _spaced(lines: Sequence[tuple[str, float]]) -> bytes:
    import io

    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for index, (line, space) in enumerate(lines):
        text = canvas.beginText(60, 780 - 24 * index)
        text.setFont("Helvetica", 10)
        text.setCharSpace(space)
        text.textOut(line)
        canvas.drawText(text)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("space", [1.5, 2.5, 3.5, 5.0])
def test_words_in_spaced_letters_are_words(space: float) -> None:
    lines = [(line, space if line.startswith(("Vraag 1", "Antwoord 1")) else 0.0) for line in written.BEFORE]
    document = read_bytes(
        _spaced([*lines, ("Dit is zeer belangrijk voor de molens.", space), (LINES[0], 0.0)]), "a.pdf"
    )
    assert [question.numbers for question in document.questions] == [(1,)]
    assert said(document) == ["Dit is zeer belangrijk voor de molens.", LINES[0]]


def test_single_letters_with_common_spaces_stay_apart() -> None:
    lines: list[Any] = [(line, 0.0) for line in [*written.BEFORE, "Kies uit a b c of d e f."]]
    assert said(read_bytes(_spaced(lines), "a.pdf")) == ["Kies uit a b c of d e f."]


@pytest.mark.parametrize("form", ["pdf", "txt"])
def test_items_whose_marks_could_not_be_read_keep_their_lines(form: str) -> None:
    said_before = [*written.BEFORE, *LINES[:4], "Het gaat om:"]
    lines = [*said_before, "de wind;", "het water;", "de dijk.", LINES[5]]
    page = [(60.0, 780.0 - 13 * i, 10.0, line) for i, line in enumerate(lines)]
    data = pdf(page) if form == "pdf" else "\n".join(lines).encode()
    document = read_bytes(data, f"a.{form}")
    shown = "\n".join(said(document)).split("\n")
    assert [line for line in shown if line in ("de wind;", "het water;", "de dijk.")] == lines[-4:-1]
