"""The words of one paragraph while they are being changed: the keys of any editor, and none of the program's own.

What a key does beyond the paragraph (a new one, joining, going on in the next) is done by a `Writer` and waited for,
so that what is typed after it comes where it belongs.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key, Paste, Resize
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from drafter.dossier.pasting import pasted_paragraphs
from tui.text import plain

_HIDDEN = (
    ("left", "cursor_left", "teken terug"),
    ("right", "cursor_right", "teken verder"),
    ("up", "cursor_up", "regel omhoog; boven de eerste: vorige alinea"),
    ("down", "cursor_down", "regel omlaag; onder de laatste: volgende alinea"),
    ("ctrl+left", "cursor_word_left", "woord terug"),
    ("ctrl+right", "cursor_word_right", "woord verder"),
    ("home", "cursor_line_start", "begin van de regel"),
    ("end", "cursor_line_end", "einde van de regel"),
    ("ctrl+home", "to_start", "begin van de alinea"),
    ("ctrl+end", "to_end", "einde van de alinea"),
    ("pageup", "cursor_page_up", "scherm omhoog"),
    ("pagedown", "cursor_page_down", "scherm omlaag"),
    ("shift+left", "cursor_left(True)", "selecteren: teken terug"),
    ("shift+right", "cursor_right(True)", "selecteren: teken verder"),
    ("shift+up", "cursor_up(True)", "selecteren: regel omhoog"),
    ("shift+down", "cursor_down(True)", "selecteren: regel omlaag"),
    ("ctrl+shift+left", "cursor_word_left(True)", "selecteren: woord terug"),
    ("ctrl+shift+right", "cursor_word_right(True)", "selecteren: woord verder"),
    ("shift+home", "cursor_line_start(True)", "selecteren: tot het begin van de regel"),
    ("shift+end", "cursor_line_end(True)", "selecteren: tot het einde van de regel"),
    ("ctrl+shift+home", "to_start(True)", "selecteren: tot het begin van de alinea"),
    ("ctrl+shift+end", "to_end(True)", "selecteren: tot het einde van de alinea"),
    ("ctrl+a", "select_all", "hele alinea selecteren"),
    ("ctrl+x", "cut", "knippen"),
    ("ctrl+c", "copy", "kopiëren"),
    ("ctrl+v", "paste", "plakken; alinea's blijven alinea's"),
    ("backspace", "delete_left", "teken links weg; aan het begin: bij de vorige alinea"),
    ("delete", "delete_right", "teken rechts weg; aan het einde: volgende alinea erbij"),
    ("ctrl+w,ctrl+backspace,alt+backspace", "delete_word_left", "woord links weg"),
    ("ctrl+delete,alt+delete", "delete_word_right", "woord rechts weg"),
    ("ctrl+u", "delete_to_start_of_line", "weg tot het begin van de regel"),
    ("ctrl+z", "step_back(False)", "ongedaan"),
    ("ctrl+y", "step_back(True)", "opnieuw"),
    ("alt+enter,shift+enter,ctrl+j", "line_break", "nieuwe regel binnen de alinea"),
)


class Writer(Protocol):
    """What is done beyond the paragraph that is being written in. Positions are characters of its text."""

    async def finish(self) -> None:
        """The user is done with it."""

    async def new_paragraph(self, at: int) -> None:
        """Go on in a new paragraph, with what stands behind `at`."""

    async def split_sentence(self, at: int) -> None:
        """Cut where the sentence at `at` begins."""

    async def join(self, step: int) -> None:
        """Join with the next paragraph (1) or the one before (-1)."""

    async def cross(self, step: int, column: int | None) -> bool:
        """Go on in the next (1) or previous (-1) paragraph, at a cell of its line; False where there is none."""

    async def paste(self, paragraphs: tuple[str, ...], start: int, end: int) -> None:
        """Put several paragraphs in, in the place of what is selected."""

    async def step_back(self, forward: bool) -> None:
        """Undo or redo what was done before this typing."""


class BlockText(TextArea, inherit_bindings=False):
    """The words of one paragraph, whose cursor is always in view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "finish", "klaar", tooltip="klaar met typen; alles is al bewaard"),
        Binding("enter", "new_paragraph", "nieuwe alinea", tooltip="nieuwe alinea; midden in de tekst: splitsen"),
        Binding("ctrl+k", "split_sentence", "splitsen bij de zin",
                tooltip="alinea splitsen waar de zin bij de cursor begint"),
        *(Binding(key, action, words, show=False) for key, action, words in _HIDDEN),
    ]  # fmt: skip

    def __init__(self, text: str, writer: Writer) -> None:
        super().__init__(plain(text), soft_wrap=True, compact=True, highlight_cursor_line=False)
        self.original = text
        """What the paragraph held before; what was not touched stays to the letter what it was."""
        self._writer = writer
        self._waits = False
        self._placing = False
        self._held: deque[Key] = deque()

    def allow_focus(self) -> bool:
        """Not once it is being closed: the toolkit hands the focus of what is hidden to any field still there."""
        return super().allow_focus() and not is_closing(self)

    # -- keys ----------------------------------------------------------------------------------------------------------

    async def _on_key(self, event: Key) -> None:
        """Letters are put in here; what else a key does is done by the program, and keys after it wait for that.

        Else what is typed quickly behind Enter would still come in the paragraph that is being left.
        """
        if self._waits and not getattr(event, "again", False):
            event.stop()
            event.prevent_default()
            self._held.append(event)
        elif not event.is_printable:
            event.prevent_default()
            self._waits = True

    def resume(self, focused: Widget) -> None:
        """A key was carried out: on with those that were pressed after it, wherever the focus is now."""
        if focused is not self:
            held, self._held = self._held, deque()
            if isinstance(focused, BlockText):
                focused._held.extendleft(reversed(held))
                focused.resume(focused)
            else:
                for event in held:
                    send_key(focused, event)
            return
        if self._placing:
            return
        while self._held:
            event = self._held.popleft()
            if not event.is_printable:
                send_key(self, event, again=True)
                return
            if event.character and not self.read_only:
                self._replace_via_keyboard(event.character, *self.selection)
        self._waits = False

    @property
    def written(self) -> str:
        """The text as it is now. Characters that cannot be shown are kept where nothing was changed."""
        return _over(self.original, self.text)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing once it is closed: a frame can still be painted before the screen is laid out without it."""
        return super().render_lines(crop) if self.is_attached else [Strip.blank(crop.width)] * crop.height

    # -- the cursor ----------------------------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        """The cursor, in characters of the text."""
        return self.position_of(self.cursor_location)

    def position_of(self, location: tuple[int, int]) -> int:
        """A place of the toolkit's in characters of the text."""
        row, column = location
        return sum(len(text) + 1 for text in self.document.lines[:row]) + column

    def location_of(self, position: int) -> tuple[int, int]:
        """A character of the text as a place of the toolkit's."""
        before = self.text[:position]
        return before.count("\n"), len(before) - (before.rfind("\n") + 1)

    def put_cursor(self, position: int | None) -> None:
        """Put the cursor before a character; None is the end."""
        self.move_cursor(self.document.end if position is None else self.location_of(position))

    def once_laid_out(self, put: Callable[..., None], *arguments: object) -> None:
        """Put the cursor where that takes knowing how the text is wrapped; keys wait for it, or they come elsewhere."""
        self._placing = self._waits = True
        self.call_after_refresh(self._put, put, *arguments)

    def _put(self, put: Callable[..., None], *arguments: object) -> None:
        put(*arguments)
        self._placing = False
        if self.is_attached:
            self.resume(self)

    def put_cursor_at(self, cell: Offset) -> None:
        """Put the cursor at a cell of the text as it is wrapped."""
        line = min(max(cell.y, 0), self.wrapped_document.height - 1)
        self.move_cursor(self.wrapped_document.offset_to_location(Offset(max(cell.x, 0), line)))

    def put_cursor_on_edge(self, last: bool, column: int) -> None:
        """Put the cursor on the first or last line, as near to a cell as the line is long."""
        line = self.wrapped_document.height - 1 if last else 0
        self.move_cursor(self.wrapped_document.offset_to_location(Offset(column, line)), record_width=False)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Have the pane around it scroll: it is as high as its text."""
        self.call_after_refresh(self.reveal)
        return Offset(0, 0)

    def on_resize(self, _: Resize) -> None:
        """Words wrap anew, or there is one line more."""
        self.call_after_refresh(self.reveal)

    def reveal(self) -> None:
        """Have the cursor in view, with a line of what stands above and below it."""
        pane = self._pane
        if pane is None or not self.is_attached or not self.has_focus:
            return
        around = 1 if pane.content_region.height > 2 else 0
        region = Region(0, max(self.line_at - around, 0), 1, 1 + 2 * around)
        pane.scroll_to_region(region, animate=False, force=True, immediate=True)

    @property
    def line_at(self) -> int:
        """The line of the cursor in the pane that scrolls, wherever that is scrolled to now.

        A place on the screen would be one of before the scrolling that is still to be painted.
        """
        at = self._cell.y + self.gutter.top + self.virtual_region.y
        for node in self.ancestors:
            if node is self._pane or not isinstance(node, Widget):
                break
            at += node.virtual_region.y
        return at

    @property
    def _cell(self) -> Offset:
        """The cursor in the text as it is wrapped."""
        return self.wrapped_document.location_to_offset(self.cursor_location)

    @property
    def _pane(self) -> VerticalScroll | None:
        return next((node for node in self.ancestors if isinstance(node, VerticalScroll)), None)

    async def action_cursor_up(self, select: bool = False) -> None:  # type: ignore[override]
        """A line up, from the first on in the paragraph before."""
        if select or self._cell.y > 0 or not await self._writer.cross(-1, self._cell.x):
            super().action_cursor_up(select)

    async def action_cursor_down(self, select: bool = False) -> None:  # type: ignore[override]
        """A line down, from the last on in the next paragraph."""
        below = self._cell.y < self.wrapped_document.height - 1
        if select or below or not await self._writer.cross(1, self._cell.x):
            super().action_cursor_down(select)

    async def action_cursor_left(self, select: bool = False) -> None:  # type: ignore[override]
        """A character back, from the first on in the paragraph before."""
        alone = self.selection.is_empty and self.cursor_at_start_of_text
        if select or not alone or not await self._writer.cross(-1, None):
            super().action_cursor_left(select)

    async def action_cursor_right(self, select: bool = False) -> None:  # type: ignore[override]
        """A character further, from the last on in the next paragraph."""
        alone = self.selection.is_empty and self.cursor_at_end_of_text
        if select or not alone or not await self._writer.cross(1, None):
            super().action_cursor_right(select)

    async def action_cursor_page_up(self) -> None:  # type: ignore[override]
        """As many lines up as are seen."""
        await self._page(-1)

    async def action_cursor_page_down(self) -> None:  # type: ignore[override]
        """As many lines down as are seen."""
        await self._page(1)

    async def _page(self, step: int) -> None:
        edge = 0 if step < 0 else self.wrapped_document.height - 1
        if self._cell.y == edge and await self._writer.cross(step, self._cell.x):
            return
        pane = self._pane
        lines = max(pane.content_region.height - 2, 1) if pane else 1
        self.move_cursor(self.navigator.get_location_at_y_offset(self.cursor_location, step * lines))

    def action_to_start(self, select: bool = False) -> None:
        """Go to the first character."""
        self.move_cursor((0, 0), select)

    def action_to_end(self, select: bool = False) -> None:
        """Go behind the last character."""
        self.move_cursor(self.document.end, select)

    def get_cursor_word_left_location(self) -> tuple[int, int]:
        """The beginning of the word before the cursor; words are what stands between spaces."""
        row, column = self.cursor_location
        if column == 0 and row > 0:
            return row - 1, len(self.document[row - 1])
        before = self.document[row][:column].rstrip()
        return row, max(map(before.rfind, " \t\u00a0"), default=-1) + 1

    def get_cursor_word_right_location(self) -> tuple[int, int]:
        """The beginning of the word after the cursor."""
        row, column = self.selection.end
        rest = self.document[row][column:]
        if not rest and row < self.document.line_count - 1:
            return row + 1, 0
        word = re.match(r"\S*\s*", rest)
        return row, column + (word.end() if word else 0)

    # -- beyond the paragraph ------------------------------------------------------------------------------------------

    async def action_finish(self) -> None:
        """Stop typing; what was typed is kept already."""
        await self._writer.finish()

    async def action_new_paragraph(self) -> None:
        """Go on in a new paragraph."""
        if not self.selection.is_empty:
            super().action_delete_left()
        await self._writer.new_paragraph(self.position)

    async def action_split_sentence(self) -> None:
        """Cut at the sentence of the cursor."""
        await self._writer.split_sentence(self.position)

    def action_line_break(self) -> None:
        """A new line within the paragraph, as in a list."""
        self._replace_via_keyboard("\n", *self.selection)

    async def action_delete_left(self) -> None:  # type: ignore[override]
        """Delete to the left; at the very beginning, join with the paragraph before."""
        if self.selection.is_empty and self.cursor_at_start_of_text:
            await self._writer.join(-1)
        else:
            super().action_delete_left()

    async def action_delete_right(self) -> None:  # type: ignore[override]
        """Delete to the right; at the very end, join with the next paragraph."""
        if self.selection.is_empty and self.cursor_at_end_of_text:
            await self._writer.join(1)
        else:
            super().action_delete_right()

    async def action_step_back(self, forward: bool) -> None:
        """Undo or redo what was typed here; beyond that, what was done before."""
        if self.history.redo_stack if forward else self.history.undo_stack:
            (self.redo if forward else self.undo)()
        else:
            await self._writer.step_back(forward)

    # -- the clipboard -------------------------------------------------------------------------------------------------

    def action_cut(self) -> None:
        """Cut what is selected; nothing where nothing is."""
        if not self.selection.is_empty:
            super().action_cut()

    async def action_paste(self) -> None:  # type: ignore[override]
        """Paste what was cut or copied here."""
        await self.put_in(self.app.clipboard)

    async def _on_paste(self, event: Paste) -> None:
        """Paste what comes from outside."""
        event.stop()
        event.prevent_default()
        await self.put_in(event.text)

    async def put_in(self, text: str) -> None:
        """Put a text where the cursor stands; paragraphs of it become paragraphs of the answer."""
        found = pasted_paragraphs(text)
        if len(found) > 1:
            start, end = sorted(map(self.position_of, self.selection))
            await self._writer.paste(found, start, end)
        elif found and (result := self._replace_via_keyboard(plain(found[0]), *self.selection)):
            self.move_cursor(result.end_location)


def is_closing(widget: Widget) -> bool:
    """Whether it, or what it stands in, is off the screen or being taken off it."""
    return not widget.is_attached or any(getattr(node, "_pruning", False) for node in widget.ancestors_with_self)


def send_key(widget: Widget, event: Key, again: bool = False) -> None:
    """Have a widget take a key that was pressed while another had the focus; `again` where it waited for one before."""
    key = Key(event.key, event.character)
    key.sent_to, key.again = widget, again  # type: ignore[attr-defined]
    widget._forward_event(key)


def _over(original: str, shown: str) -> str:
    """`shown`, which was `plain(original)` before it was changed, with the letters of `original` outside the change."""
    before = plain(original)
    if shown == before:
        return original
    if before == original:
        return shown
    limit = min(len(before), len(shown))
    head = next((i for i in range(limit) if before[i] != shown[i]), limit)
    tail = next((i for i in range(limit - head) if before[-1 - i] != shown[-1 - i]), limit - head)
    return original[:head] + shown[head : len(shown) - tail] + original[len(original) - tail :]
