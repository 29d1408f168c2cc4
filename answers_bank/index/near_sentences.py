"""Candidates by meaning: passages near a sentence that share no run of words with it.

Meaning alone decides nothing here: on one subject every sentence is near every other. What it finds is compared by its
words like any other candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from answers_bank.dutch.sentences import sentence_spans
from answers_bank.index.meaning import KINDS, MeaningIndex
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import StoredPassage
    from embeddings.encoder import Encoder

PIECES = 8
"""Texts of the bank that are looked through for one sentence."""

_BATCH = 32


class MeaningCandidates:
    """Finds passages of one bank by meaning."""

    def __init__(self, bank: Bank, encoder: Encoder, progress: Progress = SILENT) -> None:
        """Brings the vector index of the bank up to date.

        Raises:
            BankError: the bank holds vectors of another model.
        """
        bank.vectors.check_model(encoder.identity)
        self._bank = bank
        self._encoder = encoder
        self._index = MeaningIndex.open(bank, progress)
        self._known: dict[str, NDArray[np.float32]] = {}

    def find(
        self, texts: Sequence[str], exclude: frozenset[str], progress: Progress = SILENT
    ) -> list[list[tuple[str, int, int]]]:
        """For each text the sentences of the passages nearest to it, as (passage id, start, end).

        Raises:
            Cancelled: `progress` asked to stop.
        """
        index = self._index
        if index is None or not len(index) or not texts:
            return [[] for _ in texts]
        vectors = self.vectors(texts, progress)
        rows = index.search(vectors, PIECES, kind=KINDS.index("passage"))[0]
        spans = [[(int(index.first[row]), int(index.last[row])) for row in found if row >= 0] for found in rows]
        keys = sorted({key for found in spans for first, last in found for key in range(first, last + 1)})
        stored = {key: p for key, p in self._bank.passages_by_key(keys).items() if p.document not in exclude}
        return [_sentences(found, stored) for found in spans]

    def vectors(self, texts: Sequence[str], progress: Progress = SILENT) -> NDArray[np.float32]:
        """The meaning of each text, as a row of length 1; each text is encoded once.

        Raises:
            Cancelled: `progress` asked to stop.
        """
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        progress.start("Zinnen zoeken op betekenis", len(new))
        for start in range(0, len(new), _BATCH):
            if progress.cancelled():
                raise Cancelled
            part = new[start : start + _BATCH]
            self._known.update(zip(part, self._encoder.encode_queries(part), strict=True))
            progress.advance(len(part))
        return np.stack([self._known[text] for text in texts])


def _sentences(spans: Sequence[tuple[int, int]], stored: dict[int, StoredPassage]) -> list[tuple[str, int, int]]:
    keys = dict.fromkeys(key for first, last in spans for key in range(first, last + 1))
    return [
        (stored[key].id, start, end) for key in keys if key in stored for start, end in sentence_spans(stored[key].text)
    ]
