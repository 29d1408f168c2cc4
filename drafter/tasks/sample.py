"""The sample that comes with the program: a small bank of an invented ministry, and new questions to it."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).resolve().parents[1] / "voorbeeld"
"""Where the wheel puts it."""

_SOURCE = Path(__file__).resolve().parents[2] / "samples"
"""Where it stands in the source code."""


def sample_bank() -> Path | None:
    """The folder with the documents of the sample; None where this installation came without it."""
    return next((home / "bank" for home in (_INSTALLED, _SOURCE) if (home / "bank").is_dir()), None)


def sample_questions() -> Path | None:
    """The file with new questions to the invented ministry; None as above."""
    name = "nieuwe-vragen.docx"
    return next((home / name for home in (_INSTALLED, _SOURCE) if (home / name).is_file()), None)
