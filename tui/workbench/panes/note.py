"""The drafter's own note with an answer."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea


class NoteText(TextArea):
    """A note to write in; each change is kept at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "finish", "klaar met typen", key_display="Esc", priority=True),
    ]

    class Finished(Message):
        """The user is done with it."""

    def __init__(self, read_only: bool) -> None:
        super().__init__(
            id="note",
            soft_wrap=True,
            compact=True,
            read_only=read_only,
            placeholder="Een notitie voor uzelf bij dit antwoord. Zij gaat nooit mee naar Word.",
        )

    def action_finish(self) -> None:
        """Leave the note."""
        self.post_message(self.Finished())
