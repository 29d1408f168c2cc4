"""An encoder that reads no text twice, for benchmarks that fill several banks with the same texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from answers_bank.store.bank import Bank
from answers_bank.store.vectors import text_hash
from embeddings.encoder import Encoder, ModelIdentity, Vectors
from embeddings.progress import SILENT, Progress


class Remembering:
    """Gives what `encoder` gives, and remembers it.

    Args:
        encoder: what encodes.
        bank: a bank filled with the same model, whose vectors are known from the start.

    Raises:
        BankError: the bank was filled with another model.
    """

    def __init__(self, encoder: Encoder, bank: Bank | None = None) -> None:
        self.encoder = encoder
        self._passages: dict[bytes, Vectors] = {}
        self._queries: dict[bytes, Vectors] = {}
        if bank is not None:
            bank.vectors.check_model(encoder.identity)
            kept = bank.vectors.by_hash()
            self._passages = {bytes(h): np.frombuffer(data, "<f2").astype(np.float32) for h, data in kept}

    @property
    def identity(self) -> ModelIdentity:
        """The model in use."""
        return self.encoder.identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of search texts."""
        return self._remembered(texts, self._queries, self.encoder.encode_queries)

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        """Vectors of texts to be found."""
        return self._remembered(texts, self._passages, lambda new: self.encoder.encode_passages(new, progress))

    def _remembered(
        self, texts: Sequence[str], known: dict[bytes, Vectors], encode: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        new = {text_hash(text): text for text in texts}
        missing = {digest: text for digest, text in new.items() if digest not in known}
        if missing:
            known.update(zip(missing, encode(list(missing.values())), strict=True))
        return np.stack([known[text_hash(text)] for text in texts]) if texts else self._empty()

    def _empty(self) -> Vectors:
        return np.empty((0, self.identity.dimension), np.float32)


def raw_cosines(vectors: Vectors, owners: Iterable[int], query: Vectors, count: int) -> Vectors:
    """Of each of `count` owners the highest cosine of its vectors with the query; -1 for one without vectors."""
    best = np.full(count, -1, np.float32)
    np.maximum.at(best, np.fromiter(owners, np.int64), vectors @ query)
    return best
