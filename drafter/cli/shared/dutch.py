"""The command line library in Dutch, with commands that are imported only when they run."""

from __future__ import annotations

import importlib
import re
from typing import Any

import click

_TYPES = {"INTEGER RANGE": "GETAL", "INTEGER": "GETAL", "TEXT": "TEKST", "FILE": "BESTAND", "DIRECTORY": "MAP"}
_EXTRA = re.compile(r"\[((?:default: |required|[^\[\]]*<=?x)[^\[\]]*)\]$")


class DutchCommand(click.Command):
    """A command whose help is in Dutch."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, described in Dutch."""
        return _dutch_help(super().get_help_option(ctx))


class DutchGroup(click.Group):
    """A group whose help is in Dutch and whose commands are named beforehand and imported late."""

    def __init__(self, *args: Any, commands_from: dict[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        kwargs.setdefault("subcommand_metavar", "COMMANDO [ARGUMENTEN]")
        super().__init__(*args, **kwargs)
        self.commands_from = commands_from or {}
        self.command_class = DutchCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of a user's day."""
        return [*self.commands_from, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command called `cmd_name`."""
        if cmd_name in self.commands_from:
            module = importlib.import_module(self.commands_from[cmd_name][0])
            command = module.command
            assert isinstance(command, click.Command)
            return command
        return super().get_command(ctx, cmd_name)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a command, without importing those that are not needed."""
        rows = [(name, line) for name, (_, line) in self.commands_from.items()]
        rows += [(name, command.get_short_help_str(100)) for name, command in sorted(self.commands.items())]
        if rows:
            with formatter.section("Commando's"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, described in Dutch."""
        return _dutch_help(super().get_help_option(ctx))


def usage_message(error: click.UsageError) -> str:
    """What is wrong with the call, in Dutch."""
    if isinstance(error, click.NoSuchOption):
        near = f" Bedoelt u {' of '.join(sorted(error.possibilities)[:3])}?" if error.possibilities else ""
        return f"De optie {error.option_name} bestaat niet.{near}"
    if isinstance(error, click.MissingParameter):
        named = error.param.human_readable_name if error.param else "een argument"
        if isinstance(error.param, click.Option):
            named = error.param.opts[0]
        return f"{named} ontbreekt."
    if isinstance(error, click.BadOptionUsage):
        return f"De optie {error.option_name} is niet goed gebruikt."
    if isinstance(error, click.BadParameter):
        where = ""
        if error.param is not None:
            where = error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name
        return f"De waarde van {where} klopt niet: {_reason(error)}" if where else _reason(error)
    message = error.format_message()
    if message.startswith("No such command"):
        name = message.split("'")[1] if "'" in message else ""
        return f"Het commando '{name}' bestaat niet."
    if message.startswith("Got unexpected extra argument"):
        return f"Er staat te veel op de regel: {message.partition('(')[2].rstrip(')')}"
    return "De aanroep klopt niet." if message.startswith("Missing command") else message


def _reason(error: click.BadParameter) -> str:
    message = error.message
    value = message.split("'")[1] if message.count("'") >= 2 else ""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"'{value}' is geen keuze; kies uit {', '.join(str(choice) for choice in kind.choices)}."
    if isinstance(kind, click.IntRange):
        return f"{value or 'de waarde'} moet een heel getal zijn tussen {kind.min} en {kind.max or 'onbeperkt'}."
    if isinstance(kind, click.types.IntParamType):
        return f"'{value}' is geen heel getal."
    if isinstance(kind, click.Path):
        if "does not exist" in message:
            return f"'{value}' bestaat niet."
        if "is a directory" in message:
            return f"'{value}' is een map."
        if "is a file" in message:
            return f"'{value}' is een bestand."
        return f"'{value}' kan niet worden gebruikt."
    return message


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options; arguments stand in the usage line and in the text above."""
    options = [parameter for parameter in command.get_params(ctx) if isinstance(parameter, click.Option)]
    rows = [_dutch_row(row) for option in options if (row := option.get_help_record(ctx)) is not None]
    if rows:
        with formatter.section("Opties"):
            formatter.write_dl(rows)


def _dutch_row(row: tuple[str, str]) -> tuple[str, str]:
    """What the library itself adds to an option, in Dutch."""
    names, text = row
    for english, dutch in _TYPES.items():
        names = re.sub(rf"\b{english}$", dutch, names)
    text = _EXTRA.sub(lambda match: _dutch_extra(match[1]), text)
    return names, text.rstrip()


def _dutch_extra(extra: str) -> str:
    parts = [part.strip() for part in extra.split(";")]
    said = [f"standaard: {part.removeprefix('default: ')}" for part in parts if part.startswith("default: ")]
    said += ["verplicht" for part in parts if part == "required"]
    return f"({', '.join(said)})" if said else ""


def _dutch_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Toon deze uitleg en stop."
    return option
