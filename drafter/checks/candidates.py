"""What the parts of the staleness check hand in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from drafter.checks.finding import Grade


@dataclass(frozen=True, slots=True)
class Candidate:
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
    """Where the part knows better than the rule."""

    dated: bool = False
    """Whether `stale_from` comes from words in the text rather than from how long such words hold."""

    evidence: tuple[tuple[str, datetime.date | None, str], ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether it should give way to anything else in the same place."""
        return self.info or self.rule == "undated-intent"
