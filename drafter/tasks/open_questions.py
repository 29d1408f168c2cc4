"""Question sets that wait for an answer, and until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.documents import Document, Kind

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

TERM = datetime.timedelta(weeks=3)
"""Term for an answer; a deferral gives it once more."""


@dataclass(frozen=True, slots=True)
class OpenSet:
    """A question set without an answer in the bank."""

    document: str
    case_number: str | None
    subject: str
    askers: tuple[str, ...]
    addressees: tuple[str, ...]
    submitted: datetime.date | None
    due: datetime.date | None
    """Last day of the term; None where the day of submission is unknown."""

    deferred: bool
    days_left: int | None
    """Until the due date; negative when overdue."""

    @property
    def overdue(self) -> bool:
        """Whether the term has ended."""
        return self.days_left is not None and self.days_left < 0


def open_sets(bank: Bank, as_of: datetime.date, portfolio: str | None = None) -> tuple[OpenSet, ...]:
    """Sets asked by `as_of` and not answered by then, the most urgent first.

    Args:
        bank: the bank.
        as_of: reference date (peildatum).
        portfolio: part of the name of the ministry asked, without regard to capitals.
    """
    answered: set[str] = set()
    deferred: set[str] = set()
    asked: list[Document] = []
    with bank.one_moment():
        for summary in bank.documents():
            if summary.date is not None and summary.date > as_of:
                continue
            if summary.kind is Kind.QUESTIONS:
                asked.append(bank.document(summary.id))
            elif summary.case_number:
                (answered if summary.kind is Kind.ANSWER else deferred).add(summary.case_number)
    found = [
        _open(document, document.case_number in deferred, as_of)
        for document in asked
        if (document.case_number is None or document.case_number not in answered)
        and (portfolio is None or any(portfolio.casefold() in name.casefold() for name in _addressees(document)))
    ]
    return tuple(sorted(found, key=lambda item: (item.due or datetime.date.max, item.document)))


def _open(document: Document, deferred: bool, as_of: datetime.date) -> OpenSet:
    due = document.submitted + TERM * (2 if deferred else 1) if document.submitted else None
    return OpenSet(
        document.id,
        document.case_number,
        document.title,
        tuple(f"{asker.name} ({asker.party})" if asker.party else asker.name for asker in document.askers),
        tuple(_addressees(document)),
        document.submitted,
        due,
        deferred,
        (due - as_of).days if due else None,
    )


def _addressees(document: Document) -> list[str]:
    return [name for holder in document.addressees if (name := holder.portfolio or holder.name)]
