"""Registers: facts with dates that the bank cannot know, ours in `data/` and the user's own beside them.

They are strictly read: an unknown key, a missing source or days in the wrong order are refused with the file, the
entry and what is expected.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from embeddings.errors import UsageError


@dataclass(frozen=True, slots=True)
class Ministry:
    """A name of a ministry and when it was used."""

    name: str
    short: str
    first: datetime.date
    last: datetime.date | None
    """Last day; None while in use."""

    successors: tuple[str, ...]
    source: str

    def used_on(self, day: datetime.date) -> bool:
        """Whether the ministry had this name on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A cabinet and its term."""

    name: str
    first: datetime.date
    last: datetime.date | None
    source: str
    known: datetime.date | None = None
    """Last day that the entry can speak of, where its end was not known when it was written."""

    def in_office(self, day: datetime.date) -> bool:
        """Whether the cabinet was in office on `day`, as far as the entry knows."""
        return self.first <= day and all(end is None or day <= end for end in (self.last, self.known))


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication that comes back."""

    name: str
    also: tuple[str, ...]
    every: int
    """Months between two editions."""

    months: tuple[int, ...]
    """Months in which it usually appears; empty where that varies."""

    source: str

    def next_edition(self, after: datetime.date) -> datetime.date:
        """The day by which the next edition has usually appeared: the end of its month."""
        from answers_bank.dutch.time.calendar import add_months, month

        if not self.months:
            return add_months(after, self.every)
        for step in range(1, 13):
            later = add_months(after.replace(day=1), step)
            if later.month in self.months:
                return month(later.year, later.month).after
        return add_months(after, self.every)


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers."""

    ministries: tuple[Ministry, ...] = ()
    cabinets: tuple[Cabinet, ...] = ()
    publications: tuple[Publication, ...] = ()

    def cabinet_on(self, day: datetime.date) -> Cabinet | None:
        """The cabinet in office on `day`, as far as known."""
        return next((c for c in self.cabinets if c.in_office(day)), None)


# Our file, the user's file, the keys that must and may stand in an entry.
_FILES = {
    "ministries": ("ministeries.yaml", {"name", "short", "from", "source"}, {"until", "next"}),
    "cabinets": ("kabinetten.yaml", {"name", "from", "source"}, {"until", "known"}),
    "publications": ("publicaties.yaml", {"name", "every", "source"}, {"also", "months"}),
}


@cache
def load_registers(folder: str | None = None) -> Registers:
    """Our registers, with those in the user's `folder` beside them.

    Raises:
        UsageError: a file cannot be read as a register.
    """
    entries: dict[str, dict[str, dict[str, Any]]] = {}
    for kind, (theirs, required, allowed) in _FILES.items():
        ours = resources.files("drafter.checks").joinpath("data", f"{kind}.yaml").read_text(encoding="utf-8")
        entries[kind] = _entries(ours, f"{kind}.yaml", required, required | allowed)
        if folder is not None and (path := Path(folder) / theirs).is_file():
            entries[kind] |= _entries(path.read_text(encoding="utf-8"), str(path), required, required | allowed)
    if folder is not None and not Path(folder).is_dir():
        raise UsageError(
            f"De map met registers bestaat niet: {folder}.", "Pas signalen.registers in de instellingen aan."
        )
    return Registers(
        tuple(
            Ministry(e["name"], e["short"], e["from"], e.get("until"), tuple(e.get("next", ())), e["source"])
            for e in entries["ministries"].values()
        ),
        tuple(
            Cabinet(e["name"], e["from"], e.get("until"), e["source"], e.get("known"))
            for e in entries["cabinets"].values()
        ),
        tuple(
            Publication(e["name"], tuple(e.get("also", ())), e["every"], tuple(e.get("months", ())), e["source"])
            for e in entries["publications"].values()
        ),
    )


def _entries(text: str, file: str, required: set[str], allowed: set[str]) -> dict[str, dict[str, Any]]:
    try:
        loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise UsageError(f"{file} is geen geldige YAML.", " ".join(str(error).split())) from error
    if not isinstance(loaded, list):
        raise UsageError(f"{file} is geen lijst.", "Begin elke ingang met een streepje.")
    found: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(loaded, 1):
        where = f"{file}, ingang {number}"
        if not isinstance(entry, dict):
            raise UsageError(f"{where} heeft geen sleutels.", f"Verwacht: {', '.join(sorted(required))}.")
        if unknown := set(entry) - allowed:
            raise UsageError(f"{where} heeft een onbekende sleutel: {', '.join(sorted(map(str, unknown)))}.",
                             f"Toegestaan: {', '.join(sorted(allowed))}.")  # fmt: skip
        if missing := required - set(entry):
            raise UsageError(
                f"{where} mist: {', '.join(sorted(missing))}.", "Elke ingang noemt ook haar bron (source)."
            )
        _check_types(entry, where)
        found[str(entry["name"])] = entry
    return found


def _check_types(entry: dict[str, Any], where: str) -> None:
    for key in ("from", "until", "known"):
        if key in entry and not isinstance(entry[key], datetime.date):
            raise UsageError(f"{where}: {key} is geen datum.", "Schrijf een datum als 2024-07-02.")
    for key in ("name", "short", "source"):
        if key in entry and not (isinstance(entry[key], str) and entry[key].strip()):
            raise UsageError(
                f"{where}: {key} is leeg of geen tekst.", "Zet tekst met een komma tussen aanhalingstekens."
            )
    for key in ("next", "also", "months"):
        if key in entry and not isinstance(entry[key], list):
            raise UsageError(f"{where}: {key} is geen lijst.", "Schrijf een lijst tussen rechte haken.")
    if "until" in entry and entry["until"] < entry["from"]:
        raise UsageError(f"{where}: until ligt vóór from.", "Verwissel de datums.")
    if "every" in entry and not (isinstance(entry["every"], int) and entry["every"] > 0):
        raise UsageError(f"{where}: every is geen aantal maanden.", "Schrijf een heel getal, zoals 12.")
    if any(not isinstance(m, int) or not 1 <= m <= 12 for m in entry.get("months", ())):
        raise UsageError(f"{where}: months bevat iets anders dan 1 tot en met 12.", "Noem maanden als getal.")
