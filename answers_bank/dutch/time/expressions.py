"""Dutch administrative time: from words and the date of a document to days.

`find_times(text, date)` finds expressions of time and says to which days they refer, seen from a document of `date`.
Nothing here judges; the staleness check does. Words without any anchor ("momenteel", "onlangs") are no matter of
this module but of the lexicon.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from answers_bank.dutch.overlap import apart, overlaps
from answers_bank.dutch.time import grammar as patterns
from answers_bank.dutch.time import resolve_dates, resolve_periods
from answers_bank.dutch.time.calendar import Interval
from answers_bank.dutch.time.moments import Moment, readers
from answers_bank.dutch.time.relations import Relation, relation_before

resolvers = resolve_dates.resolvers | resolve_periods.resolvers


class TimeKind(StrEnum):
    """How an expression gets its date."""

    LAST = "last"
    """"op 14 juli jl.": the latest such day that is not after the document."""

    NEXT = "next"
    """"op 3 september a.s.": the first such day that is not before the document."""

    DEICTIC = "deictic"
    """"dit jaar", "komend voorjaar", "de afgelopen maanden": seen from the document."""

    YEARLESS = "yearless"
    """"op 14 juli", "in het najaar", "voor het zomerreces": a moment of a year that the text does not name."""

    TERM = "term"
    """"binnen drie maanden", "over twee jaar": counted from some day, as a rule the document's."""

    ABSOLUTE = "absolute"
    """"op 14 juli 2025", "in het voorjaar van 2026": whatever the document's date."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time with the days it refers to."""

    start: int
    end: int
    kind: TimeKind
    relation: Relation
    interval: Interval | None
    """None where the document has no date and the expression needs one."""

    earlier: Interval | None = None
    """For a moment without a year: the one before `interval`, for what is told as past."""

    rewrite: str | None = None
    """The expression with its date in full ("op 14 juli 2025"); only where certain."""

    span: bool = False
    """Whether it is a stretch up to or from the document ("de afgelopen jaren") rather than a moment."""

    @property
    def relative(self) -> bool:
        """Whether the words mean other days in another document."""
        return self.kind is not TimeKind.ABSOLUTE

    @property
    def over(self) -> datetime.date | None:
        """The first day on which a term that is put like this has passed."""
        if self.interval is None:
            return None
        return self.interval.first if self.relation.comes_before and not self.span else self.interval.after


@dataclass(frozen=True, slots=True)
class MomentMention:
    """Where a text names moments ("13 en 14 mei"), as far as it fixes them."""

    start: int
    end: int
    """From the first word of the moment itself on: without "voor", "in" or an article."""

    moments: tuple[Moment, ...]
    relation: Relation


def find_times(text: str, date: datetime.date | None) -> list[TimeExpression]:
    """All expressions of time in `text`, in order and apart, the longest where several begin together."""
    found = []
    for name, match in _matches(text):
        try:
            resolved = resolvers[name](match, date)
        except (ValueError, OverflowError):
            continue  # beyond the calendar: "over 9.000 jaar", or seen from a date at its edge
        if resolved is not None:
            prep = "prep" in match.re.groupindex and match["prep"]
            relation = relation_before(text, match.end("prep") + 1) if prep else Relation.NONE
            days = resolved.interval, resolved.earlier, resolved.rewrite, resolved.span
            found.append(TimeExpression(match.start(), match.end(), TimeKind(resolved.kind), relation, *days))
    return apart(found)


def find_moments(text: str, taken: list[tuple[int, int]]) -> list[MomentMention]:
    """The moments that `text` names outside the spans `taken`, in order and apart."""
    found = []
    for name, match in _matches(text):
        start = _core(match)
        try:
            moments = readers[name](match) if name in readers and not overlaps(taken, start, match.end()) else []
        except (ValueError, OverflowError):
            continue
        if moments:
            found.append(MomentMention(start, match.end(), tuple(moments), relation_before(text, start)))
    return apart(found)


def dated(moment: Moment, time: TimeExpression, coming: bool) -> Moment:
    """`moment` with the year and months that `time`, the same words seen from a document, gives it.

    As it is where two years are possible: those of a moment without a year, unless it is to come.
    """
    if time.interval is None or time.span:
        return moment
    first, last = time.interval.first, time.interval.last
    either = time.earlier is not None and time.earlier.first.year != first.year and not moment.pointing
    two_years = first.year != last.year and moment.part not in ("winter", "kerstreces", "jaarwisseling")
    if (either and not coming) or two_years:
        return moment
    months = moment.months
    if not months and (first.month, last.month) != (1, 12):
        months = frozenset(range(first.month, last.month + 1))
    return replace(moment, year=first.year, months=months, pointing="", unit="")


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    lowered = text.lower()
    for name, regex in patterns.compiled():
        if any(word in lowered for word in patterns.ANCHORS[name]):
            for match in regex.finditer(text):
                yield name, match


_LEADING = re.compile(r"\s*(?:(?:het|de)\s+)?(?:(?:jaar|maand)\s+(?=\d|[a-z]+\s))?", re.IGNORECASE)


def _core(match: re.Match[str]) -> int:
    """Where the moment itself begins, behind its preposition, article, weekday or "de periode"."""
    groups = match.re.groupindex
    for name in ("days", "from"):
        if name in groups:
            return match.start(name)
    start = match.end("prep") if "prep" in groups and match["prep"] else match.start()
    leading = _LEADING.match(match.string, start, match.end())
    return leading.end() if leading else start
