"""The file of a dossier: its tables, and how steps and their parts are written."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from answers_bank.documents import Document, Kind
from answers_bank.json_values import decode, encode
from drafter.dossier.summary import summarise
from drafter.dossier.value import Dossier, DraftAnswer
from embeddings.errors import BankError

FORMAT_VERSION = 1
"""Of a dossier as JSON; what `answers_bank.json_values` cannot read any more asks for a higher one."""

SCHEMA = """
CREATE TABLE parts (hash TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE steps (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER REFERENCES steps (number),
    label TEXT NOT NULL,
    merge TEXT NOT NULL,
    header TEXT NOT NULL
);
CREATE INDEX steps_parent ON steps (parent);
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    step INTEGER NOT NULL REFERENCES steps (number),
    place TEXT NOT NULL,
    summary TEXT NOT NULL
);
"""

# Stands in while the real set, kept apart, is not there yet.
_NO_QUESTIONS = Document(id="", sha256="", source="", kind=Kind.QUESTIONS, text="")

Stored = dict[int, tuple[DraftAnswer | Document, str]]
"""Parts already written, with their hash, by identity."""


def connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    """A connection to the dossier in `path`; transactions are begun and ended by hand, see `transaction`."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
        uri=True,
        timeout=10,
        isolation_level=None,
        check_same_thread=False,
    )
    if not read_only:
        # WAL: a reader never waits; NORMAL loses nothing when the program dies, and is fast enough for each keystroke.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
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


class ReadOnlyFile:
    """A dossier open for reading only, also in a folder where nothing can be written.

    A database that keeps its changes in a file of their own cannot be read there in its place: then a copy is read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            connection = connect(self._path, read_only=True)
            connection.execute("SELECT step FROM state").fetchone()
            return connection
        except sqlite3.OperationalError:
            if not self._path.exists():
                raise
        self._scratch = self._scratch or tempfile.TemporaryDirectory(prefix="kamerantwoord-")
        copy = Path(self._scratch.name) / self._path.name
        for ending in ("", "-wal"):
            source = self._path.with_name(self._path.name + ending)
            if source.exists():
                shutil.copy(source, copy.with_name(copy.name + ending))
        return connect(copy, read_only=True)

    def refresh(self) -> None:
        """Look at the file again, where a copy of it is read."""
        if self._scratch is not None:
            self.connection.close()
            self.connection = self._open()

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()
        if self._scratch is not None:
            self._scratch.cleanup()


def new_file(path: Path, dossier: Dossier, label: str, history: sqlite3.Connection | None = None) -> None:
    """Write `dossier` to a new file in `path`, behind its `history` where that can be read; never half of it.

    Raises:
        OSError, sqlite3.Error: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".nieuw")
    new.unlink(missing_ok=True)
    with contextlib.closing(connect(new)) as connection:
        parent = None
        if history is not None:
            with contextlib.suppress(sqlite3.Error):
                history.backup(connection)
                parent = connection.execute("SELECT step FROM state").fetchone()[0]
        if parent is None:
            connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version = {FORMAT_VERSION};COMMIT;")
        with transaction(connection):
            add_step(connection, dossier, label, "", parent, {})
    new.replace(path)


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a dossier of a newer program.

    Raises:
        BankError: it is newer.
        ValueError: it is no dossier.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT_VERSION:
        raise BankError(
            f"Dossier {path.stem} is gemaakt met een nieuwere versie van kamerantwoord.",
            "Werk kamerantwoord bij om het te openen.",
        )
    if version < 1:
        raise ValueError("geen dossier")


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


def load(connection: sqlite3.Connection, stored: Stored) -> tuple[int, Dossier]:
    """The present step, by its number, and the dossier as it is there; `stored` holds its parts from then on.

    Raises:
        ValueError: something is missing or cannot be read.
    """
    row = connection.execute("SELECT step, header FROM state JOIN steps ON steps.number = state.step").fetchone()
    if row is None:
        raise ValueError("geen stand")
    header = json.loads(row[1])
    answers = [decode(DraftAnswer, _part(connection, key)) for key in header["answers"]]
    key = header["questions"]
    known = (part for part, part_key in stored.values() if part_key == key and isinstance(part, Document))
    questions = next(known, None) or decode(Document, _part(connection, key))
    stored.clear()
    stored |= {id(part): (part, name) for part, name in zip(answers, header["answers"], strict=True)}
    stored[id(questions)] = (questions, key)
    outline = decode(Dossier, header["dossier"] | {"questions": encode(_NO_QUESTIONS), "answers": []})
    return int(row[0]), dataclasses.replace(outline, questions=questions, answers=tuple(answers))


def _part(connection: sqlite3.Connection, key: str) -> Any:
    row = connection.execute("SELECT json FROM parts WHERE hash = ?", (key,)).fetchone()
    if row is None:
        raise ValueError(f"onderdeel {key[:8]} ontbreekt")
    try:
        return json.loads(zlib.decompress(row[0]))
    except zlib.error as error:
        raise ValueError(str(error)) from error
