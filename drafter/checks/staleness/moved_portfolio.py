"""A subject that has gone to another portfolio, as the bank shows: who writes about it now.

After a change of cabinet subjects move between ministries, and no list tells which. The bank does: the later pieces of
the same dossier, or the later answers on the same words, are signed for another portfolio and none for ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.words import fold
from drafter.checks.bank_lookup import SignedDocument
from drafter.checks.builder import DocumentSpan, finding
from drafter.checks.case import Case
from drafter.checks.finding import Evidence, Finding

LEAST_PIECES = 2
"""So many later pieces of the dossier must be signed for the other portfolio."""

LEAST_ANSWERS = 3
"""So many later documents on the same words must be."""


def moved_portfolio(case: Case) -> Iterator[Finding]:
    """A finding of the rule moved-subject; none without a bank, a date or a portfolio of our own."""
    document = case.document
    if case.bank is None or case.date is None or document is None:
        return
    holders = (*document.ministers, *document.on_behalf_of, *document.addressees)
    ours = _folded([holder.portfolio for holder in holders])
    if not ours:
        return
    what = f"In dossier {document.dossier}"
    later = case.bank.signed_in_dossier(document.dossier) if document.dossier else []
    theirs = _elsewhere(later, ours, LEAST_PIECES)
    if theirs is None:
        what = "Over dit onderwerp"
        later = case.bank.signed_on_subject(document.subject or "")
        theirs = _elsewhere(later, ours, LEAST_ANSWERS)
    if theirs is None:
        return
    words = next((h.portfolio for h in (*document.ministers, *document.addressees) if h.portfolio), "")
    if words not in document.text:
        words = ""
    start = document.text.index(words)
    since = dutch_date(later[0].date)
    yield finding(
        "staleness/moved-subject",
        DocumentSpan(start, start + len(words), words),
        f"{what} tekende sinds {since} alleen nog {theirs} ({len(later)} stukken).",
        evidence=[Evidence(one.id, one.date, one.portfolios[0]) for one in later[-3:]],
        stale_from=later[0].date,
    )


def _folded(portfolios: Sequence[str | None]) -> set[str]:
    return {fold(p) for p in portfolios if p}


def _elsewhere(later: Sequence[SignedDocument], ours: set[str], least: int) -> str | None:
    """The portfolio that most of the later documents are signed for, where none is signed for ours."""
    if len(later) < least or any(_folded(one.portfolios) & ours for one in later):
        return None
    (theirs, count), *_ = Counter(one.portfolios[0] for one in later).most_common(1)
    return theirs if count >= least and count > len(later) / 2 else None
