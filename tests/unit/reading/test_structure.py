"""Questions and answers in every arrangement that documents use. All texts are fictional."""

from __future__ import annotations

import pytest

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_bytes
from answers_bank.reading.outline import as_json


def read(text: str, name: str = "stuk.txt") -> Document:
    return read_bytes(text.encode(), name)


def shape(document: Document) -> tuple[list[tuple[tuple[int, ...], str]], list[tuple[tuple[int, ...], str]]]:
    return [(q.numbers, q.text) for q in document.questions], [(a.numbers, a.text) for a in document.answers]


HEAD = (
    "Vragen van het lid Wiekstra (PvW) aan de minister van Wind en Water over stilstaande molens "
    "(ingezonden op 3 maart 2031, 2031Z01234)\n\n"
)
Q1, Q2, Q3 = "Kent u het bericht over de molens?", "Hoeveel molens staan stil?", "Wat gaat u doen?"
A1, A2, A3 = "Ja.", "Er staan twaalf molens stil.", "Ik laat de molens smeren."


@pytest.mark.parametrize(
    "body",
    [
        f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nVraag 2\n{Q2}\n\nAntwoord 2\n{A2}\n\nVraag 3\n{Q3}\n\n"
        f"Antwoord 3\n{A3}\n",
        f"Vraag 1: {Q1}\nAntwoord op vraag 1: {A1}\nVraag 2: {Q2}\nAntwoord vraag 2: {A2}\nVraag 3: {Q3}\n"
        f"Antwoord op vraag 3: {A3}\n",
        f"1.\n{Q1}\nAntwoord\n{A1}\n2.\n{Q2}\nAntwoord\n{A2}\n3.\n{Q3}\nAntwoord\n{A3}\n",
        f"1\n{Q1}\n\nAntwoord:\n{A1}\n\n2\n{Q2}\n\nAntwoord:\n{A2}\n\n3\n{Q3}\n\nAntwoord:\n{A3}\n",
        f"1. {Q1}\nAntwoord: {A1}\n2. {Q2}\nAntwoord: {A2}\n3. {Q3}\nAntwoord: {A3}\n",
        f"Vraag\n{Q1}\nAntwoord\n{A1}\nVraag\n{Q2}\nAntwoord\n{A2}\nVraag\n{Q3}\nAntwoord\n{A3}\n",
        f"{Q1}\n\nAntwoord\n{A1}\n\n{Q2}\n\nAntwoord\n{A2}\n\n{Q3}\n\nAntwoord\n{A3}\n",
        f"Vraag 1\n{Q1}\nVraag 2\n{Q2}\nVraag 3\n{Q3}\nAntwoord 1\n{A1}\nAntwoord 2\n{A2}\nAntwoord 3\n{A3}\n",
        f"Vraag 1\n{Q1}\nAntwoord op vraag 1\n{A1}\nVraag 2\n{Q2}\nVraag 3\n{Q3}\nAntwoord op vraag 3\n{A3}\n"
        f"Antwoord op vraag 2\n{A2}\n",
        f"Vraag1\n{Q1}\nAntwoord1\n{A1}\nVraag2\n{Q2}\nAntwoord2\n{A2}\nVraag3\n{Q3}\nAntwoord3\n{A3}\n",
        f"Vraag 1\t{Q1}\nAntwoord 1\t{A1}\nVraag 2\t{Q2}\nAntwoord 2\t{A2}\nVraag 3\t{Q3}\nAntwoord 3\t{A3}\n",
        f"VRAAG 1\n{Q1}\nANTWOORD 1\n{A1}\nVRAAG 2\n{Q2}\nANTWOORD 2\n{A2}\nVRAAG 3\n{Q3}\nANTWOORD 3\n{A3}\n",
        # Wrong number in a heading: order decides.
        f"Vraag 1\n{Q1}\nAntwoord 1\n{A1}\nVraag 2\n{Q2}\nAntwoord 1\n{A2}\nVraag 3\n{Q3}\nAntwoord 3\n{A3}\n",
        f"Vraag 1\n{Q1}\nAntwoord 1\n{A1}\nVraag 2\n{Q2}\nAntwoord 3\n{A2}\nVraag 3\n{Q3}\nAntwoord 3\n{A3}\n",
        f"Vraag 1\n{Q1}\nAntwoord 1\n{A1}\nVraag 2\n{Q2}\nAntwoord 2\n{A2}\nVraag 2\n{Q3}\nAntwoord 2\n{A3}\n",
        # One answer lost its heading.
        f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nVraag 2\n{Q2}\n\n{A2}\n\nVraag 3\n{Q3}\n\nAntwoord 3\n{A3}\n",
    ],
)
def test_every_arrangement_gives_the_same_questions_and_answers(body: str) -> None:
    document = read(HEAD + body)
    questions, answers = shape(document)
    assert questions == [((1,), Q1), ((2,), Q2), ((3,), Q3)]
    assert sorted(answers) == [((1,), A1), ((2,), A2), ((3,), A3)]
    assert document.kind is Kind.ANSWER
    assert document.case_number == "2031Z01234"


