"""What was fetched before: records, their files by hash, and how far each list was read.

It lives beside the bank, in `ophalen.sqlite` and the folder `ruw`, so that fetching goes on after any interruption
and re-reading with a better reader needs no network. The bank stays the truth for documents; the ledger only knows
where they came from.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from answers_bank import json_values
from answers_bank.store.connection import open_side_database
from answers_bank.store.fetching.fetched import KnownRecord, Record, StoredBody, same_document
from embeddings.errors import BankError
from embeddings.files import write_whole

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    source TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, modified TEXT NOT NULL, data TEXT NOT NULL,
    identifier TEXT, document_number TEXT, case_number TEXT, dossier TEXT, dossier_number TEXT,
    document TEXT, done INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS record_identifier ON record (identifier);
CREATE INDEX IF NOT EXISTS record_document_number ON record (document_number);
CREATE INDEX IF NOT EXISTS record_case ON record (case_number, kind);
CREATE INDEX IF NOT EXISTS record_dossier ON record (dossier, dossier_number);
CREATE INDEX IF NOT EXISTS record_document ON record (document);
CREATE TABLE IF NOT EXISTS body (
    source TEXT NOT NULL, key TEXT NOT NULL, format TEXT NOT NULL, url TEXT NOT NULL, sha256 TEXT NOT NULL,
    etag TEXT, last_modified TEXT,
    PRIMARY KEY (source, key, format),
    FOREIGN KEY (source, key) REFERENCES record (source, key) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS progress (
    source TEXT NOT NULL, filter TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (source, filter)
) WITHOUT ROWID;
"""


