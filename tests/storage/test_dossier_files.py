"""A dossier's files move together, whenever a program died, and nobody's dossier is put over another's."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.dossier_samples import clock, dossier

from drafter.dossier import edits
from drafter.dossier.session import DossierSession
from drafter.dossier.storage import files
from drafter.dossier.storage.database import FILE_VERSION, connect, damage
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from drafter.tasks.draft import keep
from embeddings.errors import BankError


@pytest.fixture
def store(tmp_path: Path) -> DossierStore:
    return DossierStore(tmp_path, clock)


def typed(value: Dossier, text: str) -> Dossier:
    return edits.edit_text(value, "b2", text)


def text(value: Dossier) -> str:
    block = value.block("b2")
    assert block is not None
    return block.text


def dies(store: DossierStore, last: str, aside: Path) -> None:
    """A program types `last` into the dossier and is killed: its files stay as they are at that moment."""
    with store.open("wind") as session:
        session.record(typed(session.dossier, last), "tekst gewijzigd")
        shutil.copytree(store.folder, aside)
    for name in ("wind.dossier", "wind.dossier-wal"):
        shutil.copy(aside / name, store.folder / name)


@pytest.fixture
def killed(store: DossierStore, tmp_path: Path) -> DossierStore:
    """A dossier whose last work stands beside it."""
    store.create(dossier()).close()
    dies(store, "Het laatste werk.", tmp_path / "aside")
    assert (store.folder / "wind.dossier-wal").stat().st_size
    return store


def read(path: Path, store: DossierStore, folder: Path) -> Dossier:
    """The dossier in the one file `path`."""
    other = DossierStore(folder, clock)
    other.folder.mkdir(parents=True)
    shutil.copy(path, other.path("wind"))
    return other.load("wind")


def test_a_deleted_dossier_takes_its_last_work_along_and_leaves_nothing(killed: DossierStore, tmp_path: Path) -> None:
    aside = killed.delete("wind")
    assert text(read(aside, killed, tmp_path / "copy")) == "Het laatste werk."
    assert not list(killed.folder.glob("wind.dossier*"))
    killed.create(typed(dossier(), "Een nieuw begin.")).close()
    assert text(killed.load("wind")) == "Een nieuw begin."


def test_changes_without_their_dossier_are_never_played_over_a_new_one(killed: DossierStore) -> None:
    changes = (killed.folder / "wind.dossier-wal").read_bytes()
    killed.path("wind").unlink()
    killed.create(typed(dossier(), "Een nieuw begin.")).close()
    assert text(killed.load("wind")) == "Een nieuw begin."
    [kept] = (killed.folder / files.BIN).iterdir()
    assert kept.read_bytes() == changes


def test_changes_of_another_dossier_are_set_aside_when_a_copy_was_put_back(
    killed: DossierStore, tmp_path: Path
) -> None:
    other = DossierStore(tmp_path / "other", clock)
    with other.create(dossier()) as session:
        for number in range(40):
            session.record(typed(session.dossier, f"Reservekopie {number}." * 50), "tekst gewijzigd")
    shutil.copy(other.path("wind"), killed.path("wind"))
    with killed.open("wind") as session:
        assert text(session.dossier).startswith("Reservekopie 39.")
        session.record(typed(session.dossier, "Verder."), "tekst gewijzigd")
    assert text(killed.load("wind")) == "Verder."
    assert len(list((killed.folder / files.BIN).iterdir())) == 1


def test_the_last_work_is_there_again_after_a_kill(killed: DossierStore) -> None:
    assert text(killed.load("wind")) == "Het laatste werk."
    with killed.open("wind") as session:
        assert text(session.dossier) == "Het laatste werk."


def test_no_deleted_copy_is_overwritten(store: DossierStore, tmp_path: Path) -> None:
    for n, words in enumerate(("Een.", "Twee.", "Drie.")):
        store.create(typed(dossier(), words)).close()
        aside = store.delete("wind")
        assert text(read(aside, store, tmp_path / str(n))) == words
    assert len(list((store.folder / files.BIN).iterdir())) == 3  # all in one second of the clock


def test_a_damaged_dossier_is_put_aside_with_its_changes(killed: DossierStore) -> None:
    changes = (killed.folder / "wind.dossier-wal").read_bytes()
    killed.path("wind").write_bytes(b"geen database" * 100)
    aside = killed.delete("wind")
    assert aside.read_bytes().startswith(b"geen database")
    beside = aside.with_name(aside.name + "-wal")
    assert beside.read_bytes() == changes
    assert not list(killed.folder.glob("wind.dossier*"))


def test_a_dossier_that_a_reader_keeps_busy_stays_whole(store: DossierStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.create(dossier()) as session:
        session.record(typed(session.dossier, "Een."), "tekst gewijzigd")
    monkeypatch.setattr(files, "connect", _impatient)
    with (
        closing(connect(store.path("wind"))) as writer,
        closing(connect(store.path("wind"), read_only=True)) as reader,
    ):
        writer.execute("UPDATE state SET place = place || ' '")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM state").fetchone()
        writer.execute("UPDATE state SET place = trim(place)")
        with pytest.raises(BankError, match="bezet"):
            store.delete("wind")
    assert text(store.load("wind")) == "Een."


def _impatient(path: Path, read_only: bool = False) -> sqlite3.Connection:
    connection = connect(path, read_only)
    connection.execute("PRAGMA busy_timeout = 20")
    return connection


def test_nothing_is_made_where_a_dossier_was_just_deleted(store: DossierStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create(dossier()).close()

    def gone(path: Path) -> None:
        path.unlink()

    monkeypatch.setattr("drafter.dossier.session.recover", gone)
    with pytest.raises(BankError, match="geen dossier wind meer"):
        store.open("wind")
    assert not store.path("wind").exists()


def test_one_who_makes_the_same_dossier_at_once_loses_nothing(
    store: DossierStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program makes it, works a day and closes it, between our look and our lock."""
    from drafter.dossier.storage.locks import DossierLock

    real = DossierLock.acquire
    once = iter([True])

    def other_first(lock: DossierLock) -> bool:
        if next(once, False):
            with DossierStore(store.folder.parent, clock).create(dossier()) as session:
                session.record(typed(session.dossier, "Een dag werk."), "tekst gewijzigd")
        return real(lock)

    monkeypatch.setattr(DossierLock, "acquire", other_first)
    with pytest.raises(BankError, match="al een dossier"):
        store.create(typed(dossier(), "Anders."))
    assert text(store.load("wind")) == "Een dag werk."
    with store.open("wind") as session:
        assert not session.read_only


