"""Reviewing: the draft as a reader sees it, each passage beside its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter import dossier_edits as edits
from drafter.checks.finding import Severity
from drafter.dossier import Block, BlockState, Dossier, DraftAnswer
from drafter.dossier_store import DossierSession
from drafter.review_summary import ReviewSummary, review_summary
from drafter.wording import STATE_WORDS, question_words, sentence_case, short_date
from embeddings.errors import KamerantwoordError
from tui.screens.ask import AskLine
from tui.screens.reading import ReadingScreen
from tui.text import SIGN, difference, line, prose, with_findings
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.app import KamerantwoordApp

_STYLE = {BlockState.VERBATIM: "$text-success", BlockState.EDITED: "$text-warning", BlockState.OWN: "$text-secondary"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a heading (no block), or a block."""

    answer: DraftAnswer
    block: Block | None


class ReviewScreen(Screen["str | None"]):
    """The whole draft, passage by passage."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "akkoord", tooltip="alinea akkoord, of toch niet"),
        Binding("A", "accept_answer", "akkoord heel antwoord", show=False),
        Binding("o", "remark", "opmerking", tooltip="opmerking bij de alinea"),
        Binding("n", "step(1)", "volgende", tooltip="volgende alinea"),
        Binding("p", "step(-1)", "vorige", tooltip="vorige alinea"),
        Binding("b", "only('edited')", "alleen bewerkt", tooltip="alleen wat bewerkt of eigen tekst is"),
        Binding("w", "only('warned')", "alleen waarschuwingen"),
        Binding("d", "side", "verschil", tooltip="naast elkaar, of het verschil in de tekst", show=False),
        Binding("space", "source", "bron", tooltip="de bron helemaal lezen", show=False),
        Binding(
            "e,enter",
            "to_block",
            "naar de werkbank",
            tooltip="deze alinea op de werkbank bewerken",
            show=False,
            priority=True,
        ),
        Binding("z,ctrl+z", "undo", "ongedaan", tooltip="laatste wijziging ongedaan maken", show=False),
        Binding("ctrl+e", "export", "Word met wijzigingen"),
        Binding("escape", "dismiss(None)", "terug"),
    ]

    def __init__(self, session: DossierSession, number: int | None = None) -> None:
        super().__init__()
        self.session = session
        self.filter = ""
        self.rows: list[Row] = []
        self.inline = False
        self._first = number

    @property
    def kamer(self) -> KamerantwoordApp:
        """The app, by its own type."""
        return cast("KamerantwoordApp", self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Judging is off when the dossier is open read-only."""
        return None if action in ("accept", "accept_answer", "remark", "undo") and self.session.read_only else True

    def compose(self) -> ComposeResult:
        """Summary, draft, source."""
        yield Static(id="head")
        yield Static(id="review-summary")
        with Horizontal(id="review"):
            yield OptionList(id="review-draft")
            with VerticalScroll(id="review-source", can_focus=False):
                yield Static(id="review-source-text")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the question that was at hand."""
        self.show()
        options = self.query_one(OptionList)
        options.border_title = "Concept"
        self.query_one("#review-source").border_title = "Bron"
        at = next((i for i, row in enumerate(self.rows) if row.block and self._first in row.answer.numbers), None)
        if at is not None:
            options.highlighted = at
        options.focus()

    def show(self) -> None:
        """Show the draft as it stands, keeping the place."""
        dossier = self.session.dossier
        options = self.query_one(OptionList)
        current = self.row.block.id if self.row and self.row.block else None
        self.rows = list(_rows(dossier, self.filter))
        options.set_options(Option(_words(row, self.inline), disabled=row.block is None) for row in self.rows)
        places = [i for i, row in enumerate(self.rows) if row.block]
        if places:
            same = next((i for i in places if self.rows[i].block.id == current), None)  # type: ignore[union-attr]
            options.highlighted = same if same is not None else places[0]
        else:
            options.add_option(Option(Content.styled(_EMPTY[self.filter], "$foreground-muted"), disabled=True))
        self._show_head(dossier)
        self._show_source()

    def _show_head(self, dossier: Dossier) -> None:
        row = self.row
        place = f" · {question_words(row.answer.numbers)}" if row else ""
        title = line(f"{sentence_case(dossier.questions.title)}{place}")
        self.query_one("#head", Static).update(
            Content.assemble(("Beoordelen", "bold $text-primary"), "  ", title), layout=False
        )
        self.query_one("#review-summary", Static).update(_summary_words(review_summary(dossier), self.filter))

    @property
    def row(self) -> Row | None:
        """The row at hand."""
        at = self.query_one(OptionList).highlighted
        return self.rows[at] if at is not None and at < len(self.rows) else None

    def on_option_list_option_highlighted(self) -> None:
        """Show the source of the passage at hand."""
        self._show_head(self.session.dossier)
        self._show_source()

    def _show_source(self) -> None:
        row = self.row
        if row is None or row.block is None:
            content = Content("")
        elif row.block.origin is None:
            content = Content.styled("Eigen tekst: er is geen bron.", "$foreground-muted")
        else:
            parts = []
            for origin in row.block.origins:
                date = short_date(origin.date) if origin.date else "zonder datum"
                place = f", {question_words(origin.numbers)}" if origin.numbers else ""
                parts.append(line(f"{origin.title or origin.document}{place}, {date}", "bold $text-primary"))
                parts.append(prose(origin.text))
                if origin.url:
                    parts.append(line(origin.url, "$foreground-muted"))
                parts.append(Content(""))
            if row.block.state is BlockState.EDITED:
                parts.append(Content.styled("Verschil met de bron:", "bold"))
                parts.append(difference(row.block.taken, row.block.text))
            content = Content("\n").join(parts)
        self.query_one("#review-source-text", Static).update(content)
        self.query_one("#review-source").scroll_home(animate=False)

    # -- judging -------------------------------------------------------------------------------------------------------

    def _record(self, dossier: Dossier, label: str) -> None:
        try:
            self.session.record(dossier, label)
        except KamerantwoordError as error:
            self.kamer.show_error(error)
        self.show()

    def _with_name(self, act: object) -> None:
        name = self.kamer.desk.settings.naam
        if name:
            act(name)  # type: ignore[operator]
            return

        def keep(answer: str | None) -> None:
            if answer and answer.strip():
                try:
                    self.kamer.desk.set_setting("naam", answer.strip())
                except KamerantwoordError as error:
                    self.kamer.show_error(error)
                    return
                act(answer.strip())  # type: ignore[operator]

        self.app.push_screen(AskLine("Uw naam (staat bij akkoord en opmerkingen)"), keep)

    def action_accept(self) -> None:
        """Accept the passage at hand, or take that back; then on to the next."""
        row = self.row
        if row is None or row.block is None:
            return
        block = row.block
        if block.accepted_by:
            self._record(edits.accept(self.session.dossier, block.id, ""), "akkoord ingetrokken")
        else:

            def accept(name: str) -> None:
                self._record(edits.accept(self.session.dossier, block.id, name), "akkoord")
                self.action_step(1)

            self._with_name(accept)

    def action_accept_answer(self) -> None:
        """Accept all passages of the answer at hand that have no remark."""
        row = self.row
        if row is None:
            return

        def accept(name: str) -> None:
            dossier = self.session.dossier
            answer = dossier.answer(row.answer.numbers[0])
            for block in answer.blocks if answer else ():
                if not block.remark:
                    dossier = edits.accept(dossier, block.id, name)
            self._record(dossier, "antwoord akkoord")

        self._with_name(accept)

    def action_remark(self) -> None:
        """Write a remark on the passage at hand."""
        row = self.row
        if row is None or row.block is None:
            return
        block = row.block

        def remark(name: str) -> None:
            def keep(text: str | None) -> None:
                if text is not None:
                    words = text.strip()
                    signed = f"{words} ({name})" if words and not words.endswith(f"({name})") else words
                    self._record(edits.remark(self.session.dossier, block.id, signed), "opmerking")

            self.app.push_screen(AskLine("Opmerking (leeg = weghalen)", block.remark), keep)

        self._with_name(remark)

    def action_undo(self) -> None:
        """Take the last change back."""
        step = self.session.undo()
        self.show()
        self.kamer.say(f"Ongedaan: {step.label}." if step else "Er is niets meer om terug te nemen.")

    def action_step(self, step: int) -> None:
        """Go to the next or previous passage."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_only(self, which: str) -> None:
        """Show a part of the passages, or all again."""
        self.filter = "" if self.filter == which else which
        self.show()

    def action_side(self) -> None:
        """Show the difference in the text, or the text as it reads."""
        self.inline = not self.inline
        self.show()

    def action_source(self) -> None:
        """Read the source in full."""
        row = self.row
        if row is not None and row.block is not None and row.block.origin is not None:
            self.app.push_screen(ReadingScreen(row.block.origin.document, row.block.origin.passage))
        else:
            self.kamer.say("Deze alinea is eigen tekst; er is geen bron.")

    def action_to_block(self) -> None:
        """Go to the passage on the workbench."""
        row = self.row
        self.dismiss(row.block.id if row and row.block else None)

    def action_export(self) -> None:
        """Write the draft with its changes against the sources."""
        from tui.screens.workbench_actions import export

        export(self.kamer, self.session.dossier, changes=True)


