"""The answer being written: its passages, one of them chosen, to be moved among and edited in place."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Static, TextArea

from drafter.checks.finding import Finding
from drafter.dossier.value import Block
from tui.widgets.block import BlockText, BlockView


class AnswerView(VerticalScroll, can_focus=True):
    """The passages of one answer, of which one is chosen."""

    BORDER_TITLE = "Antwoord"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app_edit", "bewerken"),
        Binding("up", "step(-1)", "vorige alinea", show=False),
        Binding("down", "step(1)", "volgende alinea", show=False),
        Binding("home", "step(-9999)", "eerste alinea", show=False),
        Binding("end", "step(9999)", "laatste alinea", show=False),
    ]

    class Moved(Message):
        """Another block was chosen."""

    class Edited(Message):
        """The text of a block in editing changed."""

        def __init__(self, block_id: str, text: str, finished: bool) -> None:
            super().__init__()
            self.block_id = block_id
            self.text = text
            self.finished = finished

    class SplitAsked(Message):
        """The user wants a block cut."""

        def __init__(self, block_id: str, position: int) -> None:
            super().__init__()
            self.block_id = block_id
            self.position = position

    class EditAsked(Message):
        """The user wants to edit the chosen block."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.blocks: tuple[Block, ...] = ()
        self.chosen: str | None = None
        self.editing: str | None = None
        self.shows_difference = False

    def compose(self) -> ComposeResult:
        """What stands where no text is; the views come and go after it."""
        yield Static(classes="empty")

    @property
    def views(self) -> list[BlockView]:
        """The views in order."""
        return [view for view in self.query(BlockView) if view.parent is self]

    def view(self, block_id: str | None) -> BlockView | None:
        """The view of a block, if it is on screen."""
        return next((view for view in self.views if view.block.id == block_id), None)

    @property
    def block(self) -> Block | None:
        """The chosen block."""
        return next((block for block in self.blocks if block.id == self.chosen), None)

    async def show(self, blocks: tuple[Block, ...], empty: Content, chosen: str | None = None) -> None:
        """Show `blocks`. Views are used again for other blocks: making them is what takes time."""
        if self.editing not in {block.id for block in blocks} or [b.id for b in blocks] != [b.id for b in self.blocks]:
            self.finish()
        self.blocks = blocks
        views = self.views
        for view, block in zip(views, blocks, strict=False):
            view.update_block(block)
            view.show_difference(self.shows_difference)
        with self.app.batch_update():
            if len(views) > len(blocks):
                await self.remove_children(views[len(blocks) :])
            elif len(views) < len(blocks):
                new = [BlockView(block) for block in blocks[len(views) :]]
                for view in new:
                    view.shows_difference = self.shows_difference
                await self.mount_all(new)
        nothing = self.query_one(".empty", Static)
        nothing.display = not blocks
        if not blocks:
            nothing.update(empty)
        ids = [block.id for block in blocks]
        if chosen is not None and chosen in ids:
            self.chosen = chosen
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else None
        self._mark()

    @property
    def typed(self) -> str | None:
        """The text in editing; None when none is."""
        view = self.view(self.editing)
        area = view.area if view else None
        return area.text if area else None

    def choose(self, block_id: str, finding: Finding | None = None) -> None:
        """Choose a block, and light up one of its findings."""
        for view in self.views:
            view.light_up(finding if view.block.id == block_id else None)
        self.chosen = block_id
        self._mark()
        self.post_message(self.Moved())

    def show_difference(self, shown: bool) -> None:
        """Show in all blocks what differs from their sources, or the plain text."""
        self.shows_difference = shown
        for view in self.views:
            view.show_difference(shown)

    def _mark(self) -> None:
        for view in self.views:
            view.set_class(view.block.id == self.chosen, "-chosen")
            if view.block.id == self.chosen:
                # After the layout, for the heights of new views are not known before.
                self.call_after_refresh(view.scroll_visible, animate=False)

    def action_step(self, steps: int) -> None:
        """Choose the block `steps` further on."""
        if not self.blocks:
            self.scroll_relative(y=steps)
            return
        ids = [block.id for block in self.blocks]
        at = ids.index(self.chosen) if self.chosen in ids else 0
        target = min(max(at + steps, 0), len(ids) - 1)
        if target == at and abs(steps) == 1:
            self.scroll_relative(y=steps * 3, animate=False)
        else:
            self.choose(ids[target])

    def action_app_edit(self) -> None:
        """Edit the chosen block."""
        self.post_message(self.EditAsked())

    @on(BlockView.Chosen)
    def _clicked(self, event: BlockView.Chosen) -> None:
        event.stop()
        if self.editing and self.editing != event.block_id:
            self.finish()
        if event.block_id != self.editing:
            self.focus()
            self.choose(event.block_id)
            if event.twice:
                self.post_message(self.EditAsked())

    # -- editing in place ----------------------------------------------------------------------------------------------

    async def edit(self, block_id: str, at: int | None = None) -> None:
        """Open the words of a block for editing, in their place."""
        if self.editing == block_id:
            return
        self.finish()
        view = self.view(block_id)
        if view is not None:
            self.editing = block_id
            await view.edit(at)

    def finish(self) -> None:
        """Close the editing, if any; the text goes out in a last `Edited`."""
        block_id, self.editing = self.editing, None
        view = self.view(block_id)
        had_focus = view is not None and view.area is not None and view.area.has_focus
        text = view.finish() if view is not None else None
        if text is not None and block_id is not None:
            if had_focus:
                self.focus()
            self.post_message(self.Edited(block_id, text, finished=True))

    @on(BlockText.Finished)
    def _finished(self, event: BlockText.Finished) -> None:
        event.stop()
        self.finish()

    @on(BlockText.Split)
    def _split(self, event: BlockText.Split) -> None:
        event.stop()
        block_id = self.editing
        self.finish()
        if block_id:
            self.post_message(self.SplitAsked(block_id, event.position))

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.editing:
            self.post_message(self.Edited(self.editing, event.text_area.text, finished=False))

    def on_key(self, event: Key) -> None:
        """Keep the keys of scrolling for the choice of blocks."""
        if event.key in ("pageup", "pagedown") and self.blocks and not self.editing:
            event.stop()
            event.prevent_default()
            self.action_step(-3 if event.key == "pageup" else 3)
