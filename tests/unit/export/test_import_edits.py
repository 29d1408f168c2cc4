"""Edited Word files read back: what changed in Word comes in, all else stays."""

from __future__ import annotations

import contextlib
import datetime
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.dossiers import COST, COST_EDITED, COUNT, MOMENT, dossier, origin, question
from support.word import W

from answers_bank.documents import Document, Kind
from drafter.dossier import edits as edits
from drafter.dossier.judging.word_changes import changes_of
from drafter.dossier.value import Block, BlockNote, ChangeKind, Dossier, DraftAnswer, Status
from drafter.export import ExportOptions, Provenance, export_bytes
from drafter.export.word.accepted import accepted_paragraphs
from drafter.export.word.edits import Imported, apply_edits, read_edits
from drafter.export.word.embedded_dossier import extract
from drafter.export.word.package import WordPackage
from embeddings.errors import InputError

ALL = ExportOptions(provenance=frozenset(Provenance), track_changes=True)


def imported(package: WordPackage, current: Dossier | None = None) -> Imported:
    held = extract(package)
    assert held is not None
    return apply_edits(accepted_paragraphs(package, held.tail), held, current or held.dossier)


def opened(given_dossier: Dossier, options: ExportOptions | None = None) -> WordPackage:
    return WordPackage.from_bytes(export_bytes(given_dossier, ".docx", options or ExportOptions()))


