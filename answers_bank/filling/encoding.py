"""The texts of the bank that are found by meaning, and their vectors.

Each distinct text is encoded once, whichever documents carry it, and its vector is kept. What is not encoded yet waits
in a list of its own, so that filling can stop at any moment and go on later. All vectors of a bank come from one model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from answers_bank.documents import Document
from answers_bank.filling.pieces import pieces
from answers_bank.store.stored import stored_passages
from embeddings.encoder import Encoder, ModelIdentity, Vectors
from embeddings.errors import BankError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

_STORED = np.dtype("<f2")
_PAGE = 2048
"""Texts sorted by length together; bounds the memory of filling."""
_COMMIT = 64
"""Texts after whose encoding the bank is written: some seconds of work that a power cut may cost."""
_ROWS = 5000


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


class EncodingStore:
    """The part of a bank that has to do with meaning; see `Bank.encoding`."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def model(self) -> ModelIdentity | None:
        """The model whose vectors the bank holds; None while it holds none."""
        stored = self._bank.meta("model")
        return ModelIdentity(**json.loads(stored)) if stored else None

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
        passages = stored_passages(document)
        keys = [
            row[0]
            for row in connection.execute("SELECT key FROM passage WHERE document = ? ORDER BY key", (document_key,))
        ]
        for piece in pieces(passages, document.subject):
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

    def encode_waiting(self, encoder: Encoder, progress: Progress = SILENT) -> int:
        """Encode what waits, longest first, and return the number of texts; what is done is kept when it is stopped.

        Raises:
            BankError: the bank holds vectors of another model.
            Cancelled: `progress` asked to stop.
        """
        self.check_model(encoder.identity)
        waiting = self.waiting()
        if not waiting:
            return 0
        progress.start("Teksten klaarzetten om op betekenis te zoeken", waiting)
        done = 0
        last = 0
        while True:
            page = self._bank.sql(
                "SELECT encoded_text, text FROM to_encode WHERE encoded_text > ? ORDER BY encoded_text LIMIT ?",
                (last, _PAGE),
            ).fetchall()
            if not page:
                return done
            last = page[-1][0]
            page.sort(key=lambda row: len(row[1]), reverse=True)
            for start in range(0, len(page), _COMMIT):
                rows = self._still_waiting(page[start : start + _COMMIT])
                if not rows:
                    continue
                vectors = encoder.encode_passages([row[1] for row in rows], progress)
                self._store([row[0] for row in rows], vectors, encoder.identity)
                done += len(rows)

    def _still_waiting(self, rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Those that no other process has encoded or taken out in the meantime."""
        marks = ", ".join("?" * len(rows))
        sql = f"SELECT encoded_text FROM to_encode WHERE encoded_text IN ({marks})"  # noqa: S608 - question marks
        waiting = {row[0] for row in self._bank.sql(sql, [row[0] for row in rows])}
        return [row for row in rows if row[0] in waiting]

    def _store(self, texts: list[int], vectors: Vectors, identity: ModelIdentity) -> None:
        with self._bank.transaction() as connection:
            # Another process may have begun with another model, or have taken out documents, in the meantime.
            self.check_model(identity)
            if self.model() is None:
                self._bank.set_meta("model", json.dumps(asdict(identity)))
            marks = ", ".join("?" * len(texts))
            sql = f"SELECT key FROM encoded_text WHERE key IN ({marks})"  # noqa: S608 - question marks
            there = {row[0] for row in connection.execute(sql, texts)}
            rows = [(t, v.astype(_STORED).tobytes()) for t, v in zip(texts, vectors, strict=True) if t in there]
            connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
            connection.executemany("DELETE FROM to_encode WHERE encoded_text = ?", [(text,) for text in texts])
            self._bank.next_generation()

    def forget_vectors(self) -> None:
        """Drop all vectors and the model, cut all documents into pieces again, and put all texts down to be encoded."""
        with self._bank.transaction() as connection:
            generation = self._bank.next_generation()
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
            "SELECT piece.key, document, kind, first, last, data FROM piece "
            "JOIN vector ON vector.encoded_text = piece.encoded_text WHERE piece.key > ? ORDER BY piece.key LIMIT ?"
        )
        while rows := self._bank.sql(sql, (key, _ROWS)).fetchall():
            for row in rows:
                yield PieceRow(*row[:5]), row[5]
            key = rows[-1][0]


def text_hash(text: str) -> bytes:
    """What makes two texts one for the encoder."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
