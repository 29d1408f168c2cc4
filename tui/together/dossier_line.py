"""One line of the workbench: who else has to do with the dossier; there only while it is shared."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from drafter.tasks.together.standing import Others
from tui.together.words import dossier_words


class DossierLine(Static):
    """Who looks where, whose it is, and how far the exchange is."""

    def __init__(self) -> None:
        super().__init__(id="together-line")
        self._others: Others | None = None

    def on_mount(self) -> None:
        """Nothing until it is known to be shared."""
        self.display = False

    def show(self, others: Others | None) -> None:
        """Show what is known."""
        if others != self._others:
            self._others = others
            self.display = others is not None
            self._draw()

    def on_resize(self) -> None:
        """As much as the width holds."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width or self.screen.size.width - 2
        self.update(dossier_words(self._others, width) if self._others else Content(""))
