"""What can be done to a dossier on the workbench. The changes themselves are in `drafter.dossier_edits`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TabbedContent, TextArea

from drafter import dossier_edits as edits
from drafter.desk import Material
from drafter.dossier import Block, Dossier, DraftAnswer
from drafter.dossier_store import DossierSession
from embeddings.errors import KamerantwoordError
from tui.screens.ask import AskLine
from tui.widgets.answer import AnswerView
from tui.widgets.found import FoundPane
from tui.widgets.signals import CoveragePane, Place, SignalPane, places
from tui.widgets.standard import StandardPane
from tui.widgets.tabs import go_to_tab

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.app import KamerantwoordApp

CHANGING = frozenset(
    "edit write rewrite intended replace remove move merge split move_to done combine separate undo redo draft_again "
    "deferred check".split()
)
"""Actions that change the dossier, and so are off when it is open read-only."""


class WorkbenchActions(Screen[None]):
    """The changing half of the workbench."""

    session: DossierSession
    at: int
    """Place of the answer at hand."""
    _typing_timer: Timer | None = None
    _typed: tuple[str, str] | None = None
    _stretch = 0
    """Number of the stretch of typing, so that each becomes a step of its own."""

    if TYPE_CHECKING:  # what `workbench` adds
        show: Callable[..., Awaitable[None]]
        go: Callable[..., Awaitable[None]]
        remember: Callable[[], None]
        leave: Callable[[], None]
        focus_pane: Callable[[str], None]

    @property
    def kamer(self) -> KamerantwoordApp:
        """The app, by its own type."""
        return cast("KamerantwoordApp", self.app)

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        return self.session.dossier

    @property
    def answer(self) -> DraftAnswer:
        """The answer at hand."""
        return self.dossier.answers[min(self.at, len(self.dossier.answers) - 1)]

    @property
    def number(self) -> int:
        """The first number of the answer at hand."""
        return self.answer.numbers[0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        return None if action in CHANGING and self.session.read_only else True

    @property
    def view(self) -> AnswerView:
        """The answer on screen."""
        return self.query_one(AnswerView)

    @property
    def block(self) -> Block | None:
        """The chosen block."""
        return self.view.block

    async def change(self, dossier: Dossier, label: str, block: str | None = None, merge: str = "") -> bool:
        """Save a changed dossier and show it; whether that worked."""
        try:
            self.session.record(dossier, label, merge)
        except KamerantwoordError as error:
            self.kamer.show_error(error)
            return False
        await self.show(block)
        self.remember()
        return True

    def _needs_block(self) -> Block | None:
        if self.block is None:
            self.kamer.say("Kies eerst een alinea (Tab, daarna ↑ en ↓).")
        return self.block

    # -- text ----------------------------------------------------------------------------------------------------------

    @on(AnswerView.EditAsked)
    async def action_edit(self) -> None:
        """Edit the chosen block in its place."""
        if self.session.read_only:
            return
        if self.block is None:
            await self.action_write()
        else:
            self._stretch += 1
            await self.view.edit(self.block.id)

    async def action_write(self) -> None:
        """Begin a passage in the drafter's own words, behind the chosen one."""
        self.flush_editing()
        after = self.view.chosen
        dossier, block_id = edits.insert(self.dossier, self.number, "", after=after)
        if await self.change(dossier, "eigen alinea begonnen", block_id):
            self._stretch += 1
            await self.view.edit(block_id)

    @on(AnswerView.Edited)
    async def _edited(self, event: AnswerView.Edited) -> None:
        event.stop()
        if self.dossier.block(event.block_id) is None:
            return
        self._typed = (event.block_id, event.text)
        if event.finished:
            await self._keep_typing()
            await self.show()
            self.recheck(event.block_id)
        elif self._typing_timer is None:
            # Each change is kept, at most a third of a second after the key.
            self._typing_timer = self.set_timer(0.3, self._keep_typing)

    async def _keep_typing(self) -> None:
        """Save what was typed; only its own passage is shown anew, for the user types on."""
        self._typing_timer = None
        block_id = self._typed[0] if self._typed else None
        if self._save_typed():
            block, view = self.dossier.block(block_id or ""), self.view.view(block_id)
            if block is not None and view is not None:
                view.update_margin(block)

    def _save_typed(self) -> bool:
        typed, self._typed = self._typed, None
        if typed is None or self.session.read_only:
            return False
        block_id, text = typed
        block = self.dossier.block(block_id)
        if block is None or block.text == text:
            return True
        try:
            self.session.record(
                edits.edit_text(self.dossier, block_id, text), "tekst gewijzigd", merge=f"{block_id}/{self._stretch}"
            )
        except KamerantwoordError as error:
            self.kamer.show_error(error)
        return True

    def flush_editing(self) -> None:
        """Keep at once what is being typed."""
        if self._typing_timer is not None:
            self._typing_timer.stop()
            self._typing_timer = None
        typed = self.view.typed
        if self.view.editing and typed is not None:
            self._typed = (self.view.editing, typed)
        self._save_typed()

    @on(AnswerView.SplitAsked)
    async def _split_at(self, event: AnswerView.SplitAsked) -> None:
        event.stop()
        self._save_typed()
        with self.kamer.telling():
            dossier, new = edits.split(self.dossier, event.block_id, event.position)
            if await self.change(dossier, "alinea gesplitst", new):
                self.recheck(event.block_id)
                self.recheck(new)

    async def action_split(self) -> None:
        """Open the block, to put the cursor where it must be cut."""
        if self._needs_block():
            await self.action_edit()
            self.kamer.say("Zet de cursor waar de alinea moet worden gesplitst en druk op ^k.")

    async def action_merge(self) -> None:
        """Join the chosen block with the next."""
        block = self._needs_block()
        if block:
            with self.kamer.telling():
                await self.change(edits.merge(self.dossier, block.id), "alinea's samengevoegd", block.id)
                self.recheck(block.id)

    async def action_remove(self) -> None:
        """Take the chosen block out."""
        block = self._needs_block()
        if block:
            ids = [b.id for b in self.answer.blocks]
            at = ids.index(block.id)
            beside = ids[at + 1] if at + 1 < len(ids) else ids[at - 1] if at else None
            if await self.change(edits.remove(self.dossier, block.id), "alinea weggehaald", beside):
                self.kamer.say("Alinea weggehaald. z = ongedaan maken.")

    async def action_move(self, steps: int) -> None:
        """Move the chosen block up or down."""
        block = self._needs_block()
        if block:
            await self.change(edits.move(self.dossier, block.id, steps), "alinea verplaatst", block.id)

    def action_move_to(self) -> None:
        """Move the chosen block to another answer."""
        block = self._needs_block()
        if block is None:
            return

        async def move(answer: str | None) -> None:
            numbers = _numbers(answer)
            if numbers:
                with self.kamer.telling():
                    await self.change(
                        edits.move_to_answer(self.dossier, block.id, numbers[0]), f"alinea naar vraag {numbers[0]}"
                    )

        self.app.push_screen(AskLine("Naar welke vraag moet deze alinea?", placeholder="nummer"), move)

    # -- from the side -------------------------------------------------------------------------------------------------

    @on(FoundPane.Insert)
    def _insert(self, event: FoundPane.Insert) -> None:
        event.stop()
        if self.session.read_only:
            return
        self.insert_passages(event.passages)

    def insert_passages(self, passages: tuple[str, ...], replacing: str | None = None) -> None:
        """Fetch passages from the bank and put them behind the chosen block, or in the place of one."""
        desk = self.kamer.desk
        number = self.number
        self.kamer.fetch(
            "invoegen",
            lambda _: desk.material(passages),
            lambda found: self.app.call_later(self._put_in, found, number, replacing),
        )

    async def _put_in(self, found: tuple[Material, ...], number: int, replacing: str | None) -> None:
        if not self.is_attached or not found:
            return
        self.flush_editing()
        dossier = self.dossier
        new: list[str] = []
        with self.kamer.telling():
            if replacing is not None:
                first = found[0]
                dossier = edits.replace(dossier, replacing, first.text, first.origin, first.notes)
                new.append(replacing)
            after = replacing or (self.view.chosen if number == self.number else None)
            for material in found[len(new) :]:
                dossier, after = edits.insert(
                    dossier, number, material.text, material.origin, material.notes, after=after
                )
                new.append(after)
            label = "alinea vervangen" if replacing else "alinea ingevoegd" if len(new) == 1 else "alinea's ingevoegd"
            if await self.change(dossier, label, new[-1]):
                for block_id in new:
                    self.recheck(block_id)
                self.kamer.say(f"{label.capitalize()} bij vraag {number}. z = ongedaan maken.")

    def action_replace(self) -> None:
        """Put what is chosen at the side in the place of the chosen block."""
        block = self._needs_block()
        if block is None:
            return
        if self.query_one(TabbedContent).active == "standaard":
            variant = self.query_one(StandardPane).chosen_variant
            passage = variant.passage if variant else None
        else:
            chosen = self.query_one(FoundPane).chosen_passage
            passage = chosen.id if chosen else None
        if passage is None:
            self.kamer.say("Kies rechts eerst een alinea in Eerder of Standaard.")
        else:
            self.insert_passages((passage,), replacing=block.id)

    def read_source(self, document: str, passage: str) -> None:
        """Read a document of the bank with one passage lit up."""
        from tui.screens.reading import ReadingScreen

        def insert(passages: tuple[str, ...] | None) -> None:
            if passages and not self.session.read_only:
                self.insert_passages(passages)

        self.app.push_screen(ReadingScreen(document, passage, can_insert=not self.session.read_only), insert)

    def action_source(self) -> None:
        """Read the source of the chosen block."""
        block = self._needs_block()
        if block is None:
            return
        if block.origin is None:
            self.kamer.say("Deze alinea is eigen tekst; er is geen bron.")
        else:
            self.read_source(block.origin.document, block.origin.passage)

    @on(TextArea.Changed, "#note")
    async def _note(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self.session.read_only and event.text_area.text != self.answer.note:
            note = edits.set_note(self.dossier, self.number, event.text_area.text)
            await self.change(note, "notitie", merge=f"notitie/{self.number}")

    # -- findings ------------------------------------------------------------------------------------------------------

    def recheck(self, block_id: str) -> None:
        """Have a block checked again; the findings come when they are there."""
        block = self.dossier.block(block_id)
        if block is None or self.session.read_only:
            return
        desk, dossier = self.kamer.desk, self.dossier
        self.kamer.fetch(
            f"controle {block_id} {hash(block.text)}",
            lambda _: desk.check_block(block, dossier),
            lambda checked: self.app.call_later(self._checked, checked),
        )

    async def _checked(self, checked: Block) -> None:
        now = self.dossier.block(checked.id) if self.is_attached else None
        # Only when the words are still those that were checked.
        if now is not None and now.text == checked.text and now.findings != checked.findings:
            self.session.amend(edits.set_findings(self.dossier, checked.id, checked.findings))
            await self.show()

    def mark_seen(self) -> None:
        """The user looks at the chosen block; that is no change of the text."""
        block = self.block
        if block is not None and not block.seen and not self.session.read_only:
            self.session.amend(edits.mark_seen(self.dossier, block.id))
            self.app.call_later(self.show)

    async def action_next_finding(self, step: int) -> None:
        """Go to the next finding, in this answer or a later one."""
        order = self.dossier.answers[self.at :] + self.dossier.answers[: self.at]
        all_places = places(order)
        if not all_places:
            self.kamer.say("Er zijn geen signalen meer.")
            return
        current = self.current_place()
        at = all_places.index(current) if current in all_places else -step
        await self._go_to(all_places[(at + step) % len(all_places)])

    def current_place(self) -> Place | None:
        """The finding at hand: the one lit up in the text, else the one chosen in the list."""
        view = self.view.view(self.view.chosen)
        if view is not None and view.chosen_finding in view.block.open_findings and view.chosen_finding is not None:
            return Place(self.number, view.block.id, view.chosen_finding)
        if self.query_one(TabbedContent).active == "signalen":
            return self.query_one(SignalPane).chosen
        return None

    async def _go_to(self, place: Place) -> None:
        await self.go(edits.answer_index(self.dossier, place.number), place.block or None)
        if place.block:
            self.view.choose(place.block, place.finding)
            self.view.focus()
        else:  # on the answer as a whole: there are no words to light up
            pane = self.query_one(SignalPane)
            pane.show(self.dossier.answers, self.number)
            pane.choose(place)
            go_to_tab(self, "signalen", lambda: self.focus_pane("#signal-list"))
        finding = place.finding
        choices = ["h = herschrijf"] if finding.suggestion is not None else ["e = bewerken"]
        self.kamer.say("  ·  ".join([finding.message, *choices, "b = bewust zo", "l = later"]))

    @on(SignalPane.Go)
    async def _go_signal(self, event: SignalPane.Go) -> None:
        event.stop()
        await self._go_to(event.place)

    @on(CoveragePane.Go)
    def _go_covered(self, event: CoveragePane.Go) -> None:
        event.stop()
        self.view.choose(event.block)
        self.focus_pane("#answer")

    async def action_rewrite(self) -> None:
        """Apply the rewrite that the finding at hand offers."""
        place = self._place_at_hand()
        if place:
            with self.kamer.telling():
                dossier = edits.apply_suggestion(self.dossier, place.block, place.finding)
                if await self.change(dossier, "herschreven", place.block):
                    self.kamer.say(f"Herschreven: “{place.finding.suggestion}”. z = ongedaan maken.")
                    self.recheck(place.block)

    def action_intended(self) -> None:
        """Mark the finding at hand as intended, with a reason if the user likes."""
        place = self._place_at_hand()
        if place is None:
            return

        async def mark(reason: str | None) -> None:
            if reason is not None:
                dossier = edits.mark_intended(self.dossier, place.block, place.finding.rule, reason)
                await self.change(dossier, "bewust zo", place.block)

        self.app.push_screen(AskLine(f"Bewust zo: “{place.finding.quote[:60]}”. Waarom? (mag leeg)"), mark)

    def _place_at_hand(self) -> Place | None:
        place = self.current_place()
        if place is None:
            # The only finding of the block needs no choosing.
            block = self.block
            if block is not None and block.open_findings:
                return Place(self.number, block.id, block.open_findings[0])
            self.kamer.say("Kies eerst een signaal (s).")
            return None
        if not place.block:
            self.kamer.say("Dit signaal gaat over het hele antwoord; pas de tekst aan.")
            return None
        return place

    def action_check(self) -> None:
        """Check the whole draft again."""
        self.flush_editing()
        desk, dossier = self.kamer.desk, self.dossier
        self.kamer.start_job(
            "controleren",
            "Controleren",
            lambda job: desk.check_dossier(dossier, job),
            lambda checked: self.app.call_later(self._all_checked, dossier, checked),
        )

    async def _all_checked(self, before: Dossier, checked: Dossier) -> None:
        if not self.is_attached:
            return
        now = self.dossier
        for answer in checked.answers:
            for block in answer.blocks:
                current = now.block(block.id)
                if current is not None and current.text == block.text:
                    now = edits.set_findings(now, block.id, block.findings)
            same = now.answer(answer.numbers[0])
            old = before.answer(answer.numbers[0])
            if same is not None and old is not None and same.numbers == answer.numbers:
                now = edits.set_checked(now, answer.numbers[0], answer.findings, answer.coverage)
        self.session.amend(now)
        await self.show()
        total = len(places(self.dossier.answers))
        self.kamer.say(f"Gecontroleerd: {total} signalen." if total else "Gecontroleerd: geen signalen.")

    # -- questions -----------------------------------------------------------------------------------------------------

    async def action_done(self) -> None:
        """Call the answer finished, or not."""
        self.flush_editing()
        done = not self.answer.done
        await self.change(edits.set_done(self.dossier, self.number, done), "klaar" if done else "weer open")

    def action_go_to(self) -> None:
        """Go to a question by its number."""

        async def go(answer: str | None) -> None:
            numbers = _numbers(answer)
            if numbers:
                with self.kamer.telling():
                    await self.go(edits.answer_index(self.dossier, numbers[0]))

        self.app.push_screen(AskLine("Ga naar vraag", placeholder="nummer"), go)

    def action_combine(self) -> None:
        """Answer this question together with others."""
        follow = self.answer.numbers[-1] + 1

        async def combine(answer: str | None) -> None:
            numbers = _numbers(answer)
            if numbers:
                with self.kamer.telling():
                    dossier = edits.combine(self.dossier, (self.number, *numbers))
                    self.at = edits.answer_index(dossier, self.number)
                    await self.change(dossier, "vragen samen beantwoord")

        question = f"Vraag {self.number} samen beantwoorden met vraag…"
        self.app.push_screen(AskLine(question, str(follow), "nummers, zoals 7, 9 of 7-9"), combine)

    async def action_separate(self) -> None:
        """Answer the questions of a combined answer apart again."""
        with self.kamer.telling():
            await self.change(edits.separate(self.dossier, self.number), "vragen apart beantwoord")

    async def action_deferred(self) -> None:
        """A deferral was sent, or not."""
        deferred = not self.dossier.deferred
        if await self.change(
            edits.set_deferred(self.dossier, deferred), "uitstel gemeld" if deferred else "uitstel ingetrokken"
        ):
            self.kamer.say("Uitstel gemeld: zes weken." if deferred else "Geen uitstel: drie weken.")

    async def action_undo(self) -> None:
        """Take the last change back."""
        await self._step_back(forward=False)

    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._step_back(forward=True)

    async def _step_back(self, forward: bool) -> None:
        self.flush_editing()
        before = self.dossier
        step = self.session.redo() if forward else self.session.undo()
        if step is None:
            self.kamer.say("Er is niets meer om opnieuw te doen." if forward else "Er is niets meer om terug te nemen.")
            return
        number = _first_changed(before, self.dossier)
        if number is not None and number not in self.answer.numbers:
            self.at = edits.answer_index(self.dossier, number)
        await self.show()
        self.kamer.say(f"{'Opnieuw' if forward else 'Ongedaan'}: {step.label}.")

    # -- the whole -----------------------------------------------------------------------------------------------------

    def action_draft_again(self) -> None:
        """Have the answers that are still empty drafted."""
        self.flush_editing()
        desk, questions = self.kamer.desk, self.dossier.questions
        self.kamer.start_job(
            "opstellen",
            "Opstellen",
            lambda job: desk.draft(questions, job),
            lambda drafted: self.app.call_later(self._drafted, drafted),
        )

    async def _drafted(self, drafted: Dossier) -> None:
        if self.is_attached:
            dossier, filled = edits.fill_empty(self.dossier, drafted)
            if not filled:
                self.kamer.say("Er was geen leeg antwoord waarvoor de bank iets heeft.")
            elif await self.change(dossier, "opgesteld"):
                self.kamer.say(f"Opgesteld: {filled} antwoorden. z = ongedaan maken.")

    def action_consistency(self) -> None:
        """Show contradictions with the bank and within the draft."""
        from tui.screens.compare import ConsistencyScreen

        self.flush_editing()
        self.app.push_screen(ConsistencyScreen(self.dossier), self._to_block)

    async def _to_block(self, block_id: str | None) -> None:
        if block_id and self.dossier.block(block_id):
            answer, _ = edits.find_block(self.dossier, block_id)
            await self.go(edits.answer_index(self.dossier, answer.numbers[0]), block_id)
            self.focus_pane("#answer")

    def action_review(self) -> None:
        """Show the draft as a reviewer sees it."""
        from tui.screens.review import ReviewScreen

        self.flush_editing()
        self.view.finish()
        self.app.push_screen(ReviewScreen(self.session, self.number), self._back_from_review)

    async def _back_from_review(self, block_id: str | None) -> None:
        await self.show()
        await self._to_block(block_id)

    def action_export(self) -> None:
        """Write the draft to a file."""
        self.flush_editing()
        export(self.kamer, self.dossier, changes=False)


def export(app: KamerantwoordApp, dossier: Dossier, changes: bool) -> None:
    """Ask where to, and write a dossier there."""
    folders = app.desk.recent_folders()
    folder = folders[0] if folders else Path.home()
    suggested = folder / f"{dossier.id}{' met wijzigingen' if changes else ''}.docx"

    def write(answer: str | None) -> None:
        if not answer or not answer.strip():
            return
        path = Path(answer.strip()).expanduser()
        desk = app.desk
        app.start_job(
            "uitvoer",
            f"{path.name} schrijven",
            lambda _: desk.export(dossier, path, changes),
            lambda written: app.say(f"Geschreven: {written}"),
        )

    app.push_screen(AskLine("Schrijf naar (.docx, .md of .json)", str(suggested)), write)


def _numbers(answer: str | None) -> tuple[int, ...]:
    """The numbers in "7, 9" or "7-9"."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*(?:-|–|t/m)\s*(\d+))?", answer or ""):
        found.extend(range(int(first), int(last or first) + 1)[:100])
    return tuple(found)


def _first_changed(before: Dossier, after: Dossier) -> int | None:
    for old, new in zip(before.answers, after.answers, strict=False):
        if old != new:
            return new.numbers[0]
    return None
