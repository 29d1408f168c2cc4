"""The manual names keys that exist and pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "handleiding.md").read_text(encoding="utf-8")
SHARING = (DOCS / "samen.md").read_text(encoding="utf-8")


def test_every_picture_is_there_and_needs_nothing_from_elsewhere() -> None:
    pictures = re.findall(r"\((schermen/[\w-]+\.svg)\)", TEXT + SHARING)
    assert len(pictures) > 10
    for picture in pictures:
        svg = (DOCS / picture).read_text(encoding="utf-8")
        assert "@font-face" not in svg
        assert "url(http" not in svg


def test_every_picture_made_is_shown() -> None:
    from docs.maak_schermen import SHOTS, TOGETHER

    assert set(re.findall(r"\(schermen/([\w-]+)\.svg\)", TEXT)) == {"leeg", *SHOTS}
    assert set(re.findall(r"\(schermen/([\w-]+)\.svg\)", SHARING)) == set(TOGETHER)


def test_the_page_of_keys_is_that_of_the_program() -> None:
    """Made anew with ``python -m docs.maak_toetsen``."""
    from docs.maak_toetsen import TARGET, page

    assert TARGET.read_text(encoding="utf-8") == page()


def test_keys_of_a_place_have_one_meaning() -> None:
    """No key is bound twice on one screen, and what a key of the workbench does is said once."""
    from docs.maak_toetsen import PLACES, keys_of

    for title, kinds in PLACES:
        words = [does for _, does in keys_of(kinds)]
        assert len(words) == len(set(words)), title
