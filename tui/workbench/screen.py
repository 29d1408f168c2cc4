"""The workbench: questions, the answer being written, and what may be put in it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static, TabbedContent, TabPane, TextArea

from drafter.backend.protocol import Standard
from drafter.dossier import edits as edits
from drafter.dossier.store import DossierSession
from drafter.dossier.summary import summarise
from drafter.dossier.value import Dossier, Status
from drafter.search.values import SearchResult
from drafter.wording import question_words
from tui.text import plain, prose
from tui.widgets.block import BlockText
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.lists import QuestionList
from tui.widgets.tabs import fitting, go_to_tab, set_labels
from tui.workbench.search import SearchSide
from tui.workbench.widgets.answer import AnswerView
from tui.workbench.widgets.found import FoundPane
from tui.workbench.widgets.head import DossierHead
from tui.workbench.widgets.note import NoteText
from tui.workbench.widgets.save_line import SaveLine
from tui.workbench.widgets.signals import CoveragePane, SignalPane, places
from tui.workbench.widgets.standard import StandardPane

if TYPE_CHECKING:
    pass

_REST = 0.15
"""Seconds on a question before its answer is shown: going down the list with a held key stays quick."""

_SHORT = {"Deelvragen": "Deelvr.", "Standaard": "Stand.", "Signalen": "Sign."}

TABS = ("eerder", "standaard", "signalen", "deelvragen", "notities")


class WorkbenchScreen(SearchSide):
    """One dossier being worked on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "bewerken", tooltip="alinea bewerken", show=False),
        Binding("t", "write", "eigen tekst", tooltip="eigen alinea schrijven"),
        Binding("s", "next_finding(1)", "signaal", tooltip="naar het volgende signaal"),
        Binding("S", "next_finding(-1)", "vorig signaal", tooltip="naar het vorige signaal", show=False),
        Binding("h", "rewrite", "herschrijf", tooltip="voorstel bij het signaal overnemen", show=False),
        Binding("b", "intended", "bewust zo", tooltip="signaal: bewust zo", show=False),
        Binding(
            "B", "intended_everywhere", "overal bewust zo", tooltip="signaal: bewust zo in het hele dossier", show=False
        ),
        Binding("l", "next_finding(1)", "later", tooltip="signaal laten staan, naar het volgende", show=False),
        Binding("d", "difference", "verschil", tooltip="verschil met de bron tonen of verbergen"),
        Binding("o", "source", "bron", tooltip="de bron van de alinea helemaal lezen"),
        Binding("v", "replace", "vervang", tooltip="alinea vervangen door wat rechts gekozen is", show=False),
        Binding("delete,x", "remove", "weg", tooltip="alinea weghalen", show=False),
        Binding("alt+up,shift+up", "move(-1)", "omhoog", tooltip="alinea omhoog", show=False),
        Binding("alt+down,shift+down", "move(1)", "omlaag", tooltip="alinea omlaag", show=False),
        Binding("m", "merge", "samenvoegen", tooltip="alinea samenvoegen met de volgende", show=False),
        Binding("ctrl+k", "split", "splitsen", tooltip="alinea splitsen", show=False),
        Binding("M", "move_to", "naar vraag…", tooltip="alinea naar een andere vraag", show=False),
        Binding("k", "done", "klaar", tooltip="antwoord klaar, of toch niet"),
        Binding("n", "question(1)", "volgende", tooltip="volgende vraag", show=False),
        Binding("p", "question(-1)", "vorige", tooltip="vorige vraag", show=False),
        Binding("g", "go_to", "ga naar…", tooltip="ga naar vraag…", show=False),
        Binding("c", "combine", "samen", tooltip="vragen samen beantwoorden", show=False),
        Binding("C", "separate", "apart", tooltip="vragen weer apart beantwoorden", show=False),
        Binding("z,ctrl+z", "undo", "ongedaan", tooltip="laatste wijziging ongedaan maken"),
        Binding("Z,ctrl+y", "redo", "opnieuw", tooltip="ongedaan gemaakte wijziging opnieuw doen", show=False),
        Binding("slash", "search", "zoeken", tooltip="opnieuw zoeken met andere woorden"),
        Binding("1", "tab('eerder')", "eerder", tooltip="tab Eerder", show=False),
        Binding("2", "tab('standaard')", "standaard", tooltip="tab Standaard", show=False),
        Binding("3", "tab('signalen')", "signalen", tooltip="tab Signalen", show=False),
        Binding("4", "tab('deelvragen')", "deelvragen", tooltip="tab Deelvragen", show=False),
        Binding("5", "tab('notities')", "notities", tooltip="tab Notities", show=False),
        Binding("ctrl+r", "check", "controleren", tooltip="alles opnieuw controleren", show=False),
        Binding("ctrl+d", "draft_again", "opstellen", tooltip="lege antwoorden laten opstellen", show=False),
        Binding("f5", "consistency", "samenhang", tooltip="samenhang met de bank en binnen het concept", show=False),
        Binding("f7", "review", "beoordelen", show=False),
        Binding("ctrl+e", "export", "Word", tooltip="naar Word, Markdown of JSON schrijven"),
        Binding("ctrl+o", "word_edits", "uit Word", tooltip="een bewerkt Word-bestand teruglezen", show=False),
        Binding("f6", "verify", "citaten nagaan", tooltip="elk citaat letterlijk in de bank nagaan", show=False),
        Binding("u", "deferred", "uitstel", tooltip="uitstel gemeld, of toch niet", show=False),
        Binding("tab", "pane(1)", "volgend vak", show=False, priority=True),
        Binding("shift+tab", "pane(-1)", "vorig vak", show=False, priority=True),
        Binding("escape", "back", "terug", show=False),
    ]

    def __init__(self, session: DossierSession) -> None:
        super().__init__()
        self.session = session
        place = session.place
        numbers = [answer.numbers for answer in session.dossier.answers]
        wanted = int(place.get("question", "0") or 0)
        self.at = next((i for i, n in enumerate(numbers) if wanted in n), 0)
        """Place of the answer at hand."""
        self._first_block = place.get("block")
        self._first_tab = place.get("tab", TABS[0])
        self._found: dict[tuple[str, bool], tuple[SearchResult, ...]] = {}
        self._own_words: dict[int, str] = {}
        self._standards: tuple[Standard, ...] | None = None
        self._search_timer: Timer | None = None
        self._go_timer: Timer | None = None
        self._search_key: tuple[str, bool] | None = None
        self._left = False

    # -- on screen -----------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, three columns, jobs, keys."""
        yield DossierHead()
        yield SaveLine(self.session)
        with Horizontal(id="work"):
            yield QuestionList(id="questions")
            with Vertical(id="middle"):
                with VerticalScroll(id="question", can_focus=False):
                    yield Static(id="question-text")
                yield AnswerView(id="answer")
            with TabbedContent(id="side", initial=self._first_tab if self._first_tab in TABS else TABS[0]):
                with TabPane("Eerder", id="eerder"):
                    yield FoundPane(self.kamer.desk.as_of)
                with TabPane("Standaard", id="standaard"):
                    yield StandardPane(self.kamer.desk.as_of)
                with TabPane("Signalen", id="signalen"):
                    yield SignalPane()
                with TabPane("Deelvragen", id="deelvragen"):
                    yield CoveragePane()
                with TabPane("Notities", id="notities"):
                    yield NoteText(self.session.read_only)
        yield JobLine()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show where the user was."""
        await self.show(self._first_block)
        answers = self.query_one(AnswerView)
        (answers if self._first_block else self.query_one(QuestionList)).focus()
        if self.session.read_only:
            where = "kan hier niet worden bewaard" if self.session.refusal else "is al open in een ander venster"
            self.kamer.say(f"Dit dossier {where}; u kunt het alleen lezen.", "warning")
            self.set_interval(2, self._follow)

    async def _follow(self) -> None:
        """Show what the program that has the dossier open changed."""
        before = self.dossier
        if self.session.refresh() != before:
            await self.show()

    async def show(self, block: str | None = None) -> None:
        """Show the dossier as it stands; `block` becomes the chosen one."""
        self.at = min(self.at, max(len(self.dossier.answers) - 1, 0))
        self.query_one(DossierHead).show(summarise(self.dossier), self.kamer.desk.as_of)
        if not self.dossier.answers:
            return
        answer = self.answer
        self.query_one(QuestionList).show(self.dossier, self.at)
        questions = [self.dossier.questions.question(number) for number in answer.numbers]
        texts = [
            Content.styled(f"{question_words((number,), capital=True)}\n", "bold $text-primary")
            + prose(q.text if q else "")
            for number, q in zip(answer.numbers, questions, strict=True)
        ]
        question = self.query_one("#question-text", Static)
        if question.content != (words := Content("\n\n").join(texts)):
            question.update(words)
        view = self.query_one(AnswerView)
        title = f"Antwoord op {question_words(answer.numbers)}{'  ✓ klaar' if answer.done else ''}"
        if view.border_title != title:
            view.border_title = title
        tried = any(other.status is Status.DRAFTED for other in self.dossier.answers)
        empty = (
            f"{'Geen bron gevonden' if tried else 'Nog geen tekst'}.\n\n"
            "Kies rechts een eerder antwoord (Tab, daarna ↵), zoek met andere woorden (/) of schrijf zelf (t)."
        )
        if answer.note:
            empty = f"{plain(answer.note)}\n\n{empty}"
        elif not self.kamer.desk.has_bank:
            empty = (
                "De bank is nog leeg: er is niets om uit te putten. F3 opent de bank; a voegt daar stukken toe.\n\n"
                "U kunt ook zelf schrijven (t)."
            )
        await view.show(answer.blocks, Content.styled(empty, "$foreground-muted"), block)
        # The text first, what stands beside it in the next frame.
        self.call_after_refresh(self._show_side)

    def _show_side(self) -> None:
        """Bring the side up to date: the labels of all tabs, and what stands in the one that is open."""
        if not self.is_attached:
            return
        answer = self.answer
        side = self.query_one(TabbedContent)
        found = sum(not place.intended for place in places((answer,)))
        missing = sum(not item.covered for item in answer.coverage)
        labels = {
            "eerder": "Eerder",
            "standaard": "Standaard",
            "signalen": f"Signalen {found}" if found else "Signalen",
            "deelvragen": f"Deelvragen {missing}" if missing else "Deelvragen",
            "notities": "Notities •" if answer.note else "Notities",
        }
        set_labels(side, fitting(labels, _SHORT, side.content_size.width or self.size.width))
        self._fill_tab(side.active)
        self._search_soon()

    def _fill_tab(self, name: str) -> None:
        answer = self.answer
        if name == "eerder":
            used: dict[str, str] = {}
            for one in self.dossier.answers:
                for block in one.blocks:
                    for origin in block.origins:
                        used.setdefault(origin.passage, question_words(one.numbers))
            self.query_one(FoundPane).mark_used(used)
        elif name == "standaard":
            self._load_standards()
        elif name == "signalen":
            self.query_one(SignalPane).show(self.dossier.answers, self.number)
        elif name == "deelvragen":
            self.query_one(CoveragePane).show(answer)
        elif name == "notities":
            note = self.query_one("#note", TextArea)
            if note.text != answer.note:
                with note.prevent(TextArea.Changed):
                    note.text = answer.note

    def on_resize(self) -> None:
        """Fit the labels of the tabs."""
        if self.dossier.answers:
            self.call_after_refresh(self._show_side)

    # -- moving --------------------------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#questions")
    def _question_chosen(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self._go_timer is not None:
            self._go_timer.stop()
        if event.option_index != self.at:
            # The answer follows when the user rests on a question for a moment, so that moving is never slow.
            self._go_timer = self.set_timer(_REST, lambda: self.go(event.option_index))

    @on(OptionList.OptionSelected, "#questions")
    async def _to_answer(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self.arrive()
        self.query_one(AnswerView).focus()

    async def arrive(self) -> None:
        """Take the question at hand on which the list stands, without waiting for the user to rest on it."""
        if self._go_timer is not None:
            self._go_timer.stop()
            self._go_timer = None
        at = self.query_one(QuestionList).highlighted
        if at is not None and at != self.at:
            await self.go(at)

    async def go(self, index: int, block: str | None = None) -> None:
        """Take another answer at hand."""
        if index != self.at:
            self.query_one(AnswerView).finish()
            self.at = index
            self.query_one(AnswerView).chosen = None
            await self.show(block)
            self.query_one(AnswerView).scroll_home(animate=False)
            self.query_one("#question").scroll_home(animate=False)
        else:
            await self.show(block)
        self.remember()

    def remember(self) -> None:
        """Keep where the user is."""
        if self.session.read_only or not self.dossier.answers:
            return
        with self.kamer.telling():
            self.session.remember(
                {
                    "question": str(self.number),
                    "block": self.query_one(AnswerView).chosen or "",
                    "tab": self.query_one(TabbedContent).active,
                }
            )

    @on(AnswerView.Moved)
    def _block_chosen(self) -> None:
        self.mark_seen()
        self.remember()

    @on(TabbedContent.TabActivated)
    def _tab_chosen(self, event: TabbedContent.TabActivated) -> None:
        if event.pane.id and self.dossier.answers:
            self._fill_tab(event.pane.id)

    def pane_widgets(self) -> list[str]:
        """What Tab goes through: the panes that are there."""
        inside = {
            "eerder": ("#found-results", "#found-passages"),
            "standaard": ("#standard-list", "#standard-variants"),
            "signalen": ("#signal-list",),
            "deelvragen": ("#covered-list",),
            "notities": ("#note",),
        }[self.query_one(TabbedContent).active or TABS[0]]
        return ["#questions", "#answer", *inside]

    async def action_pane(self, step: int) -> None:
        """Go to the next pane."""
        await self.arrive()
        panes = self.pane_widgets()
        focused = self.focused
        if isinstance(focused, BlockText):
            self.query_one(AnswerView).finish()
            current = 1
        else:
            name = f"#{focused.id}" if focused and focused.id else ""
            current = panes.index(name) if name in panes else 0
        self.focus_pane(panes[(current + step) % len(panes)])

    def focus_pane(self, selector: str) -> None:
        """Give a pane the focus; on a narrow screen the side takes the whole width while it has it."""
        on_side = selector not in ("#questions", "#answer")
        self.set_class(on_side, "-side-open")
        self.query_one(selector).focus()

    def action_tab(self, name: str) -> None:
        """Show a tab and go there."""
        go_to_tab(self, name, lambda: self.focus_pane(self.pane_widgets()[2]))
        self.remember()

    async def action_question(self, step: int) -> None:
        """Go to the next or previous question."""
        target = min(max(self.at + step, 0), len(self.dossier.answers) - 1)
        await self.go(target)

    def action_difference(self) -> None:
        """Show the words that differ from the source in the text itself, or stop doing so."""
        view = self.query_one(AnswerView)
        view.show_difference(not view.shows_difference)
        shown = "Verschil met de bron: [+erbij+] [-eruit-]. d = weer gewoon."
        self.kamer.say(shown if view.shows_difference else "Weer de gewone tekst.")

    def on_descendant_focus(self) -> None:
        """On a narrow screen the side gives way when the focus leaves it."""
        focused = self.focused
        if focused is self.query_one(AnswerView):
            self.mark_seen()
        inside = focused is not None and self.query_one(TabbedContent) in focused.ancestors
        self.set_class(inside, "-side-open")

    # -- leaving -------------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Stop a job, close the side, or go back to the dossiers."""
        if self.kamer.stop_job():
            return
        if self.focused is not None and self.query_one(TabbedContent) in self.focused.ancestors:
            self.focus_pane("#answer")
            return
        self.leave()
        self.app.pop_screen()

    @on(NoteText.Finished)
    def _note_done(self) -> None:
        self.focus_pane("#answer")

    def leave(self) -> None:
        """Keep what is open and let go of the dossier."""
        if self._left:
            return
        self._left = True
        with contextlib.suppress(Exception) if not self.is_attached else contextlib.nullcontext():
            self.flush_editing()
            self.remember()
        self.kamer.close_session(self.session)

    def on_unmount(self) -> None:
        """Let go of the dossier, however the screen ends."""
        if not self._left:
            self._left = True
            self.kamer.close_session(self.session)


def first_answer(dossier: Dossier, number: int) -> int:
    """Place of the answer to question `number`."""
    return edits.answer_index(dossier, number)