def test_a_draft_made_at_once_gets_a_name_of_its_own(store: DossierStore, monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter(["wind", "wind"])
    real = DossierStore.new_id
    monkeypatch.setattr(DossierStore, "new_id", lambda s, q: next(names, None) or real(s, q))
    store.create(dossier()).close()
    other = dataclasses.replace(typed(dossier(), "Anders."), as_of=dossier().as_of.replace(day=1))
    kept = keep(store, other)
    assert kept.id != "wind"
    assert text(store.load(kept.id)) == "Anders."
    assert text(store.load("wind")) == text(dossier())


def test_a_copy_is_never_put_over_a_file(store: DossierStore, tmp_path: Path) -> None:
    target = tmp_path / "elders" / "kopie.dossier"
    with store.create(dossier()) as session:
        assert session.save_copy(target) == target
        session.record(typed(session.dossier, "Later."), "tekst gewijzigd")
        second = session.save_copy(target)
    assert second.name == "kopie (2).dossier"
    assert text(read(target, store, tmp_path / "one")) == text(dossier())
    assert text(read(second, store, tmp_path / "two")) == "Later."
    assert sorted(p.name for p in target.parent.iterdir()) == ["kopie (2).dossier", "kopie.dossier"]


def test_a_copy_is_made_where_the_disk_knows_no_links(
    store: DossierStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    test_a_copy_is_never_put_over_a_file(store, tmp_path)


def test_a_new_dossier_that_the_disk_refuses_leaves_nothing(
    store: DossierStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(files, "add_step", full)
    with pytest.raises(BankError, match="vol"):
        store.create(dossier())
    assert not [p for p in store.folder.iterdir() if p.suffix != ".lock"]
    monkeypatch.undo()
    store.create(dossier()).close()  # the lock was let go


def test_a_dossier_of_the_first_format_opens_and_is_proved_from_then_on(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        session.record(typed(session.dossier, "Een."), "tekst gewijzigd")
    with closing(sqlite3.connect(store.path("wind"), isolation_level=None)) as connection:
        for table in ("steps", "state"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN proof")
        connection.execute("PRAGMA user_version = 1")
    assert text(store.load("wind")) == "Een."
    assert not store.list()[0].problem
    with store.open("wind") as session:
        assert text(session.dossier) == "Een."
        session.undo()
        session.redo()
        session.remember({"question": "2"})
    with closing(connect(store.path("wind"))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == FILE_VERSION
        assert damage(connection) == []
    with store.open("wind") as session:
        assert session.place == {"question": "2"}


def _changes() -> Iterator[tuple[str, str]]:
    yield "UPDATE steps SET header = replace(header, '2026', '2027')", "stap"
    yield "UPDATE steps SET label = 'iets anders' WHERE number = 2", "stap"
    yield "UPDATE steps SET parent = NULL WHERE number = 2", "stap"
    yield "UPDATE state SET step = 1", "stand"
    yield "UPDATE state SET summary = replace(summary, 'a', 'e')", "stand"
    yield "UPDATE parts SET json = (SELECT json FROM parts LIMIT 1)", "onderdeel"


@pytest.mark.parametrize(("change", "told"), _changes())
def test_a_change_that_the_program_did_not_make_is_seen(store: DossierStore, change: str, told: str) -> None:
    with store.create(dossier()) as session:
        session.record(typed(session.dossier, "Een."), "tekst gewijzigd")
    with closing(sqlite3.connect(store.path("wind"), isolation_level=None)) as connection:
        connection.execute(change)
        assert any(told in line for line in damage(connection))
    with pytest.raises(BankError, match="beschadigd"):
        store.load("wind")


def test_two_who_open_an_old_dossier_at_once_both_get_it(store: DossierStore) -> None:
    store.create(dossier()).close()
    with closing(sqlite3.connect(store.path("wind"), isolation_level=None)) as connection:
        for table in ("steps", "state"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN proof")
        connection.execute("PRAGMA user_version = 1")
    sessions: list[DossierSession] = []
    threads = [threading.Thread(target=lambda: sessions.append(store.open("wind"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [text(session.dossier) for session in sessions] == [text(dossier())] * 4
    assert sum(not session.read_only for session in sessions) == 1
    for session in sessions:
        session.close()


@pytest.mark.parametrize("name", ["wind - kopie", "wind (2)", "Wind, van vóór het debat", "wind.oud"])
def test_a_copy_made_by_hand_is_a_dossier_of_its_own(store: DossierStore, name: str) -> None:
    """It was listed under the name of the first: who removed the copy removed the dossier."""
    store.create(dossier()).close()
    shutil.copy(store.path("wind"), store.folder / f"{name}.dossier")
    assert {one.id for one in store.list()} == {"wind", name}
    with store.open(name) as copy:
        copy.record(edits.edit_text(copy.dossier, "b2", "Alleen in de kopie."), "tekst")
        copy.undo()
        assert copy.dossier.id == name
        copy.redo()
    assert store.load(name).id == name
    assert "Alleen in de kopie." in {b.text for a in store.load(name).answers for b in a.blocks}
    assert "Alleen in de kopie." not in {b.text for a in store.load("wind").answers for b in a.blocks}
    store.delete(name)
    assert [one.id for one in store.list()] == ["wind"]


@pytest.mark.parametrize("name", ["../wind", "map/wind", "a\\b", ".wind", "wind\n", "wind ", "", "w:ind", "wind."])
def test_what_is_no_name_of_a_file_is_none_of_a_dossier(store: DossierStore, name: str) -> None:
    with pytest.raises(BankError, match="kan geen naam"):
        store.path(name)


@pytest.mark.parametrize("what", ["cut", "zeroed"])
def test_work_in_a_dossier_that_something_else_emptied_is_told_and_put_elsewhere(
    store: DossierStore, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite wrote on beside it without a word, and with the closing all of it was gone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "gegevens"))
    store.create(dossier()).close()
    session = store.open("wind")
    path = store.path("wind")
    if what == "cut":
        os.truncate(path, 100)
    else:
        path.write_bytes(bytes(path.stat().st_size))
    session.record(typed(session.dossier, "Daarna getypt."), "tekst gewijzigd")
    assert "veranderd" in session.problem
    session.close()
    assert session.rescued is not None
    assert text(read(session.rescued, store, tmp_path / "elders")) == "Daarna getypt."
