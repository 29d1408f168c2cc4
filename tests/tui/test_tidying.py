"""Going through all objects waits until nobody types."""

from __future__ import annotations

import gc

import pytest

from tui import tidying
from tui.tidying import Tidying


def test_it_waits_for_a_pause_and_goes_through_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, done, thawed = [100.0], list[float](), list[float]()
    monkeypatch.setattr(tidying.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(tidying.gc, "collect", lambda: done.append(clock[0]))
    monkeypatch.setattr(tidying.gc, "freeze", lambda: None)
    monkeypatch.setattr(tidying.gc, "unfreeze", lambda: thawed.append(clock[0]))
    tidy = Tidying()
    for moment in range(101, 111):
        clock[0] = float(moment)
        tidy.key()
        tidy.look()
    assert done == [], "somebody types"
    for moment in range(111, 200):
        clock[0] = float(moment)
        tidy.look()
    assert done == [112.0, 170.0], "in the pause, and everything once it is long"
    assert thawed == [170.0]


def test_it_leaves_the_interpreter_as_it_was() -> None:
    before = gc.get_threshold()
    tidy = Tidying()
    tidy.begin()
    assert gc.get_threshold() != before
    tidy.end()
    assert gc.get_threshold() == before
