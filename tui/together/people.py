"""Who works on a shared dossier: its owner, and who has the whole set or some of its questions."""

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
from drafter.tasks.together.standing import Others
from drafter.wording import question_numbers, question_words
from tui.dialogs.ask import AskLine, Confirm
from tui.shell import ShellScreen
from tui.text import line
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options


class PeopleList(Options):
    """People; Enter gives one the whole dossier, or takes it back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "hele dossier", tooltip="het hele dossier toewijzen, of niet meer"),
    ]


class PeopleScreen(ShellScreen[None]):
    """Names with what each has; each key is carried out at once, for all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "questions", "vragen…", tooltip="losse vragen toewijzen"),
        Binding("o", "owner", "eigenaar", tooltip="tot eigenaar maken"),
        Binding("n", "name", "andere naam", tooltip="iemand toewijzen die niet in de lijst staat"),
        Binding("escape", "dismiss(None)", "terug"),
    ]

    def __init__(
        self, companion: AsksCompanion, dossier: str, others: Others, people: tuple[str, ...], questions: int
    ) -> None:
        super().__init__()
        self.companion = companion
        self.dossier = dossier
        self.others = others
        self._known = people
        self._questions = questions

    @property
    def people(self) -> list[str]:
        """The owner first, then those who have something, then the others."""
        given = {name for _, name in self.others.assigned}
        names = {*self._known, *given, self.others.owner}
        return sorted(names, key=lambda name: (name != self.others.owner, name not in given, name.casefold()))

    def compose(self) -> ComposeResult:
        """Title, what can be done, names."""
        yield Static(Content.styled("Wie werkt aan dit dossier", "bold $text-primary"), id="head")
        yield Static(id="people-state")
        yield PeopleList(id="people")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the names."""
        self._show(self.others)
        self.query_one(OptionList).focus()

    def _show(self, others: Others) -> None:
        rows = self.query_one(OptionList)
        people = self.people
        before = people[rows.highlighted] if rows.highlighted is not None and rows.highlighted < len(people) else ""
        self.others = others
        people = self.people
        width = max(len(name) for name in people)
        rows.set_options(Option(self._row(name, width)) for name in people)
        rows.highlighted = people.index(before) if before in people else 0
        words = "Wie u toewijst, krijgt het dossier vanzelf."
        if others.problem:
            words = f"Geen verbinding: {others.problem}"
        elif others.state:
            words += f" Het is {others.state}."
        self.query_one("#people-state", Static).update(Content.styled(words, "$foreground-muted"))

    def _row(self, name: str, width: int) -> Content:
        numbers = tuple(sorted(number for number, who in self.others.assigned if who == name))
        has = "het hele dossier" if 0 in numbers else question_words(numbers) if numbers else ""
        mark = "★ " if name == self.others.owner else "✓ " if numbers else "  "
        looking = [number for who, number in self.others.looking if who == name]
        words = [
            Content.styled(mark, "$text-accent"),
            line(name + " " * (width - len(name)), "bold") + Content(" " * max(width - len(name), 0)),
            Content("  "),
            Content.styled("eigenaar " if name == self.others.owner else "", "$text-accent"),
            Content(has),
            Content.styled(f"  ● bij vraag {looking[0]}" if looking and looking[0] else "", "$text-accent"),
            Content.styled("  (u)" if name == self.others.me else "", "$foreground-muted"),
        ]
        return Content("").join(words)

    @property
    def _at_hand(self) -> str:
        return self.people[self.query_one(OptionList).highlighted or 0]

    # -- keys ----------------------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _whole(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        name = self._at_hand
        self._assign(name, (0,), (0, name) in self.others.assigned)

    def _assign(self, name: str, numbers: tuple[int, ...], gone: bool) -> None:
        companion, dossier = self.companion, self.dossier
        self.shell.fetch(
            "toewijzen", lambda _: companion.ask(Companion.assign, dossier, numbers, name, gone), self._done
        )

    def _done(self, others: Others) -> None:
        if self.is_attached:
            self._show(others)

    def action_questions(self) -> None:
        """Say which questions the one at hand has."""
        name = self._at_hand
        has = tuple(sorted(number for number, who in self.others.assigned if who == name and number))

        def given(answer: str | None) -> None:
            if answer is None:
                return
            wanted = {n for n in question_numbers(answer) if 1 <= n <= self._questions}
            gone = tuple(n for n in has if n not in wanted)
            new = tuple(sorted(wanted - set(has)))
            companion, dossier = self.companion, self.dossier

            def work(_: object) -> Others:
                if gone:
                    companion.ask(Companion.assign, dossier, gone, name, True)
                return companion.ask(Companion.assign, dossier, new, name, False)

            if gone or new:
                self.shell.fetch("toewijzen", work, self._done)

        self.app.push_screen(
            AskLine(f"Welke vragen zijn voor {name}?", ", ".join(map(str, has)), "nummers, zoals 2, 4 of 2-4"), given
        )

    def action_owner(self) -> None:
        """Make the one at hand the owner."""
        name, companion, dossier = self._at_hand, self.companion, self.dossier

        def give(yes: bool | None) -> None:
            if yes:
                self.shell.fetch("toewijzen", lambda _: companion.ask(Companion.give, dossier, name), self._done)

        if name != self.others.owner:
            self.app.push_screen(Confirm(f"{name} eigenaar maken van dit dossier? (j/n)"), give)

    def action_name(self) -> None:
        """Assign someone by name."""

        def given(answer: str | None) -> None:
            if answer and answer.strip():
                self._assign(answer.strip(), (0,), False)

        self.app.push_screen(AskLine("Naam op de server van wie het hele dossier krijgt"), given)
