"""One document in every format, and what each format can do to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import reading_files as make
from support.reading_files import A1, A2, FILES, GIVEN, INTRO, Q1, Q2

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_bytes
from embeddings.errors import InputError

TABLE = [["Jaar", "Molens", "Sluizen"], ["2029", "12", "3"], ["2030", "14", "4"]]


def shape(document: Document) -> list[tuple[str, tuple[int, ...], str]]:
    asked = [("v", question.numbers, question.text) for question in document.questions]
    return asked + [("a", answer.numbers, answer.text) for answer in document.answers]


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same(name: str) -> None:
    document = read_bytes(FILES[name], name)
    assert document.kind is Kind.ANSWER
    assert shape(document) == [("v", (1,), Q1), ("v", (2,), Q2), ("a", (1,), A1), ("a", (2,), A2)]
    assert str(document.submitted) == "2031-03-03"
    assert str(document.received) == "2031-03-24"
    assert [(a.name, a.party) for a in document.askers] == [("Wiekstra", "PvW")]
    assert [(m.name, m.portfolio, m.office) for m in document.ministers] == [("Zeilmaker", "Wind en Water", "minister")]
    assert document.subject == "molens"


@pytest.mark.parametrize("name", FILES)
def test_the_content_decides_and_not_the_name(name: str) -> None:
    document = read_bytes(FILES[name], "verkeerd.bin")
    assert len(document.questions) == 2


@pytest.mark.parametrize("name", FILES)
def test_spans_hold(name: str) -> None:
    document = read_bytes(FILES[name], name)
    for passage in (*document.questions, *(p for answer in document.answers for p in answer.paragraphs)):
        for view, source, length in passage.runs or ((0, passage.start, len(passage.text)),):
            assert document.text[source : source + length] == passage.text[view : view + length]
            assert passage.start <= source
            assert source + length <= passage.end


def test_word_headings_split_over_runs_and_line_breaks() -> None:
    body = [
        make.paragraph(make.run("V", True), make.run("r", True), make.run("aag 1", True)),
        make.paragraph(make.run(Q1, True)),
        make.paragraph(make.run("\nAntwoord op vra", True), make.run("ag", True), make.run(" 1 ", True)),
        make.paragraph(A1),
    ]
    document = read_bytes(make.docx(make.paragraph(INTRO), *body), "a.docx")
    assert shape(document) == [("v", (1,), Q1), ("a", (1,), A1)]


def test_word_bold_questions_and_roman_answers_without_headings() -> None:
    body = [make.paragraph(INTRO)]
    for question, answer in ((Q1, A1), (Q2, A2)):
        body += [make.paragraph(make.run(question, True)), make.paragraph(answer)]
    document = read_bytes(make.docx(*body), "a.docx")
    assert shape(document) == [("v", (1,), Q1), ("v", (2,), Q2), ("a", (1,), A1), ("a", (2,), A2)]


def test_word_question_headings_and_answers_told_by_type() -> None:
    body = [make.paragraph(INTRO)]
    for number, (question, answer) in enumerate(((Q1, A1), (Q2, A2)), 1):
        body += [
            make.paragraph(make.run(f"Vraag {number}", True)),
            make.paragraph(make.run(question, True)),
            make.paragraph(answer),
        ]
    document = read_bytes(make.docx(*body), "a.docx")
    assert shape(document) == [("v", (1,), Q1), ("v", (2,), Q2), ("a", (1,), A1), ("a", (2,), A2)]
    assert {warning.code for warning in document.warnings} >= {"no-answer-heading"}


def test_word_automatic_numbers() -> None:
    body = [make.paragraph(INTRO)]
    for question, answer in ((Q1, A1), (Q2, A2)):
        body += [make.paragraph(question, properties=make.LISTED), make.paragraph("Antwoord"), make.paragraph(answer)]
    document = read_bytes(make.docx(*body, parts={"numbering": make.numbering()}), "a.docx")
    assert shape(document) == [("v", (1,), Q1), ("v", (2,), Q2), ("a", (1,), A1), ("a", (2,), A2)]


def test_word_footnotes_and_sources_are_two_systems() -> None:
    body = [
        make.paragraph(INTRO),
        make.paragraph("Vraag 1"),
        make.paragraph(Q1 + " 1) 2)"),
        make.paragraph("Antwoord 1"),
        make.paragraph(make.run("Ik ken het"), make.reference(1), make.run(" bericht (zie antwoord 2).")),
        make.paragraph(""),
        make.paragraph("1) Polderblad, 1 maart 2031."),
        make.paragraph("2) Dijkbode, 2 maart 2031."),
    ]
    document = read_bytes(make.docx(*body, parts={"footnotes": make.footnotes("Bijlage 3.")}), "a.docx")
    assert shape(document) == [("v", (1,), Q1), ("a", (1,), "Ik ken het bericht (zie antwoord 2).")]
    assert [(note.system, note.mark, note.text) for note in document.footnotes] == [
        ("source", "1", "Polderblad, 1 maart 2031."),
        ("source", "2", "Dijkbode, 2 maart 2031."),
        ("note", "1", "Bijlage 3."),
    ]
    reference = document.answers[0].paragraphs[0].notes[0]
    assert (reference.system, reference.mark, reference.position) == ("note", "1", len("Ik ken het"))


def test_word_automatic_source_list_behind_the_last_answer() -> None:
    body = [
        make.paragraph(INTRO),
        make.paragraph("Vraag 1"),
        make.paragraph(Q1 + " 1)"),
        make.paragraph("Antwoord 1"),
        make.paragraph(A2),
        make.paragraph(""),
        make.paragraph("Molens – Polderblad", properties=make.LISTED),
    ]
    document = read_bytes(make.docx(*body, parts={"numbering": make.numbering(pattern="%1)")}), "a.docx")
    assert shape(document) == [("v", (1,), Q1), ("a", (1,), A2)]
    assert document.footnotes[0].text == "Molens – Polderblad"


def test_word_changes_fields_and_boxes_as_word_shows_them() -> None:
    inserted = f"<w:ins>{make.run('twaalf ')}</w:ins><w:del><w:r><w:delText>elf </w:delText></w:r></w:del>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + make.run("molens")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    box = f"<w:txbxContent>{make.paragraph('Datum 24 maart 2031')}</w:txbxContent>"
    boxed = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = [
        make.paragraph(boxed, INTRO),
        make.paragraph("Vraag 1"),
        make.paragraph(Q1),
        make.paragraph("Antwoord 1"),
        make.paragraph(make.run("Er staan "), inserted, field, make.run(" stil.")),
    ]
    document = read_bytes(make.docx(*body), "a.docx")
    assert document.answers[0].text == "Er staan twaalf molens stil."
    assert document.text.count("Datum 24 maart 2031") == 1
    assert str(document.received) == "2031-03-24"


def test_tables_keep_their_rows() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{make.paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    table = "<w:tbl>" + row("Jaar", "Molens") + row("2029", "12") + row("2030", "14") + "</w:tbl>"
    body = [make.paragraph(t) for t in (INTRO, "Vraag 1", Q1, "Antwoord 1", "De cijfers zijn:")]
    document = read_bytes(make.docx(*body, table, make.paragraph("Dat zijn ze.")), "a.docx")
    assert [p.text for p in document.answers[0].paragraphs] == [
        "De cijfers zijn:",
        "Jaar | Molens\n2029 | 12\n2030 | 14",
        "Dat zijn ze.",
    ]


def test_xml_notes_lists_and_deferral() -> None:
    parts = (
        "<vraag><nr>Vraag 1</nr><al>Kent u het bericht<noot type='voet'><noot.nr>1</noot.nr><noot.al>Polderblad."
        "</noot.al></noot> over molens?</al></vraag><kamervraagopmerking><al>De vragen kunnen niet binnen de "
        "gebruikelijke termijn worden beantwoord.</al></kamervraagopmerking>"
    )
    document = read_bytes(make.kamervragen_xml(parts), "a.xml")
    assert document.kind is Kind.DEFERRAL
    assert document.questions[0].text == "Kent u het bericht over molens?"
    assert document.footnotes[0].text == "Polderblad."
    assert document.id == "ah-tk-20302031-712"


def test_pdf_marks_notes_furniture_and_hyphens() -> None:
    first = [
        (60, 800, 18, "Tweede Kamer der Staten-Generaal"),
        (60, 770, 10, INTRO),
        (60, 758, 10, GIVEN),
        (60, 730, 10, "Vraag 1"),
        (60, 718, 10, "Kent u het bericht over de molens die stilstaan en de gevolgen daarvan voor de water-"),
        (60, 706, 10, "schappen?"),
        (105, 710, 6, "1"),
        (60, 682, 10, "Antwoord 1"),
        (60, 670, 10, "Ja. De waterschappen moeten dan meer pompen, en dat kost ieder jaar opnieuw veel geld aan"),
        (60, 80, 7, "1 Polderblad, 1 maart 2031"),
        (60, 40, 9, "Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 1"),
    ]
    second = [(60, 800, 10, "stroom."), (60, 40, 9, "Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 2")]
    document = read_bytes(make.pdf(first, second), "ah-tk-20302031-712.pdf")
    assert document.questions[0].text.endswith("voor de waterschappen?")
    assert [note.mark for note in document.questions[0].notes] == ["1"]
    assert document.answers[0].text.endswith("ieder jaar opnieuw veel geld aan stroom.")
    assert [(note.mark, note.text) for note in document.footnotes] == [("1", "Polderblad, 1 maart 2031")]
    assert document.id == "ah-tk-20302031-712"


def test_a_scan_goes_through_text_recognition(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a stand-in for ocrmypdf that writes a PDF with text."""
    recognised = tmp_path / "herkend.pdf"
    recognised.write_bytes(FILES["stuk.pdf"])
    program = tmp_path / "ocrmypdf"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{recognised}" "$last"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    document = read_bytes(make.pdf([]), "scan.pdf")
    assert len(document.questions) == 2
    assert {warning.code for warning in document.warnings} == {"ocr"}


