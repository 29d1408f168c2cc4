"""The commands of `share` that are about dossiers."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import say, tell, write_json
from drafter.cli.shared.sharing import ask_password
from drafter.tasks.together.standing import assigned_words
from drafter.wording import count, question_words
from embeddings.errors import UsageError

if TYPE_CHECKING:
    from answers_bank.sharing.dossiers import SharedDossier
    from answers_bank.sharing.server import Server
    from answers_bank.store.following.shared_dossiers import SharedLink
    from drafter.dossier.merging import Answers
    from drafter.tasks.workspace import Workspace

from drafter.cli.shared.dutch import DutchCommand


def _connected(workspace: Workspace) -> AbstractContextManager[Server]:
    from drafter.tasks.together import sharing

    return sharing.connected(workspace, ask_password, for_dossiers=True)


def _link(workspace: Workspace, local: str) -> SharedLink:
    from drafter.dossier.store import DossierStore

    link = workspace.bank().shared_dossiers.link_of(local)
    if link is None:
        if DossierStore(workspace.bank_folder).summary(local) is None:
            raise UsageError(f"Er is bij u geen dossier {local}.", "Bekijk wat er is met: kamerantwoord share dossiers")
        raise UsageError(f"Dossier {local} wordt niet gedeeld.", f"Deel het met: kamerantwoord share dossier {local}")
    return link


@click.command("dossier", cls=DutchCommand, short_help="Deelt een dossier.")
@click.argument("dossier", metavar="DOSSIER")
@bank_option
@json_option
def dossier(dossier: str, bank_folder: Path | None, as_json: bool) -> None:
    """Deelt een dossier op de gedeelde bank. U bent er de eigenaar van; wijs anderen toe met 'share assign'."""
    from drafter.dossier.store import DossierStore
    from drafter.tasks.together import shared_dossiers
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, _connected(workspace) as server:
        store = DossierStore(workspace.bank_folder)
        link = shared_dossiers.share_dossier(workspace.bank(), store, server, dossier)
    if as_json:
        write_json({"dossier": link.id, "step": link.step})
    else:
        say(f"Dossier {link.id} wordt gedeeld.")


@click.command("dossiers", cls=DutchCommand, short_help="Toont de gedeelde dossiers.")
@bank_option
@json_option
def dossiers(bank_folder: Path | None, as_json: bool) -> None:
    """Toont alle gedeelde dossiers: van wie, wie eraan werkt, en wie er nu naar kijkt."""
    from answers_bank.sharing import dossiers as room
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, _connected(workspace) as server:
        found = room.dossiers(server)
        here = {link.id: link.local for link in workspace.bank().shared_dossiers.links()}
        looking = room.looking(server, [one.id for one in found])
    if as_json:
        write_json(
            {
                "dossiers": [
                    {**asdict(one), "local": here.get(one.id), "looking": looking.get(one.id, [])} for one in found
                ]
            }
        )
        return
    for one in found:
        say(f"{one.id}  {one.title[:70]}")
        say(f"    van {one.owner}{_assigned(one)}{f'; {one.state}' if one.state else ''}")
        if one.id not in here:
            say(f"    niet hier; haal op met: kamerantwoord share open {one.id}")
        for name, question in looking.get(one.id, []):
            say(f"    {name} kijkt naar {f'vraag {question}' if question else 'het dossier'}")
    tell(f"{count(len(found), 'dossier', 'dossiers')}.")


def _assigned(one: SharedDossier) -> str:
    words = assigned_words(one.assigned)
    return f", met {words}" if words else ""


@click.command("open", cls=DutchCommand, short_help="Haalt een gedeeld dossier op.")
@click.argument("dossier", metavar="DOSSIER")
@bank_option
@json_option
def open_(dossier: str, bank_folder: Path | None, as_json: bool) -> None:
    """Haalt een gedeeld dossier op om eraan mee te werken. Wat u is toegewezen, komt vanzelf."""
    from drafter.dossier.store import DossierStore
    from drafter.tasks.together import shared_dossiers
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, _connected(workspace) as server:
        store = DossierStore(workspace.bank_folder)
        link = shared_dossiers.open_dossier(workspace.bank(), store, server, dossier, workspace.check_new)
    if as_json:
        write_json({"dossier": link.id, "local": link.local})
    else:
        say(f"Dossier {link.id} staat bij u als {link.local}.")


@click.command("assign", cls=DutchCommand, short_help="Wijst een dossier of vragen toe.")
@click.argument("dossier", metavar="DOSSIER")
@click.argument("name", metavar="NAAM")
@click.option("--question", "questions", type=click.IntRange(1), multiple=True, metavar="N", help="Alleen deze vraag.")
@click.option("--remove", is_flag=True, help="Haal de toewijzing weg.")
@click.option("--owner", is_flag=True, help="Maak NAAM de eigenaar.")
@bank_option
@json_option
def assign(
    dossier: str,
    name: str,
    questions: tuple[int, ...],
    remove: bool,
    owner: bool,
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Wijst het hele dossier, of met --question een enkele vraag, toe aan NAAM (de naam op de server)."""
    from answers_bank.sharing import dossiers as room
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, _connected(workspace) as server:
        identifier = _link(workspace, dossier).id
        if not remove:
            _check_assignment(workspace, server, dossier, name, questions)
        if owner:
            allowed = room.give(server, identifier, name)
        else:
            allowed = room.assign(server, identifier, questions or (0,), name, gone=remove)
    if not allowed:
        raise UsageError(
            "Alleen de eigenaar, wie het hele dossier heeft, of een beheerder mag toewijzen.", "Vraag het de eigenaar."
        )
    if as_json:
        write_json({"dossier": identifier, "name": name, "questions": list(questions), "removed": remove})
    else:
        of = f"{question_words(questions, capital=True)} van dossier" if questions else "Dossier"
        verb = "zijn" if len(questions) > 1 else "is"
        gone = " niet meer" if remove else ""
        say(f"{name} is nu de eigenaar." if owner else f"{of} {identifier} {verb}{gone} toegewezen aan {name}.")


