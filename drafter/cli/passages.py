"""`passages`: standard passages and their variants over time."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, write_json
from embeddings.errors import ExitCode

if TYPE_CHECKING:
    from drafter.bank_views.passage_timelines import Timeline


@click.command(cls=DutchCommand, short_help="Toont standaardpassages en hun versies.")
@click.argument("words", nargs=-1, metavar="[WOORDEN]")
@click.option("-k", "count", type=click.IntRange(1), default=None, help="Hoeveel op zijn meest (zonder: alle).")
@click.option(
    "--least", type=click.IntRange(2), default=2, show_default=True, help="In hoeveel stukken een passage moet staan."
)
@bank_option
@json_option
def command(words: tuple[str, ...], count: int | None, least: int, bank_folder: Path | None, as_json: bool) -> int:
    """Toont wat in meer stukken terugkomt, ook als het is bewerkt, met alle versies op volgorde van tijd.

    De nieuwste versie is gemerkt; bij elke volgende versie staat wat er veranderde. Met WOORDEN alleen de passages waar
    die in staan.
    """
    from drafter.bank_views.passage_timelines import timelines
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        found = timelines(workspace.bank(), least, " ".join(words), progress)[:count]
    if as_json:
        write_json({"clusters": [timeline.json for timeline in found]})
        return ExitCode.OK
    if not found:
        say("Geen standaardpassages gevonden.")
    for number, timeline in enumerate(found, 1):
        _show(number, timeline)
    return ExitCode.OK


def _show(number: int, timeline: Timeline) -> None:
    from answers_bank.dutch.time.dates import UNKNOWN_DATE
    from drafter.bank_views.passage_timelines import care_line

    cluster = timeline.cluster
    say(f"{number}. In {cluster.documents} stukken, {cluster.uses} keer, {len(cluster.variants)} versies.")
    say(f"   {cluster.id}")
    if told := care_line(timeline.care, datetime.date.today()):
        say(f"   {told}")
    if cluster.users:
        say(f"   Gebruikt door: {'; '.join(cluster.users)}")
    for variant, difference in zip(cluster.variants, timeline.differences, strict=True):
        first = variant.uses[0]
        times = f", {len(variant.uses)} keer" if len(variant.uses) > 1 else ""
        mark = "  NIEUWSTE" if variant.newest else ""
        say(f"   {first.date or UNKNOWN_DATE}  {first.document}{times}{mark}")
        if difference is None:
            say(f"     {variant.text}")
        else:
            marks = {"equal": "{}", "insert": "[+{}+]", "delete": "[-{}-]"}
            say("     " + "".join(marks[change.op].format(change.text) for change in difference))
    say()
