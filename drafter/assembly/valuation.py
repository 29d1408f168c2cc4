"""What a passage is worth for a question, in one number on one scale.

Below 0 a passage is of no use. A question has a source when something is worth `SOURCE` to it; then weaker passages may
stand beside that. The scale and the lines were measured, see docs/concept.md and `python -m benchmarks.drafting`.
"""

from __future__ import annotations

import math

from drafter.search.values import FoundPassage, SearchResult
from drafter.search.weights import HYBRID, PASSAGE

LEAST = 0.85
"""Sum of the parts below which a passage is of no use."""

SOURCE = 0.28
"""Worth from which something is a source: below it the bank is said to hold none."""

ANSWER = 0.8
"""What the score of the earlier answer as a whole counts, where that of the passage counts 1."""

PORTFOLIO = 0.2
"""What it counts that the addressee answered: a preference, too little to make a source by itself."""

SAME = 0.6
"""Worth of an answer to a question that asks the same."""

SET_PHRASE = SOURCE
"""Worth of a bare "Ja." from another set."""

NOTHING = -1.0


def worth(result: SearchResult, passage: FoundPassage) -> float:
    """What `passage`, found in `result`, is worth for what was searched."""
    addressed = result.scores.get("portfolio", 0.0)
    # Who answered and how often it was repeated say nothing about the subject; both are weighed elsewhere.
    repeated = result.scores.get("repeated", 0.0)
    answer = result.scores["sum"] - HYBRID.portfolio * addressed - HYBRID.repeated * repeated
    return ANSWER * answer + _uncalibrated(passage.score) + PORTFOLIO * addressed - LEAST


def _uncalibrated(chance: float) -> float:
    """The score behind the chance of a passage: differences among unlikely passages count as much as among likely."""
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return PASSAGE.middle + math.log(chance / (1 - chance)) / PASSAGE.slope
