"""What the screens have of the house: what is at hand, and how the rest is asked for."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from drafter.backend.bank import load_model
from drafter.backend.recent_folders import recent_files, recent_folders, remember_file, remember_folder
from drafter.backend.workplace import Workplace
from drafter.dossier.session import Clock, now
from drafter.dossier.store import FOLDER, DossierStore
from drafter.settings.file import set_setting
from drafter.tasks.workspace import Workspace
from embeddings.progress import Progress

if TYPE_CHECKING:
    from drafter.tasks.together.companion import Companion

P = ParamSpec("P")
T = TypeVar("T")


class AsksCompanion(Protocol):
    """A way to the companion: what it is asked are its own methods."""

    def ask(self, call: Callable[Concatenate[Companion, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What it answers, or raises."""
        ...


class ModelState(StrEnum):
    """Whether searching by meaning is possible yet."""

    ABSENT = "absent"
    """Not asked for yet."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class Backend:
    """The dossiers, the settings and the folders, and all calls of the modules beside this one.

    Calls may be slow and are made from worker threads; they are safe there, and raise `KamerantwoordError` with what
    went wrong and what next. Here they are carried out in the program itself; see `WorkerBackend` for the usual way.
    """

    def __init__(self, workspace: Workspace, as_of: datetime.date | None = None, clock: Clock = now) -> None:
        self.workspace = workspace
        self.settings = workspace.settings
        self.as_of = as_of or datetime.date.today()
        """Reference date (peildatum)."""
        self.bank_folder = workspace.bank_folder
        self.store = DossierStore(workspace.bank_folder, clock)
        self.model = ModelState.ABSENT
        self.companion: AsksCompanion | None = None
        """Who is asked about others, where the bank follows a shared one."""

    def ask(self, call: Callable[Concatenate[Workplace, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Carry out a short call."""
        return call(self._workplace, *args, **kwargs)

    def work(
        self,
        task: Callable[Concatenate[Workplace, Progress, P], T],
        progress: Progress,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Carry out a call that takes long; `progress` is told how far it is, and says when it must stop."""
        return task(self._workplace, progress, *args, **kwargs)

    @property
    def _workplace(self) -> Workplace:
        return Workplace(self.workspace, self.store, self.as_of, self.settings)

    # -- model and settings --------------------------------------------------------------------------------------------

    @property
    def model_name(self) -> str:
        """The model in use, or its settings' name."""
        return self.settings.model or "multilingual-e5-small (meegeleverd)"

    def load_model(self) -> None:
        """Load the model; takes seconds, once."""
        self.model = ModelState.LOADING
        try:
            self.ask(load_model)
        except BaseException:
            self.model = ModelState.FAILED
            raise
        self.model = ModelState.READY

    def set_setting(self, key: str, value: str | int | tuple[str, ...] | None) -> None:
        """Keep a setting ("naam", "signalen.uit") in the settings file, and use it from now on.

        None is the default. What `drafter.settings.usable` names holds from the next start on.
        """
        from drafter.settings.usable import check_setting

        check_setting(key, value)
        kept = set_setting(key, value)
        group = key.partition(".")[0]
        self.settings = dataclasses.replace(self.settings, **{group: getattr(kept, group)})

    # -- folders -------------------------------------------------------------------------------------------------------

    @property
    def has_bank(self) -> bool:
        """Whether there is a bank at all; quick."""
        return self.workspace.has_bank

    def recent_folders(self) -> tuple[Path, ...]:
        """Folders that files were taken from last, newest first."""
        return recent_folders(self.bank_folder / FOLDER)

    def used_folder(self, folder: Path) -> None:
        """Remember a folder that a file was taken from; no harm is done when that fails."""
        remember_folder(self.bank_folder / FOLDER, folder)

    def recent_files(self) -> tuple[Path, ...]:
        """Files that were taken last, newest first."""
        return recent_files(self.bank_folder / FOLDER)

    def used_file(self, file: Path) -> None:
        """Remember a file that was taken; no harm is done when that fails."""
        remember_file(self.bank_folder / FOLDER, file)

    def close(self) -> None:
        """Let go of the bank."""
        self.workspace.close()
