"""The one kind of error that users see, and the exit codes that go with it.

It lives in the lowest room so that every room can raise it; only the command line and the screens show it.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How the command line ends."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    BANK = 4


class KamerantwoordError(Exception):
    """Something that the user can understand and act on.

    Attributes:
        message: what is wrong, in plain Dutch, naming the file or setting.
        hint: what to do next, in plain Dutch; may be empty.
        exit_code: how the command line ends when nothing else could be done.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(KamerantwoordError):
    """The call or a setting is wrong."""


class NotReadyError(KamerantwoordError):
    """What was asked is not done, for something is still open."""

    exit_code = ExitCode.FINDINGS


class InputError(KamerantwoordError):
    """A file cannot be read: damaged, empty, protected, too large or of an unknown kind."""

    exit_code = ExitCode.INPUT


class BankError(KamerantwoordError):
    """The bank cannot be opened or used, or holds vectors of another model."""

    exit_code = ExitCode.BANK


class ModelError(KamerantwoordError):
    """The embedding model cannot be found or loaded."""

    exit_code = ExitCode.BANK


class Cancelled(Exception):  # noqa: N818  (a request, not an error)
    """Raised inside long work when `Progress.cancelled` says so; what was done so far is kept."""
