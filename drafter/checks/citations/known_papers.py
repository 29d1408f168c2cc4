"""Citations against the papers that the bank holds under those numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from answers_bank.dutch.citations.papers import Series
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.citations.papers import PlacedCitation, year_text
from drafter.checks.finding import Evidence, Finding

KNOWN_DOSSIER = 5
"""From so many pieces of a dossier on, a number that is missing is worth a word."""

SAME_TITLE = 50.0
"""Likeness (0 to 100) from which two titles are of one paper; short forms of a title are usual."""

_TITLE = re.compile(r"[‘«“\"]([^‘’«»“”\"\n]{12,160})[’»”\"][^‘«“\"\n]{0,60}$")


def against_the_bank(placed: Iterable[PlacedCitation], bank: BankLookup) -> Iterator[Finding]:
    """Findings of the rules not-in-bank and title, and of session-year and incomplete with what is right."""
    for item in placed:
        citation = item.citation
        if citation.series is Series.PAPER:
            paper = bank.paper(citation.dossier, citation.number)
        elif citation.years is not None:
            paper = bank.aanhangsel(int(citation.number), f"{citation.years[0]}-{citation.years[1]}")
        else:
            continue
        if paper is None:
            pieces = bank.pieces(citation.dossier)
            if pieces >= KNOWN_DOSSIER:
                yield item.finding("not-in-bank", f"Van dossier {citation.dossier} zijn er {pieces} andere stukken.")
            continue
        evidence = [Evidence(paper.id, paper.date, paper.title)]
        right = int(paper.session_year[:4]) if paper.session_year else None
        if right is not None and citation.years != (right, right + 1) and citation.consecutive:
            detail = f"Het stuk is van vergaderjaar {year_text(right)}."
            official = citation.official((right, right + 1))
            yield item.finding("session-year" if citation.years else "incomplete", detail, official, evidence)
        start, _ = item.unit.sentence_at(citation.start)
        named = _TITLE.search(item.unit.text[start : citation.start])
        if named and not _same_title(named[1], paper.title):
            yield item.finding("title", f"Daar heet het “{paper.title}”.", evidence=evidence)


def _same_title(first: str, second: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(first.lower(), second.lower()) >= SAME_TITLE
