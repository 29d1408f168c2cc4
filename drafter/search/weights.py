"""What the parts of a score weigh, and what a score means.

Few weights, set by measurement: `python -m benchmarks.quality` learns them again, with cross-validation, on any bank;
docs/zoeken.md has the figures and what they were learnt from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the parts, each of which is about 0 to 1."""

    question: float = 0.7
    """Cosine of the query with the earlier question; where the bank has no question, the answer counts for it."""

    answer: float = 1.3
    """Mean of two cosines of the query: with the best piece of the answer, and with all its pieces together."""

    words: float = 0.6
    """BM25 as a share of what the query would score on itself."""

    letters: float = 1.0
    """TF-IDF cosine over runs of letters."""

    portfolio: float = 0.5
    """Likeness of the addressee with who answered."""

    repeated: float = 0.15
    """How often passages of it are used again: what was repeated before is repeated again."""


HYBRID = Weights()
MEANING = Weights(words=0.0, letters=0.0)
WORDS = Weights(question=0.0, answer=0.0, words=1.2)


def combined(weights: Weights, signals: Mapping[str, float]) -> float:
    """One score from the parts."""
    answer = signals.get("answer", signals.get("question", 0.0))
    question = signals.get("question", answer)
    return (
        weights.question * question
        + weights.answer * answer
        + weights.words * signals.get("words", 0.0)
        + weights.letters * signals.get("letters", 0.0)
        + weights.portfolio * signals.get("portfolio", 0.0)
        + weights.repeated * signals.get("repeated", 0.0)
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a score into a chance: a logistic curve, as measured."""

    slope: float
    middle: float
    """The score at which the chance is one half."""

    def chance(self, score: float) -> float:
        """0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(min(self.slope * (score - self.middle), 40.0), -40.0)))


UNIT = Calibration(slope=4.0, middle=1.4)
PASSAGE = Calibration(slope=6.0, middle=0.7)
MATCH = 0.5
"""Chance from which something counts as a source."""
