"""The program's entry: finds the command, shows errors, sets the exit code."""

from __future__ import annotations

import errno
import logging
import os
import platform
import sys
from collections.abc import Sequence

import click

from drafter.cli.shared.dutch import DutchGroup, usage_message
from drafter.cli.shared.plain import plain
from embeddings.errors import Cancelled, ExitCode, KamerantwoordError
from embeddings.notices import LOGGER

# Command -> (module, what it does in one line). The module is imported only when the command runs.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("drafter.cli.read", "Laat zien hoe een bestand wordt begrepen."),
    "ingest": ("drafter.cli.ingest", "Zet bestanden en mappen in de bank."),
    "fetch": ("drafter.cli.fetch", "Haalt stukken op bij de officiële bronnen."),
    "open": ("drafter.cli.open", "Toont vragen die nog op antwoord wachten."),
    "search": ("drafter.cli.search", "Zoekt eerdere antwoorden en passages."),
    "draft": ("drafter.cli.draft", "Maakt van nieuwe vragen een concept met bronnen."),
    "check": ("drafter.cli.check", "Wijst op wat verouderd, onjuist of onbeantwoord is."),
    "compare": ("drafter.cli.compare", "Vergelijkt twee teksten en toont tegenspraak."),
    "review": ("drafter.cli.review", "Toont wat letterlijk, bewerkt of eigen tekst is."),
    "passages": ("drafter.cli.passages", "Toont standaardpassages en hun versies."),
    "export": ("drafter.cli.export", "Schrijft een dossier naar Word, Markdown, HTML of JSON."),
    "changes": ("drafter.cli.changes", "Toont wat uit Word terugkwam; om te laten staan of terug te zetten."),
    "remarks": ("drafter.cli.remarks", "Toont de opmerkingen bij een dossier; om af te doen."),
    "import-edits": ("drafter.cli.import_edits", "Leest een bewerkt Word-bestand terug in het dossier."),
    "verify": ("drafter.cli.verify", "Controleert elk citaat van een concept tegen de bank."),
    "bank": ("drafter.cli.bank", "Beheert de bank."),
    "share": ("drafter.cli.share", "Deelt de bank met anderen."),
    "sync": ("drafter.cli.sync", "Wisselt uit met de gedeelde bank."),
    "model": ("drafter.cli.model", "Zorgt voor het taalmodel (Windows, macOS, Arm)."),
    "doctor": ("drafter.cli.doctor", "Kijkt na of alles werkt."),
    "serve": ("drafter.cli.serve", "Toont de schermen in een browser."),
    "tui": ("drafter.cli.tui", "Opent de schermen (ook zonder commando)."),
}


class CommandLine(DutchGroup):
    """The group of all commands; without one, the screens open."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, or open the screens when none is named."""
        if not ctx._protected_args and not ctx.args:
            command = self.get_command(ctx, "tui")
            assert command is not None
            with command.make_context("tui", [], parent=ctx) as sub:
                return command.invoke(sub)
        return super().invoke(ctx)


@click.group(
    cls=CommandLine,
    commands_from=COMMANDS,
    invoke_without_command=True,
    help="Opsteller voor antwoorden op Kamervragen: vindt wat eerder is gezegd, zet een concept klaar met bronnen, en "
    "wijst op wat niet meer klopt. Werkt zonder netwerk.",
)
@click.version_option(package_name="kamerantwoord", message="%(prog)s %(version)s", help="Toon de versie en stop.")
def cli() -> None:
    """Root of the commands."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program with `arguments` (default: the process's own) and return its exit code."""
    try:
        result = cli.main(
            args=list(arguments) if arguments is not None else None, prog_name="kamerantwoord", standalone_mode=False
        )
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        _complain(usage_message(error), _help_hint(error))
        return ExitCode.USAGE
    except click.ClickException as error:
        _complain(error.format_message(), "")
        return ExitCode.USAGE
    except KamerantwoordError as error:
        _complain(error.message, error.hint)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output (head, less) went away; say nothing more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except OSError as error:
        if os.environ.get("KAMERANTWOORD_DEBUG"):
            raise
        _complain(*_of_the_disk(error))
        return ExitCode.BANK
    except (Cancelled, KeyboardInterrupt):
        return _stopped()
    except Exception as error:
        if isinstance(error, click.Abort) and not isinstance(error.__cause__, EOFError):
            return _stopped()
        if os.environ.get("KAMERANTWOORD_DEBUG"):
            raise
        from drafter.cli.shared.crash import keep_report

        report = keep_report(error)
        _complain(
            f"Er ging iets mis dat het programma niet had voorzien ({type(error).__name__}).",
            f"Wat was bewaard, is bewaard. De technische details staan in {report}; stuur dat mee als u het meldt.",
        )
        return ExitCode.BANK
    return result if isinstance(result, int) else ExitCode.OK


def main() -> None:
    """Entry point of the `kamerantwoord` command."""
    LOGGER.addHandler(_Told())
    if platform.machine() in ("x86_64", "AMD64"):
        # The products of one search are small: a second thread makes others wait and gains nothing (p95 85 -> 35 ms
        # beside other work, docs/scale.md). Where PyTorch itself may go by OpenBLAS, on Arm, it is left alone.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        # A pipe or a Windows console may have another encoding; Dutch text and JSON are UTF-8 everywhere.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run())


class _Told(logging.Handler):
    """Shows what the program mended by itself on standard error, but never over the screens."""

    def emit(self, record: logging.LogRecord) -> None:
        context = click.get_current_context(silent=True)
        if context is not None and context.info_name not in ("tui", "kamerantwoord"):
            click.echo(f"Let op: {plain(record.getMessage())}", err=True)


def _stopped() -> int:
    _complain("Gestopt.", "Wat al klaar was, is bewaard.")
    return 130


def _of_the_disk(error: OSError) -> tuple[str, str]:
    """What to say of a file that could not be read or written where nobody else said it."""
    from drafter.dossier.storage.disk import reason

    where = f" ({error.filename})" if isinstance(error.filename, str) else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"De schijf is vol{where}. Wat al was bewaard, is bewaard.", "Maak ruimte vrij en probeer het opnieuw."
    return (
        f"Een bestand kan niet worden gelezen of geschreven{where}: {reason(error)}.",
        "Controleer of de map er is en of u er mag lezen en schrijven.",
    )


def _complain(message: str, hint: str) -> None:
    click.echo(f"Fout: {plain(message)}", err=True)
    if hint:
        click.echo(plain(hint), err=True)


def _help_hint(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "kamerantwoord"
    return f"Typ '{path} --help' voor uitleg."
