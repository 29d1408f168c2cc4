"""Expressions that may be stale, and which of them are told where they overlap."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from drafter.checks.finding import Evidence, Grade
from drafter.checks.rules import rules_of
from drafter.checks.text import TextUnit


@dataclass(frozen=True, slots=True)
class StaleExpression:
    """An expression in a unit that may be stale."""

    rule: str
    start: int
    end: int
    """Span in the unit's text."""

    stale_from: datetime.date | None = None
    info: bool = False
    """Too weak for a warning."""

    detail: str = ""
    """What is added to the rule's message; a sentence."""

    suggestion: str | None = None
    grade: Grade | None = None
    """Where the finder knows better than the rule."""

    dated: bool = False
    """Whether `stale_from` comes from words in the text rather than from how long such words hold."""

    evidence: tuple[Evidence, ...] = ()
    begins: datetime.date | None = None
    """The first day of the moment that the words name, where they name one."""

    @property
    def is_past_moment(self) -> bool:
        """Whether it says when something was, and can be put in full: a matter of its own, with its rewriting."""
        return self.rule in _MOMENTS and self.suggestion is not None and not self.dated


_MOMENTS = frozenset({"relative-date", "relative-period"})
_APART = frozenset("internal-reference office-holder cabinet ministry link broken-link publication superlative".split())
"""Rules that speak of something else than how a matter stood: each of their findings is a matter of its own."""

MOST_BETWEEN = 60
"""Characters between two expressions of one sentence up to which they are shown as one stretch."""


def settled(found: Iterable[StaleExpression], unit: TextUnit) -> list[StaleExpression]:
    """One expression a matter, and without what is only information in a sentence that has a warning already.

    Of those that overlap the rule that stands first in the data speaks. What one sentence says of how a matter stands
    or goes on is one matter too ("wordt op dit moment onderzocht", "zal ik voor de zomer delen").
    """
    kept = [_merged(group, unit.text) for group in _overlapping(found)]
    loud = {unit.sentence_at(one.start) for one in kept if not one.info}
    told = [one for one in kept if not one.info or unit.sentence_at(one.start) not in loud]
    return [_merged(group, unit.text) for group in _of_one_matter(told, unit)]


def _overlapping(found: Iterable[StaleExpression]) -> list[list[StaleExpression]]:
    groups: list[list[StaleExpression]] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if groups and one.start < max(other.end for other in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _of_one_matter(told: list[StaleExpression], unit: TextUnit) -> list[list[StaleExpression]]:
    groups: list[list[StaleExpression]] = []
    for one in told:
        if groups and _same_matter(groups[-1][-1], one, unit):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _same_matter(first: StaleExpression, second: StaleExpression, unit: TextUnit) -> bool:
    if first.rule == second.rule == "internal-reference":
        return second.start - first.end <= MOST_BETWEEN
    if {first.rule, second.rule} == {"promise", "publication"}:
        return unit.sentence_at(first.start) == unit.sentence_at(second.start)
    if {first.rule, second.rule} & _APART or first.is_past_moment or second.is_past_moment:
        return False
    near = second.start - first.end <= MOST_BETWEEN
    return near and first.info == second.info and unit.sentence_at(first.start) == unit.sentence_at(second.start)


def _merged(group: list[StaleExpression], text: str) -> StaleExpression:
    if len(group) == 1:
        return group[0]
    order = [rule.rule for rule in rules_of("staleness")]
    loud = [one for one in group if not one.info] or group
    chosen = min(loud, key=lambda one: (order.index(one.rule), one.end - one.start))
    dated = next((one for one in loud if one.dated), None)
    start, end = min(one.start for one in loud), max(one.end for one in loud)
    stale_from, detail, grade = chosen.stale_from, chosen.detail, chosen.grade
    if dated is not None and dated is not chosen:
        stale_from, detail, grade = dated.stale_from, detail or dated.detail, grade or dated.grade
    evidence = next((one.evidence for one in (chosen, *loud) if one.evidence), ())
    return StaleExpression(
        chosen.rule,
        start,
        end,
        stale_from,
        chosen.info,
        detail,
        _rewriting(chosen, loud, text[start:end], start),
        grade,
        dated is not None,
        evidence,
        dated.begins if dated else None,
    )


def _rewriting(chosen: StaleExpression, loud: list[StaleExpression], text: str, start: int) -> str | None:
    """The rewriting of a part is one of the whole; a promise or an expectation is not rewritten but looked up."""
    if chosen.rule not in _MOMENTS:
        return None
    return next(
        (
            text[: one.start - start] + one.suggestion + text[one.end - start :]
            for one in loud
            if one.suggestion is not None
        ),
        None,
    )
