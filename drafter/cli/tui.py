"""`tui`: the screens."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import as_of_option, bank_option
from drafter.cli.shared.output import tell


@click.command(cls=DutchCommand, short_help="Opent de schermen (ook zonder commando).")
@click.argument("dossier", required=False)
@bank_option
@as_of_option
def command(dossier: str | None, bank_folder: Path | None, as_of: datetime.date) -> int:
    """Opent de schermen, met DOSSIER als dat is genoemd.

    Alles wat u doet wordt meteen bewaard in de map van de bank. Druk in de schermen op ? voor de toetsen van waar u
    bent, en op ^p voor alle opdrachten.
    """
    # Deferred: half of the time to start is in here, and `--help` needs none of it.
    from drafter.backend.hub import shared_addresses
    from drafter.backend.worker import worker_backend
    from drafter.tasks.watcher import watching
    from tui.app import KamerantwoordApp

    # In a browser one watcher serves all who look.
    watcher = watching(bank_folder) if shared_addresses() is None else contextlib.nullcontext()
    with watcher, contextlib.closing(worker_backend(bank_folder, as_of)) as backend:
        app = KamerantwoordApp(backend, dossier)
        app.run()
        for error in app.unsaved:
            tell(str(error))
        if app.crash is not None:
            raise app.crash
    return app.return_code or 0
