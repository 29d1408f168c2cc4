"""Desks for the benchmark of the screens, made in the processes that do their work."""

from __future__ import annotations

import datetime
import functools
import json
from pathlib import Path

from benchmarks.synthetic import FastEncoder, records, sentences
from drafter.backend.local import BankDesk
from drafter.backend.protocol import Desk
from drafter.backend.worker import RemoteDesk
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace

AS_OF = datetime.date(2026, 2, 2)


def fast_desk(folder: Path) -> BankDesk:
    """With an encoder that costs nothing."""
    return BankDesk(Workspace(Settings(), folder, FastEncoder()), AS_OF)


def real_desk(folder: Path) -> BankDesk:
    """With the model that comes with the program."""
    return BankDesk(Workspace(Settings(), folder), AS_OF)


def measured_desk(folder: Path, threads: bool) -> Desk:
    """As the screens have it, or with all work in threads of the program itself, to compare with."""
    if threads:
        return fast_desk(folder)
    desk: Desk = RemoteDesk(fast_desk(folder), functools.partial(fast_desk, folder))  # type: ignore[assignment]
    return desk


def register(file: Path, seed: int, count: int = 200) -> Path:
    """A register of `count` new documents to fill a bank with."""
    texts = sentences(None, 2000)
    lines = (json.dumps(record | {"id": f"nieuw{seed}-{n}"}) for n, record in enumerate(records(count, texts, seed)))
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
