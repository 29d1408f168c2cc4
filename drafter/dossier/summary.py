"""What a list of dossiers shows of each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from drafter.checks.finding import Severity
from drafter.dossier.set_state import set_state_of
from drafter.dossier.value import Block, Dossier


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """One dossier in a list."""

    id: str
    subject: str
    askers: tuple[str, ...] = ()
    """As "Jansen (Partij)"."""

    portfolio: str = ""
    """Of whom the questions are put to first."""

    submitted: datetime.date | None = None
    due: datetime.date | None = None
    deferred: bool = False
    total: int = 0
    """Number of questions."""

    drafted: int = 0
    """Questions with some text in their answer."""

    done: int = 0
    """Questions that the drafter called finished."""

    warnings: int = 0
    """Warnings that nobody called intended."""

    blocks: int = 0
    accepted: int = 0
    """Blocks that a reviewer accepted."""

    state: str = ""
    """How far the set is, see `drafter.dossier.set_state`."""

    changed: datetime.datetime | None = None
    problem: str = ""
    """Why it cannot be read; empty when it can."""

    def days_left(self, today: datetime.date) -> int | None:
        """Days until the term ends, negative when it has passed; None where there is no term."""
        return None if self.due is None else (self.due - today).days


def summarise(dossier: Dossier) -> DossierSummary:
    """The summary of `dossier`."""
    questions = dossier.questions
    blocks = [block for answer in dossier.answers for block in answer.blocks]
    answers = dossier.answers
    return DossierSummary(
        id=dossier.id,
        subject=questions.title,
        askers=tuple(f"{a.name} ({a.party})" if a.party else a.name for a in questions.askers),
        portfolio=next((holder.portfolio for holder in questions.addressees if holder.portfolio), ""),
        submitted=questions.submitted,
        due=dossier.due,
        deferred=dossier.deferred,
        total=sum(len(a.numbers) for a in answers),
        drafted=sum(len(a.numbers) for a in answers if any(b.text.strip() for b in a.blocks)),
        done=sum(len(a.numbers) for a in answers if a.done),
        warnings=sum(map(_warnings, blocks))
        + sum(f.severity is Severity.WARNING for a in answers for f in a.open_findings),
        blocks=len(blocks),
        accepted=sum(bool(b.accepted_by) for b in blocks),
        state=set_state_of(dossier),
        changed=dossier.changed,
    )


def damaged(dossier_id: str, problem: str) -> DossierSummary:
    """The summary of a dossier that cannot be read."""
    return DossierSummary(id=dossier_id, subject=dossier_id, problem=problem)


def _warnings(block: Block) -> int:
    return sum(finding.severity is Severity.WARNING for finding in block.open_findings)
