"""The file of a dossier: its tables, and how steps and their parts are written."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from answers_bank.documents import Document, Kind
from answers_bank.json_values import decode, encode
from answers_bank.store.connection import CarefulConnection
from drafter.dossier.summary import summarise
from drafter.dossier.value import Dossier, DraftAnswer
from embeddings.errors import BankError

FORMAT_VERSION = 1
"""Of a dossier as JSON; what `answers_bank.json_values` cannot read any more asks for a higher one."""

FILE_VERSION = 2
"""Of the file. 1: the first; 2: steps and state carry a proof, by which damage is seen that SQLite cannot see."""

SCHEMA = """
CREATE TABLE parts (hash TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE steps (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER REFERENCES steps (number),
    label TEXT NOT NULL,
    merge TEXT NOT NULL,
    header TEXT NOT NULL,
    proof TEXT NOT NULL DEFAULT ''
);
CREATE INDEX steps_parent ON steps (parent);
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    step INTEGER NOT NULL REFERENCES steps (number),
    place TEXT NOT NULL,
    summary TEXT NOT NULL,
    proof TEXT NOT NULL DEFAULT ''
);
"""

# Stands in while the real set, kept apart, is not there yet.
_NO_QUESTIONS = Document(id="", sha256="", source="", kind=Kind.QUESTIONS, text="")

Stored = dict[int, tuple[DraftAnswer | Document, str]]
"""Parts already written, with their hash, by identity."""


def connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    """A connection to the dossier in `path`; transactions are begun and ended by hand, see `transaction`.

    Raises:
        sqlite3.Error: there is no such file, and none is made; or it cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
        uri=True,
        timeout=10,
        isolation_level=None,
        check_same_thread=False,
        factory=CarefulConnection,
    )
    try:
        if not read_only:
            # WAL: a reader never waits; NORMAL loses nothing when the program dies, and is fast enough for each key.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """What is read within is of one moment, whoever writes meanwhile; inside a transaction it is of that one."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a dossier of a newer program.

    Raises:
        BankError: it is newer.
        ValueError: it is no dossier.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > FILE_VERSION:
        raise BankError(
            f"Dossier {path.stem} is gemaakt met een nieuwere versie van kamerantwoord.",
            "Werk kamerantwoord bij om het te openen.",
        )
    if version < 1:
        raise ValueError("geen dossier")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a dossier of an older program to this format; all of it or nothing."""
    if connection.execute("PRAGMA user_version").fetchone()[0] >= FILE_VERSION:
        return
    with transaction(connection):
        # Again: another program may have done it while this one waited.
        if connection.execute("PRAGMA user_version").fetchone()[0] >= FILE_VERSION:
            return
        for table in ("steps", "state"):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN proof TEXT NOT NULL DEFAULT ''")
        for (number,) in connection.execute("SELECT number FROM steps").fetchall():
            _seal_step(connection, number)
        seal_state(connection)
        connection.execute(f"PRAGMA user_version = {FILE_VERSION}")


_STEP = "SELECT number, parent, label, merge, header FROM steps WHERE number = ?"
_STATE = "SELECT step, place, summary FROM state"


def _proof(row: tuple[Any, ...]) -> str:
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _seal_step(connection: sqlite3.Connection, number: int) -> None:
    row = connection.execute(_STEP, (number,)).fetchone()
    connection.execute("UPDATE steps SET proof = ? WHERE number = ?", (_proof(row), number))


def seal_state(connection: sqlite3.Connection) -> None:
    """Write the proof of what `state` holds; after every change of it, in the same transaction."""
    row = connection.execute(_STATE).fetchone()
    connection.execute("UPDATE state SET proof = ?", (_proof(row),))


def state(connection: sqlite3.Connection) -> tuple[int, str, str]:
    """The present step, the place of the user and the summary, as JSON.

    Raises:
        ValueError: there is none, or it is not what was written.
    """
    with one_moment(connection):
        row: tuple[int, str, str] | None = connection.execute(_STATE).fetchone()
        if row is None:
            raise ValueError("geen stand")
        if _proved(connection) and connection.execute("SELECT proof FROM state").fetchone()[0] != _proof(row):
            raise ValueError("de stand is niet zoals zij is geschreven")
    return row


def _header(connection: sqlite3.Connection, number: int) -> dict[str, Any]:
    row = connection.execute(_STEP, (number,)).fetchone()
    if row is None:
        raise ValueError(f"stap {number} ontbreekt")
    if _proved(connection):
        proof = connection.execute("SELECT proof FROM steps WHERE number = ?", (number,)).fetchone()[0]
        if proof != _proof(row):
            raise ValueError(f"stap {number} is niet zoals zij is geschreven")
    header: dict[str, Any] = json.loads(row[4])
    return header


def _proved(connection: sqlite3.Connection) -> bool:
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) >= 2


def damage(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the file, empty when all of it is as it was written: every step and every part."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    if found:
        return found
    try:
        with one_moment(connection):
            check_version(connection, Path())
            step, _, _ = state(connection)
            load(connection, {})
            numbers = [number for (number,) in connection.execute("SELECT number FROM steps ORDER BY number")]
            if step not in numbers:
                found.append(f"stap {step} ontbreekt")
            needed = set[str]()
            for number in numbers:
                header = _header(connection, number)
                needed.update(header["answers"], [header["questions"]])
            for key in sorted(needed):
                _part(connection, key)
    except (ValueError, TypeError, KeyError) as error:
        found.append(str(error))
    return found


def sweep(connection: sqlite3.Connection) -> None:
    """Drop the parts that no step needs, left behind where typing was merged into one step."""
    with transaction(connection):
        needed = set[str]()
        for (header,) in connection.execute("SELECT header FROM steps"):
            data = json.loads(header)
            needed.update(data["answers"], [data["questions"]])
        stored = {key for (key,) in connection.execute("SELECT hash FROM parts")}
        connection.executemany("DELETE FROM parts WHERE hash = ?", [(key,) for key in stored - needed])


def add_step(
    connection: sqlite3.Connection,
    dossier: Dossier,
    label: str,
    merge: str,
    parent: int | None,
    stored: Stored,
) -> int:
    """Write `dossier` as the step after `parent` and make it the present one; the step's number."""
    header = store_parts(connection, dossier, stored)
    cursor = connection.execute(
        "INSERT INTO steps (parent, label, merge, header) VALUES (?, ?, ?, ?)", (parent, label, merge, header)
    )
    assert cursor.lastrowid is not None
    connection.execute(
        "INSERT INTO state (id, step, place, summary) VALUES (1, ?, '{}', '') "
        "ON CONFLICT (id) DO UPDATE SET step = excluded.step",
        (cursor.lastrowid,),
    )
    _seal_step(connection, cursor.lastrowid)
    write_summary(connection, dossier)
    return cursor.lastrowid


