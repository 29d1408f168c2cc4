"""Findings as a reader wants them: one matter once, with all its places, and the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drafter.checks.finding import Finding, Grade


@dataclass(frozen=True, slots=True)
class Matter:
    """What is told once: the same words, of which the same rule says the same."""

    findings: tuple[Finding, ...]
    """At least one, in the order of the text."""

    @property
    def finding(self) -> Finding:
        """The first of them."""
        return self.findings[0]


def matters(findings: Iterable[Finding]) -> list[Matter]:
    """`findings` by matter, ordered by what goes wrong if nobody looks."""
    held: dict[tuple[str, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.start, f.end)):
        key = (finding.check, finding.rule, finding.severity, finding.quote.casefold(), finding.message.casefold())
        held.setdefault(key, []).append(finding)
    found = [Matter(tuple(same)) for same in held.values()]
    return sorted(found, key=lambda matter: gravity(matter.finding))


def gravity(finding: Finding) -> int:
    """How bad it is if nobody looks, 0 for the worst.

    A text that goes out with no answer, against another or with a citation that leads nowhere comes before what has
    surely passed; then what a new reader cannot understand, then what may have changed. What is only worth a look is
    last.
    """
    if not finding.is_warning:
        return 9
    if finding.check in {"coverage", "consistency"}:
        return 0
    if finding.grade is Grade.EXPIRED or finding.check == "citations":
        return 1
    return 2 if finding.grade is Grade.ADAPT else 3
