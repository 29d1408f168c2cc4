"""A file so damaged that SQLite asks for memory that there is not, or words its error in no text: told as damaged."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.dossier_samples import clock, dossier

from answers_bank.store.bank import Bank
from answers_bank.store.connection import FILE_NAME, CarefulConnection
from answers_bank.store.following.follows import follows
from drafter.dossier.storage.files import new_file
from drafter.dossier.store import DossierStore
from drafter.tasks.upkeep.backup import _copy_dossier
from embeddings.errors import BankError, KamerantwoordError

PUT_IN = (b"h\x00" + b"\xff" * 20 + b"\x00\xff", b"\xff" * 24, b"\x81" * 24)


def broken(path: Path, step: int) -> Iterator[str]:
    """The file with bytes put in at a place of its first pages, for many places; what Python's own SQLite says then."""
    whole = path.read_bytes()
    for bytes_ in PUT_IN:
        for place in range(100, min(len(whole), 8192), step):
            path.write_bytes(whole[:place] + bytes_ + whole[place + len(bytes_) :])
            with closing(sqlite3.connect(path)) as plain:
                try:
                    plain.execute("SELECT * FROM sqlite_master").fetchall()
                    kind = ""
                except (sqlite3.Error, MemoryError, UnicodeDecodeError) as error:
                    kind = type(error).__name__
            yield kind
    path.write_bytes(whole)


def test_what_is_no_error_of_sqlite_becomes_one() -> None:
    def fails(value: int) -> int:
        if value == 3:  # the first rows are given, so that this one is met while fetching
            raise MemoryError
        return value

    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=CarefulConnection)) as connection:
        connection.create_function("wrong", 1, fails)
        connection.execute("CREATE TABLE one (value)")
        connection.executemany("INSERT INTO one VALUES (?)", [(1,), (2,), (3,)])
        assert [row[0] for row in connection.execute("SELECT value FROM one")] == [1, 2, 3]
        asked = "SELECT wrong(value) FROM one"
        for fetch in (
            lambda: connection.execute(asked).fetchall(),
            lambda: connection.execute(asked).fetchmany(5),
            lambda: list(connection.execute(asked)),
            lambda: [(rows := connection.execute(asked)).fetchone(), rows.fetchone(), rows.fetchone()],
            lambda: connection.execute("SELECT wrong(3)"),
            lambda: connection.executemany("INSERT INTO one VALUES (wrong(?))", [(3,)]),
        ):
            with pytest.raises(sqlite3.DatabaseError, match="geheugen"):
                fetch()
        with pytest.raises(sqlite3.OperationalError, match="no such table"):  # an error of SQLite stays what it is
            connection.execute("SELECT * FROM other")


def test_a_dossier_is_told_as_damaged_and_the_others_are_listed(tmp_path: Path) -> None:
    store = DossierStore(tmp_path, clock)
    store.create(dossier()).close()
    told: Counter[str] = Counter()
    (tmp_path / "copy").mkdir()
    for said in broken(store.path("wind"), 37):
        told[said] += 1
        (summary,) = store.list()
        try:
            store.load("wind")
        except KamerantwoordError:
            assert summary.problem or store.damage("wind") or not said
        if said in ("MemoryError", "UnicodeDecodeError"):
            assert summary.problem
            assert store.damage("wind")
        # A new draft over it is kept, whatever of its history can be read; so is a backup of it, as it is.
        if said in ("MemoryError", "UnicodeDecodeError") and told[said] == 1:
            assert _copy_dossier(store.path("wind"), tmp_path / "copy" / f"{said}.dossier")
            with closing(sqlite3.connect(store.path("wind"))) as history:
                other = DossierStore(tmp_path / said, clock)
                new_file(other.path("wind"), dossier(), "concept", history)
            assert other.load("wind").answers == dossier().answers
    assert told[""]
    assert told["UnicodeDecodeError"]
    assert store.load("wind")


def test_a_bank_is_told_as_damaged(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        bank.add(make_document())
    path = tmp_path / "bank" / FILE_NAME
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    told: Counter[str] = Counter()
    for said in broken(path, 397):
        told[said] += 1
        follows(path.parent)
        try:
            with Bank.open(path.parent, read_only=True) as bank:
                bank.info()
        except BankError:
            continue
        assert said not in ("MemoryError", "UnicodeDecodeError")
    assert told[""]
