"""`draft`: a new set of questions in, a draft out."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.export_options import export_options, word_options
from drafter.cli.shared.options import as_of_option, bank_option, json_option, output_option
from drafter.cli.shared.output import progress_bar, say, tell, write_json
from embeddings.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from drafter.dossier.value import Dossier


@click.command(cls=DutchCommand, short_help="Maakt van nieuwe vragen een concept met bronnen.")
@click.argument("questions", metavar="[VRAGEN]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--batch",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND.jsonl",
    help="Veel sets tegelijk: per regel id en questions, en zo nodig as_of, portfolio, title en exclude.",
)
@output_option("Schrijf het concept naar BESTAND: .docx, .md, .html of .json. Mag vaker dan eens.")
@word_options
@click.option("--show", is_flag=True, help="Toon het concept ook als het naar een bestand gaat.")
@click.option("--all", "everything", is_flag=True, help="Toon ook de signalen die alleen ter informatie zijn.")
@click.option("--no-save", is_flag=True, help="Bewaar het concept niet als dossier in de map van de bank.")
@as_of_option
@bank_option
@json_option
def command(
    questions: Path | None,
    batch: Path | None,
    outputs: tuple[Path, ...],
    track_changes: bool,
    provenance: tuple[str, ...],
    template: Path | None,
    show: bool,
    everything: bool,
    no_save: bool,
    as_of: datetime.date,
    bank_folder: Path | None,
    as_json: bool,
) -> int:
    """Maak een concept bij de vragen in het bestand VRAGEN.

    Bij elke vraag komt te staan wat eerder is gezegd, elke alinea met haar bron, en een signaal bij wat verouderd kan
    zijn. Is er geen bron, dan staat dat er en blijft het antwoord leeg. Alleen stukken van vóór de peildatum tellen.

    Met --batch komen er concepten bij veel sets, zonder dat die als dossier worden bewaard; met --json één per regel.
    """
    from drafter.export import SUFFIXES, export_dossier
    from drafter.tasks.draft import draft_file, keep
    from drafter.tasks.workspace import Workspace

    if (questions is None) == (batch is None):
        raise UsageError("Geef een bestand met VRAGEN, of een bestand met --batch.", "Een van de twee.")
    if batch is not None:
        if outputs:
            raise UsageError("Met --batch kan geen -o.", "Gebruik --json, en schrijf de uitvoer naar een bestand.")
        return _batch(batch, as_of, bank_folder, everything, as_json)
    assert questions is not None
    options = export_options(track_changes, provenance, template)
    for path in outputs:
        if path.suffix.lower() not in SUFFIXES:
            raise UsageError(f"Onbekend soort uitvoerbestand: {path.name}.", f"Kies uit {', '.join(SUFFIXES)}.")
    with Workspace.from_settings(bank_folder) as workspace:
        with progress_bar(not as_json) as progress:
            dossier = draft_file(workspace, questions, as_of, progress)
        if not no_save:
            from drafter.dossier.store import DossierStore

            dossier = keep(DossierStore(workspace.bank_folder), dossier)
    for path in outputs:
        export_dossier(dossier, path, options)
    if as_json:
        from drafter.export.json.draft import draft_json

        write_json(draft_json(dossier))
        return ExitCode.OK
    if show or not outputs:
        _show(dossier, everything)
    _close(dossier, outputs, kept=not no_save)
    return ExitCode.OK


def _batch(path: Path, as_of: datetime.date, bank_folder: Path | None, everything: bool, as_json: bool) -> int:
    from drafter.cli.shared.draft_lines import summary_line
    from drafter.export.json.draft import draft_json
    from drafter.tasks.draft_batch import HINT, BadRequest, DraftRequest, draft_batch, read_requests
    from drafter.tasks.workspace import Workspace

    requests = read_requests(path, as_of)
    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        drafts = draft_batch(workspace, [r for r in requests if isinstance(r, DraftRequest)], progress)
        for request in requests:
            if isinstance(request, BadRequest):
                tell(f"{path.name}: {request.reason} {HINT}")
                if as_json:
                    write_json({"id": request.id, "error": request.reason}, line=True)
                continue
            dossier = next(drafts)
            if as_json:
                write_json({"id": request.id, "questions": draft_json(dossier)["questions"]}, line=True)
            else:
                say(f"== {request.id}")
                _show(dossier, everything)
                say(summary_line(dossier))
    return ExitCode.INPUT if any(isinstance(r, BadRequest) for r in requests) else ExitCode.OK


def _show(dossier: Dossier, everything: bool) -> None:
    from drafter.cli.shared.draft_lines import draft_lines

    for line in draft_lines(dossier, everything):
        say(line)


def _close(dossier: Dossier, outputs: tuple[Path, ...], *, kept: bool) -> None:
    from drafter.cli.shared.draft_lines import summary_line

    tell(summary_line(dossier))
    for path in outputs:
        tell(f"Geschreven: {path}")
    if kept:
        tell(f"Bewaard als dossier {dossier.id}.")