def _check_assignment(workspace: Workspace, server: Server, local: str, name: str, questions: tuple[int, ...]) -> None:
    """Whether that name may work on dossiers, and the dossier has those questions."""
    from answers_bank.sharing import dossiers as room
    from drafter.dossier.store import DossierStore

    people = room.people(server)
    if name not in people:
        shown = ", ".join(people[:20]) + (" …" if len(people) > 20 else "")
        raise UsageError(f"{name} kan op de gedeelde bank niet aan dossiers werken.", f"Dat kunnen: {shown}.")
    asked = {number for answer in DossierStore(workspace.bank_folder).load(local).answers for number in answer.numbers}
    if missing := set(questions) - asked:
        raise UsageError(
            f"Dossier {local} heeft geen {question_words(tuple(sorted(missing)))}.",
            f"Het heeft {question_words(tuple(sorted(asked)))}.",
        )


@click.command("history", cls=DutchCommand, short_help="Toont wie wat wijzigde, of gaat terug.")
@click.argument("dossier", metavar="DOSSIER")
@click.option("--question", type=click.IntRange(1), metavar="N", help="Alleen wat deze vraag wijzigde.")
@click.option("--back", type=click.IntRange(1), metavar="STAP", help="Zet het dossier terug naar deze stap.")
@bank_option
@json_option
def history(dossier: str, question: int | None, back: int | None, bank_folder: Path | None, as_json: bool) -> None:
    """Toont elke stap van een gedeeld dossier: wanneer, door wie, en wat. Teruggaan is zelf ook een stap."""
    from answers_bank.sharing import dossiers as room
    from drafter.dossier.store import DossierStore
    from drafter.tasks.together import history as trail
    from drafter.tasks.together import sharing
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, _connected(workspace) as server:
        link = _link(workspace, dossier)
        if back is not None:
            store = DossierStore(workspace.bank_folder)
            trail.go_back(store, server, link, back, workspace.check_new)
            sharing.exchange(workspace, server, encode=False)
            tell(f"Dossier {dossier} is terug naar stap {back}.")
        log = room.steps(server, link.id)
        changed = dict(trail.answers_changed(server, link.id))
    shown = [step for step in log if question is None or question in changed[step.number]]
    if as_json:
        write_json(
            {
                "steps": [
                    {
                        "number": step.number,
                        "at": step.at.isoformat(),
                        "by": step.by,
                        "label": step.label,
                        "aside": step.aside,
                        "questions": list(changed[step.number]),
                    }
                    for step in shown
                ]
            }
        )
        return
    for step in shown:
        say(f"{step.number:5}  {step.at.astimezone():%Y-%m-%d %H:%M}  {step.by:20}  {step.label}")


