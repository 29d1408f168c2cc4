"""What in a text may no longer be true: the staleness check (verouderde feiten).

Each finder looks at one kind of expression; here they are brought together, judged against the reference date and told
once.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator

from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.time.calendar import add_months
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Evidence, Finding, Grade, Severity
from drafter.checks.rules import patterns, rule
from drafter.checks.staleness.expressions import StaleExpression, settled
from drafter.checks.staleness.figures import figures
from drafter.checks.staleness.links import links
from drafter.checks.staleness.moved_portfolio import moved_portfolio
from drafter.checks.staleness.newer_wording import newer_answers, newer_passages
from drafter.checks.staleness.people import ministries, of_its_cabinet, people, signatures
from drafter.checks.staleness.publications import publications
from drafter.checks.staleness.review_due import review_due
from drafter.checks.staleness.time_expressions import times
from drafter.checks.staleness.undated import undated
from drafter.checks.text import TextSpan, TextUnit, Zone

_SOURCE = re.compile(
    r"^\W*(?:\d{1,2}\W{1,3})?[A-Z][\w.&’' -]{1,48},?\s+(?:d\.d\.\s+)?(?:van\s+)?\d{1,2}\s+[a-z]{3,9}\s+\d{4}|https?://|www\."
)
"""A note that only names a newspaper, a broadcaster or a page."""


def staleness(case: Case) -> list[Finding]:
    """The findings of the check, in the order of the text."""
    said = [_finding(one, unit, case) for unit in case.text.units for one in _told(unit, case)]
    found = [
        *said,
        *newer_passages(case),
        *newer_answers(case),
        *moved_portfolio(case),
        *undated(case, said),
        *review_due(case),
    ]
    return sorted(found, key=lambda f: (f.start, f.end))


def _told(unit: TextUnit, case: Case) -> list[StaleExpression]:
    found = settled(_expressions(unit, case), unit)
    return found if case.bank is None else [_followed_up(one, unit, case.bank) for one in found]


def _expressions(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    if unit.zone is Zone.QUESTION:
        return
    if unit.zone is Zone.FRAME:
        yield from ministries(unit, case)
        yield from signatures(unit, case)
        return
    says = unit.zone is not Zone.NOTE
    yield from ministries(unit, case)
    if says:
        yield from people(unit, case)
    yield from publications(unit, case)
    if says:
        yield from figures(unit, case)
    yield from links(unit)
    if not says and _SOURCE.search(unit.text):
        # The title of an article is not the minister's word; a date without a year in it still is no use.
        yield from (one for one in times(unit, case) if one.suggestion is not None)
        return
    yield from _words(unit, case)
    yield from times(unit, case)


def _words(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """What the patterns of the rules find."""
    for start, end in unit.sentences:
        for hit in patterns("staleness").hits(unit.text[start:end]):
            if unit.in_quotes(start + hit.start):
                continue
            months = hit.entry.months
            stale_from = add_months(case.date, months) if case.date and months else case.date
            quiet = hit.info or rule(f"staleness/{hit.entry.rule}").severity is Severity.INFO
            one = StaleExpression(hit.entry.rule, start + hit.start, start + hit.end, stale_from, quiet)
            yield of_its_cabinet(one, case) if one.rule == "cabinet" else one


def _followed_up(one: StaleExpression, unit: TextUnit, bank: BankLookup) -> StaleExpression:
    """`one` with what later documents say about it."""
    if one.info or not rule(f"staleness/{one.rule}").followed_up:
        return one
    start, end = unit.sentence_at(one.start)
    later = bank.followed_up(unit.text[start:end])
    if later is None or later.passage.date is None:
        return one
    evidence = (*one.evidence, Evidence(later.passage.document, later.passage.date, later.sentence))
    if not later.done:
        return dataclasses.replace(one, evidence=evidence)
    what = "Mogelijk ingelost" if one.rule == "promise" else "Daarna is hierover bericht"
    return dataclasses.replace(
        one,
        stale_from=min(one.stale_from or later.passage.date, later.passage.date),
        detail=f"{what}: {dutch_date(later.passage.date)} ({later.passage.document}).",
        grade=Grade.EXPIRED,
        dated=True,
        evidence=evidence,
    )


def _finding(one: StaleExpression, unit: TextUnit, case: Case) -> Finding:
    usual = rule(f"staleness/{one.rule}")
    expired = one.dated and one.stale_from is not None and one.stale_from <= case.as_of
    grade = one.grade or (Grade.EXPIRED if expired and usual.grade is not Grade.ADAPT else usual.grade)
    # What lies ahead still may be said as it was.
    ahead = one.rule in {"expectation", "term", "promise"} and one.dated and _lies_ahead(one, case.as_of)
    # A state or an inquiry without a date holds for a while; a promise binds from the day it is made, a term from one
    # that the words do not tell.
    young = (
        one.rule not in {"promise", "term"}
        and grade is Grade.UNCERTAIN
        and not (one.dated or one.evidence)
        and one.stale_from is not None
        and case.as_of < one.stale_from
    )
    detail = one.detail
    if not detail and one.dated and one.stale_from is not None:
        moment = "Dat moment is voorbij" if expired else "Dat moment moet nog komen"
        detail = f"{moment}: {dutch_date(one.stale_from)}."
    words, *others = _words_of(one, unit)
    if one.end - one.start <= SHORT:
        words = ""
    elif others:
        detail = f"{detail} Ook: {', '.join(f'“{other}”' for other in others)}.".strip()
    return finding(
        usual.id,
        TextSpan(unit, one.start, one.end),
        detail,
        words=words,
        evidence=one.evidence,
        # In a text of these days only what has surely expired is a warning.
        severity=Severity.INFO
        if one.info or ahead or young or (case.is_fresh and grade is not Grade.EXPIRED)
        else None,
        grade=grade,
        stale_from=one.stale_from,
        suggestion=one.suggestion,
    )


def _lies_ahead(one: StaleExpression, as_of: datetime.date) -> bool:
    """Whether the moment is to come: of a year that has begun, until it is half over."""
    if one.stale_from is None or one.begins is None or one.begins >= one.stale_from:
        return one.stale_from is not None and as_of < one.stale_from
    return as_of < one.begins + (one.stale_from - one.begins) / 2


SHORT = 90
"""Characters up to which the words of a finding are shown as they stand, from the first to the last."""


def _words_of(one: StaleExpression, unit: TextUnit) -> list[str]:
    """The words to show: those of the rule that speaks, then what else is meant, each once."""
    shown: list[tuple[int, int]] = []
    for start, end in one.parts or ((one.start, one.end),):
        if not overlaps(shown, start, end):
            shown.append((start, end))
        elif len(shown) == 1:
            # What overlaps the words that are shown first is one with them.
            shown[0] = min(start, shown[0][0]), max(end, shown[0][1])
    words: dict[str, str] = {}
    for start, end in shown:
        said = " ".join(unit.text[start:end].split())
        words.setdefault(said.casefold(), said)
    return list(words.values())
