"""What the parts of a score weigh, and what a score means.

Few weights, set by measurement (conditional logit with five-fold cross-validation, then rounded): docs/zoeken.md has
the figures and what they were learnt from; `python -m benchmarks.search_weights` learns them anew, beside these.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignalWeights:
    """Of the parts, each of which is about 0 to 1 (`length` about -2 to 8)."""

    question: float = 0.7
    """Cosine of the query with the earlier question; of what has none, with its subject, else with its answer."""

    answer: float = 1.0
    """Mean of two cosines of the query: with the best piece of the answer, and with all its pieces together."""

    words: float = 0.6
    """BM25 as a share of what the query would score on itself."""

    letters: float = 1.0
    """TF-IDF cosine over runs of letters."""

    length: float = 0.05
    """What an answer loses for being long, or for saying next to nothing; nothing where its text was not read."""

    portfolio: float = 0.6
    """What an answer of another portfolio than the addressee's loses; nothing where no addressee is known."""

    repeated: float = 0.25
    """How often passages of it are used again: what an office repeated before, it repeats again. It counts for the
    addressee's own answers alone; elsewhere set phrases would come first."""


HYBRID = SignalWeights()
COMPARED = SignalWeights(words=0.4, letters=0.8)
"""Of the comparison that drafts rest on: as they were when the ranker of sentences was trained, which reads their sum
(`drafter/assembly/data/ranker.json`). They go with the next training."""

MEANING = SignalWeights(words=0.0, letters=0.0, length=0.0)
WORDS = SignalWeights(question=0.0, answer=0.0, words=0.8, letters=1.5, length=0.03)


def combined(weights: SignalWeights, signals: Mapping[str, float]) -> float:
    """One score from the parts."""
    own = signals.get("portfolio")
    return (
        content(weights, signals)
        + weights.portfolio * (0.0 if own is None else own - 1)
        + weights.repeated * (own or 0.0) * signals.get("repeated", 0.0)
    )


def content(weights: SignalWeights, signals: Mapping[str, float]) -> float:
    """The part of the score that the texts give: not who answered, nor how often."""
    subject = signals.get("subject", 0.0)
    answer = signals.get("answer", signals.get("question", subject))
    question = signals.get("question", signals.get("subject", answer))
    return (
        weights.question * question
        + weights.answer * answer
        + weights.words * signals.get("words", 0.0)
        + weights.letters * signals.get("letters", 0.0)
        - weights.length * signals.get("length", 0.0)
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a score into a chance: a logistic curve, as measured."""

    slope: float
    middle: float
    """The score at which the chance is one half, in a bank of one unit."""

    growth: float
    """How much that rises for each unit of the natural logarithm of the bank's size: the best of many that are no
    source scores higher than the best of few."""

    def chance(self, score: float, size: int) -> float:
        """0 to 1.

        Args:
            score: as `combined` gives it.
            size: units in the bank.
        """
        middle = self.middle + self.growth * math.log(max(size, 1))
        return 1.0 / (1.0 + math.exp(-max(min(self.slope * (score - middle), 40.0), -40.0)))


UNIT = Calibration(slope=6.0, middle=0.45, growth=0.10)
"""Learnt on 450 Belgian questions in drawn banks of 5 to 2,240 answers, then rounded; judged on 339 Dutch ones, of
which nothing was learnt. There the mean square error of the chance is .069 (5 answers), .087 (20) and .157 (748),
where it was .116, .129 and .160; on 450 other Belgian ones .045 (20) and .193 (2,240), where it was .079 and
.180."""

UNIT_WORDS = Calibration(slope=8.0, middle=0.33, growth=0.06)
"""Of a score that rests on words alone, learnt and judged likewise: .090, .108 and .141 (Dutch); it was .144, .159
and .168."""

MATCH = 0.35
"""Chance from which something counts as a source: of Dutch questions without their answer in the bank 2 to 8 in a
hundred still get one, of Belgian ones in a bank of 2,240 one in four (docs/zoeken.md)."""


def passage_chance(closeness: float | None, covered: float, unit_score: float, size: int) -> float:
    """The chance that a passage is of use.

    Args:
        closeness: cosine of the query with the passage, None where only words count.
        covered: share of the query's weight in words that stand in the passage.
        unit_score: score of the answer or section that it stands in.
        size: units in the bank.
    """
    if closeness is None:
        return Calibration(slope=1.0, middle=3.6, growth=0.44).chance(4.0 * covered + 4.5 * unit_score, size)
    return Calibration(slope=1.0, middle=4.1, growth=0.48).chance(
        5.9 * closeness + 1.8 * covered + 3.25 * unit_score, size
    )
