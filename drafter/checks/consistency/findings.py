"""How the consistency check words what it found."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.finding import Evidence, Finding, Severity
from drafter.checks.rules import rule as rule_of
from drafter.checks.text import Unit

_EVIDENCE = 5
"""Sentences of other documents that a finding shows at most."""


@dataclass(frozen=True, eq=False)
class Place:
    """A span in the reading form of a unit."""

    unit: Unit
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words, white space folded."""
        return " ".join(self.unit.text[self.start : self.end].split())

    @property
    def sentence(self) -> str:
        """The sentence that holds them."""
        start, end = self.unit.sentence_at(self.start)
        return " ".join(self.unit.text[start : max(end, self.end)].split())


def finding(
    name: str, place: Place, detail: str, evidence: Iterable[Evidence], severity: Severity | None = None
) -> Finding:
    """A finding of rule `name` at `place`; its severity is the rule's unless given."""
    rule = rule_of("consistency", name)
    start, end = place.unit.place(place.start, place.end)
    return Finding(
        check="consistency",
        rule=name,
        severity=severity or rule.severity,
        start=start,
        end=end,
        quote=place.quote,
        message=rule.message.format(detail=detail),
        sentence=place.sentence,
        question=place.unit.number,
        evidence=tuple(evidence)[:_EVIDENCE],
    )


def when(date: datetime.date | None, own: datetime.date | None) -> str:
    """ "van 3 juni 2025 (nieuwer)": which of two documents is the newer."""
    if date is None:
        return "zonder datum"
    order = ""
    if own is not None and date != own:
        order = " (nieuwer)" if date > own else " (ouder)"
    return f"van {dutch_date(date)}{order}"
