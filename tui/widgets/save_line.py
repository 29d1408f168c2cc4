"""What the user must know about saving: there only while the dossier cannot be saved, or may not be changed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from drafter.dossier.session import DossierSession
from tui.shell import shell_of
from tui.text import plain

_EVERY = 2.0
"""Seconds between two attempts to save what could not be saved."""


class SaveLine(Static):
    """Says what is wrong, and keeps trying."""

    def __init__(self, session: DossierSession) -> None:
        super().__init__(classes="save-line")
        self.session = session
        self._told = ""

    def on_mount(self) -> None:
        """Look twice a second; that costs nothing as long as all is well."""
        self.display = False
        self._look()
        self.set_interval(0.5, self._look)
        if not self.session.read_only:
            self.set_interval(_EVERY, self._try)

    def _look(self) -> None:
        words = _words(self.session)
        if words == self._told:
            return
        if self._told and not words:
            shell_of(self).say("Alles is weer bewaard.")
        self._told = words
        self.display = bool(words)
        self.update(Content.styled(words, "bold $text-warning"))
        self.screen.refresh_bindings()

    def _try(self) -> None:
        if self.session.problem:
            session = self.session
            shell_of(self).fetch("bewaren", lambda _: session.retry(), lambda _: self._look())


def _words(session: DossierSession) -> str:
    if session.problem:
        return (
            f"✗ Nog niet bewaard: {plain(session.problem, breaks=False)}. Uw wijzigingen staan in het geheugen; "
            "het wordt steeds opnieuw geprobeerd.  ^s = een kopie elders bewaren"
        )
    if session.read_only:
        why = f"het is open bij {session.holder}. " if session.holder else ""
        if session.refusal:
            why = f"{session.refusal}. "
        return f"Alleen lezen: {plain(why, breaks=False)}Wijzigen kan niet."
    return ""
