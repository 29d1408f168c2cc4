"""A database of ours as it is at one moment, in a file of its own, while others go on writing to it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from answers_bank.store.connection import FILE_NAME, translated

LEDGER_NAME = "ophalen.sqlite"

__all__ = ["FILE_NAME", "LEDGER_NAME", "snapshot"]


def snapshot(source: Path, target: Path) -> None:
    """Copy the database in `source` to a new file, with nothing beside it.

    Raises:
        BankError: it is damaged, or the copy cannot be written.
    """
    with translated(source):
        reading = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=60)
        with contextlib.closing(reading), contextlib.closing(sqlite3.connect(target)) as writing:
            reading.backup(writing)  # all pages in one step: of one moment
            writing.execute("PRAGMA journal_mode = DELETE")
