"""One passage on screen: its words with, always beside them, where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from drafter.checks.finding import Finding
from drafter.dossier.value import Block, BlockState
from drafter.dossier.waivers import key_in, reason_in
from drafter.word_difference import edit_count, word_diff
from drafter.wording import STATE_WORDS, number_list, short_date
from tui.text import SIGN, difference, line, plain, with_findings

_MARGIN = 16
_NARROW = 70
_NARROW_MARGIN = 12


def margin(block: Block) -> Content:
    """Where a block comes from: date, questions, and how its words stand to the source."""
    rows: list[Content] = []
    for origin in block.origins[:3]:
        rows.append(Content.styled(short_date(origin.date) if origin.date else "zonder datum", "bold"))
        place = f"vr {number_list(origin.numbers)}" if origin.numbers else "brief"
        rows.append(line(place))
    state = STATE_WORDS[block.state]
    if block.state is BlockState.EDITED:
        changed = edit_count(word_diff(block.taken, block.text))
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
        Binding("ctrl+home", "to_start", "naar het begin", show=False),
        Binding("ctrl+end", "to_end", "naar het einde", show=False),
    ]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing once it is closed: a frame can still be painted before the screen is laid out without it."""
        return super().render_lines(crop) if self.is_attached else [Strip.blank(crop.width)] * crop.height

    def action_to_start(self) -> None:
        """Go to the first character."""
        self.move_cursor((0, 0))

    def action_to_end(self) -> None:
        """Go behind the last character."""
        self.move_cursor(self.document.end)

    class Finished(Message):
        """The user is done with it."""

    @dataclass
    class Split(Message):
        """The user wants two passages, cut at the cursor."""

        position: int

    def action_finish(self) -> None:
        """Stop editing; what was typed is kept already."""
        self.post_message(self.Finished())

    def action_split(self) -> None:
        """Cut at the cursor."""
        row, column = self.cursor_location
        position = sum(len(text) + 1 for text in self.document.lines[:row]) + column
        self.post_message(self.Split(position))