def test_merged_questions_under_one_heading() -> None:
    document = read(HEAD + f"Vraag 1 en 2\n{Q1}\n{Q2}\n\nAntwoord 1 en 2\n{A2}\n\nVraag 3\n{Q3}\n\nAntwoord 3\n{A3}\n")
    questions, answers = shape(document)
    assert questions == [((1, 2), f"{Q1}\n{Q2}"), ((3,), Q3)]
    assert answers == [((1, 2), A2), ((3,), A3)]


def test_answers_combined_and_apart_from_their_question() -> None:
    text = f"Vraag 1\n{Q1}\nVraag 2\n{Q2}\nAntwoord op vraag 2\n{A2}\nVraag 3\n{Q3}\nAntwoord op vraag 1 en 3\n{A3}\n"
    _, answers = shape(read(HEAD + text))
    assert answers == [((2,), A2), ((1, 3), A3)]


def test_two_sets_in_one_file_count_on() -> None:
    one = f"Vraag 1\n{Q1}\nAntwoord 1\n{A1}\nVraag 2\n{Q2}\nAntwoord 2\n{A2}\n"
    document = read(HEAD + one + HEAD + one)
    assert [q.numbers for q in document.questions] == [(1,), (2,), (3,), (4,)]
    assert [a.numbers for a in document.answers] == [(1,), (2,), (3,), (4,)]
    assert "several-sets" in {warning.code for warning in document.warnings}


@pytest.mark.parametrize(
    "body",
    [
        f"Vraag 1\n{Q1}\n\nVraag 2\n{Q2}\n",
        f"1\n{Q1}\n2\n{Q2}\n",
        f"1. {Q1}\n2. {Q2}\n",
        f"{Q1}\n\n{Q2}\n",
    ],
)
def test_questions_without_answers(body: str) -> None:
    document = read(HEAD + body)
    assert document.kind is Kind.QUESTIONS
    assert shape(document) == ([((1,), Q1), ((2,), Q2)], [])


