"""The backend of the screens: what must be at hand is here, and what takes time is done by two other processes.

One of them has the model and what needs it; the other does the rest, so that words are found, sources read and texts
checked while the first is still loading or filling the bank. Where the bank follows a shared one there is a third, the
only one that opens a connection; where it does not, nothing of that is loaded.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from answers_bank.store.following.follows import follows
from drafter.backend.hub import MEANING, TOGETHER, WORDS
from drafter.backend.local import Backend
from drafter.backend.worker_client import CannotBeginError, WorkProcess
from drafter.backend.workplace import WITH_MODEL, Workplace
from drafter.dossier.store import DossierStore
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace
from embeddings.progress import Progress

if TYPE_CHECKING:
    from drafter.tasks.together.companion import Companion

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Errand(Generic[P, T]):
    """A call with what the user chose when it was made; carried out on the workspace of another process."""

    call: Callable[Concatenate[Workplace, P], T]
    as_of: datetime.date
    settings: Settings

    def __call__(self, workspace: Workspace, /, *args: P.args, **kwargs: P.kwargs) -> T:
        at = Workplace(workspace, DossierStore(workspace.bank_folder), self.as_of, self.settings)
        return self.call(at, *args, **kwargs)


class WorkerBackend(Backend):
    """Each call goes to the process that is meant for it.

    Args:
        workspace: for what is at hand: dossiers, settings, folders.
        make: makes the workspaces of the other processes.
        as_of: reference date; None is today.
    """

    def __init__(self, workspace: Workspace, make: Callable[[], Workspace], as_of: datetime.date | None = None) -> None:
        super().__init__(workspace, as_of)
        self.words = WorkProcess(make, WORDS)
        self.meaning = WorkProcess(make, MEANING)
        if follows(workspace.bank_folder):
            self.companion = WorkProcess(companion_maker(workspace.bank_folder), TOGETHER)

    def ask(self, call: Callable[Concatenate[Workplace, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `Backend.ask`."""
        try:
            errand = _Errand(call, self.as_of, self.settings)
            return self._process(call).ask(errand, *args, **kwargs)
        except CannotBeginError:  # slower on screen, but it works
            return super().ask(call, *args, **kwargs)

    def work(
        self,
        task: Callable[Concatenate[Workplace, Progress, P], T],
        progress: Progress,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """See `Backend.work`."""
        try:
            errand = _Errand(task, self.as_of, self.settings)
            return self._process(task).work(errand, progress, *args, **kwargs)
        except CannotBeginError:
            return super().work(task, progress, *args, **kwargs)

    def _process(self, call: Callable[..., Any]) -> WorkProcess[Workspace]:
        return self.meaning if call in WITH_MODEL else self.words

    def close(self) -> None:
        """End the processes."""
        self.words.close()
        self.meaning.close()
        if isinstance(self.companion, WorkProcess):
            self.companion.close()
        super().close()


def companion_maker(bank_folder: Path) -> Callable[[], Companion]:
    """Makes, in a process of its own, who keeps the bank in that folder up with the shared one."""
    # Deferred: who works alone loads nothing of it.
    from drafter.tasks.together.companion import Companion

    return functools.partial(Companion.beginning, bank_folder)


def worker_backend(bank_folder: Path | None, as_of: datetime.date) -> WorkerBackend:
    """The backend for the screens on a bank, with the settings of the user.

    Raises:
        UsageError: the settings cannot be understood.
    """
    workspace = Workspace.from_settings(bank_folder)
    make = functools.partial(Workspace.from_settings, workspace.bank_folder)
    return WorkerBackend(workspace, make, as_of)