class Ledger:
    """The records fetched so far and the raw files."""

    def __init__(self, folder: Path) -> None:
        """Open or make the ledger in the bank's `folder`.

        Raises:
            BankError: the ledger is damaged or cannot be written.
        """
        self._raw = folder / "ruw"
        path = folder / "ophalen.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = open_side_database(path)
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for statement in _SCHEMA.split(";"):
                    self._db.execute(statement)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                self._db.close()
                raise
        except BankError as error:
            if not isinstance(error.__cause__, sqlite3.DatabaseError) or "locked" in str(error.__cause__):
                raise
            raise BankError(
                f"{path} kan niet worden geopend.",
                "Zet dit bestand opzij; het ophalen begint dan opnieuw en de bank zelf blijft zoals die is.",
            ) from error
        except OSError as error:
            raise BankError(
                f"{path} kan niet worden geopend.",
                "Zet dit bestand opzij; het ophalen begint dan opnieuw en de bank zelf blijft zoals die is.",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()

    def close(self) -> None:
        """Close the ledger."""
        self._db.close()

    def known(self, source: str, key: str) -> KnownRecord | None:
        """The record of `source` called `key`, if it was seen before."""
        row = self._db.execute(
            "SELECT data, document, done FROM record WHERE source = ? AND key = ?", (source, key)
        ).fetchone()
        return None if row is None else self._known(*row)

    def note(self, record: Record) -> None:
        """Keep `record` as seen but not yet done; the files it had stay."""
        self._db.execute(
            "INSERT INTO record (source, key, kind, modified, data, identifier, document_number, case_number, dossier,"
            " dossier_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source, key) DO UPDATE SET kind = excluded.kind, modified = excluded.modified,"
            " data = excluded.data, identifier = excluded.identifier, document_number = excluded.document_number,"
            " case_number = excluded.case_number, dossier = excluded.dossier,"
            " dossier_number = excluded.dossier_number, done = 0",
            (
                record.source,
                record.key,
                record.kind.value,
                record.modified,
                json.dumps(json_values.encode(record), ensure_ascii=False),
                record.identifier,
                record.document_number,
                record.case_number,
                record.dossier,
                record.dossier_number,
            ),
        )

    def keep_body(self, record: Record, body: StoredBody, content: bytes) -> None:
        """Keep a file of `record`; equal content is stored once, and is whole or absent."""
        path = self._path(body.sha256)
        if self.content(body.sha256) is None:  # absent, or damaged since
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        self._db.execute(
            "INSERT OR REPLACE INTO body (source, key, format, url, sha256, etag, last_modified)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (record.source, record.key, body.format, body.url, body.sha256, body.etag, body.last_modified),
        )

    def content(self, sha256: str) -> bytes | None:
        """The raw file with this hash; None when it is absent or no longer what it was."""
        try:
            content = self._path(sha256).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == sha256 else None

    def group(self, record: Record) -> list[KnownRecord]:
        """All records that are the same document as `record`, itself included, in an order that is always the same."""
        found: dict[tuple[str, str], KnownRecord] = {}
        todo = [record]
        while todo:
            current = todo.pop()
            for candidate in self._candidates(current):
                place = (candidate.record.source, candidate.record.key)
                if place not in found and same_document(current, candidate.record):
                    found[place] = candidate
                    todo.append(candidate.record)
        return sorted(found.values(), key=lambda known: (known.record.source, known.record.key))

    def finish(self, members: list[KnownRecord], document: str | None) -> list[str]:
        """Mark `members` as done under `document`; returns the ids they had before that no record uses any more."""
        before = {known.document for known in members if known.document and known.document != document}
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for known in members:
                self._db.execute(
                    "UPDATE record SET document = ?, done = 1 WHERE source = ? AND key = ?",
                    (document, known.record.source, known.record.key),
                )
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        return sorted(name for name in before if not self._in_use(name))

    def reached(self, source: str, filter_key: str) -> datetime.date | None:
        """The day up to which this list was read whole, if ever."""
        row = self._db.execute(
            "SELECT until FROM progress WHERE source = ? AND filter = ?", (source, filter_key)
        ).fetchone()
        return datetime.date.fromisoformat(row[0]) if row else None

    def reach(self, source: str, filter_key: str, until: datetime.date) -> None:
        """Keep that this list was read whole up to `until`."""
        self._db.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, ?)", (source, filter_key, until.isoformat()))

    def unfinished(self, source: str) -> list[KnownRecord]:
        """Records of `source` that were noted and did not reach the bank since."""
        rows = self._db.execute(
            "SELECT data, document, done FROM record WHERE source = ? AND done = 0 ORDER BY key", (source,)
        ).fetchall()
        return [self._known(*row) for row in rows]

    def all(self) -> Iterator[KnownRecord]:
        """Every record, by source and key."""
        rows = self._db.execute("SELECT data, document, done FROM record ORDER BY source, key").fetchall()
        for row in rows:
            yield self._known(*row)

    def _candidates(self, record: Record) -> list[KnownRecord]:
        rows = self._db.execute(
            "SELECT data, document, done FROM record WHERE (source = ? AND key = ?) OR identifier = ?"
            " OR document_number = ? OR (case_number = ? AND kind = ?) OR (dossier = ? AND dossier_number = ?)",
            (
                record.source,
                record.key,
                record.identifier,
                record.document_number,
                record.case_number,
                record.kind.value,
                record.dossier,
                record.dossier_number,
            ),
        ).fetchall()
        return [self._known(*row) for row in rows]

    def _known(self, data: str, document: str | None, done: int) -> KnownRecord:
        record = json_values.decode(Record, json.loads(data))
        bodies = self._db.execute(
            "SELECT format, url, sha256, etag, last_modified FROM body WHERE source = ? AND key = ? ORDER BY format",
            (record.source, record.key),
        ).fetchall()
        return KnownRecord(record, document, bool(done), tuple(StoredBody(*row) for row in bodies))

    def _in_use(self, document: str) -> bool:
        return self._db.execute("SELECT 1 FROM record WHERE document = ? LIMIT 1", (document,)).fetchone() is not None

    def _path(self, sha256: str) -> Path:
        return self._raw / sha256[:2] / sha256
