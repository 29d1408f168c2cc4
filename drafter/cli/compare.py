"""`compare`: where two texts contradict each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import json_option
from drafter.cli.shared.output import say, write_json
from drafter.headings import questions_reference
from embeddings.errors import InputError, UsageError

if TYPE_CHECKING:
    from drafter.checks.comparison.conflict import Conflict
    from drafter.tasks.compare import ComparedPart, Pairing


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

    Daarboven staat het verschil per woord, vraag voor vraag, ook als de nummers anders zijn: [-weg-] [+nieuw+].
    """
    if pairs is not None:
        if files:
            raise UsageError("Geef twee bestanden of --pairs, niet allebei.")
        _compare_pairs(pairs, as_json)
        return
    if len(files) != 2:
        raise UsageError("Noem twee bestanden: eerst het nieuwe, dan het oude.", "kamerantwoord compare NIEUW OUD")
    from answers_bank.apart.readers import read_file
    from drafter.checks.comparison.compare import compare_documents
    from drafter.tasks.compare import pair_up

    new, old = read_file(files[0]), read_file(files[1])
    conflicts, pairs_found = compare_documents(new, old), pair_up(new, old)
    if as_json:
        write_json(
            {
                "conflicts": [_as_json(conflict) for conflict in conflicts],
                "answers": [_pairing_json(pairing) for pairing in pairs_found],
            }
        )
        return
    for pairing in pairs_found:
        _show_pairing(pairing)
    say("Te controleren:")
    _show(conflicts)


def _compare_pairs(path: Path, as_json: bool) -> None:
    from drafter.checks.comparison.compare import compare_texts

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


def _pairing_json(pairing: Pairing) -> dict[str, object]:
    return {
        "new": _part_json(pairing.new),
        "old": _part_json(pairing.old),
        "similarity": round(pairing.likeness, 3),
        "diff": [[change.op, change.text] for change in pairing.diff],
    }


def _part_json(part: ComparedPart | None) -> dict[str, object] | None:
    return None if part is None else {"numbers": list(part.numbers), "heading": part.heading}


def _show_pairing(pairing: Pairing) -> None:
    if pairing.new is None:
        say(f"Alleen in het oude stuk: {_named(pairing.old)}")
    elif pairing.old is None:
        say(f"Alleen in het nieuwe stuk: {_named(pairing.new)}")
    elif pairing.new.text == pairing.old.text:
        say(f"Gelijk: {_named(pairing.new)} en {_named(pairing.old)} (oud)")
    else:
        say(f"{_named(pairing.new)} tegenover {_named(pairing.old)} (oud), {pairing.likeness:.0%} gelijk")
        say()
        say(_marked(pairing))
    say()


def _named(part: ComparedPart | None) -> str:
    if part is None:
        return ""
    if part.numbers:
        return questions_reference(part.numbers)
    return f"deel '{part.heading}'" if part.heading else "het begin van de brief"


_CONTEXT = 12
"""Unchanged words shown on either side of a change."""


def _marked(pairing: Pairing) -> str:
    """The difference with marks; long unchanged stretches shortened."""
    shown = []
    last = len(pairing.diff) - 1
    for at, change in enumerate(pairing.diff):
        if change.op == "equal":
            shown.append(_shortened(change.text, at == 0, at == last))
        elif change.text.strip():
            sign = "+" if change.op == "insert" else "-"
            core = change.text.strip()
            before, _, after = change.text.partition(core)
            shown.append(f"{before}[{sign}{core}{sign}]{after}")
    return "".join(shown)


def _shortened(text: str, first: bool, last: bool) -> str:
    words = re.findall(r"\s*\S+\s*", text) or [text]
    head, tail = ([] if first else words[:_CONTEXT]), ([] if last else words[-_CONTEXT:])
    if len(words) <= len(head) + len(tail) + 3:
        return text
    return "".join(head) + "… " + "".join(tail)
