"""What the documents say is there, is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafter.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("embeddings", "answers_bank", "drafter", "tui", "benchmarks", "samples", "tests", "tools", "docs")
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_modules_that_are_named_exist(page: Path) -> None:
    """A path of a module, or its end, is that of a module of the project."""
    there = [f"/{path.relative_to(ROOT).as_posix()}" for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    named = re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in there)] == []


def test_the_architecture_tells_of_every_room() -> None:
    """Each folder of a package that holds modules is in its table."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for package in ("embeddings", "answers_bank", "drafter", "tui"):
        rooms = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
        table = text.partition(f"### {package}")[2].partition("\n### ")[0]
        assert sorted(room for room in rooms if f"`{room}/`" not in table) == []
