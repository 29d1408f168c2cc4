"""Numbers of questions and marks of notes are told apart, however both are written."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from support import reading_files as make
from support import written

from answers_bank.documents import Document
from answers_bank.reading import read_bytes
from answers_bank.reading.notes.places import note_places

ASKED = [
    "Kent u het bericht «Molen ligt stil»?",
    "Hoe lang ligt de molen nog stil?",
    "Wat kost dat, en wie betaalt dat",
]
GIVEN = ["Ja.", "De molen ligt tot het najaar stil.", "Dat kost twaalf gulden"]
NOTES = ["Dijkbode, 12 oktober 2030", "Polderblad, 13 oktober 2030, www.polderblad.example"]
_RAISED = str.maketrans("123456789", "¹²³⁴⁵⁶⁷⁸⁹")

HEADS: dict[str, Callable[[int, str], list[str]]] = {
    "1. Kent u": lambda n, q: [f"{n}. {q}"],
    "1) Kent u": lambda n, q: [f"{n}) {q}"],
    "1 Kent u": lambda n, q: [f"{n} {q}"],
    "1 / Kent u": lambda n, q: [f"{n}", q],
    "1. / Kent u": lambda n, q: [f"{n}.", q],
    "Vraag 1 / Kent u": lambda n, q: [f"Vraag {n}", q],
}
MARKS: dict[str, tuple[Callable[[int], str], Callable[[int, str], str]]] = {
    "stil1": (str, lambda n, t: f"{n} {t}"),
    "stil1)": (lambda n: f"{n})", lambda n, t: f"{n}) {t}"),
    "stil 1)": (lambda n: f" {n})", lambda n, t: f"{n}) {t}"),
    "stil[1]": (lambda n: f"[{n}]", lambda n, t: f"[{n}] {t}"),
    "stil [1]": (lambda n: f" [{n}]", lambda n, t: f"[{n}] {t}"),
    "stil¹": (lambda n: str(n).translate(_RAISED), lambda n, t: f"{str(n).translate(_RAISED)} {t}"),
    "stil¹, 1 Dijkbode": (lambda n: str(n).translate(_RAISED), lambda n, t: f"{n} {t}"),
    "stil1), 1 Dijkbode": (lambda n: f"{n})", lambda n, t: f"{n} {t}"),
}


def _lines(head: str, mark: str, noted: str) -> list[str]:
    sign, body = MARKS[mark]
    lines = [written.INTRO, *([] if noted == "questions" else [written.GIVEN])]
    for number, (asked, given) in enumerate(zip(ASKED, GIVEN, strict=True), 1):
        shown = sign(number) if number <= len(NOTES) else ""
        lines += HEADS[head](number, asked + ("" if noted == "answers" else shown))
        if noted != "questions":
            lines += [f"Antwoord {number}", given + (shown if noted == "answers" else "")]
    return [*lines, *(body(number, note) for number, note in enumerate(NOTES, 1))]


def _check(document: Document, noted: str) -> None:
    assert [(q.numbers, q.text) for q in document.questions] == [((n,), q) for n, q in enumerate(ASKED, 1)]
    answered = [] if noted == "questions" else [((n,), a) for n, a in enumerate(GIVEN, 1)]
    assert [(a.numbers, a.text) for a in document.answers] == answered
    bound = note_places(document)
    places = {
        note.text: [(p["part"], p["numbers"]) for p in bound[note.system, note.mark]] for note in document.footnotes
    }
    part = "answer" if noted == "answers" else "question"
    assert places == {note: [(part, [number])] for number, note in enumerate(NOTES, 1)}


@pytest.mark.parametrize("separator", ["\n\n", "\n"], ids=["apart", "close"])
@pytest.mark.parametrize(("head", "mark"), itertools.product(HEADS, MARKS))
def test_numbers_of_questions_and_marks_of_notes_in_text(head: str, mark: str, separator: str) -> None:
    for noted in ("questions", "questions with answers", "answers"):
        text = separator.join(_lines(head, mark, noted))
        _check(read_bytes(text.encode(), "a.txt"), noted)


_SUPERSCRIPT = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
_STYLE = '<style:style style:name="S"><style:text-properties style:text-position="super 58%"/></style:style>'


def _raised_files(head: str) -> dict[str, bytes]:
    """A set of questions whose marks are set as superscript, and so are the numbers of the notes."""
    import io
    import re

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    lines = _lines(head, "stil¹", "questions")

    def shown(line: str, raise_: Callable[[str], str], plain: Callable[[str], str]) -> str:
        parts = re.split("([¹²³])", line)
        return "".join(raise_(str("¹²³".index(p) + 1)) if p in "¹²³" and p else plain(p) for p in parts if p)

    word = [f"<w:p>{shown(line, _SUPERSCRIPT.format, make.run)}</w:p>" for line in lines]
    span = "<text:span text:style-name='S'>{}</text:span>"
    odt = [f"<text:p>{shown(line, span.format, str)}</text:p>" for line in lines]
    page = "".join(f"<p>{shown(line, '<sup>{}</sup>'.format, str)}</p>" for line in lines)
    buffer = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(buffer).build([Paragraph(shown(line, "<super>{}</super>".format, str), style) for line in lines])
    return {
        "a.docx": make.docx(*word),
        "a.odt": make.odt("".join(odt), _STYLE),
        "a.html": f'<html><head><meta charset="utf-8"></head><body>{page}</body></html>'.encode(),
        "a.pdf": buffer.getvalue(),
    }


@pytest.mark.parametrize("head", HEADS)
def test_superscript_marks_in_every_format(head: str) -> None:
    for name, data in _raised_files(head).items():
        try:
            _check(read_bytes(data, name), "questions")
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from None


def test_units_and_powers_are_no_marks() -> None:
    run = (
        make.run("Kent u het bericht")
        + _SUPERSCRIPT.format("1")
        + make.run(" over 12 m")
        + _SUPERSCRIPT.format("2")
        + make.run("?")
    )
    body = [
        written.INTRO,
        "Vraag 1",
        f"<w:p>{run}</w:p>",
        "Vraag 2",
        "Hoe dan?",
        f"<w:p>{_SUPERSCRIPT.format('1')}{make.run(' Dijkbode')}</w:p>",
    ]
    document = read_bytes(make.docx(*(p if p.startswith("<") else make.paragraph(p) for p in body)), "a.docx")
    assert document.questions[0].text == "Kent u het bericht over 12 m2?"
    assert [(note.mark, note.text) for note in document.footnotes] == [("1", "Dijkbode")]


@pytest.mark.parametrize("number", ["1.", "1)"])
def test_a_numbered_list_inside_an_answer_stays_in_it(number: str) -> None:
    items = [number, number.replace("1", "2"), number.replace("1", "3")]
    lines = [
        written.INTRO,
        "1. Kent u het bericht?",
        "Antwoord",
        "Ja. Er zijn drie redenen:",
        *(f"{n} Reden." for n in items),
        "2. Wat kost dat?",
        "Antwoord",
        "Niets.",
        "3. Waarom?",
        "Antwoord",
        "Daarom.",
    ]
    document = read_bytes("\n\n".join(lines).encode(), "a.txt")
    assert [q.text for q in document.questions] == ["Kent u het bericht?", "Wat kost dat?", "Waarom?"]
    assert document.answers[0].text.count("Reden.") == 3


def test_a_letter_with_numbered_headings_has_no_questions() -> None:
    lines = [
        "Aan de Voorzitter van de Tweede Kamer",
        "Geachte voorzitter,",
        "1. Waarom deze brief?",
        "Ik schrijf over molens.",
        "2. Wat gaat er gebeuren?",
        "De molens worden hersteld.",
        "De Minister van Wind en Water,",
        "S. Zeilmaker",
    ]
    document = read_bytes("\n\n".join(lines).encode(), "a.txt")
    assert (document.kind.value, document.questions) == ("letter", ())
    assert "1. Waarom deze brief?" in [passage.text for passage in document.sections[0].paragraphs]


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_a_list_in_an_answer_is_not_the_list_of_notes(separator: str) -> None:
    head = [written.INTRO, written.GIVEN, "Vraag 1", "Kent u het bericht¹?", "Antwoord 1", "Ja. Het gaat om:"]
    items = ["1. de wind;", "2. het water."]
    rest = ["Vraag 2", "Wat kost dat?²", "Antwoord 2", "Niets.", "1 Dijkbode, 12 oktober 2030", "2 Polderblad, p. 3"]
    document = read_bytes(separator.join([*head, *items, *rest]).encode(), "a.txt")
    assert document.answers[0].text.endswith("1. de wind;\n2. het water.")
    assert [note.text for note in document.footnotes] == ["Dijkbode, 12 oktober 2030", "Polderblad, p. 3"]


@pytest.mark.parametrize(("mark", "entry"), [("1)?", "1)"), ("[1]?", "[1]"), ("[1], en wat vindt u daarvan?", "[1]")])
def test_a_mark_that_a_line_break_parted_from_its_word(mark: str, entry: str) -> None:
    asked = ["Bent u bekend met het bericht over de molen langs de dijk in de polder «Molen ligt stil»", mark]
    lines = [written.INTRO, "Vraag 1", *asked, "Vraag 2", "Wat kost dat, en wie betaalt dat?"]
    close = make.pdf(
        [(60, 780 - 13 * i, 10, line) for i, line in enumerate([*lines, f"{entry} Dijkbode, 12 oktober 2030"])]
    )
    document = read_bytes(close, "a.pdf")
    assert document.questions[0].text.replace(" ?", "?") == f"{asked[0]}{mark.removeprefix(entry)}"
    assert [(note.mark, note.text) for note in document.footnotes] == [("1", "Dijkbode, 12 oktober 2030")]
    assert [note.mark for note in document.questions[0].notes] == ["1"]


def test_an_item_with_a_bracket_is_no_mark_that_lost_its_line() -> None:
    lines = [
        *[written.INTRO, written.GIVEN, "Vraag 1", "Kent u het bericht? 1)", "Antwoord 1", "Er zijn twee redenen."],
        *["1) De wind. Die was te hard.", "2) Het water. Dat stond te hoog.", "1) Dijkbode, 12 oktober 2030"],
    ]
    document = read_bytes(make.pdf([(60, 780 - 13 * i, 10, line) for i, line in enumerate(lines)]), "a.pdf")
    assert document.answers[0].text.splitlines()[-2:] == lines[-3:-1]


def test_a_list_of_notes_may_cross_a_page() -> None:
    import io

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["BodyText"]
    story = [Paragraph(text, style) for text in (written.INTRO, written.GIVEN)]
    for number in range(1, 5):
        asked = f"Hoe staat het met molen nummer {number}?<super>{number}</super>"
        story += [Paragraph(text, style) for text in (f"Vraag {number}", asked, f"Antwoord {number}", "Goed.")]
    story += [Paragraph(f"{n} Dijkbode, {n} oktober 2030", style) for n in (1, 2)]
    story += [PageBreak(), *(Paragraph(f"{n} Dijkbode, {n} oktober 2030", style) for n in (3, 4))]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build(story)
    document = read_bytes(buffer.getvalue(), "a.pdf")
    assert [answer.text for answer in document.answers] == ["Goed."] * 4
    assert [note.text for note in document.footnotes] == [f"Dijkbode, {n} oktober 2030" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (["Kent u «Molen ligt stil» 1)?", "Wat kost dat? 2)"], ["Kent u «Molen ligt stil»?", "Wat kost dat?"]),
        (["Kent u dat? 1) Zo ja, hoe?", "Wat kost dat?"], ["Kent u dat? Zo ja, hoe?", "Wat kost dat?"]),
    ],
)
def test_marks_with_a_bracket_whose_notes_are_not_there_are_taken_out_and_told(
    asked: list[str], read: list[str]
) -> None:
    lines = [written.INTRO, written.GIVEN]
    for number, question in enumerate(asked, 1):
        lines += [f"Vraag {number}", question, f"Antwoord {number}", "Ja."]
    for document in (
        read_bytes("\n\n".join(lines).encode(), "a.txt"),
        read_bytes(make.docx(*map(make.paragraph, lines)), "a.docx"),
    ):
        assert [question.text for question in document.questions] == read
        assert [warning.code for warning in document.warnings] == ["bare-marks"]


@pytest.mark.parametrize(
    "asked",
    [
        "Kent u het rapport, met name punt 1) en punt 2)?",
        "Kunt u ingaan op (a) de wind, en (zie noot 1) het water?",
        "Wilt u bij elke molen zeggen of zij 1) draait, 2) stilstaat of 3) weg is?",
    ],
)
def test_counted_points_are_no_marks(asked: str) -> None:
    lines = [written.INTRO, written.GIVEN, "Vraag 1", asked, "Antwoord 1", "Ja."]
    document = read_bytes("\n\n".join(lines).encode(), "a.txt")
    assert (document.questions[0].text, document.warnings) == (asked, ())


def test_a_set_without_numbers_keeps_a_question_that_asks_without_a_mark() -> None:
    asked = ["Kent u het bericht over de molen?", "Kunt u dat toelichten.", "Hoe lang ligt de molen nog stil?"]
    document = read_bytes("\n\n".join([written.INTRO, *asked]).encode(), "a.txt")
    assert [(q.numbers, q.text) for q in document.questions] == [((n,), text) for n, text in enumerate(asked, 1)]
