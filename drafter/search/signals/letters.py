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
    if not texts:
        return np.empty(0)
    # One number for each text and run of letters, with how often it stands there.
    codes = _grams([query, *texts])
    codes.sort()
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    pairs, counts = codes[first], np.diff(first, append=len(codes))
    owner, bucket = pairs // _BUCKETS, pairs % _BUCKETS
    frequency = np.bincount(bucket[owner > 0], minlength=_BUCKETS)
    # Logarithms of the few numbers that there are, looked up for each run.
    rarity = np.log((1 + len(texts)) / (1 + np.arange(len(texts) + 1))) + 1
    often = 1 + np.log(np.maximum(np.arange(counts.max() + 1), 1))
    weight = often[counts] * rarity[frequency[bucket]]
    norms = np.sqrt(np.bincount(owner, weight**2, minlength=len(texts) + 1))
    asked = np.zeros(_BUCKETS)
    mine = owner == 0
    asked[bucket[mine]] = weight[mine]
    products = np.bincount(owner, weight * asked[bucket], minlength=len(texts) + 1)
    return np.asarray(products[1:] / np.maximum(norms[1:] * norms[0], 1e-9), dtype=np.float64)


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
