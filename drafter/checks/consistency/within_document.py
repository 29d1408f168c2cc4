"""Two sentences of one document that are nearly the same and say something else: here twelve, there ten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils

from drafter.checks.builder import finding
from drafter.checks.comparison.compare import compare_sentences
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statement import statement
from drafter.checks.comparison.words import is_filler
from drafter.checks.consistency.near_duplicates import RULES
from drafter.checks.consistency.sentence_similarity import LONGEST, is_referral
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import TextSpan, TextUnit

_ALIKE = 78.0
_SHORTEST = 10  # words; "Het geraamde bedrag is 12 euro" is said of one thing after another
_MOST = 1500
"""Sentences of one document that are compared with each other at most."""


def within_findings(units: Sequence[TextUnit]) -> Iterator[Finding]:
    """Findings on the later of two sentences; `units` are the answers and sections of one document."""
    row = [
        sentence
        for unit in units
        for sentence in (TextSpan(unit, start, end) for start, end in unit.sentences)
        if _SHORTEST <= len(sentence.text.split()) <= LONGEST and not is_referral(sentence.text)
    ][:_MOST]
    if len(row) < 2:
        return
    texts = [sentence.text for sentence in row]
    scores = process.cdist(
        texts, texts, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_ALIKE, dtype=np.uint8
    )
    for later, earlier in np.argwhere(np.tril(scores, -1)):
        mine, other = row[int(later)], row[int(earlier)]
        if mine.text != other.text and _apart(mine, other):
            yield from _between(mine, other)


_POINTING = re.compile(r"\s*(?:dit|deze|dat|die|hier\w*|daar\w*)\b", re.IGNORECASE)


def _apart(mine: TextSpan, other: TextSpan) -> bool:
    """Whether the two stand in different pieces: in one paragraph they go down a list of things or years.

    A sentence that points back speaks of whatever stands before it.
    """
    if _POINTING.match(mine.text):
        return False
    return mine.unit is not other.unit and (mine.unit.numbers != other.unit.numbers or not mine.unit.numbers)


def _between(mine: TextSpan, other: TextSpan) -> Iterator[Finding]:
    pair = Pair(statement(mine.text), statement(other.text))
    own = [[word for word in side if not is_filler(word.text)] for side in (pair.lost, pair.gained)]
    if all(own):
        return  # of another place, year or group: both may hold
    found = compare_sentences(mine.text, other.text)
    if any(one.kind in ("named_authority", "responsible_ministry", "swapped_actors") for one in found):
        return
    both = [one for one in found if one.new.quote and one.old.quote]
    if {"date", "number"} <= {one.kind for one in both}:
        return  # figures of another year
    conflict = next((one for one in found if _telling(one)), None)
    if conflict is None:
        return
    start, end = conflict.new.start, conflict.new.end
    span = (mine.start + start, mine.start + end) if conflict.new.quote else (mine.start, mine.end)
    here, there = conflict.new.quote or "niet", conflict.old.quote or "niet"
    detail = f"hier staat ‘{here}’, elders in dit stuk ‘{there}’. Dit spreekt elkaar tegen."
    evidence = Evidence.here(" ".join(other.text.split()))
    yield finding(f"consistency/{RULES[conflict.kind]}", TextSpan(mine.unit, *span), detail, evidence=[evidence])


def _telling(conflict: Conflict) -> bool:
    if conflict.type is not ConflictType.CONTRADICTION:
        return False
    return conflict.kind == "negation" or bool(conflict.new.quote and conflict.old.quote)
