"""What an answer ever was: who changed it and when, the text of then, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.dossier.value import DraftAnswer
from drafter.tasks.together.history import AnswerVersion
from drafter.wording import question_words
from tui.shell import ShellScreen
from tui.text import difference, line, prose
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options


class VersionList(Options):
    """Versions; Enter goes back to one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "terug hiernaar")]


class HistoryScreen(ShellScreen["AnswerVersion | None"]):
    """The versions on the left, the text of the one at hand on the right; gives the one to go back to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "difference", "verschil", tooltip="verschil met het antwoord van nu tonen of verbergen"),
        Binding("escape", "dismiss(None)", "terug"),
    ]

    def __init__(self, answer: DraftAnswer, versions: tuple[AnswerVersion, ...], read_only: bool) -> None:
        """`answer` is the one of now; `versions` the newest first."""
        super().__init__()
        self.answer = answer
        self.versions = versions
        self.read_only = read_only
        self.shows_difference = True

    def compose(self) -> ComposeResult:
        """Versions and text."""
        numbers = question_words(self.answer.numbers)
        yield Static(Content.styled(f"Geschiedenis van het antwoord op {numbers}", "bold $text-primary"), id="head")
        with Horizontal(id="history"):
            yield VersionList(id="history-list")
            with VerticalScroll(id="history-text", can_focus=False) as text:
                text.border_title = "De tekst van toen"
                yield Static(id="history-words")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the newest."""
        rows = self.query_one(OptionList)
        rows.border_title = "Wie en wanneer"
        rows.set_options(Option(_row(version)) for version in self.versions)
        if self.versions:
            rows.highlighted = 0
        else:
            self.query_one("#history-words", Static).update("Van dit antwoord is nog niets gedeeld.")
        rows.focus()

    @on(OptionList.OptionHighlighted)
    def _shown(self) -> None:
        self._show()

    def _show(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self.versions):
            return
        then, now = _text(self.versions[at].answers), _text((self.answer,))
        if then == now:
            words = Content.styled("Zo staat het er nu.\n\n", "$foreground-muted") + prose(then)
        elif self.shows_difference:
            told = "Van toen naar nu: [-wat wegging-] en [+wat erbij kwam+].\n\n"
            words = Content.styled(told, "$foreground-muted") + difference(then, now)
        else:
            words = prose(then or "(leeg)")
        self.query_one("#history-words", Static).update(words)
        self.query_one("#history-text").scroll_home(animate=False)

    def action_difference(self) -> None:
        """Show what is other now, or the text of then."""
        self.shows_difference = not self.shows_difference
        self._show()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.read_only:
            self.shell.say("Dit dossier is alleen om te lezen open.")
        else:
            self.dismiss(self.versions[event.option_index])


def _text(answers: tuple[DraftAnswer, ...]) -> str:
    return "\n\n".join(block.text for answer in answers for block in answer.blocks)


def _row(version: AnswerVersion) -> Content:
    aside = Content.styled("\n  andere tekst, niet gekozen", "$text-warning") if version.aside else Content("")
    return (
        Content.styled(f"{version.at.astimezone():%d-%m-%Y %H:%M}  ", "$text-secondary")
        + line(version.by, "bold")
        + Content("\n  ")
        + line(version.label, "$foreground-muted")
        + aside
    )
