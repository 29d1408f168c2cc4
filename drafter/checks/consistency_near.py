"""Sentences that are nearly those of earlier or later documents, and say something else."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from answers_bank.bank import Bank
from answers_bank.reuse_index import ReuseIndex, SentenceHit
from drafter.checks.changes.conflict import Conflict, ConflictType
from drafter.checks.compare import compare_sentences
from drafter.checks.consistency_findings import Place, finding, when
from drafter.checks.finding import Evidence, Finding, Severity
from drafter.checks.units import Unit

RULES = {
    "number": "number",
    "date": "date",
    "term": "term",
    "legal_basis": "legal-basis",
    "citation": "citation",
    "responsible_ministry": "ministry",
    "named_authority": "authority",
    "listed": "authority",
    "negation": "negation",
    "modality": "modality",
    "scope": "scope",
    "direction": "direction",
    "dropped_condition": "condition",
    "swapped_actors": "roles",
    "status": "status",
    "name_variant": "name-variant",
}
"""Kind of a conflict to the rule that reports it."""

# Likeness of two sentences (indel similarity of their letters): from here on they are versions of one sentence, and
# every typed difference between them counts; from the lower bound on only what can be counted, dated or named does,
# for sentences that are merely related differ in much.
_VERSIONS = 0.8
_RELATED = 0.58
_CONTAINED = 0.4
_RUN = 8  # words
_FIRM = frozenset(
    {
        "number",
        "date",
        "term",
        "responsible_ministry",
        "status",
        "legal_basis",
        "citation",
        "dropped_condition",
    }
)
_SHORTEST = 5  # words; "Dat klopt niet." is like any other
_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict between a sentence of the text under check and one of the bank."""

    place: Place
    conflict: Conflict
    """`new` is the side of the text under check, whichever is the younger."""

    hit: SentenceHit
    newer: bool
    """Whether the bank's sentence is the younger one."""


def near_findings(units: Iterable[Unit], bank: Bank, own: str, date: datetime.date | None) -> list[Finding]:
    """Findings on sentences that the bank holds in another version.

    Args:
        units: pieces of the text under check.
        bank: earlier and later documents.
        own: id of the document under check, which is left out.
        date: its date; None counts as newest.
    """
    index = ReuseIndex.open(bank)
    clashes = [
        clash
        for unit in units
        for start, end in unit.sentences
        for clash in _clashes(index, unit, start, end, own, date)
    ]
    return list(_worded(clashes, date))


def _clashes(
    index: ReuseIndex, unit: Unit, start: int, end: int, own: str, date: datetime.date | None
) -> Iterator[Clash]:
    text = unit.text[start:end]
    if len(text.split()) < _SHORTEST:
        return
    hits = index.candidates(text, k=_CANDIDATES, exclude=frozenset({own}))
    # Where the newest version is word for word this one, older versions are history.
    same = max((hit.date for hit in hits if hit.ratio > 0.995 and hit.date), default=None)
    for hit in hits:
        if hit.ratio > 0.995 or (same and hit.date and hit.date <= same):
            continue
        if hit.ratio < _RELATED and hit.containment < _CONTAINED and hit.run < _RUN:
            continue
        newer = bool(date and hit.date and hit.date > date)
        found = compare_sentences(hit.text, text) if newer else compare_sentences(text, hit.text)
        for conflict in found:
            if hit.ratio < _VERSIONS and conflict.kind not in _FIRM:
                continue
            mine = replace(conflict, new=conflict.old, old=conflict.new) if newer else conflict
            span = (start + mine.new.start, start + mine.new.end) if mine.new.quote else (start, end)
            yield Clash(Place(unit, *span), mine, hit, newer)


def _worded(clashes: list[Clash], date: datetime.date | None) -> Iterator[Finding]:
    """One finding a place and rule, with all sentences that say otherwise as evidence, newest first."""
    groups: dict[tuple[int, int, int, str], list[Clash]] = {}
    for clash in clashes:
        key = (id(clash.place.unit), clash.place.start, clash.place.end, RULES[clash.conflict.kind])
        groups.setdefault(key, []).append(clash)
    for group in groups.values():
        group.sort(key=lambda clash: (clash.hit.date or datetime.date.min, clash.hit.ratio), reverse=True)
        first = group[0]
        conflict = first.conflict
        here, there = conflict.new.quote, conflict.old.quote
        if here and there:
            says = f"hier staat ‘{here}’, in {first.hit.document} {when(first.hit.date, date)} ‘{there}’"
        elif there:
            says = f"in {first.hit.document} {when(first.hit.date, date)} staat ook ‘{there}’"
        else:
            says = f"‘{here}’ ontbreekt in {first.hit.document} {when(first.hit.date, date)}"
        evidence = [Evidence(clash.hit.document, clash.hit.date, clash.hit.text) for clash in group]
        yield finding(RULES[conflict.kind], first.place, f"{says}. {_TYPES[conflict.type]}", evidence, _severity(first))


_TYPES = {
    ConflictType.CONTRADICTION: "Dit spreekt elkaar tegen.",
    ConflictType.UPDATE: "Dit lijkt een nieuwere stand van zaken.",
    ConflictType.PRECISION: "De ene zin zegt meer dan de andere.",
    ConflictType.NAME_VARIANT: "Dit is een andere schrijfwijze.",
}


def _severity(clash: Clash) -> Severity:
    """A warning where this text may be wrong or behind: not where it is merely the later or the fuller one."""
    if clash.conflict.type is ConflictType.UPDATE:
        return Severity.WARNING if clash.newer else Severity.INFO
    if clash.conflict.type is ConflictType.CONTRADICTION:
        return Severity.WARNING if clash.hit.ratio >= 0.7 else Severity.INFO
    if clash.conflict.kind == "dropped_condition" and not clash.conflict.new.quote and clash.hit.ratio >= _VERSIONS:
        return Severity.WARNING
    return Severity.INFO
