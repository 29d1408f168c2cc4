"""The questions of a set with how far each is."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from answers_bank.documents import Document
from drafter.checks.finding import Severity
from drafter.dossier.value import DraftAnswer
from drafter.wording import number_list
from tui.text import line
from tui.widgets.options import Options
from tui.workbench.model import Workbench

_WITH_WORDS = 14
"""Cells from which the words of a question are worth showing."""


class QuestionList(Options):
    """The questions of a set with how far each is."""

    BORDER_TITLE = "Vragen"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "naar het antwoord")]

    def __init__(self, model: Workbench) -> None:
        super().__init__(id="questions")
        self._model = model
        self._shown: int | None = None
        self._looking: dict[int, tuple[str, ...]] = {}
        self._to_choose: frozenset[int] = frozenset()
        self._states: list[tuple[Document, DraftAnswer, bool, tuple[str, ...], bool]] = []
        """What each line was made of: of a set of sixty questions a key changes one or two."""

    def show_looking(self, names: dict[int, tuple[str, ...]], to_choose: frozenset[int]) -> None:
        """Show at which questions others look, and which wait for a choice between two texts."""
        if (names, to_choose) != (self._looking, self._to_choose):
            self._looking, self._to_choose = names, to_choose
            self.show()

    def show(self) -> None:
        """Show the answers, the one at hand chosen; nothing jumps when only states changed."""
        dossier, at = self._model.dossier, self._model.at
        narrow = self.content_size.width < _WITH_WORDS
        states = [(dossier.questions, answer, narrow, *self._others_at(answer)) for answer in dossier.answers]
        if len(states) == self.option_count:
            for index, (state, before) in enumerate(zip(states, self._states, strict=True)):
                if state != before:
                    self.replace_option_prompt_at_index(index, _question_line(*state))
        else:
            self.set_options(Option(_question_line(*state)) for state in states)
            self._shown = None
        self._states = states
        if self._shown != at:  # else the user may be on the way to another question
            self._shown = self.highlighted = at
        done = sum(len(answer.numbers) for answer in dossier.answers if answer.done)
        total = sum(len(answer.numbers) for answer in dossier.answers)
        self.border_title = "Vr." if narrow else "Vragen"
        self.border_subtitle = f"✓{done}" if narrow else f"{done} van {total} klaar"

    def _others_at(self, answer: DraftAnswer) -> tuple[tuple[str, ...], bool]:
        """Who else looks at it, and whether it waits for a choice between two texts."""
        names = tuple(dict.fromkeys(name for number in answer.numbers for name in self._looking.get(number, ())))
        return names, not self._to_choose.isdisjoint(answer.numbers)

    def on_resize(self) -> None:
        """A narrow list has the numbers alone."""
        if self._model.dossier.answers:
            self.show()


def _sign(answer: DraftAnswer) -> tuple[str, str]:
    """A sign for how far an answer is, and its style: done, warned, under way or empty."""
    if answer.done:
        return "✓", "$text-success"
    if any(f.severity is Severity.WARNING for block in answer.blocks for f in block.open_findings):
        return "!", "bold $text-warning"
    return ("…", "$text-secondary") if answer.blocks else ("∅", "$foreground-muted")


def _question_line(
    questions: Document, answer: DraftAnswer, narrow: bool, looking: tuple[str, ...] = (), to_choose: bool = False
) -> Content:
    """An answer in the list of questions; of a narrow one the sign and the number.

    Who looks at it stands before its words; a narrow list shows that someone does.
    """
    mark, style = ("≠", "bold $text-warning") if to_choose else _sign(answer)
    if narrow:
        here = ("●", "$text-accent") if looking else ("", "")
        return Content.assemble((f"{mark} ", style), (number_list(answer.numbers), "bold"), here)
    question = questions.question(answer.numbers[0])
    text = question.text if question else ""
    names = line(f"●{', '.join(looking)} ", "$text-accent") + Content(" ") if looking else Content("")
    return Content.assemble((f"{mark} ", style), (f"{number_list(answer.numbers):<3}", "bold"), names, line(text))
