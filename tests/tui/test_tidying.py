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
    monkeypatch.setattr(tidying.gc, "get_count", lambda: (0, 0, 0))
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


def test_what_piles_up_while_somebody_types_on_is_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, done, frozen = [100.0], list[float](), list[float]()
    counts = (0, 0, 0)
    monkeypatch.setattr(tidying.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(tidying.gc, "collect", lambda: done.append(clock[0]))
    monkeypatch.setattr(tidying.gc, "freeze", lambda: frozen.append(clock[0]))
    monkeypatch.setattr(tidying.gc, "get_count", lambda: counts)
    tidy = Tidying()
    for moment in range(101, 111):
        clock[0] = float(moment)
        counts = (0, 0, 9 if moment == 105 else 1)
        tidy.key()
        tidy.look()
    assert done == [105.0]
    assert frozen == [], "what is on screen while somebody types is gone in a moment"


def test_what_was_put_aside_is_gone_through_too_when_there_is_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, thawed, aside = [100.0], list[float](), [0]
    monkeypatch.setattr(tidying.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(tidying.gc, "collect", lambda: None)
    monkeypatch.setattr(tidying.gc, "freeze", lambda: aside.append(aside[-1] + 100_000))
    monkeypatch.setattr(tidying.gc, "unfreeze", lambda: thawed.append(clock[0]))
    monkeypatch.setattr(tidying.gc, "get_freeze_count", lambda: aside[-1])
    tidy = Tidying()
    for moment in range(110, 200, 10):  # a key, and a pause of five seconds
        clock[0] = float(moment)
        tidy.key()
        clock[0] = moment + 5.0
        tidy.look()
    assert thawed == [145.0, 185.0]


def test_it_leaves_the_interpreter_as_it_was() -> None:
    before = gc.get_threshold()
    tidy = Tidying()
    tidy.begin()
    assert gc.get_threshold() != before
    tidy.end()
    assert gc.get_threshold() == before
