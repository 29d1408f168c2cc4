"""What the documents say is there, is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafter.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`kamerantwoord {name}`" not in text] == []


def test_commands_in_the_documents_exist() -> None:
    """A command line in a document begins with a command that the program knows."""
    named = {
        match[1]
        for page in PAGES
        for match in re.finditer(r"^\s*(?:\$ )?kamerantwoord ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link or picture points to a file of the project."""
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
