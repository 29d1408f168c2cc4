"""The last line: the keys that matter here, as many as fit, and always where the rest is."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from textual.binding import Binding
from textual.content import Content
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

_NAMES = {
    "enter": "↵",
    "space": "spatie",
    "escape": "Esc",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "slash": "/",
    "delete": "Del",
    "backspace": "⌫",
    "plus": "+",
    "minus": "-",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "comma": ",",
    "greater_than_sign": ">",
    "less_than_sign": "<",
}


def key_name(binding: Binding) -> str:
    """How a key is written: "^e", "⇧↑", "spatie"."""
    if binding.key_display:
        return binding.key_display
    return spell(binding.key.partition(",")[0])


def spell(key: str) -> str:
    """How a key of the toolkit's is written."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last) or (last.upper() if last[0] == "f" and last[1:].isdigit() else last)
    signs = {"ctrl": "^", "alt": "Alt ", "shift": "⇧"}
    return "".join(signs.get(modifier, f"{modifier}+") for modifier in modifiers) + name


@functools.cache
def _declared(kind: type) -> frozenset[tuple[str, str]]:
    """Keys and actions that our own classes among those of `kind` declare, not those of the toolkit."""
    return frozenset(
        (binding.key, binding.action)
        for base in kind.__mro__
        if base.__module__.startswith("tui.")
        for binding in Binding.make_bindings(base.__dict__.get("BINDINGS", ()))
    )


def own_bindings(screen: Screen[Any]) -> Iterator[tuple[Binding, bool]]:
    """The keys of ours that work on `screen` now, those of what has the focus first, and whether each is enabled.

    While text is being typed, keys that would be typed do not count.
    """
    focused = screen.focused
    typing = isinstance(focused, Input | TextArea) and not getattr(focused, "read_only", False)
    for node, binding, enabled, _tooltip in screen.active_bindings.values():
        if not binding.description or (binding.key, binding.action) not in _declared(type(node)):
            continue
        if typing and node is not focused and "+" not in binding.key and not _is_special(binding.key):
            continue
        yield binding, enabled


def binding_node(screen: Screen[Any], binding: Binding) -> object:
    """Where `binding` was declared."""
    return screen.active_bindings[binding.key].node


def _is_special(key: str) -> bool:
    return key in ("escape", "tab") or (key[0] == "f" and key[1:].isdigit())


class KeyBar(Widget):
    """A footer that never runs over the edge: the last word is always where help is."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follow the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.refresh()

    def on_resize(self, _: Resize) -> None:
        """Another width holds other keys."""
        self.refresh()

    def render(self) -> Content:
        """The keys, left to right in the order of what has the focus; help at the far right."""
        shown: dict[str, Binding] = {}
        for binding, enabled in own_bindings(self.screen):
            if binding.show and enabled:
                shown.setdefault(binding.action, binding)
        last = [shown.pop(action) for action in ("palette", "help") if action in shown]
        right = "  ".join(f"{key_name(b)} {b.description}" for b in last)
        room = self.size.width - len(right) - 3
        parts: list[Content] = []
        used = 1
        self._places = []
        for binding in shown.values():
            label = f"{key_name(binding)} {binding.description}"
            if used + len(label) > room:
                continue
            parts.append(_key(binding))
            self._places.append((used, used + len(label), binding.key))
            used += len(label) + 2
        body = Content("  ").join(parts) if parts else Content("")
        at = self.size.width - len(right) - 1
        for binding in last:
            label = f"{key_name(binding)} {binding.description}"
            self._places.append((at, at + len(label), binding.key))
            at += len(label) + 2
        gap = max(self.size.width - 2 - body.cell_length - len(right), 1)
        return Content(" ") + body + Content(" " * gap) + Content("  ").join(_key(b) for b in last)

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        for start, end, key in self._places:
            if start <= event.x < end:
                self.app.simulate_key(key.partition(",")[0])
                return


def _key(binding: Binding) -> Content:
    return Content.assemble((key_name(binding), "bold $footer-key-foreground"), " ", binding.description)
