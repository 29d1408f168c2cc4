"""Expressions that may be stale, and which of them are told where they overlap."""

from __future__ import annotations

import dataclasses
import datetime
import re
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

    parts: tuple[tuple[int, int], ...] = ()
    """Of one made of several: the span of each, first of that whose rule speaks; they may overlap."""

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
    return _once([_merged(group, unit.text) for group in _of_one_matter(told, unit)], unit)


def _once(told: list[StaleExpression], unit: TextUnit) -> list[StaleExpression]:
    """Without what refers again, in the same words of the same paragraph, to a place or a cabinet."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in told:
        words = (one.rule, " ".join(unit.text[one.start : one.end].lower().split()))
        if one.rule not in {"internal-reference", "cabinet"} or words not in seen:
            kept.append(one)
        seen.add(words)
    return kept


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
    if first.info != second.info:
        return False
    here, there = unit.sentence_at(first.start), unit.sentence_at(second.start)
    if first.rule == second.rule == "internal-reference":
        return second.start - first.end <= MOST_BETWEEN
    if {first.rule, second.rule} == {"promise", "publication"}:
        return here == there
    if {first.rule, second.rule} in _ONE_MOMENT:
        return here == there and second.start - first.end <= MOST_BETWEEN
    if {first.rule, second.rule} & _APART or first.is_past_moment or second.is_past_moment:
        return False
    # One sentence, or two in a row, on the state of a bill, on inquiries, or with figures: they are on one.
    one_subject = not first.info and first.rule == second.rule and first.rule in _ONE_SUBJECT
    if here == there:
        return one_subject or second.start - first.end <= MOST_BETWEEN
    if first.info or not 0 <= there[0] - here[1] <= 2:
        return False
    return one_subject or _goes_on(unit, here, there)


_ONE_SUBJECT = frozenset({"law-status", "pending", "figure"})
# "De meest recente vergadering (24 januari jl.)": once its day is told in full, the rest is right as well.
_ONE_MOMENT = ({"superlative", "relative-date"}, {"superlative", "relative-period"})


_ANAPHOR = re.compile(
    r"(?:(?:de|het|deze|dit|die|dat|in|uit|na|over|van|met|op)\s+){0,2}"
    r"(?:hier\w+|daar\w+|resultaten|uitkomst(?:en)?|bevindingen|conclusies|besluitvorming|aanbevelingen|planning)\b"
    r"|(?:dit|deze|die|dat|het|de)\s+(?P<noun>[\w-]{4,})",
    re.IGNORECASE,
)


def _goes_on(unit: TextUnit, here: tuple[int, int], there: tuple[int, int]) -> bool:
    """Whether the next sentence goes on about the same: "De evaluatie loopt. De uitkomsten volgen in het najaar."."""
    match = _ANAPHOR.match(unit.text, *there)
    if match is None:
        return False
    return match["noun"] is None or match["noun"].lower() in unit.text[here[0] : here[1]].lower()


def _merged(group: list[StaleExpression], text: str) -> StaleExpression:
    if len(group) == 1:
        return group[0]
    order = [rule.rule for rule in rules_of("staleness")]
    loud = [one for one in group if not one.info] or group
    chosen = min(loud, key=lambda one: (order.index(one.rule), one.end - one.start))
    dated = next((one for one in loud if one.dated), None)
    start, end = min(one.start for one in loud), max(one.end for one in loud)
    told = chosen
    if dated is not None and dated is not chosen:
        told = dataclasses.replace(
            chosen, stale_from=dated.stale_from, detail=chosen.detail or dated.detail, grade=chosen.grade or dated.grade
        )
    elif dated is None:
        # Together they hold as long as the shortest of them.
        told = dataclasses.replace(
            chosen, stale_from=min((one.stale_from for one in loud if one.stale_from), default=None)
        )
    rest = (one for one in loud if one is not chosen)
    return dataclasses.replace(
        told,
        start=start,
        end=end,
        suggestion=_rewriting(chosen, loud, text[start:end], start),
        dated=dated is not None,
        evidence=next((one.evidence for one in (chosen, *loud) if one.evidence), ()),
        begins=dated.begins if dated else None,
        parts=tuple(span for one in (chosen, *rest) for span in one.parts or ((one.start, one.end),)),
    )


def _rewriting(chosen: StaleExpression, loud: list[StaleExpression], text: str, start: int) -> str | None:
    """The rewriting of a part is one of the whole; a promise or an expectation is not rewritten but looked up."""
    rewritten = [one for one in loud if one.suggestion is not None]
    if chosen.rule not in _MOMENTS or len(rewritten) != 1:
        return None
    (one,) = rewritten
    return f"{text[: one.start - start]}{one.suggestion}{text[one.end - start :]}"
