"""A question that a line can answer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from tui.text import plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options


class AnswerLine(Input):
    """A line to answer on; Enter gives it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "gereed")]


class AskLine(ModalScreen["str | None"]):
    """One line of text at the bottom of the screen; None when the user thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "laat maar")]

    def __init__(self, question: str, value: str = "", placeholder: str = "", hidden: bool = False) -> None:
        """`hidden`: what is typed is not shown."""
        super().__init__()
        self.hidden = hidden
        self.question = question
        self.value = value
        self.placeholder = placeholder

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical(classes="ask"):
            yield Static(Content.styled(self.question, "bold"))
            yield AnswerLine(self.value, self.placeholder, password=self.hidden, select_on_focus=False)
        yield KeyBar()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the answer."""
        self.dismiss(event.value)


class AskText(ModalScreen["str | None"]):
    """A text of several lines, such as pasted questions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "gereed", priority=True),
        Binding("escape", "dismiss(None)", "laat maar", priority=True),
    ]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self.question = question
        self.value = value

    def compose(self) -> ComposeResult:
        """The question and room for the text."""
        with Vertical(classes="ask -tall"):
            yield Static(Content.styled(self.question, "bold"))
            yield TextArea(self.value, soft_wrap=True, compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Write at once."""
        area = self.query_one(TextArea)
        area.focus()
        area.cursor_location = area.document.end

    def action_save(self) -> None:
        """Give the answer."""
        self.dismiss(self.query_one(TextArea).text)


class Choose(ModalScreen["int | None"]):
    """One of a few choices at the bottom of the screen: its number from 0, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "laat maar")]

    def __init__(self, question: str, options: tuple[str, ...], at: int = 0) -> None:
        super().__init__()
        self.question = question
        self.options = options
        self.at = at

    def compose(self) -> ComposeResult:
        """The question and the choices."""
        with Vertical(classes="ask"):
            yield Static(Content.styled(self.question, "bold"))
            yield ChoiceList(*(Option(Content(plain(option, breaks=False))) for option in self.options), id="choices")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with what holds now."""
        options = self.query_one(OptionList)
        options.highlighted = self.at
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the choice."""
        event.stop()
        self.dismiss(event.option_index)


class ChoiceList(Options):
    """Choices; Enter takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "kiezen")]


class Confirm(ModalScreen[bool]):
    """A yes or no on the last line; only for what cannot simply be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,enter", "dismiss(True)", "ja", key_display="j"),
        Binding("n,escape", "dismiss(False)", "nee", key_display="n"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical(classes="ask"):
            yield Static(Content.styled(self.question, "bold"))
        yield KeyBar()
