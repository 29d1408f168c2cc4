"""The one place where findings are made: a rule, a place in the text, and what is told of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.finding import Evidence, Finding, Grade, Severity
from drafter.checks.rules import rule

LONGEST_QUOTE = 240
"""Characters of the quotation that a message shows."""

MOST_EVIDENCE = 5
"""Passages elsewhere that a finding shows at most."""


class Located(Protocol):
    """Where a finding stands: a `TextSpan` or a `DocumentSpan`."""

    @property
    def place(self) -> tuple[int, int]:
        """Span in the text under check."""

    @property
    def quote(self) -> str:
        """The words there, white space folded."""

    @property
    def sentence(self) -> str:
        """The sentence that holds them."""

    @property
    def number(self) -> int | None:
        """Number of the question whose answer holds them."""


@dataclass(frozen=True, slots=True)
class DocumentSpan:
    """A part of a document as a whole, rather than words of a sentence."""

    start: int
    end: int
    quote: str = ""
    """What is shown of it."""

    number: int | None = None
    sentence: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Span in the text under check."""
        return self.start, self.end


def finding(
    name: str,
    place: Located,
    detail: str = "",
    *,
    evidence: Iterable[Evidence] = (),
    severity: Severity | None = None,
    grade: Grade | None = None,
    stale_from: datetime.date | None = None,
    suggestion: str | None = None,
    words: str = "",
) -> Finding:
    """A finding of the rule `name` ("staleness/term"); `detail` is what its message adds, in a sentence.

    Severity and grade are those of the rule unless given; the message shows the quotation unless there are `words`.
    """
    said = rule(name)
    quote = " ".join(place.quote.split())
    shown = words or quote
    shown = shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    start, end = place.place
    return Finding(
        check=said.check,
        rule=said.rule,
        severity=severity or said.severity,
        start=start,
        end=end,
        quote=quote,
        message=" ".join(said.message.format(quote=shown, detail=f" {detail}").split()),
        sentence=place.sentence,
        question=place.number,
        stale_from=stale_from,
        suggestion=suggestion,
        evidence=tuple(evidence)[:MOST_EVIDENCE],
        grade=grade or said.grade,
    )


def when(date: datetime.date | None, own: datetime.date | None) -> str:
    """ "van 3 juni 2025 (nieuwer)": of when another document is, and whether that is newer than the text's own day."""
    if date is None:
        return "zonder datum"
    order = ""
    if own is not None and date != own:
        order = " (nieuwer)" if date > own else " (ouder)"
    return f"van {dutch_date(date)}{order}"
