"""Text that other programs extracted from published PDFs: lost spaces, marks on lines of their own, notes in between.

The pages are fictional; their form is that of the Chamber's publications.
"""

from __future__ import annotations

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_bytes

HEAD = """Tweede Kamer der Staten-Generaal2
Vergaderjaar 2030–2031 Aanhangsel van de Handelingen
Vragen gesteld door de leden der Kamer, met de daarop door de
regering gegeven antwoorden
712
Vragen van de leden Wiekstra (PvW) en Van der Wieken (PvW) aan de Minister van Wind
en Water over het bericht «Molens staan stil» (ingezonden 3 maart
2031).
Antwoord van Minister Zeilmaker (Wind en Water), mede namens de Staatssecretarisvan
Dijken (ontvangen 24 maart2031). Zie ookAanhangsel Handelingen, vergaderjaar 2030–2031, nr. 640.
"""
FOOT_1 = (
    "\n \n  \n"
    + """ah-tk-20302031-712
ISSN 0921 - 7398’s-Gravenhage 2031Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 1
"""
)
FOOT = "Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel {}\n"


def read(text: str, name: str = "stuk.txt") -> Document:
    return read_bytes(text.encode(), name)


def test_heading_with_lost_spaces() -> None:
    document = read(HEAD + "Vraag 1\nKent u het bericht?\nAntwoord 1\nJa." + FOOT_1)
    assert document.id == "ah-tk-20302031-712"
    assert document.url == "https://zoek.officielebekendmakingen.nl/ah-tk-20302031-712.html"
    assert (document.kind, document.aanhangsel, document.session_year) == (Kind.ANSWER, 712, "2030-2031")
    assert document.submitted is not None
    assert document.received is not None
    assert (document.submitted.isoformat(), document.received.isoformat()) == ("2031-03-03", "2031-03-24")
    assert [(asker.name, asker.party) for asker in document.askers] == [("Wiekstra", "PvW"), ("Van der Wieken", "PvW")]
    assert [(one.name, one.portfolio) for one in document.ministers] == [("Zeilmaker", "Wind en Water")]
    assert [(see.session_year, see.number) for see in document.see_also] == [("2030-2031", 640)]
    assert document.subject == "het bericht «Molens staan stil»"


def test_notes_at_the_foot_of_pages_and_their_marks() -> None:
    text = (
        HEAD
        + "Vraag 1\nKent u het bericht dat molens vaker stilstaan dan de brancheraamt?\n1\nAntwoord 1\nJa.\nVraag 2\n"
        "Hoeveel molens staan stil volgens de teller\n2 en wat kost dat?\n3\nAntwoord 2\n"
        "Er staan twaalf molens stil. Dat kost de waterschappen ieder jaar veel, omdat zij dan\n"
        "1Dagblad voor de Polder, 1 maart 2031, «Molens staan stil» (https://polder.example/molens-\n"
        "staan-stil)\n2Teller van de Molenbond, stand van 2 maart 2031"
        + FOOT_1
        + "moeten pompen. Ik schreef dat in de brief van 4 juni 20304 en in het jaarverslag\n5. Daarbij komt CO\n"
        "2-uitstoot van de pompen.\n3Idem\n4Kamerstuk 99 001, nr. 5\n5Jaarverslag Waterstaat 2030\n" + FOOT.format(2)
    )
    document = read(text)
    assert [question.text for question in document.questions] == [
        "Kent u het bericht dat molens vaker stilstaan dan de brancheraamt?",
        "Hoeveel molens staan stil volgens de teller en wat kost dat?",
    ]
    answer = document.answers[1].text.replace("\n\n", " ")
    assert answer == (
        "Er staan twaalf molens stil. Dat kost de waterschappen ieder jaar veel, omdat zij dan moeten pompen. "
        "Ik schreef dat in de brief van 4 juni 2030 en in het jaarverslag. Daarbij komt CO 2-uitstoot van de pompen."
    )
    assert [(note.mark, note.text[:12]) for note in document.footnotes] == [
        ("1", "Dagblad voor"),
        ("2", "Teller van d"),
        ("3", "Idem"),
        ("4", "Kamerstuk 99"),
        ("5", "Jaarverslag "),
    ]
    assert [note.mark for note in document.questions[0].notes] == ["1"]
    assert [note.mark for passage in document.answers[1].paragraphs for note in passage.notes] == ["4", "5"]


def test_several_marks_on_one_line() -> None:
    text = (
        HEAD
        + "Vraag 1\nKent u de berichten over molens?\n1 2\nAntwoord 1\nJa, ik ken ze.\nVraag 2\nEn die over sluizen?\n"
        "3, 4 en 5\nAntwoord 2\nOok die ken ik.\n1Polderblad\n2Dijkbode\n3Sluisnieuws\n4Kolkkrant\n5Waterpost" + FOOT_1
    )
    document = read(text)
    assert [question.text for question in document.questions] == [
        "Kent u de berichten over molens?",
        "En die over sluizen?",
    ]
    assert [[note.mark for note in question.notes] for question in document.questions] == [["1", "2"], ["3", "4", "5"]]
    assert document.answers[1].text == "Ook die ken ik."


