"""Driving the screens in tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from drafter.dossier.value import Block
from support.fake_backend import FakeBackend
from tui.app import KamerantwoordApp
from tui.workbench.screen import WorkbenchScreen


async def settle(pilot: Pilot[None]) -> None:
    """Wait until all that was set going has come to rest."""
    # A pause asks each widget on screen for a sign of life: few of them, and work that begets work between.
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await asyncio.sleep(0.01)
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await asyncio.sleep(0.01)


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
        await asyncio.sleep(0.25)  # the search waits until the user rests on a question
        await settle(pilot)
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