def test_a_sentence_that_names_a_question_is_no_heading() -> None:
    answer = "Zie voor het eerste deel het antwoord op\nvraag 1. Het antwoord op vraag 3 gaat daar verder op in."
    document = read(HEAD + f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nVraag 2\n{Q2}\n\nAntwoord 2\n{answer}\n")
    assert [a.numbers for a in document.answers] == [(1,), (2,)]
    assert document.answers[1].text.startswith("Zie voor het eerste deel het antwoord op vraag 1. Het antwoord")


def test_deferral() -> None:
    body = f"Vraag 1\n{Q1}\n\nVraag 2\n{Q2}\n\nMededeling\nDe vragen kunnen niet binnen de gebruikelijke termijn worden"
    document = read(HEAD + body + " beantwoord.\n")
    assert document.kind is Kind.DEFERRAL
    assert document.answers == ()
    assert document.sections[0].heading == "Mededeling"


def test_deferral_as_a_letter() -> None:
    text = (
        "Geachte voorzitter,\n\nHierbij deel ik u mede dat de schriftelijke vragen van het lid Wiekstra (PvW) over "
        "molens (ingezonden 3 maart 2031) niet binnen de gebruikelijke termijn van drie weken kunnen worden "
        "beantwoord.\n\nDe Minister van Wind en Water,\n\nM. Zeilmaker\n"
    )
    assert read(text).kind is Kind.DEFERRAL


def test_an_answer_that_only_defers_is_a_deferral() -> None:
    body = f"Vraag 1\n{Q1}\n\nVraag 2\n{Q2}\n\nAntwoord 1 en 2\nDeze vragen kunnen niet binnen de gebruikelijke termijn"
    assert read(HEAD + body + " worden beantwoord.\n").kind is Kind.DEFERRAL


def test_a_letter_with_numbered_headings_has_no_questions() -> None:
    text = (
        "BRIEF VAN DE MINISTER VAN WIND EN WATER\nAan de Voorzitter van de Tweede Kamer der Staten-Generaal\n"
        "Den Haag, 4 mei 2031\n\nMet deze brief informeer ik uw Kamer over de molens.\n\n1. Smeren\n"
        "De eerste aanbeveling gaat over smeren. Waarom is dat nodig? Omdat een molen anders stilstaat en geen water "
        "maalt.\n\n2. Draaien\nDe tweede aanbeveling gaat over draaien in de wind, en over wat daarvoor moet gebeuren."
        "\n\nDe Minister van Wind en Water,\n\nM. Zeilmaker\n"
    )
    document = read(text)
    assert document.kind is Kind.LETTER
    assert document.questions == ()
    assert [section.heading for section in document.sections][-2:] == ["1. Smeren", "2. Draaien"]
    assert document.received is not None
    assert document.received.isoformat() == "2031-05-04"
    assert document.ministers[0].name == "M. Zeilmaker"


def test_explanation_stands_apart() -> None:
    body = (
        f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A1}\n\nToelichting:\nDeze vragen zijn een vervolg op vragen van 1 maart 2031.\n"
    )
    document = read(HEAD + body)
    assert document.answers[0].text == A1
    assert document.sections[0].heading == "Toelichting"
    assert document.submitted is not None
    assert document.submitted.isoformat() == "2031-03-03"


def test_signature_behind_the_last_answer_is_no_answer() -> None:
    body = f"Vraag 1\n{Q1}\n\nAntwoord 1\n{A2}\n\nDe Minister van Wind en Water,\n\n\nM. Zeilmaker\n"
    document = read(HEAD + body)
    assert document.answers[0].text == A2
    assert document.ministers[0].name == "M. Zeilmaker"


def test_sub_questions() -> None:
    body = f"Vraag 1\nKlopt het bericht? Zo ja, wat vindt u ervan? Zo nee, waarom niet?\n\nAntwoord 1\n{A1}\n"
    parts = read(HEAD + body).questions[0].sub_questions
    assert [part.text for part in parts] == ["Klopt het bericht?", "Zo ja, wat vindt u ervan?", "Zo nee, waarom niet?"]
    lettered = "Vraag 1\nHoeveel geld gaat er naar:\na) molens;\nb) sluizen?\n\nAntwoord 1\nNiets.\n"
    assert [p.label for p in read(HEAD + lettered).questions[0].sub_questions] == ["a", "b"]


def test_list_items_keep_their_own_line() -> None:
    body = (
        f"Vraag 1\n{Q1}\n\nAntwoord 1\nIk noem drie redenen:\n• de wind;\n• het water;\n• de tijd.\nMeer is er niet.\n"
    )
    paragraphs = read(HEAD + body).answers[0].paragraphs
    assert [p.text for p in paragraphs] == [
        "Ik noem drie redenen:",
        "• de wind;\n• het water;\n• de tijd.",
        "Meer is er niet.",
    ]


