"""Standard passages (standaardpassages): paragraphs that recur across documents, word for word or edited.

They are found by themselves: paragraphs that share enough runs of four words are compared, and linked when they are
mostly the same text. A paragraph too long to be a building block is taken sentence by sentence. The links are kept in
a cache beside the bank that follows it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from answers_bank.reuse_index import grams, runs_of, words
from answers_bank.segments import Arrays, CacheState, SegmentCache
from answers_bank.sentences import sentence_spans
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.bank import Bank
    from answers_bank.stored import DocumentSummary, StoredPassage

VERSION = "standard 1"

LEAST_WORDS = 12
"""A shorter text recurs by chance."""

LONGEST = 1200
"""Characters above which a paragraph is taken sentence by sentence."""

RATIO = 0.6
"""Likeness (indel similarity of the letters) from which two texts are variants of one passage."""

CONTAINED = 0.8
"""Share of the shorter text's runs in the longer one from which they are too, if not much shorter (`SHORTER`)."""

SHORTER = 0.4

_EVERY = 3
"""Of a long text one in so many runs is looked up: enough to meet its variants."""

_SHORT = 40
"""Words below which all runs are looked up."""

_PREDECESSORS = 3
"""Earlier texts with the same run that a text is compared with."""

_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a variant stands."""

    passage: str
    """Id of the passage."""

    document: str
    title: str
    date: datetime.date | None
    portfolio: str | None
    minister: str | None
    start: int
    end: int
    """Span in the passage's reading view: all of it, or one sentence of a long paragraph."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording."""

    text: str
    uses: tuple[Use, ...]
    """Oldest first."""

    newest: bool
    """Whether this wording was used last."""

    @property
    def first_date(self) -> datetime.date | None:
        """When it was first used."""
        return self.uses[0].date

    @property
    def last_date(self) -> datetime.date | None:
        """When it was last used."""
        return self.uses[-1].date


@dataclass(frozen=True, slots=True)
class Cluster:
    """A standard passage with all its variants, oldest first (by first use)."""

    id: str
    """Id of the first passage that holds it."""

    variants: tuple[Variant, ...]

    @property
    def newest(self) -> Variant:
        """The wording that was used last."""
        return next(variant for variant in self.variants if variant.newest)

    @property
    def documents(self) -> int:
        """In how many documents it stands."""
        return len({use.document for variant in self.variants for use in variant.uses})

    @property
    def uses(self) -> int:
        """How often it was used."""
        return sum(len(variant.uses) for variant in self.variants)

    @property
    def users(self) -> tuple[str, ...]:
        """Portfolios that used it, the most frequent first."""
        counted: dict[str, int] = defaultdict(int)
        for variant in self.variants:
            for use in variant.uses:
                if use.portfolio:
                    counted[use.portfolio] += 1
        return tuple(sorted(counted, key=lambda name: (-counted[name], name)))


def clusters(bank: Bank, least: int = 2, progress: Progress = SILENT) -> tuple[Cluster, ...]:
    """The standard passages of a bank, the most used first.

    Args:
        bank: where to look.
        least: documents that a passage must stand in.
        progress: told how far it is.
    """
    return StandardPassages.open(bank, progress).clusters(least)


