"""What a bank knows of the shared bank that it follows.

Nothing is noted when a document changes here: what waits to be sent is found by comparing the documents with the last
state that both sides had. So no change is missed, whatever made it and wherever the program stopped.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from answers_bank.store import document_rows
from embeddings.encoder import ModelIdentity

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

_META = "shared"
_LEFT = "shared_before"


@dataclass(frozen=True, slots=True)
class Following:
    """Which shared bank this bank follows, and how far."""

    address: str
    """As the user wrote it; it holds no password."""

    identifier: str
    """Of the shared bank."""

    generation: int = 0
    """Up to which everything of the server was taken over."""

    mark: str = ""
    """What the server held at that generation: a server that was put back from a backup has another document there."""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """The last state of a document that both sides had."""

    generation: int
    content_hash: bytes
    """On the server."""

    local_hash: bytes | None
    """Here; another one where the server's was written by another version of the program. None where it was removed."""

    removed: bool
    """Whether the server holds it as removed."""


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A document that the server does not have like this."""

    id: str
    content_hash: bytes
    content: bytes
    reader: str
    """Version of the program that read it; empty where that is not known."""

    base: int
    """Generation of the server's document that this one was made of; 0 where there is none."""


class SharedState:
    """The part of a bank that has to do with sharing; see `Bank.shared`."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def following(self) -> Following | None:
        """Which shared bank this bank follows; None where it follows none."""
        stored = self._bank.meta(_META)
        return Following(**json.loads(stored)) if stored else None

    def follow(self, following: Following) -> None:
        """Follow a shared bank from its beginning."""
        with self._bank.transaction() as connection:
            self._clear(connection)
            self._bank.set_meta(_META, json.dumps(asdict(following)))
            connection.execute("INSERT INTO vector_to_send SELECT encoded_text FROM vector")

    def readdress(self, address: str) -> None:
        """The same shared bank is reached at another address."""
        with self._bank.transaction():
            if (now := self.following()) is not None:
                self._bank.set_meta(_META, json.dumps(asdict(replace(now, address=address))))

    def leave(self) -> None:
        """Follow no shared bank any more; the documents stay, and what is known of dossiers, for who comes back."""
        following = self.following()
        with self._bank.transaction() as connection:
            if following is not None:
                self._bank.set_meta(_LEFT, following.identifier)
            self._clear(connection)
            connection.execute("DELETE FROM meta WHERE name = ?", (_META,))

    @property
    def left(self) -> str:
        """Identifier of the shared bank that was followed before; empty where there was none."""
        return self._bank.meta(_LEFT) or ""

    def advance(self, generation: int, mark: str) -> None:
        """Everything of the server up to `generation` was taken over; in the transaction that did so."""
        now = self.following()
        if now is not None and generation > now.generation:
            self._bank.set_meta(_META, json.dumps(asdict(replace(now, generation=generation, mark=mark))))

    @staticmethod
    def _clear(connection: sqlite3.Connection) -> None:
        for table in ("shared_document", "shared_refusal", "vector_to_send"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own

    # --- taking over -------------------------------------------------------------------------------------------------

    def known(self, identifiers: Sequence[str]) -> dict[str, KnownDocument]:
        """The last common state of those of these documents that both sides had."""
        sql = "SELECT id, generation, content_hash, local_hash, removed FROM shared_document WHERE id"
        return {
            identifier: KnownDocument(generation, content_hash, local_hash, bool(removed))
            for identifier, generation, content_hash, local_hash, removed in self._bank.among(sql, identifiers)
        }

    def local_hashes(self, identifiers: Sequence[str]) -> dict[str, bytes]:
        """The content hashes of those of these documents that are here."""
        return dict(self._bank.among("SELECT id, content_hash FROM document WHERE id", identifiers))

    def put(self, document: Document, generation: int, content_hash: bytes) -> None:
        """Take over a document of the server; in a transaction.

        Raises:
            ValueError: SQLite cannot hold it, such as a number out of its range; the bank is as it was.
        """
        connection = self._bank.connection
        connection.execute("SAVEPOINT taking_over")
        try:
            self._bank.add(document)
        except (ValueError, TypeError, OverflowError, sqlite3.IntegrityError, RecursionError) as error:
            connection.execute("ROLLBACK TO taking_over")
            connection.execute("RELEASE taking_over")
            raise ValueError(str(error)) from error
        # Any other error, such as a full disk, ends the whole transaction, and the savepoint with it.
        connection.execute("RELEASE taking_over")
        self.agree(document.id, generation, content_hash, self.local_hashes([document.id])[document.id])

    def remove(self, identifier: str, generation: int, content_hash: bytes) -> None:
        """Take over a removal; in a transaction."""
        if identifier in self._bank:
            self._bank.remove(identifier)
        self.agree(identifier, generation, content_hash, None, removed=True)

    def agree(
        self,
        identifier: str,
        generation: int,
        content_hash: bytes,
        local_hash: bytes | None,
        *,
        removed: bool = False,
    ) -> None:
        """Both sides know of each other's state of a document; in a transaction.

        Args:
            identifier: of the document.
            generation: of what the server holds.
            content_hash: of what the server holds, or held before it was removed.
            local_hash: of what is here; None where it is not. What differs from it later was changed here.
            removed: whether the server holds it as removed.
        """
        connection = self._bank.connection
        connection.execute(
            "INSERT OR REPLACE INTO shared_document VALUES (?, ?, ?, ?, ?)",
            (identifier, generation, content_hash, local_hash, int(removed)),
        )
        connection.execute("DELETE FROM shared_refusal WHERE id = ?", (identifier,))

    def refuse(self, identifier: str, generation: int, reason: str) -> None:
        """A row of the server cannot be taken over; in a transaction."""
        self._bank.connection.execute(
            "INSERT OR REPLACE INTO shared_refusal VALUES (?, ?, ?)", (identifier[:300], generation, reason[:500])
        )

    def refusals(self) -> list[tuple[str, str]]:
        """(id, reason) of the server's documents that could not be taken over."""
        return self._bank.sql("SELECT id, reason FROM shared_refusal ORDER BY id").fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction of the bank."""
        with self._bank.transaction() as connection:
            yield connection

    # --- what waits to be sent ---------------------------------------------------------------------------------------

    def changed(self, after: str, most_bytes: int) -> list[ChangedDocument]:
        """Documents with an id above `after` that the server does not have like this, in the order of their ids.

        As many as fit in so many bytes, at least one where there is one.
        """
        sql = (
            "SELECT d.id, d.content_hash, d.content, coalesce((SELECT max(reader) FROM file "
            "WHERE file.document = d.key), ''), "
            "max(coalesce(s.generation, 0), coalesce(r.generation, 0)) FROM document d "
            "LEFT JOIN shared_document s ON s.id = d.id LEFT JOIN shared_refusal r ON r.id = d.id "
            "WHERE d.id > ? AND (s.id IS NULL OR s.local_hash IS NOT d.content_hash) ORDER BY d.id LIMIT 500"
        )
        found: list[ChangedDocument] = []
        size = 0
        for row in self._bank.sql(sql, (after,)):
            size += len(row[2])
            if found and size > most_bytes:
                break
            found.append(ChangedDocument(*row))
        return found

    def removed(self) -> list[tuple[str, int, bytes]]:
        """(id, generation, hash on the server) of documents that both sides had and that are not here any more."""
        sql = (
            "SELECT id, generation, content_hash FROM shared_document s WHERE NOT removed "
            "AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = s.id) ORDER BY id"
        )
        return self._bank.sql(sql).fetchall()

    def only_here(self) -> list[str]:
        """Ids of documents that were removed on the server and stand here."""
        sql = (
            "SELECT s.id FROM shared_document s JOIN document d ON d.id = s.id "
            "WHERE s.removed AND s.local_hash = d.content_hash ORDER BY s.id"
        )
        return [row[0] for row in self._bank.sql(sql)]

    def waiting(self) -> tuple[int, int]:
        """How many documents wait to be sent, and how many removals."""
        sql = (
            "SELECT count(*) FROM document d LEFT JOIN shared_document s ON s.id = d.id "
            "WHERE s.id IS NULL OR s.local_hash IS NOT d.content_hash"
        )
        return int(self._bank.sql(sql).fetchone()[0]), len(self.removed())

    # --- vectors -----------------------------------------------------------------------------------------------------

    def unsent_vectors(self, most: int) -> tuple[ModelIdentity | None, list[tuple[int, bytes, bytes]]]:
        """The model, and (key, hash, float16) of vectors that the server may not have yet."""
        sql = (
            "SELECT encoded_text.key, hash, data FROM vector_to_send "
            "JOIN vector USING (encoded_text) JOIN encoded_text ON encoded_text.key = encoded_text LIMIT ?"
        )
        return self._bank.vectors.model(), self._bank.sql(sql, (most,)).fetchall()

    def sent_vectors(self, keys: Iterable[int]) -> None:
        """The server has these."""
        with self._bank.transaction() as connection:
            connection.executemany("DELETE FROM vector_to_send WHERE encoded_text = ?", [(key,) for key in keys])

    def hashes_waiting(self, after: int, most: int) -> list[tuple[int, bytes]]:
        """(key, hash) of texts that have no vector yet, with a key above `after`, ascending."""
        sql = (
            "SELECT encoded_text, hash FROM to_encode JOIN encoded_text ON encoded_text.key = encoded_text "
            "WHERE encoded_text > ? ORDER BY encoded_text LIMIT ?"
        )
        return self._bank.sql(sql, (after, most)).fetchall()


def checked_content(content: bytes, content_hash: bytes, identifier: str, most: int) -> Document:
    """The document in `content` as it came from elsewhere.

    Args:
        content: compressed JSON, see `document_rows.packed`.
        content_hash: what it should be.
        identifier: what its id should be.
        most: bytes of the JSON at most.

    Raises:
        ValueError: it is damaged, too large, or not what it says it is.
    """
    document = document_rows.unpacked_at_most(content, content_hash, most)
    if document.id != identifier:
        raise ValueError("the id is another one")
    return document
