"""The one kind of error that users see, and the exit codes that go with it.

It lives in the lowest room so that every room can raise it; only the command line and the screens show it.
"""

from __future__ import annotations

import errno
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


_REASONS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "uw ruimte op deze schijf is op",
    errno.EROFS: "die schijf is alleen-lezen",
    errno.EACCES: "u hebt daar geen rechten",
    errno.EPERM: "u hebt daar geen rechten",
    errno.ENOENT: "het bestand of de map is er niet",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EISDIR: "het is een map",
    errno.EEXIST: "er staat al iets met die naam",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EBUSY: "het is in gebruik",
    errno.EMFILE: "er zijn te veel bestanden open",
    errno.ENFILE: "er zijn te veel bestanden open",
    errno.EFBIG: "het bestand wordt te groot voor die schijf",
    errno.EIO: "de schijf of de netwerkmap reageert niet goed",
    errno.ESTALE: "de netwerkmap is niet bereikbaar",
    errno.ETIMEDOUT: "de netwerkmap reageert niet",
}


def why(error: OSError) -> str:
    """Why the system refused, in plain Dutch; in its own words where it says something else."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
