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

    @property
    def quiet(self) -> bool:
        """Whether it should give way to anything else in the same place."""
        return self.info or self.rule == "undated-intent"


def settled(found: Iterable[StaleExpression], unit: TextUnit) -> list[StaleExpression]:
    """One expression a place, and without what is only information in a sentence that has a warning already.

    Of those that overlap the rule that stands first in the data speaks.
    """
    groups: list[list[StaleExpression]] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if groups and one.start < max(other.end for other in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    kept = [_merged(group, unit.text) for group in groups]
    loud = {unit.sentence_at(one.start) for one in kept if not one.info}
    return [one for one in kept if not one.info or unit.sentence_at(one.start) not in loud]


def _merged(group: list[StaleExpression], text: str) -> StaleExpression:
    if len(group) == 1:
        return group[0]
    order = [rule.rule for rule in rules_of("staleness")]
    loud = [one for one in group if not one.quiet] or group
    chosen = min(loud, key=lambda one: (order.index(one.rule), one.end - one.start))
    dated = next((one for one in loud if one.dated), None)
    start, end = min(one.start for one in loud), max(one.end for one in loud)
    stale_from, detail, grade = chosen.stale_from, chosen.detail, chosen.grade
    if dated is not None and dated is not chosen:
        stale_from, detail, grade = dated.stale_from, detail or dated.detail, grade or dated.grade
    # The rewriting of a part is one of the whole.
    suggestion = next(
        (text[start : one.start] + one.suggestion + text[one.end : end] for one in loud if one.suggestion is not None),
        None,
    )
    return StaleExpression(
        chosen.rule, start, end, stale_from, chosen.info, detail, suggestion, grade, dated is not None, chosen.evidence
    )
