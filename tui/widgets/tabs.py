"""Going to a tab from anywhere."""

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
