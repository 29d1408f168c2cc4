"""Which sentences of the bank are wordings of one and the same: the links behind standard passages.

Sentences that share enough runs of four words are compared, and linked when they are mostly the same text. Every
sentence has a label, the number of the first sentence it is linked with; linked sentences have the same label.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from answers_bank.index.repeated_text import ReuseIndex, words
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

RATIO = 0.65
"""Likeness (indel similarity of the letters) from which two sentences are wordings of one."""

DRIFT = 0.55
"""Likeness that the first sentences of two groups must have, lest small steps join what has nothing in common."""

LEAST_WORDS = 8
"""A shorter sentence recurs by chance."""

_MOST_POSTINGS = 20_000_000
"""Runs that are looked at in one go; of a larger bank one in so many serves."""

PART = 1_000_000
"""Pairs that are counted in memory at a time, about; the others wait in files."""

_GROUP = 2000
"""Pairs whose texts are fetched together."""

_PREDECESSORS = 3
"""Earlier sentences with the same run that a sentence is compared with."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)

Numbers = NDArray[np.int64]
Labels = NDArray[np.int32]


def link(bank: Bank, index: ReuseIndex, labels: NDArray[np.integer], progress: Progress = SILENT) -> Labels:
    """Labels of all sentences of `index`, given those of the first ones.

    Args:
        bank: holds the texts.
        index: of the bank, up to date.
        labels: of the sentences that were linked before.
        progress: can ask to stop.

    Raises:
        Cancelled: it did; nothing is kept.
    """
    joined = _Union(labels, index.sentences)
    texts = _Texts(bank, index)
    for pairs in _pairs(index, len(labels)):
        if progress.cancelled():
            raise Cancelled
        for group in np.split(pairs, range(_GROUP, len(pairs), _GROUP)):
            sentences = np.unique(group).tolist()
            texts.fetch({*sentences, *map(joined.root, sentences)})
            for one, other in group.tolist():
                first, second = joined.root(one), joined.root(other)
                if first == second or texts.likeness(one, other) < RATIO:
                    continue
                # Only a comparison of the groups' first sentences keeps a group about one thing.
                if (first, second) == (one, other) or texts.likeness(first, second) >= DRIFT:
                    joined.join(first, second)
    return joined.labels()


class _Union:
    """Union of sets, each known by its smallest number."""

    def __init__(self, labels: NDArray[np.integer], count: int) -> None:
        start = np.arange(count, dtype=np.int32)
        start[: len(labels)] = labels
        # Four bytes a sentence, and read one by one faster than numpy's own numbers.
        self._parent: array[int] = array("i", start.tobytes())

    def root(self, item: int) -> int:
        parent = self._parent
        while (above := parent[item]) != item:
            parent[item] = parent[above]
            item = above
        return item

    def join(self, one: int, other: int) -> None:
        self._parent[max(one, other)] = min(one, other)

    def labels(self) -> Labels:
        found = np.frombuffer(self._parent, dtype=np.int32).copy()
        while not np.array_equal(above := found[found], found):
            found = above
        return found


class _Texts:
    """The words of sentences; those that were asked for last are kept."""

    _MOST = 60_000

    def __init__(self, bank: Bank, index: ReuseIndex) -> None:
        self._bank = bank
        self._places = index.places
        self._joined: dict[int, str] = {}

    def fetch(self, numbers: Collection[int]) -> None:
        """Take up the words of some sentences, in the order of the bank."""
        if len(self._joined) > self._MOST:
            for number in list(islice(self._joined, self._MOST // 2)):  # a dictionary keeps the order of arrival
                del self._joined[number]
        missing = sorted(number for number in numbers if number not in self._joined)
        passages, starts, ends = (column.tolist() for column in self._places(np.array(missing, np.int64)))
        texts = self._bank.texts(list(dict.fromkeys(passages)))
        for number, passage, start, end in zip(missing, passages, starts, ends, strict=True):
            found = words(texts.get(passage, "")[start:end])
            self._joined[number] = " ".join(found) if len(found) >= LEAST_WORDS else ""

    def likeness(self, one: int, other: int) -> float:
        """Indel similarity of two sentences, 0 where one is too short or no longer there."""
        first, second = self._sentence(one), self._sentence(other)
        if not first or not second:
            return 0.0
        return 1.0 if first == second else Indel.normalized_similarity(first, second, score_cutoff=DRIFT)

    def _sentence(self, number: int) -> str:
        if number not in self._joined:
            self.fetch([number])
        return self._joined[number]


def _pairs(index: ReuseIndex, known: int) -> Iterator[Numbers]:
    """(earlier, later) sentences that share enough runs to be worth comparing; the later one is new.

    In order, in parts: pairs whose earlier sentence lies in the same range are counted together.
    """
    every = np.uint64(max(index.size // _MOST_POSTINGS, 1))
    _, start, end = index.columns()
    with ExitStack() as files:
        waiting = _PairFiles(index.sentences, index.size // int(every) // PART + 1, files)
        for block in index.postings():
            runs, numbers = block >> _HALF, (block & _LOW).astype(np.int64)
            wanted = (numbers >= known) & (runs % every == 0)
            for step in range(1, _PREDECESSORS + 1):
                same = wanted[step:] & (runs[step:] == runs[:-step])
                waiting.add(numbers[:-step][same] << 32 | numbers[step:][same])
        for codes in waiting:
            pairs, shared = np.unique(codes, return_counts=True)
            one, other = pairs >> 32, pairs & 0xFFFFFFFF
            # About how many words each sentence has.
            sizes = np.minimum(end[one] - start[one], end[other] - start[other]) // 6
            # A sentence of n words has n - 3 runs; two thirds alike leaves a fifth of the runs whole, as a rule.
            enough = shared * int(every) >= np.maximum(2, 0.15 * sizes)
            yield np.stack([one[enough], other[enough]], axis=1)


class _PairFiles:
    """Pairs in files, by the range of their earlier sentence; in memory where one range holds all."""

    def __init__(self, sentences: int, parts: int, files: ExitStack) -> None:
        self._width = max(-(-sentences // parts), 1)
        self._memory: list[Numbers] = []
        self._files: list[IO[bytes]] = []
        if parts > 1:
            self._files = [files.enter_context(tempfile.TemporaryFile()) for _ in range(parts)]  # noqa: SIM115

    def add(self, codes: Numbers) -> None:
        """Take up pairs (earlier << 32 | later)."""
        if not self._files:
            self._memory.append(codes)
            return
        codes = np.sort(codes)
        bounds = np.searchsorted(codes, (np.arange(1, len(self._files)) * self._width) << 32)
        for file, part in zip(self._files, np.split(codes, bounds), strict=True):
            part.tofile(file)

    def __iter__(self) -> Iterator[Numbers]:
        if not self._files:
            yield np.concatenate([np.empty(0, np.int64), *self._memory])
        for file in self._files:
            file.seek(0)
            yield np.fromfile(file, np.int64)
