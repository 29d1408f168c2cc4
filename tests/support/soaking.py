"""Random keys on the workbench: what may never go wrong whatever is pressed."""

from __future__ import annotations

import random
from collections.abc import Callable

from textual.pilot import Pilot

from support.fake_backend import FakeBackend
from support.screens import settle
from tui.app import KamerantwoordApp
from tui.dialogs.error import ErrorScreen
from tui.widgets.block_text import BlockText
from tui.workbench.screen import WorkbenchScreen

LETTERS = (*"aeinorst", "space", "full_stop", "é")
MOVES = ("up", "down", "left", "right", "home", "end", "ctrl+left", "ctrl+right", "pageup", "pagedown", "ctrl+home",
         "ctrl+end", "shift+right", "shift+up", "ctrl+shift+left")  # fmt: skip
CHANGES = ("enter", "backspace", "delete", "ctrl+k", "ctrl+z", "ctrl+y", "ctrl+x", "ctrl+v", "ctrl+a", "alt+enter",
           "ctrl+w", "ctrl+u")  # fmt: skip
COMMANDS = (*"eetxmkbhsSldoncCzZvx", "tab", "shift+tab", "alt+up", "alt+down", "f8", "escape", "escape")
SAFE = ("ctrl+q", "f2", "ctrl+e", "ctrl+o", "ctrl+s")
"""Never pressed: they leave the workbench, or ask for a file."""


def some_key(random_: random.Random, typing: bool) -> str:
    """A key, with letters most likely while somebody types."""
    kinds = (LETTERS, MOVES, CHANGES, ("escape", "tab", "f8")) if typing else (COMMANDS, MOVES, ("enter", "t"))
    weights = (12, 5, 4, 1) if typing else (6, 3, 3)
    return random_.choice(random_.choices(kinds, weights)[0])


Look = Callable[[KamerantwoordApp, int], None]


async def soak(backend: FakeBackend, keys: int, seed: int, look: Look = lambda *_: None) -> list[str]:
    """Press so many keys; what went wrong, in words. `look` is called now and then with the number pressed."""
    random_, wrong, app = random.Random(seed), list[str](), KamerantwoordApp(backend)
    async with app.run_test(size=(random_.choice((80, 100, 140)), random_.choice((24, 30, 45)))) as pilot:
        await settle(pilot)
        last = ""
        for number in range(keys):
            screen = app.screen
            if not isinstance(screen, WorkbenchScreen) or not app.is_running:
                if isinstance(screen, ErrorScreen):
                    wrong.append(f"{number}: {screen.message} after {last}")
                await _back(pilot)
                continue
            await _carried_out(app, pilot)  # else what is selected is that of before the last key
            area = app.focused if isinstance(app.focused, BlockText) else None
            key = some_key(random_, area is not None)
            before = area.text if area is not None else ""
            selected = len(area.selected_text) if area is not None else 0
            await pilot.press(key)
            await pilot.pause()
            await _carried_out(app, pilot)
            if area is not None and key in LETTERS and app.focused is area:
                letter = {"space": " ", "full_stop": "."}.get(key, key)
                if len(area.text) != len(before) - selected + len(letter):
                    wrong.append(f"{number}: {key} was lost")
            for _ in range(500):  # it scrolls when the new lines are laid out, some refreshes later
                if not _out_of_view(app, number, key):
                    break
                await pilot.pause(0.02)
            wrong += _out_of_view(app, number, key)
            last = key
            if number % 200 == 0:
                await settle(pilot)
                look(app, number)
        await settle(pilot)
        wrong += _not_kept(app, backend)
    if app.crash is not None:
        wrong.append(f"crash: {app.crash!r} after {last}")
    return wrong


async def _carried_out(app: KamerantwoordApp, pilot: Pilot[None]) -> None:
    """Wait while a key in the field that is open is being carried out; letters behind it wait for it too."""
    for _ in range(500):
        if not isinstance(app.focused, BlockText) or not app.focused._waits:
            return
        await pilot.pause(0.02)


async def _back(pilot: Pilot[None]) -> None:
    """To the workbench again, from wherever a key led."""
    for _ in range(6):
        if isinstance(pilot.app.screen, WorkbenchScreen):
            return
        at_start = len(pilot.app.screen_stack) <= 2
        await pilot.press("enter" if at_start else "escape")
        await settle(pilot)


def _out_of_view(app: KamerantwoordApp, number: int, key: str) -> list[str]:
    area, screen = app.focused, app.screen
    if not isinstance(area, BlockText) or not isinstance(screen, WorkbenchScreen) or area._waits:
        return []
    pane = screen.text.content_region
    line = area.content_region.y + area.wrapped_document.location_to_offset(area.cursor_location).y
    return [] if pane.y <= line < pane.bottom else [f"{number}: the cursor is out of view after {key}"]


def _not_kept(app: KamerantwoordApp, backend: FakeBackend) -> list[str]:
    """What is on screen is on disk."""
    screen = next((screen for screen in app.screen_stack if isinstance(screen, WorkbenchScreen)), None)
    if screen is None:
        return []
    screen.text.finish()
    shown = [block.text for answer in screen.model.dossier.answers for block in answer.blocks]
    kept = [block.text for answer in backend.store.load("2026Z00001").answers for block in answer.blocks]
    return [] if shown == kept else ["what is shown is not what is kept"]
