"""Signals of the terminal, with the toolkit's own handlers replaced."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tui.terminal_signals import go_on_only_when_stopped

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="needs a system whose programs can be stopped")


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What the toolkit was told, by handlers that stop nothing."""
    told: list[str] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
    signal.signal(signal.SIGTSTP, lambda *_: told.append("stop"))
    signal.signal(signal.SIGCONT, lambda *_: told.append("go on"))
    go_on_only_when_stopped()
    yield told
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_to_go_on_without_a_stop_is_not_passed_on(told: list[str]) -> None:
    os.kill(os.getpid(), signal.SIGCONT)
    assert told == []


def test_after_each_stop_it_goes_on_once(told: list[str]) -> None:
    for number in (signal.SIGTSTP, signal.SIGCONT, signal.SIGCONT, signal.SIGTSTP, signal.SIGCONT):
        os.kill(os.getpid(), number)
    assert told == ["stop", "go on"] * 2


def test_handlers_that_are_not_of_the_toolkit_stay(told: list[str]) -> None:
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    mine = signal.getsignal(signal.SIGCONT)
    go_on_only_when_stopped()
    assert signal.getsignal(signal.SIGCONT) is mine
    assert told == []
