"""Likeness of texts by the letters of their words.

TF-IDF cosine over runs of five letters inside words: it sees that "vergunningverlening" and "vergunningen verlenen" are
near, which stems alone do not. It reads the texts themselves, so it only serves to order candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answers_bank.dutch.words import fold

SIZE = 5
_BITS = 18
_BUCKETS = 1 << _BITS
_PRIME = np.uint32(0x01000193)
_MIX = np.uint32(0x85EBCA6B)

LIMIT = 6000
"""Characters of a text that are read."""


def likeness(query: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """Cosine, 0 to 1, of each text with the query; rarity is counted over these texts."""
    return likenesses([query], texts)[0]


def likenesses(queries: Sequence[str], texts: Sequence[str]) -> list[NDArray[np.float64]]:
    """As `likeness`, for several queries; the texts are read once."""
    if not texts:
        return [np.empty(0) for _ in queries]
    owner, bucket, counts = _counted(texts)
    frequency = np.bincount(bucket, minlength=_BUCKETS)
    # Logarithms of the few numbers that there are, looked up for each run.
    rarity = np.log((1 + len(texts)) / (1 + np.arange(len(texts) + 1))) + 1
    weight = _often(counts) * rarity[frequency[bucket]]
    norms = np.sqrt(np.bincount(owner, weight**2, minlength=len(texts)))
    found = []
    for query in queries:
        _, runs, times = _counted([query])
        of_query = _often(times) * rarity[frequency[runs]]
        asked = np.zeros(_BUCKETS)
        asked[runs] = of_query
        products = np.bincount(owner, weight * asked[bucket], minlength=len(texts))
        norm = float(np.sqrt((of_query**2).sum()))
        found.append(np.asarray(products / np.maximum(norms * norm, 1e-9), dtype=np.float64))
    return found


def _counted(texts: Sequence[str]) -> tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.integer]]:
    """Text, run of letters, and how often that stands in it."""
    codes = _grams(texts)
    codes.sort()
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    pairs, counts = codes[first], np.diff(first, append=len(codes))
    return pairs // _BUCKETS, pairs % _BUCKETS, counts


def _often(counts: NDArray[np.integer]) -> NDArray[np.float64]:
    highest = int(counts.max()) if len(counts) else 0
    return np.asarray((1 + np.log(np.maximum(np.arange(highest + 1), 1)))[counts], dtype=np.float64)


def _grams(texts: Sequence[str]) -> NDArray[np.int32]:
    """Number of the text times `_BUCKETS`, plus the bucket, of each run of letters; a shorter word is one run."""
    folded = [" " + fold(text[:LIMIT]) + " " * SIZE for text in texts]
    codes = np.frombuffer("".join(folded).encode("utf-32-le"), dtype=np.uint32)
    # Digits, ASCII letters and whatever lies beyond ASCII are letters of words.
    letter = (codes >= 128) | ((codes >= 97) & (codes <= 122)) | ((codes >= 48) & (codes <= 57))
    codes = np.where(letter, codes, np.uint32(32))
    length = len(codes) - SIZE + 1
    # From the space before a word on; no run goes on behind the space after it.
    inner = np.ones(length, dtype=bool)
    for offset in range(1, SIZE - 1):
        inner &= letter[offset : offset + length]
    inner |= ~letter[:length] & letter[1 : length + 1]
    hashes = codes[:length].copy()
    for offset in range(1, SIZE):
        hashes *= _PRIME
        hashes += codes[offset : offset + length]
    hashes ^= hashes >> np.uint32(15)
    hashes *= _MIX
    hashes >>= np.uint32(32 - _BITS)
    hashes += np.repeat(np.arange(len(texts), dtype=np.uint32) * _BUCKETS, [len(text) for text in folded])[:length]
    return hashes[inner].astype(np.int32)
