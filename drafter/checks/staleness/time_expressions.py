"""Expressions of time that age: which of those that a text holds are worth a word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import add_months
from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.time.expressions import TimeExpression, TimeKind, find_times
from answers_bank.dutch.time.relations import Relation
from drafter.checks.case import Case
from drafter.checks.finding import Grade
from drafter.checks.staleness.expressions import StaleExpression
from drafter.checks.text import TextUnit

_FUTURE = re.compile(rf"\b{one_of('future')}\b", re.IGNORECASE)
_SURELY_FUTURE = re.compile(rf"\b{one_of('surely_future')}\b", re.IGNORECASE)
_PAST = re.compile(rf"\b{one_of('past')}\b", re.IGNORECASE)
_PERFECT = re.compile(
    rf"\b{one_of('have')}\b.{{0,160}}?\b(?:\w*ge\w{{2,}}[dt]|(?:be|ver|ont|her)\w{{3,}}d|{one_of('participles')})\b",
    re.IGNORECASE,
)
_VAGUE_SPAN = re.compile(r"\b(?:afgelopen|laatste|voorbije|voorgaande)\s+(?:jaren|decennia|eeuwen)\b", re.IGNORECASE)
_REQUIRED = re.compile(
    r"\b(?:kan|kunnen|mag|mogen|moet|moeten|dient|dienen)\b.{1,120}\b(?:hebben|zijn)\b", re.IGNORECASE
)
_RECURRING = re.compile(rf"\b{one_of('recurring')}\b", re.IGNORECASE)
_TERM_ABOUT = re.compile(rf"\b{one_of('term_about')}\b", re.IGNORECASE)
_GENERAL = re.compile(rf"\b{one_of('term_general')}\b", re.IGNORECASE)
# What stands before a year that is part of a name or a citation.
_NAME_BEFORE = re.compile(rf"{one_of('before_year')}\s*$")


def times(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rules relative-date, relative-period, expectation and term."""
    for expression in find_times(unit.text, case.date):
        start, end = unit.sentence_at(expression.start)
        if unit.in_quotes(expression.start):
            continue
        found = _expression(expression, unit.text[start:end], unit.text, case.date)
        if found is not None:
            yield found


def _expression(found: TimeExpression, sentence: str, text: str, date: datetime.date | None) -> StaleExpression | None:
    if found.kind is TimeKind.ABSOLUTE:
        return _absolute(found, sentence, text, date)
    if found.kind is TimeKind.TERM:
        return _term(found, sentence, text)
    if found.kind is TimeKind.YEARLESS:
        return _yearless(found, sentence, text)
    interval = found.interval
    if found.kind in {TimeKind.LAST, TimeKind.NEXT}:
        later = add_months(interval.last, 12) if interval else None
        detail = _meant(found.rewrite)
        return StaleExpression("relative-date", found.start, found.end, later, False, detail, found.rewrite)
    if found.span:
        if _RECURRING.search(sentence) and text[: found.end].endswith("jaar"):
            return StaleExpression("relative-period", found.start, found.end, None, info=True)
        future = interval is not None and date is not None and interval.last > date
        stale = interval.after if interval and future else add_months(date, 6) if date else None
        rule = "expectation" if future else "relative-period"
        # "De afgelopen jaren" says little more than "lang"; and what someone must have been is no state of affairs.
        vague = not future and (_VAGUE_SPAN.search(text, found.start, found.end) or _REQUIRED.search(sentence))
        grade = Grade.ADAPT if future else None  # in another text they are other years
        return StaleExpression(rule, found.start, found.end, stale, info=bool(vague), grade=grade)
    future = interval is not None and date is not None and interval.last >= date
    detail = _meant(found.rewrite)
    return StaleExpression(
        "relative-period",
        found.start,
        found.end,
        found.over,
        False,
        detail,
        found.rewrite,
        dated=future,
        begins=interval.first if interval and future else None,
    )


def _meant(rewrite: str | None) -> str:
    # "5 januari jl." at the end of a sentence takes its full stop along.
    return f"Bedoeld is {rewrite[:1].lower()}{rewrite[1:].rstrip('.')}." if rewrite else ""


def _absolute(found: TimeExpression, sentence: str, text: str, date: datetime.date | None) -> StaleExpression | None:
    """A date in full stays true, but what was still to come then need not have come."""
    interval = found.interval
    if date is None or interval is None or interval.last < date or _named(found, text):
        return None
    if found.relation is Relation.AFTER and not _FUTURE.search(sentence):
        return None
    if interval.first <= date:
        whole_years = interval.first.year < interval.last.year
        if found.relation is Relation.FROM or interval.first == interval.last:
            return None
        if _attribute(found, text) and not whole_years:
            return None
        if interval.last.year == interval.first.year and tells_past(sentence) and not _SURELY_FUTURE.search(sentence):
            return None
    return StaleExpression("expectation", found.start, found.end, found.over, dated=True, begins=interval.first)


