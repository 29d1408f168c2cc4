"""What can be saved of a damaged bank: each document is kept whole beside what is made from it, with a hash.

A new bank is filled with the documents that are still as they were taken up, with the files that hold them and with
what people corrected. Words, passages, vectors and indexes are made again; what is lost is named.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from answers_bank.documents import Document
from answers_bank.store import document_rows
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.bank import Bank
from answers_bank.store.connection import CarefulConnection

_MOST_SKIPPED = 2_000
"""Keys on end that are tried one by one behind a place that cannot be read: a page holds fewer rows."""


_LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
"""When a correction was made whose moment is lost: what others say of the same thing holds over it."""


@dataclass(frozen=True, slots=True)
class LostDocument:
    """A document that is no longer what was taken up."""

    id: str
    files: tuple[str, ...]
    """Paths that held it when they were read; empty where it was fetched or came from a register."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved of a bank."""

    documents: int
    annotations: int
    lost: tuple[LostDocument, ...]
    followed: bool
    """It followed a shared bank; the new one does not yet."""


def salvage(source: Path, bank: Bank) -> Salvaged:
    """Take up in `bank`, which is empty, what is still right in the damaged database `source`; that is only read."""
    reading = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=60.0, factory=CarefulConnection)
    reading.text_factory = lambda text: text.decode("utf-8", "replace")
    with contextlib.closing(reading), bank.transaction():
        changes = [row[1] for row in _rows(reading, "history", "generation", "change")]
        expected, said = _replayed(changes)
        kept: dict[int, str] = {}
        missing = dict.fromkeys(expected)
        for key, identifier, content, hash_ in _rows(reading, "document", "key", "id, content, content_hash"):
            document = _whole(content, hash_, expected.get(str(identifier)))
            if document is not None and document.id not in bank and _taken(bank, document):
                kept[key] = document.id
            elif isinstance(identifier, str):
                missing[identifier] = None
        lost: dict[str, list[str]] = {one: [] for one in missing if one not in bank}
        owners = dict(_rows(reading, "document", "key", "id"))
        for path, sha256, reader, key in _all(reading, "SELECT path, sha256, reader, document FROM file"):
            if key in kept:
                bank.set_file(str(path), str(sha256), str(reader), kept[key])
            elif owners.get(key) in lost:
                lost[owners[key]].append(str(path))
        count = sum(_in_part(bank, partial(bank.take_over, [one])) for one in _annotations(reading, said))
        followed = bool(_all(reading, "SELECT 1 FROM meta WHERE name = 'shared'"))
    found = tuple(LostDocument(identifier, tuple(sorted(paths))) for identifier, paths in sorted(lost.items()))
    return Salvaged(len(kept), count, found, followed)


def _whole(content: Any, hash_: Any, expected: bytes | None) -> Document | None:
    """The document, where its content is what its hash says, or what the history says it was."""
    for one in (hash_, expected):
        with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
            if one is not None:
                return document_rows.unpacked(content, one)
    return None


def _taken(bank: Bank, document: Document) -> bool:
    return _in_part(bank, partial(bank.add, document))


def _in_part(bank: Bank, step: Callable[[], object]) -> bool:
    try:
        with bank.trying():
            step()
    except ValueError:
        return False
    return True


def _replayed(changes: list[Any]) -> tuple[dict[str, bytes], dict[tuple[str, str, str], str | None]]:
    """Of each document that the history says is there its content hash, and the last that was said of each field."""
    held: dict[str, bytes] = {}
    said: dict[tuple[str, str, str], str | None] = {}
    for change in changes:
        try:
            kind, *rest = json.loads(change)
            if kind == "+":
                held[rest[0]] = bytes.fromhex(rest[1])
            elif kind == "-":
                held.pop(rest[0], None)
            elif kind == "s":
                about, subject, field, value = rest
                said[about, subject, field] = value
        except (ValueError, TypeError, IndexError):
            continue  # this link is damaged
    return held, said


def _annotations(reading: sqlite3.Connection, said: dict[tuple[str, str, str], str | None]) -> Iterator[Annotation]:
    """What people said, as the history has it: a row may have become another one. Who said it when is in the row."""
    rows = _all(reading, "SELECT about, subject, field, said_by, said_at FROM annotation")
    who = {(about, subject, field): (str(by), at) for about, subject, field, by, at in rows}
    for (about, subject, field), value in said.items():
        by, at = who.get((about, subject, field), ("", ""))
        try:
            moment = datetime.datetime.fromisoformat(at)
        except (ValueError, TypeError):
            moment = _LONG_AGO
        with contextlib.suppress(ValueError, TypeError):
            yield Annotation(About(about), subject, field, value, by, moment)


def _rows(reading: sqlite3.Connection, table: str, key: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """(key, columns) of the rows that can be read, by key; over those that cannot it steps one key at a time."""
    sql = f"SELECT {key}, {columns} FROM {table} NOT INDEXED WHERE {key} > ? ORDER BY {key}"  # noqa: S608 - our own
    last = skipped = 0
    while skipped < _MOST_SKIPPED:
        try:
            for row in reading.execute(sql, (last,)):
                last, skipped = row[0], 0
                yield row
            return
        except sqlite3.DatabaseError as error:
            if any(sign in str(error) for sign in ("no such", "schema", "not a database")):
                return  # nothing of it is to be found
            last, skipped = last + 1, skipped + 1


def _all(reading: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    """The rows up to the first that cannot be read."""
    found: list[tuple[Any, ...]] = []
    with contextlib.suppress(sqlite3.DatabaseError):
        for row in reading.execute(sql):
            found.append(row)  # noqa: PERF402 - what was read before the fault counts
    return found
