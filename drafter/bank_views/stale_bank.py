"""What no longer holds in the bank at large.

First the newest wordings of the standard passages: those are what is taken over most. Then the documents, newest first,
and of these only what has surely expired, for in an old document every "jl." counts from another day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.checks import check_block, check_document
from drafter.checks.finding import Context, Finding, Grade, Severity
from drafter.checks.rules import title_of
from drafter.wording import sentence_case, short_date
from embeddings.progress import Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank


@dataclass(frozen=True, slots=True)
class StalePlace:
    """An expression in the bank that no longer holds."""

    document: str
    passage: str
    """Id of the passage it stands in; empty where that is not known."""

    label: str
    """Title and day of the document."""

    quote: str
    message: str
    kind: str
    """Title of the rule, in Dutch."""

    stale_from: datetime.date | None
    times: int = 0
    """Of a standard passage: in how many documents it stands; 0 for others."""


@dataclass(frozen=True, slots=True)
class StaleBank:
    """What was found, standard passages first, the most used before the others."""

    places: tuple[StalePlace, ...] = ()
    looked_through: int = 0
    documents: int = 0
    """Documents looked through, and all there are."""

    @property
    def standard(self) -> int:
        """How many of the places are in standard passages."""
        return sum(place.times > 0 for place in self.places)


def stale_in_bank(bank: Bank, context: Context, progress: Progress) -> StaleBank:
    """Look through the bank; what was found so far when `progress` asks to stop."""
    from answers_bank.index.standard_passages import clusters

    found: list[StalePlace] = []

    def place(finding: Finding, document: str, passage: str, label: str, times: int = 0) -> StalePlace:
        return StalePlace(
            document, passage, label, finding.quote, finding.message, title_of(finding), finding.stale_from, times
        )

    for cluster in clusters(bank, progress=progress):
        if progress.cancelled():
            break
        use = cluster.newest.uses[-1]
        for finding in check_block(cluster.newest.text, use.date, context, only=("staleness",)):
            if finding.check == "staleness" and finding.severity is Severity.WARNING:
                label = _label(use.title, use.date)
                found.append(place(finding, use.document, use.passage, label, cluster.documents))
    listed = bank.documents()
    progress.start("Bank nalopen", len(listed))
    looked_through = 0
    for summary in listed:
        if progress.cancelled():
            break
        try:
            document = bank.document(summary.id)
        except KeyError:  # taken out since
            continue
        expired = [
            finding
            for finding in check_document(document, context, only=["staleness"])
            if finding.grade is Grade.EXPIRED and finding.severity is Severity.WARNING
        ]
        passages = list(bank.passages(summary.id)) if expired else []
        for finding in expired:
            home = next((p.id for p in passages if p.start <= finding.start < p.end), "")
            found.append(place(finding, summary.id, home, _label(summary.title, summary.date)))
        looked_through += 1
        progress.advance()
    return StaleBank(tuple(dict.fromkeys(found)), looked_through, len(listed))


def _label(title: str, date: datetime.date | None) -> str:
    return f"{sentence_case(title)}{f', {short_date(date)}' if date else ''}"