class BlockView(Widget):
    """One passage with its margin, and beneath them what there is to say of it.

    It lays out its own lines: a widget for each part would make going through the questions slow.
    """

    @dataclass
    class Chosen(Message):
        """The user clicked it."""

        block_id: str
        twice: bool

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block
        self.shows_difference = False
        self.chosen_finding: Finding | None = None
        self._laid_out: tuple[tuple[object, ...], list[Content]] = ((), [])

    def update_block(self, block: Block) -> None:
        """Show `block` as it is now."""
        changed = block != self.block
        self.block = block
        self.set_class(bool(block.open_findings), "-warned")
        if changed:
            self.refresh(layout=True)

    def update_margin(self, block: Block) -> None:
        """Show how the words stand to their source while they are being changed; their height is the field's."""
        self.block = block
        self.refresh()

    def show_difference(self, shown: bool) -> None:
        """Show what differs from the source in the words themselves, or the words."""
        if shown != self.shows_difference:
            self.shows_difference = shown
            self.refresh(layout=True)

    def light_up(self, finding: Finding | None) -> None:
        """Show one finding as the one at hand."""
        if finding != self.chosen_finding:
            self.chosen_finding = finding
            self.refresh(layout=True)  # what is said of it is shown in full

    @property
    def area(self) -> BlockText | None:
        """The field in which it is edited, if it is."""
        areas = self.query(BlockText)
        return areas.first() if areas else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words, the margin and the remarks take."""
        if self._nodes:
            return max(super().get_content_height(container, viewport, width), len(margin(self.block).split("\n")))
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        width = self.content_size.width
        if self._nodes:  # the words are in the field; the margin stays
            rows = [self._left(row, width) for row in margin(self.block).split("\n")]
            rows += [self._left(Content(""), width)] * (self.content_size.height - len(rows))
            return Content("\n").join(rows)
        return Content("\n").join(self._lines(width))

    def _left(self, row: Content, width: int) -> Content:
        room = _margin_width(width)
        row = row.truncate(room, ellipsis=True) if row.cell_length > room else row
        gap = Content(" " * (room - row.cell_length))
        return (row + gap).stylize_before("$foreground-muted") + Content.styled("│ ", "$border-blurred")

    def _lines(self, width: int) -> list[Content]:
        key = (width, self.block, self.shows_difference, self.chosen_finding)
        if self._laid_out[0] == key:
            return self._laid_out[1]
        words = self._words().wrap(max(width - _margin_width(width) - 3, 10))
        beside = margin(self.block).split("\n")
        rows = []
        for number in range(max(len(words), len(beside))):
            left = self._left(beside[number] if number < len(beside) else Content(""), width)
            rows.append(left + words[number] if number < len(words) else left)
        for remark, whole in self._remarks():
            if remark.cell_length < width:
                rows.append(remark)
            elif whole:
                rows += remark.wrap(width - 1)
            else:
                rows.append(remark.truncate(width - 1, ellipsis=True))
        self._laid_out = (key, rows)
        return rows

    def _words(self) -> Content:
        block = self.block
        if not block.text:
            return Content.styled("(nog geen tekst)", "$foreground-muted")
        if self.shows_difference and block.origin is not None:
            return difference(block.taken, block.text)
        return with_findings(block.text, block.open_findings, self.chosen_finding)

    def _remarks(self) -> list[tuple[Content, bool]]:
        """What there is to say of the block, and whether it is shown whole or on one line."""
        block = self.block
        found: list[tuple[Content, bool]] = []
        for f in block.open_findings:
            chosen = f == self.chosen_finding
            style = "" if chosen else "$foreground-muted"
            found.append((Content.assemble((f" {SIGN[f.severity]} ", "$text-warning"), line(f.message, style)), chosen))
            if chosen:
                found += [(row, True) for row in choices(f)]
        rows = [
            Content.styled(" ✓ bewust zo: ", "$foreground-muted")
            + line(reason_in(entry) or key_in(entry), "$foreground-muted")
            for entry in block.intended
        ]
        if block.remark:
            rows.append(Content.styled(" ✎ opmerking: ", "bold $text-accent") + line(block.remark))
        rows += [
            Content.styled(f"   noot {n}: ", "$foreground-muted") + line(note.text, "$foreground-muted")
            for n, note in enumerate(block.notes, start=1)
        ]
        return found + [(row, False) for row in rows]

    async def edit(self, at: int | None) -> BlockText:
        """Open the words for editing, in their place; the cursor at a character, or at the end."""
        area = BlockText(plain(self.block.text), soft_wrap=True, compact=True, highlight_cursor_line=False)
        area.styles.margin = (0, 0, 0, _margin_width(self.content_size.width) + 1)
        await self.mount(area)
        self.add_class("-editing")
        area.cursor_location = area.document.end if at is None else _location(self.block.text, at)
        area.focus()
        return area

    def finish(self) -> str | None:
        """Close the field; what it held, or None when there is none."""
        area = self.area
        if area is None:
            return None
        text = area.text
        area.remove()
        self.remove_class("-editing")
        self.refresh(layout=True)
        return text

    def on_click(self, event: Click) -> None:
        """Choose it; twice opens it for editing."""
        self.post_message(self.Chosen(self.block.id, event.chain > 1))


def choices(finding: Finding) -> list[Content]:
    """What can be done about a finding, with the keys."""
    rows = [line(f"h = herschrijf: “{finding.suggestion}”")] if finding.suggestion is not None else []
    rows.append(Content("e = bewerken · b = bewust zo · l = later"))
    return [Content("   ") + row.stylize("$text-accent") for row in rows]


def _margin_width(width: int) -> int:
    return _NARROW_MARGIN if width < _NARROW else _MARGIN


def _location(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    row = before.count("\n")
    return row, position - (before.rfind("\n") + 1)
