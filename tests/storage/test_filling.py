"""Files into the bank: what replaces what, what is skipped, stopping and going on, and the index that follows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.bank_samples import make_document
from support.encoder import TinyEncoder

from answers_bank.filling import filling, intake
from answers_bank.filling.filling import IngestReport, expand, ingest, rebuild
from answers_bank.index.meaning import KINDS, MeaningIndex
from answers_bank.store.bank import Bank
from embeddings.errors import BankError, Cancelled
from embeddings.progress import Silent

TEXT = """Vragen van het lid Vlieger (WIND) aan de Minister van Wind en Water over de keuring van molens
(ingezonden 1 april 2031).

Vraag 1
Hoeveel windmolens zijn er dit jaar gekeurd?

Antwoord 1
Er zijn er {number} gekeurd. De keuring is verplicht op grond van de Wet draaiende delen.

Vraag 2
Wat gebeurt er met molens die worden afgekeurd?

Antwoord 2
Die staan stil tot het herstel klaar is; de eigenaar krijgt daarvoor een termijn van acht weken.
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank.open(tmp_path / "bank", create=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.unchanged, report.updated, len(report.failed)


def register(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def record(identifier: str, answer: str = "Er zijn 412 molens gekeurd door de Windautoriteit.") -> dict[str, Any]:
    return {"id": identifier, "date": "2031-05-02", "title": "Keuring", "question": "Hoeveel molens?", "answer": answer}


def test_running_it_again_changes_nothing(bank: Bank, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT.format(number=412), "utf-8")
    register(folder / "r.jsonl", record("x"), record("y", "Iets anders over waterfietsen."))
    encoder = TinyEncoder()
    report = ingest(bank, [folder], encoder)
    assert counts(report) == (3, 0, 0, 0)
    assert report.embedded == encoder.encoded > 0
    assert set(report.json) == {"added", "unchanged", "updated", "failed", "doubted", "passages", "embedded", "seconds"}
    generation = bank.generation
    again = ingest(bank, [folder], encoder)
    assert counts(again) == (0, 3, 0, 0)
    assert (again.passages, again.embedded) == (0, 0)
    assert bank.generation == generation


def test_the_model_is_loaded_only_when_there_is_something_to_encode(bank: Bank, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT.format(number=412), "utf-8")
    ingest(bank, [folder], TinyEncoder())

    def load() -> TinyEncoder:
        raise AssertionError("loaded")

    ingest(bank, [folder], load)


def test_a_changed_file_replaces_its_document(bank: Bank, folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text(TEXT.format(number=412), "utf-8")
    ingest(bank, [path], TinyEncoder())
    path.write_text(TEXT.format(number=500), "utf-8")
    report = ingest(bank, [path], TinyEncoder())
    assert counts(report) == (0, 0, 1, 0)
    assert bank.info().documents == 1
    assert "Er zijn er 500" in bank.document(bank.documents()[0].id).text


def test_a_file_that_becomes_another_document_takes_the_old_one_out(bank: Bank, folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text(TEXT.format(number=412), "utf-8")
    ingest(bank, [path])
    (old,) = bank.documents()
    path.write_text(TEXT.format(number=412) + "\nah-tk-20302031-77\n", "utf-8")
    report = ingest(bank, [path])
    (new,) = bank.documents()
    assert counts(report) == (0, 0, 1, 0)
    assert new.sha256 != old.sha256


def test_two_files_of_one_name_are_two_documents(bank: Bank, folder: Path) -> None:
    for name, text in (
        ("x", TEXT.format(number=412)),
        ("y", "Geachte voorzitter,\n\nHierbij de stand van de haven.\n"),
    ):
        (folder / name).mkdir()
        (folder / name / "antwoord.txt").write_text(text, "utf-8")
    assert counts(ingest(bank, [folder])) == (2, 0, 0, 0)
    assert counts(ingest(bank, [folder])) == (0, 2, 0, 0)
    (folder / "y" / "antwoord.txt").write_text("Geachte voorzitter,\n\nHierbij de stand van de brug.\n", "utf-8")
    assert counts(ingest(bank, [folder])) == (0, 1, 1, 0)
    assert bank.info().documents == 2


def test_a_file_that_was_moved_is_not_new(bank: Bank, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT.format(number=412), "utf-8")
    ingest(bank, [folder])
    (folder / "later").mkdir()
    shutil.move(folder / "a.txt", folder / "later" / "a.txt")
    assert counts(ingest(bank, [folder])) == (0, 1, 0, 0)
    (folder / "later" / "a.txt").write_text(TEXT.format(number=413), "utf-8")
    assert counts(ingest(bank, [folder])) == (0, 0, 1, 0)
    assert bank.info().documents == 1


@pytest.mark.parametrize("order", [("a.pdf", "b.xml"), ("b.xml", "a.pdf")])
def test_of_one_publication_the_richest_form_stays(bank: Bank, folder: Path, order: tuple[str, str]) -> None:
    for name in order:
        (folder / name).write_text("stands for a file")
    made = {name: make_document("ah-tk-20302031-101", source=name, sha256=name) for name in order}
    for _ in range(2):
        for name in order:
            with intake.taking(bank, "1") as taking:
                taking.take(made[name], folder / name)
    assert bank.document("ah-tk-20302031-101").source == "b.xml"
    assert bank.info().documents == 1


def test_what_cannot_be_read_holds_nothing_up(bank: Bank, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT.format(number=412), "utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "odd.docx").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "~$a.docx").write_text("lock file of a word processor")
    register(folder / "r.jsonl", record("x"), {"id": "y"}, record("x", "Een ander antwoord."))
    report = ingest(bank, [folder, folder / "gone.txt"])
    assert counts(report) == (2, 0, 0, 5)
    failed = dict(report.failed)
    assert failed[f"{folder / 'r.jsonl'}:2"].startswith("Het antwoord")
    assert "al eerder" in failed[f"{folder / 'r.jsonl'}:3"]
    assert all("\n" not in reason for reason in failed.values())


def test_folders_are_searched_in_order(folder: Path) -> None:
    (folder / "b").mkdir()
    for name in ("z.txt", "b/y.PDF", "a.docx", "note.md"):
        (folder / name).write_text("x")
    assert [path.name for path in expand([folder])] == ["a.docx", "y.PDF", "z.txt"]


class StopAfter(Silent):
    """Asks to stop after so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        self.left -= steps

    def cancelled(self) -> bool:
        return self.left <= 0


@pytest.mark.parametrize("steps", [1, 10, 30, 45])
def test_stopping_keeps_what_is_done_and_goes_on_later(
    bank: Bank, folder: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answers_bank.filling.encoding._COMMIT", 4)
    path = register(folder / "r.jsonl", *(record(f"x{n}", f"Antwoord nummer {n} over molens.") for n in range(30)))
    encoder = TinyEncoder()
    with pytest.raises(Cancelled):
        ingest(bank, [path], encoder, StopAfter(steps))
    kept = bank.info()
    assert kept.documents >= min(steps, 30)
    report = ingest(bank, [path], encoder)
    assert report.added + report.unchanged == 30
    assert report.unchanged == kept.documents
    assert bank.info().to_encode == 0
    assert encoder.encoded == bank.info().vectors, "nothing was encoded twice"


def test_the_index_follows_the_bank(bank: Bank, folder: Path) -> None:
    path = register(folder / "r.jsonl", record("x"), record("y", "Waterfietsen mogen op het meer."))
    encoder = TinyEncoder()
    ingest(bank, [path], encoder)
    index = MeaningIndex.open(bank)
    assert index is not None
    assert len(index) == bank.info().pieces
    rows, scores = index.search(encoder.encode_queries(["Waterfietsen mogen op het meer."]), 1)
    row = int(rows[0, 0])
    assert scores[0, 0] > 0.99
    assert KINDS[index.kinds[row]] == "passage"
    passage = bank.passages_by_key([int(index.first[row])])[int(index.first[row])]
    assert passage.text == "Waterfietsen mogen op het meer."
    summary = next(d for d in bank.documents() if d.id == "y")
    assert index.documents[row] == summary.key

    bank.remove("y")
    after = MeaningIndex.open(bank)
    assert after is not None
    assert len(after) == bank.info().pieces
    rows, _ = after.search(encoder.encode_queries(["Waterfietsen mogen op het meer."]), 10)
    assert summary.key not in after.documents[rows[rows >= 0]]


def test_the_index_is_made_again_when_it_is_gone_or_damaged(bank: Bank, folder: Path) -> None:
    ingest(bank, [register(folder / "r.jsonl", record("x"))], TinyEncoder())
    whole = MeaningIndex.open(bank)
    assert whole is not None
    assert bank.cache_folder is not None
    manifest = bank.cache_folder / "vectors" / "manifest.json"
    manifest.write_text("{")
    again = MeaningIndex.open(bank)
    assert again is not None
    assert np.array_equal(again.vectors(), whole.vectors())
    shutil.rmtree(bank.cache_folder)
    gone = MeaningIndex.open(bank)
    assert gone is not None
    assert np.array_equal(gone.keys, whole.keys)


def test_the_index_waits_for_texts_that_are_not_encoded_yet(bank: Bank, folder: Path) -> None:
    ingest(bank, [register(folder / "r.jsonl", record("x"))], TinyEncoder())
    ingest(bank, [register(folder / "s.jsonl", record("y", "Waterfietsen mogen op het meer."))], None)
    waiting = MeaningIndex.open(bank)
    assert waiting is not None
    assert len(waiting) < bank.info().pieces
    ingest(bank, [], TinyEncoder())
    done = MeaningIndex.open(bank)
    assert done is not None
    assert len(done) == bank.info().pieces


def test_an_older_copy_of_the_bank_gets_an_index_of_its_own(bank: Bank, folder: Path, tmp_path: Path) -> None:
    ingest(bank, [register(folder / "r.jsonl", record("x"))], TinyEncoder())
    bank.close()
    copy = (bank.folder / "bank.sqlite").read_bytes()
    with Bank.open(bank.folder) as newer:
        ingest(newer, [register(folder / "s.jsonl", record("y", "Iets over waterfietsen."))], TinyEncoder())
    for extra in bank.folder.glob("bank.sqlite*"):
        extra.unlink()
    (bank.folder / "bank.sqlite").write_bytes(copy)
    with Bank.open(bank.folder) as older:
        index = MeaningIndex.open(older)
        assert index is not None
        assert len(index) == older.info().pieces


def test_read_only_keeps_its_caches_with_the_user(bank: Bank, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(bank, [register(folder / "r.jsonl", record("x"))], TinyEncoder())
    assert bank.cache_folder is not None
    shutil.rmtree(bank.cache_folder)
    with Bank.open(bank.folder, read_only=True) as reader:
        index = MeaningIndex.open(reader)
        assert index is not None
        assert len(index) == reader.info().pieces
        assert reader.cache_folder is not None
        assert any(reader.cache_folder.rglob("manifest.json"))
        monkeypatch.setenv("KAMERANTWOORD_CACHE", str(folder / "r.jsonl"))  # a file: nothing can be kept there
        assert reader.cache_folder is None
        in_memory = MeaningIndex.open(reader)
        assert in_memory is not None
        assert len(in_memory) == len(index)
    assert not bank.cache_folder.exists()


def test_rebuild_changes_the_model(bank: Bank, folder: Path) -> None:
    path = register(folder / "r.jsonl", record("x"))
    ingest(bank, [path], TinyEncoder())
    register(folder / "r.jsonl", record("x"), record("y", "Iets over waterfietsen."))
    with pytest.raises(BankError, match="bank rebuild"):
        ingest(bank, [path], TinyEncoder(name="other", dimension=32))
    assert rebuild(bank, TinyEncoder(name="other", dimension=32)) == bank.info().vectors
    index = MeaningIndex.open(bank)
    assert index is not None
    assert index.vectors().shape == (bank.info().pieces, 32)


def test_no_vectors_no_index(bank: Bank) -> None:
    assert MeaningIndex.open(bank) is None


def test_export_holds_every_document(bank: Bank, folder: Path) -> None:
    bank.add(make_document("a"))
    bank.add(make_document("b", number=2))
    assert filling.export(bank, folder / "all.jsonl") == 2
    lines = [json.loads(line) for line in (folder / "all.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert lines[0]["text"] == make_document("a").text
