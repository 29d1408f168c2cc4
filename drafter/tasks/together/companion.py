"""The companion of the screens: a process of its own that keeps a bank up with a shared one, and is asked about others.

The screens open no connection: all that goes over the network goes through here. One connection waits for what the
server tells; a second one is there while a shared dossier is open, and for a minute after what was asked last.
"""

from __future__ import annotations

import dataclasses
import datetime
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from answers_bank.sharing.errors import PasswordNeeded
from drafter.dossier.merging import MergeConflict
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from drafter.tasks.together import shared_dossiers
from drafter.tasks.together.history import AnswerVersion, versions_of
from drafter.tasks.together.shared_dossiers import Reconciled
from drafter.tasks.together.standing import ListedDossier, Others, Standing
from drafter.tasks.workspace import Workspace
from embeddings.errors import KamerantwoordError, UsageError

if TYPE_CHECKING:
    from answers_bank.sharing.dossiers import SharedDossier
    from answers_bank.sharing.server import Server
    from answers_bank.store.following.shared_dossiers import SharedLink, StoredConflict
    from drafter.tasks.together.sharing import SyncReport

_KNOWN = 20.0
"""Seconds for which what is known of a dossier holds where the server tells of nothing new."""
_SEEN = 25.0
"""Seconds after which the server is told again that someone still looks."""
_IDLE = 60.0
"""Seconds without a question after which the second connection is closed."""
_AGAIN = 5.0
"""Seconds before a server that is away is tried again for the screens."""
_TROUBLE = 60.0
"""Seconds before following is tried again after an error that is not the network's."""


