"""A list of options whose keys work before it is laid out."""

from __future__ import annotations

from textual.widgets import OptionList


class Options(OptionList):
    """As Textual's, but a page up or down in a list that is out of sight, or was filled just now, is one step."""

    def sees(self, index: int) -> bool:
        """Whether the first line of an option is in view."""
        self._update_lines()
        line, height = self._index_to_line.get(index), self.content_region.height
        return line is not None and round(self.scroll_y) <= line < round(self.scroll_y) + height

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
