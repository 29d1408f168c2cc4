"""What every rule is called, how loudly it speaks and what it tells the user: `data/rules.yaml`, strictly read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from answers_bank.dutch.patterns import read_yaml
from drafter.checks.finding import Grade, Severity
from embeddings.errors import UsageError


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a check."""

    check: str
    rule: str
    """Identifier, unique within its check."""

    severity: Severity
    title: str
    """What it is about, in a few Dutch words."""

    message: str
    """Template of what the user reads: {quote}, {detail}."""

    example: str
    """A sentence that sets it off."""

    grade: Grade | None = None

    help: str = ""
    """When it speaks and what to do, in a sentence or two."""

    @property
    def id(self) -> str:
        """ "staleness/promise": how settings and dossiers name it."""
        return f"{self.check}/{self.rule}"


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the documentation."""
    known = {f.name for f in fields(Rule)}
    loaded = []
    for item in read_yaml("rules", "drafter.checks"):
        if set(item) - known:
            raise ValueError(f"onbekende sleutel in rules.yaml: {sorted(set(item) - known)}")
        grade = item.get("grade")
        loaded.append(
            Rule(
                **{
                    **item,
                    "severity": Severity(item["severity"]),
                    "grade": Grade(grade) if grade else None,
                }
            )
        )
    return tuple(loaded)


def check_rule_names(names: Iterable[str]) -> frozenset[str]:
    """`names` of rules or whole checks, as settings give them.

    Raises:
        UsageError: one does not exist; the message names the nearest that does.
    """
    known = {r.id for r in rules()} | {r.check for r in rules()}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f"Bedoelde u {near[0]!r}? " if near else ""
            raise UsageError(f"Het signaal {name!r} bestaat niet.", f"{hint}Alle signalen staan in docs/signalen.md.")
    return frozenset(names)


@cache
def rule(check: str, name: str) -> Rule:
    """The rule of that name; KeyError where there is none."""
    for candidate in rules():
        if (candidate.check, candidate.rule) == (check, name):
            return candidate
    raise KeyError(f"{check}/{name}")
