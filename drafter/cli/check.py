"""`check`: what is stale, wrongly cited, left unanswered or contradicted in a text."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import DATE, as_of_option, bank_option, json_option
from drafter.cli.shared.output import say, tell, write_json
from embeddings.errors import ExitCode, UsageError


@click.command(cls=DutchCommand, short_help="Wijst op wat verouderd, onjuist of onbeantwoord is.")
@click.argument("file", type=click.Path(path_type=Path), metavar="BESTAND")
@click.option(
    "--date", "date", type=DATE, metavar="JJJJ-MM-DD", help="Datum van het stuk, waar de tekst die niet noemt."
)
@click.option(
    "--only", metavar="NAMEN", help="Alleen deze controles, met komma's: staleness,citations,coverage,consistency."
)
@click.option("--off", "off", multiple=True, metavar="SIGNAAL", help="Zet een signaal uit, zoals staleness/link.")
@click.option("--all", "everything", is_flag=True, help="Toon ook wat alleen ter informatie is.")
@click.option(
    "--fail-on",
    type=click.Choice(["warning", "info"]),
    help="Eindig met code 1 als er zo'n signaal is (info: ook bij een waarschuwing).",
)
@click.option(
    "--meaning", is_flag=True, help="Zoek tegenspraak ook op betekenis; dat duurt langer en vraagt het taalmodel."
)
@bank_option
@as_of_option
@json_option
def command(
    file: Path,
    date: datetime.date | None,
    only: str | None,
    off: tuple[str, ...],
    everything: bool,
    fail_on: str | None,
    meaning: bool,
    bank_folder: Path | None,
    as_of: datetime.date,
    as_json: bool,
) -> int:
    """Controleer een antwoord of brief: verouderde feiten, vindplaatsen, dekking en tegenspraak.

    Tijd in de tekst ("jl.", "dit najaar") telt vanaf de datum van het stuk; of iets voorbij is, hangt af van de
    peildatum (--as-of). Is er een bank, dan telt mee wat latere stukken zeggen.

    Waarschuwingen staan er altijd, het ergste eerst; met --all ook wat alleen een blik waard is.
    """
    from drafter.tasks.check import check_file
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        if bank_folder is not None and not workspace.has_bank:
            workspace.bank()  # tells that there is none
        bank = workspace.bank() if workspace.has_bank else None
        checked = check_file(
            file,
            as_of,
            date=date,
            bank=bank,
            only=_names(only),
            settings=workspace.settings,
            off=off,
            encoder=workspace.encoder() if meaning and bank is not None else None,
            inference=workspace.inference(),
        )
    found, text = checked.findings, checked.text
    if as_json:
        from drafter.checks.json_values import as_json as to_json

        write_json({"findings": [to_json(finding) for finding in found]})
    else:
        from drafter.cli.shared.finding_lines import closing_line, finding_lines

        for line in finding_lines(found, text, everything):
            say(line)
        tell(closing_line(found, everything))
    if checked.undated:
        tell(checked.undated)
    loud = [f for f in found if fail_on == "info" or f.is_warning]
    return ExitCode.FINDINGS if fail_on and loud else ExitCode.OK


def _names(only: str | None) -> tuple[str, ...] | None:
    if only is None:
        return None
    from drafter.checks import CHECK_NAMES

    names = tuple(name.strip() for name in only.split(",") if name.strip())
    unknown = [name for name in names if name not in CHECK_NAMES]
    if unknown or not names:
        raise UsageError(f"Onbekende controle: {', '.join(unknown) or only!r}.", f"Kies uit: {', '.join(CHECK_NAMES)}.")
    return names
