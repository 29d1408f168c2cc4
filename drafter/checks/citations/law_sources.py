"""Citations of Staatsblad, Staatscourant, case law and acts of the European Union."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from answers_bank.dutch.citations.official_sources import find_sources, from_the_future
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan, Zone


def law_sources(case: Case) -> Iterator[Finding]:
    """Findings of the rule official-source: form, date, and one name for one act."""
    units = [unit for unit in case.text.units if unit.zone not in {Zone.QUESTION, Zone.FRAME}]
    found = [(unit, source) for unit in units for source in find_sources(unit.text) if source.kind]
    names: dict[tuple[int, str], set[str]] = defaultdict(set)
    for _, source in found:
        if source.act:
            names[source.act].add(source.kind)
    for unit, source in found:
        details = list(source.flaws)
        if case.date and from_the_future(source, case.date):
            details.append(f"Het stuk is van {dutch_date(case.date)}; deze bron kan er toen niet zijn geweest.")
        others = sorted(names[source.act] - {source.kind}) if source.act else []
        if others:
            details.append(f"Elders in dit stuk heet dit {' en '.join(others)}.")
        if details:
            suggestion = source.official if source.flaws and source.official != source.text else None
            detail = f"{' '.join(details)} De bron: {source.url}"
            span = TextSpan(unit, source.start, source.end)
            yield finding("citations/official-source", span, detail, suggestion=suggestion)
