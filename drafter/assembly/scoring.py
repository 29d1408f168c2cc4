"""What a passage is worth for a question, and how near the bank comes to it at all.

Two numbers, since two different things are asked. Whether the bank holds anything on the subject shows in meaning and
in shared runs of letters; which of many passages on one subject is used shows in the words that the question has and
the others have not. Both scales were measured, see docs/concept.md and `python -m benchmarks.drafting`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from drafter.search.values import FoundPassage, SearchResult

QUESTION = 0.3
ANSWER = 0.5
WORDS = 0.8
LETTERS = 0.8
CLOSENESS = 0.3
COVERED = 1.5
"""What counts in the worth of a passage: four signals of the earlier answer, then two of the passage itself."""

PORTFOLIO = 0.2
"""What it counts in the worth that the addressee answered; it says nothing about the subject."""

NEAR_QUESTION = 0.5
NEAR_ANSWER = 0.5
NEAR_WORDS = 0.2
NEAR_LETTERS = 2.0
NEAR_CLOSENESS = 1.0
"""What counts in the nearness: letters most, words hardly."""

SOURCE = 0.28
"""Nearness from which the bank has a source, in a bank of one unit."""

SOURCE_BY_WORDS = 0.2
"""The same where only words count."""

GROWTH = 0.067
"""How much that rises for each unit of the natural logarithm of the bank's size: of many units that are no source one
is nearer by chance than of few."""

OF_SET = 0.4
"""What the nearness of the whole set counts beside that of the question: a set is about one subject."""

SAME = 2.0
"""Worth of an answer to a question that asks the same."""

SET_PHRASE = 0.3
"""Worth of a bare "Ja." from another set."""

NOTHING = -1.0


def worth(result: SearchResult, passage: FoundPassage) -> float:
    """What `passage`, found in `result`, is worth for what was searched; about 0 to 2."""
    signals = result.scores
    answer = signals.get("answer", signals.get("question", 0.0))
    return (
        QUESTION * signals.get("question", answer)
        + ANSWER * answer
        + WORDS * signals.get("words", 0.0)
        + LETTERS * signals.get("letters", 0.0)
        + CLOSENESS * passage.closeness
        + COVERED * passage.covered
        + PORTFOLIO * signals.get("portfolio", 0.0)
    )


def nearness(result: SearchResult, passage: FoundPassage, size: int) -> float:
    """How near `passage` comes to what was searched, in a bank of `size` units; a source from 0 on."""
    signals = result.scores
    by_meaning = "answer" in signals or "question" in signals
    answer = signals.get("answer", signals.get("question", 0.0))
    return (
        NEAR_QUESTION * signals.get("question", answer)
        + NEAR_ANSWER * answer
        + NEAR_WORDS * signals.get("words", 0.0)
        + NEAR_LETTERS * signals.get("letters", 0.0)
        + NEAR_CLOSENESS * passage.closeness
        - (SOURCE if by_meaning else SOURCE_BY_WORDS)
        - GROWTH * math.log(max(size, 1))
    )


def are_sources(nearest: Sequence[float | None]) -> list[bool]:
    """For each question of a set whether the bank has a source, given the nearest passage of each.

    None stands for a question that asks nothing of substance; it has no say in what the set is about.
    """
    known = [near for near in nearest if near is not None]
    if not known:
        return [False] * len(nearest)
    of_set = sum(known) / len(known)
    return [near is not None and (1 - OF_SET) * near + OF_SET * of_set >= 0 for near in nearest]
