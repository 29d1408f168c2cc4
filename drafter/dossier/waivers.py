"""Findings that the user called "bewust zo": how that is written down, and which findings it holds for.

An entry is ``key`` or ``key: reason``. The key is a rule ("undated-intent", all that the rule says here) or a rule with
the words it speaks of ("undated-intent “op dit moment”").
"""

from __future__ import annotations

from collections.abc import Iterable

from drafter.checks.finding import Finding
from drafter.checks.rules import rules


def key_of(finding: Finding) -> str:
    """The key that holds for this finding and others on the same words; of one without words, for its message."""
    words = " ".join((finding.quote or finding.message).replace(":", " ").split())
    return f"{finding.rule} “{words}”"


def entry_of(key: str, reason: str = "") -> str:
    """An entry with the reason where there is one."""
    return f"{key}: {' '.join(reason.split())}" if reason.strip() else key


def key_in(entry: str) -> str:
    """The key of an entry."""
    return entry.partition(":")[0]


def words_in(entry: str) -> str:
    """What a reader sees of the key of an entry: the words, or the Dutch title of the rule that it is for."""
    name, _, words = key_in(entry).partition(" ")
    return words or next((one.title.lower() for one in rules() if one.rule == name), name)


def reason_in(entry: str) -> str:
    """The reason of an entry; empty where there is none."""
    return entry.partition(": ")[2]


def entry_for(finding: Finding, entries: Iterable[str]) -> str | None:
    """The entry by which `finding` is meant so; None where it is open."""
    keys = (finding.rule, key_of(finding))
    return next((entry for entry in entries if key_in(entry) in keys), None)


def still_open(findings: Iterable[Finding], entries: tuple[str, ...]) -> tuple[Finding, ...]:
    """The findings that no entry holds for."""
    return tuple(f for f in findings if entry_for(f, entries) is None) if entries else tuple(findings)


def with_entry(entries: tuple[str, ...], entry: str) -> tuple[str, ...]:
    """`entries` with `entry` in the place of one with the same key."""
    return (*(other for other in entries if key_in(other) != key_in(entry)), entry)


def without_key(entries: tuple[str, ...], key: str) -> tuple[str, ...]:
    """`entries` without the one with `key`."""
    return tuple(entry for entry in entries if key_in(entry) != key)


def meant(entries: tuple[str, ...], findings: Iterable[Finding], everywhere: tuple[str, ...]) -> tuple[str, ...]:
    """`entries` with those of `everywhere` that hold for one of `findings`."""
    for finding in findings:
        entry = entry_for(finding, everywhere)
        if entry is not None and entry_for(finding, entries) is None:
            entries = with_entry(entries, entry)
    return entries
