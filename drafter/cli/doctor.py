"""`doctor`: whether everything works."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import say, write_json
from embeddings.errors import ExitCode

_MARKS = {"good": "goed ", "note": "let op", "bad": "fout "}


@click.command(cls=DutchCommand, short_help="Kijkt na of alles werkt.")
@click.option("--thorough", is_flag=True, help="Lees de hele bank en het hele taalmodel na; duurt langer.")
@bank_option
@json_option
def command(thorough: bool, bank_folder: Path | None, as_json: bool) -> int:
    """Kijkt na wat er is geïnstalleerd, welk taalmodel er is, en of de bank heel is.

    Eindigt met code 4 als er iets niet werkt.
    """
    from drafter.tasks.upkeep.health import State, examine
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        checks = examine(workspace, thorough=thorough)
    bad = any(check.state is State.BAD for check in checks)
    if as_json:
        write_json({"ok": not bad, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            say(f"{_MARKS[check.state.value]:6}  {check.name}: {check.message}")
            if check.hint:
                say(f"        {check.hint}")
    return ExitCode.BANK if bad else ExitCode.OK
