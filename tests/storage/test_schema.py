"""Migrations: from nothing, from every older schema, by two at once; and databases that cannot be opened."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from support.bank_samples import make_document

from answers_bank.store import schema
from answers_bank.store.bank import Bank
from answers_bank.store.connection import FILE_NAME
from embeddings.errors import BankError


def connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def dump(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [f"{name}: {sql}" for name, sql in rows]


def test_numbers_follow_each_other() -> None:
    assert [number for number, _, _ in schema.migrations()] == list(range(1, schema.latest() + 1))


@pytest.mark.parametrize("start", range(schema.latest()))
def test_every_older_schema_ends_like_a_new_one(tmp_path: Path, start: int) -> None:
    new, old = connected(tmp_path / "new"), connected(tmp_path / "old")
    schema.migrate(new)
    schema.migrate(old, until=start)
    assert schema.version(old) == start
    assert schema.migrate(old) == schema.latest()
    assert dump(old) == dump(new)
    new.close()
    old.close()


def test_a_step_that_fails_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = connected(tmp_path / "bank")
    schema.migrate(connection)
    before = dump(connection)
    steps = [*schema.migrations(), (schema.latest() + 1, "9999_bad.sql", "CREATE TABLE x (y);\nCREATE TABLE x (y);\n")]
    monkeypatch.setattr(schema, "migrations", lambda: steps)
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection)
    assert dump(connection) == before
    connection.close()


def test_two_at_once_make_one_bank(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def make(number: int) -> None:
        try:
            with Bank.open(tmp_path / "bank", create=True) as bank:
                bank.add(make_document(f"d{number}", number=number))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=make, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Bank.open(tmp_path / "bank") as bank:
        assert bank.info().documents == 6


def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    Bank.open(tmp_path, create=True).close()
    connection = connected(tmp_path / FILE_NAME)
    connection.execute("INSERT INTO migration VALUES (9999, 'from the future', '')")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(BankError, match="nieuwere versie"):
        Bank.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_no_bank_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="ingest"):
        Bank.open(tmp_path)
    with pytest.raises(BankError):
        Bank.open(tmp_path, create=True, read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"This is no database at all. " * 40, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_damage_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(BankError, match="beschadigd"):
            Bank.open(tmp_path, create=not read_only, read_only=read_only)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_damage_inside_is_told_when_it_is_met(tmp_path: Path) -> None:
    with Bank.open(tmp_path, create=True) as bank:
        for number in range(40):
            bank.add(make_document(f"d{number}", number=number))
        bank.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / FILE_NAME
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x5a" * (len(data) - 8192)
    path.write_bytes(data)

    def read_all() -> None:
        with Bank.open(tmp_path) as bank:
            for summary in bank.documents():
                bank.document(summary.id)
            list(bank.passages())

    with pytest.raises(BankError, match="beschadigd") as caught:
        read_all()
    assert "reservekopie" in caught.value.hint


def test_another_programs_database_is_no_bank(tmp_path: Path) -> None:
    connection = connected(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE somebody_elses (x)")
    connection.close()
    with pytest.raises(BankError, match="geen bank van dit programma"):
        Bank.open(tmp_path)
