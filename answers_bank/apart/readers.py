"""Processes that read files for this one; see `Readers`."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers_bank.apart.child import receive, send
from answers_bank.documents import Document
from embeddings.errors import InputError

SECONDS = 12.0
"""Of the processor that one file may take; real sets of answers and letters take less than one."""

MEMORY = 700_000_000
"""Bytes that a reading process may hold (on Linux); with real documents it holds less than 100 MB."""

WALL = 18.0
"""Seconds on the clock after which a file is given up for this time: a disk that does not answer, or a computer that
has no processor to spare. No file may hold up the others for more than twenty."""

_HELPED = 700.0
"""The same where programs for text recognition or old Word files may be at work; they have limits of their own."""

_UNHELPED = frozenset({".docx", ".odt", ".htm", ".html", ".xml", ".txt", ".md"})
"""Endings of files that no such program reads."""

ANOTHER_AFTER = 3.0
"""Seconds that the processes there are have had files, before another one is begun."""

_WORTH = 10.0
"""Seconds of reading, at the pace so far, that must be left for another process: it loads a reader of its own, which
takes as long as a hundred small files."""

_LOOK = 0.1
_AHEAD = 2
"""Files that each process is given before the answers are used."""


class TooMuchError(InputError):
    """A file asks for more time or memory than a document can need, or ends the process that reads it."""


class TooLongError(InputError):
    """A file was not read in the time on the clock, for whatever reason; it may be another time."""


@dataclass(slots=True)
class _Work:
    number: int
    path: Path | None
    data: bytes | None
    name: str
    began: float = 0.0


class _Child:
    """One process, and the thread that listens to it."""

    def __init__(self, seconds: float, memory: int, answers: queue.SimpleQueue[tuple[_Child, Any]]) -> None:
        # The packages of this process, and never what lies in the folder where the user happens to be (-P).
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "answers_bank.apart.child", str(seconds), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self.began = time.monotonic()
        self.work: _Work | None = None
        self._answers = answers
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            while (answer := receive(self.process.stdout)) is not None:
                self._answers.put((self, answer))
        self._answers.put((self, None))

    def give(self, work: _Work) -> None:
        self.work = work
        work.began = time.monotonic()
        # Whole: the process began in the folder where this one was then.
        place = os.path.abspath(work.path) if work.path else None
        with contextlib.suppress(OSError, ValueError):  # it ended: the listener says so
            assert self.process.stdin is not None
            send(self.process.stdin, (place, work.data, work.name))

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Readers:
    """Some processes that read files. Use it in `with`, or call `close`; they are started when they are needed.

    A file that asks for too much ends its process and no other; the next file gets a new one.
    """

    def __init__(self, count: int = 1, seconds: float = SECONDS, memory: int = MEMORY, wall: float = 0.0) -> None:
        """`wall` is the time on the clock for any file; 0 is the usual one, longer where another program may help."""
        self._count = count
        self._seconds = seconds
        self._memory = memory
        self._wall = wall
        self._helped = any(map(shutil.which, ("ocrmypdf", "soffice", "libreoffice", "antiword")))
        self._answers: queue.SimpleQueue[tuple[_Child, Any]] = queue.SimpleQueue()
        self._children: list[_Child] = []
        self._turn = threading.RLock()

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; calling it again does nothing."""
        children, self._children = self._children, []
        for child in children:
            child.end()

    def read_file(self, path: Path) -> Document:
        """As `answers_bank.reading.read_file`.

        Raises:
            InputError: the file cannot be read.
            TooMuchError: it asks for too much.
            TooLongError: it was not read in time.
        """
        return self._one(_Work(0, path, None, path.name))

    def read_bytes(self, data: bytes, name: str) -> Document:
        """As `answers_bank.reading.read_bytes`; raises as `read_file`."""
        return self._one(_Work(0, None, data, name))

    def _one(self, work: _Work) -> Document:
        [(_, found)] = self._run([work], lambda: None, lambda: 0)
        if isinstance(found, InputError):
            raise found
        return found

    def read_all(
        self,
        paths: Iterable[Path],
        idle: Callable[[], object] = lambda: None,
        left: Callable[[], int] = lambda: 0,
    ) -> Iterator[tuple[Path, Document | InputError]]:
        """Each file with its document, or with why there is none, in the order given.

        Args:
            paths: taken one by one as processes become free.
            idle: called a few times a second while a file is waited for; what it raises ends the reading.
            left: how many files are still to come, to tell whether another process is worth its start.
        """
        works = (_Work(number, path, None, path.name) for number, path in enumerate(paths))
        for work, found in self._run(works, idle, left):
            assert work.path is not None
            yield work.path, found

    def _run(
        self, works: Iterable[_Work], idle: Callable[[], object], left: Callable[[], int]
    ) -> Iterator[tuple[_Work, Document | InputError]]:
        with self._turn:  # one at a time: answers are told apart by their process alone
            waiting = iter(works)
            done: dict[int, tuple[_Work, Document | InputError]] = {}
            following = given = 0
            ended = False
            began = time.monotonic()

            def much_left() -> bool:
                return left() * (time.monotonic() - began) > _WORTH * max(following, 1)

            try:
                while True:
                    while (
                        not ended
                        and given - following < self._count * _AHEAD
                        and (child := self._free(much_left)) is not None
                    ):
                        work = next(waiting, None)
                        if work is None:
                            ended = True
                            break
                        given += 1
                        child.give(work)
                    if following in done:
                        yield done.pop(following)
                        following += 1
                        continue
                    if ended and following == given:
                        return
                    if (answered := self._answered(idle)) is not None:
                        done[answered[0].number] = answered
            finally:
                if any(child.work for child in self._children):  # left half way: what is at work has no taker
                    self.close()

    def _free(self, much_left: Callable[[], bool]) -> _Child | None:
        for child in self._children:
            if child.work is None:
                return child
        if not self._children or (len(self._children) < self._count and self._busy() > ANOTHER_AFTER and much_left()):
            self._children.append(_Child(self._seconds, self._memory, self._answers))
            return self._children[-1]
        return None

    def _busy(self) -> float:
        return time.monotonic() - max(child.began for child in self._children)

    def _answered(self, idle: Callable[[], object]) -> tuple[_Work, Document | InputError] | None:
        """What came in; None when nothing did."""
        try:
            child, answer = self._answers.get(timeout=_LOOK)
        except queue.Empty:
            idle()
            now = time.monotonic()
            late = [c for c in self._children if c.work and now - c.work.began > self._time_of(c.work.name)]
            for child in late:
                work = child.work
                assert work is not None
                self._drop(child)
                return work, _too_long(work.name)
            return None
        if child not in self._children:
            return None
        work = child.work
        if answer is None:
            self._drop(child)
            return (work, _too_much(work.name, self._why(child))) if work is not None else None
        child.work = None
        assert work is not None
        kind, value = answer
        if kind == "document":
            return work, value
        if kind == "refused":
            return work, InputError(*value)
        if kind == "memory":
            self._drop(child)  # it may hold on to what it took
            return work, _too_much(work.name, "het vraagt te veel geheugen")
        return work, _too_much(work.name, f"onverwachte fout bij het lezen ({value})")

    def _time_of(self, name: str) -> float:
        unhelped = not self._helped or os.path.splitext(name)[1].lower() in _UNHELPED
        return self._wall or (WALL if unhelped else _HELPED)

    def _drop(self, child: _Child) -> None:
        child.end()
        self._children.remove(child)

    @staticmethod
    def _why(child: _Child) -> str:
        code = child.process.returncode
        if code == -getattr(signal, "SIGXCPU", -1):
            return "het lezen duurt te lang"
        return "het lezen ervan brak af, zoals bij te veel geheugen"


def _too_much(name: str, reason: str) -> TooMuchError:
    from answers_bank.reading.formats.sniffing import printable

    return TooMuchError(
        f"{printable(name)} is opzij gezet: {reason}.",
        "Bewaar het in een ander programma opnieuw, of vraag het stuk in een andere vorm.",
    )


def _too_long(name: str) -> TooLongError:
    from answers_bank.reading.formats.sniffing import printable

    return TooLongError(
        f"{printable(name)} is overgeslagen: het lezen duurt te lang.",
        "De computer is erg druk, of de schijf is traag. Probeer het later opnieuw.",
    )


_SHARED: list[Readers] = []


def read_file(path: Path) -> Document:
    """The document in the file at `path`, read in a process of its own; raises InputError."""
    return _shared().read_file(path)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in `data`, read in a process of its own; raises InputError."""
    return _shared().read_bytes(data, name)


def _shared() -> Readers:
    if not _SHARED:
        _SHARED.append(Readers())
        atexit.register(_SHARED[0].close)
    return _SHARED[0]
