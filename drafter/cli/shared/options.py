"""Options that commands share."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])


class DateType(click.ParamType):  # type: ignore[type-arg]
    """A day, written as YYYY-MM-DD or as it is written in Dutch."""

    name = "JJJJ-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day, or a complaint that shows how to write one."""
        if isinstance(value, datetime.date):
            return value
        from answers_bank.dutch.time.dates import typed_day

        day = typed_day(str(value))
        if day is None:
            self.fail(f"'{value}' is geen datum; schrijf 2026-03-31.", param, ctx)
        return day


DATE = DateType()


def bank_option(function: F) -> F:
    """`--bank DIR`, given to the command as `bank_folder: Path | None`."""
    return click.option(
        "--bank",
        "bank_folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="MAP",
        help="Map van de bank. Zonder deze optie: die in uw gegevensmap, of die van de instellingen.",
    )(function)


def output_option(help: str, *, required: bool = False) -> Callable[[F], F]:
    """`-o FILE`, as often as wanted, given to the command as `outputs: tuple[Path, ...]`."""
    return click.option(
        "-o",
        "--output",
        "outputs",
        metavar="BESTAND",
        multiple=True,
        required=required,
        type=click.Path(path_type=Path, dir_okay=False),
        help=help,
    )


def as_of_option(function: F) -> F:
    """`--as-of DATE`, given to the command as `as_of: datetime.date` (today when absent)."""
    return click.option(
        "--as-of",
        "as_of",
        type=DATE,
        metavar="JJJJ-MM-DD",
        default=lambda: datetime.date.today(),
        show_default=False,
        help="Peildatum. Zonder deze optie: vandaag.",
    )(function)


def json_option(function: F) -> F:
    """`--json`, given to the command as `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="Schrijf één JSON-object, voor andere programma's.")(
        function
    )