def test_numbers_in_a_table_stay() -> None:
    rows = "Jaar Molens Sluizen\n2029 12 3\n2030 14 4"
    document = read(HEAD + f"Vraag 1\nHoeveel zijn het er?\nAntwoord 1\nDat zijn er:\n{rows}" + FOOT_1)
    assert "12 3" in document.answers[0].text
    assert "14 4" in document.answers[0].text


def test_deferral_as_published() -> None:
    head = HEAD.replace("Antwoord van", "Mededeling van")
    document = read(
        head + "Vraag 1\nKent u het bericht?\n1\nVraag 2\nWat nu?\nMededeling\nDe vragen kunnen niet binnen de"
        " gebruikelijketermijn worden beantwoord.\n1Polderblad, 1 maart 2031" + FOOT_1
    )
    assert document.kind is Kind.DEFERRAL
    assert document.questions[0].text == "Kent u het bericht?"
    assert document.answers == ()


def test_spans_point_into_the_file_itself() -> None:
    text = HEAD + "Vraag 1\nKent u de molen\n1 van Wieken-\nburg?\nAntwoord 1\nJa.\n1Polderblad" + FOOT_1
    document = read(text)
    assert document.text == text
    question = document.questions[0]
    assert question.text == "Kent u de molen van Wiekenburg?"
    for view, source, length in question.runs:
        assert question.text[view : view + length] == text[source : source + length]
    assert text[question.start : question.end].startswith("Kent u de molen")
    assert text[question.start : question.end].endswith("burg?")


def test_headings_glued_to_the_sentence_before() -> None:
    document = read(
        HEAD + "Vraag 1\nKent u het bericht?Antwoord 1\nJa.Vraag 2\nWat gaat u doen?Antwoord 2\nSmeren." + FOOT_1
    )
    assert [question.text for question in document.questions] == ["Kent u het bericht?", "Wat gaat u doen?"]
    assert [answer.text for answer in document.answers] == ["Ja.", "Smeren."]


def test_a_note_that_starts_with_a_date() -> None:
    text = HEAD + "Vraag 1\nKent u het bericht?\n1\nAntwoord 1\nJa.\n13 juni 2030, Polderblad\n2Dijkbode" + FOOT_1
    document = read(text.replace("bericht?\n1", "bericht?\n1 En dit?\n2"))
    assert [(note.mark, note.text) for note in document.footnotes] == [
        ("1", "3 juni 2030, Polderblad"),
        ("2", "Dijkbode"),
    ]
    assert document.answers[0].text == "Ja."


def test_marks_are_never_taken_from_headings() -> None:
    text = HEAD + "Vraag 1\nA?\nVraag 2\nB?\nAntwoord 1 en 2\nDe teller2 staat stil.\n1Polderblad\n2Dijkbode" + FOOT_1
    document = read(text.replace("A?", "Kent u dit?").replace("B?", "En dit?"))
    assert [answer.numbers for answer in document.answers] == [(1, 2)]
    assert document.answers[0].text == "De teller staat stil."


def test_notes_in_the_middle_of_a_text_without_page_ends_swallow_nothing() -> None:
    """A letter of which the page ends do not show: each note breaks off the text, which goes on behind it."""
    line = "De molens draaien bij wind uit het westen en staan stil wanneer het niet waait,\n"
    text = (
        "Vragen van het lid Wiekstra (PvW) over molens (ingezonden 3 maart 2031)\n"
        + "Vraag 1\nKent u het bericht?\nAntwoord 1\n"
        + line * 6
        + "zo blijkt uit de telling1 van de bond en uit het onderzoek dat daarna nog is gedaan\n"
        + "1 Molenbond, telling 2030\n"
        + line * 12
        + "en dat staat ook in de brief2 van vorig jaar.\nVraag 2\nEn nu?\nAntwoord 2\n"
        + line * 4
        + "dus.\n2 Kamerstuk 99 001, nr. 5\n"
    )
    document = read(text)
    assert [(note.mark, note.text) for note in document.footnotes] == [
        ("1", "Molenbond, telling 2030"),
        ("2", "Kamerstuk 99 001, nr. 5"),
    ]
    assert document.answers[0].text.count("De molens draaien") == 18
    assert document.answers[0].text.endswith("en dat staat ook in de brief van vorig jaar.")
    assert document.answers[1].text.endswith("dus.")


def test_hyphens_of_glued_lines_go_where_the_word_stands_elsewhere() -> None:
    text = (
        HEAD
        + "Vraag 1\nZijn de maatrege-len van de EU-lidstaten bekend?\nAntwoord 1\nDie maatregelen zijn deels bekend, "
        "deels niet. Het gaat om oud-molenaars en om de wieken-\nrem.\n" + FOOT_1
    )
    document = read(text)
    assert document.questions[0].text == "Zijn de maatregelen van de EU-lidstaten bekend?"
    assert "oud-molenaars" in document.answers[0].text
    assert document.text == text


