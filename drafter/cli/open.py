"""`open`: question sets that wait for an answer."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import as_of_option, bank_option, json_option
from drafter.cli.shared.output import say, write_json


@click.command(
    cls=DutchCommand,
    help="Toont vragen in de bank die nog op antwoord wachten, de meest dringende eerst. De termijn is drie weken na "
    "indiening, en zes weken als er uitstel is gemeld.",
)
@click.option("--portfolio", metavar="NAAM", help="Alleen vragen aan dit ministerie (een deel van de naam volstaat).")
@bank_option
@as_of_option
@json_option
def command(portfolio: str | None, bank_folder: Path | None, as_of: datetime.date, as_json: bool) -> None:
    """List open question sets."""
    from answers_bank.json_values import fields_of
    from drafter.tasks.open_questions import open_sets
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        found = open_sets(workspace.bank(), as_of, portfolio)
    if as_json:
        names = "document case_number subject askers addressees submitted due deferred days_left overdue"
        write_json({"as_of": as_of.isoformat(), "open": [fields_of(item, names) for item in found]})
        return
    if not found:
        say("Er staan geen onbeantwoorde vragen in de bank.")
    for item in found:
        say(f"{_term(item.due, item.days_left)}  {item.subject}")
        say(f"    {item.case_number or item.document} · {', '.join(item.askers)} · aan {', '.join(item.addressees)}")


def _term(due: datetime.date | None, days: int | None) -> str:
    if due is None or days is None:
        return "termijn onbekend      "
    if days < 0:
        return f"{due} {-days:4d} dagen te laat"
    return f"{due} nog {days:3d} dagen  "
