"""What went wrong and what next."""

from __future__ import annotations

import traceback
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from embeddings.errors import KamerantwoordError
from tui.text import prose
from tui.widgets.key_bar import KeyBar


class ErrorScreen(ModalScreen[None]):
    """An error that asks for attention: said in plain words, copied with one key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss", "sluiten", key_display="Esc"),
        Binding("c", "copy", "kopiëren", tooltip="foutmelding kopiëren"),
    ]

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error
        if isinstance(error, KamerantwoordError):
            self.message, self.hint, self.details = error.message, error.hint, getattr(error, "details", "")
        else:
            self.message = f"Er ging iets mis dat het programma niet had voorzien ({type(error).__name__})."
            self.hint = "Wat was bewaard, is bewaard; u kunt verder werken. Kopieer de details als u het wilt melden."
            self.details = "".join(traceback.format_exception(error))

    def compose(self) -> ComposeResult:
        """The message, what next, and how to take it along."""
        with VerticalScroll(id="error"):
            yield Static(Content.styled("✗ Dat lukte niet", "bold $text-error"))
            yield Static(prose(self.message), id="error-message")
            if self.hint:
                yield Static(prose(self.hint, "$foreground-muted"), id="error-hint")
        yield KeyBar()

    def action_copy(self) -> None:
        """Put the whole message on the clipboard."""
        self.app.copy_to_clipboard("\n".join(filter(None, (self.message, self.hint, self.details))))
        self.app.notify("De foutmelding is gekopieerd.", markup=False)
