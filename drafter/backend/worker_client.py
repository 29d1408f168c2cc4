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
from typing import IO, Any, Concatenate, Generic, ParamSpec, TypeVar

from drafter.backend.worker_server import Call, Ended, Portion, Steps, Stop
from embeddings.errors import Cancelled, KamerantwoordError
from embeddings.progress import SILENT, Progress

D = TypeVar("D")
P = ParamSpec("P")
T = TypeVar("T")

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
class _Pending:
    """A call that was made, until its end comes."""

    progress: Progress
    ready: threading.Event = field(default_factory=threading.Event)
    ended: Ended | None = None
    portions: list[Any] = field(default_factory=list)
    """Of a value that comes in portions."""
    stopped: float | None = None
    """When it was asked to stop."""


class WorkProcess(Generic[D]):
    """A process that carries out calls: begun at the first one, and again after a crash.

    Safe to use from several threads; calls run beside each other.

    Args:
        make: makes what the calls get as their first argument there; it, the calls, all arguments and values must be
            able to be pickled.
        hub: which shared process does the work where this program was told of them (`drafter.backend.hub`).
    """

    def __init__(self, make: Callable[[], D], hub: int | None = None) -> None:
        self._make = make
        self._hub = hub
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._running: _Running | None = None
        self._closed = False

    def ask(self, call: Callable[Concatenate[D, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What short work returns, or raises; it is done once more where the process ends in the middle of it.

        Raises:
            Cancelled: the job at hand was asked to stop.
            WorkStoppedError: the process ended, twice.
            CannotBeginError: there is none, and it cannot be begun.
        """
        message = Call(next(self._numbers), call, args, kwargs, listens=False)
        value: T
        try:
            value = self._answer(message, AT_HAND.get())
        except WorkStoppedError:
            value = self._answer(message, AT_HAND.get())
        return value

    def work(
        self, task: Callable[Concatenate[D, Progress, P], T], progress: Progress, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What long work returns, or raises; `progress` is told how far it is.

        Raises:
            Cancelled: `progress` asked to stop.
            WorkStoppedError: the process ended.
            CannotBeginError: there is none, and it cannot be begun.
        """
        value: T = self._answer(Call(next(self._numbers), task, args, kwargs, listens=True), progress)
        return value

    def _answer(self, call: Call, progress: Progress) -> Any:
        pending = _Pending(progress)
        running = self._send(call, pending)
        while not pending.ready.wait(_LOOK):
            if pending.stopped is None and progress.cancelled():
                pending.stopped = time.monotonic()
                running.send(Stop(call.number))
                if not call.listens:
                    raise Cancelled  # nobody waits for its value any more
            elif pending.stopped is not None and time.monotonic() - pending.stopped > _PATIENCE:
                running.kill()
                raise Cancelled
        assert pending.ended is not None
        if pending.ended.error is not None:
            raise pending.ended.error
        return tuple(pending.portions) if pending.ended.in_portions else pending.ended.value

    def _send(self, call: Call, pending: _Pending) -> _Running:
        with self._lock:
            if self._closed:
                raise Cancelled
            running = self._running
            if running is not None and (not running.alive or running.hangs()):
                running.kill()
                running = None
            if running is None:
                try:
                    running = self._running = self._begun()
                except OSError as error:
                    raise CannotBeginError from error
            running.expect(call.number, pending)
            running.send(call)
            return running

    def _begun(self) -> _Running:
        from drafter.backend.hub import reach

        way = reach(self._hub) if self._hub is not None else None
        return _Running.shared(*way) if way else _Running(self._make)

    @property
    def pid(self) -> int | None:
        """Number of the process; None before the first call, and where it is shared."""
        return self._running.pid if self._running else None

    def close(self) -> None:
        """End the process: what it does is stopped, and what it wrote stays whole."""
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.close()


class _Running:
    """One process while it lives, or a way to one that is shared."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        places = os.pathsep.join(path for path in sys.path if path)
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from drafter.backend.worker_server import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, "PYTHONPATH": places},
            # The terminal's own signals are for the screens.
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._process: subprocess.Popen[bytes] | None = process
        self._begin(process.stdout, process.stdin)
        self._write(make)

    @classmethod
    def shared(cls, source: IO[bytes], sink: IO[bytes]) -> _Running:
        """A way to a process that others use as well."""
        running = cls.__new__(cls)
        running._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the way
        running._process = None
        running._begin(source, sink)
        return running

    def _begin(self, source: IO[bytes], sink: IO[bytes]) -> None:
        self._source = source
        self._sink = sink
        self._sending = threading.Lock()
        self._waiting: dict[int, _Pending] = {}
        self._gone = False
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        return not self._gone and (self._process is None or self._process.poll() is None)

    def hangs(self) -> bool:
        """Whether something that must stop has gone on for too long."""
        limit = time.monotonic() - _PATIENCE
        return any(w.stopped is not None and w.stopped < limit for w in list(self._waiting.values()))

    def expect(self, number: int, pending: _Pending) -> None:
        self._waiting[number] = pending

    def send(self, message: Call | Stop) -> None:
        try:
            self._write(message)
        except (OSError, ValueError):  # it is gone
            self._gone = True  # known here before the thread that reads has seen it
            if isinstance(message, Call):
                self._end(message.number, Ended(message.number, error=self._error()))

    def _write(self, message: Any) -> None:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        with self._sending:
            self._sink.write(data)
            self._sink.flush()

    def _read(self) -> None:
        try:
            while True:
                message = pickle.load(self._source)
                if isinstance(message, Ended):
                    self._end(message.number, message)
                else:
                    self._tell(message)
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            pass
        self._gone = True
        if self._process is not None:
            self._process.wait()
        error = self._error()
        for number in list(self._waiting):
            self._end(number, Ended(number, error=error))
        for stream in (self._said, self._source, self._sink):
            with contextlib.suppress(OSError):
                stream.close()

    def _tell(self, message: Steps | Portion) -> None:
        pending = self._waiting.get(message.number)
        if pending is not None:
            if isinstance(message, Portion):
                pending.portions.extend(message.values)
            elif message.stage is not None:
                pending.progress.start(*message.stage)
            else:
                pending.progress.advance(message.steps, message.label)

    def _end(self, number: int, ended: Ended) -> None:
        pending = self._waiting.pop(number, None)
        if pending is not None:
            pending.ended = ended
            pending.ready.set()

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
        error.details = f"code {self._process.poll() if self._process else 'gedeeld'}\n{said}"
        return error

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        else:
            self._gone = True
            with contextlib.suppress(OSError):
                self._sink.close()

    def close(self) -> None:
        """Let it end by itself, but not for long."""
        with contextlib.suppress(OSError):
            self._sink.close()
        if self._process is not None:
            try:
                self._process.wait(3)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._reading.join(3)
