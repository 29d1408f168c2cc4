"""A model of inference beside the rules, where the user has one: it changes how loudly a finding speaks, never whether.

Such models are poor at numbers and dates, so what the rules find in those stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.checks.finding import Finding, Severity
from drafter.checks.rules import rule
from embeddings.inference import Inference

_SURE = 0.9


def judged(found: Sequence[Finding], inference: Inference | None) -> list[Finding]:
    """`found` with the severity that the verdicts suggest: a sure contradiction warns, a sure match does not."""
    if inference is None:
        return list(found)
    pairs = [one for one in found if _may_judge(one) and one.evidence and one.evidence[0].document]
    verdicts = inference.judge([(one.evidence[0].quote, one.sentence) for one in pairs])
    severity = {}
    for one, verdict in zip(pairs, verdicts, strict=True):
        if verdict.contradicts >= _SURE:
            severity[id(one)] = Severity.WARNING
        elif verdict.follows >= _SURE:
            severity[id(one)] = Severity.INFO
    return [replace(one, severity=severity.get(id(one), one.severity)) for one in found]


def _may_judge(one: Finding) -> bool:
    return rule(f"{one.check}/{one.rule}").judged
