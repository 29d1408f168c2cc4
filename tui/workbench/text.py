"""Changing the text on the workbench: in place, and with what is chosen at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import TabbedContent, TextArea

from drafter.backend.protocol import Material
from drafter.dossier import edits as edits
from embeddings.errors import KamerantwoordError
from tui.dialogs.ask import AskLine
from tui.workbench.widgets.answer import AnswerView
from tui.workbench.widgets.found import FoundPane
from tui.workbench.widgets.standard import StandardPane

if TYPE_CHECKING:
    pass

from drafter.wording import question_numbers
from tui.workbench.base import WorkbenchBase


class TextActions(WorkbenchBase):
    """Passages: write, change, move, insert."""

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
            numbers = question_numbers(answer)
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
        from tui.bank.reading import ReadingScreen

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
