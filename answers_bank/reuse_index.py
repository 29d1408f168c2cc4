"""Sentences of the bank that share words with a given sentence: copied, edited, or contained in it.

Every run of four words of every sentence is hashed; the hashes stand sorted in numpy arrays beside the bank, with the
number of their sentence. A given sentence collects the sentences that share most of its rarer runs; these are compared
word by word. Word n-grams find containment, the commonest way of editing, which MinHash and SimHash miss.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
import uuid
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from answers_bank.segments import Arrays, CacheState, Segment, SegmentCache
from answers_bank.sentences import sentence_spans
from embeddings.progress import SILENT, Progress

VERSION = "reuse 2"
GRAM = 4
"""Words in a run."""

COMMON = 4096
"""A run that stands in more sentences than this is a set phrase: it counts only where a sentence has nothing rarer."""

POOL = 96
"""Sentences that are compared word by word."""

CHUNK = 50_000
"""Sentences in a segment at most: bounds the memory of building."""

_WORD = re.compile(r"\w+")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


class StoredText(Protocol):
    """What the index needs of a stored passage."""

    @property
    def id(self) -> str:
        """`<document>#<n>`."""
        ...

    @property
    def document(self) -> str:
        """Id of its document."""
        ...

    @property
    def date(self) -> datetime.date | None:
        """Date of its document."""
        ...

    @property
    def text(self) -> str:
        """Reading view."""
        ...


class PassageSource(Protocol):
    """What the index needs of a bank."""

    @property
    def generation(self) -> int:
        """Rises with each change."""
        ...

    @property
    def cache_folder(self) -> Path | None:
        """Where caches may be kept; None where nothing may be written."""
        ...

    def passages_after(self, key: int) -> Iterable[tuple[int, StoredText]]:
        """Answer and section passages with a row key above `key`, ascending; keys are never used again."""
        ...

    def passages_by_key(self, keys: Sequence[int]) -> Mapping[int, StoredText]:
        """The passages that (still) exist among `keys`."""
        ...


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence of the bank, compared with the given one."""

    passage: str
    """Id of its passage."""

    document: str
    date: datetime.date | None
    start: int
    end: int
    """Span in the passage's reading view."""

    text: str
    ratio: float
    """Likeness of the two as wholes, 0 to 1 (indel similarity of the letters, case and punctuation aside)."""

    containment: float
    """Share of the shorter one's runs of four words that stand in the other, 0 to 1."""

    run: int
    """Words in the longest run that stands in both; 0 where shorter than four."""

    @property
    def score(self) -> float:
        """One figure to rank by, 0 to 1."""
        # A contained sentence is a find, yet a full match is a better one.
        return max(self.ratio, 0.25 * self.ratio + 0.75 * self.containment)


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
    hashes = np.array([_word_hash(word) for word in sentence_words], dtype=np.uint64)
    return _runs(hashes, np.zeros(len(hashes), dtype=np.int64))[0]


def grams(sentence_words: Sequence[str]) -> NDArray[np.uint64]:
    """Sorted distinct 32-bit hashes of the runs of four words; a shorter sentence is one run."""
    if not sentence_words:
        return np.empty(0, dtype=np.uint64)
    return np.unique(runs_of(sentence_words))


