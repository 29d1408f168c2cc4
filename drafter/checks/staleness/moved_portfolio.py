"""A subject that has gone to another portfolio, as the bank shows: who writes about it now.

After a change of cabinet subjects move between ministries, and no list tells which. The bank does: the later pieces of
the same dossier, or the later answers on the same words, are signed for another portfolio and none for ours.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.documents import Kind, Role
from answers_bank.dutch.patterns import word_list
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.finding import Context, Evidence, Finding, Subject
from drafter.checks.rules import rule as rule_of

if TYPE_CHECKING:
    from answers_bank.documents import Document
    from answers_bank.store.bank import Bank

LEAST_PIECES = 2
"""So many later pieces of the dossier must be signed for the other portfolio."""

LEAST_ANSWERS = 3
"""So many later documents on the same words must be."""

LOOKED_AT = 12
"""At most so many documents on the same words are opened."""

_WORD = re.compile(r"[^\W\d_]{6,}")


@dataclass(frozen=True, slots=True)
class _Piece:
    id: str
    date: datetime.date
    portfolios: tuple[str, ...]


def moved(subject: Subject, context: Context, own: frozenset[str]) -> Iterator[Finding]:
    """A finding of the rule moved-subject; none without a bank, a date or a portfolio of our own."""
    document = subject.document
    if context.bank is None or subject.date is None or document is None:
        return
    ours = _folded([h.portfolio for h in (*document.ministers, *document.on_behalf_of, *document.addressees)])
    if not ours:
        return
    pieces = _of_dossier(document, context.bank, own)
    told = _elsewhere(pieces, ours, subject.date, context.as_of, LEAST_PIECES)
    what = f"In dossier {document.dossier}"
    if told is None:
        pieces = _on_same_words(document, context.bank, own, subject.date, context.as_of)
        told = _elsewhere(pieces, ours, subject.date, context.as_of, LEAST_ANSWERS)
        what = "Over dit onderwerp"
    if told is not None:
        yield _finding(document, what, told)


def _folded(portfolios: Sequence[str | None]) -> set[str]:
    from answers_bank.dutch.words import fold

    return {fold(p) for p in portfolios if p}


def _of_dossier(document: Document, bank: Bank, own: frozenset[str]) -> list[_Piece]:
    if document.dossier is None:
        return []
    found = bank.find_documents(dossier=document.dossier)
    return [
        _Piece(s.id, s.date, tuple(p.portfolio for p in s.ministers if p.portfolio))
        for s in found
        if s.date is not None and s.id not in own
    ]


def _on_same_words(
    document: Document, bank: Bank, own: frozenset[str], date: datetime.date, as_of: datetime.date
) -> list[_Piece]:
    """Later documents whose passages hold all rare words of our subject."""
    common = {*word_list("stop"), *word_list("common")}
    words = {w for w in _WORD.findall((document.subject or "").lower()) if w not in common}
    rare = sorted(words, key=lambda w: (-len(w), w))[:3]
    if len(rare) < 2:
        return []
    keys = [key for key, _ in bank.find_words(" ".join(rare), k=60, match="all")]
    stored = bank.passages_by_key(keys)
    ids = dict.fromkeys(
        p.document
        for key in keys
        if (p := stored.get(key)) is not None
        and p.date is not None
        and date < p.date <= as_of
        and p.role is not Role.SECTION
        and p.document not in own
    )
    pieces = []
    for identifier in list(ids)[:LOOKED_AT]:
        later = bank.document(identifier)
        if later.date is not None and later.kind in {Kind.ANSWER, Kind.LETTER}:
            pieces.append(_Piece(later.id, later.date, tuple(m.portfolio for m in later.ministers if m.portfolio)))
    return pieces


def _elsewhere(
    pieces: Sequence[_Piece], ours: set[str], date: datetime.date, as_of: datetime.date, least: int
) -> tuple[str, list[_Piece]] | None:
    """The portfolio that all later pieces are signed for and none of ours, with those pieces, oldest first."""
    later = sorted((p for p in pieces if date < p.date <= as_of and p.portfolios), key=lambda p: (p.date, p.id))
    if len(later) < least or any(_folded(p.portfolios) & ours for p in later):
        return None
    (theirs, count), *_ = Counter(p.portfolios[0] for p in later).most_common(1)
    return (theirs, later) if count >= least and count > len(later) / 2 else None


def _finding(document: Document, what: str, told: tuple[str, list[_Piece]]) -> Finding:
    theirs, later = told
    rule = rule_of("staleness", "moved-subject")
    first = next((m for m in (*document.ministers, *document.addressees) if m.portfolio), None)
    words = first.portfolio if first and first.portfolio else ""
    start = max(document.text.find(words), 0) if words else 0
    quote = words if document.text.startswith(words, start) else ""
    detail = f" {what} tekende sinds {dutch_date(later[0].date)} alleen nog {theirs} ({len(later)} stukken)."
    return Finding(
        check="staleness",
        rule="moved-subject",
        severity=rule.severity,
        start=start,
        end=start + len(quote),
        quote=quote,
        message=rule.message.format(quote=quote, detail=detail),
        stale_from=later[0].date,
        evidence=tuple(Evidence(p.id, p.date, p.portfolios[0]) for p in later[-3:]),
        grade=rule.grade,
    )
