"""Sentences of the bank that share words with a given sentence: copied, edited, or contained in it.

Every run of four words of every sentence is hashed; the hashes stand sorted in numpy arrays beside the bank, with the
number of their sentence. A given sentence collects the sentences that share most of its rarer runs; these are compared
word by word. Word n-grams find containment, the commonest way of editing, which MinHash and SimHash miss.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from answers_bank.index.arrays.following import kept, own
from answers_bank.index.arrays.merging import last_to_merge, run_blocks
from answers_bank.index.arrays.segments import CacheSegment, CacheState, SegmentCache
from answers_bank.index.sentence_runs import GRAM, batches, grams, runs_of, split_sentences, words
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.database import BankMark

__all__ = ["ReuseIndex", "SentenceHit", "grams", "runs_of", "split_sentences", "words"]

VERSION = "reuse 3"
COMMON = 4096
"""A run that stands in more sentences than this is a set phrase: it counts only where a sentence has nothing rarer."""

POOL = 96
"""Sentences that are compared word by word."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


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

    @property
    def score(self) -> float:
        """One figure to rank by, 0 to 1."""
        # A contained sentence is a find, yet a full match is a better one.
        return max(self.ratio, 0.25 * self.ratio + 0.75 * self.containment)


class ReuseIndex:
    """Finds sentences that share words with a given one. Open it with `ReuseIndex.open`."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._cache = SegmentCache(bank.cache_folder / "reuse" if bank.cache_folder else None, VERSION)
        self._state = own(self._cache.load(), bank)

    @classmethod
    def open(cls, bank: Bank, progress: Progress = SILENT) -> ReuseIndex:
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
    def mark(self) -> BankMark:
        """Of the bank, as it was when this was brought up to date."""
        from answers_bank.store.database import BankMark

        return BankMark(self._state.generation, self._state.mark)

    @property
    def stamp(self) -> str:
        """Another one once the sentences are numbered anew; additions go on numbering."""
        return str(self._state.details.get("stamp", ""))

    @property
    def offsets(self) -> list[int]:
        """Number of the first sentence of each segment."""
        counts = [len(segment.arrays["passage"]) for segment in self._state.segments]
        return np.cumsum([0, *counts[:-1]]).tolist() if counts else []

    def columns(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        """Passage (row key, ascending), start and end of every sentence; a sentence's number is its place here."""
        return self._column("passage", np.int64), self._column("start", np.int32), self._column("end", np.int32)

    def _column(self, name: str, kind: type[np.generic]) -> NDArray[Any]:
        parts = [segment.arrays[name] for segment in self._state.segments]
        if len(parts) == 1:
            return np.asarray(parts[0])  # as it is on disk: of it only what is looked at comes into memory
        return np.concatenate([np.empty(0, kind), *parts]).astype(kind)

    def postings(self) -> Iterator[NDArray[np.uint64]]:
        """All postings (run << 32 | sentence) in order, whole runs at a time; see `merging.run_blocks`."""
        return run_blocks(self._state.segments, self.offsets)

    @property
    def size(self) -> int:
        """How many postings there are."""
        return sum(len(segment.arrays["runs"]) for segment in self._state.segments)

    def refresh(self, progress: Progress = SILENT) -> None:
        """Take up what the bank added since; removed documents are skipped when searching.

        Raises:
            Cancelled: `progress` asked to stop; what was done is kept.
        """
        mark = self._bank.mark
        if (self._state.generation, self._state.mark) == mark:
            return
        self._cache, self._state = kept(
            self._cache,
            self._bank,
            progress,
            "De index van herhaalde tekst",
            lambda cache, state: self._build(cache, state, mark, progress),
            lambda state: (state.generation, state.mark) == mark,
        )

    def _build(self, cache: SegmentCache, state: CacheState, mark: BankMark, progress: Progress) -> CacheState:
        segments = list(state.segments)
        last_key = state.last_key
        details = {"stamp": state.details.get("stamp") or uuid.uuid4().hex}
        progress.start("Alinea's opnemen in de index van herhaalde tekst", None)
        try:
            for arrays, key in batches(self._bank.passages_after(last_key), progress):
                segments.append(cache.write("sentences", arrays))
                last_key = key
        except Cancelled:
            begun = (state.generation, state.mark) if state.generation >= 0 else self._bank.first_mark
            cache.commit(CacheState(*begun, last_key, tuple(segments), details))
            raise
        start = last_to_merge([len(segment.arrays["passage"]) for segment in segments])
        if len(segments) - start > 1:
            segments[start:] = [_merged(segments[start:], cache)]
        new = CacheState(mark.generation, mark.mark, last_key, tuple(segments), details)
        cache.commit(new)
        return new

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
        found = self._collect(wanted)
        stored = self._bank.passages_by_key(list({key for _, key, _, _ in found}))
        compared: dict[str, tuple[float, float]] = {}
        hits = []
        joined = " ".join(mine)
        own = _runs_in(mine)
        for _, key, start, end in found:
            passage = stored.get(key)
            if passage is None or passage.document in exclude:
                continue
            if before is not None and (passage.date is None or passage.date >= before):
                continue
            sentence = passage.text[start:end]
            if sentence not in compared:
                compared[sentence] = _compare(joined, own, sentence)
            ratio, containment = compared[sentence]
            hits.append(
                SentenceHit(passage.id, passage.document, passage.date, start, end, sentence, ratio, containment)
            )
        hits.sort(key=lambda hit: (-hit.score, -(hit.date or datetime.date.min).toordinal(), hit.document, hit.passage))
        return tuple(hits[:k])

    def _collect(self, wanted: NDArray[np.uint64]) -> list[tuple[float, int, int, int]]:
        """(weight, passage key, start, end) of the sentences that share most with the wanted runs, best first."""
        segments = self._state.segments
        low = [np.searchsorted(s.arrays["runs"], wanted << _HALF) for s in segments]
        high = [np.searchsorted(s.arrays["runs"], (wanted << _HALF) | _LOW, side="right") for s in segments]
        sizes = np.sum(high, axis=0) - np.sum(low, axis=0) if segments else np.zeros(len(wanted), np.int64)
        present = sizes > 0
        if not present.any():
            return []
        rare = present & (sizes <= COMMON)
        if not rare.any():
            rare = sizes == sizes[present].min()
        chosen = np.flatnonzero(rare)
        # A run in few sentences says more; the logarithm keeps one odd run from deciding alone.
        weight = np.log1p(self.sentences / sizes[chosen])
        owners, weights = [], []
        for place, of_run in zip(chosen.tolist(), weight.tolist(), strict=True):
            left = 16 * COMMON
            for segment, offset, first, last in zip(segments, self.offsets, low, high, strict=True):
                until = min(int(last[place]), int(first[place]) + left)
                if until > first[place]:
                    own = (segment.arrays["runs"][int(first[place]) : until] & _LOW).astype(np.int64)
                    owners.append(own + offset)
                    weights.append(np.full(len(own), of_run))
                    left -= len(own)
        sentence, at = np.unique(np.concatenate(owners), return_inverse=True)
        total = np.bincount(at, weights=np.concatenate(weights))
        # Among equals those added last.
        best = np.lexsort((-sentence, -total))[:POOL]
        keys, starts, ends = self.places(sentence[best])
        found = zip(total[best].tolist(), keys.tolist(), starts.tolist(), ends.tolist(), strict=True)
        return sorted(found, reverse=True)

    def places(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Passage (row key), start and end of some sentences."""
        found = np.empty((3, len(numbers)), np.int64)
        for segment, offset in zip(self._state.segments, self.offsets, strict=True):
            mine = (numbers >= offset) & (numbers < offset + len(segment.arrays["passage"]))
            for row, name in enumerate(("passage", "start", "end")):
                found[row, mine] = segment.arrays[name][numbers[mine] - offset]
        return found[0], found[1], found[2]

    def passages_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Passage (row key) of some sentences."""
        if len(self._state.segments) == 1:
            return np.asarray(self._state.segments[0].arrays["passage"][numbers])
        return self.places(numbers)[0]

    def of_passage(self, key: int) -> tuple[int, int]:
        """Number of the first sentence of a passage (row key), and of the first one after it."""
        for segment, offset in zip(self._state.segments, self.offsets, strict=True):
            keys = segment.arrays["passage"]
            if len(keys) and key <= keys[-1]:
                low, high = np.searchsorted(keys, [key, key + 1])
                return offset + int(low), offset + int(high)
        return self.sentences, self.sentences


def _merged(segments: Sequence[CacheSegment], cache: SegmentCache) -> CacheSegment:
    """Segments as one, written in bounded memory."""
    writer = cache.writer("sentences", {"runs": np.uint64, "passage": np.int64, "start": np.int32, "end": np.int32})
    counts = [len(segment.arrays["passage"]) for segment in segments]
    for segment, count in zip(segments, counts, strict=True):
        for name in ("passage", "start", "end"):
            writer.append(name, segment.part(name, 0, count))
    # The sentence number is the low half of a posting, so that adding shifts it.
    for block in run_blocks(segments, np.cumsum([0, *counts[:-1]]).tolist()):
        writer.append("runs", block)
    merged = writer.finish()
    cache.discard(tuple(segments))
    return merged


def _compare(joined: str, own: frozenset[tuple[str, ...]], sentence: str) -> tuple[float, float]:
    theirs = words(sentence)
    ratio = Indel.normalized_similarity(joined, " ".join(theirs))
    other = _runs_in(theirs)
    return ratio, len(own & other) / max(min(len(own), len(other)), 1)


def _runs_in(sentence: list[str]) -> frozenset[tuple[str, ...]]:
    """The runs of four words themselves: of one sentence that is quicker than their hashes."""
    if len(sentence) < GRAM:
        return frozenset([tuple(sentence)] if sentence else [])
    return frozenset(zip(*(sentence[n:] for n in range(GRAM)), strict=False))
