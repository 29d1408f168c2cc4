"""What a passage is worth for a question, in one number on one scale.

Below 0 a passage is of no use. A question has a source when something is worth `SOURCE` to it; then weaker passages may
stand beside that. The scale and the lines were measured, see docs/concept.md and `python -m benchmarks.drafting`.
"""

from __future__ import annotations

from drafter.search.values import FoundPassage, SearchResult

LEAST = 0.85
"""Sum of the parts below which a passage is of no use."""

SOURCE = 0.28
"""Worth from which something is a source: below it the bank is said to hold none."""

ANSWER = 1.0
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
    # Who answered is weighed here, how often it was repeated elsewhere: neither says anything about the subject.
    addressed = result.scores.get("portfolio", 0.0)
    return ANSWER * result.scores["content"] + passage.likeness + PORTFOLIO * addressed - LEAST
