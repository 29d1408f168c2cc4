"""The list of fixed terms of a ministry: how something is written, and how it is not (term -> schrijf zo)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from embeddings.errors import UsageError

Terms = tuple[tuple[str, str], ...]
"""(what is not to be written, what is written instead)."""

_MOST = 5_000


def load_terms(path: str | None) -> Terms:
    """The terms in a file: YAML ("term: schrijf zo") or CSV (two columns, apart by ; or ,). None gives none.

    Raises:
        UsageError: it cannot be read, or an entry is none; the message names the file and the entry.
    """
    if path is None:
        return ()
    file = Path(path).expanduser()
    try:
        return _loaded(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise UsageError(
            f"De lijst met vaste termen kan niet worden gelezen: {file}.", "Pas signalen.termen in de instellingen aan."
        ) from error


@cache
def _loaded(file: Path, _changed: int) -> Terms:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} kan niet worden gelezen.", "Het moet een tekstbestand in UTF-8 zijn.") from error
    pairs = _from_csv(text) if file.suffix.lower() in (".csv", ".tsv", ".txt") else _from_yaml(text, file)
    found: dict[str, str] = {}
    for number, (term, write) in enumerate(pairs, 1):
        if not (isinstance(term, str) and isinstance(write, str) and term.strip() and write.strip()):
            raise UsageError(
                f"{file}, ingang {number}: een term en hoe u haar schrijft horen beide tekst te zijn.",
                "Schrijf: term: schrijf zo. Zet tekst met een dubbele punt, of ja en nee, tussen aanhalingstekens.",
            )
        found[" ".join(term.split())] = " ".join(write.split())
    if len(found) > _MOST:
        raise UsageError(f"{file} heeft meer dan {_MOST} termen.", "Maak de lijst korter.")
    return tuple(found.items())


def _from_yaml(text: str, file: Path) -> list[tuple[Any, Any]]:
    import yaml

    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{file} is geen geldige YAML.", " ".join(str(error).split())[:300]) from error
    if loaded is None:
        return []
    if not isinstance(loaded, dict):
        raise UsageError(f"{file} is geen lijst van termen.", "Schrijf op elke regel: term: schrijf zo")
    return list(loaded.items())


def _from_csv(text: str) -> list[tuple[Any, Any]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    first = lines[0] if lines else ""
    mark = next((sign for sign in (";", "\t") if sign in first), ",")
    rows = list(csv.reader(lines, delimiter=mark))
    if rows and [cell.strip().casefold() for cell in rows[0][:2]] == ["term", "schrijf zo"]:
        rows = rows[1:]
    return [(row[0], row[1] if len(row) > 1 else "") for row in rows]
