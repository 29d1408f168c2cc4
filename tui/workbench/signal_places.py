"""Where the findings of a dossier stand, in the order of its text."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.checks.finding import Finding
from drafter.dossier.value import DraftAnswer
from drafter.dossier.waivers import entry_for


@dataclass(frozen=True, slots=True)
class SignalPlace:
    """A finding with where it stands; `block` is empty for one on the answer as a whole."""

    number: int
    """First question of the answer."""

    block: str
    finding: Finding
    intended: str = ""
    """The entry by which it is meant so; empty for an open one."""

    @property
    def words(self) -> str:
        """What it speaks of, on a line."""
        words = f"“{self.finding.quote}”" if self.finding.quote else self.finding.message
        return words if len(words) <= 70 else words[:69] + "…"


def places(answers: tuple[DraftAnswer, ...], intended: bool = False, info: bool = True) -> list[SignalPlace]:
    """The open findings of `answers`; or those that were called intended. Without `info` only the warnings."""
    return [
        SignalPlace(answer.numbers[0], home, finding, entry or "")
        for answer in answers
        for home, findings, entries in (
            *((block.id, block.findings, block.intended) for block in answer.blocks),
            ("", answer.findings, answer.intended),
        )
        for finding in findings
        if (info or finding.is_warning) and ((entry := entry_for(finding, entries)) is not None) == intended
    ]
