"""The house rules that a linter cannot hold."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from drafter.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("embeddings", "answers_bank", "drafter", "tui")
HEAVY = {"torch", "faiss", "textual", "sentence_transformers", "transformers", "numpy", "lxml", "docx", "rich", "yaml"}


def test_help_loads_nothing_heavy() -> None:
    """`--help` is felt at once: it must not import what only some commands need."""
    code = (
        "import sys; from drafter.cli.main import run; run(['--help']); "
        f"loaded = {HEAVY!r} & set(sys.modules); sys.stderr.write(','.join(sorted(loaded)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert "Gebruik: kamerantwoord" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_dutch_help(name: str) -> None:
    """Each command can be imported, is in Dutch, and describes each of its options."""
    context = click.Context(cli, info_name="kamerantwoord")
    command = cli.get_command(context, name)  # type: ignore[attr-defined]
    assert command is not None
    with command.make_context(name, [], parent=context, resilient_parsing=True) as sub:
        text = command.get_help(sub)
        assert "Gebruik:" in text
        assert "Options" not in text
        assert "Usage" not in text
        assert not re.search(r"\[default|\[required|INTEGER|<=x", text)
        for parameter in command.get_params(sub):
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts[0]} has no help"


def test_the_four_packages_come_from_one_place() -> None:
    """Another distribution may ship a package called `embeddings` or `drafter`: ours must be the ones in use."""
    places = {Path(str(importlib.import_module(name).__file__)).resolve().parents[1] for name in PACKAGES}
    assert places == {ROOT}


def test_no_module_grows_past_its_subject() -> None:
    """A module that passes about 400 lines is asking to be two; the bound leaves a little air."""
    long = {
        str(path.relative_to(ROOT)): count
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert long == {}
