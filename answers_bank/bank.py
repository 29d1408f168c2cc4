"""The bank: every document that was taken up, its passages, words and vectors, in one SQLite database.

SQLite is the truth. What lies beside it (`cache_folder`) can be thrown away at any time and is made again from it.
"""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, Self
from uuid import uuid4

from answers_bank import document_rows, schema, word_index
from answers_bank.connection import FILE_NAME, damaged, open_database
from answers_bank.documents import Document, Kind, Role
from answers_bank.encoding import EncodingStore
from answers_bank.stored import (
    BankInfo,
    DocumentFilters,
    DocumentSummary,
    PersonSummary,
    Signature,
    StoredPassage,
    passage_id,
    split_passage_id,
)
from embeddings.errors import BankError

Outcome = Literal["added", "unchanged", "updated"]

ANSWERING: frozenset[Role] = frozenset({Role.ANSWER, Role.SECTION})
"""Passages that can be quoted in an answer."""

_PASSAGE = """
SELECT passage.key, passage.position, passage.text, passage.start, passage."end", document.id, document.date,
       question.numbers, answer.numbers, section.heading
FROM passage JOIN document ON document.key = passage.document
LEFT JOIN question ON question.key = passage.question
LEFT JOIN answer ON answer.key = passage.answer
LEFT JOIN section ON section.key = passage.section
"""
_DOCUMENT = """
SELECT key, id, kind, title, source, date, submitted, received, case_number, document_number, aanhangsel, session_year,
       dossier, dossier_number, url, sha256
FROM document
"""
_CHUNK = 900
"""Values in one `IN (…)`; older SQLite allows 999."""
_ROWS = 2000
"""Rows fetched at once."""


