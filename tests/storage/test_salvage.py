"""A damaged bank made again: what is still right is saved, what is not is named, and nothing else is ever shown."""

from __future__ import annotations

import datetime
import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.encoder import TinyEncoder

from answers_bank.documents import Detail, Document
from answers_bank.filling.filling import encode, ingest, rebuild
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.bank import Bank
from answers_bank.store.connection import FILE_NAME
from drafter.cli.main import run
from drafter.tasks.upkeep.mending import MendedBank, mend_if_damaged
from drafter.tasks.workspace import Workspace
from embeddings.errors import BankError

MOMENT = datetime.datetime(2031, 5, 6, 12, tzinfo=datetime.UTC)
TEXT = "Vraag 1\nHoeveel molens zijn er in {n}?\n\nAntwoord 1\nEr zijn {n} molens, en zij draaien alle dagen.\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a bank of two documents of files, one of a register, and a corrected title."""
    place = tmp_path_factory.mktemp("salvage")
    folder = place / "bank"
    with Bank.open(folder, create=True) as bank:
        for name in ("a", "b"):
            path = place / f"{name}.txt"
            path.write_text(TEXT.format(n=len(name) + ord(name)), "utf-8")
            ingest(bank, [path])
        bank.add(make_document("d1", number=1))
        bank.annotate([Annotation(About.DOCUMENT, "d1", Detail.TITLE, "Verbeterd", "J. Zeegras", MOMENT)])
        encode(bank, TinyEncoder())
    return place


@pytest.fixture
def folder(place: Path) -> Iterator[Path]:
    """The bank, as new for each test; its files stand beside it."""
    whole = place / "heel"
    if not whole.is_dir():
        shutil.copytree(place / "bank", whole)
    yield place / "bank"
    shutil.rmtree(place / "bank")
    shutil.copytree(whole, place / "bank")


def known(folder: Path) -> dict[str, Document]:
    with Bank.open(folder) as bank:
        return {one.id: bank.document(one.id) for one in bank.documents()}


def text_of(document: Document) -> Document:
    """Without who corrected it when: that stands in one place, and goes with it."""
    return replace(document, corrections=())


def harm(folder: Path, *changes: str) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        for change in changes:
            connection.execute(change)


def mended(folder: Path) -> MendedBank:
    found = mend_if_damaged(folder, MOMENT.replace(tzinfo=None))
    assert found is not None
    return found


DERIVED = (
    "UPDATE piece SET first = (SELECT max(key) FROM passage) WHERE document = 1",
    "UPDATE passage SET text = replace(text, 'molens', 'wolven') WHERE document = 1",
    "UPDATE document SET title = 'Anders' WHERE id = 'a'",
    "UPDATE person SET name = 'Iemand Anders'",
    "UPDATE document SET content_hash = zeroblob(16) WHERE id = 'a'",
    "DELETE FROM passage WHERE document = 2",
    "UPDATE history SET mark = zeroblob(16) WHERE generation = 2",
    "UPDATE annotation SET value = 'Nog anders'",
)


@pytest.mark.parametrize("change", DERIVED)
def test_what_is_made_from_the_documents_is_made_again(folder: Path, change: str) -> None:
    before = known(folder)
    harm(folder, change)
    found = mended(folder)
    assert found.saved.lost == ()
    assert known(folder) == before
    with Bank.open(folder) as bank:
        assert bank.damage() == []
        rebuild(bank, TinyEncoder())
        assert bank.damage() == []
        assert ingest(bank, [folder.parent / "a.txt"]).unchanged == 1
    assert (found.aside / FILE_NAME).is_file()


def test_a_document_that_became_another_is_named_with_its_file_and_can_be_taken_up_again(folder: Path) -> None:
    before = known(folder)
    harm(folder, "UPDATE document SET content = zeroblob(300) WHERE id IN ('a', 'd1')")
    found = mended(folder)
    assert [(lost.id, [Path(p).name for p in lost.files]) for lost in found.saved.lost] == [
        ("a", ["a.txt"]),
        ("d1", []),
    ]
    assert known(folder) == {"b": before["b"]}
    with Bank.open(folder) as bank:
        assert ingest(bank, [folder.parent / "a.txt", folder.parent / "b.txt"]).added == 1
        bank.add(make_document("d1", number=1))
        assert bank.damage() == []
    assert known(folder) == before  # what was corrected waited for its document


def test_a_document_that_vanished_is_told_from_the_history(folder: Path) -> None:
    harm(folder, "PRAGMA foreign_keys = 1", "DELETE FROM document WHERE id = 'b'")
    found = mended(folder)
    assert [lost.id for lost in found.saved.lost] == ["b"]
    assert set(known(folder)) == {"a", "d1"}


def test_what_no_program_said_of_a_document_is_left_out(folder: Path) -> None:
    harm(folder, "INSERT INTO annotation VALUES ('document', 'a', 'title', 'Vals', 'x', '2031-01-01T00:00:00Z', 3)")
    mended(folder)
    assert known(folder)["a"].title != "Vals"


@pytest.mark.parametrize("seed", [0, 8, 9, 34, 45, 52])
def test_a_file_with_a_hole_in_it_gives_what_was_written_or_names_it(folder: Path, seed: int) -> None:
    before = known(folder)
    chance = random.Random(seed)
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    size = chance.choice([1, 64, 512, 4096])
    place = chance.randrange(100, len(data) - size)
    data[place : place + size] = chance.randbytes(size) if seed % 2 else bytes(size)
    path.write_bytes(data)
    refused = ""
    found = None
    try:
        found = mend_if_damaged(folder, MOMENT.replace(tzinfo=None))
    except BankError as error:
        refused = error.message
    if refused:  # then nothing of it can be told any more
        assert "Er is niets veranderd" in refused
        assert path.read_bytes() == bytes(data)
        return
    after = known(folder)
    assert all(text_of(before[identifier]) == text_of(document) for identifier, document in after.items())
    named = {lost.id for lost in found.saved.lost} if found else set()
    assert set(before) - set(after) <= named or not found
    with Bank.open(folder) as bank:
        assert bank.damage() == [] or found is None


def test_a_whole_bank_is_left_as_it_is(folder: Path) -> None:
    before = (folder / FILE_NAME).read_bytes()
    assert mend_if_damaged(folder, MOMENT.replace(tzinfo=None)) is None
    harm(folder, "UPDATE vector SET data = zeroblob(128)")  # rebuilding makes those again
    assert mend_if_damaged(folder, MOMENT.replace(tzinfo=None)) is None
    assert len(before)


def test_a_file_that_is_no_database_stays_where_it_is(folder: Path) -> None:
    (folder / FILE_NAME).write_bytes(b"weg" * 5000)
    with pytest.raises(BankError, match="geen enkel stuk"):
        mend_if_damaged(folder, MOMENT.replace(tzinfo=None))
    assert (folder / FILE_NAME).read_bytes() == b"weg" * 5000
    assert not list(folder.glob("vervangen*"))


def test_bank_rebuild_mends_and_says_what_to_take_up_again(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "encoder", lambda self: TinyEncoder())
    harm(folder, "UPDATE document SET content = zeroblob(300), title = 'x' WHERE id = 'a'")
    assert run(["bank", "list", "--bank", str(folder)]) == 4
    assert "bank rebuild" in capsys.readouterr().err
    assert run(["bank", "rebuild", "--bank", str(folder)]) == 0
    out = capsys.readouterr().out
    assert f"kamerantwoord ingest {folder.parent / 'a.txt'}" in out
    assert run(["bank", "rebuild", "--json", "--bank", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)["mended"] is None
