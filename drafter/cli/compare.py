"""`compare`: where two texts contradict each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.dutch import DutchCommand
from drafter.cli.options import json_option
from drafter.cli.output import say, write_json
from embeddings.errors import InputError, UsageError

if TYPE_CHECKING:
    from drafter.checks.changes.conflict import Conflict


@click.command(cls=DutchCommand, short_help="Vergelijkt twee teksten en toont tegenspraak.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[NIEUW OUD]")
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND.jsonl",
    help='Vergelijk veel teksten tegelijk: per regel {"id", "old", "new"}, met de teksten zelf.',
)
@json_option
def command(files: tuple[Path, ...], pairs: Path | None, as_json: bool) -> None:
    """Vergelijk een nieuwe tekst met een oudere en toon waar de betekenis verschilt.

    Getallen, datums, termijnen, grondslagen, instanties, ontkenningen, plicht en bevoegdheid, stand van zaken en
    voorwaarden. Andere woorden voor hetzelfde blijven buiten beschouwing. Het programma beslist niets: elk verschil
    is te controleren.
    """
    if pairs is not None:
        if files:
            raise UsageError("Geef twee bestanden of --pairs, niet allebei.")
        _compare_pairs(pairs, as_json)
        return
    if len(files) != 2:
        raise UsageError("Noem twee bestanden: eerst het nieuwe, dan het oude.", "kamerantwoord compare NIEUW OUD")
    from answers_bank.reading import read_file
    from drafter.checks.compare import compare_documents

    conflicts = compare_documents(read_file(files[0]), read_file(files[1]))
    if as_json:
        write_json({"conflicts": [_as_json(conflict) for conflict in conflicts]})
        return
    _show(conflicts)


def _compare_pairs(path: Path, as_json: bool) -> None:
    from drafter.checks.compare import compare_texts

    for number, identifier, old, new in _read_pairs(path):
        conflicts = compare_texts(new, old)
        if as_json:
            write_json({"id": identifier, "conflicts": [_as_json(conflict) for conflict in conflicts]}, line=True)
        else:
            if number > 1:
                say()
            say(f"{identifier}")
            _show(conflicts)


def _read_pairs(path: Path) -> Iterator[tuple[int, object, str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} kan niet worden gelezen.", "Is het een JSONL-bestand in UTF-8?") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            old, new = record["old"], record["new"]
            if not isinstance(old, str) or not isinstance(new, str):
                raise TypeError
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}, regel {number}: geen paar teksten.",
                'Een regel ziet eruit als {"id": "1", "old": "…", "new": "…"}.',
            ) from error
        yield number, record.get("id", str(number)), old, new


def _as_json(conflict: Conflict) -> dict[str, object]:
    return {
        "kind": conflict.kind,
        "type": conflict.type.value,
        "new": {"quote": conflict.new.quote, "start": conflict.new.start, "end": conflict.new.end},
        "old": {"quote": conflict.old.quote, "start": conflict.old.start, "end": conflict.old.end},
        "message": conflict.message,
    }


_TYPES = {
    "contradiction": "tegenspraak",
    "update": "nieuwere stand",
    "precision": "verschil in precisie",
    "name_variant": "andere schrijfwijze",
}


def _show(conflicts: tuple[Conflict, ...]) -> None:
    if not conflicts:
        say("Geen verschillen van betekenis gevonden.")
    for conflict in conflicts:
        say(f"[{_TYPES[conflict.type.value]}] {conflict.message}")
