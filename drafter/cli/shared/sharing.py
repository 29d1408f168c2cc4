"""What the commands of sharing have in common: asking a password, and telling what was exchanged."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.output import say, tell, write_json
from drafter.wording import count
from embeddings.errors import KamerantwoordError

if TYPE_CHECKING:
    from drafter.tasks.together.sharing import SyncReport
    from drafter.tasks.workspace import Workspace


_SHOWN = 20
"""Of what was refused, at most."""


def ask_password() -> str | None:
    """Ask for a password at the terminal; None where there is none."""
    if not sys.stdin.isatty():
        return None
    return str(
        click.prompt("Wachtwoord voor de gedeelde bank", hide_input=True, default="", show_default=False, err=True)
    )


def show_report(report: SyncReport, as_json: bool) -> None:
    """Tell what was exchanged."""
    if as_json:
        write_json({**asdict(report), "refused": [{"id": name, "reason": why} for name, why in report.refused]})
        return
    if report.compared_again:
        tell("De gedeelde bank is teruggezet uit een reservekopie; alles is opnieuw vergeleken.")
    if report.received or report.removed_here or report.sent or report.removed_there:
        say(
            f"Ontvangen: {count(report.received, 'stuk', 'stukken')}, {report.removed_here} verwijderd. "
            f"Verstuurd: {count(report.sent, 'stuk', 'stukken')}, {report.removed_there} verwijderd."
        )
    if report.vectors_received or report.vectors_sent or report.encoded:
        say(
            f"Omgezette teksten: {report.vectors_received} ontvangen, {report.vectors_sent} verstuurd, "
            f"{report.encoded} zelf gemaakt."
        )
    if report.sayings_received or report.sayings_sent:
        say(f"Verbeteringen en aantekeningen: {report.sayings_received} ontvangen, {report.sayings_sent} verstuurd.")
    for name in report.dossiers_received:
        new = name in report.dossiers_new
        say(f"Dossier {name}: {'nieuw bij u' if new else 'bijgewerkt met wat anderen deden'}.")
    for name in report.dossiers_sent:
        say(f"Dossier {name}: uw wijzigingen zijn gedeeld.")
    if not report.anything:
        say("Er was niets uit te wisselen.")
    if report.conflicts:
        answers = count(report.conflicts, "antwoord", "antwoorden")
        tell(f"Bij {answers} wijzigde een ander hetzelfde. Bekijk en kies: kamerantwoord share conflicts")
    if report.older:
        older = count(report.older, "stuk", "stukken")
        tell(f"Van {older} had de gedeelde bank een nieuwere lezing; die is overgenomen.")
    if report.waiting:
        waiting = count(report.waiting, "wijziging blijft", "wijzigingen blijven")
        tell(f"{waiting} bij u: u mag op de gedeelde bank alleen lezen.")
    tell_refused(report.refused)


def tell_refused(refused: tuple[tuple[str, str], ...]) -> None:
    """Tell what of the server could not be taken over; the reason is for who keeps the server."""
    for identifier, reason in refused[:_SHOWN]:
        tell(f"Niet overgenomen: {identifier}. Wat de server stuurde, klopt niet ({reason}).")
    if len(refused) > _SHOWN:
        tell(f"En {len(refused) - _SHOWN} andere; alle staan in: kamerantwoord share status --json")
    if refused:
        tell("De rest is gewoon overgenomen. Meld dit aan wie de server beheert.")


def sync_quietly(workspace: Workspace) -> None:
    """Exchange after a command that changed the bank, where it follows a shared one; a server that is away is told."""
    if not workspace.has_bank or workspace.bank().shared.following() is None:
        return
    from drafter.tasks.together import sharing

    try:
        sharing.sync(workspace)
    except KamerantwoordError as error:
        tell(f"Nog niet gedeeld: {error.message} {error.hint}")
