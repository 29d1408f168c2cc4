"""`remarks`: what was remarked on the paragraphs of a dossier."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import say, write_json


@click.command(cls=DutchCommand, short_help="Toont de opmerkingen bij een dossier; om af te doen.")
@click.argument("dossier_id", metavar="DOSSIER")
@click.option("--done", metavar="NUMMER", multiple=True, help="Zegt dat deze opmerking is afgedaan. Mag vaker.")
@click.option("--reopen", "reopened", metavar="NUMMER", multiple=True, help="Opent deze opmerking weer. Mag vaker.")
@click.option("--all", "every", is_flag=True, help="Toon ook wat is afgedaan.")
@bank_option
@json_option
def command(
    dossier_id: str,
    done: tuple[str, ...],
    reopened: tuple[str, ...],
    every: bool,
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Toon de opmerkingen bij de alinea's van een dossier: wie wat zei en wanneer, en wat erop is geantwoord.

    Zonder --all alleen wat nog openstaat. Met --done doet u een opmerking af, met --reopen staat zij weer open.
    """
    from drafter.export.json.draft import remark_json
    from drafter.tasks.decisions import mark_remarks, remarks_of
    from drafter.tasks.workspace import Workspace
    from drafter.wording import entry_words, question_words

    with Workspace.from_settings(bank_folder) as workspace:
        dossier = mark_remarks(workspace.bank_folder, dossier_id, done, reopened)
    shown = list(remarks_of(dossier, open_only=not every))
    if as_json:
        write_json({"dossier": dossier.id, "remarks": [remark_json(*found) for found in shown]})
        return
    for answer, block, thread in shown:
        state = " (afgedaan)" if thread.done else ""
        paragraph = shorten(block.text, 100, placeholder=" …")
        say(f"{thread.id}  {question_words(answer.numbers, capital=True)}{state} · bij: {paragraph}")
        for number, entry in enumerate(thread.entries):
            say(f"  {'↳ ' * bool(number)}{entry_words(entry)} {' '.join(entry.text.split())}")
    if not shown:
        say("Er staat geen opmerking open." if not every else "Er zijn geen opmerkingen.")
