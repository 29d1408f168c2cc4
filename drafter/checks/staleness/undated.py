"""Words that only mean something with the date of their document, where that is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answers_bank.documents import Kind
from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.time.expressions import find_times
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan


def undated(case: Case, told: Iterable[Finding]) -> Iterator[Finding]:
    """The finding of the rule undated: on the first words of the text that need its date, and naming the others.

    `told` are the findings on single expressions. A term of which they speak counts from a day of its own, such as the
    day on which a law came into force, and needs no date of the document.
    """
    document = case.document
    if case.date is not None or (document is not None and document.kind is Kind.QUESTIONS):
        return
    anchored = [(one.start, one.end) for one in told if one.rule == "term"]
    spans = [
        span
        for unit in case.text.answering
        for one in find_times(unit.text, None)
        if one.interval is None and not unit.in_quotes(one.start)
        if not overlaps(anchored, *(span := TextSpan(unit, one.start, one.end)).place)
    ]
    if spans:
        others = dict.fromkeys(span.quote for span in spans[1:] if span.quote != spans[0].quote)
        named = ", ".join(f"“{quote}”" for quote in list(others)[:_NAMED])
        yield finding("staleness/undated", spans[0], f"Ook: {named}." if named else "")


_NAMED = 3
"""Other words that are named."""
