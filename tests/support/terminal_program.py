"""The program as it starts, but for the encoder: a tiny one, so that no model is needed."""

from __future__ import annotations

import datetime
from pathlib import Path

from drafter.bank_desk import BankDesk
from drafter.settings import Settings
from drafter.workspace import Workspace
from support.encoder import TinyEncoder
from tui.app import KamerantwoordApp


def main(bank: str) -> None:
    """Open the screens on `bank`."""
    workspace = Workspace(Settings(), Path(bank), TinyEncoder())
    KamerantwoordApp(BankDesk(workspace, datetime.date(2026, 5, 20))).run()
