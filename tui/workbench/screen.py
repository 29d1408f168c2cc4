"""The workbench: questions, the answer being written, and what may be put in it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea

from drafter.dossier import edits
from drafter.dossier.session import DossierSession
from drafter.dossier.summary import summarise
from drafter.dossier.value import Block, Dossier
from drafter.wording import question_words
from embeddings.errors import KamerantwoordError, UsageError
from tui.shell import ShellScreen
from tui.text import line, prose
from tui.widgets.block_text import BlockText
from tui.widgets.found import FoundPane
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.save_line import SaveLine
from tui.widgets.tabs import go_to_tab
from tui.workbench.actions import answers, blocks, checking, signals, together, whole
from tui.workbench.actions.writing import BenchWriter
from tui.workbench.changes import Touched
from tui.workbench.frame import PaneFrame
from tui.workbench.keys import CHANGING, KEYS, TOGETHER
from tui.workbench.model import Workbench
from tui.workbench.panes.answer import AnswerPane
from tui.workbench.panes.head import DossierHead
from tui.workbench.panes.note import NoteText
from tui.workbench.panes.question_list import QuestionList
from tui.workbench.panes.side import LISTS, SideTabs
from tui.workbench.panes.signals import CoveragePane, SignalPane

if TYPE_CHECKING:
    from drafter.tasks.together.standing import Others
    from tui.workbench.shared_work import SharedWork

_REST = 0.15
"""Seconds on a question before its answer is shown: going down the list with a held key stays quick."""

_FOLLOWING = 2.0
"""Seconds between two looks at what the program changed that has the dossier open."""


class WorkbenchScreen(ShellScreen[None]):
    """One dossier being worked on."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    KEYS_ARE_COMMANDS = True

    # What the keys do that change something, by subject.
    action_edit = blocks.edit
    action_write = blocks.write
    action_split = blocks.split
    action_merge = blocks.merge
    action_remove = blocks.remove
    action_move = blocks.move
    action_move_to = blocks.move_to
    action_near = blocks.insert_near
    action_match = blocks.insert_match
    action_replace = blocks.replace
    action_source = blocks.read_source
    action_difference = blocks.difference
    action_search = blocks.search
    action_next_finding = signals.next_finding
    action_toggle_info = signals.toggle_info
    action_rewrite = signals.rewrite
    action_intended = signals.intended
    action_intended_everywhere = signals.intended_everywhere
    action_done = answers.done
    action_go_to = answers.go_to
    action_combine = answers.combine
    action_separate = answers.separate
    action_deferred = answers.deferred
    action_undo = answers.undo
    action_redo = answers.redo
    action_check = checking.check
    action_draft_again = whole.draft_again
    action_consistency = whole.consistency
    action_review = whole.review
    action_ready = whole.ready
    action_export = whole.export
    action_word_edits = whole.take_word_edits
    action_word_changes = whole.word_changes
    action_verify = whole.verify_quotations
    action_choose_text = together.choose_text
    action_history = together.history
    action_people = together.people

    def __init__(self, session: DossierSession, drafts: bool = False) -> None:
        """`drafts`: have the answers drafted at once."""
        super().__init__()
        self._drafts = drafts
        self.session = session
        self.model = Workbench(session)
        self._go_timer: Timer | None = None
        self._left = False
        self.shared: SharedWork | None = None
        """The dossier among others; None where the bank follows no shared one."""

    # -- on screen -----------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, three columns, jobs, keys."""
        yield DossierHead()
        yield SaveLine(self.session)
        yield from together.line(self.shell.backend.companion)
        with PaneFrame():
            yield QuestionList(self.model)
            with Vertical(id="middle"):
                with VerticalScroll(id="question", can_focus=False):
                    yield Static(id="question-text")
                yield AnswerPane(self.model, BenchWriter(self), self.action_edit)
            yield SideTabs(self.model, self.shell.backend.as_of)
        yield JobLine()
        yield KeyBar()

    @property
    def text(self) -> AnswerPane:
        """The answer at hand."""
        return self.query_one(AnswerPane)

    @property
    def side(self) -> SideTabs:
        """The tabs."""
        return self.query_one(SideTabs)

    @property
    def frame(self) -> PaneFrame:
        """What holds the panes."""
        return self.query_one(PaneFrame)

    async def on_mount(self) -> None:
        """Show where the user was."""
        await self.show()
        (self.text if self.model.begins_in_text else self.query_one(QuestionList)).focus()
        if self._drafts:
            whole.draft_again(self)
            await self.show()
        if self.model.read_only:
            where = "kan hier niet worden bewaard" if self.session.refusal else "is al open in een ander venster"
            self.shell.say(f"Dit dossier {where}; u kunt het alleen lezen.", "warning")
            self.set_interval(_FOLLOWING, self._follow)
        self.shared = together.shared_work(self)
        if self.shared is not None:
            self.set_interval(together.EVERY, self.shared.look)
            self.shared.look()

    @property
    def others(self) -> Others | None:
        """Who else has to do with the dossier; None where it is not shared, or that is not known yet."""
        return self.shared.others if self.shared is not None else None

    async def _follow(self) -> None:
        before = self.model.dossier
        if self.session.refresh() != before:
            await self.show()

    async def show(self) -> None:
        """Bring everything up to date."""
        dossier, backend = self.model.dossier, self.shell.backend
        self.query_one(DossierHead).show(summarise(dossier), backend.as_of)
        if not dossier.answers:
            return
        self.query_one(QuestionList).show()
        asked = [(number, dossier.questions.question(number)) for number in self.model.answer.numbers]
        texts = [
            Content.styled(f"{question_words((number,), capital=True)}\n", "bold $text-primary")
            + prose(question.text if question else "")
            for number, question in asked
        ]
        question = self.query_one("#question-text", Static)
        if question.content != (words := Content("\n\n").join(texts)):
            question.update(words)
        first = asked[0][1]
        named = question_words(self.model.answer.numbers, capital=True)
        self.frame.show_question(line(f"{named}: {first.text}" if first else named))
        await self.text.show(backend.has_bank)
        checking.look_up_sources(self)
        # The text first, what stands beside it in the next frame.
        self.call_after_refresh(self.side.show)

    def on_resize(self) -> None:
        """Fit the panes to the width, and the labels of the tabs."""
        self.frame.fit()
        if self.model.dossier.answers:
            self.call_after_refresh(self.side.show)

    def model_ready(self) -> None:
        """Add what is found by meaning."""
        self.side.search_soon()

    def later(self, do: Callable[..., Any], *arguments: object) -> None:
        """Call `do` on the screen's own turn, if the screen is still there."""
        if self.is_attached:
            self.call_later(do, *arguments)

    # -- moving --------------------------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#questions")
    def _question_chosen(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self._go_timer is not None:
            self._go_timer.stop()
        if event.option_index != self.model.at:
            # The answer follows when the user rests on a question for a moment, so that moving is never slow.
            self._go_timer = self.set_timer(_REST, self._arrive)

    @on(OptionList.OptionSelected, "#questions")
    async def _to_answer(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self._arrive()
        self.text.focus()

    async def _arrive(self) -> None:
        """Take the question at hand on which the list stands by now."""
        if self._go_timer is not None:
            self._go_timer.stop()
            self._go_timer = None
        at = self.query_one(QuestionList).highlighted
        if at is not None and at != self.model.at:
            await self.go(at)

    async def go(self, index: int, block: str | None = None) -> None:
        """Take another answer at hand, and a block of it."""
        other = index != self.model.at
        if other:
            self.text.finish()
        self.model.go(index, block)
        await self.show()
        if other:
            self.text.scroll_home(animate=False)
            self.query_one("#question").scroll_home(animate=False)
        self._remember()

    async def go_to_number(self, number: int, block: str | None = None) -> None:
        """Take the answer to a question at hand."""
        await self.go(edits.answer_index(self.model.dossier, number), block)

    async def go_to_block(self, block_id: str | None) -> None:
        """Go to a block wherever it stands, if it is there."""
        if block_id and self.is_attached and self.model.dossier.block(block_id):
            answer, _ = edits.find_block(self.model.dossier, block_id)
            await self.go_to_number(answer.numbers[0], block_id)
            self.frame.focus_pane("#answer")

    async def action_question(self, step: int) -> None:
        """Go to the next or previous question."""
        await self.go(min(max(self.model.at + step, 0), len(self.model.dossier.answers) - 1))

    @on(SignalPane.Go)
    async def _go_signal(self, event: SignalPane.Go) -> None:
        event.stop()
        await signals.go_to(self, event.place)

    @on(SignalPane.Chosen)
    def _signal_chosen(self, event: SignalPane.Chosen) -> None:
        event.stop()
        place = event.place
        if place.block and place.number in self.model.answer.numbers and place.finding != self.text.lit:
            self.text.choose(place.block, None if place.intended else place.finding)

    @on(CoveragePane.Go)
    def _go_covered(self, event: CoveragePane.Go) -> None:
        event.stop()
        self.text.choose(event.block)
        self.frame.focus_pane("#answer")

    @on(FoundPane.Insert)
    def _insert_asked(self, event: FoundPane.Insert) -> None:
        event.stop()
        blocks.insert_passages(self, event.passages)

    @on(FoundPane.Read)
    def _read_asked(self, event: FoundPane.Read) -> None:
        event.stop()
        blocks.read_document(self, event.document, event.passage)

    @on(AnswerPane.EditAsked)
    async def _edit_asked(self, event: AnswerPane.EditAsked) -> None:
        event.stop()
        await blocks.edit(self, event.at)

    @on(AnswerPane.Finished)
    async def _finished(self, event: AnswerPane.Finished) -> None:
        event.stop()
        await self.show()
        checking.check_blocks(self, (event.block_id,))

    @on(TextArea.Changed, "#note")
    async def _note_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self.model.read_only and event.text_area.text != self.model.answer.note:
            await self.change(lambda: self.model.write_note(event.text_area.text))

    @on(NoteText.Finished)
    def _note_done(self) -> None:
        self.frame.focus_pane("#answer")

    @on(AnswerPane.Moved)
    def _block_chosen(self) -> None:
        self._look_at_block()
        self.side.show_beside()
        self._remember()

    def _look_at_block(self) -> None:
        if self.model.mark_seen():
            self.call_later(self.show)

    def _remember(self) -> None:
        with self.shell.telling():
            self.model.remember(self.side.active)

    async def action_pane(self, step: int) -> None:
        """Go to the next pane."""
        await self._arrive()
        panes = ["#questions", "#answer", *LISTS[self.side.active or "eerder"]]
        focused = self.focused
        if isinstance(focused, BlockText):
            self.text.finish()
            current = 1
        else:
            name = f"#{focused.id}" if focused and focused.id else ""
            current = panes.index(name) if name in panes else 0
        self.frame.focus_pane(panes[(current + step) % len(panes)])

    def go_to_tab(self, name: str) -> None:
        """Show a tab and give its list the focus."""
        self.frame.reveal("side")
        go_to_tab(self, name, lambda: self.frame.focus_pane(LISTS[name][0]))
        self._remember()

    action_tab = go_to_tab

    def action_next_tab(self, step: int) -> None:
        """Show the next tab; the focus goes along where it was at the side."""
        names = list(LISTS)
        name = names[(names.index(self.side.active or names[0]) + step) % len(names)]
        if self.frame.pane_at_hand == "side":
            self.go_to_tab(name)
        else:
            self.side.active = name
            self._remember()

    def on_descendant_focus(self) -> None:
        """What has the focus is seen, also on a narrow screen or where one pane has the whole of it."""
        if self.focused is self.text:
            self._look_at_block()
        self.frame.reveal(self.frame.pane_at_hand)

    def action_zoom(self) -> None:
        """Give the pane at hand the whole width, or let the others be there again."""
        self.frame.zoom()

    def action_wider(self, step: int) -> None:
        """Make the pane at hand wider or narrower."""
        self.frame.widen(step)

    # -- changing ------------------------------------------------------------------------------------------------------

    def settled(self) -> Dossier:
        """The dossier with what is being typed."""
        self.text.keep()
        return self.model.dossier

    def needs_block(self) -> Block | None:
        """The block at hand; where there is none the user is told."""
        if self.model.block is None:
            self.shell.say("Kies eerst een alinea (Tab, daarna ↑ en ↓).")
        return self.model.block

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        if action in TOGETHER and not together.offers(action, self.shared, self.model.read_only):
            return False
        return None if action in CHANGING and self.model.read_only else True

    def show_looking(self, names: dict[int, tuple[str, ...]], to_choose: frozenset[int]) -> None:
        """See `Bench`; keys come and go with it."""
        self.query_one(QuestionList).show_looking(names, to_choose)
        self.refresh_bindings()

    async def change(self, do: Callable[[], Touched], told: str = "") -> bool:
        """Make a change and show it, then tell the user; False where it was refused, which is told."""
        before = self.model.dossier
        try:
            do()
        except UsageError as error:
            self.shell.say(str(error), "warning")
            return False
        except KamerantwoordError as error:
            self.shell.show_error(error)
            return False
        await self.show()
        self._remember()
        checking.check_changed(self, before)
        if told:
            self.shell.say(told)
        return True

    # -- leaving -------------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Stop a job, or go a step back: out of the zoom, to the answer, to the questions, to the dossiers."""
        at_hand = self.frame.pane_at_hand
        if self.shell.stop_job():
            return
        if self.frame.zoomed:
            self.frame.zoom()
        elif at_hand != "questions":
            self.frame.focus_pane("#answer" if at_hand == "side" else "#questions")
        else:
            self.leave()
            self.app.pop_screen()

    def leave(self) -> None:
        """Keep what is open and let go of the dossier."""
        if self._left:
            return
        self._left = True
        if self.shared is not None:
            self.shared.leave()
        with contextlib.suppress(Exception) if not self.is_attached else contextlib.nullcontext():
            self.frame.keep()
            self.settled()
            self._remember()
        self.shell.close_session(self.session)

    def on_unmount(self) -> None:
        """Let go of the dossier, however the screen ends."""
        if not self._left:
            self._left = True
            self.shell.close_session(self.session)
