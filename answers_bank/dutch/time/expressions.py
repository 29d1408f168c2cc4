"""Dutch administrative time: from words and the date of a document to days.

`find_times(text, date)` finds expressions of time and says to which days they refer, seen from a document of `date`.
Nothing here judges; the staleness check does. Words without any anchor ("momenteel", "onlangs") are no matter of
this module but of the lexicon.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from answers_bank.dutch.time import grammar as patterns
from answers_bank.dutch.time.calendar import Interval
from answers_bank.dutch.time.parts import Resolved
from answers_bank.dutch.time.resolve import resolvers


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


class Relation(StrEnum):
    """How what is told lies to the interval."""

    IN = "in"
    BEFORE = "before"
    FROM = "from"
    AFTER = "after"


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
        return self.interval.first if self.relation is Relation.BEFORE and not self.span else self.interval.after


_RELATIONS = {
    Relation.BEFORE: ("voor", "vóór", "voorafgaand", "tot", "tegen"),
    Relation.FROM: ("vanaf", "sinds", "sedert", "per", "ingaande"),
    Relation.AFTER: ("na",),
}


def find_times(text: str, date: datetime.date | None) -> list[TimeExpression]:
    """All expressions of time in `text`, in order and apart, the longest where several begin together."""
    found: list[TimeExpression] = []
    lowered = text.lower()
    for name, regex in patterns.compiled():
        anchors = patterns.ANCHORS.get(name)
        if anchors and not any(word in lowered for word in anchors):
            continue
        resolve: Callable[..., Resolved | None] = resolvers[name]
        for match in regex.finditer(text):
            resolved = resolve(match, date)
            if resolved is not None:
                found.append(_expression(match.start(), match.end(), match.groupdict().get("prep"), resolved))
    return _apart(found)


def _expression(start: int, end: int, prep: str | None, resolved: Resolved) -> TimeExpression:
    words = (prep or "").lower().removeprefix("nog ").split()
    relation = next((r for r, names in _RELATIONS.items() if words and words[0] in names), Relation.IN)
    return TimeExpression(
        start=start,
        end=end,
        kind=TimeKind(resolved.kind),
        relation=relation,
        interval=resolved.interval,
        earlier=resolved.earlier,
        rewrite=resolved.rewrite,
        span=resolved.span,
    )


def _apart(found: Iterable[TimeExpression]) -> list[TimeExpression]:
    kept: list[TimeExpression] = []
    for expression in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        if all(expression.end <= other.start or other.end <= expression.start for other in kept):
            kept.append(expression)
    return sorted(kept, key=lambda e: e.start)
