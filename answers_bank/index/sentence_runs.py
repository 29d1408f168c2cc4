"""Sentences as the index of repeated text sees them: their words, and the runs of four words in them as numbers."""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from answers_bank.dutch.sentences import sentence_spans
from answers_bank.index.arrays.segments import Arrays
from embeddings.errors import Cancelled
from embeddings.progress import Progress

if TYPE_CHECKING:
    from answers_bank.store.stored import StoredPassage

GRAM = 4
"""Words in a run."""

CHUNK = 25_000
"""Sentences in a segment as it is first written: bounds the memory of building."""

_WORD = re.compile(r"\w+")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_HALF = np.uint64(32)


_GLUED = re.compile(r"(?<=[a-z0-9)%][.?!])(?=[A-Z])")
"""Sentence ends whose space was lost, as in old extractions."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences, also where the space between two of them was lost."""
    spans = []
    for start, end in sentence_spans(text):
        cuts = [start, *(m.start() for m in _GLUED.finditer(text, start + 1, end)), end]
        spans += [(a, b) for a, b in pairwise(cuts) if b > a]
    return spans


def words(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, without accents or punctuation."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _WORD.findall(text.lower())


def runs_of(sentence_words: Sequence[str]) -> NDArray[np.uint64]:
    """32-bit hashes of the runs of four words, in order; a shorter sentence is one run."""
    hashes = np.array([word_hash(word) for word in sentence_words], dtype=np.uint64)
    return runs_with_owner(hashes, np.zeros(len(hashes), dtype=np.int64))[0]


def grams(sentence_words: Sequence[str]) -> NDArray[np.uint64]:
    """Sorted distinct 32-bit hashes of the runs of four words; a shorter sentence is one run."""
    if not sentence_words:
        return np.empty(0, dtype=np.uint64)
    return np.unique(runs_of(sentence_words))


@lru_cache(maxsize=1 << 16)
def word_hash(word: str) -> int:
    """64 bits, the same in every process, unlike `hash`."""
    data = word.encode()
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def runs_with_owner(
    hashes: NDArray[np.uint64], sentence: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of all runs of four words inside one sentence, with the sentence of each."""
    counts = np.bincount(sentence) if len(sentence) else np.empty(0, dtype=np.int64)
    mixed = np.zeros(len(hashes), dtype=np.uint64)
    for offset in range(GRAM):
        part = hashes[offset:] * _MIX[offset]
        if offset:
            # A short sentence is one run: words beyond its end do not count.
            part = np.where(sentence[offset:] == sentence[: len(sentence) - offset], part, np.uint64(0))
        mixed[: len(part)] += part
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX[0]
    starts = np.repeat(np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    position = np.arange(len(hashes)) - starts
    valid = (position == 0) | (position + GRAM <= counts[sentence])
    return mixed[valid] >> _HALF, sentence[valid]


def batches(
    passages: Iterable[StoredPassage], progress: Progress, size: int | None = None
) -> Iterator[tuple[Arrays, int]]:
    """Arrays of segments of about `size` sentences, with the last row key of each.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    size = size or CHUNK
    hashes = array("Q")
    sentence = array("q")
    keys: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    last_key = 0

    def arrays() -> Arrays:
        runs, owner = runs_with_owner(np.array(hashes, dtype=np.uint64), np.array(sentence, dtype=np.int64))
        postings = np.unique(runs << _HALF | owner.astype(np.uint64))
        return {
            "runs": postings,
            "passage": np.array(keys, dtype=np.int64),
            "start": np.array(starts, dtype=np.int32),
            "end": np.array(ends, dtype=np.int32),
        }

    for passage in passages:
        last_key = passage.key
        for start, end in split_sentences(passage.text):
            found = words(passage.text[start:end])
            if not found:
                continue
            hashes.extend(map(word_hash, found))
            sentence.extend([len(keys)] * len(found))
            keys.append(last_key)
            starts.append(start)
            ends.append(end)
        progress.advance()
        if len(keys) >= size:
            if progress.cancelled():
                raise Cancelled
            yield arrays(), last_key
            for column in (hashes, sentence):
                del column[:]
            for numbers in (keys, starts, ends):
                numbers.clear()
    if keys:
        yield arrays(), last_key
