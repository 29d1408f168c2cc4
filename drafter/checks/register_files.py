"""The files of the registers: ours, and the user's own beside them.

They are strictly read: an unknown key, a missing source or days in the wrong order are refused with the file, the
entry and what is expected. A user's entries take the place of all of ours with that name.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from answers_bank.dutch.patterns import read_yaml
from answers_bank.dutch.time.calendar import DAY
from drafter.checks.registers import Cabinet, Ministry, Period, Publication, Registers, Tenure
from embeddings.errors import UsageError


class _Kind(NamedTuple):
    """Where a register stands, and the keys of its entries."""

    package: str
    ours: str
    theirs: str
    required: frozenset[str]
    allowed: frozenset[str]


def _kind(package: str, ours: str, theirs: str, required: str, allowed: str) -> _Kind:
    keys = frozenset(required.split())
    return _Kind(package, ours, theirs, keys, keys | frozenset(allowed.split()) | _ANY)


# May stand in every entry: how far it was verified.
_ANY = frozenset("known read note checked unverified".split())
_MINISTRIES = _kind(
    "answers_bank.dutch", "ministries", "ministeries.yaml", "name short from source", "until next before"
)
_CABINETS = _kind("drafter.checks", "cabinets", "kabinetten.yaml", "name from source", "until")
_HOLDERS = _kind(
    "answers_bank.dutch",
    "office_holders",
    "bewindspersonen.yaml",
    "name office portfolio from source",
    "surname heading until acting shared",
)
_PUBLICATIONS = _kind(
    "drafter.checks",
    "publications",
    "publicaties.yaml",
    "name every source",
    "also months editions earlier replaced",
)


@cache
def load_registers(folder: str | None = None) -> Registers:
    """Our registers, with those in the user's `folder` beside them.

    Raises:
        UsageError: a file cannot be read as a register.
    """
    if folder is not None and not Path(folder).is_dir():
        raise UsageError(
            f"De map met registers bestaat niet: {folder}.", "Pas signalen.registers in de instellingen aan."
        )
    return Registers(
        tuple(
            Ministry(e["name"], e["short"], _period(e), tuple(e.get("next", ()))) for e in _entries(_MINISTRIES, folder)
        ),
        tuple(_cabinets(_entries(_CABINETS, folder))),
        tuple(
            Tenure(e["name"], e.get("surname") or _surname(e["name"]), e["office"], e["portfolio"], _period(e))
            for e in _entries(_HOLDERS, folder)
        ),
        tuple(
            Publication(
                e["name"],
                tuple(e.get("also", ())),
                e["every"],
                tuple(e.get("months", ())),
                tuple(e.get("editions", ())),
                (e["earlier"]["until"], e["earlier"]["every"]) if "earlier" in e else None,
                e.get("replaced"),
            )
            for e in _entries(_PUBLICATIONS, folder)
        ),
    )


def _period(entry: dict[str, Any]) -> Period:
    last = entry.get("until")
    return Period(entry["from"], last, entry.get("known") if last is None else None)


def _cabinets(entries: list[dict[str, Any]]) -> Iterator[Cabinet]:
    """A cabinet without an end ends where the next one begins."""
    for entry, following in pairwise([*entries, None]):
        if entry is not None and following is not None and "until" not in entry:
            entry = {**entry, "until": following["from"] - DAY}
        if entry is not None:
            yield Cabinet(entry["name"], _period(entry))


def _surname(name: str) -> str:
    words = name.split()
    return " ".join(words[1:] if "." in words[0] else words)


def _entries(kind: _Kind, folder: str | None) -> list[dict[str, Any]]:
    ours = read_yaml(kind.ours, kind.package)
    found = _checked(ours["entries"], f"{kind.ours}.yaml", kind)
    for entry in found:
        entry.setdefault("known", ours["known"])
    if folder is not None and (path := Path(folder) / kind.theirs).is_file():
        try:
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise UsageError(f"{path} is geen geldige YAML.", " ".join(str(error).split())) from error
        except (OSError, ValueError, RecursionError) as error:
            raise UsageError(
                f"{path} kan niet worden gelezen.", "Het moet een tekstbestand in UTF-8 zijn, met een lijst."
            ) from error
        theirs = _checked(loaded, str(path), kind)
        named = {entry["name"] for entry in theirs}
        found = [entry for entry in found if entry["name"] not in named] + theirs
    return sorted(found, key=lambda entry: entry["from"]) if "from" in kind.required else found


def _checked(loaded: Any, file: str, kind: _Kind) -> list[dict[str, Any]]:
    if not isinstance(loaded, list):
        raise UsageError(f"{file} is geen lijst.", "Begin elke ingang met een streepje.")
    for number, entry in enumerate(loaded, 1):
        where = f"{file}, ingang {number}"
        if not isinstance(entry, dict):
            raise UsageError(f"{where} heeft geen sleutels.", f"Verwacht: {', '.join(sorted(kind.required))}.")
        if unknown := set(entry) - kind.allowed:
            raise UsageError(f"{where} heeft een onbekende sleutel: {', '.join(sorted(map(str, unknown)))}.",
                             f"Toegestaan: {', '.join(sorted(kind.allowed))}.")  # fmt: skip
        if missing := kind.required - set(entry):
            raise UsageError(
                f"{where} mist: {', '.join(sorted(missing))}.", "Elke ingang noemt ook haar bron (source)."
            )
        _check_types(entry, where)
    return loaded


def _check_types(entry: dict[str, Any], where: str) -> None:
    for key in ("from", "until", "known", "replaced"):
        if key in entry and not isinstance(entry[key], datetime.date):
            raise UsageError(f"{where}: {key} is geen datum.", "Schrijf een datum als 2024-07-02.")
    for key in ("name", "short", "surname", "office", "portfolio"):
        if key in entry and not (isinstance(entry[key], str) and entry[key].strip()):
            raise UsageError(
                f"{where}: {key} is leeg of geen tekst.", "Zet tekst met een komma tussen aanhalingstekens."
            )
    if not entry["source"] or not isinstance(entry["source"], str | list):
        raise UsageError(f"{where}: source is leeg of geen tekst.", "Noem waar de ingang na te zien is.")
    for key in ("next", "also", "months", "editions"):
        if key in entry and not isinstance(entry[key], list):
            raise UsageError(f"{where}: {key} is geen lijst.", "Schrijf een lijst tussen rechte haken.")
    if "until" in entry and entry["until"] < entry["from"]:
        raise UsageError(f"{where}: until ligt vóór from.", "Verwissel de datums.")
    earlier = entry.get("earlier", {"until": datetime.date.max, "every": 1})
    if not (isinstance(earlier, dict) and set(earlier) == {"until", "every"}):
        raise UsageError(f"{where}: earlier is geen ritme.", "Schrijf {until: 2021-01-01, every: 4}.")
    for every in (entry.get("every", 1), earlier["every"]):
        if not (isinstance(every, int) and every > 0):
            raise UsageError(f"{where}: every is geen aantal maanden.", "Schrijf een heel getal, zoals 12.")
    if any(not isinstance(m, int) or not 1 <= m <= 12 for m in entry.get("months", ())):
        raise UsageError(f"{where}: months bevat iets anders dan 1 tot en met 12.", "Noem maanden als getal.")
    if not all(isinstance(day, datetime.date) for day in (*entry.get("editions", ()), earlier["until"])):
        raise UsageError(f"{where}: editions of earlier bevat geen datum.", "Schrijf een datum als 2024-07-02.")