def test_words_that_look_like_ends_stay_inside_an_answer() -> None:
    answer = (
        "De cijfers staan hieronder.\nToelichting\nDe teller staat bij de sluis.\nBron: Molenbond, 2030.\n"
        "De minister van Wind en Water en de minister van Dijken kijken ernaar.\nDaarna volgt een besluit."
    )
    body = (
        f"Vraag 1\n{Q1}\nAntwoord 1\n{answer}\nVraag 2\n{Q2}\nAntwoord 2\nDe minister van Wind en Water\nbeslist dat."
    )
    document = read(HEAD + body)
    assert "".join(document.answers[0].text.split()) == "".join(answer.split())
    assert document.answers[1].text.split() == ["De", "minister", "van", "Wind", "en", "Water", "beslist", "dat."]


def test_a_list_of_all_questions_before_the_answers_is_not_read_twice() -> None:
    listed = f"Vraag 1\n{Q1}\nVraag 2\n{Q2}\n"
    document = read(HEAD + listed + f"Vraag 1\n{Q1}\nAntwoord 1\n{A1}\nVraag 2\n{Q2}\nAntwoord 2\n{A2}\n")
    assert shape(document) == ([((1,), Q1), ((2,), Q2)], [((1,), A1), ((2,), A2)])


def test_lettered_headings_are_halves_of_one_question() -> None:
    body = f"Vraag 1a\n{Q1}\nAntwoord 1a\n{A1}\nVraag 1b\n{Q2}\nAntwoord 1b\n{A2}\nVraag 2\n{Q3}\nAntwoord 2\n{A3}\n"
    document = read(HEAD + body)
    assert shape(document) == ([((1,), f"{Q1}\n{Q2}"), ((2,), Q3)], [((1,), f"{A1}\n\n{A2}"), ((2,), A3)])
    first = document.questions[0]
    assert [(part.label, part.text) for part in first.sub_questions] == [("a", Q1), ("b", Q2)]
    assert [first.text[part.start : part.end] for part in first.sub_questions] == [Q1, Q2]


def test_a_subject_about_delay_is_no_deferral() -> None:
    head = HEAD.replace("stilstaande molens", "uitstel van het smeren van molens")
    assert read(head + f"Vraag 1\n{Q1}\n\nVraag 2\n{Q2}\n").kind is Kind.QUESTIONS


def test_source_marks_and_item_numbers_are_told_apart() -> None:
    body = (
        f"Vraag 1\n{Q1} 1)\n\nVraag 2\n{Q2} (zie punt 2) 2)\n\nAntwoord 1 en 2\n"
        "Er zijn redenen (zoals onder 1) genoemd): 1) wind; 2) water.\n\n1) Polderblad, 1 maart 2031\n2)\nhttps://dijk.example/bode\n"
    )
    document = read(HEAD + body)
    assert [question.text for question in document.questions] == [Q1, f"{Q2} (zie punt 2)"]
    assert document.answers[0].text == "Er zijn redenen (zoals onder 1) genoemd): 1) wind; 2) water."
    assert [(note.mark, note.text) for note in document.footnotes] == [
        ("1", "Polderblad, 1 maart 2031"),
        ("2", "https://dijk.example/bode"),
    ]


def test_a_short_last_answer_above_the_list_of_sources() -> None:
    document = read(HEAD + f"Vraag 1: {Q1}[1]\nAntwoord: Ja.\n\n[1] Polderblad, 1 maart 2031\n")
    assert document.answers[0].text == "Ja."
    assert document.footnotes[0].text == "Polderblad, 1 maart 2031"


def test_a_first_heading_with_a_full_stop_below_an_open_line() -> None:
    head = "Antwoorden op Kamervragen van het lid Wiekstra (PvW) over molens (ingezonden 3 maart 2031)\n"
    document = read(head + f"Vraag 1.\n{Q1}\nAntwoord 1.\n{A1}\nVraag 2.\n{Q2}\nAntwoord 2.\n{A2}\n")
    assert shape(document) == ([((1,), Q1), ((2,), Q2)], [((1,), A1), ((2,), A2)])


