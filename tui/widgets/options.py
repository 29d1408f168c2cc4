"""A list of options whose keys work before it is laid out."""

from __future__ import annotations

from textual.widgets import OptionList


class Options(OptionList):
    """As Textual's, but a page up or down in a list that is out of sight, or was filled just now, is one step."""

    def action_page_up(self) -> None:
        """A page up."""
        try:
            super().action_page_up()  # type: ignore[no-untyped-call]
        except LookupError:  # the heights of its options are not known yet
            self.action_cursor_up()

    def action_page_down(self) -> None:
        """A page down."""
        try:
            super().action_page_down()  # type: ignore[no-untyped-call]
        except LookupError:
            self.action_cursor_down()
