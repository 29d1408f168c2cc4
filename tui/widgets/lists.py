"""Lists with keys of their own, so that the last line can say what Enter does here."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList


class ReadableList(OptionList):
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


class FindingList(OptionList):
    """Findings; Enter goes to their words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "ernaartoe")]
