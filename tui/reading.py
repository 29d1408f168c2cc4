"""A document of the bank, in full, with a passage lit up."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.backend.bank import reading
from drafter.bank_views.reading_view import ReadingParagraph, ReadingView
from drafter.wording import sentence_case
from tui.dialogs.correct import CorrectScreen
from tui.shell import ShellScreen
from tui.text import line, prose
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options

_DOUBTS = 3
"""Doubts of the reading that are told above the text."""


class ReadingScreen(ShellScreen["tuple[str, ...] | None"]):
    """A document to read; passages can be taken from it into the draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "insert", "alinea invoegen", priority=True),
        Binding("n", "answer(1)", "volgende vraag", show=False),
        Binding("p", "answer(-1)", "vorige vraag", show=False),
        Binding("e", "correct", "verbeteren", tooltip="datum, onderwerp en meer van dit stuk verbeteren"),
        Binding("c", "copy", "kopiëren", tooltip="alinea met bron kopiëren"),
        Binding("escape,space", "dismiss(None)", "terug", key_display="Esc"),
    ]

    def __init__(self, document: str, passage: str = "", can_insert: bool = False, why: str = "") -> None:
        """`why`: the reason why the program put the passage in the draft."""
        super().__init__()
        self.why = why
        self.document = document
        self.passage = passage
        self.can_insert = can_insert
        self.reading: ReadingView | None = None
        self.changed = False
        """Whether the document was corrected here."""

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Static(id="head")
        yield Static(id="reading-line")
        yield Options(id="reading")
        yield JobLine()
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Inserting only where there is a draft."""
        return self.can_insert or action != "insert"

    def on_mount(self) -> None:
        """Fetch the document."""
        self.query_one("#head", Static).update(Content.styled("Openen…", "$foreground-muted"))
        self.query_one(OptionList).focus()
        self._fetch()

    def _fetch(self) -> None:
        backend = self.shell.backend
        self.shell.fetch(f"lees {self.document}", lambda _: backend.ask(reading, self.document), self._show)

    def _show(self, view: ReadingView) -> None:
        if not self.is_attached:
            return
        self.reading = view
        self.query_one("#head", Static).update(line(sentence_case(view.title), "bold"))
        url = f" · {view.url}" if view.url else ""
        rows = [line(f"{view.line}{url}", "$text-secondary")]
        if view.corrected:
            rows.append(line(f"Verbeterd: {', '.join(view.corrected)}.", "$text-accent"))
        if self.why:
            rows.append(line(f"Waarom in het concept: {self.why}", "$foreground-muted"))
        rows += [line(f"⚠ Bij het lezen van dit stuk: {doubt}", "$text-warning") for doubt in view.doubts[:_DOUBTS]]
        if len(view.doubts) > _DOUBTS:
            rows.append(line(f"… en nog {len(view.doubts) - _DOUBTS}", "$text-warning"))
        self.query_one("#reading-line", Static).update(Content("\n").join(rows))
        options = self.query_one(OptionList)
        options.set_options(Option(self._row(part)) for part in view.paragraphs)
        at = next((i for i, one in enumerate(view.paragraphs) if one.passage == self.passage and one.passage), 0)
        if view.paragraphs:
            options.highlighted = at
            self.call_after_refresh(options.scroll_to_highlight, top=True)

    def _row(self, paragraph: ReadingParagraph) -> Content:
        rows: list[Content] = []
        if paragraph.heading:
            rows.append(line(paragraph.heading, "bold $text-primary"))
        mark = "▌" if paragraph.passage == self.passage and paragraph.passage else ""
        text = prose(paragraph.text, "italic $foreground-muted" if paragraph.question else "bold" if mark else "")
        rows.append(Content.styled(mark, "$text-accent") + text)
        return Content("\n").join([*rows, Content("")])

    @property
    def paragraph(self) -> ReadingParagraph | None:
        """The paragraph at hand."""
        at = self.query_one(OptionList).highlighted
        return self.reading.paragraphs[at] if self.reading and at is not None else None

    def action_insert(self) -> None:
        """Take the paragraph at hand into the draft."""
        one = self.paragraph
        if one is not None and one.passage and not one.question:
            self.dismiss((one.passage,))
        else:
            self.shell.say("Kies een alinea van een antwoord of brief.")

    def action_answer(self, step: int) -> None:
        """Go to the next or previous heading."""
        if self.reading is None:
            return
        options = self.query_one(OptionList)
        heads = [i for i, one in enumerate(self.reading.paragraphs) if one.heading]
        at = options.highlighted or 0
        later = [i for i in heads if i > at] if step > 0 else [i for i in reversed(heads) if i < at]
        if later:
            options.highlighted = later[0]
            options.scroll_to_highlight(top=True)

    def action_correct(self) -> None:
        """Correct what is known of the document."""

        def corrected(changed: bool | None) -> None:
            if changed:
                self.changed = True
                self._fetch()

        self.app.push_screen(CorrectScreen(self.document), corrected)

    def action_copy(self) -> None:
        """Copy the paragraph with where it comes from."""
        one = self.paragraph
        if one is not None and self.reading is not None:
            self.app.copy_to_clipboard(f"{one.text}\n({self.reading.title}, {self.reading.line})")
            self.shell.say("Alinea met bron gekopieerd.")
