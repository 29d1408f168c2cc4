"""The dossiers on the shared bank: whose they are, how far, who looks at them; what is not here can be brought."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.backend.local import AsksCompanion
from drafter.tasks.together.companion import Companion
from drafter.tasks.together.standing import ListedDossier
from drafter.wording import count, sentence_case
from tui.shell import ShellScreen
from tui.text import line
from tui.together.words import looking_words, owner_words
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options


class ListedList(Options):
    """Dossiers; Enter opens one, and brings it here first where it is not."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "ophalen en openen")]


class ListedScreen(ShellScreen["str | None"]):
    """All dossiers of the shared bank; gives the name here of the one to open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reload", "verversen", tooltip="lijst verversen", show=False),
        Binding("escape", "dismiss(None)", "terug"),
    ]

    def __init__(self, companion: AsksCompanion) -> None:
        super().__init__()
        self.companion = companion
        self.listed: tuple[ListedDossier, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield Static(
            Content.styled("kamerantwoord", "bold $text-primary") + Content.styled("  Gedeelde dossiers", "bold"),
            id="head",
        )
        yield Static(id="listed-state")
        yield ListedList(id="listed")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for them."""
        self.query_one(OptionList).focus()
        self.action_reload()

    def action_reload(self) -> None:
        """Ask for them anew."""
        self._say("De gedeelde bank wordt gevraagd…")
        companion = self.companion
        self.shell.fetch(
            "gedeelde dossiers",
            lambda _: companion.ask(Companion.listed),
            self._show,
            otherwise=lambda: self._say("De gedeelde bank is nu niet te bereiken. r = opnieuw."),
        )

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#listed-state", Static).update(Content.styled(words, "$foreground-muted"))

    def _show(self, listed: tuple[ListedDossier, ...]) -> None:
        if not self.is_attached:
            return
        self.listed = listed
        away = sum(not one.local for one in listed)
        self._say(
            f"{count(len(listed), 'dossier', 'dossiers')}{f', {away} nog niet hier' if away else ''}."
            if listed
            else "Geen gedeelde dossiers (wie alleen mag lezen, ziet er geen). Delen: open een dossier en druk op T."
        )
        rows = self.query_one(OptionList)
        rows.set_options(Option(_row(one)) for one in listed)
        if listed:
            rows.highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        one, companion = self.listed[event.option_index], self.companion
        if one.local:
            self.dismiss(one.local)
            return
        self.shell.start_job("ophalen", "Dossier ophalen", lambda _: companion.ask(Companion.fetch, one.id), self._here)

    def _here(self, name: str) -> None:
        if self.is_attached:
            self.dismiss(name)


def _row(one: ListedDossier) -> Content:
    looking = looking_words(one.others)
    rows = [
        Content("◆ " if one.local else "  ") + line(sentence_case(one.title) or one.id, "bold"),
        Content("  ") + Content.styled(" · ".join(filter(None, (owner_words(one.others), one.others.state)))),
        *([Content("  ") + Content.styled(f"● {looking}", "$text-accent")] if looking else []),
        Content(""),
    ]
    return Content("\n").join(rows)
