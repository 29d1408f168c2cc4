"""Backends for the benchmark of the screens, made in the processes that do their work."""

from __future__ import annotations

import datetime
import functools
import json
from pathlib import Path

from benchmarks.synthetic import FastEncoder, records, sentences
from drafter.backend.local import Backend
from drafter.backend.worker import WorkerBackend
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace

AS_OF = datetime.date(2026, 2, 2)


def fast_workspace(folder: Path) -> Workspace:
    """With an encoder that costs nothing."""
    return Workspace(Settings(), folder, FastEncoder())


def real_workspace(folder: Path) -> Workspace:
    """With the model that comes with the program."""
    return Workspace(Settings(), folder)


def load(workspace: Workspace) -> None:
    """Load its model."""
    workspace.encoder().encode_queries(["warm"])


def measured_backend(folder: Path, threads: bool) -> Backend:
    """As the screens have it, or with all work in threads of the program itself, to compare with."""
    if threads:
        return Backend(fast_workspace(folder), AS_OF)
    return WorkerBackend(fast_workspace(folder), functools.partial(fast_workspace, folder), AS_OF)


def register(file: Path, seed: int, count: int = 200) -> Path:
    """A register of `count` new documents to fill a bank with."""
    texts = sentences(None, 2000)
    lines = (json.dumps(record | {"id": f"nieuw{seed}-{n}"}) for n, record in enumerate(records(count, texts, seed)))
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
