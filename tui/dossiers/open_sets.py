"""What the Chamber still waits for: question sets in the bank without an answer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.dossier.summary import DossierSummary
from drafter.tasks.open_questions import OpenSet
from drafter.wording import count, days_left_words, sentence_case, short_date
from tui.reading import ReadingScreen
from tui.shell import ShellScreen
from tui.text import line
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.lists import FindingList


class OpenSetList(FindingList):
    """Sets; Enter begins a dossier, or opens the one that there is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "dossier beginnen of openen")]


class OpenSetsScreen(ShellScreen["str | None"]):
    """The sets, the most urgent first; gives the document of the one to begin with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "read", "lezen", tooltip="de vragen helemaal lezen"),
        Binding("escape", "dismiss(None)", "terug"),
    ]

    def __init__(self, sets: tuple[OpenSet, ...], dossiers: dict[str, DossierSummary]) -> None:
        """`dossiers` are those that there are, by their id."""
        super().__init__()
        self.sets = sets
        self.dossiers = dossiers

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield Static(
            Content.styled("kamerantwoord", "bold $text-primary") + Content.styled("  Wacht op antwoord", "bold"),
            id="head",
        )
        yield Static(self._state(), id="open-state")
        yield OpenSetList(*(Option(self._row(one)) for one in self.sets), id="open-sets")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the most urgent."""
        options = self.query_one(OptionList)
        options.focus()
        if self.sets:
            options.highlighted = 0

    def _state(self) -> Content:
        if not self.sets:
            return Content.styled("Op alle vragen in de bank staat een antwoord.", "$foreground-muted")
        late = sum(one.overdue for one in self.sets)
        words = count(len(self.sets), "vragenset", "vragensets")
        return Content.styled(f"{words} in de bank zonder antwoord{f', {late} te laat' if late else ''}")

    def dossier_of(self, one: OpenSet) -> str | None:
        """The dossier on a set, if there is one."""
        return one.case_number if one.case_number in self.dossiers else None

    def _row(self, one: OpenSet) -> Content:
        when = "termijn onbekend"
        if one.due is not None:
            deferred = ", met uitstel" if one.deferred else ""
            when = f"uiterlijk {short_date(one.due)} · {days_left_words(one.days_left)}{deferred}"
        asked = f"ingezonden {short_date(one.submitted)}" if one.submitted else ""
        about = " · ".join(
            filter(None, (", ".join(one.askers), f"aan {', '.join(one.addressees)}" if one.addressees else "", asked))
        )
        rows = [
            Content.assemble(
                ("! " if one.overdue else "  ", "bold $text-error"),
                line(sentence_case(one.subject), "bold"),
                ("  ◆ dossier loopt" if self.dossier_of(one) else "", "$text-accent"),
            ),
            Content("  ") + Content.styled(when, "bold $text-error" if one.overdue else "$text-secondary"),
            Content("  ") + line(about, "$foreground-muted"),
            Content(""),
        ]
        return Content("\n").join(rows)

    @property
    def chosen(self) -> OpenSet | None:
        """The set at hand."""
        at = self.query_one(OptionList).highlighted
        return self.sets[at] if at is not None and at < len(self.sets) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open its dossier, or begin one."""
        event.stop()
        one = self.sets[event.option_index]
        known = self.dossier_of(one)
        if known is None:
            self.dismiss(one.document)
        else:
            self.dismiss(None)
            self.app.call_later(self.shell.open_dossier, known)

    def action_read(self) -> None:
        """Read the questions."""
        if self.chosen is not None:
            self.app.push_screen(ReadingScreen(self.chosen.document))
