"""Findings on one matter as one: the loudest speaks, and says what else differs between the same two sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.checks.builder import MOST_EVIDENCE
from drafter.checks.finding import Finding, Severity
from drafter.checks.rules import rule, rules_of


def grouped(found: Sequence[Finding]) -> list[Finding]:
    """One finding for each pair of sentences, in the order of the text."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    kept: list[Finding] = []
    for one in found:
        if _told(one) == "apart" or not one.evidence or not one.evidence[0].document:
            kept.append(one)
        else:
            evidence = one.evidence[0]
            groups.setdefault((one.sentence, evidence.document, evidence.quote), []).append(one)
    kept += [_joined(sorted(group, key=_rank)) for group in groups.values()]
    return sorted(kept, key=lambda one: (one.start, one.end, one.rule))


def _rank(one: Finding) -> tuple[bool, int, int]:
    last = [rule.rule for rule in rules_of("consistency") if rule.told == "last"]
    return (one.severity is not Severity.WARNING, last.index(one.rule) + 1 if one.rule in last else 0, one.start)


def _told(one: Finding) -> str:
    return rule(f"{one.check}/{one.rule}").told


def _joined(group: list[Finding]) -> Finding:
    first = group[0]
    more = [one for one in group[1:] if _told(one) != "last" and one.quote != first.quote]
    if not more:
        return first
    quotes = list(dict.fromkeys(f"‘{one.quote}’" for one in more if len(one.quote) < 60))
    evidence = tuple(dict.fromkeys(item for one in group for item in one.evidence))[:MOST_EVIDENCE]
    also = f" Vergelijk ook {', '.join(quotes)}." if quotes else ""
    return replace(first, message=first.message + also, evidence=evidence)
