"""What the system tells the program: the terminal is closed, the machine goes down, it was stopped and goes on."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable
from types import FrameType

_LEAVING = ("SIGHUP", "SIGTERM")


def leave_when_told(leave: Callable[[], object]) -> None:
    """Have `leave` called in the running event loop when the terminal is closed or the machine goes down."""
    for name in _LEAVING:
        with contextlib.suppress(AttributeError, NotImplementedError, ValueError):  # not on every system
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), leave)


def go_on_only_when_stopped() -> None:
    """Have the toolkit go on with a terminal only where it was stopped before (SIGTSTP).

    A terminal that is closed sends the signal to go on (SIGCONT) as well. The toolkit then starts to listen to its keys
    a second time; when the program leaves, one of the two is forgotten, and reads the end of the file for ever.
    """
    if hasattr(signal, "SIGTSTP"):
        _pair(signal.SIGTSTP, signal.SIGCONT)


def _pair(stopping: signal.Signals, going_on: signal.Signals) -> None:
    stop, go_on = signal.getsignal(stopping), signal.getsignal(going_on)
    if not (callable(stop) and callable(go_on)):
        return
    was_stopped = False

    def stopped(number: int, frame: FrameType | None) -> None:
        nonlocal was_stopped
        was_stopped = True
        stop(number, frame)

    def went_on(number: int, frame: FrameType | None) -> None:
        nonlocal was_stopped
        if was_stopped:
            was_stopped = False
            go_on(number, frame)

    signal.signal(stopping, stopped)
    signal.signal(going_on, went_on)
