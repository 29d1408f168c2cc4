"""`import-edits`: an edited Word file back into its dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import say, write_json

if TYPE_CHECKING:
    from drafter.dossier.value import Dossier


@click.command(cls=DutchCommand, short_help="Leest een bewerkt Word-bestand terug in het dossier.")
@click.argument("file", metavar="BESTAND.docx", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Laat zien wat er zou veranderen en bewaar niets.")
@bank_option
@json_option
def command(file: Path, dry_run: bool, bank_folder: Path | None, as_json: bool) -> None:
    """Lees een Word-bestand dat met draft of export is gemaakt en daarna is bewerkt, terug in zijn dossier.

    Bijgehouden wijzigingen tellen als geaccepteerd. Opmerkingen van anderen worden opmerkingen bij de alinea. Wat in
    Word niet is aangeraakt, blijft zoals het in het dossier staat. Ongedaan maken kan altijd: het is één stap. Wat geen
    plaats in een antwoord heeft, zoals tekst die onder een vraag is getypt, wordt getoond.
    """
    from drafter.dossier.findings.remarks import checked
    from drafter.tasks.import_edits import import_file
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:

        def check(dossier: Dossier) -> Dossier:
            return checked(dossier, workspace.draft_context(dossier))

        found = import_file(workspace.bank_folder, file, keep=not dry_run, check=check if workspace.has_bank else None)
    if as_json:
        write_json(
            {
                "dossier": found.dossier.id,
                "edited": found.edited,
                "added": found.added,
                "removed": found.removed,
                "remarks": found.remarks,
                "conflicts": list(found.conflicts),
                "questions": list(found.questions),
                "not_taken": list(found.not_taken),
                "kept": not dry_run,
            }
        )
        return
    say(
        f"Dossier {found.dossier.id}: {found.edited} alinea's bewerkt, {found.added} nieuw, {found.removed} weg, "
        f"{found.remarks} met een andere opmerking."
    )
    for block in found.conflicts:
        say(f"Let op: alinea {block} is zowel in Word als in het programma veranderd.")
    for question in found.questions:
        say(f"Let op: {question}")
    if found.not_taken:
        say("Niet overgenomen, want het staat niet in een antwoord:")
    for line in found.not_taken:
        say(f"  {line}")
    if dry_run:
        say("Er is niets bewaard.")
    elif found.edited or found.added or found.removed:
        say(f"Alinea voor alinea bekijken en zo nodig terugzetten: kamerantwoord changes {found.dossier.id}")
