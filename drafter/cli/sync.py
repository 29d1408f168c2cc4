"""`sync`: exchange with the shared bank."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import progress_bar
from drafter.cli.shared.sharing import ask_password, show_report
from embeddings.errors import UsageError


@click.command(cls=DutchCommand, short_help="Wisselt uit met de gedeelde bank.")
@click.option("--allow-removals", is_flag=True, help="Ook als hier heel veel is verwijderd.")
@bank_option
@json_option
def command(allow_removals: bool, bank_folder: Path | None, as_json: bool) -> None:
    """Wisselt uit met de gedeelde bank: wat u hebt toegevoegd gaat erheen, wat anderen toevoegden komt bij u.

    Dit gaat ook vanzelf: na 'ingest', en zolang de schermen open zijn. Lukt het niet, dan werkt u gewoon door; wat
    wacht, gaat de volgende keer mee.
    """
    from drafter.tasks import sharing
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        report = sharing.sync(workspace, ask_password, progress, many_removals=allow_removals)
    if report is None:
        raise UsageError("Deze bank volgt geen gedeelde bank.", "Begin met: kamerantwoord share join ADRES")
    show_report(report, as_json)
