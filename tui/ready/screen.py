"""Ready to send: on one screen what is still to be done, each line the way to its place, and how far the set is."""

from __future__ import annotations

import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from answers_bank.dutch.time.dates import dutch_date
from drafter.backend.workbench import verify
from drafter.dossier.findings.readiness import BLOCKING, Point, PointKind, points
from drafter.dossier.session import DossierSession
from drafter.dossier.set_state import SetState, set_state_of, with_state
from drafter.dossier.value import Dossier
from drafter.export.verify import Verification
from drafter.wording import days_left_words, question_words
from embeddings.errors import KamerantwoordError
from tui.dialogs.ask import Choose
from tui.shell import ShellScreen
from tui.text import line
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.lists import FindingList

TITLES = {
    PointKind.EMPTY: "Nog geen antwoord",
    PointKind.PART: "Deelvraag onbeantwoord",
    PointKind.WARNING: "Waarschuwing open",
    PointKind.CONTRADICTION: "Tegenspraak",
    PointKind.QUOTATION: "Citaat dat niet in de bank staat",
    PointKind.DOUBT: "Deelvraag: is zij beantwoord?",
    PointKind.REMARK: "Opmerking die niet is afgedaan",
    PointKind.FROM_WORD: "Wijziging uit Word waarover niet is besloten",
    PointKind.OWN: "Eigen tekst die nog niemand anders heeft gelezen",
    PointKind.TERM: "Termijn",
}

_SHORT = {
    PointKind.EMPTY: "leeg",
    PointKind.PART: "onbeantwoord",
    PointKind.WARNING: "waarschuwing",
    PointKind.CONTRADICTION: "tegenspraak",
    PointKind.QUOTATION: "citaat",
    PointKind.REMARK: "opmerking",
    PointKind.FROM_WORD: "uit Word",
    PointKind.DOUBT: "te beoordelen",
    PointKind.OWN: "eigen tekst",
}
"""What the first lines count, for what stands below the screen."""


