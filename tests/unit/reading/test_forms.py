"""Forms beside the usual ones: other headings, halves of questions, lists, appendices, deferrals in other words.

All texts are fictional.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_bytes
from answers_bank.reading.structure.headings import HIGHEST, read_heading

HEAD = (
    "Vragen van het lid Wiekstra (PvW) aan de minister van Wind en Water over stilstaande molens "
    "(ingezonden 3 maart 2031, 2031Z01234)\n\n"
)
Q1, Q2, Q3 = "Kent u het bericht over de molen?", "Hoeveel molens staan stil en wat kost dat?", "Wat gaat u doen?"
A1, A2, A3 = "Ja, dat ken ik.", "Er staan twaalf molens stil.", "Ik laat de molens smeren."
SET = [((1,), Q1), ((2,), Q2), ((3,), Q3), ((1,), A1), ((2,), A2), ((3,), A3)]


def read(text: str) -> Document:
    return read_bytes(text.encode(), "stuk.txt")


def shape(document: Document) -> list[tuple[tuple[int, ...], str]]:
    return [(q.numbers, q.text) for q in document.questions] + [(a.numbers, a.text) for a in document.answers]


def pairs(question: str, answer: str) -> str:
    """The set with these headings; "{}" is the number."""
    asked = zip((1, 2, 3), (Q1, Q2, Q3), (A1, A2, A3), strict=True)
    return "".join(f"{question.format(n)}\n{q}\n\n{answer.format(n)}\n{a}\n\n" for n, q, a in asked)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Vraag #{}", "Antwoord #{}"),
        ("{}. Vraag", "{}. Antwoord"),
        ("{}e vraag", "Antwoord"),
        ("V{}:", "A{}:"),
        ("Vraag {} van 3", "Antwoord op vraag {} van 3"),
        ("• Vraag {}", "• Antwoord {}"),
        ("**Vraag {}**", "**Antwoord {}:**"),
        ("## Vraag {}", "## Antwoord {}"),
        ("_Vraag {}_", "_Antwoord {}_"),
        ("Vraag\n{}", "Antwoord\n{}"),
        ("Vraag:\n{}.", "Antwoord:"),
        ("Vraag en antwoord {}", "Antwoord"),
        ("Vraag {};", "Antwoord ad {}"),
        ("Vr\u00adaag\u00a0{}", "Ant\u00adwoord\u00a0{}"),
    ],
)
def test_headings_in_other_forms(question: str, answer: str) -> None:
    document = read(HEAD + pairs(question, answer))
    assert document.kind is Kind.ANSWER
    assert shape(document) == SET


@pytest.mark.parametrize(
    "body",
    [
        f"Vraag I\n{Q1}\n\nAntwoord I\n{A1}\n\nVraag II\n{Q2}\n\nAntwoord II\n{A2}\n\n"
        f"Vraag III\n{Q3}\n\nAntwoord III\n{A3}",
        f"I. {Q1}\n\nAntwoord\n{A1}\n\nII. {Q2}\n\nAntwoord\n{A2}\n\nIII. {Q3}\n\nAntwoord\n{A3}\n",
        f"V: {Q1}\nA: {A1}\n\nV: {Q2}\nA: {A2}\n\nV: {Q3}\nA: {A3}\n",
        f"1. {Q1}\n2. {Q2}\n3. {Q3}\n\nAntwoorden\n\n1. {A1}\n2. {A2}\n3. {A3}\n",
        f"Vraag 1: {Q1} Antwoord 1: {A1}\n\nVraag 2: {Q2} Antwoord 2: {A2}\n\nVraag 3: {Q3} Antwoord 3: {A3}\n",
        f"Vraag 1 {Q1} Antwoord 1 {A1} Vraag 2 {Q2} Antwoord 2 {A2} Vraag 3 {Q3} Antwoord 3 {A3}",
        # Headings between two questions, and of the next set, belong to no answer.
        f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nKosten\n\nVraag 2\n{Q2}\n\nAntwoord 2\n{A2}\n\nWat nu\n\n"
        f"Vraag 3\n{Q3}\n\nAntwoord 3\n{A3}\n",
        f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nVraag 2\n{Q2}\n\nAntwoord 2\n{A2}\n\n"
        f"Antwoorden op de vragen van het lid Kolk (DvD) over sluizen\n\nVraag 1\n{Q3}\n\nAntwoord 1\n{A3}\n",
    ],
)
def test_sets_in_other_forms(body: str) -> None:
    assert shape(read(HEAD + body)) == SET


@pytest.mark.parametrize(
    "heading",
    [
        "Antwoord op de vragen één tot en met drie",
        "Antwoord op de eerste, tweede en derde vraag",
        "Antwoorden op vraag 1 t/m vraag 3",
        "Antwoord (vragen 1-3)",
        "Gecombineerd antwoord op vragen 1 t/m 3",
        "Antwoord op vragen 1. 2. en 3.",
        "Antwoord ad 1 t/m 3",
        "Antwoord op vragen 1 t/m 3 ;",
    ],
)
def test_joint_answers_in_other_words(heading: str) -> None:
    document = read(HEAD + f"Vraag 1\n{Q1}\n\nVraag 2\n{Q2}\n\nVraag 3\n{Q3}\n\n{heading}\n{A1}\n")
    assert [(a.numbers, a.text) for a in document.answers] == [((1, 2, 3), A1)]


@pytest.mark.parametrize(
    "line", ["Antwoord twee weken later", "Vraag een offerte", "Antwoord in drie delen.", "A2 Amsterdam"]
)
def test_words_that_are_no_numbers(line: str) -> None:
    assert read_heading(line) is None


def test_dotted_halves_and_halves_answered_together() -> None:
    text = f"Vraag 1.a\n{Q1}\n\nVraag 1.b\n{Q2}\n\nAntwoord 1.a en 1.b\n{A1}\n\nVraag 2\n{Q3}\n\nAntwoord 2\n{A3}\n"
    document = read(HEAD + text)
    assert shape(document) == [((1,), f"{Q1}\n{Q2}"), ((2,), Q3), ((1,), A1), ((2,), A3)]
    assert [part.label for part in document.questions[0].sub_questions] == ["a", "b"]


def test_an_answer_that_is_a_number_keeps_it() -> None:
    document = read(HEAD + f"Vraag 1\n{Q1}\n\nAntwoord\n1\n\nVraag 2\n{Q2}\n\nAntwoord\n12\n")
    assert [a.text for a in document.answers] == ["1", "12"]


def test_an_appendix_is_no_part_of_the_last_answer() -> None:
    document = read(
        HEAD + f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nBijlage 1: Molens\n\nMolen A draait.\nMolen B staat.\n"
    )
    assert [a.text for a in document.answers] == [A1]
    assert document.sections[0].heading == "Bijlage 1: Molens"
    named = read(HEAD + f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nBijlage 1 noemt de molens die stilstaan.\n")
    assert named.answers[0].text.endswith("die stilstaan.")


def test_the_last_line_of_an_answer_stays() -> None:
    for last in ("Seksuele gerichtheid 66", "• molens", "Dat is zo.", "Ja"):
        document = read(HEAD + f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n{last}\n\nVraag 2\n{Q2}\n\nAntwoord 2\n{A2}\n")
        assert document.answers[0].text.endswith(last)


def test_a_numbered_list_in_an_answer_of_a_set_without_headings() -> None:
    text = f"1\n{Q1}\n\nAntwoord\nIk doe dit:\n1. Smeren.\n2. Draaien.\n\n2\n{Q2}\n\nAntwoord\n{A2}\n"
    document = read(HEAD + text)
    assert shape(document) == [((1,), Q1), ((2,), Q2), ((1,), "Ik doe dit:\n\n1. Smeren.\n2. Draaien."), ((2,), A2)]


def test_a_list_of_questions_of_a_committee() -> None:
    head = (
        "99 001 Molenbeleid\n\nNr. 13 LIJST VAN VRAGEN EN ANTWOORDEN\nVastgesteld 4 mei 2031\n\n"
        "De vaste commissie voor Wind en Water heeft vragen voorgelegd aan de Minister van Wind en Water.\n\n"
    )
    document = read(head + f"1\n{Q1}\n\n{A1}\n\n2\n{Q2}\n\n{A2}\n\n3\n{Q3}\n\n{A3}\n")
    assert document.kind is Kind.ANSWER
    assert shape(document) == SET
    assert (document.dossier, document.dossier_number) == ("99001", "13")


@pytest.mark.parametrize(
    "said",
    [
        "Op 3 maart 2031 heeft het lid Wiekstra (PvW) vragen gesteld over molens. De beantwoording vergt meer tijd.",
        "De vragen van het lid Wiekstra (PvW) over molens kunnen niet binnen de daarvoor gestelde termijn worden "
        "beantwoord. Ik streef ernaar de antwoorden voor 1 mei te sturen.",
        "Voor de vragen van het lid Wiekstra (PvW) over molens, ingezonden 3 maart 2031, heb ik meer tijd nodig.",
        "De beantwoording van de vragen van het lid Wiekstra (PvW) over molens duurt langer dan drie weken.",
    ],
)
def test_deferrals_in_other_words(said: str) -> None:
    document = read(f"Geachte voorzitter,\n\n{said}\n\nDe Minister van Wind en Water,\n\nM. Zeilmaker\n")
    assert document.kind is Kind.DEFERRAL
    assert [(asker.name, asker.party) for asker in document.askers] == [("Wiekstra", "PvW")]
    assert (document.subject or "").startswith("molens")


def test_a_letter_with_the_answers_is_no_deferral() -> None:
    said = "Hierbij stuur ik u de antwoorden op de vragen van het lid Wiekstra (PvW). Het onderzoek vergt meer tijd."
    assert (
        read(f"Geachte voorzitter,\n\n{said}\n\nDe Minister van Wind en Water,\n\nM. Zeilmaker\n").kind is Kind.LETTER
    )


@given(st.lists(st.integers(1, HIGHEST), min_size=1, max_size=6, unique=True), st.booleans())
def test_any_list_of_numbers_is_read(numbers: list[int], dotted: bool) -> None:
    numbers = sorted(numbers)
    listed = ". ".join(map(str, numbers)) if dotted else ", ".join(map(str, numbers))
    heading = read_heading(f"Antwoord op vragen {listed}")
    assert heading is not None
    assert (heading.numbers, heading.firm) == (tuple(numbers), True)


def test_oral_questions_by_turns() -> None:
    text = (
        "Vragenuur\n\nVragen van het lid Wiekstra aan de minister van Wind en Water over het bericht dat molens "
        "stilstaan.\n\nDe voorzitter:\nHet woord is aan mevrouw Wiekstra.\n\nMevrouw Wiekstra (PvW):\nVoorzitter. "
        "Molens staan stil.\nWat gaat de minister daaraan doen?\n\nMinister Zeilmaker:\nIk laat ze smeren.\n\n"
        "De heer Van der Kolk (DvD): Wanneer?\n\nMinister Zeilmaker:\nMorgen. Let wel: niet alle.\n"
    )
    document = read(text)
    assert document.kind is Kind.ORAL
    assert [section.heading for section in document.sections] == [
        "",
        "De voorzitter",
        "Mevrouw Wiekstra (PvW)",
        "Minister Zeilmaker",
        "De heer Van der Kolk (DvD)",
        "Minister Zeilmaker",
    ]
    assert document.sections[4].paragraphs[0].text == "Wanneer?"
    assert text[document.sections[4].paragraphs[0].start :].startswith("Wanneer?")
    assert document.subject == "het bericht dat molens stilstaan"
    assert [(asker.name, asker.party) for asker in document.askers] == [("Wiekstra", "PvW")]
    assert [one.name for one in document.ministers] == ["Zeilmaker"]


def test_superscript_digits_are_marks_and_units_are_not() -> None:
    text = (
        f"Vraag 1\n{Q1}¹\n\nAntwoord 1\nEr is 12 m² dijk.² Dat is veel¹² water, 10³ emmers.\n\n"
        "¹ Polderblad, 1 maart 2031,\n  https://polder.example/molen\n² Kamerstuk 99001, nr. 5\n"
    )
    document = read(HEAD + text)
    assert document.questions[0].text == Q1
    assert document.answers[0].text == "Er is 12 m² dijk. Dat is veel water, 10³ emmers."
    assert [(note.mark, note.text) for note in document.footnotes] == [
        ("1", "Polderblad, 1 maart 2031, https://polder.example/molen"),
        ("2", "Kamerstuk 99001, nr. 5"),
    ]
    assert [note.mark for note in document.answers[0].paragraphs[0].notes] == ["2", "12"]


def test_markdown_as_this_program_and_others_write_it() -> None:
    text = (
        "# Antwoorden op Kamervragen over molens\n\n| Gegeven | Waarde |\n|---|---|\n| Zaaknummer | 2031Z01234 |\n\n"
        f"## Vraag 1\n\n> {Q1}[^1]\n\n## Antwoord op vraag 1\n\n**Ja**, dat ken ik\\. Het kost 5 \\* 3 euro[^2].\n\n"
        "> **Let op:** verouderd.\n\n[^1]: Polderblad, \\[bijlage\\]\n[^2]: Kamerstuk 99001, nr. 5,\n    bladzijde 3\n"
    )
    document = read(text)
    assert [(q.numbers, q.text) for q in document.questions] == [((1,), Q1)]
    assert document.answers[0].paragraphs[0].text == "Ja, dat ken ik. Het kost 5 * 3 euro."
    assert [(note.mark, note.text) for note in document.footnotes] == [
        ("1", "Polderblad, [bijlage]"),
        ("2", "Kamerstuk 99001, nr. 5, bladzijde 3"),
    ]
    assert document.case_number == "2031Z01234"
    stars = read(HEAD + f"Vraag 1\n{Q1}\n\nAntwoord 1\nHet is 5 ** 3 | 4.\n")
    assert stars.answers[0].text == "Het is 5 ** 3 | 4."


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029"])
def test_line_ends_of_every_kind(end: str) -> None:
    text = (HEAD + pairs("Vraag {}", "Antwoord {}")).replace("\n", end)
    document = read(text)
    assert shape(document) == SET
    assert document.text == text


def test_sources_below_each_answer() -> None:
    text = (
        f"Vraag 1\n{Q1} [1]\n\nAntwoord 1\n{A1}\n\n[1] Polderblad, 3 maart 2031.\n\n"
        f"Vraag 2\n{Q2} [2]\n\nAntwoord 2\n{A2}\n\n[2] Dijkbode, 4 maart 2031.\n"
    )
    document = read(HEAD + text)
    assert shape(document) == [((1,), Q1), ((2,), Q2), ((1,), A1), ((2,), A2)]
    assert [note.text for note in document.footnotes] == ["Polderblad, 3 maart 2031.", "Dijkbode, 4 maart 2031."]


def test_a_signature_on_behalf_and_an_explanation_without_headings() -> None:
    signed = "De Staatssecretaris van Dijken,\n\nnamens deze,\n\nJ. Dam\n"
    assert read(HEAD + pairs("Vraag {}", "Antwoord {}") + signed).answers[-1].text == A3
    listed = HEAD + f"1. {Q1}\n2. {Q2}\n\nToelichting:\nDeze vragen zijn een vervolg op vragen van het lid Kolk.\n"
    document = read(listed)
    assert [q.text for q in document.questions] == [Q1, Q2]
    assert [section.heading for section in document.sections] == ["Toelichting"]


def test_numbers_below_a_number_are_halves_of_one_question() -> None:
    document = read(HEAD + f"Vraag 1.1\n{Q1}\n\nAntwoord 1.1\n{A1}\n\nVraag 1.2\n{Q2}\n\nAntwoord 1.2\n{A2}\n")
    assert shape(document) == [((1,), f"{Q1}\n{Q2}"), ((1,), f"{A1}\n\n{A2}")]
    assert [part.label for part in document.questions[0].sub_questions] == ["1", "2"]