def tells_past(sentence: str) -> bool:
    """Whether a sentence tells what has happened."""
    return bool(_PAST.search(sentence) or _PERFECT.search(sentence))


_YEAR_WORDS = re.compile(r"(?:(?:en|of|,|–|-)\s*)?20\d\d(?:\s?[-–]\s?20\d\d)?")


def _named(found: TimeExpression, text: str) -> bool:
    """Whether a year is part of a name or a citation: "Visie 2040", "Kamerstukken II 2025/26"."""
    before = text[max(0, found.start - 24) : found.start]
    if (text[found.start].isdigit() and _NAME_BEFORE.search(before)) or text[found.end : found.end + 1] in {"/", ":"}:
        return True
    if re.search(r"\d{4}[/–-]$", before):
        return True
    bare = _YEAR_WORDS.fullmatch(text[found.start : found.end])
    if bare and len(bare[0]) > 4 and before.endswith(", "):
        return True  # "Integraal Verslag, Kamer, 2016-2017"
    return bool(
        bare and re.search(r"\w\s$", before) and not re.search(r"\b(?:en|of|tot|van|voor|jaar|jaren|t/m)\s$", before)
    )


def _attribute(found: TimeExpression, text: str) -> bool:
    """Whether the moment belongs to a thing: "de publicatie uit 2025", "het in 2025 afgeronde project"."""
    before, after = text[max(0, found.start - 6) : found.start], text[found.end : found.end + 30]
    return bool(re.search(r"\b(?:uit|over|van)\s$", before) or re.match(r"\s\w{4,}(?:de|te|den)\s\w", after))


def _term(found: TimeExpression, sentence: str, text: str) -> StaleExpression | None:
    if text[found.start :].lower().startswith("over"):
        # "over een half jaar" counts from the day of writing, whoever it binds.
        return StaleExpression("expectation", found.start, found.end, found.over, dated=True)
    if not _TERM_ABOUT.search(sentence) or (
        _GENERAL.search(sentence) and not re.search(r"Kamer|evalu|inwerkingtreding", sentence)
    ):
        return None
    following = re.match(r"\s+na\s+(?:de\s+)?[\w-]+", text[found.end :])
    end = found.end + (following.end() if following else 0)
    return StaleExpression("term", found.start, end, found.over, dated=False)


_LIST_ON = re.compile(r"\s*(?:,|en|of|tot en met|tot|t/m|–|-|/)\s*(?:\w+\s+)?\d{0,2}\.?\s*(?:[a-z]+)\s+(?:19|20)\d\d")
# "Comité 4 en 5 mei": the day is in a name.
_NAMED_AFTER = re.compile(r"(?<=[\w,] )[A-Z][a-zà-ÿ]{3,}\s$")


def _yearless(found: TimeExpression, sentence: str, text: str) -> StaleExpression | None:
    """A month, season or recess without a year."""
    words = text[found.start : found.end].lower()
    if words[:1].isdigit() and _NAMED_AFTER.search(text[: found.start]):
        return None
    if _RECURRING.search(sentence) or _LIST_ON.match(text[found.end : found.end + 40]):
        return None
    past = tells_past(sentence)
    future = bool(_FUTURE.search(sentence))
    season = re.search(r"zomer|winter|herfst|lente|voorjaar|najaar|kerst", words)
    # "in de winter" is as often a time of year as a moment.
    general = (
        season
        and not re.search(r"najaar|voorjaar|reces", words)
        and not _SURELY_FUTURE.search(sentence)
        and not _PERFECT.search(sentence)
    )
    if not (found.relation.comes_before or found.relation is Relation.AFTER) and general:
        return StaleExpression("relative-date", found.start, found.end, None, info=True)
    interval = found.earlier if past and not future else found.interval
    detail = ""
    if interval is not None and interval.first == interval.last:
        detail = f"Waarschijnlijk {dutch_date(interval.first)}."
    over = None if interval is None else (interval.first if found.relation.comes_before else interval.after)
    return StaleExpression(
        "relative-date",
        found.start,
        found.end,
        over,
        False,
        detail,
        dated=interval is not None,
        begins=None if interval is None else interval.first,
    )
