"""`changes`: what came back from Word, paragraph by paragraph."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import say, write_json


@click.command(cls=DutchCommand, short_help="Toont wat uit Word terugkwam; om te laten staan of terug te zetten.")
@click.argument("dossier_id", metavar="DOSSIER")
@click.option("--accept", "accepted", metavar="NUMMER", multiple=True, help="Laat deze wijziging staan. Mag vaker.")
@click.option("--undo", "undone", metavar="NUMMER", multiple=True,
              help="Zet deze alinea terug zoals zij was. Mag vaker.")  # fmt: skip
@click.option("--ondanks", "anyway", is_flag=True, help="Zet ook terug wat daarna nog is veranderd.")
@click.option("--all", "every", is_flag=True, help="Toon ook wat al is besloten.")
@bank_option
@json_option
def command(
    dossier_id: str,
    accepted: tuple[str, ...],
    undone: tuple[str, ...],
    anyway: bool,
    every: bool,
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Toon wat met import-edits uit Word in een dossier kwam, alinea voor alinea, met wie het schreef en beide teksten.

    Wat uit Word kwam, staat in het concept. Met --accept en --undo beslist u per nummer: laten staan of terugzetten.
    """
    from drafter.dossier.judging.word_changes import changes_of
    from drafter.export.json.draft import change_json
    from drafter.tasks.decisions import decide
    from drafter.tasks.workspace import Workspace
    from drafter.wording import change_words, question_words

    with Workspace.from_settings(bank_folder) as workspace:
        dossier = decide(workspace.bank_folder, dossier_id, accepted, undone, anyway=anyway)
    shown = list(changes_of(dossier, open_only=not every))
    if as_json:
        write_json({"dossier": dossier.id, "changes": [change_json(answer, change) for answer, change in shown]})
        return
    for answer, change in shown:
        say(f"{change.id}  {question_words(answer.numbers, capital=True)} · {change_words(change)}")
        if change.before:
            say(f"  was:  {change.before}")
        if change.after:
            say(f"  word: {change.after}")
    if not shown:
        say("Er staat geen wijziging uit Word open." if not every else "Uit Word is niets teruggekomen.")
