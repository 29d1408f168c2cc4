"""Folders that files were taken from last, kept beside the dossiers."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from embeddings.files import changing, write_whole

_NAME = "laatste-mappen.json"
_KEPT = 8


def recent_folders(home: Path) -> tuple[Path, ...]:
    """The folders kept in `home`, newest first; none where nothing can be read."""
    try:
        data = json.loads((home / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    # What stands in a file of ours may be of somebody else's making.
    names = data if isinstance(data, list) else []
    return tuple(Path(entry) for entry in names if isinstance(entry, str) and entry and "\0" not in entry)[:_KEPT]


def remember_folder(home: Path, folder: Path) -> None:
    """Keep `folder` as the newest in `home`; where that cannot be written nothing happens."""
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        home.mkdir(parents=True, exist_ok=True)
        with changing(home / _NAME, wait=1.0):
            folders = list(dict.fromkeys([folder.resolve(), *recent_folders(home)]))[:_KEPT]
            write_whole(home / _NAME, json.dumps([str(kept) for kept in folders], ensure_ascii=True).encode())
