"""How near a query lies to the questions and answers of candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from drafter.search.signals.space import PASSAGE, QUESTION, Space
from embeddings.encoder import Vectors

if TYPE_CHECKING:
    from answers_bank.index.meaning import MeaningIndex


@dataclass(frozen=True)
class Pieces:
    """The pieces of a unit's answer: row keys of the first and last passage of each, and its cosine with the query."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    cosine: NDArray[np.float32]

    def closeness(self, key: int) -> float | None:
        """Of the best piece that covers a passage; None where there is none."""
        covering = (self.first <= key) & (self.last >= key)
        return float(self.cosine[covering].max()) if covering.any() else None


class PassageRows:
    """The rows of vectors by the first passage that they cover."""

    def __init__(self, meaning: MeaningIndex) -> None:
        first = meaning.first
        self._order = None if (np.diff(first) >= 0).all() else np.argsort(first, kind="stable")
        self._first = first if self._order is None else first[self._order]

    def of(self, members: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of passages (row keys) in groups, and the group of each row."""
        keys = np.concatenate(members)
        low = np.searchsorted(self._first, keys, side="left")
        counts = np.searchsorted(self._first, keys, side="right") - low
        places = np.repeat(low - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
        owner = np.repeat(np.repeat(np.arange(len(members)), [len(m) for m in members]), counts)
        return (places if self._order is None else self._order[places]), owner


class CandidateNearness:
    """A query against the vectors of candidates.

    Args:
        meaning: the vectors of the bank.
        space: where they are compared.
        rows: of the passages.
        vector: of the query.
        members: row keys of the passages of each candidate.
    """

    def __init__(
        self,
        meaning: MeaningIndex,
        space: Space,
        rows: PassageRows,
        vector: Vectors,
        members: Sequence[NDArray[np.int64]],
    ) -> None:
        self._meaning = meaning
        self._space = space
        self._rows, owner = rows.of(members)
        self._kinds = np.asarray(meaning.kinds[self._rows])
        self._vectors = meaning.vectors(self._rows)
        self._bounds = np.searchsorted(owner, np.arange(len(members) + 1))
        asked = space.query(vector)
        self._along = space.along(self._vectors, self._kinds, asked)

    def rough(self) -> list[dict[str, float]]:
        """Signals of every candidate as if all its vectors had the length that is usual; exact enough to choose by."""
        cosines = self._along / np.array([self._space.question_length, self._space.passage_length])[self._kinds]
        found = []
        best = {kind: self._highest(np.where(self._kinds == kind, cosines, -np.inf)) for kind in (QUESTION, PASSAGE)}
        for question, answer in zip(best[QUESTION], best[PASSAGE], strict=True):
            signals = {"question": question, "answer": answer}
            found.append({name: value for name, value in signals.items() if value > -math.inf})
        return found

    def _highest(self, values: NDArray[np.floating]) -> list[float]:
        """The highest value of each candidate; minus infinity for one without vectors."""
        starts, ends = self._bounds[:-1], self._bounds[1:]
        highest = np.full(len(starts), -np.inf)
        there = ends > starts
        if there.any():
            highest[there] = np.maximum.reduceat(values, starts[there])
        found: list[float] = highest.tolist()
        return found

    def exact(self, places: Sequence[int]) -> list[tuple[dict[str, float], Pieces]]:
        """Signals and pieces of some of the candidates."""
        if not len(places):
            return []
        sizes = [int(self._bounds[n + 1] - self._bounds[n]) for n in places]
        chosen = np.concatenate([np.arange(self._bounds[n], self._bounds[n + 1]) for n in places])
        kinds, rows, along = self._kinds[chosen], self._rows[chosen], self._along[chosen]
        placed = self._space.place(self._vectors[chosen], kinds)
        cosines = along / np.maximum(np.sqrt(np.einsum("ij,ij->i", placed, placed)), 1e-9)
        first, last = self._meaning.first[rows], self._meaning.last[rows]
        high = 0
        found = []
        for size in sizes:
            low, high = high, high + size
            signals: dict[str, float] = {}
            answers, asks = kinds[low:high] == PASSAGE, kinds[low:high] == QUESTION
            own = cosines[low:high]
            if asks.any():
                signals["question"] = float(own[asks].max())
            close = own[answers]
            if len(close):
                whole = placed[low:high][answers].sum(axis=0)
                together = float(along[low:high][answers].sum()) / max(math.sqrt(float(whole @ whole)), 1e-9)
                signals["answer"] = (float(close.max()) + together) / 2
            found.append((signals, Pieces(first[low:high][answers], last[low:high][answers], close)))
        return found
