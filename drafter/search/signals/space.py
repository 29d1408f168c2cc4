"""The bank's vectors, made to compare well.

Vectors of one language model all point much the same way, and some lie near every question (hubs). Both go when the
average is taken away and the directions that all texts share are damped (centring and whitening with shrinkage; Su and
others 2021, "Whitening sentence representations"; for hubs, Suzuki and others 2013). What CSLS gains with a set of
questions to compare against is gained here without one; docs/zoeken.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

if TYPE_CHECKING:
    from answers_bank.index.meaning import MeaningIndex

SAMPLE = 20_000
"""Vectors from which the averages and the shared directions are learnt."""

FEW = 5
"""Vectors at which an average counts half: of few texts it is mostly their subject. What they lack is taken from texts
on anything, since what all vectors of a model share is largely the same in every bank."""

LENGTHS = 1000
"""Vectors from which their usual length is learnt."""

QUESTION, PASSAGE = 0, 1


@dataclass(frozen=True)
class Space:
    """Where vectors are compared: centred and whitened."""

    question_mean: Vectors
    """Of the questions in the bank, and taken for what any query shares with them."""

    passage_mean: Vectors
    transform: NDArray[np.float32]
    question_length: float
    passage_length: float
    """Of a vector in this space, about."""

    @classmethod
    def learn(
        cls, index: MeaningIndex, generic: Vectors | None = None, asked: NDArray[np.bool_] | None = None
    ) -> Space:
        """Learn from the vectors of a bank.

        Args:
            index: the vectors.
            generic: average vector of questions on anything, to start from: a bank may be small, or hold no questions.
            asked: of each vector whether it may be a question; the others of that kind are subjects. All, if not given.
        """
        dimension = index.index.model.dimension
        start = np.zeros(dimension, np.float32) if generic is None else generic
        chosen = []
        for kind in (QUESTION, PASSAGE):
            rows = np.flatnonzero((index.kinds == kind) & index.alive)
            chosen.append(rows[:: max(len(rows) // (SAMPLE // 2), 1)])
        samples = [index.vectors(rows) for rows in chosen]
        questions, passages = samples
        passage = _average(passages, start)
        real = questions if asked is None else questions[asked[chosen[QUESTION]]]
        # Where the bank has no questions, what is asked lies between its answers and questions on anything.
        query = _average(real, np.float32(0.5) * (passage + start))
        centred = [sample - sample.mean(axis=0) for sample in samples if len(sample)]
        transform = whitening(np.concatenate(centred or [np.empty((0, dimension), np.float32)]))
        lengths = [
            _length((sample[:: max(len(sample) // LENGTHS, 1)] - mean) @ transform)
            for sample, mean in ((questions, query), (passages, passage))
        ]
        return cls(query, passage, transform, *lengths)

    def query(self, vector: Vectors) -> Vectors:
        """A query vector in this space, of length 1."""
        return _unit((vector - self.question_mean) @ self.transform)

    def probe(self, vector: Vectors) -> Vectors:
        """What to search the raw vectors with: its inner product orders them nearly as this space does."""
        return _unit(self.query(vector) @ self.transform)

    def along(self, vectors: Vectors, kinds: NDArray[np.integer[Any]], asked: Vectors) -> Vectors:
        """Inner product of stored vectors in this space with a query in it, without placing each of them."""
        direction = self.transform @ asked
        offset = np.array([self.question_mean @ direction, self.passage_mean @ direction], np.float32)
        return np.asarray(vectors @ direction - offset[kinds], dtype=np.float32)

    def place(self, vectors: Vectors, kinds: NDArray[np.integer[Any]]) -> Vectors:
        """Stored vectors in this space, not yet of length 1, so that they can be averaged."""
        means = np.stack([self.question_mean, self.passage_mean])[kinds]
        return np.asarray((vectors - means) @ self.transform, dtype=np.float32)


def _average(sample: Vectors, start: Vectors) -> Vectors:
    """The average of a sample, and as far as that is small of what to start from."""
    return np.asarray((sample.sum(axis=0) + FEW * start) / (len(sample) + FEW), dtype=np.float32)


def _length(placed: NDArray[np.floating[Any]]) -> float:
    """Average length, 1 where there is nothing to average."""
    return float(np.linalg.norm(placed, axis=1).mean()) if len(placed) else 1.0


def whitening(centred: Vectors) -> NDArray[np.float32]:
    """The matrix that damps the directions that all of these vectors share, shape (dimension, dimension).

    Args:
        centred: vectors with their average taken away.
    """
    dimension = centred.shape[1]
    covariance = centred.T @ centred / max(len(centred), 1)
    values, directions = np.linalg.eigh(covariance.astype(np.float64))
    average = max(float(values.mean()), 1e-12)
    # As much shrinkage as there is spread, and more where few vectors make the directions uncertain.
    shrinkage = 1 + 4 * dimension / max(len(centred), 1)
    transform = (directions * (np.maximum(values, 0) / average + shrinkage) ** -0.5) @ directions.T
    return np.asarray(transform, dtype=np.float32)


def _unit(vectors: NDArray[Any]) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
