"""`read`: how files are understood."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import json_option
from drafter.cli.shared.output import say, tell, write_json
from drafter.cli.shared.plain import plain
from embeddings.errors import ExitCode, InputError, UsageError


@click.command(cls=DutchCommand, short_help="Laat zien hoe een bestand wordt begrepen.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BESTAND…")
@click.option("--text", "as_text", is_flag=True, help="Schrijf de tekst waarin alle posities tellen, en niets anders.")
@json_option
def command(files: tuple[Path, ...], as_text: bool, as_json: bool) -> int:
    """Laat per bestand zien wat het is en wat erin staat: vragen, antwoorden, datums, bewindspersonen en noten.

    Wat twijfelachtig is, staat achter een uitroepteken. Een bestand dat niet gelezen kan worden, houdt de rest niet
    tegen.
    """
    if as_text:
        return _write_text(files)
    from answers_bank.apart.readers import read_file
    from answers_bank.reading.outline import as_json as to_json
    from answers_bank.reading.outline import outline as to_outline

    shown: list[dict[str, object]] = []
    failed = 0
    for number, file in enumerate(files):
        try:
            document = read_file(file)
        except InputError as error:
            failed += 1
            shown.append({"file": str(file), "error": str(error)})
            if not as_json:
                tell(f"Fout: {error.message} {error.hint}".strip())
            continue
        shown.append(to_json(document, str(file)))
        if not as_json:
            if number:
                say()
            say(to_outline(document))
    if as_json:
        write_json({"documents": shown})
    return ExitCode.INPUT if failed == len(files) else ExitCode.OK


def _write_text(files: tuple[Path, ...]) -> int:
    if len(files) != 1:
        raise UsageError("--text toont de tekst van één bestand.", "Noem één bestand.")
    from answers_bank.apart.readers import read_file

    text = read_file(files[0]).text
    # A terminal never gets raw escape codes; a pipe or file gets exactly the text.
    sys.stdout.write(plain(text) if sys.stdout.isatty() else text)
    return ExitCode.OK
