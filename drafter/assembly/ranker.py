"""The learned ranker: how likely a sentence is taken over, under which question, and whether there is a source at all.

Three small models over the same numbers (`sentence_numbers`), each chosen for what it decides:

* *worth*: gradient-boosted trees (Friedman 2001), a sentence that was taken over against one that was not;
* *place*: a conditional logit (McFadden 1974), the question under which a sentence was taken over against the others of
  its set;
* *source*: logistic regression over the best sentences of a question, a question with a source against one without.

They are trained by `python -m benchmarks.sentence_ranker`, see docs/concept.md for what they were trained on and how
they do on material that they had not seen.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drafter.assembly.sentence_numbers import COLUMN, NAMES, SentenceNumbers

BEST = 10
"""Sentences that say whether a question has a source."""

OF_BEST = (
    "sum", "own_sum", "part_sum", "letters", "own_letters", "question", "answer", "words", "close", "own_close",
    "covered", "own_covered", "asked",
)  # fmt: skip
"""Of these the highest among the best sentences counts for "source": what speaks of the question itself. That the
subject of the set or who answered is the same says nothing of one question of the set."""

SOURCE_NAMES = ("worth", "worth_of_best", *OF_BEST, "parts", "size")


@dataclass(frozen=True)
class Trees:
    """Binary trees as arrays of shape (trees, nodes); a leaf leads to itself."""

    column: NDArray[np.int64]
    threshold: NDArray[np.float32]
    below: NDArray[np.int64]
    """The node to go on from where the number is at most the threshold."""

    above: NDArray[np.int64]
    value: NDArray[np.float64]
    start: float
    depth: int

    def total(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        """Of each row (rows, columns) the sum over all trees: log-odds."""
        result = np.full(len(values), self.start)
        rows = np.arange(len(values))[:, None]
        trees = np.arange(len(self.column))
        if len(values):
            node = np.zeros((len(values), len(self.column)), np.int64)
            for _ in range(self.depth):
                low = values[rows, self.column[trees, node]] <= self.threshold[trees, node]
                node = np.where(low, self.below[trees, node], self.above[trees, node])
            result += self.value[trees, node].sum(axis=1)
        return result


@dataclass(frozen=True)
class Ranker:
    """The three models."""

    trees: Trees
    place: NDArray[np.float64]
    """Weight of each column."""

    source: NDArray[np.float64]
    """Weight of each of `SOURCE_NAMES`, then what is added to all."""

    def worth(self, numbers: SentenceNumbers) -> NDArray[np.float64]:
        """Log-odds that each sentence is taken over for this question."""
        return self.trees.total(numbers.values)

    def placed(self, numbers: SentenceNumbers) -> NDArray[np.float64]:
        """How well each sentence stands under this question, to be compared with the other questions of the set."""
        return np.asarray(numbers.values @ self.place, dtype=np.float64)

    def has_source(self, numbers: SentenceNumbers, worth: NDArray[np.float64], size: int) -> float:
        """Log-odds that a question has a source in a bank of `size` units; minus infinity where nothing was found."""
        if not len(worth):
            return -math.inf
        return float(source_numbers(numbers, worth, size) @ self.source[:-1] + self.source[-1])


def source_numbers(numbers: SentenceNumbers, worth: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The numbers of a question, as `SOURCE_NAMES` names them, given the worth of its sentences."""
    best = np.argsort(-worth, kind="stable")[:BEST]
    top = numbers.values[best]
    return np.array(
        [
            worth[best[0]],
            worth[best].mean(),
            *(top[:, COLUMN[name]].max() for name in OF_BEST),
            top[0, COLUMN["parts"]],
            math.log(max(size, 1)),
        ],
        dtype=np.float64,
    )


@cache
def ranker(*, meaning: bool) -> Ranker:
    """The models that the project comes with: those for a search by meaning and words, or for one by words alone.

    By words alone all that speaks of meaning is 0, and every sum is lower: what is a source there is learnt apart.
    """
    name = "ranker.json" if meaning else "ranker_words.json"
    text = resources.files("drafter.assembly").joinpath("data", name).read_text(encoding="utf-8")
    return from_json(json.loads(text))


def from_json(data: dict[str, Any]) -> Ranker:
    """The models as they are kept; what they call by a name that no column has is an error."""
    trees = data["trees"]
    column = np.array([[COLUMN[data["columns"][n]] for n in tree] for tree in trees["column"]], np.int64)
    weights = np.zeros(len(NAMES))
    for name, weight in data["place"].items():
        weights[COLUMN[name]] = weight
    source = [data["source"][name] for name in SOURCE_NAMES]
    return Ranker(
        Trees(
            column,
            np.array(trees["threshold"], np.float32),
            np.array(trees["below"], np.int64),
            np.array(trees["above"], np.int64),
            np.array(trees["value"], np.float64),
            trees["start"],
            trees["depth"],
        ),
        weights,
        np.array([*source, data["source"]["start"]]),
    )
