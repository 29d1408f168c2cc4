"""Newer wordings: of a passage that was used again since, and of an answer to a question that was asked again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from answers_bank.documents import Document, Question, Role
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.finding import Context, Evidence, Finding, Grade, Subject
from drafter.checks.rules import rule as rule_of
from drafter.checks.text import Unit, Zone

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import StoredPassage

_WORD = re.compile(r"[^\W\d_]{5,}")

LEAST_WORDS = 25
"""A shorter passage is no standard passage."""

LIKE = 60.0
"""Likeness (0 to 100) from which two passages are wordings of one."""

SAME_QUESTION = 85.0
"""Likeness (0 to 100) from which two questions ask the same."""


def newer(subject: Subject, context: Context, units: list[Unit], own: frozenset[str]) -> Iterator[Finding]:
    """Findings of the rules newer-passage and newer-answer; none without a bank or a date, nor any in `own`."""
    if context.bank is None or subject.date is None:
        return
    yield from _passages(own, context.bank, units, subject.date, context.as_of)
    if subject.document is not None:
        for question in subject.document.questions:
            yield from _answers(question, subject.document, context.bank, own, subject.date, context.as_of)


def _passages(
    own: frozenset[str], bank: Bank, units: list[Unit], date: datetime.date, as_of: datetime.date
) -> Iterator[Finding]:
    from rapidfuzz import fuzz

    from answers_bank.index.repeated_text import ReuseIndex

    index = ReuseIndex.open(bank)
    for unit in units:
        if unit.zone not in {Zone.ANSWER, Zone.SECTION} or len(unit.text.split()) < LEAST_WORDS:
            continue
        start, end = max(unit.sentences, key=lambda span: span[1] - span[0])
        best: StoredPassage | None = None
        for hit in index.candidates(unit.text[start:end], k=12, exclude=own):
            if hit.date is None or not date < hit.date <= as_of or (best and best.date and hit.date <= best.date):
                continue
            stored = bank.passage(hit.passage)
            if fuzz.ratio(unit.text, stored.text) >= LIKE:
                best = stored
        if best is not None and " ".join(best.text.split()) != " ".join(unit.text.split()):
            yield _finding("newer-passage", unit.place(start, end), unit.text[start:end], best, unit.number)


def _answers(
    question: Question,
    document: Document,
    bank: Bank,
    own: frozenset[str],
    date: datetime.date,
    as_of: datetime.date,
) -> Iterator[Finding]:
    from rapidfuzz import fuzz

    if len(question.text.split()) < 8:
        return
    # The longest words are the rarest: who asks the same uses them all.
    rare = sorted(set(_WORD.findall(question.text.lower())), key=lambda word: (-len(word), word))[:6]
    keys = [key for key, _ in bank.find_words(" ".join(rare), k=24, match="all")]
    stored = bank.passages_by_key(keys)
    asked = [
        p
        for key in keys
        if (p := stored.get(key)) is not None
        and p.role is Role.QUESTION
        and p.document not in own
        and p.date is not None
        and date < p.date <= as_of
        and fuzz.ratio(question.text.lower(), p.text.lower()) >= SAME_QUESTION
    ]
    if not asked:
        return
    latest = max(asked, key=lambda p: p.date or date)
    answers = [
        a for a in bank.passages(latest.document) if a.role is Role.ANSWER and set(a.numbers) & set(latest.numbers)
    ]
    answer = document.answer(min(question.numbers, default=0))
    if (
        answers
        and answer
        and answer.paragraphs
        and " ".join(answer.text.split()) != " ".join(" ".join(a.text for a in answers).split())
    ):
        first = answer.paragraphs[0]
        place = first.text_map.to_source(0, min(len(first.text), 80))
        yield _finding("newer-answer", place, first.text[:80], answers[0], min(question.numbers, default=None))


def _finding(name: str, place: tuple[int, int], text: str, later: StoredPassage, number: int | None) -> Finding:
    rule = rule_of("staleness", name)
    quote = " ".join(text.split())
    assert later.date is not None
    return Finding(
        check="staleness",
        rule=name,
        severity=rule.severity,
        start=place[0],
        end=place[1],
        quote=quote,
        message=rule.message.format(quote=quote[:80], detail=f"Zie {later.document} van {dutch_date(later.date)}."),
        sentence=quote,
        question=number,
        stale_from=later.date,
        evidence=(Evidence(later.document, later.date, later.text),),
        grade=Grade.UNCERTAIN,
    )
