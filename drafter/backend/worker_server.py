"""The far end of a work process: it carries out calls which come in over a pipe.

One thread reads, one writes, each call has its own. What goes over the pipe are pickles of our own values, between a
program and the process that it began itself.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import pickle
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, BinaryIO

from embeddings.errors import Cancelled

_EVERY = 0.05
"""Seconds between two tellings of progress."""

_PORTION = 300
"""Values that go over the pipe at once."""

_YIELDS = 5
"""Steps by which this work gives way to the screens, where processor time is short."""

_GRACE = 2.0
"""Seconds that work under way may take to stop once the program is gone."""


@dataclass(frozen=True, slots=True)
class Call:
    """What the program asks for."""

    number: int
    do: Callable[..., Any]
    """Called with what this process works with, its progress where it `listens`, and the arguments."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    listens: bool
    """Whether it tells its progress, and looks itself whether to stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The user wants call `number` to end."""

    number: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Progress of a call: begin a stage where `total` is given as a tuple, else so many steps further."""

    number: int
    steps: int = 0
    label: str | None = None
    stage: tuple[str, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended."""

    number: int
    value: Any = None
    error: BaseException | None = None
    in_portions: bool = False
    """Whether the value is a tuple that came before it, piece by piece."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some of the values of a call that gives many."""

    number: int
    values: tuple[Any, ...]


@dataclass(eq=False)
class _Task:
    """A call under way; it is the `Progress` of its own work."""

    call: Call
    outbox: SimpleQueue[Any]
    told: float = 0.0
    steps: int = 0
    ends: bool = False
    thread: threading.Thread = field(default_factory=threading.Thread)

    def start(self, label: str, total: int | None) -> None:
        """Begin a stage."""
        self._tell(None)
        self.outbox.put(Steps(self.call.number, stage=(label, total)))

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        """Count steps; they are told together, a few times a second."""
        self.steps += steps
        if time.monotonic() - self.told > _EVERY:
            self._tell(label)

    def _tell(self, label: str | None) -> None:
        if self.steps or label:
            self.outbox.put(Steps(self.call.number, self.steps, label))
        self.steps, self.told = 0, time.monotonic()

    def cancelled(self) -> bool:
        """Whether the user wants to stop."""
        return self.ends

    def stop(self) -> None:
        """End the work: where it looks for that itself, else from outside, between two steps of the interpreter."""
        self.ends = True
        if not self.call.listens and self.thread.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread.ident), ctypes.py_object(Cancelled))


class Service:
    """Carries out calls, each with `place` as its first argument, until the pipe closes."""

    def __init__(self, place: object, source: BinaryIO, sink: BinaryIO) -> None:
        self._place = place
        self._source = source
        self._sink = sink
        self._outbox: SimpleQueue[Any] = SimpleQueue()
        self._tasks: dict[int, _Task] = {}

    def run(self) -> None:
        """Read and begin calls; returns when the program at the other end is gone."""
        threading.Thread(target=self._write, daemon=True).start()
        try:
            while True:
                message = pickle.load(self._source)
                if isinstance(message, Stop):
                    task = self._tasks.get(message.number)
                    if task:
                        task.stop()
                else:
                    self._begin(message)
        except (EOFError, OSError):
            pass
        tasks = list(self._tasks.values())
        for task in tasks:
            task.stop()
        end = time.monotonic() + _GRACE
        for task in tasks:
            task.thread.join(max(end - time.monotonic(), 0))
        self._outbox.put(None)

    def _begin(self, call: Call) -> None:
        task = _Task(call, self._outbox)
        self._tasks[call.number] = task
        task.thread = threading.Thread(target=self._work, args=(task,), daemon=True)
        task.thread.start()

    def _work(self, task: _Task) -> None:
        call = task.call
        ended: Ended
        try:
            try:
                first = (self._place, task) if call.listens else (self._place,)
                ended = Ended(call.number, call.do(*first, *call.args, **call.kwargs))
            except Cancelled as error:
                ended = Ended(call.number, error=error)
            except BaseException as error:
                error.add_note(traceback.format_exc())
                ended = Ended(call.number, error=error)
        except Cancelled as error:  # asked to stop in the last moment
            ended = Ended(call.number, error=error)
        self._tasks.pop(call.number, None)
        self._outbox.put(ended)

    def _write(self) -> None:
        while True:
            message = self._outbox.get()
            if message is None:
                return
            try:
                for part in _parts(message):
                    self._sink.write(_packed(part))
                    self._sink.flush()
            except OSError:
                return


def _parts(message: Any) -> Iterator[Any]:
    """A long list goes in pieces: to read it at once would hold up the screens for as long as that takes."""
    value = message.value if isinstance(message, Ended) else None
    if type(value) is tuple and len(value) > _PORTION:
        for start in range(0, len(value), _PORTION):
            yield Portion(message.number, value[start : start + _PORTION])
        yield Ended(message.number, in_portions=True)
    else:
        yield message


def _packed(message: Any) -> bytes:
    try:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        if isinstance(message, Ended) and message.error is not None:
            pickle.loads(data)  # not every error can be made again at the other end
        return data
    except Exception as error:
        reason = getattr(message, "error", None) or error
        told = RuntimeError(f"{type(reason).__name__}: {reason}")
        told.add_note("".join(getattr(reason, "__notes__", ())))
        return pickle.dumps(Ended(message.number, error=told))


def main() -> None:
    """Be a work process: the first message makes what it works with."""
    source = sys.stdin.buffer
    # What libraries print must not come between our own messages.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    faulthandler.enable()
    if hasattr(os, "nice"):
        os.nice(_YIELDS)  # the screens go first
    place = pickle.load(source)()
    Service(place, source, sink).run()
    # No waiting for threads in the middle of a calculation: whatever they write, they write in transactions.
    os._exit(0)
