"""A whole day on the command line opens no connection: only `fetch`, `share`, `sync`, `serve` and `model get` may."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.encoder import TinyEncoder

from drafter.cli.main import COMMANDS, run

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
DOORS = ("fetch", "share", "sync", "model", "serve")
"""The commands that may open a connection."""

CASE = "2026Z90098"
"""Case number of the sample questions, and so the name of their dossier."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("day")
    return {
        "bank": str(folder / "bank"),
        "json": str(folder / "concept.json"),
        "docx": str(folder / "concept.docx"),
        "jsonl": str(folder / "bank.jsonl"),
    }


def steps(day: dict[str, str]) -> list[list[str]]:
    """Every command that works alone, but `tui`, in the order of a day."""
    bank = ["--bank", day["bank"]]
    as_of = ["--as-of", "2026-05-20"]
    questions = str(SAMPLES / "nieuwe-vragen.docx")
    old, new = (str(path) for path in sorted((SAMPLES / "bank").iterdir())[2:4])
    return [
        ["read", questions],
        ["ingest", *bank, str(SAMPLES / "bank")],
        ["open", *bank, *as_of],
        ["search", *bank, "boete voor een beheerder"],
        ["passages", *bank],
        ["draft", *bank, *as_of, questions, "-o", day["json"], "-o", day["docx"]],
        ["check", *bank, *as_of, day["docx"]],
        ["compare", new, old],
        ["review", *bank, *as_of, day["docx"]],
        ["export", CASE, *bank, "-o", day["docx"]],
        ["import-edits", day["docx"], *bank],
        ["changes", CASE, *bank],
        ["remarks", CASE, *bank],
        ["verify", day["json"], *bank],
        ["bank", "info", *bank],
        ["bank", "list", *bank],
        ["doctor", *bank],
    ]


def test_no_command_that_works_alone_opens_a_connection(
    day: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forbidden(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a command opened a connection")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.setenv("KAMERANTWOORD_DEBUG", "1")  # what goes wrong must not be swallowed
    monkeypatch.setattr("embeddings.models.load_encoder", lambda name=None: TinyEncoder())
    done = []
    for arguments in steps(day):
        code = run(arguments)
        capsys.readouterr()
        assert code in (0, 1), arguments
        done.append(arguments[0])
    assert set(COMMANDS) - set(done) == {*DOORS, "tui"}


def test_nobody_who_works_alone_loads_the_door_to_a_server() -> None:
    """Commands that look whether the bank is shared must not load PostgreSQL's library for it."""
    code = (
        "import sys; from drafter.cli.main import run; run(['bank', 'info', '--bank', 'x']); "
        "import drafter.cli.ingest, drafter.cli.fetch, drafter.cli.share, drafter.cli.sync; "
        "import drafter.tasks.together.sharing; "
        "sys.exit('psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT).returncode == 0
