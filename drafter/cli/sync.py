"""`sync`: exchange with the shared bank."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import progress_bar, tell, write_json
from drafter.cli.shared.sharing import ask_password, show_report
from embeddings.errors import KamerantwoordError, UsageError


@click.command(cls=DutchCommand, short_help="Wisselt uit met de gedeelde bank.")
@click.option("--allow-removals", is_flag=True, help="Ook als hier heel veel is verwijderd.")
@click.option("--watch", is_flag=True, help="Blijf verbonden en wissel uit bij elke wijziging (stoppen: Ctrl-C).")
@bank_option
@json_option
def command(allow_removals: bool, watch: bool, bank_folder: Path | None, as_json: bool) -> None:
    """Wisselt uit met de gedeelde bank: wat u hebt toegevoegd gaat erheen, wat anderen toevoegden komt bij u.

    Dit gaat ook vanzelf: na 'ingest', en zolang de schermen open zijn. Lukt het niet, dan werkt u gewoon door; wat
    wacht, gaat de volgende keer mee.
    """
    from drafter.tasks.together import sharing
    from drafter.tasks.workspace import Workspace

    if watch:
        _watch(bank_folder, as_json)
        return
    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        report = sharing.sync(workspace, ask_password, progress, many_removals=allow_removals)
    if report is None:
        raise _follows_none()
    show_report(report, as_json)


def _watch(bank_folder: Path | None, as_json: bool) -> None:
    import threading
    from dataclasses import asdict

    from drafter.tasks.together import keeping_up, sharing
    from drafter.tasks.workspace import Workspace

    trouble = ""

    def told(error: KamerantwoordError | None, report: sharing.SyncReport | None) -> None:
        nonlocal trouble
        before, trouble = trouble, f"{error.message} {error.hint}" if error is not None else ""
        if trouble:
            if trouble != before:  # it is tried again and again
                tell(trouble)
            return
        if before:
            tell("Weer verbonden.")
        if report is not None and as_json:
            write_json(asdict(report), line=True)
        elif report is not None and report.anything:
            show_report(report, as_json)

    with Workspace.from_settings(bank_folder) as workspace:
        if not workspace.has_bank or workspace.bank().shared.following() is None:
            raise _follows_none()
        keeping_up.follow_along(workspace, threading.Event(), ask_password, told)


def _follows_none() -> UsageError:
    return UsageError("Deze bank volgt geen gedeelde bank.", "Begin met: kamerantwoord share join ADRES")