class Editing:
    """Edits a package as a user of a word processor does."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self.root = package.xml(package.main)

    def paragraph(self, text: str) -> etree._Element:
        found = [p for p in self.root.iter(f"{W}p") if text in "".join(t.text or "" for t in p.iter(f"{W}t"))]
        return found[0]

    def replace(self, old: str, new: str) -> None:
        for element in self.root.iter(f"{W}t"):
            if old in (element.text or ""):
                element.text = (element.text or "").replace(old, new)
                return
        raise AssertionError(old)

    def insert_after(self, text: str, new: str) -> None:
        p = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(p, f"{W}r"), f"{W}t").text = new
        self.paragraph(text).addnext(p)

    def remove(self, text: str) -> None:
        p = self.paragraph(text)
        parent = p.getparent()
        assert parent is not None
        parent.remove(p)

    def result(self, current: Dossier | None = None) -> Imported:
        self.package.set_xml(self.package.main, self.root)
        return imported(WordPackage.from_bytes(self.package.to_bytes()), current)


@pytest.mark.parametrize("options", [ExportOptions(), ALL, ExportOptions(provenance=frozenset())])
def test_untouched_file_changes_nothing(options: ExportOptions) -> None:
    found = imported(opened(dossier(), options))
    assert found.dossier == dossier()
    assert (found.edited, found.added, found.removed, found.remarks) == (0, 0, 0, 0)


def test_changed_words_come_in_and_keep_their_source() -> None:
    word = Editing(opened(dossier()))
    word.replace("ten minste 12.000", "zeker 13.000")
    found = word.result()
    block = found.dossier.block("b3")
    assert block is not None
    assert block.text == COST_EDITED.replace("ten minste 12.000", "zeker 13.000")
    assert block.origin == origin(COST, 6, "ah-tk-1#3")
    assert found.edited == 1


def test_a_new_paragraph_becomes_own_text_in_its_place() -> None:
    word = Editing(opened(dossier()))
    word.insert_after("Er staan langs", "Nieuw in Word.")
    found = word.result()
    assert [b.text for b in found.dossier.answers[1].blocks][1] == "Nieuw in Word."
    assert found.dossier.answers[1].blocks[1].origin is None
    assert found.added == 1


def test_the_second_half_of_a_cut_paragraph_keeps_the_source() -> None:
    word = Editing(opened(dossier()))
    second = "Een windvang kost binnen drie jaar na plaatsing ongeveer 12.000 gulden"
    word.insert_after("Een windvang kost", second)
    blocks = word.result().dossier.answers[1].blocks
    assert blocks[2].origin == blocks[1].origin


def test_text_typed_over_the_empty_place() -> None:
    word = Editing(opened(dossier()))
    word.replace("Geen bron gevonden. ", "")
    word.replace("De bank bevat geen eerder antwoord op deze vraag. Hier is ruimte voor eigen tekst.", "In de lente.")
    answer = word.result().dossier.answers[2]
    assert [block.text for block in answer.blocks] == ["In de lente."]
    assert answer.status is Status.DRAFTED


def test_a_removed_paragraph_goes() -> None:
    word = Editing(opened(dossier()))
    word.remove("een tweede punt")
    found = word.result()
    assert found.dossier.block("b5") is None
    assert found.removed == 1


def test_a_comment_becomes_a_remark() -> None:
    package = opened(dossier())
    comments = package.xml("word/comments.xml")
    comment = next(c for c in comments if "Klopt dit nog" in "".join(c.itertext()))
    comment.set(f"{W}author", "J. Zeegras")
    package.set_xml("word/comments.xml", comments)
    block = imported(package).dossier.block("b3")
    assert block is not None
    assert block.remark == "Klopt dit nog?\nGraag navragen. (J. Zeegras)"


def test_a_comment_taken_away_takes_the_remark_away() -> None:
    package = opened(dossier())
    root = package.xml(package.main)
    comments = package.xml("word/comments.xml")
    number = next(c.get(f"{W}id") for c in comments if "Klopt dit nog" in "".join(c.itertext()))
    for reference in [r for r in root.iter(f"{W}commentReference") if r.get(f"{W}id") == number]:
        reference.getparent().remove(reference)  # type: ignore[union-attr]
    package.set_xml(package.main, root)
    block = imported(package).dossier.block("b3")
    assert block is not None
    assert block.remark == ""


def test_what_the_program_changed_meanwhile_stays() -> None:
    now = edits.edit_text(dossier(), "b2", COUNT + " Dat is nagegaan.")
    now, new = edits.insert(now, 2, "In het programma bijgekomen.", after="b3")
    word = Editing(opened(dossier()))
    word.replace("een eerste punt", "een ander punt")
    found = word.result(now)
    texts = [block.text for block in found.dossier.answers[1].blocks]
    assert texts[0].endswith("Dat is nagegaan.")
    assert texts[2] == "In het programma bijgekomen."
    assert texts[3] == "• een ander punt;"
    assert found.dossier.answers[1].blocks[2].id == new
    assert found.conflicts == ()


def test_changed_on_both_sides_is_told() -> None:
    now = edits.edit_text(dossier(), "b4", "• hier veranderd;")
    word = Editing(opened(dossier()))
    word.replace("een eerste punt", "een ander punt")
    found = word.result(now)
    block = found.dossier.block("b4")
    assert block is not None
    assert block.text == "• een ander punt;"
    assert found.conflicts == ("b4",)


def test_tracked_changes_made_in_word_count_as_accepted() -> None:
    word = Editing(opened(dossier()))
    p = word.paragraph("Ja.")
    run = next(r for r in p.iter(f"{W}r") if r.find(f"{W}t") is not None)
    deleted = etree.Element(f"{W}del")
    inserted = etree.Element(f"{W}ins")
    etree.SubElement(etree.SubElement(inserted, f"{W}r"), f"{W}t").text = "Nee."
    run.addprevious(deleted)
    deleted.append(run)
    deleted.addnext(inserted)
    block = word.result().dossier.block("b1")
    assert block is not None
    assert block.text == "Nee."


def test_text_after_the_place_in_a_template_is_no_answer(tmp_path: Path) -> None:
    import docx

    template = docx.Document()
    template.add_paragraph("{{antwoorden}}")
    template.add_paragraph("Hoogachtend,")
    template.save(str(tmp_path / "huisstijl.docx"))
    package = opened(dossier(), ExportOptions(template=tmp_path / "huisstijl.docx"))
    assert imported(package).dossier == dossier()


def test_a_file_without_a_dossier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "schoon.docx"
    path.write_bytes(export_bytes(dossier(), ".docx", ExportOptions(embed=False)))
    with pytest.raises(InputError, match="zit geen dossier"):
        read_edits(path, lambda _: None)


# Text as documents have it: any characters, no edge blanks (blocks are trimmed), no characters that XML cannot hold.
_TEXT = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"), max_size=60)
    .map(str.strip)
    .filter(lambda text: text and "Geen bron" not in text and not text.startswith("Bron ("))
)


_LINES = st.lists(
    st.sampled_from(["• een punt", "1. eerst", "a | b | c", "d | e | f", "gewone regel", "x | y", ""]),
    min_size=1,
    max_size=6,
).map(lambda lines: "\n".join(lines).strip())


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    count = draw(st.integers(1, 3))
    answers = []
    number = 0
    for n in range(1, count + 1):
        blocks = []
        for _ in range(draw(st.integers(0, 3))):
            number += 1
            text = draw(_TEXT | _LINES.filter(bool))
            source = draw(st.none() | st.just(text) | _TEXT)
            places = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=2))))
            notes = tuple(BlockNote(p, " ".join(draw(_TEXT).split()) or "noot") for p in places)
            notes = tuple(note for note in notes if not note.text.startswith("Bron ("))
            blocks.append(
                Block(
                    f"b{number}",
                    text,
                    origin(source) if source else None,
                    notes=notes,
                    remark=draw(st.just("") | _TEXT),
                )
            )
        status = Status.DRAFTED if blocks else Status.NO_SOURCE
        answers.append(DraftAnswer((n,), tuple(blocks), status))
    document = Document(
        id="set",
        sha256="",
        source="vragen.txt",
        kind=Kind.QUESTIONS,
        text="",
        questions=tuple(question(n, f"Hoe staat het met molen {n}?") for n in range(1, count + 1)),
    )
    return Dossier("set", document, tuple(answers), datetime.date(2031, 1, 2), MOMENT, MOMENT)


@settings(max_examples=40)
@given(dossiers(), st.sampled_from([ExportOptions(), ALL]))
def test_round_trip_keeps_text_notes_and_provenance(given_dossier: Dossier, options: ExportOptions) -> None:
    data = export_bytes(given_dossier, ".docx", options)
    found = imported(WordPackage.from_bytes(data))
    assert found.dossier == given_dossier
    assert export_bytes(found.dossier, ".docx", options) == data


@settings(max_examples=25)
@given(dossiers(), st.data())
def test_edits_come_back_exactly(given_dossier: Dossier, data: st.DataObject) -> None:
    """What is typed in one version comes out of the file of the other: export, edit the dossier, read back."""
    edited = given_dossier
    for answer in given_dossier.answers:
        for block in answer.blocks:
            if data.draw(st.booleans()):
                edited = edits.edit_text(edited, block.id, data.draw(_TEXT))
    package = opened(edited)
    held = extract(opened(given_dossier))
    assert held is not None
    found = apply_edits(accepted_paragraphs(package), held, given_dossier)
    texts = [[block.text for block in answer.blocks] for answer in found.dossier.answers]
    assert texts == [[block.text for block in answer.blocks] for answer in edited.answers]
    sources = [[block.origins for block in answer.blocks] for answer in found.dossier.answers]
    assert sources == [[block.origins for block in answer.blocks] for answer in given_dossier.answers]


def test_lists_and_tables_are_real_ones_and_come_back() -> None:
    text = "Zie dit:\n• een punt;\n• nog een punt.\nHaven | Schepen\nOosterdam | 12\nWesterdam | 7"
    given_dossier = edits.edit_text(dossier(), "b1", text)
    package = opened(given_dossier)
    root = package.xml(package.main)
    tables = [t for t in root.iter(f"{W}tbl") if "Oosterdam" in "".join(t.itertext())]
    assert [len(t.findall(f"{W}tr")) for t in tables] == [3]
    assert imported(package).dossier == given_dossier
    word = Editing(package)
    word.insert_after("• een punt;", "• een punt ertussen;")
    word.replace("Westerdam", "Noorderdam")
    block = word.result().dossier.block("b1")
    assert block is not None
    assert block.text == text.replace("een punt;\n", "een punt;\n• een punt ertussen;\n").replace(
        "Westerdam", "Noorderdam"
    )


@settings(max_examples=40)
@given(st.data())
def test_damaged_files_are_refused_in_plain_words(data: st.DataObject) -> None:
    """Whatever is broken, the user reads what to do and never sees a traceback."""
    good = export_bytes(dossier(), ".docx")
    at = data.draw(st.integers(0, len(good) - 1))
    bad = data.draw(st.sampled_from([good[:at], good[:at] + b"\xff\x00" + good[at + 2 :]]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kapot.docx"
        path.write_bytes(bad)
        with contextlib.suppress(InputError):
            read_edits(path, lambda _: None)


def _run(content: str, properties: str = "") -> etree._Element:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xml:space="preserve"'
    return etree.fromstring(f"<w:r {space}><w:rPr>{properties}</w:rPr>{content}</w:r>")


def test_hidden_text_does_not_come_in_and_a_symbol_comes_in_as_what_it_shows() -> None:
    word = Editing(opened(dossier()))
    word.insert_after("Er staan langs", "Hoogte ")
    p = word.paragraph("Hoogte ")
    p.append(_run('<w:sym w:font="Symbol" w:char="F0B3"/>'))
    p.append(_run("<w:t> 5 meter.</w:t>"))
    p.append(_run("<w:t>intern</w:t>", "<w:vanish/>"))
    p.append(_run("<w:t> Zeker.</w:t>", '<w:vanish w:val="0"/>'))
    assert word.result().dossier.answers[1].blocks[1].text == "Hoogte ≥ 5 meter. Zeker."


@pytest.mark.parametrize("between", ["\n\n", "\n \n", "\n\n\n\n"])
def test_a_blank_line_in_own_text_parts_two_paragraphs_and_is_none_itself(between: str) -> None:
    given_dossier = edits.edit_text(dossier(), "b1", f"Er komt een ploeg.{between}Daarom kan het eerder.")
    package = opened(given_dossier)
    body = package.xml(package.main).find(f"{W}body")
    assert body is not None
    texts = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.findall(f"{W}p")]
    at = texts.index("Er komt een ploeg.")
    assert texts[at + 1] == "Daarom kan het eerder."
    assert imported(package).dossier == given_dossier


def test_an_empty_cell_keeps_its_column_in_word_and_back() -> None:
    text = "Haven | 2029 | 2030\nOosterdam | | 12\n| 7 |"
    given_dossier = edits.edit_text(dossier(), "b1", text)
    package = opened(given_dossier)
    table = next(t for t in package.xml(package.main).iter(f"{W}tbl") if "Oosterdam" in "".join(t.itertext()))
    cells = [["".join(c.itertext()) for c in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
    assert cells == [["Haven", "2029", "2030"], ["Oosterdam", "", "12"], ["", "7", ""]]
    assert imported(package).dossier == given_dossier


def test_who_changed_what_is_told_by_tracked_changes_or_by_who_saved_the_file(tmp_path: Path) -> None:
    word = Editing(opened(dossier()))
    word.insert_after("Er staan langs", "Nieuw in Word.")
    new = word.paragraph("Nieuw in Word.")
    run = new[0]
    tracked = etree.Element(f"{W}ins")
    for name, value in (("author", "Anna Dijk"), ("date", "2031-03-01T10:00:00Z")):
        tracked.set(f"{W}{name}", value)
    new.replace(run, tracked)
    tracked.append(run)
    word.replace("ten minste 12.000", "zeker 13.000")
    word.package.set_xml(word.package.main, word.root)
    core = word.package.xml("docProps/core.xml")
    for child in core:
        if child.tag.endswith("lastModifiedBy"):
            child.text = "Bas Veer"
        if child.tag.endswith("modified"):
            child.text = "2031-03-02T09:00:00Z"
    word.package.set_xml("docProps/core.xml", core)
    path = tmp_path / "terug.docx"
    path.write_bytes(word.package.to_bytes())
    found = {change.after: change for _, change in changes_of(read_edits(path, lambda _: None).dossier)}
    new_one = found["Nieuw in Word."]
    assert (new_one.author, new_one.kind, new_one.file) == ("Anna Dijk", ChangeKind.ADDED, "terug.docx")
    assert new_one.at is not None
    assert new_one.at.hour == 10
    (edited,) = (change for change in found.values() if change.kind is ChangeKind.EDITED)
    assert (edited.author, edited.before) == ("Bas Veer", COST_EDITED)
    for child in core:  # a program that puts in its user's name, and leaves the day as it was
        if child.tag.endswith("modified"):
            child.text = f"{dossier().as_of.isoformat()}T00:00:00Z"
    word.package.set_xml("docProps/core.xml", core)
    path.write_bytes(word.package.to_bytes())
    (edited,) = (
        change for _, change in changes_of(read_edits(path, lambda _: None).dossier) if change.kind is ChangeKind.EDITED
    )
    assert (edited.author, edited.at) == ("Bas Veer", None)
    untouched = tmp_path / "zo.docx"
    untouched.write_bytes(opened(dossier(), ALL).to_bytes())
    assert not list(changes_of(read_edits(untouched, lambda _: None).dossier))
