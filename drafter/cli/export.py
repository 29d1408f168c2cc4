"""`export`: a dossier to a file."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.export_options import export_options, word_options
from drafter.cli.shared.options import bank_option, output_option
from drafter.cli.shared.output import tell
from embeddings.errors import ExitCode, NotReadyError


@click.command(cls=DutchCommand, short_help="Schrijft een dossier naar Word, Markdown, HTML of JSON.")
@click.argument("dossier", metavar="DOSSIER")
@output_option("Schrijf naar BESTAND: .docx, .md, .html of .json. Mag vaker dan eens.", required=True)
@word_options
@click.option("--clean", is_flag=True, help="Alleen de tekst: geen bronnen, signalen of opmerkingen, niets verborgen.")
@click.option(
    "--ondanks",
    "despite",
    is_flag=True,
    help="Bij --clean: schrijf ook als er antwoorden leeg zijn of waarschuwingen openstaan.",
)
@bank_option
def command(
    dossier: str,
    outputs: tuple[Path, ...],
    track_changes: bool,
    provenance: tuple[str, ...],
    template: Path | None,
    clean: bool,
    despite: bool,
    bank_folder: Path | None,
) -> int:
    """Schrijf het dossier met de naam DOSSIER naar een bestand.

    Het Word-bestand heeft koppen, echte voetnoten en de signalen als opmerkingen. Na bewerking in Word leest
    import-edits het terug. Gebruik --clean voor de tekst die de deur uit gaat. Die wordt niet geschreven zolang er
    antwoorden leeg zijn of waarschuwingen openstaan, tenzij u --ondanks erbij zegt.
    """
    from drafter.dossier.findings.readiness import blocking, points
    from drafter.dossier.store import DossierStore
    from drafter.export import export_dossier
    from drafter.tasks.workspace import Workspace
    from drafter.wording import open_points_words

    options = export_options(track_changes, provenance, template)
    if clean:
        options = options.clean
    with Workspace.from_settings(bank_folder) as workspace:
        held = DossierStore(workspace.bank_folder).load(dossier)
    still_open = blocking(points(held, held.as_of)) if clean else ()
    if still_open and not despite:
        raise NotReadyError(
            f"Dossier {held.id} is nog niet klaar om te verzenden: {open_points_words(still_open)}.",
            "Werk dat af, of zeg bij een waarschuwing dat zij bewust zo is; met --ondanks schrijft u toch.",
        )
    for path in outputs:
        export_dossier(held, path, options)
        tell(f"Geschreven: {path}")
    if still_open:
        tell(f"Let op: nog {open_points_words(still_open)}.")
    return ExitCode.OK
