"""`share`: one bank for many, on a PostgreSQL server."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchGroup
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, write_json
from drafter.cli.shared.share_dossiers import DOSSIER_COMMANDS
from drafter.cli.shared.sharing import ask_password, show_report, tell_refused
from drafter.wording import count
from embeddings.errors import UsageError


@click.group(cls=DutchGroup, short_help="Deelt de bank met anderen.")
def command() -> None:
    """Deelt de bank met anderen, via een PostgreSQL-server van uw organisatie.

    Uw eigen bank blijft op uw machine en wordt doorzocht als altijd; met de server wordt alleen uitgewisseld.
    """


@command.command("init", short_help="Maakt de gedeelde bank op een server (beheerder).")
@click.argument("address", metavar="ADRES")
@json_option
def init(address: str, as_json: bool) -> None:
    """Maakt de gedeelde bank in een lege database, of werkt haar bij na een nieuwe versie van het programma.

    ADRES is bijvoorbeeld postgresql://beheer@server/kamerantwoord. Een wachtwoord hoort er niet in.
    """
    from drafter.tasks.together import sharing

    before, now = sharing.init(address, ask_password)
    if as_json:
        write_json({"before": before, "version": now})
        return
    made = "gemaakt" if not before else "bijgewerkt" if before < now else "al bij de tijd"
    say(f"De gedeelde bank is {made} (versie {now}).")
    if not before:
        say(
            "Laat anderen toe met: GRANT kamerantwoord_opsteller TO naam; of kamerantwoord_lezer voor wie alleen leest."
        )


@command.command("join", short_help="Volgt een gedeelde bank.")
@click.argument("address", metavar="ADRES")
@bank_option
@json_option
def join(address: str, bank_folder: Path | None, as_json: bool) -> None:
    """Laat uw bank de gedeelde bank op ADRES volgen, en wisselt alles uit wat de een heeft en de ander niet."""
    from drafter.tasks.together import sharing
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        report = sharing.join(workspace, address, ask_password, progress)
    show_report(report, as_json)


@command.command("status", short_help="Toont wie meedoet en wat er wacht.")
@bank_option
@json_option
def status(bank_folder: Path | None, as_json: bool) -> None:
    """Toont of de gedeelde bank bereikbaar is, wie er meedoet, hoe ver zij zijn, en wat er nog wacht."""
    from drafter.tasks.together.status import status_of
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        found = status_of(workspace, ask_password)
    if as_json:
        value = asdict(found) if found else None
        if value:
            value["members"] = [{**member, "seen": member["seen"].isoformat()} for member in value["members"]]
        write_json({"following": found is not None, "status": value})
        return
    if found is None:
        say("Deze bank volgt geen gedeelde bank. Begin met: kamerantwoord share join ADRES")
        return
    say(f"Gedeelde bank: {found.address}")
    if found.reachable:
        say(f"Uw rol:        {found.role or 'geen'}")
        say(f"Nog te halen:  {count(found.to_receive, 'wijziging', 'wijzigingen')}")
    else:
        say(f"Gaat nu niet:  {found.problem}")
    removals = count(found.removals_waiting, "verwijdering", "verwijderingen")
    say(f"Nog te sturen: {count(found.waiting, 'stuk', 'stukken')}, {removals}")
    if found.dossiers_waiting:
        say(f"Nog te delen:  dossier {', '.join(found.dossiers_waiting)}")
    if found.conflicts:
        choices = count(found.conflicts, "antwoord", "antwoorden")
        say(f"Te kiezen:     {choices}; bekijk: kamerantwoord share conflicts")
    for member in found.members:
        behind = "bij" if not member.behind else f"{member.behind} achter"
        say(f"  {member.seen.astimezone():%Y-%m-%d %H:%M}  {member.name}  {behind}  (versie {member.program})")
    if found.only_here:
        say(f"Elders verwijderd en nog bij u: {', '.join(found.only_here[:20])}")
        say("Opnieuw delen: kamerantwoord share restore ID. Ook hier weg: kamerantwoord bank remove ID.")
    tell_refused(found.refused)


@command.command("leave", short_help="Volgt de gedeelde bank niet meer.")
@bank_option
@json_option
def leave(bank_folder: Path | None, as_json: bool) -> None:
    """Volgt de gedeelde bank niet meer. Wat u van haar hebt, blijft in uw bank staan."""
    from drafter.tasks.together import sharing
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        waiting = sharing.leave(workspace)
    if as_json:
        write_json({"left": waiting is not None, "not_sent": waiting or 0})
    elif waiting is None:
        say("Deze bank volgde geen gedeelde bank.")
    else:
        say("Deze bank staat weer op zichzelf; alle stukken en dossiers zijn er nog. Wat anderen doen, komt niet meer.")
        if waiting:
            say(f"{count(waiting, 'wijziging was', 'wijzigingen waren')} nog niet verstuurd; die hebt u alleen.")


@command.command("restore", short_help="Deelt stukken opnieuw die elders zijn verwijderd.")
@click.argument("identifiers", nargs=-1, required=True, metavar="ID…")
@bank_option
@json_option
def restore(identifiers: tuple[str, ...], bank_folder: Path | None, as_json: bool) -> None:
    """Deelt stukken opnieuw die op de gedeelde bank zijn verwijderd en nog in uw bank staan."""
    from drafter.tasks.together import sharing
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        if workspace.bank().shared.following() is None:
            raise UsageError("Deze bank volgt geen gedeelde bank.", "Begin met: kamerantwoord share join ADRES")
        shared = sharing.share_again(workspace, identifiers, ask_password)
    if as_json:
        write_json({"shared": shared})
    else:
        say(f"Opnieuw gedeeld: {shared}.")


for dossier_command in DOSSIER_COMMANDS:
    command.add_command(dossier_command)