_EMPTY = {
    "": "Er is nog geen tekst om te beoordelen.",
    "edited": "Niets is bewerkt of eigen tekst. b = alles weer tonen.",
    "warned": "Er zijn geen waarschuwingen. w = alles weer tonen.",
}


def _rows(dossier: Dossier, which: str) -> list[Row]:
    rows: list[Row] = []
    for answer in dossier.answers:
        blocks = [block for block in answer.blocks if _kept(block, which)]
        if blocks or not which:
            rows.append(Row(answer, None))
            rows.extend(Row(answer, block) for block in blocks)
    return rows


def _kept(block: Block, which: str) -> bool:
    if which == "edited":
        return block.state is not BlockState.VERBATIM
    return which != "warned" or any(f.severity is Severity.WARNING for f in block.open_findings)


def _words(row: Row, inline: bool) -> Content:
    if row.block is None:
        head = Content.styled(f"Antwoord op {question_words(row.answer.numbers)}", "bold $text-primary")
        return head if row.answer.blocks else head + Content.styled("  nog leeg", "$foreground-muted")
    block = row.block
    judged = ""
    if block.accepted_by:
        judged = f"  ✓ akkoord ({' '.join(block.accepted_by.split())})"
    rows = [Content.assemble((f"  {STATE_WORDS[block.state]}", _STYLE[block.state]), (judged, "$text-success"))]
    if inline and block.state is BlockState.EDITED:
        rows.append(difference(block.taken, block.text))
    else:
        rows.append(with_findings(block.text, block.open_findings))
    rows += [
        Content.styled(f"  {SIGN[f.severity]} ", "$text-warning") + line(f.message, "$text-warning")
        for f in block.open_findings
    ]
    if block.remark:
        rows.append(Content.styled("  ✎ ", "bold $text-accent") + line(block.remark, "bold"))
    return Content("\n").join([*rows, Content("")])


def _summary_words(summary: ReviewSummary, which: str) -> Content:
    parts = [
        Content.styled(f"overgenomen {summary.verbatim}%", "$text-success"),
        Content.styled(f"bewerkt {summary.edited}%", "$text-warning"),
        Content.styled(f"eigen {summary.own}%", "$text-secondary"),
    ]
    if summary.oldest is not None:
        parts.append(Content(f"oudste bron {short_date(summary.oldest)}"))
    parts.append(Content(f"{summary.accepted} van {summary.blocks} akkoord"))
    if summary.warnings:
        parts.append(Content.styled(f"⚠ {summary.warnings} waarschuwingen", "$text-warning"))
    if summary.remarks:
        parts.append(Content(f"✎ {summary.remarks} opmerkingen"))
    if which:
        shown = "alleen bewerkt en eigen tekst" if which == "edited" else "alleen waarschuwingen"
        parts.append(Content.styled(f"▼ {shown}", "bold $text-accent"))
    return Content(" · ").join(parts)
