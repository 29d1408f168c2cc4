"""Who answered for which portfolio, from when to when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answers_bank.store.stored import Signature


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """Who answered for a portfolio, from when to when."""

    name: str
    portfolio: str
    office: str
    first: datetime.date
    last: datetime.date
    times: int
    document: str
    """Id of the newest document."""


def office_terms(signatures: Iterable[Signature]) -> tuple[OfficeTerm, ...]:
    """Who answered for what, the latest first.

    "F. Duin", "Frida Duin" and "Duin" in one office are one person, unless their first letters differ.
    """
    groups: dict[tuple[str, str, str], list[Signature]] = {}
    for one in signatures:
        groups.setdefault((_surname(one.name), one.portfolio or "", one.office or ""), []).append(one)
    rows = [_row(people) for group in groups.values() for people in _apart(group)]
    return tuple(sorted(rows, key=lambda row: (row.last, row.name), reverse=True))


def _surname(name: str) -> str:
    return name.split()[-1].casefold() if name.split() else ""


def _first_letter(name: str) -> str:
    """Of the given name or initials; empty where only a surname stands, also one with a prefix ("Van der Duin")."""
    first = name.split()[0] if len(name.split()) > 1 else ""
    prefixes = {"van", "de", "den", "der", "ter", "ten", "te", "el", "von", "op", "in", "'t", "’t", "le", "la"}
    return "" if first.casefold() in prefixes else first[:1].casefold()


def _apart(group: list[Signature]) -> list[list[Signature]]:
    letters = {_first_letter(one.name) for one in group} - {""}
    if len(letters) < 2:
        return [group]
    parts: dict[str, list[Signature]] = {}
    for one in group:
        parts.setdefault(_first_letter(one.name), []).append(one)
    return list(parts.values())


def _row(people: list[Signature]) -> OfficeTerm:
    newest = max(people, key=lambda one: (one.date, one.document))
    return OfficeTerm(
        name=max((one.name for one in people), key=len),
        portfolio=newest.portfolio or "",
        office=newest.office or "",
        first=min(one.date for one in people),
        last=newest.date,
        times=len({one.document for one in people}),
        document=newest.document,
    )
