"""`bank passage`: who looks after a standard passage, and before which day it is to be looked at."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, write_json
from drafter.cli.shared.sharing import sync_quietly
from embeddings.errors import UsageError

if TYPE_CHECKING:
    from answers_bank.store.annotations.passage_care import CareField

_ALL = "alles"


@click.command("passage", cls=DutchCommand, short_help="Geeft een standaardpassage een eigenaar en een nakijkdatum.")
@click.argument("identifier", metavar="ID")
@click.option("--owner", "owner", metavar="NAAM", help="Wie deze passage bijhoudt.")
@click.option("--note", "note", metavar="TEKST", help="Notitie voor wie haar gebruikt.")
@click.option("--review-by", "review_by", metavar="JJJJ-MM-DD", help="Nakijken vóór deze dag.")
@click.option("--terug", "back", multiple=True, metavar="GEGEVEN", help="Weghalen: owner, note, review_by of alles.")
@bank_option
@json_option
def command(
    identifier: str,
    owner: str | None,
    note: str | None,
    review_by: str | None,
    back: tuple[str, ...],
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Toont of zegt wie een standaardpassage bijhoudt, met een notitie en een dag waarvoor zij is na te kijken.

    ID is de naam die 'kamerantwoord passages' toont, of een alinea waar zij in staat. Is de dag voorbij, dan zeggen
    concepten dat bij elke alinea die de passage bevat.
    """
    from answers_bank.store.annotations.passage_care import CareField, care_of, passage_cares
    from drafter.bank_views.passage_timelines import care_json, care_line
    from drafter.tasks.upkeep.passage_care import find_passage, say_of_passage
    from drafter.tasks.workspace import Workspace

    given = {CareField.OWNER: owner, CareField.NOTE: note, CareField.REVIEW_BY: review_by}
    values: dict[CareField, str | None] = dict.fromkeys(_fields(back))
    values |= {name: value for name, value in given.items() if value is not None}
    with Workspace.from_settings(bank_folder) as workspace:
        bank = workspace.bank()
        with progress_bar(not as_json) as progress:
            cluster = find_passage(bank, identifier, progress)
        if values:
            now = datetime.datetime.now(datetime.UTC)
            care = say_of_passage(bank, cluster, values, workspace.settings.naam, now)
            sync_quietly(workspace)
        else:
            care = care_of([variant.text for variant in cluster.variants], passage_cares(bank.annotations))
    if as_json:
        write_json({"id": cluster.id, "newest": cluster.newest.text, "care": care_json(care)})
        return
    say(cluster.newest.text)
    say(f"  {care_line(care, datetime.date.today()) or 'geen eigenaar, notitie of nakijkdatum'}")


def _fields(names: tuple[str, ...]) -> tuple[CareField, ...]:
    from answers_bank.store.annotations.passage_care import CareField

    own = (CareField.OWNER, CareField.NOTE, CareField.REVIEW_BY)
    if _ALL in names:
        return own
    if wrong := [name for name in names if name not in own]:
        raise UsageError(f"Onbekend gegeven: {wrong[0]}.", f"Kies uit: {', '.join(own)}, {_ALL}.")
    return tuple(CareField(name) for name in names)