class ReuseIndex:
    """Finds sentences that share words with a given one. Open it with `ReuseIndex.open`."""

    def __init__(self, bank: PassageSource) -> None:
        self._bank = bank
        self._cache = SegmentCache(bank.cache_folder / "reuse" if bank.cache_folder else None, VERSION)
        self._state = self._cache.load()

    @classmethod
    def open(cls, bank: PassageSource, progress: Progress = SILENT) -> ReuseIndex:
        """The index of a bank, brought up to date."""
        index = cls(bank)
        index.refresh(progress)
        return index

    @property
    def sentences(self) -> int:
        """How many sentences it holds, those of documents since removed included."""
        return sum(len(segment.arrays["passage"]) for segment in self._state.segments)

    @property
    def generation(self) -> int:
        """Of the bank that it follows."""
        return self._state.generation

    @property
    def stamp(self) -> str:
        """Another one once the sentences are numbered anew; additions go on numbering."""
        return str(self._state.details.get("stamp", ""))

    def columns(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Passage (row key, ascending), start and end of every sentence; a sentence's number is its place here."""
        names = ("passage", "start", "end")
        parts = [[np.asarray(s.arrays[name], dtype=np.int64) for s in self._state.segments] for name in names]
        one, two, three = (np.concatenate(p) if p else np.empty(0, np.int64) for p in parts)
        return one, two, three

    def postings(self) -> list[tuple[int, NDArray[np.uint64]]]:
        """Of each segment the number of its first sentence, and its sorted postings (run << 32 | place in it)."""
        found = []
        offset = 0
        for segment in self._state.segments:
            found.append((offset, segment.arrays["runs"]))
            offset += len(segment.arrays["passage"])
        return found

    def refresh(self, progress: Progress = SILENT) -> None:
        """Take up what the bank added since; removed documents are skipped when searching."""
        generation = self._bank.generation
        state = self._state
        if state.generation == generation:
            return
        if state.generation > generation:
            state = CacheState()  # another bank was put in this folder
        segments = list(state.segments)
        last_key = state.last_key
        progress.start("Alinea's opnemen in de index van herhaalde tekst", None)
        for arrays, key in _batches(self._bank.passages_after(last_key), progress):
            last_key = key
            segments.append(self._cache.write("sentences", arrays))
            segments = self._merged(segments)
        details = {"stamp": state.details.get("stamp") or uuid.uuid4().hex}
        self._state = CacheState(generation, last_key, tuple(segments), details)
        self._cache.commit(self._state)

    def candidates(
        self, text: str, k: int = 10, exclude: frozenset[str] = frozenset(), before: datetime.date | None = None
    ) -> tuple[SentenceHit, ...]:
        """The sentences most like `text`, best first; among equals the newest first.

        Args:
            text: one sentence.
            k: how many at most.
            exclude: documents to leave out.
            before: only sentences of documents dated before this day.
        """
        mine = words(text)
        wanted = grams(mine)
        if not len(wanted):
            return ()
        found: list[tuple[float, int, int, int]] = []
        for segment in self._state.segments:
            found += _collect(segment, wanted)
        found.sort(reverse=True)
        found = found[:POOL]
        stored = self._bank.passages_by_key(list({key for _, key, _, _ in found}))
        compared: dict[str, tuple[float, float, int]] = {}
        hits = []
        joined = " ".join(mine)
        for _, key, start, end in found:
            passage = stored.get(key)
            if passage is None or passage.document in exclude:
                continue
            if before is not None and (passage.date is None or passage.date >= before):
                continue
            sentence = passage.text[start:end]
            if sentence not in compared:
                compared[sentence] = _compare(mine, joined, wanted, sentence)
            ratio, containment, run = compared[sentence]
            hits.append(
                SentenceHit(passage.id, passage.document, passage.date, start, end, sentence, ratio, containment, run)
            )
        hits.sort(key=lambda hit: (-hit.score, -(hit.date or datetime.date.min).toordinal(), hit.document, hit.passage))
        return tuple(hits[:k])

    def _merged(self, segments: list[Segment]) -> list[Segment]:
        """Join the last segments while the one before is no larger, so that their number stays logarithmic."""
        while len(segments) > 1 and len(segments[-2].arrays["passage"]) <= len(segments[-1].arrays["passage"]):
            older, newer = segments[-2].arrays, segments[-1].arrays
            count = len(older["passage"])
            if count + len(newer["passage"]) > 16 * CHUNK:
                break
            # The sentence number is the low half of a posting, so that adding shifts it.
            runs = np.concatenate([older["runs"], newer["runs"] + np.uint64(count)])
            runs.sort()
            arrays = {name: np.concatenate([older[name], newer[name]]) for name in ("passage", "start", "end")}
            segments[-2:] = [self._cache.write("sentences", {"runs": runs, **arrays})]
        return segments


@lru_cache(maxsize=1 << 18)
def _word_hash(word: str) -> int:
    # The same in every process, unlike hash().
    data = word.encode()
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def _runs(hashes: NDArray[np.uint64], sentence: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
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


def _batches(passages: Iterable[tuple[int, StoredText]], progress: Progress) -> Iterator[tuple[Arrays, int]]:
    """Segments' arrays with the last key of each."""
    hashes = array("Q")
    sentence = array("q")
    keys: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    last_key = 0

    def arrays() -> Arrays:
        runs, owner = _runs(np.array(hashes, dtype=np.uint64), np.array(sentence, dtype=np.int64))
        postings = np.unique(runs << _HALF | owner.astype(np.uint64))
        return {
            "runs": postings,
            "passage": np.array(keys, dtype=np.int64),
            "start": np.array(starts, dtype=np.int32),
            "end": np.array(ends, dtype=np.int32),
        }

    for last_key, passage in passages:
        for start, end in split_sentences(passage.text):
            found = words(passage.text[start:end])
            if not found:
                continue
            hashes.extend(map(_word_hash, found))
            sentence.extend([len(keys)] * len(found))
            keys.append(last_key)
            starts.append(start)
            ends.append(end)
        progress.advance()
        if len(keys) >= CHUNK:
            yield arrays(), last_key
            for column in (hashes, sentence):
                del column[:]
            for numbers in (keys, starts, ends):
                numbers.clear()
    if keys:
        yield arrays(), last_key


def _collect(segment: Segment, wanted: NDArray[np.uint64]) -> list[tuple[float, int, int, int]]:
    """(weight, passage key, start, end) of the sentences of a segment that share most with the wanted runs."""
    runs = segment.arrays["runs"]
    left = np.searchsorted(runs, wanted << _HALF)
    right = np.searchsorted(runs, (wanted << _HALF) | _LOW, side="right")
    sizes = right - left
    present = sizes > 0
    if not present.any():
        return []
    rare = present & (sizes <= COMMON)
    if not rare.any():
        rare = sizes == sizes[present].min()
    chosen = np.flatnonzero(rare)
    owners = np.concatenate([runs[left[i] : min(right[i], left[i] + 16 * COMMON)] & _LOW for i in chosen])
    # A run in few sentences says more; the logarithm keeps one odd run from deciding alone.
    weight = np.log1p(len(segment.arrays["passage"]) / sizes[chosen])
    weights = np.repeat(weight, np.minimum(sizes[chosen], 16 * COMMON))
    sentence, place = np.unique(owners, return_inverse=True)
    total = np.bincount(place, weights=weights)
    # Among equals those added last.
    best = np.lexsort((-sentence.astype(np.int64), -total))[:POOL]
    numbers = sentence[best].astype(np.int64)
    keys, starts, ends = (segment.arrays[name][numbers] for name in ("passage", "start", "end"))
    return [
        (float(w), int(key), int(start), int(end))
        for w, key, start, end in zip(total[best], keys, starts, ends, strict=True)
    ]


def _compare(mine: list[str], joined: str, wanted: NDArray[np.uint64], sentence: str) -> tuple[float, float, int]:
    theirs = words(sentence)
    ratio = Indel.normalized_similarity(joined, " ".join(theirs))
    other = grams(theirs)
    shared = len(np.intersect1d(wanted, other, assume_unique=True))
    containment = shared / max(min(len(wanted), len(other)), 1)
    return ratio, containment, _longest_run(mine, theirs) if shared else 0


def _longest_run(mine: list[str], theirs: list[str]) -> int:
    """Words in the longest run that stands in both, if at least four."""
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(theirs) - GRAM + 1):
        places.setdefault(tuple(theirs[j : j + GRAM]), []).append(j)
    best = 0
    before: dict[int, int] = {}
    for i in range(len(mine) - GRAM + 1):
        now = {j: before.get(j - 1, GRAM - 1) + 1 for j in places.get(tuple(mine[i : i + GRAM]), ())}
        best = max(best, max(now.values(), default=0))
        before = now
    return best
