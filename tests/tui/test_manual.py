"""The manual names keys that exist and pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "handleiding.md").read_text(encoding="utf-8")


def test_every_picture_is_there_and_needs_nothing_from_elsewhere() -> None:
    pictures = re.findall(r"\((schermen/[\w-]+\.svg)\)", TEXT)
    assert len(pictures) > 10
    for picture in pictures:
        svg = (DOCS / picture).read_text(encoding="utf-8")
        assert "@font-face" not in svg
        assert "url(http" not in svg


def test_every_picture_made_is_shown() -> None:
    from docs.maak_schermen import SHOTS

    assert set(re.findall(r"\(schermen/([\w-]+)\.svg\)", TEXT)) == {"leeg", *SHOTS}
