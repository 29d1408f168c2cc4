"""Citations of papers of the Chambers: their form, their session years, and one way of writing."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answers_bank.dutch.citations.papers import Citation, Series, find_citations
from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import prinsjesdag, session_year
from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.time.expressions import TimeKind, find_times
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import TextSpan, TextUnit, Zone


@dataclass(frozen=True, slots=True)
class PlacedCitation:
    """A citation with the unit it stands in."""

    unit: TextUnit
    citation: Citation

    @classmethod
    def all_in(cls, unit: TextUnit) -> Iterator[PlacedCitation]:
        """The citations of a unit."""
        return (cls(unit, citation) for citation in find_citations(unit.text))

    def finding(
        self, rule: str, detail: str, suggestion: str | None = None, evidence: Iterable[Evidence] = ()
    ) -> Finding:
        """A finding on it, with a link to the paper where that is known."""
        citation = self.citation
        linked = f"{detail} Het stuk: {citation.url}" if citation.url else detail
        span = TextSpan(self.unit, citation.start, citation.end)
        return finding(f"citations/{rule}", span, linked, suggestion=suggestion, evidence=evidence)


def year_text(start: int) -> str:
    """A session year as the message writes it: "2024/25"."""
    return f"{start}/{(start + 1) % 100:02d}"


def form(placed: Iterable[PlacedCitation], case: Case) -> Iterator[Finding]:
    """Findings of the rules form and incomplete, and of session-year where that cannot be at all."""
    document, date = case.document, case.date
    running_head = (document.dossier, document.dossier_number) if document else None
    for item in placed:
        citation = item.citation
        if not citation.consecutive:
            yield item.finding("session-year", "Een vergaderjaar beslaat twee opeenvolgende jaren.")
        elif citation.years and date and citation.years[0] > int(session_year(date)[:4]):
            began = dutch_date(prinsjesdag(citation.years[0]))
            yield item.finding("session-year", f"Het begon pas op {began}, na de datum van dit stuk.")
        if item.unit.zone is Zone.FRAME or (citation.dossier, citation.number) == running_head:
            continue
        if citation.flaws:
            yield item.finding("form", " ".join(citation.flaws), citation.official())
        elif citation.series is Series.PAPER and (citation.years is None or citation.chamber is None):
            official = citation.official() if citation.years else None
            yield item.finding("incomplete", "Kamer of vergaderjaar ontbreekt.", official)


_SENT = re.compile(rf"\b{one_of('sent')}\b", re.IGNORECASE)


def dates(placed: Iterable[PlacedCitation]) -> Iterator[Finding]:
    """Findings of the rule session-year by the date of the letter that the same sentence names."""
    for item in placed:
        citation = item.citation
        if citation.years is None or not citation.consecutive:
            continue
        start, end = item.unit.sentence_at(citation.start)
        before = item.unit.text[start : citation.start]
        if len(list(find_citations(item.unit.text[start:end]))) != 1 or not _SENT.search(before):
            continue
        days = [
            t.interval.first
            for t in find_times(before, None)
            if t.kind is TimeKind.ABSOLUTE and t.interval and t.interval.first == t.interval.last
        ]
        right = int(session_year(days[0])[:4]) if len(days) == 1 else citation.years[0]
        if right != citation.years[0]:
            detail = f"{dutch_date(days[0])} valt in vergaderjaar {year_text(right)}."
            yield item.finding("session-year", detail, citation.official((right, right + 1)))


def two_years(placed: Iterable[PlacedCitation], date: datetime.date | None) -> Iterator[Finding]:
    """Findings of the rule two-years."""
    same: dict[tuple[str, str], list[PlacedCitation]] = defaultdict(list)
    for item in placed:
        if item.citation.years and item.citation.series is Series.PAPER:
            same[item.citation.key].append(item)
    for items in same.values():
        for item in items:
            others = [i.citation for i in items if i.citation.years != item.citation.years]
            if others:
                years = " en ".join(sorted({other.years_text for other in others}))
                evidence = [Evidence("", date, others[0].text)]
                yield item.finding("two-years", f"Elders in dit stuk staat {years}.", evidence=evidence)


def style(placed: Iterable[PlacedCitation], date: datetime.date | None) -> Iterator[Finding]:
    """Findings of the rule style: one way of writing in one document, the minority is pointed at."""
    papers = [p for p in placed if p.unit.zone is not Zone.FRAME and p.citation.series is Series.PAPER]
    ways: dict[str, list[tuple[PlacedCitation, int]]] = {
        "het vergaderjaar": [(p, len(p.citation.years_text)) for p in papers if p.citation.years],
        "het dossiernummer": [(p, int(p.citation.spaced)) for p in papers],
    }
    told: set[int] = set()
    for what, marked in ways.items():
        counts = Counter(way for _, way in marked)
        if len(counts) < 2:
            continue
        # The official form wins a tie: short year, dossier number in one piece.
        usual = max(counts, key=lambda way: (counts[way], -way))
        for item, way in marked:
            if way != usual and id(item) not in told:
                told.add(id(item))
                other = next(p.citation for p, its in marked if its == usual)
                detail = f"Elders in dit stuk is {what} anders geschreven."
                yield item.finding("style", detail, item.citation.official(), [Evidence("", date, other.text)])
