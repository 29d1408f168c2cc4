"""Folders that files were taken from last, and those files, kept beside the dossiers."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from embeddings.files import changing, write_whole

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


def _kept(file: Path) -> tuple[Path, ...]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    # What stands in a file of ours may be of somebody else's making.
    names = data if isinstance(data, list) else []
    return tuple(Path(entry) for entry in names if isinstance(entry, str) and entry and "\0" not in entry)[:_KEPT]


def _keep(file: Path, newest: Path) -> None:
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with changing(file, wait=1.0):
            paths = list(dict.fromkeys([newest.resolve(), *_kept(file)]))[:_KEPT]
            write_whole(file, json.dumps([str(path) for path in paths], ensure_ascii=True).encode())
