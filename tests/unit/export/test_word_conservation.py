"""Every word that comes in from Word is in the dossier afterwards, or in a line of the report."""

from __future__ import annotations

import threading
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.dossiers import dossier
from support.word import W

from benchmarks.faults import word_edits
from benchmarks.faults.word_editor import Editor
from benchmarks.faults.word_edits import edited, lost_answers, read_back, unaccounted
from drafter.dossier.store import DossierStore
from drafter.export import ExportOptions, Provenance, export_bytes, export_dossier
from drafter.export.word.package import WordPackage
from drafter.tasks.import_edits import import_file

OPTIONS = (
    ExportOptions(),
    ExportOptions(provenance=frozenset(Provenance), track_changes=True),
    ExportOptions(provenance=frozenset(), remarks=False, findings=False),
)


@given(st.integers(0, 10**9), st.sampled_from(OPTIONS))
@settings(max_examples=60, deadline=None)
def test_no_word_goes_unaccounted_for(seed: int, options: ExportOptions) -> None:
    package, words = edited(dossier(), seed, options)
    found = read_back(package)
    assert unaccounted(found, words) == []
    assert lost_answers(dossier(), found, package) == []


@pytest.mark.parametrize("seed", [236, 414])
def test_words_that_only_the_older_form_of_a_text_box_holds_are_told(seed: int) -> None:
    """Found among a thousand: both forms were there, and only the one that is not shown was typed in."""
    package, words = edited(dossier(), seed)
    assert unaccounted(read_back(package), words) == []


@pytest.mark.parametrize("options", OPTIONS)
def test_a_file_that_nobody_touched_is_told_nothing_of(options: ExportOptions, tmp_path: Path) -> None:
    found = import_file(tmp_path, export_dossier(dossier(), tmp_path / "a.docx", options), keep=False)
    assert (found.not_taken, found.questions) == ((), ())


def _typed(number: int, places: tuple[str, ...]) -> tuple[WordPackage, list[str]]:
    editor = Editor(WordPackage.from_bytes(export_bytes(dossier(), ".docx", ExportOptions())), Random(number))
    for place in places:
        getattr(editor, place)()
    editor.package.set_xml(editor.package.main, editor.root)
    return editor.package, editor.words


@pytest.mark.parametrize("place", ["word_art", "inserted_file", "tracked_within_tracked", "joined_by_tracking", "ruby"])
@pytest.mark.parametrize("strict", [False, True])
def test_words_in_places_that_few_people_know_are_accounted_for(place: str, strict: bool) -> None:
    """Letters in an attribute, a page that was inserted as a file, and all of it as "Strict Open XML"."""
    for number in range(4):
        package, words = _typed(number, (place,))
        if strict:
            word_edits._as_strict(package)
        assert words
        found = read_back(WordPackage.from_bytes(package.to_bytes()))
        assert unaccounted(found, words) == []
        assert found.dossier.answers


def test_an_inserted_file_that_cannot_be_read_is_told() -> None:
    package, _ = _typed(1, ("inserted_file",))
    name = next(name for name in package.parts if name.endswith(".htm"))
    package.parts[name] = b"%PDF-1.7 niets"
    assert any("is niet gelezen" in line for line in read_back(package).not_taken)


class Word:
    """A draft that was exported, as a user edits it."""

    def __init__(self, folder: Path) -> None:
        DossierStore(folder).create(dossier()).close()
        self.folder = folder
        self.path = export_dossier(dossier(), folder / "a.docx")
        self.package = WordPackage.open(self.path)
        self.root = self.package.xml(self.package.main)

    def paragraph(self, text: str) -> etree._Element:
        return next(p for p in self.root.iter(f"{W}p") if text in "".join(t.text or "" for t in p.iter(f"{W}t")))

    def typed(self, text: str) -> etree._Element:
        p = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(p, f"{W}r"), f"{W}t").text = text
        return p

    def saved(self, name: str = "a.docx") -> Path:
        self.package.set_xml(self.package.main, self.root)
        path = self.folder / name
        path.write_bytes(self.package.to_bytes())
        return path


