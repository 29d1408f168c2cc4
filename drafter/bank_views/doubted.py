"""The documents of the bank that had better be looked at, with what is doubtful."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.reading.outline import confidence
from answers_bank.reading.uncertain import Uncertainty, uncertainties
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

_ORDER = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class DoubtfulDocument:
    """One document to look at."""

    id: str
    title: str
    date: datetime.date | None
    confidence: str
    """"high", "medium" or "low"."""

    doubts: tuple[Uncertainty, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulBank:
    """What was found, the least certain first."""

    documents: tuple[DoubtfulDocument, ...] = ()
    looked_through: int = 0
    all: int = 0


def doubtful_in_bank(bank: Bank, progress: Progress = SILENT) -> DoubtfulBank:
    """Look through the bank; what was found so far when `progress` asks to stop."""
    listed = bank.documents()
    progress.start("Bank nalopen", len(listed))
    found = []
    looked_through = 0
    for summary in listed:
        if progress.cancelled():
            break
        document = bank.document(summary.id)
        doubts = tuple(one for one in uncertainties(document) if one.grave)
        if doubts:
            sure = confidence(document)
            found.append(DoubtfulDocument(document.id, document.title, document.date, sure, doubts))
        looked_through += 1
        progress.advance()
    found.sort(key=lambda one: _ORDER.index(one.confidence))
    return DoubtfulBank(tuple(found), looked_through, len(listed))