class ReadyScreen(ShellScreen["Point | None"]):
    """What is still to be done; Enter gives the line whose place to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "state", "stand", tooltip="hoe ver de set is: ter beoordeling, akkoord, verzonden"),
        Binding("ctrl+e", "export", "Word", tooltip="naar Word, Markdown of JSON schrijven"),
        Binding("escape,V", "dismiss(None)", "terug", key_display="Esc"),
    ]

    def __init__(self, session: DossierSession, at: int = 0) -> None:
        """`at`: the line to begin at, where the user was before."""
        super().__init__()
        self.session = session
        self._at = at
        self._shown_at: int | None = None
        self.points: tuple[Point, ...] = ()
        self._quotations = "Citaten worden nagegaan…"

    def compose(self) -> ComposeResult:
        """Head, list, keys."""
        yield Static(id="head")
        yield Static(id="ready-line")
        yield FindingList(id="ready-list")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what the dossier itself tells, and have the quotations looked up."""
        self._show(())
        self.query_one(FindingList).focus()
        dossier, backend = self.session.dossier, self.shell.backend
        if backend.has_bank and any(block.origin for answer in dossier.answers for block in answer.blocks):
            self.shell.fetch("nagaan", lambda _: backend.ask(verify, dossier), self._verified, self._not_verified)
        else:
            self._quotations = ""
            self._show(())

    def _verified(self, found: Verification) -> None:
        failed = tuple(Point(PointKind.QUOTATION, one.numbers, one.block, one.message) for one in found.failed)
        self._quotations = "" if failed else "Alle citaten staan letterlijk in de bank."
        if self.is_attached:
            self._show(failed)

    def _not_verified(self) -> None:
        self._quotations = "De citaten zijn niet nagegaan (F6)."
        if self.is_attached:
            self._show(())

    def _show(self, failed: tuple[Point, ...]) -> None:
        dossier, today = self.session.dossier, self.shell.backend.as_of
        order = list(PointKind)
        self.points = tuple(sorted((*points(dossier, today), *failed), key=lambda point: order.index(point.kind)))
        self.query_one("#head", Static).update(_head(dossier, today))
        self.query_one("#ready-line", Static).update(self._summary())
        options = self.query_one(FindingList)
        at = self.at
        rows, shown = list[Option](), None
        for point in self.points:
            head = point.kind if point.kind is not shown else None
            shown = point.kind
            rows.append(Option(self._row(point, head)))
        options.set_options(rows)
        if rows:
            self._at = at
            self._shown_at = options.highlighted = min(at, len(rows) - 1)
            self.call_after_refresh(options.scroll_to_highlight)

    @property
    def at(self) -> int:
        """The line at hand, counted from 0."""
        highlighted = self.query_one(FindingList).highlighted
        # Lines may still come: until the user moves, the place is the one that was asked for.
        return self._at if highlighted in (None, self._shown_at) else highlighted

    def _summary(self) -> Content:
        blocked = [point for point in self.points if point.kind in BLOCKING]
        if blocked:
            words = Content.styled(f"Nog niet klaar om te verzenden: {len(blocked)} te doen.", "bold $text-warning")
        else:
            words = Content.styled("✓ Niets staat verzending in de weg.", "bold $text-success")
            if self.points:
                words += Content.styled(f" Nog na te lopen: {len(self.points)}.", "$text-secondary")
        counts = [(name, sum(point.kind is kind for point in self.points)) for kind, name in _SHORT.items()]
        told = [" · ".join(f"{name} {number}" for name, number in counts if number), self._quotations]
        return words + Content.styled("".join(f"  {part}" for part in told if part), "$foreground-muted")

    def _row(self, point: Point, head: PointKind | None) -> Content:
        rows = []
        if head is not None:
            total = sum(other.kind is head for other in self.points)
            style = "bold $text-warning" if head in BLOCKING else "bold $foreground-muted"
            rows.append(Content.styled(f"── {TITLES[head]} ({total})", style))
        where = question_words(point.numbers, capital=True) if point.numbers else "De set"
        width = max(self.size.width - len(where) - 10, 20)
        words = line(point.words)
        words = words.truncate(width, ellipsis=True) if words.cell_length > width else words
        rows.append(Content.assemble((f"  {where}  ", "$text-primary"), words))
        return Content("\n").join(rows)

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self._show(tuple(point for point in self.points if point.kind is PointKind.QUOTATION))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the place."""
        event.stop()
        point = self.points[event.option_index]
        if point.numbers:
            self.dismiss(point)
        elif point.kind is PointKind.TERM:
            self.shell.say("Met u meldt u op de werkbank dat uitstel is gevraagd.")

    def action_state(self) -> None:
        """Choose how far the set is."""
        states = tuple(SetState)

        def chosen(at: int | None) -> None:
            if at is None:
                return
            try:
                self.session.record(with_state(self.session.dossier, states[at]), f"stand: {states[at]}")
            except KamerantwoordError as error:
                self.shell.show_error(error)
                return
            self._show(tuple(point for point in self.points if point.kind is PointKind.QUOTATION))
            still = sum(point.kind in BLOCKING for point in self.points)
            if still and states[at] in (SetState.APPROVED, SetState.SENT):
                self.shell.say(f"De set is nu {states[at]}, met nog {still} te doen. Niet de bedoeling? f", "warning")
            else:
                self.shell.say(f"De set is nu {states[at]}.")

        now = states.index(set_state_of(self.session.dossier))
        self.app.push_screen(Choose("Hoe ver is deze set?", tuple(states), now), chosen)

    def action_export(self) -> None:
        """Write the draft to a file."""
        from tui.dialogs.export import ask_export

        ask_export(self.shell, self.session.dossier)


def _head(dossier: Dossier, today: datetime.date) -> Content:
    words = Content.styled("Klaar om te verzenden?", "bold") + Content.styled(
        f"  stand: {set_state_of(dossier)}", "$text-primary"
    )
    if dossier.due is not None and set_state_of(dossier) is not SetState.SENT:
        left = days_left_words((dossier.due - today).days)
        words += Content.styled(f" · {left} · uiterlijk {dutch_date(dossier.due)}", "$foreground-muted")
    return words