@pytest.fixture
def word(tmp_path: Path) -> Word:
    return Word(tmp_path)


def test_what_is_typed_where_no_answer_is_is_told(word: Word) -> None:
    question = word.paragraph("Vraag 1")
    question.addnext(word.typed("Onder het kopje van de vraag."))
    word.root[0].insert(0, word.typed("Voor vraag 1."))
    found = import_file(word.folder, word.saved())
    assert set(found.not_taken) == {"Onder het kopje van de vraag.", "Voor vraag 1."}
    assert found.dossier.answers == dossier().answers


def test_a_word_that_the_draft_already_holds_is_told_all_the_same(word: Word) -> None:
    word.paragraph("Vraag 1").addnext(word.typed("Nee"))
    assert import_file(word.folder, word.saved()).not_taken == ("Nee",)


def test_a_heading_that_was_deleted_is_asked_about_and_removes_nothing(word: Word) -> None:
    heading = word.paragraph("Antwoord op vraag 2")
    heading.getparent().remove(heading)  # type: ignore[union-attr]
    found = import_file(word.folder, word.saved())
    assert found.removed == 0
    assert found.dossier.answers == dossier().answers
    assert len(found.questions) == 1
    assert "kopje" in found.questions[0]


def test_an_edit_under_a_heading_that_was_retyped_comes_in(word: Word) -> None:
    heading = word.paragraph("Antwoord op vraag 2")
    heading.addnext(word.typed("Antwoord op vraag 2"))
    heading.getparent().remove(heading)  # type: ignore[union-attr]
    text = next(t for t in word.root.iter(f"{W}t") if "ten minste 12.000" in (t.text or ""))
    text.text = (text.text or "").replace("ten minste 12.000", "zeker 13.000")
    found = import_file(word.folder, word.saved())
    assert (found.edited, found.removed) == (1, 0)
    block = found.dossier.block("b3")
    assert block is not None
    assert "zeker 13.000" in block.text


def test_a_whole_answer_that_is_gone_is_asked_about(word: Word) -> None:
    body = word.root[0]
    rows = list(body)
    first = next(n for n, p in enumerate(rows) if p is word.paragraph("Antwoord op vraag 2"))
    last = next(n for n, p in enumerate(rows) if n > first and "Vraag 3" in "".join(p.itertext()))
    for p in rows[first:last]:
        body.remove(p)
    found = import_file(word.folder, word.saved())
    assert found.removed == 0
    assert found.dossier.answers == dossier().answers
    assert "gebleven" in found.questions[0]


def test_two_imports_at_once_both_come_in(word: Word, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one begins while the first has read the dossier and has not saved it yet."""
    import drafter.export.word.edits as module

    target = word.paragraph("ten minste 12.000")
    target.addnext(word.typed("Van de eerste."))
    one = word.saved("een.docx")
    other = Word.__new__(Word)
    other.folder, other.package = word.folder, WordPackage.open(word.path)
    other.root = other.package.xml(other.package.main)
    other.paragraph("ten minste 12.000").addnext(other.typed("Van de tweede."))
    two = other.saved("twee.docx")
    inside, go = threading.Event(), threading.Event()
    real = module.apply_edits

    def slow(*given: object) -> object:
        if not inside.is_set():
            inside.set()
            assert go.wait(5)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "apply_edits", slow)
    first = threading.Thread(target=import_file, args=(word.folder, one))
    first.start()
    assert inside.wait(5)
    second = threading.Thread(target=import_file, args=(word.folder, two))
    second.start()
    go.set()
    first.join()
    second.join()
    texts = [block.text for answer in DossierStore(word.folder).load(dossier().id).answers for block in answer.blocks]
    assert {"Van de eerste.", "Van de tweede."} <= set(texts)
