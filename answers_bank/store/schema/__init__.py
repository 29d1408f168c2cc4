"""The bank's schema: numbered migrations with a ledger, each in a transaction of its own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from answers_bank.store.proof import crc32

_NAME = re.compile(r"^(\d{4})_\w+\.sql$")
_LEDGER = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)"


def migrations() -> list[tuple[int, str, str]]:
    """All migrations as (number, name, SQL), in order."""
    entries = files(__name__).iterdir()
    return sorted((int(m[1]), m[0], e.read_text("utf-8")) for e in entries if (m := _NAME.match(e.name)))


def latest() -> int:
    """Number of the newest migration: the schema that this version of the program knows."""
    return migrations()[-1][0]


def version(connection: sqlite3.Connection) -> int:
    """Number of the last migration that was applied; 0 for an empty database."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'").fetchone()
    if not known:
        return 0
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()[0])


def migrate(connection: sqlite3.Connection, until: int | None = None) -> int:
    """Apply what is missing, up to number `until` (default: all), and return the resulting version.

    The connection must be in autocommit mode. Two processes may do this at once: each step is taken under the write
    lock, after looking again at what is done.
    """
    connection.create_function("crc32", -1, crc32, deterministic=True)
    for number, name, sql in migrations():
        if until is not None and number > until:
            break
        if version(connection) >= number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version(connection) < number:
                connection.execute(_LEDGER)
                for statement in _statements(sql):
                    connection.execute(statement)
                connection.execute("INSERT INTO migration VALUES (?, ?, datetime('now'))", (number, name))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return version(connection)


def _statements(sql: str) -> Iterator[str]:
    # executescript() would commit on its own before it starts.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
