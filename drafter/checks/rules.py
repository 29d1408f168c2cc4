"""The rules: one entry each in `data/rules/<check>.yaml`, with examples that it must and must not speak on.

An entry says everything about a rule but how it is found where that takes more than patterns; `found_by` then names the
function. docs/signalen.md is made from these entries, and one test runs all their examples.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from answers_bank.dutch.patterns import Lexicon, read_yaml
from answers_bank.dutch.time.dates import UNKNOWN_DATE, dutch_date
from drafter.checks.finding import Finding, Grade, Severity
from embeddings.errors import UsageError

CHECK_NAMES = ("staleness", "citations", "coverage", "consistency")
"""The kinds of checks, in the order in which they are documented."""


@dataclass(frozen=True, slots=True)
class Example:
    """An invented text to try a rule on, and what the rule needs beside it."""

    text: str = ""
    """A paragraph of a letter; of an answer where there is something `asked`."""

    date: datetime.date | None = datetime.date(2025, 3, 10)
    as_of: datetime.date = datetime.date(2026, 6, 1)
    asked: str = ""
    also: tuple[tuple[str, str], ...] = ()
    """More questions of the set, each with its answer; empty where that is lacking."""

    together: bool = False
    """Whether the answer is to the next question as well."""

    note: str = ""
    """A footnote behind the text."""

    defers: bool = False
    """Whether the text is that of a deferral."""

    submitted: datetime.date | None = None
    subject: str = ""
    dossier: str = ""
    """Dossier and number: "12345-6"."""

    signed: str = ""
    portfolio: str = "Wind en Water"
    bank: tuple[Example, ...] = ()
    """Documents in the bank."""

    terms: tuple[tuple[str, str], ...] = ()
    """The user's list of fixed terms: what is not to be written, and what is written instead."""

    review_by: datetime.date | None = None
    """Of a document in the bank: its text is a standard passage, to be looked at before this day."""

    @property
    def shown(self) -> str:
        """As a reader of the documentation sees it, in one line."""
        asked = [(self.asked, self.text), *self.also] if self.asked else []
        parts = [f"In de bank, {dutch_date(one.date) if one.date else UNKNOWN_DATE}: {one.shown}" for one in self.bank]
        parts += ["Nu:"] if self.bank else []
        parts += [f"{UNKNOWN_DATE.capitalize()}."] if self.date is None else []
        parts += [f"Onderwerp: {self.subject}."] if self.subject else []
        parts += [f"Ingezonden op {dutch_date(self.submitted)}."] if self.submitted else []
        parts += [f"Vraag: {question} Antwoord: {answer or '(geen)'}" for question, answer in asked] or [self.text]
        parts += [f"Noot: {self.note}"] if self.note else []
        parts += [f"Getekend: {self.signed}, {self.portfolio}."] if self.signed else []
        parts += [f"Dossier {self.dossier}."] if self.dossier else []
        parts += (
            [f"Vaste termen: {'; '.join(f'{term} → {write}' for term, write in self.terms)}."] if self.terms else []
        )
        parts += [f"Nakijken vóór {dutch_date(self.review_by)}."] if self.review_by else []
        return " ".join(" ".join(parts).split())


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a check."""

    check: str
    rule: str
    """Identifier, unique within its check."""

    severity: Severity
    """How loudly it speaks, unless it knows better in a given case."""

    title: str
    """What it is about, in a few Dutch words."""

    message: str
    """Template of what the user reads: {quote}, {detail} (a sentence that the check adds)."""

    help: str
    """When it speaks and what to do, in a sentence or two."""

    speaks: tuple[Example, ...]
    """Texts on which it must speak."""

    silent: tuple[Example, ...]
    """Texts on which it must say nothing."""

    patterns: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    """Words that it looks for, see `answers_bank.dutch.patterns`."""

    found_by: str = ""
    """Function below `drafter.checks` that finds it, where patterns do not do."""

    grade: Grade | None = None
    followed_up: bool = False
    """Whether later documents in the bank may tell how it went on."""

    told: str = "with others"
    """Of two sentences that differ: "with others" joins what differs in one finding, "last" only speaks where no other
    rule does, "apart" is about something else than what the two sentences say."""

    judged: bool = False
    """Whether the user's own model of inference may change how loudly it speaks."""

    @property
    def id(self) -> str:
        """ "staleness/promise": how settings and dossiers name it."""
        return f"{self.check}/{self.rule}"

    @property
    def example(self) -> str:
        """The first text that sets it off, in one line."""
        return self.speaks[0].shown


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the documentation."""
    return tuple(_rule(check, entry) for check in CHECK_NAMES for entry in _file(check)["rules"])


@cache
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in rules()}


def rule(name: str) -> Rule:
    """The rule with that id; KeyError where there is none."""
    return _by_id()[name]


CHECK_TITLES = {
    "staleness": "Verouderd",
    "citations": "Vindplaats",
    "coverage": "Dekking",
    "consistency": "Tegenspraak",
}
"""What a check is called where its rule has no title (any more): a dossier may be older than the rules."""


def title_of(finding: Finding) -> str:
    """What a finding is about, in a few Dutch words: the title of its rule."""
    known = _by_id().get(f"{finding.check}/{finding.rule}")
    return known.title if known else CHECK_TITLES.get(finding.check, "Signaal")


@cache
def rules_of(check: str) -> tuple[Rule, ...]:
    """The rules of one check, in the order of its file: where two find the same words, the first of them speaks."""
    return tuple(rule for rule in rules() if rule.check == check)


@cache
def patterns(check: str) -> Lexicon:
    """The patterns of all rules of a check, and the word lists that they use."""
    found = {rule.rule: rule.patterns for rule in rules_of(check)}
    return Lexicon({"words": _file(check).get("words", {}), "rules": found})


@cache
def words_of_rules() -> frozenset[str]:
    """Words of which a sentence must hold one before a pattern is tried at all, in lower case.

    Participles are left out: what begins with "ge" is as often the end of another word ("ingesteld").
    """
    return frozenset(word for word in patterns("staleness").anchors if len(word) > 3 and not word.startswith("ge"))


@cache
def _file(check: str) -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(f"rules/{check}", "drafter.checks")
    return loaded


_KEYS = frozenset(f.name for f in fields(Rule)) - {"check", "severity"} | {"level"}
_EXAMPLE_KEYS = frozenset(f.name for f in fields(Example))


def _rule(check: str, entry: Mapping[str, Any]) -> Rule:
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"{check}/{entry.get('rule')}: onbekende sleutel {sorted(map(str, unknown))}")
    given = {key: value for key, value in entry.items() if key != "level"}
    return Rule(
        **given
        | {
            "check": check,
            "severity": Severity(entry["level"]),
            "grade": Grade(entry["grade"]) if "grade" in entry else None,
            "patterns": tuple(entry.get("patterns", ())),
            "speaks": tuple(map(_example, entry["speaks"])),
            "silent": tuple(map(_example, entry["silent"])),
        }
    )


def _example(given: str | Mapping[str, Any]) -> Example:
    if isinstance(given, str):
        return Example(given)
    if unknown := set(given) - _EXAMPLE_KEYS:
        raise ValueError(f"onbekende sleutel in een voorbeeld: {sorted(map(str, unknown))}")
    more = {"bank": tuple(map(_example, given.get("bank", ()))), "also": tuple(map(tuple, given.get("also", ())))}
    more["terms"] = tuple(given.get("terms", {}).items())
    return Example(**{**given, **more})


def check_rule_names(names: Iterable[str]) -> frozenset[str]:
    """`names` of rules or whole checks, as settings give them.

    Raises:
        UsageError: one does not exist; the message names the nearest that does.
    """
    known = {*_by_id(), *CHECK_NAMES}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f"Bedoelde u {near[0]!r}? " if near else ""
            raise UsageError(f"Het signaal {name!r} bestaat niet.", f"{hint}Alle signalen staan in docs/signalen.md.")
    return frozenset(names)
