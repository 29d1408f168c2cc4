"""Driving the screens in tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.app import App
from textual.pilot import Pilot
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea
from textual.widgets._toast import Toast

from drafter.dossier.value import Block
from support.fake_backend import FakeBackend
from tui.app import KamerantwoordApp
from tui.widgets.job_line import JobLine
from tui.workbench.screen import WorkbenchScreen


async def settle(pilot: Pilot[None]) -> None:
    """Wait until all that was set going has come to rest, and not longer: a test that waits by the clock is slow."""
    app, end = pilot.app, time.monotonic() + 30
    calm = 0
    while calm < 2 and app.is_running:
        assert time.monotonic() < end, "it does not come to rest"
        calm = calm + 1 if _at_rest(app) else 0
        if calm == 1:
            for line in app.screen.query(JobLine):
                line._look()  # it looks ten times a second
        if calm and app.screen._update_timer._active.is_set():
            app.screen._on_timer_update()  # paint now rather than in the next sixtieth of a second
            calm = 0
        await asyncio.sleep(0 if calm else 0.001)


def _at_rest(app: App[None]) -> bool:
    """No work runs, no message waits, and nothing is to happen in a moment."""
    if any(not worker.is_finished for worker in app.workers):
        return False
    for pump in (app, *app._registry):
        if pump._task is None or pump._task.done():
            continue
        queue = pump._message_queue
        if queue.values or not queue.ready_event._waiters or pump._next_callbacks:
            return False
        if any(timer._repeat == 0 and _runs(timer) for timer in pump._timers) and not isinstance(pump, Toast):
            return False
    return True


def _runs(timer: Timer) -> bool:
    return timer._task is not None and not timer._task.done()


async def reached(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait until something is so, while work still runs."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        await pilot.pause(0.01)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, each time until all is at rest."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@asynccontextmanager
async def started(backend: FakeBackend, size: tuple[int, int] = (140, 40), *keys: str) -> AsyncIterator[Pilot[None]]:
    """The program on `backend`, after some keys."""
    app = KamerantwoordApp(backend)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        yield pilot


def still(pilot: Pilot[None]) -> None:
    """Take out what moves by itself, for pictures."""
    for widget in pilot.app.screen.query(Input):
        widget.cursor_blink = False
    for area in pilot.app.screen.query(TextArea):
        area.cursor_blink = False
    pilot.app.clear_notifications()


def workbench(pilot: Pilot[None]) -> WorkbenchScreen:
    """The workbench, wherever it is in the stack."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, WorkbenchScreen))


def blocks(pilot: Pilot[None], number: int = 1) -> list[Block]:
    """The blocks of the answer to a question."""
    answer = workbench(pilot).model.dossier.answer(number)
    assert answer is not None
    return list(answer.blocks)


def words(screen: object, selector: str) -> str:
    return str(screen.query_one(selector, Static).content)  # type: ignore[attr-defined]
