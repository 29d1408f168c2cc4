"""Sharing a bank: joining one, keeping up with it, leaving it.

Nothing of the network is imported here before a bank follows a shared one, or a command asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.errors import BankError, ModelError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.sharing.server import Server
    from answers_bank.store.bank import Bank
    from drafter.tasks.workspace import Workspace
    from embeddings.encoder import ModelIdentity

AskPassword = Callable[[], str | None]
"""Asks the user for a password; None where nobody can be asked."""

_WAIT = 120.0
"""Seconds to wait for another program that exchanges for the same bank."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What came of exchanging."""

    received: int = 0
    removed_here: int = 0
    sent: int = 0
    removed_there: int = 0
    older: int = 0
    """Of ours, where the shared bank has a newer reading."""

    sayings_received: int = 0
    """Corrections of documents, and owners, notes and dates of standard passages, that others put down."""

    sayings_sent: int = 0
    vectors_received: int = 0
    vectors_sent: int = 0
    encoded: int = 0
    waiting: int = 0
    """Documents that still wait to be sent: this user may only read."""

    compared_again: bool = False
    """Whether the server was put back from a backup, and all was compared anew."""

    refused: tuple[tuple[str, str], ...] = ()
    """(id, reason) of documents and dossiers of the server that could not be taken over."""

    dossiers_received: tuple[str, ...] = ()
    """Names of dossiers that others changed."""

    dossiers_new: tuple[str, ...] = ()
    """Names of those of them that were not here: they are this user's, or assigned."""

    dossiers_sent: tuple[str, ...] = ()
    conflicts: int = 0
    """New answers that two changed at the same time."""

    @property
    def anything(self) -> bool:
        """Whether anything went over, or is to be told."""
        went = (self.sent, self.removed_there, self.older, self.sayings_sent, self.vectors_sent, self.waiting)
        return bool(
            self.changed or any(went) or self.refused or self.dossiers_received or self.dossiers_sent or self.conflicts
        )

    @property
    def changed(self) -> bool:
        """Whether anything here is other than it was."""
        return bool(
            self.received or self.removed_here or self.sayings_received or self.vectors_received or self.encoded
        )


def nobody() -> str | None:
    """No password: nobody can be asked."""
    return None


def connect(address_text: str, ask: AskPassword = nobody) -> Server:
    """A connection to the server at that address; a password is asked for where it wants one.

    Raises:
        SharingError: it cannot be reached, refuses, or the address is not one.
    """
    from answers_bank.sharing.address import parse
    from answers_bank.sharing.errors import PasswordNeeded
    from answers_bank.sharing.server import Server

    address = parse(address_text)
    try:
        return Server.connect(address)
    except PasswordNeeded:
        password = ask()
        if not password:
            raise
        return Server.connect(address, password)


def init(address: str, ask: AskPassword = nobody) -> tuple[int, int]:
    """Make a shared bank on a server, or bring it up to date; its version before (0: none) and now.

    Raises:
        SharingError: this user may not, or the server cannot be reached.
    """
    from answers_bank.sharing import schema

    with connect(address, ask) as server:
        before = schema.version(server)
        return before, schema.migrate(server)


def join(workspace: Workspace, address: str, ask: AskPassword = nobody, progress: Progress = SILENT) -> SyncReport:
    """Let the bank follow the shared bank at that address, and exchange everything.

    Raises:
        SharingError: as `connect`; or it follows another one. What was exchanged before is kept.
    """
    from answers_bank.sharing import documents

    bank = workspace.bank(create=True)
    with connect(address, ask) as server:
        documents.join(bank, server)
        return exchange(workspace, server, progress)


def sync(
    workspace: Workspace,
    ask: AskPassword = nobody,
    progress: Progress = SILENT,
    *,
    many_removals: bool = False,
    encode: bool = True,
) -> SyncReport | None:
    """Exchange with the shared bank; None where the bank follows none.

    Raises:
        SharingError: the server cannot be reached, or refuses; what was exchanged before is kept.
    """
    if not workspace.has_bank:
        return None
    following = workspace.bank().shared.following()
    if following is None:
        return None
    with connect(following.address, ask) as server:
        return exchange(workspace, server, progress, many_removals=many_removals, encode=encode)


