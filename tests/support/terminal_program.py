"""The program as it starts, but for the encoder: a tiny one, so that no model is needed."""

from __future__ import annotations

import contextlib
import datetime
import functools
from pathlib import Path

from drafter.backend.local import BankDesk
from drafter.backend.worker import RemoteDesk
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace
from support.encoder import TinyEncoder
from tui.app import KamerantwoordApp


def desk(bank: str) -> BankDesk:
    return BankDesk(Workspace(Settings(), Path(bank), TinyEncoder()), datetime.date(2026, 5, 20))


def main(bank: str) -> None:
    """Open the screens on `bank`."""
    with contextlib.closing(RemoteDesk(desk(bank), functools.partial(desk, bank))) as remote:
        KamerantwoordApp(remote).run()  # type: ignore[arg-type]
