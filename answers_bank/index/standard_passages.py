"""Standard passages (standaardpassages): what recurs across documents, word for word or edited.

They are found by themselves. Sentences that are wordings of one another are linked (`linking`); linked sentences that
follow each other in document after document make one passage. The links are kept beside the bank and follow it.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from answers_bank.index.arrays.following import kept, own
from answers_bank.index.arrays.segments import Arrays, CacheState, SegmentCache
from answers_bank.index.linking import Labels, link
from answers_bank.index.repeated_text import ReuseIndex, words
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import DocumentSummary, StoredPassage

VERSION = "standard 3"

TOGETHER = 0.5
"""Share of the documents of two recurring sentences in which they must follow each other to be one passage."""

COVERED = 0.6
"""Share of a passage that must stand in another one, in some wording, for that one to be a variant of it."""


_BITS = 20
"""For the number of a sentence in its passage."""

_READ = 8
"""Variants that are read at a time: the first one serves as a rule."""


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
    """Span in the passage's reading view."""


@dataclass(frozen=True, slots=True)
class StandardVariant:
    """One wording."""

    text: str
    uses: tuple[Use, ...]
    """Oldest first."""

    newest: bool
    """Whether this wording was used last."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A standard passage with all its variants, oldest first (by first use)."""

    id: str
    """Id of the first passage that holds it, and where it starts there: `<document>#<n>@<start>`."""

    variants: tuple[StandardVariant, ...]

    @property
    def newest(self) -> StandardVariant:
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
        counted = Counter(use.portfolio for variant in self.variants for use in variant.uses if use.portfolio)
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
    """What recurs in a bank. Open it with `StandardPassages.open`."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._cache = SegmentCache(bank.cache_folder / "standard" if bank.cache_folder else None, VERSION)
        self._index = ReuseIndex(bank)

    @classmethod
    def open(cls, bank: Bank, progress: Progress = SILENT) -> StandardPassages:
        """The standard passages of a bank, up to date."""
        found = cls(bank)
        found.refresh(progress)
        return found

    def refresh(self, progress: Progress = SILENT) -> None:
        """Take up what the bank added since."""
        self._index.refresh(progress)
        mark, stamp = self._bank.mark, self._index.stamp

        def follows(state: CacheState) -> bool:
            known = (state.generation, state.mark) == mark and state.details.get("stamp") == stamp
            return known and len(state.segments[0].arrays["label"]) == self._index.sentences

        state = own(self._cache.load(), self._bank)
        if not follows(state):
            self._cache, state = kept(
                self._cache,
                self._bank,
                progress,
                "De index van standaardpassages",
                lambda cache, state: self._build(cache, state, progress),
                follows,
            )
        self._arrays = state.segments[0].arrays

    def _build(self, cache: SegmentCache, state: CacheState, progress: Progress) -> CacheState:
        labels: NDArray[Any] = np.empty(0, np.int32)
        if state.segments and state.details.get("stamp") == self._index.stamp:
            labels = state.segments[0].arrays["label"]
        if len(labels) > self._index.sentences:
            labels = np.empty(0, np.int32)
        if not state.segments or len(labels) < self._index.sentences or not len(labels):
            progress.start("Standaardpassages zoeken", None)
            labels = link(self._bank, self._index, labels, progress)
            segment = cache.write("labels", _arranged(labels, self._index))
        else:
            segment = state.segments[0]
        mark = self._index.mark
        new = CacheState(mark.generation, mark.mark, 0, (segment,), {"stamp": self._index.stamp})
        cache.commit(new)
        return new

    def repeats(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each passage (row key) how many other passages hold a wording of one of its sentences, at the most."""
        known, most = self._arrays["repeated"], self._arrays["times"]
        if not len(known):
            return np.zeros(len(keys), dtype=np.int64)
        place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return np.where(known[place] == keys, most[place], 0)

    def relatives(self, key: int) -> dict[int, float]:
        """Other passages (row keys) that hold sentences of passage `key`, with the share of its letters they hold."""
        low, high = self._index.of_passage(key)
        _, start, end = self._index.places(np.arange(low, high))
        sizes = (end - start).astype(np.float64)
        same = [self._alike(number) for number in range(low, high)]
        if not same:
            return {}
        passages = self._index.passages_of(np.concatenate(same))
        own = np.repeat(np.arange(len(same)), [len(numbers) for numbers in same])
        # A sentence that stands twice in the other one counts once.
        pairs = np.unique(passages << _BITS | own)
        others, place = np.unique(pairs >> _BITS, return_inverse=True)
        shares = np.bincount(place, weights=sizes[pairs & ((1 << _BITS) - 1)]) / max(sizes.sum(), 1.0)
        found: dict[int, float] = dict(zip(others.tolist(), shares.tolist(), strict=True))
        found.pop(key, None)
        return found

    def _alike(self, number: int) -> NDArray[np.int64]:
        """All sentences with the label of this one."""
        label = self._arrays["label"][number]
        # Numbers of the same kind: for others numpy would first make a copy of the whole array.
        first, last = np.searchsorted(self._arrays["sorted"], np.array([label, label + 1], np.int32))
        return np.asarray(self._arrays["by_label"][first:last], dtype=np.int64)

    def elsewhere(self, key: int, most: int) -> tuple[NDArray[np.int64], ...]:
        """For each sentence of passage `key` that recurs, the other passages (row keys) that hold a wording of it.

        Args:
            key: row key of the passage.
            most: others that are given for a sentence at most, evenly from the first to the last that came into the
                bank. Some may have been taken out of it since.
        """
        return tuple(others for _, _, others in self.wordings(key, most) if len(others))

    def wordings(self, key: int, most: int) -> tuple[tuple[int, int, NDArray[np.int64]], ...]:
        """The sentences of passage `key`: span, and the other passages (row keys) that hold a wording of it.

        Args:
            key: row key of the passage.
            most: others that are given for a sentence at most, as for `elsewhere`.
        """
        low, high = self._index.of_passage(key)
        _, start, end = self._index.places(np.arange(low, high))
        found = []
        for number, first, last in zip(range(low, high), start.tolist(), end.tolist(), strict=True):
            same = self._alike(number)
            same = same[same != number]
            if len(same) > most:
                same = same[np.linspace(0, len(same) - 1, most).astype(np.int64)]
            passages = self._index.passages_of(same) if len(same) else same
            found.append((first, last, np.unique(passages[passages != key])))
        return tuple(found)

    def newest_variants(
        self, passages: Sequence[StoredPassage], before: datetime.date | None = None, least: float = COVERED
    ) -> list[StoredPassage | None]:
        """Of each passage the latest one that says most of what it says, in other words.

        Args:
            passages: as stored.
            before: only of documents dated before this day.
            least: share of a passage that must stand in the other, and share of the other that must stand in it.

        Returns:
            None where a passage is the newest itself or recurs nowhere; never one of the same document.
        """
        again = self.repeats(np.array([passage.key for passage in passages], np.int64))
        relatives = [
            [key for key, share in self.relatives(passage.key).items() if share >= least] if times else []
            for passage, times in zip(passages, again.tolist(), strict=True)
        ]
        dates = self._bank.dates(sorted({key for keys in relatives for key in keys}))
        found: list[StoredPassage | None] = []
        for passage, keys in zip(passages, relatives, strict=True):
            since = passage.date or datetime.date.min
            newer = [
                (date, key)
                for key in keys
                if key in dates
                for document, date in [dates[key]]
                if document != passage.document and date and date > since and (before is None or date < before)
            ]
            found.append(self._newest(passage, sorted(newer, reverse=True), least))
        return found

    def _newest(
        self, passage: StoredPassage, newer: Sequence[tuple[datetime.date, int]], least: float
    ) -> StoredPassage | None:
        """The first of the newer ones (newest first) that is the same passage in other words."""
        wanted = words(passage.text)
        for start in range(0, len(newer), _READ):
            keys = [key for _, key in newer[start : start + _READ]]
            stored = self._bank.passages_by_key(keys)
            for key in keys:
                other = stored.get(key)
                if other is None:
                    continue
                if words(other.text) == wanted:
                    return None  # the newest one says it in the same words
                if self.relatives(key).get(passage.key, 0.0) >= least:
                    return other
        return None

    def clusters(self, least: int = 2) -> tuple[Cluster, ...]:
        """All standard passages that stand in at least so many documents, the most used first."""
        self._passage, self._start, self._end = self._index.columns()
        self._labels = np.asarray(self._arrays["label"], dtype=np.int64)
        stored = self._bank.passages_by_key(np.unique(self._passage[self._recurring(least)]).tolist())
        summaries = {summary.id: summary for summary in self._bank.documents()}
        runs = self._runs(stored, least)
        found = []
        for uses in runs.values():
            cluster = _cluster(uses, summaries)
            if cluster.documents >= least:
                found.append(cluster)
        found.sort(key=lambda c: (-c.documents, -c.uses, c.id))
        return tuple(found)

    def _recurring(self, least: int) -> NDArray[np.int64]:
        """Sentences whose label stands in at least so many sentences."""
        _, place, counts = np.unique(self._labels, return_inverse=True, return_counts=True)
        return np.flatnonzero(counts[place] >= max(least, 2))

    def _runs(self, stored: dict[int, StoredPassage], least: int) -> dict[int, list[tuple[StoredPassage, int, int]]]:
        """The uses (passage, start, end) of each passage to be, by number."""
        documents: dict[int, set[str]] = defaultdict(set)
        numbers = [n for n in self._recurring(least).tolist() if int(self._passage[n]) in stored]
        for number in numbers:
            documents[int(self._labels[number])].add(stored[int(self._passage[number])].document)
        numbers = [n for n in numbers if len(documents[int(self._labels[n])]) >= least]
        follows: dict[tuple[int, int], set[str]] = defaultdict(set)
        for one, other in pairwise(numbers):
            if other == one + 1 and self._passage[one] == self._passage[other]:
                pair = (int(self._labels[one]), int(self._labels[other]))
                follows[pair].add(stored[int(self._passage[one])].document)
        group: dict[int, int] = {}

        def root(label: int) -> int:
            while label in group:
                label = group[label]
            return label

        for (one, other), together in sorted(follows.items()):
            most = max(len(documents[one]), len(documents[other]))
            if len(together) >= max(least, TOGETHER * most) and root(one) != root(other):
                group[max(root(one), root(other))] = min(root(one), root(other))
        uses: dict[int, list[tuple[StoredPassage, int, int]]] = defaultdict(list)
        for first, last in _stretches(numbers, self._passage, [root(int(self._labels[n])) for n in numbers]):
            passage = stored[int(self._passage[first])]
            uses[root(int(self._labels[first]))].append((passage, int(self._start[first]), int(self._end[last])))
        return uses


