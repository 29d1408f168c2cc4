"""The desk of the screens: what must be at hand is here, and what takes time is done by two other processes.

One of them has the model and what needs it; the other does the rest, so that words are found, sources read and texts
checked while the first is still loading or filling the bank.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from drafter.backend.local import BankDesk
from drafter.backend.protocol import Desk, ModelState
from drafter.backend.worker_client import CannotBeginError, WorkProcess
from drafter.tasks.workspace import Workspace

if TYPE_CHECKING:
    from drafter.settings.values import Settings

_NEEDS_MODEL = frozenset({"load_model", "draft", "fill"})
_HERE = frozenset({"set_setting", "recent_folders", "used_folder", "sample_folder", "sample_questions", "start"})
"""Calls that are over at once, and belong to this process."""


def bank_desk(bank_folder: Path, as_of: datetime.date) -> BankDesk:
    """A desk on a bank with the settings of the user."""
    return BankDesk(Workspace.from_settings(bank_folder), as_of)


class RemoteDesk:
    """See `drafter.backend.protocol.Desk`: each call goes to the process that is meant for it.

    Args:
        here: for what is at hand: dossiers, settings, folders.
        make: makes the desks of the other processes.
    """

    def __init__(self, here: BankDesk, make: Callable[[], BankDesk]) -> None:
        self._here = here
        self._model = ModelState.ABSENT
        self.words = WorkProcess(make)
        self.meaning = WorkProcess(make)
        self.store = here.store
        self.bank_folder = here.bank_folder
        self.as_of = here.as_of

    @property
    def settings(self) -> Settings:
        """As they are now."""
        return self._here.settings

    @property
    def model(self) -> ModelState:
        """Whether the model is there."""
        return self._model

    @property
    def model_name(self) -> str:
        """The model in use, or its settings' name."""
        return self._here.model_name

    @property
    def has_bank(self) -> bool:
        """Whether there is a bank at all."""
        return self._here.has_bank

    def load_model(self) -> None:
        """Load the model; takes seconds, once."""
        self._model = ModelState.LOADING
        try:
            self._ask("load_model")
        except BaseException:
            self._model = ModelState.FAILED
            raise
        self._model = ModelState.READY

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_") or not callable(getattr(BankDesk, name, None)):
            raise AttributeError(name)
        if name in _HERE:
            self._here.as_of = self.as_of
            return cast("Callable[..., Any]", getattr(self._here, name))
        return functools.partial(self._ask, name)

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        # `search` says in its third place whether it goes by meaning.
        by_meaning = name in _NEEDS_MODEL or (name == "search" and (kwargs.get("meaning") or True in args[2:3]))
        process = self.meaning if by_meaning else self.words
        try:
            return process.call(name, args, kwargs, {"as_of": self.as_of, "settings": self.settings})
        except CannotBeginError:  # slower on screen, but it works
            self._here.as_of = self.as_of
            return getattr(self._here, name)(*args, **kwargs)

    def close(self) -> None:
        """End the processes."""
        self.words.close()
        self.meaning.close()
        self._here.close()


def remote_desk(bank_folder: Path | None, as_of: datetime.date) -> Desk:
    """The desk for the screens on a bank, with the settings of the user.

    Raises:
        UsageError: the settings cannot be understood.
    """
    workspace = Workspace.from_settings(bank_folder)
    make = functools.partial(bank_desk, workspace.bank_folder, as_of)
    return cast(Desk, RemoteDesk(BankDesk(workspace, as_of), make))
