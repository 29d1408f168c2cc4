"""Findings as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.finding import Finding, Severity, warnings_in
from drafter.checks.matters import Matter, matters
from drafter.checks.rules import title_of
from drafter.wording import count

_LABELS = {Severity.WARNING: "let op", Severity.INFO: "info"}
MOST_PLACES = 12
"""Places of one matter that are named at most."""


def finding_lines(findings: Sequence[Finding], text: str, everything: bool) -> Iterator[str]:
    """The warnings, each matter once and the worst first; with `everything` also what is only worth a look."""
    for matter in matters(findings if everything else warnings_in(findings)):
        yield from _lines(matter, text)


def closing_line(findings: Sequence[Finding], everything: bool) -> str:
    """How many there are, and how to see those that were not shown."""
    warnings = len(warnings_in(findings))
    rest = len(findings) - warnings
    more = "." if everything or not rest else " (te zien met --all)."
    return f"{count(warnings, 'waarschuwing', 'waarschuwingen')}, {rest} keer informatie{more}"


def _lines(matter: Matter, text: str) -> Iterator[str]:
    finding = matter.finding
    yield f"[{_LABELS[finding.severity]}] {_place(finding, text)}: {title_of(finding)}"
    yield f"    {finding.message}"
    others = [_place(other, text) for other in matter.findings[1:]]
    if others:
        more = f" en nog {len(others) - MOST_PLACES} keer" if len(others) > MOST_PLACES else ""
        yield f"    Ook: {'; '.join(others[:MOST_PLACES])}{more}."
    if finding.suggestion:
        yield f"    Voorstel: {finding.suggestion}"
    for evidence in finding.evidence[:3]:
        dated = f" ({dutch_date(evidence.date)})" if evidence.date else ""
        yield f"    Bron: {evidence.named or 'deze tekst'}{dated}{evidence.words}"


def _place(finding: Finding, text: str) -> str:
    line = text.count("\n", 0, finding.start) + 1
    return f"vraag {finding.question}, regel {line}" if finding.question else f"regel {line}"
