"""`export`: a dossier to a file."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.export_options import export_options, word_options
from drafter.cli.shared.options import bank_option, output_option
from drafter.cli.shared.output import tell


@click.command(cls=DutchCommand, short_help="Schrijft een dossier naar Word, Markdown, HTML of JSON.")
@click.argument("dossier", metavar="DOSSIER")
@output_option("Schrijf naar BESTAND: .docx, .md, .html of .json. Mag vaker dan eens.", required=True)
@word_options
@click.option("--clean", is_flag=True, help="Alleen de tekst: geen bronnen, signalen of opmerkingen, niets verborgen.")
@bank_option
def command(
    dossier: str,
    outputs: tuple[Path, ...],
    track_changes: bool,
    provenance: tuple[str, ...],
    template: Path | None,
    clean: bool,
    bank_folder: Path | None,
) -> None:
    """Schrijf het dossier met de naam DOSSIER naar een bestand.

    Het Word-bestand heeft koppen, echte voetnoten en de signalen als opmerkingen. Na bewerking in Word leest
    import-edits het terug. Gebruik --clean voor de tekst die de deur uit gaat.
    """
    import dataclasses

    from drafter.dossier.store import DossierStore
    from drafter.export import export_dossier
    from drafter.tasks.workspace import Workspace

    options = export_options(track_changes, provenance, template)
    if clean:
        options = dataclasses.replace(
            options, provenance=frozenset(), findings=False, remarks=False, cover=False, embed=False
        )
    with Workspace.from_settings(bank_folder) as workspace:
        held = DossierStore(workspace.bank_folder).load(dossier)
    for path in outputs:
        export_dossier(held, path, options)
        tell(f"Geschreven: {path}")
