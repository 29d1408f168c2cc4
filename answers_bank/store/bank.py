"""The bank: every document that was taken up, its passages, words and vectors, in one SQLite database.

SQLite is the truth. What lies beside it (`cache_folder`) can be thrown away at any time and is made again from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal
from uuid import uuid4

from answers_bank.documents import Document
from answers_bank.dutch import words as word_index
from answers_bank.store import document_rows, proof, schema
from answers_bank.store.annotations.annotations import About, Annotation, Annotations
from answers_bank.store.connection import FILE_NAME
from answers_bank.store.documents_of_bank import DocumentLookup
from answers_bank.store.following.sayings import SharedSayings
from answers_bank.store.following.shared import SharedState
from answers_bank.store.following.shared_dossiers import SharedDossierState
from answers_bank.store.notes_of_bank import NoteLookup
from answers_bank.store.passages_of_bank import ANSWERING, PassageLookup
from answers_bank.store.stored import BankInfo, stored_day, stored_passages
from answers_bank.store.vectors import VectorStore
from embeddings.errors import BankError

__all__ = ["ANSWERING", "Bank", "Outcome"]

Outcome = Literal["added", "unchanged", "updated"]

_FAULTS = 20
"""Faults that are told at most."""


class Bank(DocumentLookup, NoteLookup, PassageLookup):
    """An open bank. May be used from several threads, and by several processes of which one writes at a time.

    Use `Bank.open`. All methods raise `BankError` when the database is damaged, locked for long, or cannot be written.
    """

    @property
    def vectors(self) -> VectorStore:
        """The texts to be found by meaning, and their vectors."""
        return VectorStore(self)

    @property
    def shared(self) -> SharedState:
        """What it knows of the shared bank that it follows, if any."""
        return SharedState(self)

    @property
    def shared_dossiers(self) -> SharedDossierState:
        """What it knows of the dossiers that are shared with others."""
        return SharedDossierState(self)

    @property
    def shared_sayings(self) -> SharedSayings:
        """How far it is with what people say, where it follows a shared bank."""
        return SharedSayings(self)

    def info(self) -> BankInfo:
        """Counts, dates, model and size."""
        kinds = dict(self.sql("SELECT kind, count(*) FROM document GROUP BY kind ORDER BY kind").fetchall())
        first, last = self.sql("SELECT min(date), max(date) FROM document").fetchone()
        count = {
            table: int(self.sql(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - names of our own
            for table in ("question", "answer", "passage", "piece", "vector", "to_encode")
        }
        model = self.vectors.model()
        return BankInfo(
            documents=sum(kinds.values()),
            kinds=kinds,
            questions=count["question"],
            answers=count["answer"],
            passages=count["passage"],
            pieces=count["piece"],
            vectors=count["vector"],
            to_encode=count["to_encode"],
            first_date=stored_day(first),
            last_date=stored_day(last),
            model=model.name if model else None,
            model_source=model.source if model else None,
            generation=self.generation,
            schema=schema.version(self.connection),
            bytes=sum(path.stat().st_size for path in self.folder.glob(FILE_NAME + "*")),
        )

    def damage(self) -> list[str]:
        """What is wrong with the database, empty when it is whole; reads all of it.

        SQLite's own structure; every document against its content hash; what is kept of it in rows against the
        document; every vector; and the documents there are against the history of the bank.
        """
        with self.one_moment():
            return self._damage_now()

    def _damage_now(self) -> list[str]:
        found = [str(row[0]) for row in self.sql("PRAGMA integrity_check(20)") if row[0] != "ok"]
        found += [f"foreign key in {row[0]}" for row in self.sql("PRAGMA foreign_key_check").fetchmany(20)]
        if found:
            return found
        hashes: dict[str, str] = {}
        for identifier, content, hash_ in self.sql("SELECT id, content, content_hash FROM document"):
            if len(found) >= _FAULTS:
                return found
            try:
                document = document_rows.unpacked(content, hash_)
                hashes[identifier] = hash_.hex()
                if document.id != identifier or not self._kept_as_written(self._as_corrected(document)):
                    found.append(f"wat van stuk {identifier} is bewaard, is niet wat erin staat")
            except (ValueError, TypeError, KeyError, BankError):
                found.append(f"stuk {identifier} is niet meer zoals het is opgenomen")
        wrong = self.sql("SELECT count(*) FROM vector WHERE crc IS NOT NULL AND crc <> crc32(data)").fetchone()[0]
        if wrong:
            found.append(f"{wrong} vectoren zijn niet meer zoals zij zijn gemaakt")
        links = self.sql("SELECT generation, change, salt, mark FROM history ORDER BY generation").fetchall()
        rows = self.sql("SELECT about, subject, field, value FROM annotation")
        sayings = {(about, subject, field): value for about, subject, field, value in rows}
        return (found + proof.faults(links, hashes, sayings))[:_FAULTS]

    def _kept_as_written(self, document: Document) -> bool:
        kept = list(self.passages(document.id))
        [summary] = self.summaries_of([document.id]).values()
        people = [(p.role, p.name, p.party, p.portfolio, p.office) for p in summary.people]
        written = sorted(document_rows.people(summary.key, document), key=lambda row: (str(row[1]), int(str(row[2]))))
        return (
            kept == list(stored_passages(document))
            and (summary.title, summary.date, summary.source) == (document.title, document.date, document.source)
            and people == [(row[1], *row[3:]) for row in written]
        )

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
            # Again, now that no other process can write.
            known = connection.execute("SELECT key, content_hash FROM document WHERE id = ?", (document.id,)).fetchone()
            generation = self.next_generation(proof.added(document.id, hash_, known[1] if known else None))
            self._write(self._as_corrected(document), content, hash_, generation, known[0] if known else None)
        return "updated" if known else "added"

    def _write(self, document: Document, content: bytes, hash_: bytes, generation: int, before: int | None) -> None:
        """Write a document, in the place of the one with row key `before` if there is one; in a transaction.

        Passages always get new keys: that is how the caches see that something of their document changed.
        """
        connection = self.connection
        files: list[tuple[str, str, str]] = []
        texts: frozenset[int] = frozenset()
        if before is not None:
            sql = "SELECT path, sha256, reader FROM file WHERE document = ?"
            files = connection.execute(sql, (before,)).fetchall()
            texts = document_rows.delete(connection, before, generation)
        key = document_rows.insert(connection, document, content, hash_, generation)
        connection.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", [(*file, key) for file in files])
        self.vectors.add_pieces(key, document)
        document_rows.drop_unused(connection, texts)  # only now: what says the same keeps its vector

    def remove(self, identifier: str) -> None:
        """Take out a document.

        Raises:
            KeyError: there is none with this id.
        """
        with self.transaction() as connection:
            known = connection.execute("SELECT key, content_hash FROM document WHERE id = ?", (identifier,)).fetchone()
            if not known:
                raise KeyError(identifier)
            generation = self.next_generation(proof.removed(identifier, known[1]))
            document_rows.drop_unused(connection, document_rows.delete(connection, known[0], generation))
            self.take_back(identifier)  # another document may come under this id

    # --- what people say ---------------------------------------------------------------------------------------------

    @property
    def annotations(self) -> Annotations:
        """What people said of documents and standard passages; written with `annotate` and `take_over`."""
        return Annotations(self)

    def annotate(self, annotations: Iterable[Annotation]) -> None:
        """Keep what a person says now, and show the documents that it is about as they are from now on.

        All of it is on disk when this returns, or none of it.

        Raises:
            KeyError: one is about a document that is not in the bank.
        """
        with self.transaction():
            given = list(annotations)
            for annotation in given:
                if annotation.about is About.DOCUMENT and annotation.subject not in self:
                    raise KeyError(annotation.subject)
            self._say([self.annotations.after_what_is_kept(annotation) for annotation in given])

    def take_back(self, identifier: str) -> None:
        """Take back all that people corrected of a document: another one came under its id."""
        with self.transaction():
            said = self.annotations.of(About.DOCUMENT, identifier)
            self._say([self.annotations.after_what_is_kept(replace(one, value=None, by="")) for one in said])

    def take_over(self, annotations: Iterable[Annotation]) -> int:
        """Keep what was said elsewhere, as far as it was said later than what is kept; how many that were.

        One about a document that is not here yet is kept too, and holds as soon as that is taken up.
        """
        with self.transaction():
            newer = [annotation for annotation in annotations if self.annotations.is_newer(annotation)]
            self._say(newer)
        return len(newer)

    def _say(self, annotations: Sequence[Annotation]) -> None:
        documents: dict[str, int] = {}
        for said in annotations:
            generation = self.next_generation(proof.said(said.about, said.subject, said.field, said.value))
            self.annotations.write(said, generation)
            if said.about is About.DOCUMENT:
                documents[said.subject] = generation
        for identifier, generation in documents.items():
            row = self.sql("SELECT key, content, content_hash FROM document WHERE id = ?", (identifier,)).fetchone()
            if row:
                as_read = document_rows.unpacked(row[1], row[2])
                self._write(self._as_corrected(as_read), row[1], row[2], generation, row[0])

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

    # --- what could not be read --------------------------------------------------------------------------------------

    def set_aside(self, path: str, sha256: str, reader: str, reason: str) -> None:
        """Note that a file could not be read, and why."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, datetime('now'))", (path, sha256, reader, reason)
            )

    def try_again(self, path: str) -> None:
        """The file can be read after all, or shall be tried again."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM set_aside WHERE path = ?", (path,))

    def why_set_aside(self, path: str, sha256: str, reader: str) -> str | None:
        """Why this very file was set aside by this version of the reader; None where it was not."""
        sql = "SELECT reason FROM set_aside WHERE path = ? AND sha256 = ? AND reader = ?"
        row = self.sql(sql, (path, sha256, reader)).fetchone()
        return str(row[0]) if row else None

    def all_set_aside(self) -> list[tuple[str, str, str]]:
        """(path, reason, moment in UTC) of every file that was set aside, by path."""
        return self.sql("SELECT path, reason, noted FROM set_aside ORDER BY path").fetchall()

    def rebuild_words(self) -> None:
        """Make the word index again from the passages."""
        with self.transaction() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            rows = connection.execute("SELECT key, text FROM passage ORDER BY key").fetchall()
            document_rows.index_words(connection, rows)
            self.set_meta("word_version", word_index.version())

    def prepare(self) -> None:
        """Name a new bank and begin its history; make the word index again when its stems are of another version."""
        if self.meta("identifier") and self.mark.mark and self.meta("word_version") == word_index.version():
            return
        with self.transaction():
            if not self.meta("identifier"):
                self.set_meta("identifier", uuid4().hex)
                self.set_meta("generation", "0")
                self.set_meta("word_version", word_index.version())
            if not self.mark.mark:
                rows = self.sql("SELECT id, content_hash FROM document").fetchall()
                began = proof.began({identifier: hash_.hex() for identifier, hash_ in rows})
                self.write_history(self.generation, began, proof.EMPTY_MARK)
            if self.meta("word_version") != word_index.version():
                self.rebuild_words()
