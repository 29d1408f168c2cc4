"""`tui`: the screens."""

from __future__ import annotations

import contextlib
import datetime
import os
import sys
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import as_of_option, bank_option
from drafter.cli.shared.output import tell
from embeddings.errors import UsageError


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
    from drafter.backend.worker import worker_backend
    from tui.app import KamerantwoordApp

    if "TEXTUAL_DRIVER" not in os.environ and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "De schermen hebben een terminal nodig, en die is er hier niet.",
            "Open een terminal en start daar kamerantwoord; in een script gebruikt u de andere commando's (--help).",
        )
    with contextlib.closing(worker_backend(bank_folder, as_of)) as backend:
        if dossier is not None:
            backend.store.load(dossier)  # told before the screens are there
        app = KamerantwoordApp(backend, dossier)
        app.run()
        for error in app.unsaved:
            tell(str(error))
        if app.crash is not None:
            raise app.crash
    return app.return_code or 0
