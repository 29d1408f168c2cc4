"""A document of the bank, in full, with a passage lit up."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.backend.protocol import Part, Reading
from drafter.wording import sentence_case
from tui.text import line, prose
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.app import KamerantwoordApp


class ReadingScreen(Screen["tuple[str, ...] | None"]):
    """A document to read; passages can be taken from it into the draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "insert", "alinea invoegen", priority=True),
        Binding("n", "answer(1)", "volgende vraag", show=False),
        Binding("p", "answer(-1)", "vorige vraag", show=False),
        Binding("c", "copy", "kopiëren", tooltip="alinea met bron kopiëren"),
        Binding("escape,space", "dismiss(None)", "terug", key_display="Esc"),
    ]

    def __init__(self, document: str, passage: str = "", can_insert: bool = False) -> None:
        super().__init__()
        self.document = document
        self.passage = passage
        self.can_insert = can_insert
        self.reading: Reading | None = None

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Static(id="head")
        yield Static(id="reading-line")
        yield OptionList(id="reading")
        yield JobLine()
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Inserting only where there is a draft."""
        return self.can_insert or action != "insert"

    def on_mount(self) -> None:
        """Fetch the document."""
        app = cast("KamerantwoordApp", self.app)
        self.query_one("#head", Static).update(Content.styled("Openen…", "$foreground-muted"))
        desk = app.desk
        self.query_one(OptionList).focus()
        app.fetch(f"lees {self.document}", lambda _: desk.reading(self.document), self._show)

    def _show(self, reading: Reading) -> None:
        if not self.is_attached:
            return
        self.reading = reading
        self.query_one("#head", Static).update(line(sentence_case(reading.title), "bold"))
        url = f" · {reading.url}" if reading.url else ""
        self.query_one("#reading-line", Static).update(line(f"{reading.line}{url}", "$text-secondary"))
        options = self.query_one(OptionList)
        options.set_options(Option(self._row(part)) for part in reading.parts)
        at = next((i for i, part in enumerate(reading.parts) if part.passage == self.passage and part.passage), 0)
        if reading.parts:
            options.highlighted = at
            self.call_after_refresh(options.scroll_to_highlight, top=True)

    def _row(self, part: Part) -> Content:
        rows: list[Content] = []
        if part.heading:
            rows.append(line(part.heading, "bold $text-primary"))
        mark = "▌" if part.passage == self.passage and part.passage else " "
        text = prose(part.text, "italic $foreground-muted" if part.question else "bold" if mark == "▌" else "")
        rows.append(Content.styled(mark, "$text-accent") + text)
        return Content("\n").join([*rows, Content("")])

    @property
    def part(self) -> Part | None:
        """The paragraph at hand."""
        at = self.query_one(OptionList).highlighted
        return self.reading.parts[at] if self.reading and at is not None else None

    def action_insert(self) -> None:
        """Take the paragraph at hand into the draft."""
        part = self.part
        if part is not None and part.passage and not part.question:
            self.dismiss((part.passage,))
        else:
            cast("KamerantwoordApp", self.app).say("Kies een alinea van een antwoord of brief.")

    def action_answer(self, step: int) -> None:
        """Go to the next or previous heading."""
        if self.reading is None:
            return
        options = self.query_one(OptionList)
        heads = [i for i, part in enumerate(self.reading.parts) if part.heading]
        at = options.highlighted or 0
        later = [i for i in heads if i > at] if step > 0 else [i for i in reversed(heads) if i < at]
        if later:
            options.highlighted = later[0]
            options.scroll_to_highlight(top=True)

    def action_copy(self) -> None:
        """Copy the paragraph with where it comes from."""
        part = self.part
        if part is not None and self.reading is not None:
            self.app.copy_to_clipboard(f"{part.text}\n({self.reading.title}, {self.reading.line})")
            cast("KamerantwoordApp", self.app).say("Alinea met bron gekopieerd.")