class Bank:
    """An open bank. May be used from several threads, and by several processes of which one writes at a time.

    Use `Bank.open`. All methods raise `BankError` when the database is damaged, locked for long, or cannot be written.
    """

    def __init__(self, folder: Path, *, read_only: bool, first: sqlite3.Connection) -> None:
        self.folder = folder
        self.read_only = read_only
        self._local = threading.local()
        self._local.connection = first
        self._connections = [first]
        self._lock = threading.RLock()
        """One writing thread at a time; other processes are held off by SQLite."""
        self._closed = False

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False, read_only: bool = False) -> Self:
        """Open the bank in `folder`.

        Args:
            folder: holds `bank.sqlite` and the caches beside it.
            create: make an empty bank where there is none.
            read_only: never write, not even a newer schema; other processes may write.

        Raises:
            BankError: there is none, it is damaged (and left as it is), or of a newer version.
        """
        folder = Path(folder).expanduser()
        connection = open_database(folder, create=create and not read_only, read_only=read_only)
        bank = cls(folder, read_only=read_only, first=connection)
        if not read_only:
            bank._prepare()
        return bank

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; calling it again does nothing."""
        self._closed = True
        with self._lock:
            for connection in self._connections:
                with suppress(sqlite3.Error, BankError):
                    connection.close()
            self._connections.clear()

    # --- what the bank knows of itself -------------------------------------------------------------------------------

    @property
    def identifier(self) -> str:
        """Given to the bank when it was made, so that caches of another bank are never taken for its own."""
        return self.meta("identifier") or ""

    @property
    def generation(self) -> int:
        """Rises with each change of documents or vectors, also by other processes."""
        return int(self.meta("generation") or 0)

    @property
    def cache_folder(self) -> Path | None:
        """Where caches may be kept; None where nothing may be written."""
        if self.read_only or not os.access(self.folder, os.W_OK):
            return None
        return self.folder / "cache"

    @property
    def encoding(self) -> EncodingStore:
        """The texts to be found by meaning, and their vectors."""
        return EncodingStore(self)

    def info(self) -> BankInfo:
        """Counts, dates, model and size."""
        kinds = dict(self.sql("SELECT kind, count(*) FROM document GROUP BY kind ORDER BY kind").fetchall())
        first, last = self.sql("SELECT min(date), max(date) FROM document").fetchone()
        count = {
            table: int(self.sql(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - names of our own
            for table in ("question", "answer", "passage", "piece", "vector", "to_encode")
        }
        model = self.encoding.model()
        return BankInfo(
            documents=sum(kinds.values()),
            kinds=kinds,
            questions=count["question"],
            answers=count["answer"],
            passages=count["passage"],
            pieces=count["piece"],
            vectors=count["vector"],
            to_encode=count["to_encode"],
            first_date=_day(first),
            last_date=_day(last),
            model=model.name if model else None,
            model_source=model.source if model else None,
            generation=self.generation,
            schema=schema.version(self.connection),
            bytes=sum(path.stat().st_size for path in self.folder.glob(FILE_NAME + "*")),
        )

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the database, empty when it is whole; reads all of it."""
        found = [str(row[0]) for row in self.sql("PRAGMA integrity_check(20)") if row[0] != "ok"]
        found += [f"foreign key in {row[0]}" for row in self.sql("PRAGMA foreign_key_check").fetchmany(20)]
        return found

    # --- writing -----------------------------------------------------------------------------------------------------

    def add(self, document: Document) -> Outcome:
        """Take up a document, or replace the one with its id; when this returns it is on disk.

        Inside `transaction` it is on disk when that ends.
        """
        content, hash_ = document_rows.packed(document)
        known: tuple[int, bytes] | None = self.sql(
            "SELECT key, content_hash FROM document WHERE id = ?", (document.id,)
        ).fetchone()
        if known and known[1] == hash_:
            return "unchanged"
        with self.transaction() as connection:
            generation = self.next_generation()
            # Again, now that no other process can write.
            known = connection.execute("SELECT key FROM document WHERE id = ?", (document.id,)).fetchone()
            files: list[tuple[str, str, str]] = []
            if known:
                files = connection.execute(
                    "SELECT path, sha256, reader FROM file WHERE document = ?", (known[0],)
                ).fetchall()
                document_rows.delete(connection, known[0], generation)
            key = document_rows.insert(connection, document, content, hash_, generation)
            connection.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", [(*file, key) for file in files])
            self.encoding.add_pieces(key, document)
        return "updated" if known else "added"

    def remove(self, identifier: str) -> None:
        """Take out a document.

        Raises:
            KeyError: there is none with this id.
        """
        with self.transaction() as connection:
            known = connection.execute("SELECT key FROM document WHERE id = ?", (identifier,)).fetchone()
            if not known:
                raise KeyError(identifier)
            document_rows.delete(connection, known[0], self.next_generation())

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is written inside is on disk when this ends, and undone when an exception leaves it."""
        if self.read_only:
            raise BankError("De bank is geopend om te lezen.", "Open haar zonder deze beperking om te schrijven.")
        with self._lock:
            connection = self.connection
            outer = bool(connection.in_transaction)
            if outer:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    # --- files -------------------------------------------------------------------------------------------------------

    def file(self, path: str) -> tuple[str, str, str] | None:
        """(sha256, version of the reader, document id) of a file that was taken up before."""
        row = self.sql(
            "SELECT file.sha256, reader, id FROM file JOIN document ON document.key = file.document WHERE path = ?",
            (path,),
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def files(self, document: str) -> list[str]:
        """Paths that hold a document."""
        sql = "SELECT path FROM file JOIN document ON document.key = file.document WHERE id = ? ORDER BY path"
        return [row[0] for row in self.sql(sql, (document,))]

    def set_file(self, path: str, sha256: str, reader: str, document: str) -> None:
        """Remember that a file holds a document."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO file SELECT ?, ?, ?, key FROM document WHERE id = ?",
                (path, sha256, reader, document),
            )

    # --- documents ---------------------------------------------------------------------------------------------------

    def __contains__(self, identifier: object) -> bool:
        return self.sql("SELECT 1 FROM document WHERE id = ?", (identifier,)).fetchone() is not None

    def document(self, identifier: str) -> Document:
        """The whole document, equal to what was added.

        Raises:
            KeyError: there is none with this id.
        """
        row = self.sql("SELECT content FROM document WHERE id = ?", (identifier,)).fetchone()
        if not row:
            raise KeyError(identifier)
        try:
            return document_rows.unpacked(row[0])
        except ValueError as error:
            raise damaged(self.folder / FILE_NAME, f"document {identifier}") from error

    def documents(self, filters: DocumentFilters | None = None) -> list[DocumentSummary]:
        """Summaries of all documents that the filters allow: newest first, then by id."""
        conditions, values = _conditions(filters or DocumentFilters())
        return self._summaries(conditions, values)

    def find_documents(
        self,
        *,
        case_number: str | None = None,
        document_number: str | None = None,
        aanhangsel: int | None = None,
        session_year: str | None = None,
        dossier: str | None = None,
        dossier_number: str | None = None,
    ) -> list[DocumentSummary]:
        """Documents by their official numbers, newest first; every number given must agree."""
        given = {
            "case_number": case_number,
            "document_number": document_number,
            "aanhangsel": aanhangsel,
            "session_year": session_year,
            "dossier": document_rows.dossier_key(dossier),
            "dossier_number": dossier_number,
        }
        named = {column: value for column, value in given.items() if value is not None}
        return self._summaries([f"{column} = ?" for column in named], list(named.values())) if named else []

    def referring_to(self, session_year: str, number: int) -> list[DocumentSummary]:
        """Documents whose heading says "Zie ook Aanhangsel Handelingen" with this number, newest first."""
        sql = "key IN (SELECT document FROM see_also WHERE session_year = ? AND number = ?)"
        return self._summaries([sql], [session_year, number])

    def signatures(self, portfolio: str | None = None, before: datetime.date | None = None) -> list[Signature]:
        """Who answered for which portfolio when, newest first.

        Args:
            portfolio: a part of its name; case and accents do not count. None gives all.
            before: only documents dated before this day.
        """
        sql = (
            "SELECT name, portfolio, office, date, id, role "
            "FROM person JOIN document ON document.key = person.document "
            "WHERE role IN ('minister', 'on_behalf_of') AND name IS NOT NULL AND date IS NOT NULL"
        )
        values: list[object] = []
        if portfolio:
            sql += " AND instr(fold(coalesce(portfolio, '')), ?) > 0"
            values.append(word_index.fold(portfolio))
        if before:
            sql += " AND date < ?"
            values.append(before.isoformat())
        rows = self.sql(sql + " ORDER BY date DESC, id, role, position", values)
        return [
            Signature(row[0], row[1], row[2], datetime.date.fromisoformat(row[3]), row[4], row[5] == "on_behalf_of")
            for row in rows
        ]

    # --- passages ----------------------------------------------------------------------------------------------------

    def passage(self, identifier: str) -> StoredPassage:
        """A passage by its id.

        Raises:
            KeyError: there is none.
        """
        document, position = split_passage_id(identifier)
        sql = _PASSAGE + "WHERE document.id = ? AND passage.position = ?"
        row = self.sql(sql, (document, position)).fetchone()
        if not row:
            raise KeyError(identifier)
        return _stored(row)

    def passages(self, document: str | None = None) -> Iterator[StoredPassage]:
        """All passages in the order they were added, or those of one document in the order of its text."""
        if document is None:
            for _, passage in self.passages_after(0, roles=None):
                yield passage
        else:
            rows = self.sql(_PASSAGE + "WHERE document.id = ? ORDER BY passage.position", (document,))
            for row in rows:
                yield _stored(row)

    def passages_after(
        self, key: int, roles: frozenset[Role] | None = ANSWERING
    ) -> Iterator[tuple[int, StoredPassage]]:
        """Passages with a row key above `key`, ascending, for caches that follow the bank.

        Args:
            key: the last one seen; 0 gives all.
            roles: which passages; None gives questions too.
        """
        chosen = [f"passage.{role.value} IS NOT NULL" for role in Role if roles is None or role in roles]
        sql = f"{_PASSAGE} WHERE passage.key > ? AND ({' OR '.join(chosen)}) ORDER BY passage.key LIMIT {_ROWS}"
        while rows := self.sql(sql, (key,)).fetchall():  # in steps: no long transaction that holds back a writer
            for row in rows:
                yield row[0], _stored(row)
            key = rows[-1][0]

    def passages_by_key(self, keys: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages that (still) exist among `keys`."""
        found = {}
        for start in range(0, len(keys), _CHUNK):
            chunk = [int(key) for key in keys[start : start + _CHUNK]]
            sql = f"{_PASSAGE} WHERE passage.key IN ({', '.join('?' * len(chunk))})"
            for row in self.sql(sql, chunk):
                found[int(row[0])] = _stored(row)
        return found

    def sample(self, count: int) -> list[StoredPassage]:
        """About `count` passages of answers and sections at most, spread evenly over the bank."""
        last = int(self.sql("SELECT coalesce(max(key), 0) FROM passage").fetchone()[0])
        step = max(1, last // max(count, 1))
        chosen = self.passages_by_key(range(1, last + 1, step))
        return [chosen[key] for key in sorted(chosen) if chosen[key].role in ANSWERING]

    def find_words(
        self, text: str, k: int = 100, *, match: Literal["any", "all", "phrase"] = "any"
    ) -> list[tuple[int, float]]:
        """Row keys of passages with the words of `text` (as Dutch stems), best first by BM25, with their score.

        Args:
            text: plain words, no query language.
            k: how many at most.
            match: any of the words, all of them, or all in this order side by side.
        """
        stems = word_index.terms(text)
        if not stems:
            return []
        query = {"any": word_index.any_query, "all": word_index.all_query, "phrase": word_index.phrase_query}[match]
        rows = self.sql(
            "SELECT rowid, -bm25(words) FROM words WHERE words MATCH ? ORDER BY bm25(words), rowid DESC LIMIT ?",
            (query(stems), k),
        )
        return [(int(row[0]), float(row[1])) for row in rows]

    def removed_since(self, generation: int) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
        """Ranges (first, last) of the keys of passages and of pieces taken out after `generation`, oldest first."""
        rows = self.sql(
            "SELECT first_passage, last_passage, first_piece, last_piece FROM removal WHERE generation > ? "
            "ORDER BY generation",
            (generation,),
        )
        return [
            ((row[0], row[1]) if row[0] is not None else None, (row[2], row[3]) if row[2] is not None else None)
            for row in rows
        ]

    # --- for the modules of this room --------------------------------------------------------------------------------

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        if self._closed:
            raise BankError("De bank is al gesloten.", "Open haar opnieuw.")
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = open_database(self.folder, create=False, read_only=self.read_only)
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    def sql(self, statement: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        """Run one statement on this thread's connection."""
        return self.connection.execute(statement, tuple(values))

    def rebuild_words(self) -> None:
        """Make the word index again from the passages."""
        with self.transaction() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            rows = connection.execute("SELECT key, text FROM passage ORDER BY key").fetchall()
            document_rows.index_words(connection, rows)
            self.set_meta("word_version", word_index.version())

    def set_meta(self, name: str, value: str) -> None:
        """Write a fact about the bank; inside a transaction."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def meta(self, name: str) -> str | None:
        """A fact about the bank; None where it is not known."""
        row = self.sql("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def next_generation(self) -> int:
        """Count a change and return the new generation; inside a transaction."""
        generation = self.generation + 1
        self.set_meta("generation", str(generation))
        return generation

    def _prepare(self) -> None:
        """Name a new bank; make the word index again when its stems are of another version."""
        if self.meta("identifier") and self.meta("word_version") == word_index.version():
            return
        with self.transaction():
            if not self.meta("identifier"):
                self.set_meta("identifier", uuid4().hex)
                self.set_meta("generation", "0")
                self.set_meta("word_version", word_index.version())
            elif self.meta("word_version") != word_index.version():
                self.rebuild_words()

    def _summaries(self, conditions: Sequence[str], values: Sequence[object]) -> list[DocumentSummary]:
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self.sql(f"{_DOCUMENT}{where} ORDER BY date IS NULL, date DESC, id", values).fetchall()
        sql = "SELECT document, role, name, party, portfolio, office FROM person"
        if where:
            sql += f" WHERE document IN (SELECT key FROM document{where})"  # noqa: S608 - conditions of our own
        people: dict[int, list[PersonSummary]] = {}
        for row in self.sql(sql + " ORDER BY document, role, position", values if where else ()):
            people.setdefault(row[0], []).append(PersonSummary(*row[1:]))
        return [_summary(row, tuple(people.get(row[0], ()))) for row in rows]


def _conditions(filters: DocumentFilters) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def person(column: str, roles: str, value: str, whole: bool = False) -> None:
        test = f"fold({column}) = ?" if whole else f"instr(fold({column}), ?) > 0"
        conditions.append(
            f"key IN (SELECT document FROM person WHERE role IN ({roles}) AND {column} IS NOT NULL AND {test})"  # noqa: S608
        )
        values.append(word_index.fold(value))

    if filters.after:
        conditions.append("date >= ?")
        values.append(filters.after.isoformat())
    if filters.before:
        conditions.append("date < ?")
        values.append(filters.before.isoformat())
    if filters.kinds:
        conditions.append(f"kind IN ({', '.join('?' * len(filters.kinds))})")
        values += sorted(kind.value for kind in filters.kinds)
    if filters.dossier:
        conditions.append("dossier = ?")
        values.append(document_rows.dossier_key(filters.dossier))
    if filters.portfolio:
        person("portfolio", "'minister', 'on_behalf_of', 'addressee'", filters.portfolio)
    if filters.minister:
        person("name", "'minister', 'on_behalf_of'", filters.minister)
    if filters.party:
        person("party", "'asker'", filters.party, whole=True)
    return conditions, values


def _stored(row: Sequence[object]) -> StoredPassage:
    key, position, text, start, end, document, date, asked, answered, heading = row
    role = Role.QUESTION if asked is not None else Role.ANSWER if answered is not None else Role.SECTION
    numbers = asked or answered
    return StoredPassage(
        id=passage_id(str(document), int(str(position))),
        document=str(document),
        date=_day(date),
        role=role,
        numbers=tuple(json.loads(str(numbers))) if numbers else (),
        heading=str(heading or ""),
        text=str(text),
        start=int(str(start)),
        end=int(str(end)),
        position=int(str(position)),
        key=int(str(key)),
    )


def _summary(row: Sequence[object], people: tuple[PersonSummary, ...]) -> DocumentSummary:
    key, identifier, kind, title, source, date, submitted, received = row[:8]
    others: tuple[Any, ...] = (*row[8:], people)
    return DocumentSummary(
        str(identifier), int(str(key)), Kind(str(kind)), str(title), str(source),
        _day(date), _day(submitted), _day(received), *others,
    )  # fmt: skip


def _day(value: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(value)) if value else None
