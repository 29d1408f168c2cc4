"""The program as it starts, but for the encoder: a tiny one, so that no model is needed."""

from __future__ import annotations

import contextlib
import datetime
import functools
from pathlib import Path

from drafter.bank_desk import BankDesk
from drafter.remote_desk import RemoteDesk
from drafter.settings import Settings
from drafter.workspace import Workspace
from support.encoder import TinyEncoder
from tui.app import KamerantwoordApp


def desk(bank: str) -> BankDesk:
    return BankDesk(Workspace(Settings(), Path(bank), TinyEncoder()), datetime.date(2026, 5, 20))


def main(bank: str) -> None:
    """Open the screens on `bank`."""
    with contextlib.closing(RemoteDesk(desk(bank), functools.partial(desk, bank))) as remote:
        KamerantwoordApp(remote).run()  # type: ignore[arg-type]
