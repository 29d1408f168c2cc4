"""What the start shows of others: whether the bank follows the shared one, and who has which dossier."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Protocol

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from drafter.backend.local import AsksCompanion
from drafter.dossier.summary import DossierSummary
from drafter.tasks.together.companion import Companion
from drafter.tasks.together.standing import ListedDossier, Standing
from tui.dialogs.ask import AskLine
from tui.dossiers.columns import PROGRESS, Column
from tui.shell import Shell
from tui.text import plain
from tui.together.asking import ask_aside
from tui.together.listed import ListedScreen
from tui.together.words import looking_words, owner_words, standing_words

_WIDTH = 20
"""Cells of the column about others."""
_LIST_EVERY = 15
"""After as many looks the server is asked who has which dossier."""


class Start(Protocol):
    """The screen that it is shown on."""

    @property
    def shell(self) -> Shell:
        """The program."""
        ...

    @property
    def is_current(self) -> bool:
        """Whether the user looks at it."""
        ...

    def show(self) -> None:
        """Show what is known."""
        ...

    def reload(self) -> None:
        """Read the list again."""
        ...


class TogetherOnStart:
    """The line and the column about others."""

    def __init__(self, start: Start, companion: AsksCompanion) -> None:
        self._start = start
        self._companion = companion
        self._line = Static(id="share-line")
        self._asking = False
        self._count = 0
        self.standing = Standing()
        self._listed: dict[str, ListedDossier] = {}

    def compose(self) -> ComposeResult:
        """The line."""
        yield self._line

    def look(self) -> None:
        """Ask how the bank stands, and now and then who has which dossier."""
        if self._asking or not self._start.is_current:
            return
        self._asking = True
        companion, with_list = self._companion, self._count % _LIST_EVERY == 0 and self.standing.connected
        self._count += self.standing.connected

        def work() -> tuple[Standing, tuple[ListedDossier, ...] | None]:
            return companion.ask(Companion.standing), companion.ask(Companion.listed) if with_list else None

        ask_aside(self._start.shell, work, self._told)

    def _told(self, found: tuple[Standing, tuple[ListedDossier, ...] | None] | None) -> None:
        self._asking = False
        if found is None or not self._line.is_attached:
            return
        standing, listed = found
        if self.standing.connected != standing.connected:
            self._count = 0
        new_here = False
        if listed is not None:
            before, self._listed = self._listed, {one.local: one for one in listed if one.local}
            new_here = self._listed.keys() - before.keys() != set()
            if before != self._listed:
                self._start.reload() if new_here else self._start.show()
        self.standing = standing
        self.draw()
        self._line.screen.refresh_bindings()

    def draw(self) -> None:
        """Show how the bank stands, as far as the width allows."""
        width = self._line.content_size.width or self._line.screen.size.width - 4
        self._line.update(standing_words(self.standing, width), layout=False)

    def with_column(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns with one about others, where any dossier is shared."""
        if not self._listed:
            return columns
        found = []
        for column in columns:
            if column.name == PROGRESS:
                found.append(Column("Samen", self._cell, _WIDTH, 110))
            # What was there only because there was room for it makes room.
            later = column.least + _WIDTH + 15 if column.least else 0
            found.append(dataclasses.replace(column, least=later))
        return tuple(found)

    def words(self, summary: DossierSummary) -> str:
        """Whose a dossier is and who looks at it, for where the table has no room; empty where it is not shared."""
        one = self._listed.get(summary.id)
        return " · ".join(filter(None, (looking_words(one.others), owner_words(one.others)))) if one else ""

    def _cell(self, summary: DossierSummary, _: datetime.date) -> Text:
        one = self._listed.get(summary.id)
        if one is None:
            return Text("")
        looking = looking_words(one.others)
        words = f"● {looking}" if looking else owner_words(one.others)
        return Text(plain(words, breaks=False), overflow="ellipsis", no_wrap=True)

    def show_listed(self) -> None:
        """Show all dossiers of the shared bank, and open the one that is chosen."""

        def opened(name: str | None) -> None:
            if name:
                self._start.reload()
                self._start.shell.open_dossier(name)

        self._start.shell.push_screen(ListedScreen(self._companion), opened)

    def ask_password(self) -> None:
        """Give the password that the server asks for; it is kept in memory alone."""
        companion = self._companion

        def given(password: str | None) -> None:
            if password:
                ask_aside(self._start.shell, lambda: companion.ask(Companion.password, password), lambda _: self.look())

        self._start.shell.push_screen(AskLine("Wachtwoord voor de gedeelde bank", hidden=True), given)