def store_parts(connection: sqlite3.Connection, dossier: Dossier, stored: Stored) -> str:
    """Store what is new of `dossier`; its header as JSON. `stored` holds answers already written, by identity."""
    parts: list[DraftAnswer | Document] = [dossier.questions, *dossier.answers]
    keys = []
    for part in parts:
        known = stored.get(id(part))
        keys.append(known[1] if known else _put(connection, encode(part)))
    stored.clear()
    stored.update({id(part): (part, key) for part, key in zip(parts, keys, strict=True)})
    plain = {k: v for k, v in encode(dataclasses.replace(dossier, answers=())).items() if k != "questions"}
    return json.dumps({"dossier": plain, "questions": keys[0], "answers": keys[1:]})


def _put(connection: sqlite3.Connection, data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    key = hashlib.sha256(text).hexdigest()
    connection.execute("INSERT OR IGNORE INTO parts (hash, json) VALUES (?, ?)", (key, zlib.compress(text, 1)))
    return key


def write_summary(connection: sqlite3.Connection, dossier: Dossier) -> None:
    """Keep what the list of dossiers shows."""
    summary = json.dumps(encode(summarise(dossier)))
    connection.execute("UPDATE state SET summary = ?", (summary,))
    seal_state(connection)


def rewrite_step(connection: sqlite3.Connection, number: int, dossier: Dossier, stored: Stored) -> None:
    """Write `dossier` as what step `number` holds from now on, without a step of its own."""
    header = store_parts(connection, dossier, stored)
    connection.execute("UPDATE steps SET header = ? WHERE number = ?", (header, number))
    _seal_step(connection, number)
    write_summary(connection, dossier)


def write_place(connection: sqlite3.Connection, place: dict[str, str]) -> None:
    """Keep where the user is."""
    connection.execute("UPDATE state SET place = ?", (json.dumps(place),))
    seal_state(connection)


def go_to_step(connection: sqlite3.Connection, number: int, stored: Stored) -> tuple[int, Dossier]:
    """Make step `number` the present one; as `load`."""
    connection.execute("UPDATE state SET step = ?", (number,))
    seal_state(connection)
    step, dossier = load(connection, stored)
    write_summary(connection, dossier)
    return step, dossier


def load(connection: sqlite3.Connection, stored: Stored) -> tuple[int, Dossier]:
    """The present step, by its number, and the dossier as it is there; `stored` holds its parts from then on.

    Raises:
        ValueError: something is missing or cannot be read.
    """
    with one_moment(connection):
        number, _, _ = state(connection)
        header = _header(connection, number)
        answers = [decode(DraftAnswer, _part(connection, key)) for key in header["answers"]]
        key = header["questions"]
        known = (part for part, part_key in stored.values() if part_key == key and isinstance(part, Document))
        questions = next(known, None) or decode(Document, _part(connection, key))
    stored.clear()
    stored |= {id(part): (part, name) for part, name in zip(answers, header["answers"], strict=True)}
    stored[id(questions)] = (questions, key)
    outline = decode(Dossier, header["dossier"] | {"questions": encode(_NO_QUESTIONS), "answers": []})
    return number, dataclasses.replace(outline, questions=questions, answers=tuple(answers))


def _part(connection: sqlite3.Connection, key: str) -> Any:
    row = connection.execute("SELECT json FROM parts WHERE hash = ?", (key,)).fetchone()
    if row is None:
        raise ValueError(f"onderdeel {key[:8]} ontbreekt")
    try:
        text = zlib.decompress(row[0])
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if hashlib.sha256(text).hexdigest() != key:
        raise ValueError(f"onderdeel {key[:8]} is niet zoals het is geschreven")
    return json.loads(text)
