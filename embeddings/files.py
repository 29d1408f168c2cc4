"""The storage layer: files that are written whole or not at all, changed under a lock, and never put over another.

Everything that the program keeps outside its databases goes through here. Writing is always the same: aside, on disk,
renamed, and the folder on disk as well, so that a program that dies, a power cut or a full disk leaves the old file or
the new one. What is read, changed and written again is so under one lock (`changing`).
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
import stat
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

LOCK_WAIT = 30.0
"""Seconds to wait for another program that changes the same file."""

_NO_ROOM = 1 << 16
"""Bytes: what SQLite asks for at once, for the memory that its readers share, is half of this."""

_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in `path`, see `writing_whole`.

    Raises:
        OSError: the place cannot be written to; what was there is still there.
    """
    with writing_whole(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of `path` when this ends, on disk; not when an exception leaves it.

    A reader sees the old file or the new one, never a half, and two who write at once do not meet. A link stays a link,
    to a file that is renewed; a file keeps who may read it. What is no plain file, such as /dev/stdout, is written to
    as it is.

    Raises:
        OSError: the place cannot be written to; what was there is still there.
    """
    path = path.resolve() if path.is_symlink() else path
    known = _status(path)
    if known is not None and not stat.S_ISREG(known.st_mode) and not stat.S_ISDIR(known.st_mode):
        with path.open("wb") as stream:
            yield stream
        return
    scratch = path.with_name(f".{uuid.uuid4().hex[:16]}.tmp")
    try:
        with scratch.open("wb") as file:
            if known is not None and os.name == "posix":
                os.fchmod(file.fileno(), stat.S_IMODE(known.st_mode))
            yield file
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise
    sync_folder(path.parent)


def is_full(place: Path) -> bool:
    """Whether the disk under `place` has no room left to speak of; SQLite cannot always tell that from a bad disk."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(place).free < _NO_ROOM
    return False


def sync_folder(folder: Path) -> None:
    """Put the names in `folder` on disk, as far as the file system can do that."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_file(path: Path) -> None:
    """Put what was written to `path` on disk.

    Raises:
        OSError: that cannot be done.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def reserve(path: Path) -> Path:
    """An empty file of our own: `path` itself, or the same name with a number where something stands there.

    Raises:
        OSError: the place cannot be written to.
    """
    for free in _names(path):
        with contextlib.suppress(FileExistsError):
            free.open("xb").close()
            return free
    raise AssertionError


def place(made: Path, path: Path, taken: Callable[[Path], bool] = lambda _: False) -> Path:
    """Give the finished file `made` its name: `path` or, where that is there or `taken`, with a number. Where it is.

    Raises:
        OSError: the place cannot be written to; `made` stands where it stood.
    """
    for free in _names(path):
        if taken(free):
            continue
        try:
            os.link(made, free)
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            free = reserve(free)
            made.replace(free)
        else:
            made.unlink()
        sync_folder(path.parent)
        return free
    raise AssertionError


def move_aside(path: Path, target: Path) -> Path:
    """Rename `path` to `target`, or to that name with a number: never over another file. Where it is then.

    Raises:
        OSError: it cannot be moved; it stands where it stood.
    """
    free = reserve(target)
    try:
        path.replace(free)
    except BaseException:
        with contextlib.suppress(OSError):
            free.unlink()
        raise
    sync_folder(target.parent)
    sync_folder(path.parent)
    return free


@contextlib.contextmanager
def changing(path: Path, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold the lock on `path`, so that what is read of it inside is still so when it is written.

    The lock is a file beside it, and goes when its holder dies.

    Raises:
        OSError: the place cannot be written to, or another program holds the lock for longer than `wait` seconds.
    """
    # Deferred: most of what the program does reads only.
    from filelock import FileLock, Timeout

    path = path.resolve() if path.is_symlink() else path
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=wait, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(f"{path.name} is al {wait:.0f} seconden in gebruik bij een ander programma") from error
    try:
        yield
    finally:
        lock.release(force=True)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