def test_lost_spaces_are_said() -> None:
    body = "Vraag 1\nKent u hetBericht dat de MinisterVanWater en die van Dijken sturen?Echt waar?\nAntwoord 1\nJa."
    assert "lost-spaces" in {
        w.code for w in read(HEAD + body + "GroenLicht enDijken in2031 steuntMolens" + FOOT_1).warnings
    }
    assert "lost-spaces" not in {
        w.code
        for w in read(
            HEAD.replace("Staatssecretarisvan", "van").replace("ookAanh", "ook Aanh")
            + "Vraag 1\nKent u dit?\nAntwoord 1\nJa."
            + FOOT_1
        ).warnings
    }


def test_the_own_number_is_not_one_that_a_note_names() -> None:
    note = "1https://zoek.officielebekendmakingen.nl/ah-tk-20302031-99.html"
    document = read(HEAD + f"Vraag 1\nKent u het stuk?\n1\nAntwoord 1\nJa.\n{note}" + FOOT_1)
    assert document.aanhangsel == 712
    assert document.id == "ah-tk-20302031-712"
    old = HEAD + f"Vraag 1\nKent u het stuk?\n1\nAntwoord 1\nJa.\n{note}\n" + FOOT.format(1)
    assert read(old).aanhangsel == 712


def test_dates_in_the_text_of_a_letter_are_not_those_of_the_letter() -> None:
    text = (
        "Den Haag, 4 mei 2031\nGeachte voorzitter,\nOp 3 april 2031 schreef ik uw Kamer. Uw brief heb ik ontvangen op "
        "5 april 2031.\nPolderblad, 1 maart 2031\nDe Minister van Wind en Water,\nM. Zeilmaker\n"
    )
    assert str(read(text).received) == "2031-05-04"
    assert read(text).submitted is None


def test_note_numbers_on_the_line_above_their_text() -> None:
    """As poppler writes pages out: the number of a note alone, its text below, a form feed between pages."""
    text = (
        HEAD
        + "Vraag 1\nKent u het bericht dat molens vaker stilstaan dan de branche raamt?1\nAntwoord 1\nJa.\nVraag 2\n"
        "Hoeveel molens staan stil volgens de teller2 en wat kost dat?\nAntwoord 2\n"
        "Er staan twaalf molens stil. Dat kost de waterschappen ieder jaar veel, omdat zij dan\n"
        "1\nDagblad voor de Polder, 1 maart 2031, «Molens staan stil», https://polder.example/\nmolens-staan-stil\n"
        "2\nTeller van de Molenbond, stand van 2 maart 2031\n"
        + FOOT_1
        + "\fmoeten pompen. Dat schreef ik in de brief van 4 juni 20303.\n3\nKamerstuk 99 001, nr. 5\n"
        + FOOT.format(2)
    )
    document = read(text)
    assert [question.text for question in document.questions] == [
        "Kent u het bericht dat molens vaker stilstaan dan de branche raamt?",
        "Hoeveel molens staan stil volgens de teller en wat kost dat?",
    ]
    assert document.answers[1].text == (
        "Er staan twaalf molens stil. Dat kost de waterschappen ieder jaar veel, omdat zij dan moeten pompen. "
        "Dat schreef ik in de brief van 4 juni 2030."
    )
    assert [(note.mark, note.text[:12]) for note in document.footnotes] == [
        ("1", "Dagblad voor"),
        ("2", "Teller van d"),
        ("3", "Kamerstuk 99"),
    ]


def test_a_letter_whose_pages_are_parted_by_form_feeds() -> None:
    text = (
        "Datum\n14 maart 2031\nOnderwerp Antwoorden Kamervragen over molens\n\n"
        "In antwoord op uw brief van 3 maart 2031 bied ik u de antwoorden aan op de vragen van het lid Wiekstra.\n"
        "\fDatum\n14 maart 2031\nOns kenmerk2438660\nVraag 1\nKent u het bericht over de molen?1\nAntwoord 1\n"
        "Ja, en ik heb daarover met de molenaars gesproken, die mij vertelden dat zij\n"
        "1\nhttps://polder.example/molen\n"
        "\fDatum\n14 maart 2031\nOns kenmerk2438660\nsneller willen malen.\n"
    )
    document = read(text)
    assert document.questions[0].text == "Kent u het bericht over de molen?"
    assert document.answers[0].text == (
        "Ja, en ik heb daarover met de molenaars gesproken, die mij vertelden dat zij sneller willen malen."
    )
    assert [(note.mark, note.text) for note in document.footnotes] == [("1", "https://polder.example/molen")]
    assert document.received is not None
    assert document.received.isoformat() == "2031-03-14"


def test_sources_and_notes_with_one_number() -> None:
    text = (
        "Vraag 1\nKent u het bericht over de molen? 1)\nAntwoord op vraag 1\nJa. Over de motie van Kolk1 is gestemd.\n"
        "1)Polderblad, 1 maart 2031\n1 Kamerstukken, 2030-2031, 99001, nr. 5\nPagina 4 van 4"
    )
    document = read(text)
    assert document.questions[0].text == "Kent u het bericht over de molen?"
    assert document.answers[0].text == "Ja. Over de motie van Kolk is gestemd."
    assert {(note.system, note.mark) for note in document.footnotes} == {("source", "1"), ("note", "1")}