class StandardPassages:
    """Which passages are variants of each other. Open it with `StandardPassages.open`."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._cache = SegmentCache(bank.cache_folder / "standard" if bank.cache_folder else None, VERSION)
        self._show(self._cache.load())

    @classmethod
    def open(cls, bank: Bank, progress: Progress = SILENT) -> StandardPassages:
        """The standard passages of a bank, up to date."""
        found = cls(bank)
        found.refresh(progress)
        return found

    def refresh(self, progress: Progress = SILENT) -> None:
        """Take up what the bank added since."""
        generation = self._bank.generation
        state = self._state
        if state.generation == generation:
            return
        if state.generation > generation:
            state = CacheState()
            self._show(state)
        segments = [s for s in state.segments if "grams" in s.arrays]
        last_key = state.last_key
        labels = self._labels
        progress.start("Standaardpassages zoeken", None)
        for items, key in _batches(self._bank.passages_after(last_key), progress):
            last_key = key
            labels = self._link([s.arrays for s in segments], items, labels)
            segments.append(self._cache.write("items", items))
        segments.append(self._cache.write("labels", {"label": labels}))
        self._show(CacheState(generation, last_key, tuple(segments)))
        self._cache.commit(self._state)

    def family(self, key: int) -> NDArray[np.int64]:
        """Row keys of the passages that hold a variant of what the passage `key` holds, itself included, ascending.

        Empty for a passage that recurs nowhere. Removed passages are still named.
        """
        low, high = np.searchsorted(self._passage, [key, key + 1])
        found = [self._members(int(label)) for label in np.unique(self._labels[low:high]) if self._recurs(int(label))]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)

    def newest_variant(self, passage: StoredPassage, before: datetime.date | None = None) -> StoredPassage | None:
        """The latest dated other passage that is a variant of the whole of `passage` and worded otherwise.

        Args:
            passage: as stored.
            before: only of documents dated before this day.

        Returns:
            None where `passage` is the newest itself, recurs nowhere, or is too long to be one standard passage.
        """
        low, high = np.searchsorted(self._passage, [passage.key, passage.key + 1])
        if high - low != 1 or self._end[low] - self._start[low] < 0.9 * len(passage.text):
            return None
        members = self._members(int(self._labels[low]))
        if len(members) < 2:
            return None
        found = [p for p in self._bank.passages_by_key(members.tolist()).values() if p.date is not None]
        if before is not None:
            found = [p for p in found if p.date is not None and p.date < before]
        if not found:
            return None
        newest = max(found, key=lambda p: (p.date or datetime.date.min, p.key))
        if passage.date is not None and newest.date is not None and newest.date <= passage.date:
            return None
        return newest if words(newest.text) != words(passage.text) else None

    def clusters(self, least: int = 2) -> tuple[Cluster, ...]:
        """All standard passages that stand in at least so many documents, the most used first."""
        order = np.argsort(self._labels, kind="stable")
        bounds = np.flatnonzero(np.diff(self._labels[order], prepend=-1, append=-1))
        groups = [order[a:b] for a, b in pairwise(bounds.tolist()) if b - a >= max(least, 2)]
        if not groups:
            return ()
        summaries = {summary.id: summary for summary in self._bank.documents()}
        found = [cluster for group in groups if (cluster := self._cluster(group, summaries, least)) is not None]
        found.sort(key=lambda c: (-c.documents, -c.uses, c.id))
        return tuple(found)

    def _cluster(self, items: NDArray[np.int64], summaries: dict[str, DocumentSummary], least: int) -> Cluster | None:
        stored = self._bank.passages_by_key(np.unique(self._passage[items]).tolist())
        by_text: dict[str, list[Use]] = defaultdict(list)
        spelled: dict[str, str] = {}
        for item in items:
            passage = stored.get(int(self._passage[item]))
            summary = summaries.get(passage.document) if passage else None
            if passage is None or summary is None:
                continue
            start, end = int(self._start[item]), int(self._end[item])
            text = passage.text[start:end]
            person = summary.ministers[0].name if summary.ministers else None
            use = Use(passage.id, passage.document, summary.title, passage.date, summary.portfolio, person, start, end)
            wording = " ".join(words(text))
            by_text[wording].append(use)
            spelled[wording] = text  # as it was spelled last, items being in the order of the bank
        if len({use.document for uses in by_text.values() for use in uses}) < least:
            return None
        for uses in by_text.values():
            uses.sort(key=_when)
        last = max(by_text, key=lambda wording: _when(by_text[wording][-1]))
        ordered = sorted(by_text, key=lambda wording: _when(by_text[wording][0]))
        variants = tuple(Variant(spelled[w], tuple(by_text[w]), w == last) for w in ordered)
        return Cluster(variants[0].uses[0].passage, variants)

    def _recurs(self, label: int) -> bool:
        return len(self._members(label)) > 1

    def _members(self, label: int) -> NDArray[np.int64]:
        low, high = np.searchsorted(self._sorted_labels, [label, label + 1])
        return np.unique(self._passage[self._by_label[low:high]])

    def _show(self, state: CacheState) -> None:
        self._state = state
        items = [segment.arrays for segment in state.segments if "grams" in segment.arrays]
        labels = [segment.arrays["label"] for segment in state.segments if "label" in segment.arrays]

        def column(name: str) -> NDArray[np.int64]:
            parts = [np.asarray(arrays[name], dtype=np.int64) for arrays in items]
            return np.concatenate(parts) if parts else np.empty(0, np.int64)

        self._passage, self._start, self._end = column("passage"), column("start"), column("end")
        self._labels: NDArray[np.int64] = np.asarray(labels[-1], dtype=np.int64) if labels else np.empty(0, np.int64)
        self._by_label = np.argsort(self._labels, kind="stable")
        self._sorted_labels = self._labels[self._by_label]

    def _link(self, older: Sequence[Arrays], items: Arrays, labels: NDArray[np.int64]) -> NDArray[np.int64]:
        """Labels of all items, the new ones included: items with one label are variants of each other."""
        offset = len(labels)
        count = len(items["passage"])
        joined = np.concatenate([labels, np.arange(offset, offset + count)])
        columns = {
            name: np.concatenate([np.asarray(a[name], dtype=np.int64) for a in (*older, items)])
            for name in ("passage", "start", "end", "size")
        }
        pairs = _pairs(older, items, columns["size"])
        if not len(pairs):
            return joined
        wanted = np.unique(columns["passage"][np.unique(pairs)])
        # In steps, so that the texts of a whole bank never stand in memory together.
        texts = _Texts(self._bank, columns, wanted)
        parent = _Union(joined)
        for a, b in pairs.tolist():
            if parent.root(a) != parent.root(b) and texts.alike(a, b):
                parent.join(a, b)
        return parent.labels()


class _Union:
    """Union of sets, kept as the smallest item of each."""

    def __init__(self, labels: NDArray[np.int64]) -> None:
        self._start = labels
        self._parent: dict[int, int] = {}

    def root(self, item: int) -> int:
        place = int(self._start[item])
        while place in self._parent:
            place = self._parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def labels(self) -> NDArray[np.int64]:
        """The label of every item."""
        roots = np.arange(len(self._start))
        for label in self._parent:
            roots[label] = self.root(label)
        return np.asarray(roots[self._start], dtype=np.int64)


class _Texts:
    """The texts of items, compared."""

    def __init__(self, bank: Bank, columns: dict[str, NDArray[np.int64]], wanted: NDArray[np.int64]) -> None:
        self._bank = bank
        self._columns = columns
        self._wanted = wanted
        self._passages: dict[int, str] = {}
        self._words: dict[int, list[str]] = {}

    def alike(self, one: int, other: int) -> bool:
        """Whether two items are variants of one passage."""
        first, second = self._item(one), self._item(other)
        if first is None or second is None:
            return False
        if first == second:
            return True
        short, long = sorted((first, second), key=len)
        if len(short) < SHORTER * len(long):
            return False
        if Indel.normalized_similarity(" ".join(short), " ".join(long), score_cutoff=RATIO) >= RATIO:
            return True
        wanted = grams(short)
        shared = len(np.intersect1d(wanted, grams(long), assume_unique=True))
        return shared >= CONTAINED * len(wanted)

    def _item(self, item: int) -> list[str] | None:
        if item not in self._words:
            key = int(self._columns["passage"][item])
            if key not in self._passages:
                self._fetch(key)
            text = self._passages[key][int(self._columns["start"][item]) : int(self._columns["end"][item])]
            self._words[item] = words(text)
        return self._words[item] or None

    def _fetch(self, key: int) -> None:
        place = int(np.searchsorted(self._wanted, key))
        near = self._wanted[place : place + 500].tolist()
        found = self._bank.passages_by_key(near)
        if len(self._passages) > 100_000:
            self._passages.clear()
            self._words.clear()
        for number in near:
            self._passages[number] = found[number].text if number in found else ""


def _when(use: Use) -> tuple[datetime.date, str]:
    return use.date or datetime.date.min, use.passage


def _pairs(older: Sequence[Arrays], items: Arrays, sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs of item numbers that share enough runs to be worth comparing, shape (pairs, 2)."""
    offset = sum(len(arrays["passage"]) for arrays in older)
    new = np.asarray(items["grams"])
    hashes, numbers = new >> np.uint64(32), (new & np.uint64(0xFFFFFFFF)).astype(np.int64) + offset
    codes = []
    for step in range(1, _PREDECESSORS + 1):
        same = hashes[step:] == hashes[:-step]
        codes.append(numbers[step:][same] << 32 | numbers[:-step][same])
    start = 0
    for arrays in older:
        known = arrays["grams"]
        if len(known):
            place = np.searchsorted(known, (hashes << np.uint64(32)) | np.uint64(0xFFFFFFFF), side="right")
            for step in range(1, _PREDECESSORS + 1):
                before = np.maximum(place - step, 0)
                there = known[before]
                same = (place >= step) & (there >> np.uint64(32) == hashes)
                codes.append(numbers[same] << 32 | ((there[same] & np.uint64(0xFFFFFFFF)).astype(np.int64) + start))
        start += len(arrays["passage"])
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    one, other = pairs >> 32, pairs & 0xFFFFFFFF
    enough = shared >= np.maximum(2, 0.2 * np.minimum(sizes[one], sizes[other]))
    return np.stack([other[enough], one[enough]], axis=1)


