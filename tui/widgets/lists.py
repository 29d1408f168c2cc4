"""Lists with keys of their own, so that the last line can say what Enter does here."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.widgets.options import Options


class StatedPane(Vertical):
    """Something with a line above it that says what is going on, or what is shown."""

    def __init__(self, name: str) -> None:
        """`name` is the first part of the line's id."""
        super().__init__()
        self._line = Static(id=f"{name}-state", classes="state")
        self._words = ""

    def compose(self) -> ComposeResult:
        """The line."""
        yield self._line

    def state(self, words: str) -> None:
        """Say what is going on, on as many lines as that takes; what stands below moves only where they are others."""
        if words != self._words:
            before, self._words = self._lines(self._words), words
            self._line.update(Content.styled(words, "$foreground-muted"), layout=self._lines(words) != before)

    def _lines(self, words: str) -> int:
        return len(Content(words).wrap(max(self._line.size.width, 1)))


class ReadableList(Options):
    """A list of things that can be put in the draft, or read where they come from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "invoegen"),
        Binding("space", "read", "lezen", tooltip="de bron helemaal lezen"),
    ]

    class Read(Message):
        """The user wants to read the source of the option at hand."""

    def action_read(self) -> None:
        """Ask for the source of the option at hand."""
        if self.highlighted is not None:
            self.post_message(self.Read())


class SourceList(ReadableList):
    """The same where there is no draft to put things in: Enter reads."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "lezen")]


class FindingList(Options):
    """Findings; Enter goes to their words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "ernaartoe")]
