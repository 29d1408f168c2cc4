"""Tabs: going to one from anywhere, and labels that fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen
from textual.widgets import TabbedContent


def go_to_tab(screen: Screen[Any], name: str, focus: Callable[[], object]) -> None:
    """Show tab `name` of the screen's tabs, then call `focus` to put the focus in it."""
    # First out of the tab that is left: the toolkit keeps a tab open for as long as the focus is in it.
    screen.set_focus(None)
    screen.query_one(TabbedContent).active = name
    screen.call_after_refresh(focus)


def fitting(labels: dict[str, str], short: dict[str, str], width: int) -> dict[str, str]:
    """`labels` by tab, with as few as need be of their words replaced by the `short` ones to fit `width` cells."""
    fitted = dict(labels)
    for word, shorter in short.items():
        if sum(len(label) + 1 for label in fitted.values()) <= width:
            break
        fitted = {name: label.replace(word, shorter) for name, label in fitted.items()}
    return fitted


def set_labels(tabs: TabbedContent, labels: dict[str, str]) -> None:
    """Give tabs their labels; nothing is laid out anew where none changed."""
    for name, label in labels.items():
        tab = tabs.get_tab(name)
        if str(tab.label) != label:
            tab.label = label
