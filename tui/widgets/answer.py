"""The answer being written: passages with, always beside them, where they come from."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Click, Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from drafter.checks.finding import Finding
from drafter.dossier import Block, BlockState
from drafter.word_difference import word_diff
from drafter.wording import STATE_WORDS, number_list, short_date
from tui.text import SIGN, difference, line, plain, prose, with_findings


def margin(block: Block) -> Content:
    """Where a block comes from: date, questions, and how its words stand to the source."""
    rows: list[Content] = []
    for origin in block.origins[:3]:
        rows.append(Content.styled(short_date(origin.date) if origin.date else "zonder datum", "bold"))
        place = f"vr {number_list(origin.numbers)}" if origin.numbers else "brief"
        rows.append(line(place))
    state = STATE_WORDS[block.state]
    if block.state is BlockState.EDITED:
        changed = sum(1 for change in word_diff(block.taken, block.text) if change.op != "equal")
        rows.append(Content.styled(f"{state} ±{changed}", "$text-warning"))
    else:
        rows.append(Content.styled(state, "$text-success" if block.state is BlockState.VERBATIM else "$text-secondary"))
    if any(origin.newer_of for origin in block.origins):
        rows.append(Content.styled("↥ nieuwste", "$text-accent"))
    if not block.seen:
        rows.append(Content.styled("• nieuw", "$text-accent"))
    if block.accepted_by:
        rows.append(Content.styled("✓ akkoord", "$text-success"))
    return Content("\n").join(rows)


class BlockText(TextArea):
    """The words of one block while they are being changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "finish", "klaar", priority=True),
        Binding("ctrl+k", "split", "splitsen bij de cursor", tooltip="alinea splitsen bij de cursor", priority=True),
    ]

    class Finished(Message):
        """The user is done with it."""

    class Split(Message):
        """The user wants two passages, cut at the cursor."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def action_finish(self) -> None:
        """Stop editing; what was typed is kept already."""
        self.post_message(self.Finished())

    def action_split(self) -> None:
        """Cut at the cursor."""
        row, column = self.cursor_location
        position = sum(len(text) + 1 for text in self.document.lines[:row]) + column
        self.post_message(self.Split(position))


class BlockView(Widget):
    """One passage with its margin."""

    class Chosen(Message):
        """The user clicked it."""

        def __init__(self, block_id: str, twice: bool) -> None:
            super().__init__()
            self.block_id = block_id
            self.twice = twice

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block
        self.shows_difference = False
        self.chosen_finding: Finding | None = None

    def compose(self) -> ComposeResult:
        """Margin, words, and beneath them what there is to say of them."""
        with Horizontal():
            yield Static(classes="margin")
            yield Static(classes="words")
        yield Static(classes="remarks")

    def on_mount(self) -> None:
        """Fill in."""
        self.update_block(self.block)

    def update_block(self, block: Block) -> None:
        """Show `block` as it is now."""
        self.block = block
        if not self.is_mounted and not self.children:
            return
        self.query_one(".margin", Static).update(margin(block))
        if self.shows_difference and block.origin is not None:
            words = difference(block.taken, block.text)
        else:
            words = with_findings(block.text, block.open_findings, self.chosen_finding)
        if not block.text:
            words = Content.styled("(nog geen tekst)", "$foreground-muted")
        self.query_one(".words", Static).update(words)
        remarks = [
            Content.assemble((SIGN[f.severity] + " ", "$text-warning"), line(f.message)) for f in block.open_findings
        ]
        remarks += [
            Content.styled("✓ bewust zo: ", "$foreground-muted")
            + line(entry.partition(": ")[2] or entry, "$foreground-muted")
            for entry in block.intended
        ]
        if block.remark:
            remarks.append(Content.styled("✎ opmerking: ", "bold $text-accent") + line(block.remark))
        remarks += [
            Content.styled(f"noot {n}: ", "$foreground-muted") + line(note.text, "$foreground-muted")
            for n, note in enumerate(block.notes, start=1)
        ]
        below = self.query_one(".remarks", Static)
        below.update(Content("\n").join(remarks))
        below.display = bool(remarks)
        self.set_class(not block.seen, "-unseen")
        self.set_class(bool(block.open_findings), "-warned")

    def on_click(self, event: Click) -> None:
        """Choose it; twice opens it for editing."""
        self.post_message(self.Chosen(self.block.id, event.chain > 1))


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
        """Show `blocks`; views of blocks that stay are kept, so that nothing jumps."""
        self.blocks = blocks
        ids = [block.id for block in blocks]
        shown = {view.block.id: view for view in self.views}
        if list(shown) != ids or (not ids and not self.query(".empty")):
            with self.app.batch_update():
                await self._arrange(blocks, shown, empty)
        elif not ids:
            self.query_one(".empty", Static).update(empty)
        for view, block in zip(self.views, blocks, strict=True):
            view.shows_difference = self.shows_difference
            if view.block.id != self.editing:
                view.update_block(block)
            else:
                view.block = block
        if chosen is not None and chosen in ids:
            self.chosen = chosen
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else None
        self._mark()

    async def _arrange(self, blocks: tuple[Block, ...], shown: dict[str, BlockView], empty: Content) -> None:
        """Bring the views in the order of `blocks`: only what came or went is made or removed."""
        ids = {block.id for block in blocks}
        if self.editing not in ids:
            self.editing = None
        await self.remove_children([view for key, view in shown.items() if key not in ids])
        await self.query(".empty").remove()
        if not blocks:
            await self.mount(Static(empty, classes="empty"))
        before: BlockView | None = None
        for block in blocks:
            view = shown.get(block.id)
            if view is None:
                view = BlockView(block)
                if before is None:
                    await self.mount(view, before=0 if self.children else None)
                else:
                    await self.mount(view, after=before)
            elif before is None:
                if self.children[0] is not view:
                    self.move_child(view, before=0)
            elif self.children.index(view) != self.children.index(before) + 1:
                self.move_child(view, after=before)
            before = view

    @property
    def typed(self) -> str | None:
        """The text in editing; None when none is."""
        areas = self.query(BlockText)
        return areas.first().text if self.editing and areas else None

    def choose(self, block_id: str, finding: Finding | None = None) -> None:
        """Choose a block, and light up one of its findings."""
        for view in self.views:
            if view.chosen_finding is not None or view.block.id == block_id:
                view.chosen_finding = finding if view.block.id == block_id else None
                if view.block.id != self.editing:
                    view.update_block(view.block)
        self.chosen = block_id
        self._mark()
        self.post_message(self.Moved())

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
        view = self.view(block_id)
        block = view.block if view else None
        if view is None or block is None or self.editing == block_id:
            return
        self.finish()
        self.editing = block_id
        area = BlockText(plain(block.text), soft_wrap=True, compact=True, highlight_cursor_line=False)
        view.query_one(".words").display = False
        view.query_one(".remarks").display = False
        await view.query_one(Horizontal).mount(area)
        view.add_class("-editing")
        area.cursor_location = area.document.end if at is None else _location(block.text, at)
        area.focus()

    def finish(self) -> None:
        """Close the editing, if any; the text goes out in a last `Edited`."""
        block_id, self.editing = self.editing, None
        view = self.view(block_id)
        areas = view.query(BlockText) if view else None
        if view is None or not areas:
            return
        area = areas.first()
        text = area.text
        had_focus = area.has_focus
        area.remove()
        view.remove_class("-editing")
        view.query_one(".words").display = True
        if had_focus:
            self.focus()
        self.post_message(self.Edited(view.block.id, text, finished=True))

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


def _location(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    row = before.count("\n")
    return row, position - (before.rfind("\n") + 1)


def empty_answer(reason: str) -> Content:
    """What stands where no text is: why, and what to do."""
    return prose(reason, "$foreground-muted")
