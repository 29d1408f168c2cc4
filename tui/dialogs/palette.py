"""Every command of a place, to be found by typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, TextArea
from textual.widgets.option_list import Option

from tui.widgets.key_bar import binding_node, key_name, own_bindings
from tui.widgets.options import Options


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do."""

    name: str
    key: str
    run: Callable[[], Any]


def commands_of(screen: Screen[Any]) -> list[Command]:
    """What can be done on `screen` as it stands: all its own bindings and the app's, none of the toolkit's."""
    commands: dict[str, Command] = {}
    for binding, enabled in own_bindings(screen):
        if not enabled or binding.action == "palette":
            continue
        node = binding_node(screen, binding)
        if isinstance(node, TextArea) and not binding.show:
            continue  # the keys of any editor: help has them

        async def act(action: str = binding.action, namespace: Any = node) -> None:
            await screen.app.run_action(action, namespace)

        name = binding.tooltip or binding.description
        commands.setdefault(binding.action, Command(name[:1].upper() + name[1:], key_name(binding), act))
    for name, command in _from_start(screen).items():
        commands.setdefault(name, command)
    return sorted(commands.values(), key=lambda command: command.name.casefold())


_AT_START = ("new", "paste", "add", "review_file", "waiting")
"""What can be begun from anywhere; the dossiers are gone to first."""


def _from_start(screen: Screen[Any]) -> dict[str, Command]:
    stack = screen.app.screen_stack
    start = stack[1] if len(stack) > 1 else screen
    if start is screen or isinstance(screen, ModalScreen):
        return {}
    found: dict[str, Command] = {}
    for binding in Binding.make_bindings(type(start).__dict__.get("BINDINGS", ())):
        if binding.action not in _AT_START:
            continue

        async def act(action: str = binding.action) -> None:
            await screen.app.run_action("dossiers", screen.app)
            await screen.app.run_action(action, start)

        name = binding.tooltip or binding.description
        found[f"start.{binding.action}"] = Command(name[:1].upper() + name[1:], f"F2 {key_name(binding)}", act)
    return found


class PaletteScreen(ModalScreen["Command | None"]):
    """The list of commands with a field to narrow it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "sluiten"),
        Binding("down", "move(1)", "volgende", show=False, priority=True),
        Binding("up", "move(-1)", "vorige", show=False, priority=True),
        Binding("enter", "choose", "doen", priority=True),
    ]

    def __init__(self, commands: list[Command]) -> None:
        super().__init__()
        self.commands = commands
        self._shown = commands

    def compose(self) -> ComposeResult:
        """The field and the list."""
        with Vertical(id="palette"):
            yield Input(placeholder="Zoek een opdracht…", id="palette-input")
            yield Options(id="palette-list")

    def on_mount(self) -> None:
        """Show all."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def _fill(self, query: str) -> None:
        if query.strip():
            matcher = Matcher(query)
            scored = [(matcher.match(command.name), command) for command in self.commands]
            self._shown = [c for score, c in sorted(scored, key=lambda pair: -pair[0]) if score > 0]
        else:
            self._shown = self.commands
        options = self.query_one(OptionList)
        width = max((len(command.name) for command in self._shown), default=0)
        options.set_options(
            Option(Content.assemble(command.name.ljust(width + 2), (command.key, "$text-accent")))
            for command in self._shown
        )
        if not self._shown:
            options.add_option(
                Option(Content.styled("Geen opdracht met die woorden.", "$foreground-muted"), disabled=True)
            )
        else:
            options.highlighted = 0

    def action_move(self, step: int) -> None:
        """Go up or down the list while typing."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_choose(self) -> None:
        """Do the command at hand."""
        index = self.query_one(OptionList).highlighted
        if index is not None and index < len(self._shown):
            self.dismiss(self._shown[index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do the command that was clicked."""
        self.dismiss(self._shown[event.option_index])