@click.command("conflicts", cls=DutchCommand, short_help="Toont waar twee hetzelfde wijzigden.")
@click.argument("dossier", required=False, metavar="DOSSIER")
@bank_option
@json_option
def conflicts(dossier: str | None, bank_folder: Path | None, as_json: bool) -> None:
    """Toont naast elkaar wat u en een ander bij hetzelfde antwoord schreven. Kies met 'share choose'."""
    from drafter.tasks.together import shared_dossiers
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        found = shared_dossiers.conflicts(workspace.bank(), dossier)
    if as_json:
        write_json(
            {
                "conflicts": [
                    {
                        "dossier": stored.local,
                        "questions": list(conflict.numbers),
                        "mine": _text(conflict.mine),
                        "theirs": _text(conflict.theirs),
                    }
                    for stored, conflict in found
                ]
            }
        )
        return
    for stored, conflict in found:
        numbers = ", ".join(map(str, conflict.numbers))
        say(f"Dossier {stored.local}, vraag {numbers}")
        say(f"  Uw tekst:\n{_indented(_text(conflict.mine))}")
        say(f"  Van de ander (staat nu in het dossier):\n{_indented(_text(conflict.theirs))}")
        say(f"  Kies: kamerantwoord share choose {stored.local} {conflict.numbers[0]} mine|theirs|both\n")
    tell(f"{len(found)} te kiezen.")


def _text(answers: Answers) -> str:
    return "\n\n".join(block.text for answer in answers for block in answer.blocks)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines()) or "    (leeg)"


@click.command("choose", cls=DutchCommand, short_help="Kiest tussen twee teksten.")
@click.argument("dossier", metavar="DOSSIER")
@click.argument("question", type=click.IntRange(1), metavar="VRAAG")
@click.argument("choice", type=click.Choice(["mine", "theirs", "both"]), metavar="mine|theirs|both")
@bank_option
@json_option
def choose(
    dossier: str, question: int, choice: Literal["mine", "theirs", "both"], bank_folder: Path | None, as_json: bool
) -> None:
    """Kiest bij VRAAG uw eigen tekst (mine), die van de ander (theirs), of beide na elkaar (both).

    Ook wat u niet kiest, blijft in de geschiedenis staan.
    """
    from drafter.dossier.store import DossierStore
    from drafter.tasks.together import shared_dossiers
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        store = DossierStore(workspace.bank_folder)
        if not shared_dossiers.choose(workspace.bank(), store, dossier, question, choice):
            raise UsageError(
                f"Bij vraag {question} van {dossier} valt niets te kiezen.",
                "Bekijk het met: kamerantwoord share conflicts",
            )
    if as_json:
        write_json({"dossier": dossier, "question": question, "chosen": choice})
    else:
        say("Gekozen. Met de volgende sync gaat het naar de anderen.")


DOSSIER_COMMANDS = (dossier, dossiers, open_, assign, history, conflicts, choose)