class Companion:
    """What the screens ask; safe to be called from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = DossierStore(workspace.bank_folder)
        self._server: Server | None = None
        self._asking = threading.RLock()
        self._used = self._refused = 0.0
        self._refusal: KamerantwoordError | None = None
        self._known: dict[str, tuple[float, int, Others]] = {}
        """Of dossiers that are listened to: the moment, the present step and the people."""
        self._looked: dict[str, tuple[float, int | None]] = {}
        self._standing = Standing()
        self._waiting: tuple[int, float, int] = (-1, 0.0, 0)
        self._password: str | None = None
        self._stop = threading.Event()
        self._open: set[str] = set()

    @classmethod
    def beginning(cls, folder: Path) -> Self:
        """One that follows the shared bank from now on, on the settings of the user."""
        companion = cls(Workspace.from_settings(folder))
        threading.Thread(target=companion.follow, daemon=True).start()
        return companion

    # -- following -----------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Keep up with the shared bank until `stop`."""
        from drafter.tasks.together.keeping_up import KeepingUp, keep_up

        # A workspace of its own: an exchange may take long, and a question of the screens does not wait for it.
        with Workspace(self._workspace.settings, self._workspace.bank_folder) as workspace:
            keeping = KeepingUp(workspace, self._told)
            keeping.open_here = self._open
            while not self._stop.is_set():
                try:
                    keep_up(workspace, keeping, self._stop, lambda: self._password)
                    return
                except KamerantwoordError as error:
                    self._told(error, None)
                self._stop.wait(_TROUBLE)

    def _told(self, error: KamerantwoordError | None, report: SyncReport | None) -> None:
        if error is None:
            now = datetime.datetime.now().astimezone()
            self._standing = Standing(connected=True, since=now)
        else:
            needs = isinstance(error, PasswordNeeded)
            self._standing = dataclasses.replace(
                self._standing, connected=False, problem=error.message, needs_password=needs
            )

    def stop(self) -> None:
        """Follow no more, and let go of the server."""
        self._stop.set()
        with self._asking:
            self._drop()

    def standing(self) -> Standing:
        """How this bank stands to the shared one."""
        with self._asking:
            if self._server is not None and time.monotonic() - self._used > _IDLE:
                self._drop()
        bank = self._workspace.bank()
        generation, counted, waiting = self._waiting
        if generation != bank.generation or time.monotonic() - counted > _KNOWN:  # to count it takes some time
            waiting = sum(bank.shared.waiting()) + len(bank.shared_sayings.unsent())
            self._waiting = bank.generation, time.monotonic(), waiting
        if not self._standing.connected:
            waiting += len(shared_dossiers.unsent_dossiers(bank, self._store))
        return dataclasses.replace(self._standing, waiting=waiting, conflicts=len(bank.shared_dossiers.conflicts()))

    def password(self, password: str) -> None:
        """The password that the user typed; kept in the memory of this process alone."""
        self._password = password
        self._refusal = None

    @contextmanager
    def _asked(self) -> Iterator[Server]:
        """The second connection; one that broke is made anew the next time."""
        from answers_bank.sharing import schema
        from drafter.tasks.together import sharing

        with self._asking:
            if self._refusal is not None and time.monotonic() - self._refused < _AGAIN:
                raise self._refusal
            try:
                if self._server is None:
                    following = self._workspace.bank().shared.following()
                    if following is None:
                        raise UsageError(
                            "Deze bank volgt geen gedeelde bank.", "Begin met: kamerantwoord share join ADRES"
                        )
                    server = sharing.connect(following.address, lambda: self._password)
                    try:
                        schema.check(server)
                    except BaseException:
                        server.close()
                        raise
                    self._server = server
                yield self._server
                self._used, self._refusal = time.monotonic(), None
            except KamerantwoordError as error:
                if shared_dossiers.is_unreachable(error) or self._server is None:
                    self._refused, self._refusal = time.monotonic(), error
                    self._drop()
                raise

    def _drop(self) -> None:
        server, self._server = self._server, None
        self._known.clear()
        self._looked.clear()
        if server is not None:
            server.close()

    # -- a dossier that is open ----------------------------------------------------------------------------------------

    def others(self, local: str, number: int | None, changed: str) -> Others | None:
        """Who else has to do with an open dossier, and whether there is something to exchange; None where it is alone.

        Args:
            local: its name.
            number: of the question that the user looks at, for the others to see; None: at none.
            changed: when it was changed last.
        """
        bank = self._workspace.bank()
        link = bank.shared_dossiers.link_of(local)
        if link is None:
            return None
        self._open.add(local)
        waits = tuple(n for _, c in shared_dossiers.conflicts(bank, local) for n in c.numbers)
        before = self._known.get(link.id, (0.0, 0, Others("", "")))[2]
        try:
            step, found = self._looked_up(link, number)
        except KamerantwoordError as error:
            return dataclasses.replace(
                before, looking=(), conflicts=waits, problem=error.message, unsent=changed != link.changed, newer=False
            )
        return dataclasses.replace(
            found, conflicts=waits, newer=step != link.step, unsent=changed != link.changed, problem=""
        )

    def _looked_up(self, link: SharedLink, number: int | None) -> tuple[int, Others]:
        from answers_bank.sharing import dossiers

        with self._asked() as server:
            now = time.monotonic()
            told, at = self._looked.get(link.id, (0.0, None))
            if not told:
                dossiers.hear(server, link.id)
            if number is not None and (at != number or now - told > _SEEN):
                dossiers.look(server, link.id, number)
            if not told or at != number or now - told > _SEEN:
                self._looked[link.id] = (now, number)
            if dossiers.heard(server):
                self._known.clear()
            when, step, others = self._known.get(link.id, (-_KNOWN, 0, Others("", "")))
            if now - when > _KNOWN:
                step, others = self._ask(server, link.id)
                self._known[link.id] = (now, step, others)
            return step, others

    def _ask(self, server: Server, identifier: str) -> tuple[int, Others]:
        from answers_bank.sharing import dossiers

        found = next((one for one in dossiers.dossiers(server, [identifier]) if one.id == identifier), None)
        if found is None:
            raise UsageError(f"Dossier {identifier} staat niet meer op de gedeelde bank.", "Vraag uw beheerder.")
        looking = dossiers.looking(server, [identifier]).get(identifier, [])
        return found.step, _others(found, dossiers.me(server), looking)

    def left(self, local: str) -> None:
        """The dossier is not open here any more."""
        from answers_bank.sharing import dossiers

        self._open.discard(local)
        link = self._workspace.bank().shared_dossiers.link_of(local)
        if link is not None and self._server is not None and link.id in self._looked:
            del self._looked[link.id]
            with self._asked() as server:
                dossiers.look(server, link.id, None)
                dossiers.unhear(server, link.id)

    def merge(
        self, local: str, mine: Dossier, name: str = "", typing: int | None = None
    ) -> tuple[Reconciled, tuple[str, ...]] | None:
        """An open dossier with what others did, and their names; what is of the user is on the server then.

        What waits for a choice is kept. Once the result is in the dossier, `agree` must be called. `name` is how the
        user is called, where several work under one account of the server; where the answer to question `typing` would
        become another one, nothing is done and it is None.
        """
        from answers_bank.sharing import dossiers

        bank = self._workspace.bank()
        link = self._link(local)
        with self._asked() as server:
            try:
                result = shared_dossiers.reconcile(server, link, mine, name, typing)
            except ValueError as error:
                raise UsageError(f"Wat anderen deden, is niet te lezen: {error}.", "Meld dit uw beheerder.") from error
            if result is None:
                return None
            shared_dossiers.keep_conflicts(bank, local, result)
            names: tuple[str, ...] = ()
            if result.received:
                me = dossiers.me(server)
                by = {step.by for step in dossiers.steps(server, link.id, link.step) if step.by != me}
                names = tuple(sorted(by))
            self._known.pop(link.id, None)
        return result, names

    def agree(self, local: str, step: int, changed: str) -> None:
        """The open dossier holds what the server holds at `step`, as it was changed at that moment."""
        link = self._link(local)
        self._workspace.bank().shared_dossiers.link(dataclasses.replace(link, step=step, changed=changed))

    def choices(self, local: str) -> tuple[tuple[StoredConflict, MergeConflict], ...]:
        """What waits for a choice in a dossier."""
        return tuple(shared_dossiers.conflicts(self._workspace.bank(), local))

    def keep_choice(self, local: str, conflict: MergeConflict) -> None:
        """Keep what waits for a choice because it was typed while the text of another came in."""
        shared_dossiers.keep(self._workspace.bank(), local, (conflict,))

    def chosen(self, conflict: StoredConflict) -> None:
        """The user has chosen; the choice is in the dossier."""
        self._workspace.bank().shared_dossiers.chosen(conflict)

    # -- dossiers and people -------------------------------------------------------------------------------------------

    def listed(self) -> tuple[ListedDossier, ...]:
        """All dossiers on the server, the last changed first; none for who may only read."""
        from answers_bank.sharing import dossiers
        from answers_bank.sharing.server import WRITERS

        here = {link.id: link.local for link in self._workspace.bank().shared_dossiers.links()}
        with self._asked() as server:
            if server.role() not in WRITERS:
                return ()
            found = dossiers.dossiers(server)
            me = dossiers.me(server)
            looking = dossiers.looking(server, [one.id for one in found])
        return tuple(
            ListedDossier(one.id, one.title, _others(one, me, looking.get(one.id, [])), here.get(one.id, ""))
            for one in found
        )

    def share(self, local: str) -> None:
        """Share a dossier; the user is its owner."""
        with self._asked() as server:
            shared_dossiers.share_dossier(self._workspace.bank(), self._store, server, local)

    def fetch(self, identifier: str) -> str:
        """Bring a dossier of the server here; its name here."""
        with self._asked() as server:
            bank, check = self._workspace.bank(), self._workspace.check_new
            return shared_dossiers.open_dossier(bank, self._store, server, identifier, check).local

    def people(self) -> tuple[str, ...]:
        """Who may work on dossiers."""
        from answers_bank.sharing import dossiers

        with self._asked() as server:
            return tuple(dossiers.people(server))

    def assign(self, local: str, questions: tuple[int, ...], name: str, gone: bool = False) -> Others:
        """Assign someone to questions (0: the whole set), or not any more; the people then."""
        from answers_bank.sharing import dossiers

        return self._as_owner(local, lambda server, id_: dossiers.assign(server, id_, questions, name, gone=gone))

    def give(self, local: str, name: str) -> Others:
        """Make someone else the owner; the people then."""
        from answers_bank.sharing import dossiers

        return self._as_owner(local, lambda server, id_: dossiers.give(server, id_, name))

    def _as_owner(self, local: str, do: Callable[[Server, str], bool]) -> Others:
        link = self._link(local)
        with self._asked() as server:
            if not do(server, link.id):
                raise UsageError(
                    "Alleen de eigenaar, wie het hele dossier heeft, of een beheerder mag toewijzen.",
                    "Vraag het de eigenaar.",
                )
            self._known.pop(link.id, None)
            return self._ask(server, link.id)[1]

    def history(self, local: str, number: int) -> tuple[AnswerVersion, ...]:
        """All versions of the answer to a question, the newest first."""
        link = self._link(local)
        with self._asked() as server:
            return versions_of(server, link.id, number)

    def _link(self, local: str) -> SharedLink:
        link = self._workspace.bank().shared_dossiers.link_of(local)
        if link is None:
            raise UsageError(f"Dossier {local} wordt niet gedeeld.", "Deel het eerst.")
        return link


def _others(one: SharedDossier, me: str, looking: list[tuple[str, int]]) -> Others:
    return Others(me, one.owner, one.assigned, tuple(looking), one.state)
