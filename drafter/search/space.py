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
    from answers_bank.meaning import MeaningIndex

SAMPLE = 20_000
"""Vectors from which the averages and the shared directions are learnt."""

FEW = 20
"""Vectors at which an average counts half: of few texts it is mostly their subject."""

QUESTIONS = 50
"""Questions in the bank from which their average stands for what all questions share."""

QUESTION, PASSAGE = 0, 1


@dataclass(frozen=True)
class Space:
    """Where vectors are compared: centred and whitened."""

    question_mean: Vectors
    passage_mean: Vectors
    query_mean: Vectors
    transform: NDArray[np.float32]

    @classmethod
    def learn(cls, index: MeaningIndex, generic: Vectors | None = None) -> Space:
        """Learn from the vectors of a bank.

        Args:
            index: the vectors.
            generic: average vector of questions on anything, for a bank that has no questions of its own.
        """
        dimension = index.index.model.dimension
        means, centred = [], []
        counts = []
        for kind in (QUESTION, PASSAGE):
            rows = np.flatnonzero((index.kinds == kind) & index.alive)
            counts.append(len(rows))
            step = max(len(rows) // (SAMPLE // 2), 1)
            sample = index.vectors(rows[::step])
            mean = sample.mean(axis=0) if len(sample) else np.zeros(dimension, np.float32)
            means.append(mean * np.float32(len(sample) / (len(sample) + FEW)))
            centred.append(sample - mean)
        transform = whitening(np.concatenate(centred))
        question, passage = means
        if counts[QUESTION] >= QUESTIONS:
            query = question
        elif generic is not None and counts[PASSAGE] >= FEW:
            query = (passage + generic) / 2
        else:
            query = passage
        return cls(question, passage, query.astype(np.float32), transform)

    def query(self, vector: Vectors) -> Vectors:
        """A query vector in this space, of length 1."""
        return _unit((vector - self.query_mean) @ self.transform)

    def probe(self, vector: Vectors) -> Vectors:
        """What to search the raw vectors with: its inner product orders them nearly as this space does."""
        return _unit(self.query(vector) @ self.transform)

    def place(self, vectors: Vectors, kinds: NDArray[np.integer[Any]]) -> Vectors:
        """Stored vectors in this space, not yet of length 1, so that they can be averaged."""
        means = np.stack([self.question_mean, self.passage_mean])[kinds]
        return np.asarray((vectors - means) @ self.transform, dtype=np.float32)


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
