"""Standard passages that somebody should have looked at by now (nakijken vóór)."""

from __future__ import annotations

from collections.abc import Iterator

from answers_bank.dutch.time.dates import dutch_date
from answers_bank.store.annotations.passage_care import passage_cares
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan

LIKE = 70.0
"""Likeness (0 to 100) of the nearest stretch from which a text holds a passage in some wording.

Of the 22 standard passages of the samples it finds 55 of 63 uses, and takes 3 of 2,314 other passages for one.
"""


def review_due(case: Case) -> Iterator[Finding]:
    """Findings of the rule review-due; none without a bank."""
    from rapidfuzz import fuzz

    if case.context.bank is None:
        return
    due = [one for one in passage_cares(case.context.bank.annotations).values() if one.is_due(case.as_of)]
    for unit in case.text.answering if due else ():
        for care in due:
            if len(unit.text) * 2 < len(care.wording):
                continue
            place = fuzz.partial_ratio_alignment(care.wording.lower(), unit.text.lower(), score_cutoff=LIKE)
            if place is None or len(unit.text) != len(unit.text.lower()) or care.review_by is None:
                continue
            start, end = unit.sentence_at(place.dest_start)
            owner = f" Vraag het na bij {care.owner}." if care.owner else ""
            note = f" Notitie: {care.note}" if care.note else ""
            detail = f"Nakijken vóór {dutch_date(care.review_by)}; die dag is voorbij.{owner}{note}"
            yield finding("staleness/review-due", TextSpan(unit, start, end), detail, stale_from=care.review_by)
