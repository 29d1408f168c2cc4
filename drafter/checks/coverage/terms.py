"""Terms of answering: was an answer or a deferral in time, and does a deferral say why and until when.

Article 12.2 of the Reglement van Orde of the Tweede Kamer: within three weeks, or a message within these weeks that
says why not; then within six.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from answers_bank.documents import Document, Kind
from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.time.expressions import TimeKind, find_times
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.builder import DocumentSpan, finding
from drafter.checks.finding import Finding, Grade

TERM = datetime.timedelta(weeks=3)
"""Within which questions are answered, or a deferral is sent."""

DEFERRED_TERM = datetime.timedelta(weeks=6)
"""Within which they are answered after a deferral."""

_DEFERRED = re.compile(one_of("deferred"), re.IGNORECASE)
_WHY = re.compile(rf"\b{one_of('deferral_reasons')}\b", re.IGNORECASE)
_WHEN = re.compile(rf"\b{one_of('deferral_moments')}\b", re.IGNORECASE)
_ANSWERED_ELSEWHERE = re.compile(r"\b(?:zijn|worden|is)\s+beantwoord\s+(?:middels|met|in|bij|door)\b", re.IGNORECASE)


def terms(document: Document, bank: BankLookup | None = None) -> Iterator[Finding]:
    """Findings of the rules term, deferral-late, deferral-reason and deferral-date; `bank` may know the deferral."""
    if document.kind is Kind.DEFERRAL:
        yield from _deferral(document)
    elif document.kind is Kind.ANSWER:
        yield from _answer(document, bank)


def _answer(document: Document, bank: BankLookup | None) -> Iterator[Finding]:
    if document.submitted is None or document.received is None:
        return
    deferred = (
        bool(document.see_also)
        or _DEFERRED.search(document.text) is not None
        or (bank is not None and bank.put_off(document.case_number))
    )
    due = document.submitted + (DEFERRED_TERM if deferred else TERM)
    days = (document.received - document.submitted).days
    if document.received <= due:
        return
    weeks = "zes weken" if deferred else "drie weken, en een uitstelbericht is niet gevonden"
    detail = f"Het antwoord kwam na {days} dagen; de termijn is {weeks} (tot en met {dutch_date(due)})."
    yield _finding("term", document, 0, 0, detail, due)


def _deferral(document: Document) -> Iterator[Finding]:
    start, end = _message(document)
    text = document.text[start:end]
    if _ANSWERED_ELSEWHERE.search(text):
        # A message that the answers were sent in another letter defers nothing.
        return
    if document.submitted and document.received and document.received > document.submitted + TERM:
        due = document.submitted + TERM
        detail = (
            f"De vragen zijn van {dutch_date(document.submitted)}; het bericht kwam op {dutch_date(document.received)}."
        )
        yield _finding("deferral-late", document, start, end, detail, due)
    if not _WHY.search(text):
        yield _finding("deferral-reason", document, start, end)
    moments = [
        t for t in find_times(text, document.date) if t.interval and document.date and t.interval.last > document.date
    ]
    if not moments and not _WHEN.search(text):
        yield _finding("deferral-date", document, start, end)
        return
    if document.submitted:
        last = document.submitted + DEFERRED_TERM
        late = [t for t in moments if t.kind is not TimeKind.TERM and t.interval and t.interval.first > last]
        if late:
            detail = f"Zes weken na de inzending is {dutch_date(last)}."
            place = (start + late[0].start, start + late[0].end)
            yield _finding("deferral-date", document, *place, detail)


def _message(document: Document) -> tuple[int, int]:
    """Where the message itself stands: after the questions, or the letter's sections."""
    places = [(p.start, p.end) for a in document.answers for p in a.paragraphs]
    places += [(p.start, p.end) for s in document.sections for p in s.paragraphs]
    if places:
        return min(s for s, _ in places), max(e for _, e in places)
    first = max((q.end for q in document.questions), default=0)
    return first, len(document.text)


def _finding(
    name: str, document: Document, start: int, end: int, detail: str = "", due: datetime.date | None = None
) -> Finding:
    place = DocumentSpan(start, end, document.text[start:end])
    return finding(f"coverage/{name}", place, detail, stale_from=due, grade=Grade.EXPIRED if due else None)
