"""The answer being written: its passages, one of them chosen, to be moved among and edited in place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Offset, Region
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from answers_bank.dutch.time.dates import UNKNOWN_DATE
from drafter.checks.finding import Finding
from drafter.dossier.value import Block, NearPassage, Status
from drafter.wording import question_words, short_date
from embeddings.errors import KamerantwoordError
from tui.shell import shell_of
from tui.text import line, plain
from tui.widgets.block import BlockView
from tui.widgets.block_text import Writer, is_closing
from tui.workbench.model import Workbench

_TYPING = 0.3
"""Seconds after a key at most until what was typed is kept."""


class AnswerPane(VerticalScroll, can_focus=True):
    """The passages of one answer, of which one is chosen."""

    BORDER_TITLE = "Antwoord"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app_edit", "bewerken"),
        Binding("up", "step(-1)", "vorige alinea", show=False),
        Binding("down", "step(1)", "volgende alinea", show=False),
        Binding("home", "step(-9999)", "eerste alinea", show=False),
        Binding("end", "step(9999)", "laatste alinea", show=False),
        Binding("pageup", "page(-1)", "scherm omhoog", show=False),
        Binding("pagedown", "page(1)", "scherm omlaag", show=False),
    ]

    class Moved(Message):
        """Another block was chosen."""

    @dataclass
    class Finished(Message):
        """The editing of a block came to an end; what was typed is kept."""

        block_id: str

    @dataclass
    class EditAsked(Message):
        """The user wants to edit the chosen block, with the cursor at a cell of it."""

        at: Offset | None = None

    def __init__(self, model: Workbench, writer: Writer, edit: Callable[[], Awaitable[object]]) -> None:
        """`writer` does what goes beyond one block; `edit` opens the block at hand."""
        super().__init__(id="answer")
        self._model = model
        self._writer = writer
        self._edit = edit
        self._revealed: tuple[object, ...] = ()
        self._cursor_at: tuple[int, int] | None = None
        """Line of the cursor and height of the pane after the last layout."""
        self._why = ""
        self.blocks: tuple[Block, ...] = ()
        """Those that are shown."""
        self.editing: str | None = None
        self._timer: Timer | None = None
        self.shows_difference = False

    def compose(self) -> ComposeResult:
        """What stands where no text is, and what may be of use; the views come and go between them."""
        yield Static(classes="empty")
        yield Static(classes="near")

    @property
    def views(self) -> list[BlockView]:
        """The views in order; one that is being taken away is none any more."""
        return [view for view in self.query(BlockView) if view.parent is self and view.is_attached]

    def view(self, block_id: str | None) -> BlockView | None:
        """The view of a block, if it is on screen."""
        return next((view for view in self.views if view.block.id == block_id), None)

    @property
    def lit(self) -> Finding | None:
        """The finding that is lit up in the block at hand, while it is open."""
        view = self.view(self._model.block.id) if self._model.block else None
        finding = view.chosen_finding if view else None
        return finding if view is not None and finding in view.block.open_findings else None

    async def show(self, has_bank: bool) -> None:
        """Show the answer at hand. Views are used again for other blocks: making them is what takes time."""
        answer = self._model.answer
        title = f"Antwoord op {question_words(answer.numbers)}{'  ✓ klaar' if answer.done else ''}"
        if self.border_title != title:
            self.border_title = title
        blocks = answer.blocks
        if self.editing not in {block.id for block in blocks} or [b.id for b in blocks] != [b.id for b in self.blocks]:
            self.finish()
        self.blocks = blocks
        views = self.views
        for view, block in zip(views, blocks, strict=False):
            view.show_info(self._model.shows_info)
            view.update_block(block)
            view.show_difference(self.shows_difference)
        with self.app.batch_update():
            if len(views) > len(blocks):
                await self.remove_children(views[len(blocks) :])
            elif len(views) < len(blocks):
                new = [BlockView(block) for block in blocks[len(views) :]]
                for view in new:
                    view.shows_difference = self.shows_difference
                    view.shows_info = self._model.shows_info
                await self.mount_all(new, before=self.query_one(".near"))
        near = self.query_one(".near", Static)
        offered = self._model.near
        near.display = bool(offered)
        if offered:
            near.update(_near_words(offered))
        nothing = self.query_one(".empty", Static)
        nothing.display = not blocks
        if not blocks:
            nothing.update(Content.styled(self._empty_words(has_bank), "$foreground-muted"))
        self._mark()

    def _empty_words(self, has_bank: bool) -> str:
        if "opstellen" in shell_of(self).jobs:
            return "Het concept wordt opgesteld. Onder in beeld ziet u hoe ver het is; Esc stopt het."
        tried = any(other.status is Status.DRAFTED for other in self._model.dossier.answers)
        words = (
            f"{'Geen bron gevonden' if tried else 'Nog geen tekst'}.\n\n"
            "Kies een eerder antwoord (E, daarna ↵ of een cijfer), zoek met andere woorden (/) of schrijf zelf (t)."
        )
        if self._model.answer.note:
            return f"{plain(self._model.answer.note)}\n\n{words}"
        if has_bank:
            return words
        return (
            "De bank is nog leeg: er is niets om uit te putten. F3 opent de bank; a voegt daar stukken toe.\n\n"
            "U kunt ook zelf schrijven (t)."
        )

    def choose(self, block_id: str, finding: Finding | None = None) -> None:
        """Choose a block, and light up one of its findings."""
        for view in self.views:
            view.light_up(finding if view.block.id == block_id else None)
        self._model.choose(block_id)
        self._mark()
        self.post_message(self.Moved())

    def show_difference(self, shown: bool) -> None:
        """Show in all blocks what differs from their sources, or the plain text."""
        self.shows_difference = shown
        for view in self.views:
            view.show_difference(shown)

    def _mark(self) -> None:
        chosen = self._model.block
        lit = None
        for view in self.views:
            at_hand = chosen is not None and view.block.id == chosen.id
            view.set_class(at_hand, "-chosen")
            view.show_cursor(self._model.cursor if at_hand else None)
            lit = view.chosen_finding if at_hand else lit
        if (why := self._model.reasons.of(chosen)) != self._why:
            self._why = why
            self.border_subtitle = line(why)
        looked_at = (self._model.number, chosen.id if chosen else "", lit)
        if looked_at != self._revealed:
            self._revealed = looked_at
            # After the layout, for the heights of new views are not known before.
            self.call_after_refresh(self._reveal)

    def _reveal(self) -> None:
        """Have the chosen block in view; of one that is too long what matters, with a line around it."""
        view = self.view(self._model.block.id) if self._model.block else None
        if view is None:
            return
        if view.area is not None:
            view.area.reveal()
            return
        first, lines = view.at_hand
        room = self.content_region.height
        around = 1 if lines + 2 <= room else 0
        top = max(view.virtual_region.y + first - around, 0)
        region = Region(0, top, 1, min(lines + 2 * around, room))
        self.scroll_to_region(region, animate=False, force=True)

    def on_resize(self, _: Resize) -> None:
        """What was in view stays so."""
        self.call_after_refresh(self._reveal)

    def on_mount(self) -> None:
        """Look after each layout whether the cursor went along with it."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def _laid_out(self, _: object) -> None:
        """What stands above the words being typed became higher or lower, or there is less room: the cursor is seen."""
        view = self.view(self.editing) if self.editing else None
        place = (view.area.line_at, self.content_region.height) if view is not None and view.area is not None else None
        if place != self._cursor_at:
            self._cursor_at = place
            if place is not None:
                self.call_after_refresh(self._reveal)

    def action_step(self, steps: int) -> None:
        """Choose the block `steps` further on; what does not fit on the screen is gone through first."""
        if not self.blocks:
            self.scroll_relative(y=steps)
            return
        ids = [block.id for block in self.blocks]
        chosen = self._model.block
        at = ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0
        if abs(steps) == 1 and self._more_of(ids[at], steps):
            self.action_page(steps)
            return
        target = min(max(at + steps, 0), len(ids) - 1)
        if target == at and abs(steps) == 1:
            self.scroll_relative(y=steps * 3, animate=False)
        else:
            self.choose(ids[target])

    def _more_of(self, block_id: str, step: int) -> bool:
        """Whether a block goes on beyond the edge of the screen."""
        view = self.view(block_id)
        if view is None:
            return False
        region, top, height = view.virtual_region, round(self.scroll_y), self.content_region.height
        return region.bottom - 1 > top + height if step > 0 else region.y < top

    def action_page(self, step: int) -> None:
        """Go a screen up or down; the choice goes along."""
        views, before = self.views, self.scroll_y
        self.scroll_relative(y=step * max(self.content_region.height - 2, 1), animate=False, immediate=True)
        if self.scroll_y == before and views:
            self.choose(views[-1 if step > 0 else 0].block.id)
            return
        top, height = round(self.scroll_y), self.content_region.height
        seen = [v for v in views if v.virtual_region.y < top + height and v.virtual_region.bottom > top]
        chosen = self._model.block
        if seen and (chosen is None or chosen.id not in {view.block.id for view in seen}):
            block = seen[0 if step > 0 else -1].block
            self._revealed = (self._model.number, block.id, None)  # it is in view already
            self.choose(block.id)

    async def action_app_edit(self) -> None:
        """Edit the chosen block."""
        await self._edit()

    @on(BlockView.Chosen)
    def _clicked(self, event: BlockView.Chosen) -> None:
        event.stop()
        if self.editing and self.editing != event.block_id:
            self.finish()
        if event.block_id != self.editing:
            self.focus()
            self.choose(event.block_id)
            if event.twice:
                self.post_message(self.EditAsked(event.at))

    # -- editing in place ----------------------------------------------------------------------------------------------

    async def edit(self, block_id: str, at: int | None = None, cell: Offset | None = None) -> None:
        """Open the words of a block for editing, in their place; the cursor at a character, a cell, or the end."""
        if self.editing == block_id:
            return
        self.finish()
        self._model.choose(block_id)
        self._model.begin_typing()
        view = self.view(block_id)
        if view is not None:
            self.editing = block_id
            area = await view.edit(at, self._writer)
            if is_closing(area):
                # What is shown changed meanwhile: keys may not go to a field that is on screen no longer.
                self.editing = None
                self.screen.set_focus(self)
            elif cell is not None:
                area.once_laid_out(area.put_cursor_at, cell)

    def finish(self) -> None:
        """Close the editing, if any, and keep what was typed."""
        block_id, self.editing = self.editing, None
        self._stop_timer()
        view = self.view(block_id)
        had_focus = view is not None and view.area is not None and view.area.has_focus
        position = view.area.position if view is not None and view.area is not None else None
        text = view.finish() if view is not None else None
        if text is not None and block_id is not None:
            self._keep(block_id, text)
            self._model.put_cursor(block_id, position)
            if had_focus:
                self.screen.set_focus(self)
            self.post_message(self.Finished(block_id))

    def keep(self) -> None:
        """Keep at once what is being typed; only its own block is shown anew, for the user types on."""
        self._stop_timer()
        view = self.view(self.editing)
        if view is not None and view.area is not None:
            block = self._keep(view.block.id, view.area.written)
            if block is not None:
                view.update_margin(block)

    def _keep(self, block_id: str, text: str) -> Block | None:
        try:
            return self._model.keep_typed(block_id, text)
        except KamerantwoordError as error:
            shell_of(self).show_error(error)
            return None

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.editing and self._timer is None:
            self._timer = self.set_timer(_TYPING, self.keep)


def _near_words(offered: tuple[NearPassage, ...]) -> Content:
    """What may be of use, with where it comes from."""
    rows = [Content.styled("Mogelijk bruikbaar, niet in het concept (+ = de eerste invoegen)", "bold $text-accent")]
    for one in offered:
        date = short_date(one.origin.date) if one.origin.date else UNKNOWN_DATE
        place = question_words(one.origin.numbers) if one.origin.numbers else "brief"
        rows.append(
            Content.styled(f"{date} · {place}{f' · {plain(one.why, False)}' if one.why else ''}", "$text-secondary")
        )
        rows.append(line(one.text, "$foreground-muted"))
    return Content("\n").join(rows)
