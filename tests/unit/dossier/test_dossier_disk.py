"""A disk that refuses: what was typed stays in memory, is saved once that can be, and is never lost without a word."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from support.dossier_samples import clock, questions
from support.fake_backend import FakeBackend

from drafter.dossier import answer_edits, edits
from drafter.dossier.session import DossierSession
from drafter.dossier.storage.database import connect
from drafter.dossier.storage.locks import DossierLock
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from embeddings.errors import BankError
from embeddings.progress import SILENT


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DossierStore:
    monkeypatch.setattr("platformdirs.user_data_path", lambda _: tmp_path / "thuis")
    backend = FakeBackend(tmp_path / "bank")
    backend.store.save(backend.draft(questions(), SILENT))
    return backend.store


@pytest.fixture
def session(store: DossierStore) -> DossierSession:
    return store.open("2026Z00001")


def typed(dossier: Dossier, text: str) -> Dossier:
    return edits.edit_text(dossier, "b1", text)


def text(dossier: Dossier) -> str:
    block = dossier.block("b1")
    assert block is not None
    return block.text


class Disk:
    """A disk that can be full: not one page more in the dossier, however often it is opened."""

    def __init__(self, session: DossierSession, monkeypatch: pytest.MonkeyPatch) -> None:
        self._session = session
        self._pages = 0
        monkeypatch.setattr("drafter.dossier.session.connect", self._connect)

    def _connect(self, path: Path) -> sqlite3.Connection:
        return self._limited(connect(path))

    def _limited(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.execute(f"PRAGMA max_page_count = {self._pages or 1_000_000}")
        return connection

    def fill(self) -> None:
        self._pages = self._session._connection.execute("PRAGMA page_count").fetchone()[0]
        self._limited(self._session._connection)

    def make_room(self) -> None:
        self._pages = 0
        self._limited(self._session._connection)


@pytest.fixture
def disk(session: DossierSession, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(session, monkeypatch)


LONG = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(40_000))
"""Does not get smaller by compression."""


def test_a_full_disk_keeps_changes_in_memory_until_there_is_room(
    session: DossierSession, store: DossierStore, disk: Disk
) -> None:
    disk.fill()
    session.record(typed(session.dossier, LONG), "tekst gewijzigd", "b1/1")
    assert session.problem == "de schijf is vol"
    session.record(typed(session.dossier, LONG + "!"), "tekst gewijzigd", "b1/1")
    session.record(answer_edits.set_note(session.dossier, 1, "nog iets"), "notitie")
    session.amend(edits.mark_seen(session.dossier, "b2"))
    assert text(session.dossier) == LONG + "!"
    assert text(store.load("2026Z00001")) != LONG + "!", "not on disk yet"
    assert not session.retry()
    with pytest.raises(BankError, match="vol"):
        session.undo()

    disk.make_room()
    assert session.retry()
    assert session.problem == ""
    assert text(store.load("2026Z00001")) == LONG + "!"
    assert [step.label for step in (session.undo(), session.undo()) if step] == ["notitie", "tekst gewijzigd"]
    session.close()


def test_a_folder_that_comes_back_gets_what_was_done_meanwhile(
    session: DossierSession, store: DossierStore, tmp_path: Path
) -> None:
    away = tmp_path / "weg"
    shutil.move(store.folder, away)
    session.record(typed(session.dossier, "Getypt zonder map."), "tekst gewijzigd")
    assert session.problem == "het bestand of de map is verdwenen"
    assert not session.retry()
    shutil.copytree(away, store.folder)  # a copy put back: another file in its place
    assert session.retry()
    session.close()
    assert text(store.load("2026Z00001")) == "Getypt zonder map."
    with store.open("2026Z00001") as again:
        assert again.undo() is not None


def test_what_cannot_be_saved_at_the_end_is_put_elsewhere_with_its_history(
    session: DossierSession, store: DossierStore
) -> None:
    session.record(typed(session.dossier, "Eerst."), "tekst gewijzigd")
    shutil.rmtree(store.folder)
    session.record(typed(session.dossier, "Niet te bewaren."), "tekst gewijzigd")
    session.close()
    assert session.rescued is not None
    assert session.rescued.parent.name == "niet-bewaard"
    with DossierSession(session.rescued, None, clock) as rescued:
        assert text(rescued.dossier) == "Niet te bewaren."
        assert rescued.can_undo is not None


def test_a_copy_elsewhere_can_be_made_at_any_time(session: DossierSession, disk: Disk, tmp_path: Path) -> None:
    disk.fill()
    session.record(typed(session.dossier, LONG), "tekst gewijzigd")
    copy = session.save_copy(tmp_path / "stick" / "kopie.dossier")
    with DossierSession(copy, None, clock) as opened:
        assert text(opened.dossier) == LONG
        assert opened.can_undo is not None
        assert opened.can_undo.label == "tekst gewijzigd"
    (tmp_path / "bestand").touch()
    with pytest.raises(BankError, match="Ook in"):
        session.save_copy(tmp_path / "bestand" / "kopie.dossier")
    disk.make_room()
    session.close()


def test_nothing_waits_after_a_moment_of_trouble(session: DossierSession, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = sqlite3.connect(":memory:")
    good = session._connection
    session._connection = broken
    session.record(typed(session.dossier, "Even geen schijf."), "tekst gewijzigd")
    assert session.problem
    good.close()
    assert session.retry(), "it opens the file again by itself"
    session.close()
    assert session.rescued is None


def test_a_folder_that_may_not_be_written_opens_read_only_and_says_why(
    store: DossierStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: DossierLock) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(DossierLock, "acquire", refuse)
    real = sqlite3.connect

    def locked_folder(place: str, **options: object) -> sqlite3.Connection:
        if str(store.folder) in place:
            raise sqlite3.OperationalError("unable to open database file")
        return real(place, **options)  # type: ignore[call-overload, no-any-return]

    before = store.load("2026Z00001")
    monkeypatch.setattr("sqlite3.connect", locked_folder)
    assert [summary.problem for summary in store.list()] == [""]
    with store.open("2026Z00001") as session:
        assert session.read_only
        assert "kan niet worden geschreven" in session.refusal
        assert session.dossier == before
        assert session.refresh() == before
        with pytest.raises(BankError) as told:
            session.record(typed(session.dossier, "x"), "tekst gewijzigd")
        assert told.value.hint == session.refusal


@pytest.mark.parametrize(
    ("error", "full", "told"),
    [
        (sqlite3.OperationalError("disk I/O error"), True, "de schijf is vol"),
        (sqlite3.OperationalError("disk I/O error"), False, "reageert niet goed"),
        (sqlite3.OperationalError("database or disk is full"), False, "de schijf is vol"),
        (PermissionError(13, "Permission denied"), False, "geen rechten"),
    ],
)
def test_a_disk_that_refuses_when_a_dossier_is_opened_is_not_called_damage(
    store: DossierStore, monkeypatch: pytest.MonkeyPatch, error: Exception, full: bool, told: str
) -> None:
    def refuse(*_: object, **__: object) -> sqlite3.Connection:
        raise error

    monkeypatch.setattr("drafter.dossier.session.connect", refuse)
    monkeypatch.setattr("drafter.dossier.storage.disk.is_full", lambda _: full)
    with pytest.raises(BankError, match=told) as caught:
        store.open("2026Z00001")
    assert "beschadigd" not in str(caught.value)


def test_a_file_that_is_no_database_is_still_called_damaged(store: DossierStore) -> None:
    store.path("2026Z00001").write_bytes(b"x" * 5000)
    with pytest.raises(BankError, match="beschadigd"):
        store.open("2026Z00001")
