"""Where the details of an unforeseen error go: to a file, never to the screen."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path


def keep_report(error: BaseException) -> Path:
    """Write the traceback and versions to the user's log folder (or a temporary one) and return the file."""
    from platformdirs import user_log_path

    text = "".join(
        [
            f"kamerantwoord op Python {platform.python_version()} ({platform.platform()})\n",
            f"aanroep: {' '.join(sys.argv[1:2])}\n\n",  # the command only: file names can be confidential
            *_without_words(error),
        ]
    )
    try:
        folder = user_log_path("kamerantwoord")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "laatste-fout.txt"
        path.write_text(text, encoding="utf-8")
    except OSError:
        with tempfile.NamedTemporaryFile(
            "w", prefix="kamerantwoord-", suffix=".txt", delete=False, encoding="utf-8"
        ) as kept:
            kept.write(text)
        path = Path(kept.name)
    return path


def _without_words(error: BaseException) -> list[str]:
    """Where it went wrong, without the messages: those may hold what the user typed, or the name of a file."""
    lines = []
    told: BaseException | None = error
    while told is not None:
        number = getattr(told, "errno", None)
        lines += traceback.format_tb(told.__traceback__)
        lines.append(f"{type(told).__name__}{f' (errno {number})' if number else ''}\n\n")
        told = told.__cause__ or told.__context__
    return lines
