"""The texts of the bank that are found by meaning, and their vectors, kept by what the text says.

Each distinct text has one vector, whichever documents carry it. What has none yet waits in a list of its own, so that
filling can stop at any moment and go on later. All vectors of a bank come from one model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from answers_bank.documents import Document
from answers_bank.store.connection import FILE_NAME, damaged
from answers_bank.store.documents_of_bank import DocumentLookup
from answers_bank.store.pieces import pieces
from answers_bank.store.proof import VECTORS, crc32
from answers_bank.store.stored import stored_passages
from embeddings.encoder import ModelIdentity
from embeddings.errors import BankError

_ROWS = 5000
"""Rows fetched at once."""


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A text to be found by meaning."""

    key: int
    """Rises with each piece that is added and is never used again."""

    document: int
    """Row key of its document (`DocumentSummary.key`)."""

    kind: str
    """"question" or "passage"."""

    first: int
    last: int
    """Row keys of the first and last passage that it covers."""


class VectorStore:
    """The part of a bank that has to do with meaning; see `Bank.vectors`."""

    def __init__(self, bank: DocumentLookup) -> None:
        self._bank = bank

    def model(self) -> ModelIdentity | None:
        """The model whose vectors the bank holds; None while it holds none."""
        stored = self._bank.meta("model")
        try:
            return ModelIdentity(**json.loads(stored)) if stored else None
        except (ValueError, TypeError) as error:
            raise damaged(self._bank.folder / FILE_NAME, "taalmodel") from error

    def check_model(self, identity: ModelIdentity) -> None:
        """Refuse a model whose vectors may not be compared with those in the bank.

        Raises:
            BankError: the bank holds vectors of another model.
        """
        stored = self.model()
        if stored is not None and stored != identity:
            other = identity.name if identity.name != stored.name else f"{identity.name} met andere gewichten"
            raise BankError(
                f"De bank is gevuld met het taalmodel {stored.name}; ingesteld is nu {other}.",
                "Vul haar opnieuw met het nieuwe model (kamerantwoord bank rebuild), of stel het oude weer in.",
            )

    def add_pieces(self, document_key: int, document: Document) -> None:
        """Write the pieces of a document just inserted; new texts are put down to be encoded. In a transaction."""
        connection = self._bank.connection
        rows = connection.execute("SELECT key FROM passage WHERE document = ? ORDER BY key", (document_key,))
        keys = [row[0] for row in rows]
        for piece in pieces(stored_passages(document), document.subject):
            digest = text_hash(piece.text)
            known = connection.execute("SELECT key FROM encoded_text WHERE hash = ?", (digest,)).fetchone()
            if known:
                text = known[0]
            else:
                text = connection.execute("INSERT INTO encoded_text (hash) VALUES (?)", (digest,)).lastrowid
                connection.execute("INSERT INTO to_encode VALUES (?, ?, ?)", (text, 0, piece.text))
            connection.execute(
                "INSERT INTO piece (document, kind, first, last, encoded_text) VALUES (?, ?, ?, ?, ?)",
                (document_key, piece.kind, keys[piece.first], keys[piece.last], text),
            )

    def waiting(self) -> int:
        """Distinct texts that still have to be encoded."""
        return int(self._bank.sql("SELECT count(*) FROM to_encode").fetchone()[0])

    def waiting_after(self, key: int, most: int) -> list[tuple[int, str]]:
        """(key, text) of texts that wait, with a key above `key`, ascending, `most` of them at most."""
        sql = "SELECT encoded_text, text FROM to_encode WHERE encoded_text > ? ORDER BY encoded_text LIMIT ?"
        return self._bank.sql(sql, (key, most)).fetchall()

    def still_waiting(self, keys: Sequence[int]) -> frozenset[int]:
        """Those that no other process has encoded or taken out in the meantime."""
        rows = self._bank.among("SELECT encoded_text FROM to_encode WHERE encoded_text", keys)
        return frozenset(row[0] for row in rows)

    def put(self, vectors: Iterable[tuple[int, bytes]], identity: ModelIdentity, *, received: bool = False) -> None:
        """Keep vectors (key of the text, float16) that `identity` made; one whose text is gone is passed over.

        What was not `received` from a shared bank is put down to be sent to the one that is followed.

        Raises:
            BankError: the bank holds vectors of another model.
        """
        rows = list(vectors)
        with self._bank.transaction() as connection:
            # Another process may have begun with another model, or have taken out documents, in the meantime.
            self.check_model(identity)
            if self.model() is None:
                self._bank.set_meta("model", json.dumps(asdict(identity)))
            texts = [text for text, _ in rows]
            there = {row[0] for row in self._bank.among("SELECT key FROM encoded_text WHERE key", texts)}
            connection.executemany(
                "INSERT OR REPLACE INTO vector VALUES (?, ?, ?)",
                [(text, data, crc32(data)) for text, data in rows if text in there],
            )
            if not received and self._bank.meta("shared"):
                connection.executemany("INSERT OR IGNORE INTO vector_to_send VALUES (?)", [(text,) for text in there])
            connection.executemany("DELETE FROM to_encode WHERE encoded_text = ?", [(text,) for text in texts])
            self._bank.next_generation(VECTORS)

    def forget(self) -> None:
        """Drop all vectors and the model, cut all documents into pieces again, and put all texts down to be encoded."""
        with self._bank.transaction() as connection:
            generation = self._bank.next_generation(VECTORS)
            first, last = connection.execute("SELECT min(key), max(key) FROM piece").fetchone()
            connection.execute("INSERT INTO removal VALUES (?, NULL, NULL, ?, ?)", (generation, first, last))
            for table in ("piece", "to_encode", "vector", "encoded_text"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            connection.execute("DELETE FROM meta WHERE name = 'model'")
            for key, identifier in connection.execute("SELECT key, id FROM document ORDER BY key").fetchall():
                self.add_pieces(key, self._bank.document(identifier))

    def encoded_until(self) -> int:
        """Highest piece key up to which every piece has its vector: how far a cache may follow."""
        row = self._bank.sql(
            "SELECT min(piece.key) FROM to_encode JOIN piece ON piece.encoded_text = to_encode.encoded_text"
        ).fetchone()
        return int(row[0]) - 1 if row[0] is not None else (1 << 62)

    def pieces_after(self, key: int) -> Iterator[tuple[PieceRow, bytes]]:
        """Encoded pieces with a key above `key`, ascending, with their vector (float16)."""
        sql = (
            "SELECT piece.key, document, kind, first, last, data, crc FROM piece "
            "JOIN vector ON vector.encoded_text = piece.encoded_text WHERE piece.key > ? ORDER BY piece.key LIMIT ?"
        )
        while rows := self._bank.sql(sql, (key, _ROWS)).fetchall():
            for row in rows:
                if row[6] is not None and crc32(row[5]) != row[6]:
                    raise damaged(self._bank.folder / FILE_NAME, f"vector van {row[0]}")
                yield PieceRow(*row[:5]), row[5]
            key = rows[-1][0]

    def by_hash(self) -> Iterator[tuple[bytes, bytes]]:
        """Every vector (float16) with the hash of its text, see `text_hash`."""
        yield from self._bank.sql("SELECT hash, data FROM encoded_text JOIN vector ON encoded_text = encoded_text.key")


def text_hash(text: str) -> bytes:
    """What makes two texts one for the encoder."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