def test_numbered_questions_whose_answers_have_no_heading() -> None:
    head = "Antwoorden van de minister van Wind en Water op Kamervragen van het lid Wiekstra (PvW) over molens\n\n"
    document = read(head + f"1. {Q1}\n\n{A1}\n\n2. {Q2}\n\n{A2}\n\nDat is veel.\n")
    assert shape(document) == ([((1,), Q1), ((2,), Q2)], [((1,), A1), ((2,), f"{A2}\n\nDat is veel.")])


def test_each_note_is_bound_to_its_sentence() -> None:
    text = HEAD + (
        f"Vraag 1\n{Q1} [1]\n\nAntwoord 1\nDe molens staan stil. Dat kost geld,[2] maar niet veel.[3] Ik smeer ze.\n"
        "\n[1] Polderblad\n[2] Dijkbode\n[3] Waterkrant\n"
    )
    notes = as_json(read(text), "stuk.txt")["footnotes"]
    assert [[place["part"] for place in note["bound_to"]] for note in notes] == [["question"], ["answer"], ["answer"]]
    sentences = [note["bound_to"][0]["sentence"] for note in notes]
    assert [one["text"] for one in sentences] == [Q1, *["Dat kost geld, maar niet veel."] * 2]
    assert text[sentences[1]["start"] : sentences[1]["end"]] == "Dat kost geld,[2] maar niet veel."
    assert notes[1]["bound_to"][0]["numbers"] == [1]


def test_text_behind_a_list_starts_a_paragraph() -> None:
    lines = (
        "De aanpak, waarover ik uw Kamer in het voorjaar schreef, bestaat uit de volgende delen:\n"
        "− het smeren van de molens in alle polders van Wind en Water, zoals dat eerder is gedaan;\n"
        "− het draaien van de molens in de wind, met een teller op elke as die er nog niet een had.\n"
        "Hiermee bouw ik verder op de aanpak die mijn voorganger in het jaar 2029 begon met enkele\n"
        "molens in het noorden van het land, en die sindsdien door de waterschappen is uitgevoerd.\n"
    )
    document = read(HEAD + f"Vraag 1\n{Q1}\n\nAntwoord 1\n{lines * 2}")
    assert [p.text[:8] for p in document.answers[0].paragraphs[:3]] == ["De aanpa", "− het sm", "Hiermee "]


def test_marks_without_notes_are_taken_out_even_where_one_is_lost() -> None:
    answer = (
        "Molens draaien (zie hierboven).1 De wind is gratis.2 Dat schreef ik eerder.3 De dijken zijn hoog.5 In 2024.6\n"
        "De CO2 daalt met 5.2 procent, zie vraag 3."
    )
    document = read(HEAD + f"Vraag 1\n{Q1}\n\nAntwoord 1\n{answer}\n")
    text = " ".join(passage.text for passage in document.answers[0].paragraphs)
    assert text == (
        "Molens draaien (zie hierboven). De wind is gratis. Dat schreef ik eerder. De dijken zijn hoog. In 2024. "
        "De CO2 daalt met 5.2 procent, zie vraag 3."
    )


def test_two_headings_on_end_in_a_letter() -> None:
    full = "De waterschappen smeren de molens in alle polders van het land, zo vaak als dat nodig is en de wind het"
    said = f"{full}\ntoelaat. Daarna draaien zij weer, zo lang er wind staat in de polders van het hele wijde\nland.\n"
    text = (
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\nGeachte voorzitter,\n"
        + f"{full}\ntoelaat, en daarna nog een keer.\nMolens\nSmeren en draaien\n{said * 3}"
    )
    document = read(text)
    assert [section.heading for section in document.sections] == ["", "Molens", "Smeren en draaien"]
