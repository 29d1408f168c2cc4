"""Paths as people type and paste them: whatever it is, it ends as a path or as a sentence on what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from embeddings.errors import UsageError

_LONGEST = 4000


def typed_path(text: str, base: Path | None = None) -> Path:
    """The path in a line that was typed or pasted; a relative one starts in `base`.

    Raises:
        UsageError: it can be no path.
    """
    value = text.strip().strip("'\"")
    if not value or "\n" in value or "\0" in value or len(value) > _LONGEST:
        raise UsageError("Dat is geen pad.", "Typ of plak één pad.")
    try:
        path = Path(value).expanduser()
    except (RuntimeError, ValueError, OSError) as error:
        raise UsageError("Die map van een gebruiker is niet te vinden.", "Schrijf het pad voluit.") from error
    return path if base is None or path.is_absolute() else base / path


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False where that cannot be seen, such as on a disk that went away."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Whether it is a file; False where that cannot be seen."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def home() -> Path:
    """The user's own folder, else the root: there is always somewhere to begin."""
    try:
        return Path.home()
    except (RuntimeError, OSError):
        return Path("/")


def here() -> Path:
    """The folder where the program was started, where that is still there."""
    try:
        return Path.cwd()
    except OSError:
        return home()
