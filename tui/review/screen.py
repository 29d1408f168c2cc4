"""Judging a draft: accepting and remarking, passage by passage."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from drafter.backend.review import review
from drafter.dossier import edits
from drafter.dossier.judging.thread_edits import add_thread, remove_thread, reply, set_thread_done
from drafter.dossier.judging.threads import Thread
from drafter.dossier.session import DossierSession
from drafter.dossier.value import Dossier
from drafter.headings import answer_heading
from drafter.reuse.rows import ReviewedParagraph, by_origin, reviewed
from drafter.reuse.values import Review
from drafter.wording import question_words, sentence_case
from embeddings.errors import KamerantwoordError
from tui.dialogs.ask import AskLine, Choose
from tui.dialogs.export import ask_where
from tui.review.sentences import SentenceRow
from tui.review.view import READING, ReviewView
from tui.widgets.save_line import SaveLine

_JUDGING = frozenset("accept accept_answer remark reply remark_done remove_remark undo".split())


class ReviewScreen(ReviewView):
    """A draft, to be accepted passage by passage."""

    JUDGED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "akkoord", tooltip="alinea akkoord, of toch niet"),
        Binding("A", "accept_answer", "akkoord heel antwoord", show=False),
        Binding("o", "remark", "opmerking", tooltip="opmerking bij de alinea"),
        Binding("r", "reply", "antwoorden", tooltip="op een opmerking antwoorden"),
        Binding("k", "remark_done", "afgedaan", tooltip="opmerking afgedaan, of weer open", show=False),
        Binding("delete,x", "remove_remark", "opmerking weg", tooltip="opmerking weghalen", show=False),
        Binding("u", "only('open')", "nog te doen", tooltip="alleen wat nog niet akkoord is", show=False),
        Binding(
            "e,enter",
            "to_block",
            "naar de werkbank",
            tooltip="deze alinea op de werkbank bewerken",
            show=False,
            priority=True,
        ),
        Binding("z,ctrl+z", "undo", "ongedaan", tooltip="laatste wijziging ongedaan maken", show=False),
        Binding("ctrl+e", "export", "Word met wijzigingen", show=False),
        *READING,
    ]

    def above(self) -> Iterator[Widget]:
        """What there is to say about saving."""
        yield SaveLine(self.session)

    def __init__(self, session: DossierSession, number: int | None = None, block: str = "") -> None:
        """Begins at a block, or else at a question."""
        super().__init__()
        self.session = session
        self._first = number
        self._first_block = block
        self._of = session.dossier
        """The dossier that the review is of."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Judging is off when the dossier is open read-only."""
        return None if action in _JUDGING and self.session.read_only else True

    def on_mount(self) -> None:
        """Begin at the question that was at hand, and compare the sentences with the bank."""
        super().on_mount()
        self.show()
        rows = list(enumerate(self.rows))
        at = next((i for i, row in rows if row.block and row.block.id == self._first_block), None)
        if at is None:
            at = next((i for i, row in rows if row.sentence and self._first in row.numbers), None)
        if at is not None:
            options = self.query_one(OptionList)
            options.highlighted = at
            self.call_after_refresh(options.scroll_to_highlight)
        backend, dossier = self.shell.backend, self._of
        if backend.has_bank and self.passages:
            self.shell.start_job(
                "beoordelen",
                "Zinnen vergelijken met de bank",
                lambda job: backend.work(review, job, dossier),
                self._reviewed,
            )
            self._show_head()

    def _reviewed(self, found: Review) -> None:
        self.review = found
        self.show()

    def load(self) -> tuple[ReviewedParagraph, ...]:
        """The blocks of the dossier."""
        dossier = self.session.dossier
        return by_origin(dossier) if self.review is None else reviewed(dossier, self.review, self._of)

    def name_of(self, row: SentenceRow | None) -> str:
        """The subject, and the question at hand."""
        place = f" · {question_words(row.numbers)}" if row else ""
        return f"{sentence_case(self.session.dossier.questions.title)}{place}"

    def headings(self) -> tuple[tuple[tuple[int, ...], str], ...]:
        """All answers."""
        return tuple((answer.numbers, answer_heading(answer.numbers)) for answer in self.session.dossier.answers)

    def question_of(self, numbers: tuple[int, ...]) -> str:
        """The questions, and whether the answer is still empty."""
        dossier = self.session.dossier
        asked = [question.text for n in numbers if (question := dossier.questions.question(n))]
        answer = dossier.answer(numbers[0]) if numbers else None
        empty = "  (nog geen antwoord)" if answer is not None and not answer.blocks else ""
        return " ".join(dict.fromkeys(asked)) + empty

    # -- judging -------------------------------------------------------------------------------------------------------

    def _record(self, dossier: Dossier, label: str) -> None:
        try:
            self.session.record(dossier, label)
        except KamerantwoordError as error:
            self.shell.show_error(error)
        self.show()

    def _with_name(self, act: Callable[[str], None]) -> None:
        name = self.shell.backend.settings.naam
        if name:
            act(name)
            return

        def keep(answer: str | None) -> None:
            if answer and answer.strip():
                try:
                    self.shell.backend.set_setting("naam", answer.strip())
                except KamerantwoordError as error:
                    self.shell.show_error(error)
                    return
                act(answer.strip())

        self.app.push_screen(AskLine("Uw naam (staat bij akkoord en opmerkingen)"), keep)

    def action_accept(self) -> None:
        """Accept the passage at hand, or take that back; then on to the next."""
        row = self.row
        if row is None or row.block is None:
            return
        block = row.block
        if block.accepted_by:
            self._record(edits.accept(self.session.dossier, block.id, ""), "akkoord ingetrokken")
        else:

            def accept(name: str) -> None:
                self._record(edits.accept(self.session.dossier, block.id, name, self.session.moment()), "akkoord")
                self.action_step(1)

            self._with_name(accept)

    def action_accept_answer(self) -> None:
        """Accept all passages of the answer at hand that have no remark."""
        row = self.row
        if row is None:
            return

        def accept(name: str) -> None:
            dossier = self.session.dossier
            answer = dossier.answer(row.numbers[0])
            for block in answer.blocks if answer else ():
                if not block.remark:
                    dossier = edits.accept(dossier, block.id, name, self.session.moment())
            self._record(dossier, "antwoord akkoord")

        self._with_name(accept)

    def action_remark(self) -> None:
        """Write a remark on the passage at hand."""
        block = self.row.block if self.row else None
        if block is not None:
            self._ask("Opmerking", lambda name, text, at: add_thread(self.session.dossier, block.id, name, text, at))

    def action_reply(self) -> None:
        """Answer a remark on the passage at hand."""

        def answer(block_id: str, thread: Thread) -> None:
            self._ask(
                f"Antwoord op: {thread.text}",
                lambda name, text, at: reply(self.session.dossier, block_id, thread.id, name, text, at),
            )

        self._with_thread("Op welke opmerking antwoordt u?", answer)

    def action_remark_done(self) -> None:
        """Call a remark on the passage at hand done, or open again."""

        def turn(block_id: str, thread: Thread) -> None:
            label = "opmerking weer open" if thread.done else "opmerking afgedaan"
            self._record(set_thread_done(self.session.dossier, block_id, thread.id, not thread.done), label)

        self._with_thread("Welke opmerking is afgedaan, of weer open?", turn)

    def action_remove_remark(self) -> None:
        """Take a remark on the passage at hand away, with its answers."""

        def remove(block_id: str, thread: Thread) -> None:
            self._record(remove_thread(self.session.dossier, block_id, thread.id), "opmerking weggehaald")

        self._with_thread("Welke opmerking haalt u weg?", remove)

    def _ask(self, question: str, said: Callable[[str, str, datetime.datetime], Dossier]) -> None:
        def as_name(name: str) -> None:
            def keep(text: str | None) -> None:
                if text and text.strip():
                    self._record(said(name, text.strip(), self.session.moment()), "opmerking")

            self.app.push_screen(AskLine(question), keep)

        self._with_name(as_name)

    def _with_thread(self, question: str, act: Callable[[str, Thread], None]) -> None:
        """Do something with the remark on the passage at hand; with more of them the user says which."""
        block = self.row.block if self.row else None
        if block is None or not block.discussion:
            self.shell.say("Bij deze alinea staat geen opmerking. o = opmerking schrijven.")
            return
        threads = block.discussion
        if len(threads) == 1:
            act(block.id, threads[0])
            return

        def chosen(at: int | None) -> None:
            if at is not None:
                act(block.id, threads[at])

        names = tuple(f"{'✓ ' if t.done else ''}{t.author}: {t.text}" if t.author else t.text for t in threads)
        first = next((at for at, thread in enumerate(threads) if not thread.done), 0)
        self.app.push_screen(Choose(question, names, first), chosen)

    def action_undo(self) -> None:
        """Take the last change back."""
        step = None
        with self.shell.telling():
            step = self.session.undo()
        self.show()
        self.shell.say(f"Ongedaan: {step.label}." if step else "Er is niets meer om terug te nemen.")

    def action_to_block(self) -> None:
        """Go to the passage on the workbench."""
        row = self.row
        self.dismiss(row.block.id if row and row.block else None)

    def action_export(self) -> None:
        """Write the draft with its changes against the sources."""
        ask_where(self.shell, self.session.dossier, changes=True)
