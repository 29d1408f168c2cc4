"""`serve`: the screens in a browser."""

from __future__ import annotations

import importlib.util
import ipaddress
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option
from drafter.cli.shared.output import tell
from embeddings.errors import UsageError


@click.command(cls=DutchCommand, short_help="Toont de schermen in een browser.")
@click.option(
    "--host", default="127.0.0.1", metavar="ADRES", help="Luister hier; zonder deze optie alleen op deze machine."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="N", help="Poort; zonder deze optie 8000.")
@click.option("--public-url", metavar="URL", help="Het adres dat mensen typen, als er een proxy voor staat.")
@click.option("--sessions", type=click.IntRange(1, 500), default=20, metavar="N", help="Ten hoogste zoveel tegelijk.")
@click.option(
    "--idle",
    type=click.IntRange(1, 1440),
    default=120,
    metavar="MINUTEN",
    help="Sluit een scherm na zo lang stilte.",
)
@click.option("--user-header", metavar="NAAM", help="De kop waarin de proxy zegt wie er is aangemeld.")
@bank_option
def command(
    host: str,
    port: int,
    public_url: str | None,
    sessions: int,
    idle: int,
    user_header: str | None,
    bank_folder: Path | None,
) -> None:
    """Toont de schermen in een browser, voor wie niets mag installeren.

    Dit commando kent niemand: het luistert alleen op deze machine. Zet er de aanmelding van uw organisatie voor, met
    een proxy (zie docs/samen.md). Ieder krijgt een eigen scherm; het taalmodel staat één keer in het geheugen.
    """
    if importlib.util.find_spec("textual_serve") is None:
        raise UsageError(
            "Voor schermen in een browser ontbreekt een onderdeel (textual-serve).",
            "Installeer het: pip install kamerantwoord[browser]",
        )
    if public_url is not None and not public_url.startswith(("http://", "https://")):
        raise UsageError(f"{public_url} is geen webadres.", "Schrijf het zo: https://kamerantwoord.ministerie.example")
    if not _is_loopback(host):
        if user_header is None:
            raise UsageError(
                "Zonder aanmelding mag dit niet vanaf andere machines te bereiken zijn.",
                "Zet er een proxy voor en noem met --user-header de kop waarin die zegt wie er is.",
            )
        tell("Let op: laat alleen de proxy bij deze poort; wie haar zelf bereikt, kan zich voor een ander uitgeven.")
    from tui.web.server import WebServer, WebSettings

    public = public_url.rstrip("/") if public_url else None
    WebServer(WebSettings(host, port, public, sessions, idle, user_header, bank_folder)).serve()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
