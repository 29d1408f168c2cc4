"""What is told in the end: one finding a matter, as loudly as the user's own model of inference says, if any.

Such models are poor at numbers and dates: only rules that say so are laid before it, and it never decides whether a
finding is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.checks.builder import MOST_EVIDENCE
from drafter.checks.finding import Finding, Severity
from drafter.checks.rules import Rule, rule, rules_of
from embeddings.inference import Inference

_SURE = 0.9


def judged(found: Sequence[Finding], inference: Inference | None) -> list[Finding]:
    """`found` with the severity that the verdicts suggest: a sure contradiction warns, a sure match does not."""
    if inference is None:
        return list(found)
    pairs = [one for one in found if _rule(one).judged and one.evidence and one.evidence[0].document]
    verdicts = inference.judge([(one.evidence[0].quote, one.sentence) for one in pairs])
    severity = {}
    for one, verdict in zip(pairs, verdicts, strict=True):
        if verdict.contradicts >= _SURE:
            severity[id(one)] = Severity.WARNING
        elif verdict.follows >= _SURE:
            severity[id(one)] = Severity.INFO
    return [replace(one, severity=severity.get(id(one), one.severity)) for one in found]


def grouped(found: Sequence[Finding]) -> list[Finding]:
    """One finding for each pair of sentences, in the order of the text."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    kept: list[Finding] = []
    for one in found:
        if _rule(one).told == "apart" or not one.evidence or not one.evidence[0].document:
            kept.append(one)
        else:
            evidence = one.evidence[0]
            groups.setdefault((one.sentence, evidence.document, evidence.quote), []).append(one)
    kept += [_joined(sorted(group, key=_rank)) for group in groups.values()]
    return sorted(kept, key=lambda one: (one.start, one.end, one.rule))


def _rank(one: Finding) -> tuple[bool, int, int]:
    order = rules_of("consistency").index(_rule(one)) if _rule(one).told == "last" else -1
    return (one.severity is not Severity.WARNING, order, one.start)


def _rule(one: Finding) -> Rule:
    return rule(f"{one.check}/{one.rule}")


def _joined(group: list[Finding]) -> Finding:
    first = group[0]
    more = [one for one in group[1:] if _rule(one).told != "last" and one.quote != first.quote]
    if not more:
        return first
    quotes = list(dict.fromkeys(f"‘{one.quote}’" for one in more if len(one.quote) < 60))
    evidence = tuple(dict.fromkeys(item for one in group for item in one.evidence))[:MOST_EVIDENCE]
    also = f" Vergelijk ook {', '.join(quotes)}." if quotes else ""
    return replace(first, message=first.message + also, evidence=evidence)