def _batches(passages: Iterable[tuple[int, StoredPassage]], progress: Progress) -> Iterator[tuple[Arrays, int]]:
    hashes: list[NDArray[np.uint64]] = []
    rows: list[tuple[int, int, int, int]] = []
    last_key = 0

    def arrays() -> Arrays:
        owners = np.repeat(np.arange(len(hashes), dtype=np.uint64), [len(h) for h in hashes])
        columns = np.array(rows, dtype=np.int64).reshape(-1, 4)
        return {
            "grams": np.sort(np.concatenate(hashes) << np.uint64(32) | owners),
            "passage": columns[:, 0],
            "start": columns[:, 1].astype(np.int32),
            "end": columns[:, 2].astype(np.int32),
            "size": columns[:, 3].astype(np.int32),
        }

    for last_key, passage in passages:
        for start, end in _parts(passage.text):
            found = words(passage.text[start:end])
            if len(found) < LEAST_WORDS:
                continue
            looked_up = np.unique(runs_of(found))
            if len(found) >= _SHORT:
                looked_up = looked_up[looked_up % np.uint64(_EVERY) == 0]
            hashes.append(looked_up)
            rows.append((last_key, start, end, len(looked_up)))
        progress.advance()
        if len(rows) >= _BATCH:
            yield arrays(), last_key
            hashes.clear()
            rows.clear()
    if rows:
        yield arrays(), last_key


def _parts(text: str) -> list[tuple[int, int]]:
    """The paragraph as a whole, or the sentences of a long one."""
    return [(0, len(text))] if len(text) <= LONGEST else sentence_spans(text)
