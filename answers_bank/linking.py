"""Which sentences of the bank are wordings of one and the same: the links behind standard passages.

Sentences that share enough runs of four words are compared, and linked when they are mostly the same text. Every
sentence has a label, the number of the first sentence it is linked with; linked sentences have the same label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from answers_bank.reuse_index import ReuseIndex, words

if TYPE_CHECKING:
    from answers_bank.bank import Bank

RATIO = 0.65
"""Likeness (indel similarity of the letters) from which two sentences are wordings of one."""

DRIFT = 0.55
"""Likeness that the first sentences of two groups must have, lest small steps join what has nothing in common."""

LEAST_WORDS = 8
"""A shorter sentence recurs by chance."""

_MOST_POSTINGS = 20_000_000
"""Runs that are looked at in one go; of a larger bank one in so many serves."""

_AT_ONCE = 500_000
"""Runs that are held in memory at a time."""

_PREDECESSORS = 3
"""Earlier sentences with the same run that a sentence is compared with."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)

Numbers = NDArray[np.int64]


def link(bank: Bank, index: ReuseIndex, labels: Numbers) -> Numbers:
    """Labels of all sentences of `index`, given those of the first ones.

    Args:
        bank: holds the texts.
        index: of the bank, up to date.
        labels: of the sentences that were linked before.
    """
    known = len(labels)
    joined = _Union(np.concatenate([labels, np.arange(known, index.sentences)]))
    pairs = _pairs(index, known)
    texts = _Texts(bank, index, np.unique(pairs))
    for one, other in pairs.tolist():
        first, second = joined.root(one), joined.root(other)
        if first == second or texts.likeness(one, other) < RATIO:
            continue
        # Only a comparison of the groups' first sentences keeps a group about one thing.
        if (first, second) == (one, other) or texts.likeness(first, second) >= DRIFT:
            joined.join(first, second)
    return joined.labels()


class _Union:
    """Union of sets, each known by its smallest number."""

    def __init__(self, labels: Numbers) -> None:
        self._start = labels
        self._parent: dict[int, int] = {}

    def root(self, item: int) -> int:
        place = int(self._start[item])
        while place in self._parent:
            place = self._parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        self._parent[max(one, other)] = min(one, other)

    def labels(self) -> Numbers:
        roots = np.arange(len(self._start))
        for label in self._parent:
            roots[label] = self.root(label)
        return np.asarray(roots[self._start], dtype=np.int64)


class _Texts:
    """The words of sentences, fetched in the order of the bank and forgotten when they become many."""

    _AHEAD = 500
    _MOST = 200_000

    def __init__(self, bank: Bank, index: ReuseIndex, wanted: Numbers) -> None:
        self._bank = bank
        self._passage, self._start, self._end = index.columns()
        self._wanted = np.unique(self._passage[wanted])
        self._passages: dict[int, str] = {}
        self._joined: dict[int, str] = {}

    def likeness(self, one: int, other: int) -> float:
        """Indel similarity of two sentences, 0 where one is too short or no longer there."""
        first, second = self._sentence(one), self._sentence(other)
        if not first or not second:
            return 0.0
        return 1.0 if first == second else Indel.normalized_similarity(first, second, score_cutoff=DRIFT)

    def _sentence(self, number: int) -> str:
        if number not in self._joined:
            key = int(self._passage[number])
            if key not in self._passages:
                self._fetch(key)
            found = words(self._passages[key][int(self._start[number]) : int(self._end[number])])
            self._joined[number] = " ".join(found) if len(found) >= LEAST_WORDS else ""
        return self._joined[number]

    def _fetch(self, key: int) -> None:
        if len(self._joined) > self._MOST:
            self._passages.clear()
            self._joined.clear()
        place = int(np.searchsorted(self._wanted, key))
        near = [key, *self._wanted[place : place + self._AHEAD].tolist()]
        found = self._bank.passages_by_key(near)
        for number in near:
            self._passages[number] = found[number].text if number in found else ""


def _pairs(index: ReuseIndex, known: int) -> Numbers:
    """(earlier, later) sentences that share enough runs to be worth comparing; the later one is new."""
    segments = index.postings()
    total = sum(len(runs) for _, runs in segments)
    every = np.uint64(max(total // _MOST_POSTINGS, 1))
    codes = []
    for hashes, numbers in _new_runs(segments, known, every):
        for offset, runs in segments:
            # Everything before the sentence itself: for a later segment that is nothing.
            limit = np.clip(numbers - offset, 0, int(_LOW)).astype(np.uint64)
            place = np.searchsorted(runs, (hashes << _HALF) | limit)
            for step in range(1, _PREDECESSORS + 1):
                there = runs[np.maximum(place - step, 0)] if len(runs) else np.empty(0, np.uint64)
                same = (place >= step) & (there >> _HALF == hashes)
                codes.append(((there[same] & _LOW).astype(np.int64) + offset) << 32 | numbers[same])
    if not codes:
        return np.empty((0, 2), np.int64)
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    one, other = pairs >> 32, pairs & 0xFFFFFFFF
    sizes = np.minimum(*(_sizes(index)[side] for side in (one, other)))
    # A sentence of n words has n - 3 runs; two thirds alike leaves a fifth of the runs whole, as a rule.
    enough = shared * int(every) >= np.maximum(2, 0.15 * sizes)
    return np.stack([one[enough], other[enough]], axis=1)


def _new_runs(
    segments: Sequence[tuple[int, NDArray[np.uint64]]], known: int, every: np.uint64
) -> Iterator[tuple[NDArray[np.uint64], Numbers]]:
    """Hashes of runs with their sentences from `known` on, in parts: all at once would take a gigabyte."""
    for offset, runs in segments:
        for start in range(0, len(runs), _AT_ONCE):
            part = np.asarray(runs[start : start + _AT_ONCE])
            keep = ((part & _LOW) + np.uint64(offset) >= known) & ((part >> _HALF) % every == 0)
            yield part[keep] >> _HALF, (part[keep] & _LOW).astype(np.int64) + offset


def _sizes(index: ReuseIndex) -> Numbers:
    """About how many words each sentence has."""
    _, start, end = index.columns()
    return np.asarray((end - start) // 6, dtype=np.int64)
