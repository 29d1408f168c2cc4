"""The program as it starts, but for the encoder: a tiny one, so that no model is needed."""

from __future__ import annotations

import contextlib
import datetime
import functools
from pathlib import Path

from drafter.backend.worker import WorkerBackend
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace
from support.encoder import TinyEncoder
from tui.app import KamerantwoordApp


def workspace(bank: str) -> Workspace:
    return Workspace(Settings(), Path(bank), TinyEncoder())


def backend(bank: str) -> WorkerBackend:
    return WorkerBackend(workspace(bank), functools.partial(workspace, bank), datetime.date(2026, 5, 20))


def main(bank: str) -> None:
    """Open the screens on `bank`."""
    with contextlib.closing(backend(bank)) as worker:
        KamerantwoordApp(worker).run()
