"""What is known of a document of the bank, to be corrected; and what was doubtful about reading it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from answers_bank.documents import Detail, Kind
from drafter.backend.bank import card, correct_details, encode_waiting_texts
from drafter.bank_views.document_card import SURE_WORDS, DocumentCard, correction_line, detail_text
from drafter.bank_views.document_words import DETAIL_WORDS, KINDS
from drafter.wording import sentence_case
from tui.dialogs.ask import AskLine, Choose
from tui.shell import ShellScreen
from tui.text import line
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options

_HINTS = {
    Detail.DATE: "zoals 31-03-2026",
    Detail.SIGNER: "meer namen met ; ertussen",
    Detail.PORTFOLIO: "meer met ; ertussen",
}


class DetailList(Options):
    """The details; Enter corrects one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "verbeteren")]


class CorrectScreen(ShellScreen[bool]):
    """Date, title, signer, portfolio and kind of a document; tells whether something changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,x", "take_back", "zoals gelezen", tooltip="terug naar wat is gelezen", key_display="x"),
        Binding("escape", "back", "terug"),
    ]

    def __init__(self, document: str) -> None:
        super().__init__()
        self.document = document
        self.card: DocumentCard | None = None
        self._changed = False

    def compose(self) -> ComposeResult:
        """Title, what is known, what was doubtful, keys."""
        yield Static(id="head")
        yield Static(id="reading-line")
        yield DetailList(id="details")
        yield Static(id="doubts")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Fetch what is known."""
        self.query_one(OptionList).focus()
        backend = self.shell.backend
        self.shell.fetch(f"kaart {self.document}", lambda _: backend.ask(card, self.document), self._show)

    def _show(self, found: DocumentCard) -> None:
        if not self.is_attached:
            return
        self.card = found
        self.query_one("#head", Static).update(line(sentence_case(found.document.title), "bold"))
        told = f"Wat van dit stuk bekend is · zekerheid van het lezen: {SURE_WORDS[found.confidence]}"
        self.query_one("#reading-line", Static).update(line(told, "$text-secondary"))
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.set_options(Option(self._row(found, detail, value)) for detail, value in found.details)
        options.highlighted = at
        rows = [self._doubt(one.message, one.advice) for one in found.uncertainties if one.detail is None]
        self.query_one("#doubts", Static).update(Content("\n").join(rows))

    @staticmethod
    def _row(found: DocumentCard, detail: Detail, value: str) -> Content:
        rows = [
            Content.styled(f"{DETAIL_WORDS[detail]:<14}", "$foreground-muted")
            + line(detail_text(detail, value), "bold" if value else "$text-warning")
        ]
        rows += [
            Content("  ") + line(correction_line(one), "$text-accent")
            for one in found.document.corrections
            if one.detail is detail
        ]
        rows += [
            Content("  ") + CorrectScreen._doubt(one.message, one.advice)
            for one in found.uncertainties
            if one.detail is detail
        ]
        return Content("\n").join(rows)

    @staticmethod
    def _doubt(message: str, advice: str) -> Content:
        told = f"{message} {sentence_case(advice)}." if advice else message
        return Content.styled("! ", "bold $text-warning") + line(told, "$foreground-muted")

    @property
    def _at(self) -> tuple[Detail, str] | None:
        at = self.query_one(OptionList).highlighted
        return self.card.details[at] if self.card is not None and at is not None else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the right value."""
        event.stop()
        at = self._at
        if at is None:
            return
        detail, value = at
        name = sentence_case(DETAIL_WORDS[detail])
        if detail is Detail.KIND:
            kinds = tuple(Kind)

            def chosen(number: int | None) -> None:
                if number is not None:
                    self._correct({detail: kinds[number].value}, ())

            names = tuple(KINDS[kind] for kind in kinds)
            self.app.push_screen(Choose(name, names, [kind.value for kind in kinds].index(value)), chosen)
            return

        def typed(answer: str | None) -> None:
            if answer is not None and answer.strip() != value:
                self._correct({detail: answer}, ())

        self.app.push_screen(AskLine(name, value, _HINTS.get(detail, "")), typed)

    def action_take_back(self) -> None:
        """What was read holds again."""
        at = self._at
        if at is None or self.card is None:
            return
        if all(one.detail is not at[0] for one in self.card.document.corrections):
            self.shell.say("Dit staat er zoals het is gelezen.")
            return
        self._correct({}, (at[0],))

    def _correct(self, values: dict[Detail, str], back: tuple[Detail, ...]) -> None:
        backend = self.shell.backend
        about_title = Detail.TITLE in values or Detail.TITLE in back

        def done(found: DocumentCard) -> None:
            self._changed = True
            self._show(found)
            self.shell.say(
                "Verbeterd. Het blijft zo als het stuk opnieuw wordt gelezen." if values else "Zoals gelezen."
            )
            if about_title:  # the subject stands before each question that is searched by meaning
                self.shell.fetch("omzetten", lambda _: backend.ask(encode_waiting_texts), lambda _: None)

        self.shell.fetch(
            f"verbeter {self.document}", lambda _: backend.ask(correct_details, self.document, values, back), done
        )

    def action_back(self) -> None:
        """Stop a job, or go back and say whether something changed."""
        if not self.shell.stop_job():
            self.dismiss(self._changed)
