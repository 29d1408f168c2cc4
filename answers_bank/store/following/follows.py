"""Whether a bank follows a shared one: asked before anything is shown, so it loads nothing else."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path


def follows(folder: Path) -> bool:
    """Whether the bank in `folder` follows a shared one; False too where there is none or it cannot be read."""
    path = folder / "bank.sqlite"
    if not path.is_file():
        return False
    with contextlib.suppress(sqlite3.Error, MemoryError, UnicodeDecodeError):  # a damaged one raises any
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=1)) as connection:
            return connection.execute("SELECT 1 FROM meta WHERE name = 'shared'").fetchone() is not None
    return False
