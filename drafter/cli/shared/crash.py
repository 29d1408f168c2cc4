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
            *traceback.format_exception(error),
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
