"""How a bank and the shared one that it follows stand: who takes part, how far, and what waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.dossier.store import DossierStore
from drafter.tasks.together.shared_dossiers import unsent_dossiers
from drafter.tasks.together.sharing import AskPassword, connect, nobody

if TYPE_CHECKING:
    import datetime

    from drafter.tasks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who takes part."""

    name: str
    program: str
    behind: int
    """Changes of the shared bank that this member has not taken over yet."""

    seen: datetime.datetime


@dataclass(frozen=True, slots=True)
class ShareStatus:
    """How this bank and the shared one stand."""

    address: str
    reachable: bool
    role: str = ""
    waiting: int = 0
    removals_waiting: int = 0
    dossiers_waiting: tuple[str, ...] = ()
    """Names of shared dossiers that were changed here since they were exchanged."""

    conflicts: int = 0
    """Answers that two changed at the same time, and that wait for a choice here."""

    to_receive: int = 0
    only_here: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    members: tuple[Member, ...] = field(default=())
    problem: str = ""


def status_of(workspace: Workspace, ask: AskPassword = nobody) -> ShareStatus | None:
    """How this bank and the shared one stand; None where it follows none. A server that is away is no error here."""
    from answers_bank.sharing import documents, schema
    from answers_bank.sharing.address import parse
    from answers_bank.sharing.errors import SharingError

    bank = workspace.bank()
    following = bank.shared.following()
    if following is None:
        return None
    waiting, removals = bank.shared.waiting()
    waiting += len(bank.shared_sayings.unsent())
    here = {
        "address": parse(following.address).shown,
        "waiting": waiting,
        "removals_waiting": removals,
        "dossiers_waiting": tuple(unsent_dossiers(bank, DossierStore(workspace.bank_folder))),
        "conflicts": len(bank.shared_dossiers.conflicts()),
        "only_here": tuple(bank.shared.only_here()),
        "refused": tuple(bank.shared.refusals()),
    }
    try:
        with connect(following.address, ask) as server:
            schema.check(server)
            behind = documents.behind(server)
            return ShareStatus(
                reachable=True,
                role=server.role(),
                to_receive=documents.waiting_there(bank, server),
                members=tuple(Member(*values) for values in behind),
                **here,  # type: ignore[arg-type]
            )
    except SharingError as error:
        return ShareStatus(reachable=False, problem=f"{error.message} {error.hint}".strip(), **here)  # type: ignore[arg-type]
