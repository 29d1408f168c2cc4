"""Folders that files were taken from last, and those files, kept beside the dossiers."""

from __future__ import annotations

import json
from pathlib import Path

_NAME = "laatste-mappen.json"
_FILES = "laatste-bestanden.json"
_KEPT = 8


def recent_folders(home: Path) -> tuple[Path, ...]:
    """The folders kept in `home`, newest first; none where nothing can be read."""
    return _kept(home / _NAME)


def recent_files(home: Path) -> tuple[Path, ...]:
    """The files kept in `home`, newest first; none where nothing can be read."""
    return _kept(home / _FILES)


def remember_folder(home: Path, folder: Path) -> None:
    """Keep `folder` as the newest in `home`; where that cannot be written nothing happens."""
    _keep(home / _NAME, folder)


def remember_file(home: Path, file: Path) -> None:
    """Keep `file` as the newest in `home`; where that cannot be written nothing happens."""
    _keep(home / _FILES, file)


def _kept(kept: Path) -> tuple[Path, ...]:
    try:
        data = json.loads(kept.read_text(encoding="utf-8"))
        return tuple(Path(entry) for entry in data if isinstance(entry, str))
    except (OSError, ValueError):
        return ()


def _keep(kept: Path, newest: Path) -> None:
    try:
        paths = list(dict.fromkeys([newest.resolve(), *_kept(kept)]))[:_KEPT]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([str(path) for path in paths], ensure_ascii=False), encoding="utf-8")
    except (OSError, ValueError, RuntimeError):
        return
