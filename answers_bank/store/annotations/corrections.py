"""Corrections: what a person says of a document's date, title, signer, portfolio or kind, put over what was read."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Sequence

from answers_bank.documents import Correction, Detail, Document, Kind, OfficeHolder
from answers_bank.dutch.time.calendar import session_year
from answers_bank.dutch.time.dates import typed_day
from answers_bank.store.annotations.annotations import Annotation
from embeddings.errors import UsageError

APART = ";"
"""Stands between the names where there are several signers or portfolios."""

_MOST = 500
"""Characters of a value."""

_SETTLED = {Detail.DATE: {"no-date", "date", "dates", "session-year"}, Detail.TITLE: {"no-subject"}}
"""Doubts of the reader that a correction takes away."""


def read_value(document: Document, detail: Detail) -> str:
    """A detail of a document as text, such as `checked_value` takes it; empty where it is not known."""
    match detail:
        case Detail.DATE:
            return document.date.isoformat() if document.date else ""
        case Detail.TITLE:
            return document.subject or ""
        case Detail.SIGNER:
            return f"{APART} ".join(one.name for one in document.ministers if one.name)
        case Detail.PORTFOLIO:
            return f"{APART} ".join(one.portfolio for one in _bearers(document) if one.portfolio)
        case Detail.KIND:
            return document.kind.value


def checked_value(detail: Detail, typed: str) -> str:
    """The value of a correction as it is kept.

    Args:
        detail: what is corrected.
        typed: a day, see `typed_day`, the value of a kind, or a text; several names apart by ``;``.

    Raises:
        UsageError: it is no such value.
    """
    value = " ".join(typed.split())
    if detail in (Detail.SIGNER, Detail.PORTFOLIO):
        value = f"{APART} ".join(filter(None, (part.strip() for part in value.split(APART))))
    if not value or len(value) > _MOST or not value.isprintable():
        raise UsageError(
            "Die tekst is te lang of geen tekst." if value else "Een verbetering kan niet leeg zijn.",
            "Wilt u terug naar wat er is gelezen: kamerantwoord bank set ID --terug alles.",
        )
    if detail is Detail.DATE:
        day = typed_day(value)
        if day is None:
            raise UsageError(f"‘{value}’ is geen datum.", "Schrijf een dag als 31-03-2024 of 2024-03-31.")
        return day.isoformat()
    if detail is Detail.KIND and value not in set(Kind):
        raise UsageError(f"‘{value}’ is geen soort.", f"Kies uit: {', '.join(Kind)}.")
    return value


def corrected(document: Document, said: Sequence[Annotation]) -> Document:
    """The document as it was read, with what people said of it put over that; unchanged where they said nothing.

    What was said by a newer version of the program and is not understood here is passed over.
    """
    values: dict[Detail, Annotation] = {}
    for annotation in said:
        if annotation.value is not None and annotation.field in set(Detail):
            values[Detail(annotation.field)] = annotation
    result = document
    done: list[Correction] = []
    # The kind first: it decides which of the two dates the date is, and who bears the portfolio.
    for detail in (Detail.KIND, Detail.DATE, Detail.TITLE, Detail.SIGNER, Detail.PORTFOLIO):
        if detail not in values:
            continue
        annotation = values[detail]
        try:
            changed = _CHANGES[detail](result, checked_value(detail, annotation.value or ""))
        except UsageError:
            continue
        settled = _SETTLED.get(detail, set())
        result = dataclasses.replace(changed, warnings=tuple(w for w in changed.warnings if w.code not in settled))
        done.append(Correction(detail, read_value(document, detail), annotation.by, annotation.at.date()))
    return dataclasses.replace(result, corrections=tuple(done)) if done else document


def _with_date(document: Document, value: str) -> Document:
    day = datetime.date.fromisoformat(value)
    # The year in which it was numbered is printed on it; of other documents it follows from the date.
    year = document.session_year if document.aanhangsel else session_year(day)
    if document.kind is Kind.QUESTIONS:
        return dataclasses.replace(document, submitted=day, received=None, session_year=year)
    return dataclasses.replace(document, received=day, session_year=year)


def _with_title(document: Document, value: str) -> Document:
    return dataclasses.replace(document, subject=value)


def _with_signer(document: Document, value: str) -> Document:
    names = [name.strip() for name in value.split(APART)]
    known = [*document.ministers, *(OfficeHolder(None, None) for _ in names)]
    return dataclasses.replace(
        document,
        ministers=tuple(dataclasses.replace(one, name=name) for one, name in zip(known, names, strict=False)),
    )


def _with_portfolio(document: Document, value: str) -> Document:
    names = [name.strip() for name in value.split(APART)]
    bearers = _bearers(document)
    known = [*bearers, *(OfficeHolder(None, None) for _ in names[len(bearers) :])]
    changed = [dataclasses.replace(one, portfolio=name) for one, name in zip(known, names, strict=False)]
    holders = (*changed, *known[len(names) :])
    if document.kind is Kind.QUESTIONS:
        return dataclasses.replace(document, addressees=holders)
    return dataclasses.replace(document, ministers=holders)


def _with_kind(document: Document, value: str) -> Document:
    return dataclasses.replace(document, kind=Kind(value))


def _bearers(document: Document) -> tuple[OfficeHolder, ...]:
    """Whose portfolio is meant: of who signed, and of bare questions of whom they are put to."""
    return document.addressees if document.kind is Kind.QUESTIONS else document.ministers


_CHANGES: dict[Detail, Callable[[Document, str], Document]] = {
    Detail.KIND: _with_kind,
    Detail.DATE: _with_date,
    Detail.TITLE: _with_title,
    Detail.SIGNER: _with_signer,
    Detail.PORTFOLIO: _with_portfolio,
}
