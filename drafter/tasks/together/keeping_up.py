"""Keeping up with a shared bank while a program is open: what the server tells is taken over at once, the rest later.

A change of another is a document and its vectors: those are taken over when the server tells of them. Telling it how
far this bank is and bringing the indexes up to date waits until nothing happened for a while: a search before that
brings them up to date itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from drafter.dossier.store import FOLDER, SUFFIX, DossierStore
from drafter.tasks.together.shared_dossiers import exchange_dossiers
from drafter.tasks.together.sharing import AskPassword, SyncReport, alone, connect, exchange, nobody
from embeddings.errors import KamerantwoordError

if TYPE_CHECKING:
    from answers_bank.sharing.errors import SharingError
    from answers_bank.sharing.server import Server
    from drafter.tasks.workspace import Workspace

Tell = Callable[[KamerantwoordError | None, SyncReport | None], None]
"""Is told of each error, and of each exchange."""


class KeepingUp:
    """What is done for a bank that is connected; see `answers_bank.sharing.watching.Follower`."""

    def __init__(self, workspace: Workspace, tell: Tell = lambda error, report: None) -> None:
        self._workspace = workspace
        self._bank = workspace.bank()
        self._tell = tell
        self._me = ""
        self._may_send = False
        self.open_here: set[str] = set()
        """Names of dossiers that the screens of this program have open, and exchange themselves."""

    def exchange(self, server: Server) -> None:
        """Everything, both ways; texts without a vector wait until the bank is filled: this needs no model."""
        from answers_bank.sharing import dossiers

        self._me = dossiers.me(server)
        self._may_send = server.may_write()
        self._tell(None, exchange(self._workspace, server, encode=False))

    def take(self, server: Server, notes: list[str]) -> bool:
        """Documents, vectors or dossiers, as the notes say."""
        from answers_bank.sharing import documents, sayings, vectors

        kinds = {kind for kind, _, _ in (note.partition(" ") for note in notes)}
        done = documents.Exchanged()
        got = said = 0
        bank = self._bank
        # A vector comes before its document: mostly nothing waits for one here, and no turn is taken for it.
        if kinds & {"bank", "saying"} or ("vector" in kinds and bank.vectors.waiting()):
            with alone(bank):
                if "bank" in kinds:
                    documents.receive(bank, server, done)
                if bank.vectors.waiting():
                    got = vectors.receive_vectors(bank, server, None)
                if "saying" in kinds:
                    if self._may_send:  # then also what a later one takes the place of is kept there
                        sayings.send_sayings(bank, server)
                    said = sayings.receive_sayings(bank, server, done.refused)
        names = {name for kind, _, name in (note.partition(" ") for note in notes) if kind == "dossier"}
        links = {link.id for link in bank.shared_dossiers.links()} if names else set()
        if f"given {self._me}" in notes or names & links:
            with alone(bank):
                shared = exchange_dossiers(
                    bank, DossierStore(self._workspace.bank_folder), server, self._workspace.check_new
                )
            report = SyncReport(
                dossiers_received=tuple(shared.received),
                dossiers_new=tuple(shared.new),
                dossiers_sent=tuple(shared.sent),
                conflicts=shared.conflicts,
            )
            self._tell(None, report)
        if done.received or done.removed_here or done.refused or said or got:
            self._tell(
                None,
                SyncReport(
                    done.received,
                    done.removed_here,
                    sayings_received=said,
                    vectors_received=got,
                    refused=tuple(done.refused),
                ),
            )
            return True
        return bool(names & links)

    def rest(self, server: Server) -> bool:
        """Tell how far this bank is, and bring the indexes up to date."""
        from answers_bank.filling.filling import refresh_caches
        from answers_bank.sharing import documents

        bank = self._bank
        with alone(bank):
            same = documents.check_same(bank, server)
            if not server.read_only():
                documents.tell_seen(bank, server)
        refresh_caches(bank)
        return not same or (self._may_send and (any(bank.shared.waiting()) or bool(bank.shared_sayings.unsent())))

    def state(self) -> object:
        """The generation of the bank, and when shared dossiers were changed that nobody here has open."""
        folder = self._workspace.bank_folder / FOLDER
        moments = []
        for link in self._bank.shared_dossiers.links():
            if link.local not in self.open_here:
                for end in (SUFFIX, f"{SUFFIX}-wal"):
                    with suppress(OSError):  # closed: then it is in the first alone
                        moments.append((folder / f"{link.local}{end}").stat().st_mtime)
        return self._bank.generation, max(moments, default=0.0)

    def tell(self, error: SharingError | None) -> None:
        """Of errors alone: an exchange tells of itself."""
        if error is not None:
            self._tell(error, None)


def keep_up(workspace: Workspace, keeping: KeepingUp, stop: threading.Event, ask: AskPassword) -> None:
    """Exchange at once and after each change of the shared bank, until `stop` is set; returns where it follows none.

    Raises:
        KamerantwoordError: the server refuses for good, or the bank cannot be written.
    """
    from answers_bank.sharing.watching import watch

    following = workspace.bank().shared.following() if workspace.has_bank else None
    if following is not None:
        watch(lambda: connect(following.address, ask), keeping, stop)


def follow_along(
    workspace: Workspace, stop: threading.Event, ask: AskPassword = nobody, tell: Tell = lambda error, report: None
) -> None:
    """As `keep_up`; a password is asked for once."""
    password: list[str] = []

    def remembered() -> str | None:
        if not password:
            password.append(ask() or "")
        return password[0] or None

    if workspace.has_bank:
        keep_up(workspace, KeepingUp(workspace, tell), stop, remembered)
