"""One parliamentary paper with two session years, in this document and in the notes of others."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from answers_bank.store.bank import Bank
from drafter.checks.comparison.items import Item, ItemKind
from drafter.checks.comparison.references import references
from drafter.checks.consistency.findings import Place, finding, when
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import Unit

_FEW = 24
"""Papers of one document that are looked up at most."""


def paper_findings(units: Iterable[Unit], bank: Bank, own: frozenset[str], date: datetime.date | None) -> list[Finding]:
    """Findings on papers that another document cites with another session year."""
    mine: dict[tuple[str, ...], tuple[Place, Item]] = {}
    for unit in units:
        for item in references(unit.text):
            if item.kind is ItemKind.CITATION and item.relation and isinstance(item.value, tuple) and item.value[-1]:
                mine.setdefault(item.value, (Place(unit, item.start, item.end), item))
    found = []
    for value, (place, item) in list(mine.items())[:_FEW]:
        rows = bank.sql(
            "SELECT footnote.text, document.id, document.date FROM footnote "
            "JOIN document ON document.key = footnote.document WHERE footnote.text LIKE ?",
            (f"%{value[-1]}%",),
        )
        evidence = [
            Evidence(str(identifier), datetime.date.fromisoformat(day) if day else None, " ".join(str(text).split()))
            for text, identifier, day in rows
            if str(identifier) not in own
            and any(
                other.value == value and other.relation and other.relation != item.relation
                for other in references(str(text))
            )
        ]
        if evidence:
            evidence.sort(key=lambda one: one.date or datetime.date.min, reverse=True)
            first = evidence[0]
            detail = f"‘{place.quote}’ staat in {first.document} {when(first.date, date)} met een ander vergaderjaar."
            found.append(finding("citation", place, detail, evidence))
    return found
