"""`model`: the language model of this machine."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchGroup
from drafter.cli.shared.options import json_option
from drafter.cli.shared.output import say, tell, write_json


@click.group(cls=DutchGroup, short_help="Zorgt voor het taalmodel.")
def command() -> None:
    """Zorgt voor het taalmodel op machines waarvoor het niet is meegeleverd (Windows, macOS, Arm)."""


@command.command("get", short_help="Haalt het standaardmodel op.")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="BESTAND",
    help="Neem dit bestand (.whl of .bin) in plaats van het op te halen; voor een machine zonder netwerk.",
)
@json_option
def get(file: Path | None, as_json: bool) -> None:
    """Haalt de gewichten van het standaardmodel op met pip, dus met uw eigen instellingen voor mirror en proxy.

    Het bestand (90 MB) wordt nagekeken aan zijn SHA-256 en uitgepakt (500 MB).
    """
    from drafter.tasks.upkeep.model import get_model

    if not as_json and file is None:
        tell("Het taalmodel wordt opgehaald…")
    ready = get_model(file)
    if as_json:
        write_json({"weights": str(ready.weights), "folder": str(ready.folder)})
    else:
        say(f"Het taalmodel staat klaar in {ready.folder}.")
