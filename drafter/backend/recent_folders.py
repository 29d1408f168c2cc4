"""Folders that files were taken from last, kept beside the dossiers."""

from __future__ import annotations

import json
from pathlib import Path

_NAME = "laatste-mappen.json"
_KEPT = 8


def recent_folders(home: Path) -> tuple[Path, ...]:
    """The folders kept in `home`, newest first; none where nothing can be read."""
    try:
        data = json.loads((home / _NAME).read_text(encoding="utf-8"))
        return tuple(Path(entry) for entry in data if isinstance(entry, str))
    except (OSError, ValueError):
        return ()


def remember_folder(home: Path, folder: Path) -> None:
    """Keep `folder` as the newest in `home`; where that cannot be written nothing happens."""
    folders = list(dict.fromkeys([folder.resolve(), *recent_folders(home)]))[:_KEPT]
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / _NAME).write_text(json.dumps([str(kept) for kept in folders], ensure_ascii=False), encoding="utf-8")
    except OSError:
        return
