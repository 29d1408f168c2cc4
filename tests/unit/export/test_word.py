"""The Word export, read back as XML."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import pytest
from support.dossiers import COST, COST_EDITED, COUNT, dossier
from support.word import W, notes, paragraphs, part

from drafter.checks.finding import Finding, Severity
from drafter.export import ExportOptions, Provenance, export_bytes, export_dossier
from drafter.export.word.package import WordPackage
from embeddings.errors import InputError, UsageError

PLAIN = ExportOptions()
TRACKED = ExportOptions(track_changes=True)


def test_headings_questions_and_passages_in_reading_order() -> None:
    lines = paragraphs(export_bytes(dossier(), ".docx"))
    assert lines[1:] == [
        "Vraag 1",
        "Kent u het bericht over de Noorderkade?",
        "Antwoord op vraag 1",
        "Ja.",
        "Vraag 2",
        "Hoeveel windvangen staan er? Wat kost een windvang?",
        "Antwoord op vraag 2",
        COUNT,
        COST_EDITED,
        "• een eerste punt;",
        "• een tweede punt.",
        "Vraag 3",
        "Wanneer wordt de kade verhoogd?",
        "Vraag 8",
        "Waarom draaien de windvangen niet op zondag?",
        "Antwoord op vragen 3 en 8",
        "Geen bron gevonden. De bank bevat geen eerder antwoord op deze vraag. Hier is ruimte voor eigen tekst.",
    ]


def test_notes_are_real_footnotes_in_the_order_of_the_text() -> None:
    data = export_bytes(dossier(), ".docx")
    cover, texts = notes(data)[:2], notes(data)[2:]
    assert cover[0].startswith("Dit is een concept.")
    assert texts[0].startswith("Noorderkoerier")
    assert texts[1] == "Telling windvangen 2030."
    assert texts[2].startswith("Bron (letterlijk overgenomen): Windvangen, 3 november 2030, antwoord op vraag 2")
    assert texts[3].startswith("Bron (bewerkt)")
    references = part(data, "word/document.xml").iter(f"{W}footnoteReference")
    assert [r.get(f"{W}id") for r in references] == ["1", "2", "3", "4", "5", "6"]


def test_warnings_are_comments_in_dutch() -> None:
    data = export_bytes(dossier(), ".docx")
    texts = notes(data, "comment")
    assert any("Datum zonder jaartal." in text and "In het najaar van 2030" in text for text in texts)
    assert any("De deelvraag over de kosten is nog open." in text for text in texts)
    assert not any("relative-date" in text or "sub-question" in text for text in texts)
    assert "Klopt dit nog?\nGraag navragen." in texts


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html"])
def test_what_is_only_worth_a_look_is_not_in_what_is_read(suffix: str) -> None:
    given = dossier()

    def softened(finding: Finding) -> Finding:
        return dataclasses.replace(finding, severity=Severity.INFO)

    answers = tuple(
        dataclasses.replace(
            answer,
            findings=tuple(map(softened, answer.findings)),
            blocks=tuple(dataclasses.replace(b, findings=tuple(map(softened, b.findings))) for b in answer.blocks),
        )
        for answer in given.answers
    )
    data = export_bytes(dataclasses.replace(given, answers=answers), suffix)
    shown = "".join(notes(data, "comment")) if suffix == ".docx" else data.decode()
    assert "Datum zonder jaartal" not in shown
    assert "De deelvraag over de kosten" not in shown


def test_a_comment_stands_on_the_words_it_is_about() -> None:
    data = export_bytes(dossier(), ".docx")
    comments = part(data, "word/comments.xml").findall(f"{W}comment")
    number = next(c.get(f"{W}id") for c in comments if "Datum zonder jaartal" in "".join(c.itertext()))
    inside, words = False, ""
    for element in part(data, "word/document.xml").iter():
        if element.get(f"{W}id") == number and element.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd"):
            inside = element.tag == f"{W}commentRangeStart"
        elif inside and element.tag == f"{W}t":
            words += element.text or ""
    assert words == "Dit najaar"


def test_intended_findings_are_left_out() -> None:
    given = dossier()
    block = dataclasses.replace(given.answers[1].blocks[0], intended=("relative-date: staat zo in de wet",))
    answer = dataclasses.replace(given.answers[1], blocks=(block,))
    data = export_bytes(dataclasses.replace(given, answers=(answer,)), ".docx")
    assert not any("Datum zonder jaartal" in text for text in notes(data, "comment"))


def test_accepting_gives_the_draft_and_rejecting_the_source() -> None:
    data = export_bytes(dossier(), ".docx", TRACKED)
    accepted, rejected = paragraphs(data), paragraphs(data, accept=False)
    assert accepted == paragraphs(export_bytes(dossier(), ".docx", PLAIN))
    assert COST in rejected
    assert COUNT in rejected
    assert not any("Ja." in line or "punt" in line for line in rejected)


def test_tracked_changes_carry_author_and_date() -> None:
    data = export_bytes(dossier(), ".docx", dataclasses.replace(TRACKED, author="Dossierhouder"))
    changes = list(part(data, "word/document.xml").iter(f"{W}ins", f"{W}del"))
    assert {c.get(f"{W}author") for c in changes} == {"Dossierhouder"}
    assert {c.get(f"{W}date") for c in changes} == {"2031-02-20T00:00:00Z"}
    ids = [c.get(f"{W}id") for c in changes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("options", [PLAIN, TRACKED, ExportOptions(provenance=frozenset(Provenance))])
def test_same_dossier_same_bytes(options: ExportOptions) -> None:
    assert export_bytes(dossier(), ".docx", options) == export_bytes(dossier(), ".docx", options)


def test_annex_names_source_state_and_reviewer() -> None:
    options = ExportOptions(provenance=frozenset({Provenance.ANNEX}))
    data = export_bytes(dossier(), ".docx", options)
    assert not any(text.startswith("Bron") for text in notes(data))
    table = part(data, "word/document.xml").findall(f".//{W}tbl")[-1]
    rows = [["".join(cell.itertext()) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
    assert rows[2][2:6] == ["Windvangen, antwoord op vraag 2", "03-11-2030", "100%", "letterlijk"]
    assert rows[3][5] == "bewerkt"
    assert rows[5][5:] == ["eigen tekst", "J. Zeegras"]


def test_accessible_defaults() -> None:
    data = export_bytes(dossier(), ".docx")
    language = part(data, "word/styles.xml").find(f".//{W}lang")
    assert language is not None
    assert language.get(f"{W}val") == "nl-NL"
    core = part(data, "docProps/core.xml")
    assert "windvangen langs de Noorderkade" in "".join(core.itertext())


def test_python_docx_opens_it_and_sees_heading_styles(tmp_path: Path) -> None:
    import docx

    path = export_dossier(dossier(), tmp_path / "concept.docx")
    document = docx.Document(str(path))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert headings[:2] == ["Vraag 1", "Antwoord op vraag 1"]
    assert document.core_properties.title.startswith("Antwoorden op Kamervragen over")


def test_template_lends_its_styles_and_keeps_what_is_around_the_place(tmp_path: Path) -> None:
    import docx

    template = docx.Document()
    template.styles.add_style("Vraagkop", 1)
    template.add_paragraph("Ministerie van Wind en Water")
    template.add_paragraph("{{antwoorden}}")
    template.add_paragraph("Hoogachtend,")
    template.save(str(tmp_path / "huisstijl.docx"))
    data = export_bytes(dossier(), ".docx", ExportOptions(template=tmp_path / "huisstijl.docx"))
    lines = paragraphs(data)
    assert lines[0] == "Ministerie van Wind en Water"
    assert lines[-1] == "Hoogachtend,"
    (tmp_path / "uit.docx").write_bytes(data)
    heading = next(p for p in docx.Document(str(tmp_path / "uit.docx")).paragraphs if p.text == "Vraag 1")
    assert heading.style is not None
    assert heading.style.name == "Vraagkop"


def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sjabloon.docx"
    path.write_bytes(b"geen zip")
    with pytest.raises(InputError, match="geen bruikbaar Word-bestand"):
        export_bytes(dossier(), ".docx", ExportOptions(template=path))


def test_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Onbekend soort"):
        export_dossier(dossier(), tmp_path / "concept.xls")
    assert list(tmp_path.iterdir()) == []


def test_no_half_file_when_the_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="niet schrijven"):
        export_dossier(dossier(), tmp_path / "weg" / "concept.docx")


def test_default_template_is_whole() -> None:
    package = WordPackage.default()
    assert package.related("styles") == "word/styles.xml"
    assert package.related("settings") == "word/settings.xml"


def test_every_part_has_a_fixed_time(tmp_path: Path) -> None:
    path = export_dossier(dossier(), tmp_path / "concept.docx")
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
