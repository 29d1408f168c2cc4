"""Lists with keys of their own, so that the last line can say what Enter does here."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from drafter.checks.finding import Severity
from drafter.dossier.value import Dossier, DraftAnswer
from drafter.wording import number_list
from tui.text import line


class QuestionList(OptionList):
    """The questions of a set with how far each is."""

    BORDER_TITLE = "Vragen"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "naar het antwoord")]

    def show(self, dossier: Dossier, at: int) -> None:
        """Show the answers of `dossier`, with number `at` chosen; nothing jumps when only states changed."""
        prompts = [question_line(dossier, answer) for answer in dossier.answers]
        if len(prompts) == self.option_count:
            for index, prompt in enumerate(prompts):
                if self.get_option_at_index(index).prompt != prompt:
                    self.replace_option_prompt_at_index(index, prompt)
        else:
            self.set_options(Option(prompt) for prompt in prompts)
        if self.highlighted != at:
            self.highlighted = at
        done = sum(len(answer.numbers) for answer in dossier.answers if answer.done)
        total = sum(len(answer.numbers) for answer in dossier.answers)
        self.border_subtitle = f"{done} van {total} klaar"


def sign(answer: DraftAnswer) -> tuple[str, str]:
    """A sign for how far an answer is, and its style: done, warned, under way or empty."""
    if answer.done:
        return "✓", "$text-success"
    if any(f.severity is Severity.WARNING for block in answer.blocks for f in block.open_findings):
        return "!", "bold $text-warning"
    return ("…", "$text-secondary") if answer.blocks else ("∅", "$foreground-muted")


def question_line(dossier: Dossier, answer: DraftAnswer) -> Content:
    """An answer in the list of questions."""
    mark, style = sign(answer)
    question = dossier.questions.question(answer.numbers[0])
    text = question.text if question else ""
    return Content.assemble((f"{mark} ", style), (f"{number_list(answer.numbers):<3}", "bold"), line(text))


class ReadableList(OptionList):
    """A list of things that can be put in the draft, or read where they come from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "invoegen"),
        Binding("space", "read", "lezen", tooltip="de bron helemaal lezen"),
    ]

    class Read(Message):
        """The user wants to read the source of an option."""

        def __init__(self, options: ReadableList, index: int) -> None:
            super().__init__()
            self.options = options
            self.index = index

        @property
        def control(self) -> ReadableList:
            """The list it was asked of."""
            return self.options

    def action_read(self) -> None:
        """Ask for the source of the option at hand."""
        if self.highlighted is not None:
            self.post_message(self.Read(self, self.highlighted))


class SourceList(ReadableList):
    """The same where there is no draft to put things in: Enter reads."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "lezen")]


class FindingList(OptionList):
    """Findings; Enter goes to their words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "ernaartoe")]
