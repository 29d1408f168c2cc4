"""Likeness of texts by the letters of their words.

TF-IDF cosine over runs of five letters inside words: it sees that "vergunningverlening" and "vergunningen verlenen" are
near, which stems alone do not. It reads the texts themselves, so it only serves to order candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answers_bank.word_index import fold

SIZE = 5
_BUCKETS = 1 << 18
_PRIME = np.uint64(0x100000001B3)

LIMIT = 6000
"""Characters of a text that are read."""


def likeness(query: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """Cosine, 0 to 1, of each text with the query; rarity is counted over these texts."""
    if not texts:
        return np.empty(0)
    owners, buckets = _grams([query, *texts])
    # One number for each text and run of letters, with how often it stands there.
    pairs, counts = np.unique(owners * _BUCKETS + buckets, return_counts=True)
    owner, bucket = pairs // _BUCKETS, pairs % _BUCKETS
    frequency = np.bincount(bucket[owner > 0], minlength=_BUCKETS)
    rarity = np.log((1 + len(texts)) / (1 + frequency)) + 1
    weight = (1 + np.log(counts)) * rarity[bucket]
    norms = np.sqrt(np.bincount(owner, weight**2, minlength=len(texts) + 1))
    asked = np.zeros(_BUCKETS)
    mine = owner == 0
    asked[bucket[mine]] = weight[mine]
    products = np.bincount(owner, weight * asked[bucket], minlength=len(texts) + 1)
    return np.asarray(products[1:] / np.maximum(norms[1:] * norms[0], 1e-9), dtype=np.float64)


def _grams(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Owner and bucket of each run of letters; a shorter word is one run."""
    folded = [" " + fold(text[:LIMIT]) + " " * SIZE for text in texts]
    codes = np.frombuffer("".join(folded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in folded])
    # Digits, ASCII letters and whatever lies beyond ASCII are letters of words.
    letter = (codes >= 128) | ((codes >= 97) & (codes <= 122)) | ((codes >= 48) & (codes <= 57))
    codes = np.where(letter, codes, np.uint64(32))
    length = len(codes) - SIZE + 1
    hashes = np.zeros(length, dtype=np.uint64)
    for offset in range(SIZE):
        hashes = hashes * _PRIME + codes[offset : offset + length]
    # From the space before a word on; no run goes on behind the space after it.
    inner = np.ones(length, dtype=bool)
    for offset in range(1, SIZE - 1):
        inner &= letter[offset : offset + length]
    short = ~letter[:length] & letter[1 : length + 1] & ~inner
    valid = inner | short
    mixed = hashes[valid] ^ (hashes[valid] >> np.uint64(31))
    return owners[:length][valid], (mixed * _PRIME >> np.uint64(40)).astype(np.int64) % _BUCKETS