def test_old_word_without_a_converter_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="ander programma nodig") as caught:
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oud.doc")
    assert "LibreOffice" in caught.value.hint


def test_old_word_through_antiword(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a stand-in for antiword that prints the text."""
    (tmp_path / "tekst.txt").write_bytes(FILES["stuk.txt"])
    program = tmp_path / "antiword"
    program.write_text(f'#!/bin/sh\n/bin/cat "{tmp_path}/tekst.txt"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oud.doc")
    assert len(document.questions) == 2


def test_a_pdf_table_keeps_its_cells() -> None:
    page = [
        *[(60, 800 - 12 * i, 10, text) for i, text in enumerate((INTRO, "Vraag 1", Q1, "Antwoord 1", "Dat zijn er:"))],
        *[(60 + 130 * c, 728 - 12 * r, 9, cell) for r, row in enumerate(TABLE) for c, cell in enumerate(row)],
        (60, 670, 10, "Daarmee is alles gezegd wat over de molens te zeggen valt in dit antwoord op deze vraag."),
        (60, 658, 10, "1. Smeren"),
        (60, 646, 10, "2. Draaien"),
    ]
    answer = read_bytes(make.pdf(page), "tabel.pdf").answers[0]
    assert answer.paragraphs[1].text == "Jaar | Molens | Sluizen\n2029 | 12 | 3\n2030 | 14 | 4"
    assert answer.paragraphs[2].text.startswith("Daarmee")
    assert " | " not in answer.paragraphs[-1].text


def test_a_note_that_goes_on_at_the_foot_of_the_next_page() -> None:
    filler = "die de waterschappen ieder jaar opnieuw veel geld kosten, en die daarom moeten worden gesmeerd"
    first = [
        (60, 800, 10, INTRO),
        (60, 788, 10, "Vraag 1"),
        (60, 776, 10, Q1),
        (214, 780, 6, "1"),
        (60, 764, 10, "Antwoord 1"),
        *[(60, 752 - 12 * i, 10, f"Er zijn molens {filler}") for i in range(6)],
        (60, 80, 7, "1 Polderblad, 1 maart 2031, over de molens en de wind die daar waait, met een bespreking van"),
        (60, 72, 7, "de dijken, de sluizen, de gemalen en al wat de waterschappen beheren, en een overzicht van"),
        (60, 40, 9, "Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 1"),
    ]
    second = [
        (60, 800, 10, f"of anders {filler}."),
        (60, 100, 7, "alle molens die stilstaan."),
        (60, 90, 7, "2 Dijkbode"),
        (60, 40, 9, "Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 2"),
    ]
    document = read_bytes(make.pdf(first, second), "ah-tk-20302031-712.pdf")
    assert [note.text[-26:] for note in document.footnotes] == ["alle molens die stilstaan.", "Dijkbode"]
    assert "stilstaan" not in document.answers[0].text


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (
            "Met deze brief informeer ik uw Kamer over de stand van de molens. Dat doe ik graag.",
            "de stand van de molens",
        ),
        ("Hierbij bied ik uw Kamer mijn reactie op het rapport Wind mee, zoals toegezegd.", None),
        ("Bijgaand ga ik in op het beheer van de dijken, conform mijn toezegging.", "het beheer van de dijken"),
        ("Onderwerp: Stilstand van de molens\n\nMet deze brief informeer ik uw Kamer.", "Stilstand van de molens"),
    ],
)
def test_the_subject_of_a_letter_without_one(body: str, subject: str | None) -> None:
    letter = (
        f"Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nGeachte voorzitter,\n\n{body}\n\nDe Minister"
    )
    document = read_bytes(f"{letter} van Wind en Water,\n\nM. Zeilmaker\n".encode(), "brief.txt")
    assert document.kind is Kind.LETTER
    if subject:
        assert document.subject == subject


def test_the_prime_minister_has_a_ministry_of_his_own() -> None:
    head = "Vragen van het lid Wiekstra (PvW) aan de Minister-President en de Minister van Wind en Water over molens"
    document = read_bytes(f"{head} (ingezonden 3 maart 2031).\nVraag 1\n{Q1}\n".encode(), "a.txt")
    assert [(one.office, one.portfolio) for one in document.addressees] == [
        ("minister-president", "Algemene Zaken"),
        ("minister", "Wind en Water"),
    ]


def test_two_offices_of_one_ministry_are_asked() -> None:
    head = "Vragen van het lid Wiekstra (PvW) aan de Staatssecretaris en de Minister van Wind en Water over molens"
    document = read_bytes(f"{head} (ingezonden 3 maart 2031).\nVraag 1\n{Q1}\n".encode(), "a.txt")
    assert [(one.office, one.portfolio) for one in document.addressees] == [
        ("staatssecretaris", "Wind en Water"),
        ("minister", "Wind en Water"),
    ]


def test_a_pdf_with_questions_and_answers_by_turns() -> None:
    lines = [INTRO, "Antwoorden op vragen van het lid Wiekstra (PvW)", Q1, A1, Q2, A2]
    page = [(60.0, 800.0 - 24 * i, 10.0, text) for i, text in enumerate(lines)]
    document = read_bytes(make.pdf(page), "a.pdf")
    assert [q.text for q in document.questions] == [Q1, Q2]
    assert [a.text for a in document.answers] == [A1, A2]
    # Where two that ask stand on end, nobody can tell which of them is answered.
    assert read_bytes("\n\n".join([*lines[:4], Q2, Q2, A2]).encode(), "a.txt").answers == ()


def test_odt_lists_that_go_on_and_notes_in_cells() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
    )
    asked = "".join(
        f'<text:list text:style-name="L"{more}><text:list-item><text:p>{q}</text:p></text:list-item></text:list>'
        f"<text:p>Antwoord</text:p><text:p>{a}</text:p>"
        for q, a, more in ((Q1, A1, ""), (Q2, A2, ' text:continue-numbering="true"'))
    )
    document = read_bytes(make.odt(f"<text:p>{INTRO}</text:p>{asked}", style), "a.odt")
    assert [(q.numbers, q.text) for q in document.questions] == [((1,), Q1), ((2,), Q2)]
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Polderblad.</text:p></text:note-body></text:note>"
    )
    rows = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{c}</text:p></table:table-cell>' for c in row)}"
        "</table:table-row>"
        for row in (("Vraag", "Antwoord"), (Q1, A1 + note), (Q2, A2))
    )
    document = read_bytes(make.odt(f"<text:p>{INTRO}</text:p><table:table>{rows}</table:table>"), "a.odt")
    assert [a.text for a in document.answers] == [A1, A2]
    assert [(note.mark, note.text) for note in document.footnotes] == [("1", "Polderblad.")]
    assert [ref.mark for ref in document.answers[0].paragraphs[0].notes] == ["1"]


def test_a_pdf_item_that_is_a_heading_stands_alone() -> None:
    full = "De waterschappen smeren de molens in alle polders van het land, zo vaak als dat nodig is"
    lines = [INTRO, "Vraag 1", Q1, "Antwoord 1", f"{full}:", "1. Het smeren van de molens in het noorden"]
    lines += [full, "en de wind het toelaat.", "2. Het draaien", full, "en de wind het toelaat."]
    page = [(60.0, 800.0 - 12 * i, 10.0, text) for i, text in enumerate(lines)]
    answer = read_bytes(make.pdf(page), "a.pdf").answers[0]
    assert [passage.text[:12] for passage in answer.paragraphs] == [
        "De waterscha",
        "1. Het smere",
        "De waterscha",
        "2. Het draai",
        "De waterscha",
    ]


def test_the_head_of_an_official_paper_is_no_text() -> None:
    xml = (
        "<officiele-publicatie><kamerstuk><kamerstukkop><tekstregel>2</tekstregel></kamerstukkop><dossier><titel>Molens"
        "</titel></dossier><stuk><stuknr>Nr. 7</stuknr><titel>MOTIE VAN HET LID WIEKSTRA</titel><algemeen><vrije-tekst>"
        "<tekst><al>De Kamer,</al><al>gehoord de beraadslaging,</al><al>verzoekt de regering de molens te smeren,</al>"
        "<al>en gaat over tot de orde van de dag.</al></tekst></vrije-tekst></algemeen></stuk></kamerstuk>"
        "</officiele-publicatie>"
    )
    document = read_bytes(xml.encode(), "kst-99001-7.xml")
    said = [passage.text for section in document.sections for passage in section.paragraphs]
    assert "De Kamer," in said
    assert not {"2", "Molens", "Nr. 7"} & set(said)


@pytest.mark.parametrize(
    ("link", "note"),
    [
        (
            '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
            '<div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Polderblad.</p></div>',
        ),
        (
            '<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>',
            '<div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Polderblad.</p></div>',
        ),
    ],
)
def test_notes_of_pages_that_a_word_processor_wrote(link: str, note: str) -> None:
    said = "".join(f"<p>{line}</p>" for line in (INTRO, "Vraag 1", Q1 + link, "Antwoord 1", A1))
    foot = '<div title="footer"><p>Pagina 1 van 4</p></div>'
    document = read_bytes(f"<html><body>{said}{note}{foot}</body></html>".encode(), "a.html")
    assert [q.text for q in document.questions] == [Q1]
    assert [a.text for a in document.answers] == [A1]
    assert [(note.mark, note.text) for note in document.footnotes] == [("1", "Polderblad.")]
    assert [note.mark for note in document.questions[0].notes] == ["1"]
