"""Citations that cannot be right, contradict each other or are written in two ways (vindplaatsen)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.citations.articles import articles
from drafter.checks.citations.known_papers import against_the_bank
from drafter.checks.citations.law_sources import law_sources
from drafter.checks.citations.papers import PlacedCitation, dates, form, style, two_years
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan, Zone


def citations(case: Case) -> list[Finding]:
    """The findings of the check, in the order of the text."""
    placed = [one for unit in case.text.units if unit.zone is not Zone.QUESTION for one in PlacedCitation.all_in(unit)]
    found = [
        *form(placed, case),
        *dates(placed),
        *two_years(placed, case.date),
        *(against_the_bank(placed, case.bank) if case.bank is not None else ()),
        *style(placed, case.date),
        *law_sources(case),
        *articles(case),
        *quotation_marks(case),
    ]
    # What the bank knows replaces what was only missing.
    told = {(f.rule, f.start): f for f in found}
    return sorted(told.values(), key=lambda f: (f.start, f.end))


_MIXED = re.compile(r"‘[^‘’“”\n]{2,120}”|“[^‘’“”\n]{2,120}’(?!\w)")


def quotation_marks(case: Case) -> Iterator[Finding]:
    """Findings of the rule quotation-marks."""
    for unit in case.text.units:
        if unit.zone not in {Zone.QUESTION, Zone.FRAME}:
            for match in _MIXED.finditer(unit.text):
                yield finding("citations/quotation-marks", TextSpan(unit, *match.span()))
