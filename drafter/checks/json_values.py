"""Findings as the JSON of the command line."""

from __future__ import annotations

from drafter.checks.finding import Finding


def as_json(finding: Finding) -> dict[str, object]:
    """A finding in the form that scripts rely on."""
    return {
        "check": finding.check,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "grade": str(finding.grade) if finding.grade else None,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "sentence": finding.sentence,
        "question": finding.question,
        "stale_from": finding.stale_from.isoformat() if finding.stale_from else None,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "evidence": [
            {"document": e.document, "date": e.date.isoformat() if e.date else None, "quote": e.quote}
            for e in finding.evidence
        ],
    }
