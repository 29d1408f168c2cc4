"""`compare`: where two texts contradict each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import json_option
from drafter.cli.shared.output import say, write_json
from drafter.wording import CONFLICT_WORDS, count, sentence_case
from embeddings.errors import InputError, UsageError

if TYPE_CHECKING:
    from drafter.checks.comparison.conflict import Conflict
    from drafter.tasks.compare import ComparedPart, ComparedSentence, Pairing, SentencePlace
    from drafter.word_difference import Change


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

    Daarboven staat zin voor zin wat is overgenomen, wat is gewijzigd en hoe ([-weg-] [+nieuw+]), wat nieuw is en wat
    verviel, ook als de vragen een ander nummer hebben.
    """
    if pairs is not None:
        if files:
            raise UsageError("Geef twee bestanden of --pairs, niet allebei.")
        _compare_pairs(pairs, as_json)
        return
    if len(files) != 2:
        raise UsageError("Noem twee bestanden: eerst het nieuwe, dan het oude.", "kamerantwoord compare NIEUW OUD")
    from answers_bank.apart.readers import read_file
    from drafter.tasks.compare import compare_by_sentence, pair_up

    new, old = read_file(files[0]), read_file(files[1])
    compared = compare_by_sentence(new, old)
    conflicts = [(one, conflict) for one in compared for conflict in one.conflicts]
    if as_json:
        write_json(
            {
                "conflicts": [_conflict_json(one, conflict) for one, conflict in conflicts],
                "sentences": [_sentence_json(one) for one in compared],
                "answers": [_pairing_json(pairing) for pairing in pair_up(new, old)],
            }
        )
        return
    _show_sentences(compared)
    say("Te controleren:")
    for one, conflict in conflicts:
        say(f"[{_TYPES[conflict.type]}] {_where(one)}: {_said(conflict)}")
        say(f"    Nu:     {one.new.text if one.new else ''}")
        say(f"    Eerder: {one.old.text if one.old else ''}")
    if not conflicts:
        say("Geen verschillen van betekenis gevonden.")


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


def _conflict_json(one: ComparedSentence, conflict: Conflict) -> dict[str, object]:
    """The conflict, with the sentences that it stands in and the questions that they answer."""
    found: dict[str, Any] = _as_json(conflict)
    for name, side in (("new", one.new), ("old", one.old)):
        if side is not None:
            found[name] |= {"sentence": side.text, "numbers": list(side.numbers)}
    return found


def _sentence_json(one: ComparedSentence) -> dict[str, object]:
    return {
        "fate": one.fate.value,
        "new": _place_json(one.new),
        "old": _place_json(one.old),
        "diff": [[change.op, change.text] for change in one.diff],
        "conflicts": [conflict.kind for conflict in one.conflicts],
    }


def _place_json(place: SentencePlace | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {"text": place.text, "start": place.start, "end": place.end, "numbers": list(place.numbers)}


def _show_sentences(compared: tuple[ComparedSentence, ...]) -> None:
    """Part by part of the new document, then what only the old one has."""
    for part, group in groupby(compared, key=_part):
        say(part)
        same = 0
        for one in [*group, None]:
            if one is not None and one.fate == "same":
                same += 1
                continue
            if same:
                say(f"  = overgenomen: {count(same, 'zin', 'zinnen')}")
            same = 0
            for line in _lines(one) if one is not None else ():
                say(line)
        say()


def _part(one: ComparedSentence) -> str:
    if one.new is not None:
        return sentence_case(one.new.part)
    return f"Alleen in het oude stuk, {one.old.part if one.old else ''}"


def _lines(one: ComparedSentence) -> Iterator[str]:
    if one.new is None or one.old is None:
        place = one.new or one.old
        yield f"  {'+ nieuw' if one.new else '- vervallen'}: {place.text if place else ''}"
        return
    there = f" (oud: {one.old.part})" if one.old.part != one.new.part else ""
    yield f"  ~ gewijzigd{there}: {_marked(one.diff)}"
    kinds = dict.fromkeys(CONFLICT_WORDS.get(conflict.kind, conflict.kind) for conflict in one.conflicts)
    if kinds:
        yield f"    anders: {', '.join(kinds)}"


def _where(one: ComparedSentence) -> str:
    new, old = one.new.part if one.new else "", one.old.part if one.old else ""
    return new if new == old else f"{new} (oud: {old})"


def _said(conflict: Conflict) -> str:
    return conflict.message.removeprefix("Te controleren. ")


def _marked(diff: tuple[Change, ...]) -> str:
    """The difference with marks."""
    out = []
    for change in diff:
        core = change.text.strip()
        if change.op == "equal" or not core:
            out.append(change.text if change.op != "delete" else "")
            continue
        sign = "+" if change.op == "insert" else "-"
        before, _, after = change.text.partition(core)
        out.append(f"{before}[{sign}{core}{sign}]{after}")
    return "".join(out)
