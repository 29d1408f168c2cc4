"""One passage on screen: its words, and always with them where they come from."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widget import Widget

from answers_bank.dutch.time.dates import UNKNOWN_DATE
from drafter.checks.finding import Finding
from drafter.dossier.value import Block, BlockState
from drafter.dossier.waivers import reason_in, words_in
from drafter.word_difference import edit_count, word_diff
from drafter.wording import STATE_WORDS, number_list, short_date
from tui.text import SIGN, difference, hanging, line, with_findings
from tui.widgets.block_text import BlockText, Writer, is_closing
from tui.widgets.threads import thread_rows

_MARGIN = 16
_LEAST_BESIDE = 66
"""Cells for the words from which their origin stands beside them; with less it stands above, on a line."""
_CURSOR = 1
"""Cells for the cursor behind the last character of a line."""


def margin(block: Block) -> list[Content]:
    """Where a block comes from: date, questions, and how its words stand to the source; a line each."""
    rows: list[Content] = []
    for origin in block.origins[:3]:
        rows.append(Content.styled(short_date(origin.date) if origin.date else UNKNOWN_DATE, "bold"))
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
    return rows


@dataclass(frozen=True, slots=True)
class BlockRows:
    """A block laid out: its lines, and those that must be in view when it is at hand."""

    lines: list[Content]
    first: int = 0
    height: int = 0
    """Of the finding at hand with what is said of it; 0 where none is."""


class BlockView(Widget):
    """One passage with its margin, and beneath them what there is to say of it.

    It lays out its own lines: a widget for each part would make going through the questions slow.
    """

    @dataclass
    class Chosen(Message):
        """The user clicked it, at a cell of its words."""

        block_id: str
        twice: bool
        at: Offset

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block
        self.shows_difference = False
        self.shows_info = False
        self.chosen_finding: Finding | None = None
        self._area: BlockText | None = None
        self.cursor: int | None = None
        """The character before which something would be put in, where that was chosen."""
        self._laid_out: tuple[tuple[object, ...], BlockRows] = ((), BlockRows([]))

    def update_block(self, block: Block) -> None:
        """Show `block` as it is now."""
        changed = block != self.block
        self.block = block
        self.set_class(bool(self._told), "-warned")
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

    def show_info(self, shown: bool) -> None:
        """Show what is only worth a look too, or only what counts."""
        if shown != self.shows_info:
            self.shows_info = shown
            self.refresh(layout=True)

    @property
    def _told(self) -> tuple[Finding, ...]:
        """The findings that are shown: those that count, the one at hand, and the others where the user wants them."""
        found = self.block.open_findings
        return tuple(f for f in found if self.shows_info or f.is_warning or f == self.chosen_finding)

    def light_up(self, finding: Finding | None) -> None:
        """Show one finding as the one at hand."""
        if finding != self.chosen_finding:
            self.chosen_finding = finding
            self.refresh(layout=True)  # what is said of it is shown in full

    @property
    def area(self) -> BlockText | None:
        """The field in which it is edited, if it is."""
        return self._area

    def show_cursor(self, position: int | None) -> None:
        """Show where something would be put in."""
        if position != self.cursor:
            self.cursor = position
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words, their origin and the remarks take."""
        if self._area is not None:
            above, beside = self._origin_lines(width)
            return max(super().get_content_height(container, viewport, width), above + len(beside))
        return len(self._rows(width).lines)

    def render(self) -> Content:
        """The lines."""
        width = self.content_size.width
        if self._area is not None:  # the words are in the field; their origin stays
            above, beside = self._origin_lines(width)
            if above:
                return self._above(width)
            rows = [self._left(row) for row in beside]
            rows += [self._left(Content(""))] * (self.content_size.height - len(rows))
            return Content("\n").join(rows)
        return Content("\n").join(self._rows(width).lines)

    @property
    def at_hand(self) -> tuple[int, int]:
        """First line and number of the lines that matter: the finding at hand with what is said of it, else all."""
        if self._area is not None:
            return 0, self.size.height
        rows = self._rows(self.content_size.width)
        return (rows.first, rows.height) if rows.height else (0, len(rows.lines))

    def _origin_lines(self, width: int) -> tuple[int, list[Content]]:
        """How many lines stand above the words, and what stands beside them."""
        beside = width - _MARGIN - 2 - _CURSOR >= _LEAST_BESIDE
        return (0, margin(self.block)) if beside else (1, [])

    def _above(self, width: int) -> Content:
        row = Content.styled(" · ", "$border-blurred").join(margin(self.block))
        row = row.truncate(width, ellipsis=True) if row.cell_length > width else row
        return row.stylize_before("$foreground-muted")

    def _left(self, row: Content) -> Content:
        row = row.truncate(_MARGIN, ellipsis=True) if row.cell_length > _MARGIN else row
        gap = Content(" " * (_MARGIN - row.cell_length))
        return (row + gap).stylize_before("$foreground-muted") + Content.styled("│ ", "$border-blurred")

    def _rows(self, width: int) -> BlockRows:
        key = (width, self.block, self.shows_difference, self.chosen_finding, self.cursor, self.shows_info)
        if self._laid_out[0] == key:
            return self._laid_out[1]
        above, beside = self._origin_lines(width)
        left = _MARGIN + 2 if beside else 0
        words = self._words().wrap(max(width - left - _CURSOR, 10))
        first = height = 0
        lit = [number for number, row in enumerate(words) if _is_lit(row)]
        if lit and self.chosen_finding is not None:
            # What is said of it stands beneath its words: the two are seen together however long the paragraph is.
            said = self._said(self.chosen_finding, width - left)
            words[lit[-1] + 1 : lit[-1] + 1] = said
            first, height = lit[0] + above, lit[-1] + 1 - lit[0] + len(said)
        rows = [self._above(width)] if above else []
        for number in range(max(len(words), len(beside))):
            row = words[number] if number < len(words) else Content("")
            rows.append(self._left(beside[number] if number < len(beside) else Content("")) + row if beside else row)
        for remark, whole in self._remarks(said_already=bool(lit)):
            if remark.cell_length < width:
                rows.append(remark)
            elif whole:
                rows += hanging(remark, width - 1)
            else:
                rows.append(remark.truncate(width - 1, ellipsis=True))
        self._laid_out = (key, BlockRows(rows, first, height))
        return self._laid_out[1]

    def _words(self) -> Content:
        block = self.block
        if not block.text:
            return Content.styled("(nog geen tekst)", "$foreground-muted")
        if self.shows_difference and block.origin is not None:
            return difference(block.taken, block.text)
        words = with_findings(block.text, self._told, self.chosen_finding)
        if self.cursor is None:
            return words
        if self.cursor >= len(block.text):
            return words + Content.styled("▏", "$text-accent")
        return words.stylize("$text-accent reverse", self.cursor, self.cursor + 1)

    def _said(self, finding: Finding, width: int) -> list[Content]:
        """What is said of the finding at hand, in full, with what can be done."""
        rows = [Content.assemble((f" {SIGN[finding.severity]} ", "$text-warning"), line(finding.message))]
        return [part for row in (*rows, *choices(finding)) for part in row.wrap(max(width - 1, 10))]

    def _remarks(self, said_already: bool = False) -> list[tuple[Content, bool]]:
        """What there is to say of the block, and whether it is shown whole or on one line."""
        block = self.block
        found: list[tuple[Content, bool]] = []
        for f in self._told:
            chosen = f == self.chosen_finding
            if chosen and said_already:
                continue
            style = "" if chosen else "$foreground-muted"
            found.append((Content.assemble((f" {SIGN[f.severity]} ", "$text-warning"), line(f.message, style)), chosen))
            if chosen:
                found += [(row, True) for row in choices(f)]
        rows = [
            Content.styled(" ✓ bewust zo: ", "$foreground-muted")
            + line(reason_in(entry) or words_in(entry), "$foreground-muted")
            for entry in block.intended
        ]
        found += [(row, False) for row in rows]
        found += [(row, True) for thread in block.discussion if not thread.done for row in thread_rows(thread)]
        notes = [
            Content.styled(f"   noot {n}: ", "$foreground-muted") + line(note.text, "$foreground-muted")
            for n, note in enumerate(block.notes, start=1)
        ]
        return found + [(row, False) for row in notes]

    async def edit(self, at: int | None, writer: Writer) -> BlockText:
        """Open the words for editing, in their place; the cursor at a character, or at the end.

        The field is closing when the block was taken off the screen meanwhile.
        """
        self._area = area = BlockText(self.block.text, writer)
        self._fit(area, self.content_size.width)
        await self.mount(area)
        self.add_class("-editing")
        area.put_cursor(at)
        if not is_closing(area):
            self.screen.set_focus(area)  # at once: what is typed next is for it
        return area

    def on_resize(self, _: Resize) -> None:
        """Keep the field beside or beneath its origin."""
        if self.area is not None:
            self._fit(self.area, self.content_size.width)

    def _fit(self, area: BlockText, width: int) -> None:
        above, beside = self._origin_lines(width)
        area.styles.margin = (above, 0, 0, _MARGIN + 2 if beside else 0)

    def finish(self) -> str | None:
        """Close the field; what it held, or None when there is none."""
        area, self._area = self._area, None
        if area is None:
            return None
        text = area.written
        area.remove()
        self.remove_class("-editing")
        self.refresh(layout=True)
        return text

    def on_click(self, event: Click) -> None:
        """Choose it; twice opens it for editing."""
        above, beside = self._origin_lines(self.content_size.width)
        at = event.get_content_offset_capture(self) - Offset(_MARGIN + 2 if beside else 0, above)
        self.post_message(self.Chosen(self.block.id, event.chain > 1, at))


def choices(finding: Finding) -> list[Content]:
    """What can be done about a finding, with the keys."""
    rows = [line(f"h = herschrijf: “{finding.suggestion}”")] if finding.suggestion is not None else []
    rows.append(Content("e = bewerken · b = bewust zo · l = later"))
    return [Content("   ") + row.stylize("$text-accent") for row in rows]


def _is_lit(row: Content) -> bool:
    return any("reverse" in str(span.style) and "underline" in str(span.style) for span in row.spans)
