"""Saving, locking and the history of dossiers."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from support.dossier_samples import DOSSIERS, MOMENT, clock, dossier, questions

from answers_bank.json_values import decode, encode
from drafter.dossier import edits as edits
from drafter.dossier.storage import database
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from embeddings.errors import BankError


@pytest.fixture
def store(tmp_path: Path) -> DossierStore:
    return DossierStore(tmp_path, clock)


@given(DOSSIERS)
@settings(max_examples=60)
def test_json_round_trip(value: Dossier) -> None:
    assert decode(Dossier, json.loads(json.dumps(encode(value)))) == value


@given(value=DOSSIERS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_disk_round_trip(tmp_path: Path, value: Dossier) -> None:
    store = DossierStore(tmp_path, clock)
    value = dataclasses.replace(value, id=store.new_id(value.questions), changed=MOMENT)
    store.save(value)
    assert store.load(value.id) == value


def test_a_field_of_another_version_is_passed_over() -> None:
    data = encode(dossier()) | {"colour": "blue"}
    assert decode(Dossier, data) == dossier()


def test_what_is_no_dossier_is_refused() -> None:
    with pytest.raises(ValueError, match="Dossier"):
        decode(Dossier, {"id": 5})


def test_history_survives_closing(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        changed = session.record(edits.edit_text(session.dossier, "b2", "Anders."), "tekst gewijzigd")
        session.record(edits.remove(changed, "b3"), "alinea verwijderd")
        session.remember({"question": "3"})
    with store.open("wind") as session:
        assert session.place == {"question": "3"}
        undone = session.undo()
        assert undone is not None
        assert undone.label == "alinea verwijderd"
        assert session.dossier == changed
        assert session.undo() is not None
        assert session.undo() is None
        assert session.dossier == dossier()
    with store.open("wind") as session:
        assert session.redo() is not None
        assert session.redo() is not None
        assert session.redo() is None
        assert session.dossier.block("b3") is None


def test_a_change_after_undo_keeps_the_other_branch(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        session.record(edits.edit_text(session.dossier, "b2", "Eén."), "een")
        session.undo()
        session.record(edits.edit_text(session.dossier, "b2", "Twee."), "twee")
        session.undo()
        step = session.can_redo
        assert step is not None
        assert step.label == "twee"
    with sqlite3.connect(store.path("wind")) as connection:
        labels = [label for (label,) in connection.execute("SELECT label FROM steps")]
    connection.close()
    assert labels == ["gemaakt", "een", "twee"]


def test_one_stretch_of_typing_is_one_step(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        for text in ("E", "Ei", "Ein", "Eind"):
            session.record(edits.edit_text(session.dossier, "b2", text), "tekst gewijzigd", merge="b2")
        assert session.undo() is not None
        assert session.dossier == dossier()
        session.redo()
        assert session.dossier.block("b2") == dataclasses.replace(dossier().answers[0].blocks[1], text="Eind")


def test_merged_typing_leaves_nothing_behind(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        for text in ("E", "Ei", "Ein"):
            session.record(edits.edit_text(session.dossier, "b2", text), "tekst gewijzigd", merge="b2")
    store.open("wind").close()
    with sqlite3.connect(store.path("wind")) as connection:
        # The set, the first answer before and after, and three equal but numbered answers.
        assert connection.execute("SELECT count(*) FROM parts").fetchone() == (6,)
    connection.close()


def test_nothing_is_recorded_without_a_change(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        session.record(session.dossier, "niets")
        assert session.can_undo is None


def test_amend_is_no_step(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        session.amend(edits.mark_seen(session.dossier, "b1"))
        assert session.can_undo is None
    assert store.load("wind").answers[0].blocks[0].seen


def test_the_second_program_reads_only(store: DossierStore, tmp_path: Path) -> None:
    with store.create(dossier()) as first:
        with DossierStore(tmp_path, clock).open("wind") as second:
            assert second.read_only
            assert str(os.getpid()) in second.holder
            with pytest.raises(BankError, match="alleen om te lezen"):
                second.record(edits.remove(second.dossier, "b2"), "weg")
            first.record(edits.remove(first.dossier, "b2"), "weg")
            assert second.refresh().block("b2") is None
        with pytest.raises(BankError, match="al open"):
            store.save(dossier())
    with store.open("wind") as third:
        assert not third.read_only


def _edit_until_killed(folder: str) -> None:
    with DossierStore(Path(folder), clock).open("wind") as session:
        for n in range(1_000_000):
            session.record(edits.edit_text(session.dossier, "b2", f"Versie {n}."), "tekst")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_in_the_middle(store: DossierStore, tmp_path: Path) -> None:
    store.save(dossier())
    process = multiprocessing.get_context("spawn").Process(target=_edit_until_killed, args=(str(tmp_path),))
    process.start()
    deadline = time.monotonic() + 30
    while "Versie" not in store.load("wind").answers[0].blocks[1].text:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with store.open("wind") as session:
        assert not session.read_only
        assert session.dossier.answers[0].blocks[1].text.startswith("Versie ")
        assert session.undo() is not None


def test_list_shows_the_last_changed_first_and_what_is_damaged(store: DossierStore, tmp_path: Path) -> None:
    store.save(dossier())
    later = dataclasses.replace(dossier(), id="later", changed=MOMENT.replace(year=2027))
    store.save(later)
    (tmp_path / "dossiers" / "kapot.dossier").write_bytes(b"geen database")
    listed = store.list()
    assert [s.id for s in listed] == ["later", "wind", "kapot"]
    assert listed[2].problem
    assert listed[1].askers == ("Zeewier (Partij voor de Kust)",)
    assert (listed[1].total, listed[1].drafted, listed[1].warnings, listed[1].blocks) == (4, 1, 1, 3)
    assert listed[1].days_left(MOMENT.date()) == 2
    with pytest.raises(BankError, match="beschadigd"):
        store.load("kapot")


def test_a_newer_format_is_refused(store: DossierStore) -> None:
    store.save(dossier())
    with sqlite3.connect(store.path("wind")) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(BankError, match="nieuwere versie"):
        store.load("wind")


def test_a_removed_dossier_is_put_aside(store: DossierStore) -> None:
    store.save(dossier())
    with store.open("wind"), pytest.raises(BankError, match="is open"):
        store.delete("wind")
    assert store.delete("wind").exists()
    assert store.list() == ()


def test_new_ids_are_free_and_plain(store: DossierStore) -> None:
    assert store.new_id(questions()) == "2026Z00001"
    store.save(dataclasses.replace(dossier(), id="2026Z00001"))
    assert store.new_id(questions()) == "2026Z00001-2"
    nameless = dataclasses.replace(questions(), case_number=None, subject="Ruimte: één / twee?")
    assert store.new_id(nameless) == "Ruimte-een-twee"


@pytest.mark.parametrize("name", ["../weg", "a/b", "", ".verborgen", "a\\b"])
def test_ids_stay_in_the_folder(store: DossierStore, name: str) -> None:
    with pytest.raises(BankError, match="geen naam"):
        store.load(name)


def test_what_is_read_while_another_writes_is_of_one_moment(store: DossierStore, tmp_path: Path) -> None:
    store.save(dossier())
    path = next(tmp_path.rglob("wind.dossier"))
    reader = database.connect(path, read_only=True)
    writer = database.connect(path, read_only=False)
    original = database._proved

    def written_in_between(connection: sqlite3.Connection) -> bool:
        with database.transaction(writer):
            database.write_place(writer, {"vraag": "2"})
        return original(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_proved", written_in_between)
        step, _, _ = database.state(reader)
    assert step >= 1
    reader.close()
    writer.close()


def test_the_error_on_a_dossier_that_is_not_there_names_those_that_are(store: DossierStore) -> None:
    with pytest.raises(BankError) as none:
        store.open("2026")
    assert "draft" in none.value.hint
    for name in ("2026Z90001", "2026Z90002", "eigen"):
        store.create(dataclasses.replace(dossier(), id=name)).close()
    hints = []
    for name in ("2026", "eigne", "volkomen"):
        with pytest.raises(BankError) as error:
            store.delete(name)
        hints.append(error.value.hint)
    assert hints == [
        "Bedoelt u 2026Z90001 of 2026Z90002?",
        "Bedoelt u eigen?",
        "Wel zijn er: 2026Z90001, 2026Z90002, eigen.",
    ]