def _arranged(labels: Labels, index: ReuseIndex) -> Arrays:
    """What is kept: the labels, the sentences by label, and how often each passage that recurs does so."""
    counts = np.bincount(labels).astype(np.int32) if len(labels) else np.empty(0, np.int32)
    passage, _, _ = index.columns()
    first = np.flatnonzero(np.diff(passage, prepend=-1))
    times = np.maximum.reduceat(counts[labels], first) - 1 if len(first) else np.empty(0, np.int32)
    again = times > 0
    order = np.argsort(labels, kind="stable").astype(np.int32)
    return {
        "label": labels,
        "by_label": order,
        "sorted": labels[order],
        "repeated": passage[first[again]],
        "times": times[again],
    }


def _stretches(numbers: Sequence[int], passage: NDArray[np.int64], groups: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last sentence of each stretch of one group inside one passage."""
    begin = 0
    for place in range(1, len(numbers) + 1):
        if (
            place == len(numbers)
            or numbers[place] != numbers[place - 1] + 1
            or groups[place] != groups[begin]
            or passage[numbers[place]] != passage[numbers[begin]]
        ):
            yield numbers[begin], numbers[place - 1]
            begin = place


def _cluster(found: Sequence[tuple[StoredPassage, int, int]], summaries: dict[str, DocumentSummary]) -> Cluster:
    by_wording: dict[str, list[Use]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for passage, start, end in found:
        summary = summaries[passage.document]
        text = passage.text[start:end]
        wording = " ".join(words(text))
        minister = summary.ministers[0].name if summary.ministers else None
        by_wording[wording].append(
            Use(passage.id, passage.document, summary.title, passage.date, summary.portfolio, minister, start, end)
        )
        spelled[wording] = text
    for uses in by_wording.values():
        uses.sort(key=_when)
    last = max(by_wording, key=lambda wording: _when(by_wording[wording][-1]))
    ordered = sorted(by_wording, key=lambda wording: _when(by_wording[wording][0]))
    variants = tuple(
        StandardVariant(spelled[wording], tuple(by_wording[wording]), wording == last) for wording in ordered
    )
    first = variants[0].uses[0]
    return Cluster(f"{first.passage}@{first.start}", variants)


def _when(use: Use) -> tuple[datetime.date, str, int]:
    return use.date or datetime.date.min, use.passage, use.start
