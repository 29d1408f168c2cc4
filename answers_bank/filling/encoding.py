"""Encoding what waits for it: each distinct text once, kept in small steps."""

from __future__ import annotations

import numpy as np

from answers_bank.store.bank import Bank
from embeddings.encoder import Encoder
from embeddings.progress import SILENT, Progress

_STORED = np.dtype("<f2")
_PAGE = 2048
"""Texts sorted by length together; bounds the memory of filling."""
_COMMIT = 64
"""Texts after whose encoding the bank is written: some seconds of work that a power cut may cost."""


def encode_waiting(bank: Bank, encoder: Encoder, progress: Progress = SILENT) -> int:
    """Encode what waits, longest first, and return the number of texts; what is done is kept when it is stopped.

    Raises:
        BankError: the bank holds vectors of another model.
        Cancelled: `progress` asked to stop.
    """
    store = bank.vectors
    store.check_model(encoder.identity)
    waiting = store.waiting()
    if not waiting:
        return 0
    progress.start("Teksten klaarzetten om op betekenis te zoeken", waiting)
    done = last = 0
    while page := store.waiting_after(last, _PAGE):
        last = page[-1][0]
        page.sort(key=lambda row: len(row[1]), reverse=True)
        for start in range(0, len(page), _COMMIT):
            group = page[start : start + _COMMIT]
            there = store.still_waiting([key for key, _ in group])
            group = [row for row in group if row[0] in there]
            if not group:
                continue
            vectors = encoder.encode_passages([text for _, text in group], progress)
            made = ((key, v.astype(_STORED).tobytes()) for (key, _), v in zip(group, vectors, strict=True))
            store.put(made, encoder.identity)
            done += len(group)
    return done