def exchange(
    workspace: Workspace,
    server: Server,
    progress: Progress = SILENT,
    *,
    many_removals: bool = False,
    encode: bool = True,
) -> SyncReport:
    """Both ways over an open connection: documents in, vectors in, what is left encoded, vectors out, documents out.

    Vectors go before their documents, so that who receives a document finds them.
    """
    from answers_bank.filling.encoding import encode_waiting
    from answers_bank.filling.filling import refresh_caches
    from answers_bank.sharing import documents, sayings, vectors
    from drafter.dossier.store import DossierStore
    from drafter.tasks.together.shared_dossiers import DossiersExchanged, exchange_dossiers

    bank = workspace.bank()
    with alone(bank):
        same = documents.check_same(bank, server)
        done = documents.Exchanged()
        progress.start("Uitwisselen met de gedeelde bank", None)
        documents.receive(bank, server, done, progress)
        may_send = server.may_write()
        # Ours are on the server first: then also what a later one takes the place of is kept there.
        said_here = sayings.send_sayings(bank, server) if may_send else 0
        said = sayings.receive_sayings(bank, server, done.refused)
        got = encoded = 0
        if bank.vectors.waiting():
            identity = _identity(workspace) if encode and bank.vectors.model() is None else None
            got = vectors.receive_vectors(bank, server, identity, progress)
            if encode and bank.vectors.waiting():
                with suppress(ModelError):  # found by words until there is a model
                    encoded = encode_waiting(bank, workspace.encoder(), progress)
        sent = 0
        shared = DossiersExchanged()
        if may_send:
            sent = vectors.send_vectors(bank, server, progress)
            documents.send(bank, server, done, progress, many_removals=many_removals)
            if bank.vectors.waiting():  # what came in the place of ours
                got += vectors.receive_vectors(bank, server, None, progress)
            shared = exchange_dossiers(bank, DossierStore(workspace.bank_folder), server, workspace.check_new)
        documents.receive(bank, server, done, progress)
        if may_send or not server.read_only():
            documents.tell_seen(bank, server)
        waiting = 0 if may_send else sum(bank.shared.waiting()) + len(bank.shared_sayings.unsent())
        report = SyncReport(
            done.received, done.removed_here, done.sent, done.removed_there, done.older, said, said_here,
            got, sent, encoded, waiting, not same, (*done.refused, *shared.refused),
            tuple(shared.received), tuple(shared.new), tuple(shared.sent), shared.conflicts,
        )  # fmt: skip
    if report.changed:
        refresh_caches(bank, progress)
    return report


def share_again(workspace: Workspace, identifiers: tuple[str, ...], ask: AskPassword = nobody) -> int:
    """Share documents again that were removed on the shared bank and still stand here; their number.

    Raises:
        SharingError: as `sync`.
        BankError: one of them does not stand here.
    """
    from answers_bank.sharing import documents

    bank = workspace.bank()
    missing = [identifier for identifier in identifiers if identifier not in bank]
    if missing:
        raise BankError(f"Niet in uw bank: {', '.join(missing)}.", "Zet het stuk er eerst in met: kamerantwoord ingest")
    following = bank.shared.following()
    with connect(following.address if following else "", ask) as server, alone(bank):
        documents.check_same(bank, server)
        done = documents.Exchanged()
        documents.send_again(bank, server, identifiers, done)
        return done.sent


@contextmanager
def connected(workspace: Workspace, ask: AskPassword = nobody, *, for_dossiers: bool = False) -> Iterator[Server]:
    """The server that the bank follows, with a schema that this program knows.

    Raises:
        SharingError: as `connect`; or the bank follows none, or this user sees no dossiers there (`for_dossiers`).
    """
    from answers_bank.sharing import schema
    from answers_bank.sharing.errors import SharingError
    from answers_bank.sharing.server import WRITERS

    following = workspace.bank().shared.following()
    if following is None:
        raise SharingError("Deze bank volgt geen gedeelde bank.", "Begin met: kamerantwoord share join ADRES")
    with connect(following.address, ask) as server:
        schema.check(server)
        if for_dossiers and server.role() not in WRITERS:
            raise SharingError(
                "Gedeelde dossiers zijn voor opstellers; u mag op de gedeelde bank alleen lezen.",
                "Vraag een beheerder om de rol kamerantwoord_opsteller.",
            )
        yield server


def leave(workspace: Workspace) -> int | None:
    """Follow the shared bank no more; how many changes waited and were not sent, or None where it followed none.

    The server is told where it can be reached.
    """
    from answers_bank.sharing import documents
    from answers_bank.sharing.errors import SharingError
    from drafter.dossier.store import DossierStore
    from drafter.tasks.together.shared_dossiers import unsent_dossiers

    bank = workspace.bank()
    following = bank.shared.following()
    if following is None:
        return None
    waiting = sum(bank.shared.waiting()) + len(bank.shared_sayings.unsent())
    waiting += len(unsent_dossiers(bank, DossierStore(workspace.bank_folder)))
    try:
        with connect(following.address) as server:
            documents.tell_left(bank, server)
    except SharingError:
        pass  # it sees by itself who has not come for a long time
    bank.shared.leave()
    return waiting


def _identity(workspace: Workspace) -> ModelIdentity | None:
    """Of the model of the settings; None where it cannot be loaded."""
    try:
        return workspace.encoder().identity
    except ModelError:
        return None


@contextmanager
def alone(bank: Bank) -> Iterator[None]:
    """Only one program at a time exchanges for a bank."""
    from filelock import FileLock, Timeout

    lock = FileLock(bank.folder / "uitwisselen.lock", timeout=_WAIT)
    try:
        lock.acquire()
    except Timeout as error:
        raise BankError("Een ander programma wisselt al uit voor deze bank.", "Probeer het straks opnieuw.") from error
    except OSError as error:
        raise BankError(
            f"In {bank.folder} kan niet worden geschreven.", "Een bank die deelt, moet geschreven kunnen worden."
        ) from error
    try:
        yield
    finally:
        lock.release()
