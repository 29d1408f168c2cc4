"""Newer wordings: of a passage that was used again since, and of an answer to a question that was asked again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Evidence, Finding, Grade
from drafter.checks.text import TextSpan

if TYPE_CHECKING:
    from answers_bank.store.stored import StoredPassage

LEAST_WORDS = 25
"""A shorter passage is no standard passage."""

LIKE = 60.0
"""Likeness (0 to 100) from which two passages are wordings of one."""

SAME_QUESTION = 85.0
"""Likeness (0 to 100) from which two questions ask the same."""


def newer_passages(case: Case) -> Iterator[Finding]:
    """Findings of the rule newer-passage; none without a bank or a date."""
    from rapidfuzz import fuzz

    from answers_bank.index.repeated_text import ReuseIndex

    if case.bank is None or case.date is None:
        return
    index = ReuseIndex.open(case.bank.bank)
    for unit in case.text.answering:
        if len(unit.text.split()) < LEAST_WORDS:
            continue
        start, end = max(unit.sentences, key=lambda span: span[1] - span[0])
        best: StoredPassage | None = None
        for hit in index.candidates(unit.text[start:end], k=12, exclude=case.bank.own):
            newer = best is None or str(hit.date) > str(best.date)
            if newer and case.bank.counts(hit.document, hit.date):
                stored = case.bank.bank.passage(hit.passage)
                best = stored if fuzz.ratio(unit.text, stored.text) >= LIKE else best
        if best is not None and _otherwise(best.text, unit.text):
            yield _finding("staleness/newer-passage", TextSpan(unit, start, end), best)


def newer_answers(case: Case) -> Iterator[Finding]:
    """Findings of the rule newer-answer; none without a bank or a date."""
    from rapidfuzz import fuzz

    if case.bank is None or case.date is None or case.document is None:
        return
    for question in case.document.questions:
        if len(question.text.split()) < 8:
            continue
        asked = [
            p
            for p in case.bank.asked_again(question)
            if fuzz.ratio(question.text.lower(), p.text.lower()) >= SAME_QUESTION
        ]
        mine = case.document.answer(min(question.numbers, default=0))
        if not asked or mine is None:
            continue
        theirs = case.bank.answer_to(max(asked, key=lambda p: str(p.date)))
        opening = next((unit for unit in case.text.answering if unit.numbers == mine.numbers), None)
        if opening is not None and theirs and _otherwise(mine.text, " ".join(a.text for a in theirs)):
            yield _finding("staleness/newer-answer", TextSpan(opening, 0, min(len(opening.text), 80)), theirs[0])


def _otherwise(one: str, other: str) -> bool:
    return one.split() != other.split()


def _finding(name: str, place: TextSpan, later: StoredPassage) -> Finding:
    assert later.date is not None
    return finding(
        name,
        place,
        f"Zie {later.document} van {dutch_date(later.date)}.",
        evidence=[Evidence(later.document, later.date, later.text)],
        grade=Grade.UNCERTAIN,
        stale_from=later.date,
    )
