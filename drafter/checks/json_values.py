"""Findings as the JSON of the command line."""

from __future__ import annotations

from answers_bank.json_values import fields_of
from drafter.checks.finding import Finding


def as_json(finding: Finding) -> dict[str, object]:
    """A finding in the form that scripts rely on."""
    evidence = [fields_of(one, "document date quote") for one in finding.evidence]
    names = "check rule severity grade start end quote sentence question stale_from message suggestion"
    return {**fields_of(finding, names), "evidence": evidence}
