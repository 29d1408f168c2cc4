"""Work in a process of its own, so that the screens never wait for it and outlive it.

A thread that calculates holds up all others of its process: the interpreter runs one at a time, and a library that is
being loaded lets go for seconds on end. Another process does not, can be stopped whatever it is doing, and takes
nothing with it when it crashes.
"""

from __future__ import annotations

import contextlib
import contextvars
import itertools
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

from drafter.backend.worker_server import Call, Ended, Piece, ProgressHere, Steps, Stop
from embeddings.errors import Cancelled, KamerantwoordError
from embeddings.progress import SILENT, Progress

AT_HAND: contextvars.ContextVar[Progress] = contextvars.ContextVar("AT_HAND", default=SILENT)
"""The progress of the job that makes a call: whether it must stop is looked up here for calls that take none."""

_LOOK = 0.05
"""Seconds between two looks whether the user wants to stop."""

_PATIENCE = 10.0
"""Seconds after which work that does not stop is ended with its process."""

_SAID = 4000
"""Characters kept of what a process that crashed had to say."""


class CannotBeginError(Exception):
    """The system allows no other process."""


class WorkStoppedError(KamerantwoordError):
    """A work process ended in the middle of a call; the next call begins another.

    Attributes:
        details: what it said last, for who mends the program.
    """

    details = ""


@dataclass(eq=False)
class _Waiting:
    """A call that was made, until its end comes."""

    progress: Progress
    ready: threading.Event = field(default_factory=threading.Event)
    ended: Ended | None = None
    pieces: list[Any] = field(default_factory=list)
    """Of a value that comes in pieces."""
    stopped: float | None = None
    """When it was asked to stop."""


class WorkProcess:
    """A process that carries out calls on a desk of its own: begun at the first call, and again after a crash.

    Safe to use from several threads; calls run beside each other.

    Args:
        make: makes the desk; it and all arguments and values must be able to be pickled.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._running: _Running | None = None
        self._closed = False

    def call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], state: dict[str, Any]) -> Any:
        """What the desk's method `name` returns, or raises; `state` are fields of the desk to set first.

        A `Progress` among the arguments is told how far the work is.

        Raises:
            Cancelled: the job at hand was asked to stop.
            WorkStoppedError: the process ended.
        CannotBeginError: there is none, and it cannot be begun.
        """
        told = next((a for a in (*args, *kwargs.values()) if _is_progress(a)), None)
        waiting = _Waiting(told or AT_HAND.get())
        call = Call(
            next(self._numbers),
            name,
            tuple(ProgressHere() if a is told and told else a for a in args),
            {key: ProgressHere() if a is told and told else a for key, a in kwargs.items()},
            state,
        )
        try:
            return self._answer(call, waiting, told is None)
        except WorkStoppedError:
            if told is not None:
                raise
            # Short work that did not end: once more, in the process that takes the other's place.
            return self._answer(call, _Waiting(waiting.progress), told is None)

    def _answer(self, call: Call, waiting: _Waiting, may_be_left: bool) -> Any:
        running = self._send(call, waiting)
        while not waiting.ready.wait(_LOOK):
            if waiting.stopped is None and waiting.progress.cancelled():
                waiting.stopped = time.monotonic()
                running.send(Stop(call.number))
                if may_be_left:
                    raise Cancelled  # nobody waits for its value any more
            elif waiting.stopped is not None and time.monotonic() - waiting.stopped > _PATIENCE:
                running.kill()
                raise Cancelled
        assert waiting.ended is not None
        if waiting.ended.error is not None:
            raise waiting.ended.error
        return tuple(waiting.pieces) if waiting.ended.in_pieces else waiting.ended.value

    def _send(self, call: Call, waiting: _Waiting) -> _Running:
        with self._lock:
            if self._closed:
                raise Cancelled
            running = self._running
            if running is not None and (not running.alive or running.hangs()):
                running.kill()
                running = None
            if running is None:
                try:
                    running = self._running = _Running(self._make)
                except OSError as error:
                    raise CannotBeginError from error
            running.expect(call.number, waiting)
            running.send(call)
            return running

    @property
    def pid(self) -> int | None:
        """Number of the process; None before the first call."""
        return self._running.pid if self._running else None

    def close(self) -> None:
        """End the process: what it does is stopped, and what it wrote stays whole."""
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.close()


class _Running:
    """One process while it lives."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        places = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from drafter.backend.worker_server import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, "PYTHONPATH": places},
            # The terminal's own signals are for the screens.
            start_new_session=True,
        )
        self._sending = threading.Lock()
        self._waiting: dict[int, _Waiting] = {}
        self._gone = False
        self._write(make)
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return not self._gone and self._process.poll() is None

    def hangs(self) -> bool:
        """Whether something that must stop has gone on for too long."""
        limit = time.monotonic() - _PATIENCE
        return any(w.stopped is not None and w.stopped < limit for w in list(self._waiting.values()))

    def expect(self, number: int, waiting: _Waiting) -> None:
        self._waiting[number] = waiting

    def send(self, message: Call | Stop) -> None:
        try:
            self._write(message)
        except (OSError, ValueError):  # it is gone
            if isinstance(message, Call):
                self._end(message.number, Ended(message.number, error=self._error()))

    def _write(self, message: Any) -> None:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        assert self._process.stdin is not None
        with self._sending:
            self._process.stdin.write(data)
            self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                message = pickle.load(self._process.stdout)
                if isinstance(message, Ended):
                    self._end(message.number, message)
                else:
                    self._tell(message)
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            pass
        self._gone = True
        self._process.wait()
        error = self._error()
        for number in list(self._waiting):
            self._end(number, Ended(number, error=error))
        for stream in (self._said, self._process.stdout, self._process.stdin):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]

    def _tell(self, message: Steps | Piece) -> None:
        waiting = self._waiting.get(message.number)
        if waiting is not None:
            if isinstance(message, Piece):
                waiting.pieces.extend(message.values)
            elif message.stage is not None:
                waiting.progress.start(*message.stage)
            else:
                waiting.progress.advance(message.steps, message.label)

    def _end(self, number: int, ended: Ended) -> None:
        waiting = self._waiting.pop(number, None)
        if waiting is not None:
            waiting.ended = ended
            waiting.ready.set()

    def _error(self) -> WorkStoppedError:
        error = WorkStoppedError(
            "Het rekenwerk op de achtergrond is onverwacht gestopt.",
            "Uw tekst is bewaard. Probeer het opnieuw. Gebeurt het weer, sluit dan andere programma's.",
        )
        try:
            self._said.seek(0)
            said = self._said.read().decode("utf-8", "replace")[-_SAID:]
        except (OSError, ValueError):
            said = ""
        error.details = f"code {self._process.poll()}\n{said}"
        return error

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        """Let it end by itself, but not for long."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reading.join(3)


def _is_progress(value: object) -> bool:
    return all(callable(getattr(value, name, None)) for name in ("start", "advance", "cancelled"))
