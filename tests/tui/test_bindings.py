"""Every key and every command of the palette, on every screen: it does something, and nothing breaks."""

from __future__ import annotations

import pytest
from support.fake_backend import FakeBackend
from support.screens import press, settle, started
from textual.app import App
from textual.screen import Screen

from tui.dialogs.error import ErrorScreen
from tui.dialogs.palette import commands_of
from tui.widgets.key_bar import binding_node, own_bindings

SCREENS: dict[str, tuple[str, ...]] = {
    "dossiers": (),
    "wachten": ("w",),
    "vragen": ("enter",),
    "antwoord": ("enter", "enter"),
    "bewerken": ("enter", "enter", "enter"),
    "eerder": ("enter", "E"),
    "standaard": ("enter", "P"),
    "signalen": ("enter", "W"),
    "deelvragen": ("enter", "D"),
    "notities": ("enter", "N"),
    "overal-bewust": ("enter", "enter", "s", "B"),
    "verzenden": ("enter", "V"),
    "beoordelen": ("enter", "f7"),
    "stuk-beoordelen": ("f7", *"vragen.txt", "enter"),
    "bron": ("enter", "enter", "o"),
    "bank": ("f3", "2"),
    "bank-stukken": ("f3", "tab", "2"),
    "bank-passages": ("f3", "tab", "3"),
    "bank-wie": ("f3", "tab", "4"),
    "bank-verouderd": ("f3", "tab", "5"),
    "bank-nakijken": ("f3", "tab", "6"),
    "verbeteren": ("f3", "tab", "2", "e"),
    "samenhang": ("enter", "f5"),
    "vergelijken": ("f4",),
    "instellingen": ("f9",),
    "soorten-signalen": ("f9", "down", "down", "down", "down", "down", "enter"),
    "keuze": ("f9", "down", "enter"),
    "opdrachten": ("ctrl+p",),
    "hulp": ("question_mark",),
    "bestand": ("n",),
    "plakken": ("p",),
}
LEAVING = {"quit", "back", "dossiers"}


def look_at_keys(app: App[None], screen: Screen[None], name: str) -> None:
    """Each key has its action, and Dutch words of its own."""
    for binding, _ in own_bindings(screen):
        action = binding.action.partition("(")[0]
        node = app if action.startswith("app.") else binding_node(screen, binding)
        method = getattr(node, f"action_{action.removeprefix('app.')}", None)
        assert callable(method), f"{binding.key} on {name}: no {binding.action}"
        assert not set(binding.description.split()) & {"the", "select", "scroll", "page", "move"}
    names = [command.name for command in commands_of(screen)]
    assert len(names) == len(set(names)), "two commands with one name"


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
async def test_every_key_is_named_and_every_command_can_be_done(backend: FakeBackend, name: str) -> None:
    """Each in turn, on a fresh screen after one that leaves it; what begins at the start is tried from one screen."""
    done: set[str] = set()
    while True:
        async with started(backend, (140, 40), *SCREENS[name]) as pilot:
            screen = pilot.app.screen
            if not done:
                look_at_keys(pilot.app, screen, name)
            todo = [
                command
                for command in commands_of(screen)
                if command.name not in done
                and command.key not in ("^q", "Esc")
                and (name == "vragen" or not command.key.startswith("F2 "))
            ]
            if not todo:
                break
            for command in todo:
                done.add(command.name)
                await command.run()
                await settle(pilot)
                assert not isinstance(pilot.app.screen, ErrorScreen), command.name
                assert pilot.app.is_running
                for _ in range(3):
                    if pilot.app.screen is screen or screen not in pilot.app.screen_stack:
                        break
                    await press(pilot, "escape")
                if pilot.app.screen is not screen:
                    break
            assert pilot.app.is_running
    if name not in ("hulp", "opdrachten"):
        assert done
    else:  # these have nothing of their own to begin; they do close
        assert done <= {"Verder", "Terug"}  # they are read, by the page
        async with started(backend, (140, 40), *SCREENS[name]) as pilot:
            screen = pilot.app.screen
            await press(pilot, "escape")
            assert screen not in pilot.app.screen_stack
