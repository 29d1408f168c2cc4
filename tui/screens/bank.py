"""The bank: what is in it, what was answered, by whom, and what no longer holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from drafter.bank_query import parse_query
from drafter.desk import BankEntry, Contradiction, FillReport, ModelState, Signed, Standard
from drafter.search.values import SearchResult
from drafter.wording import count, short_date
from embeddings.errors import KamerantwoordError
from tui.beginning import begin
from tui.screens.files import FileScreen
from tui.screens.reading import ReadingScreen
from tui.text import line, prose
from tui.widgets.found import FoundPane
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.standard import StandardPane
from tui.widgets.tabs import go_to_tab

if TYPE_CHECKING:
    from tui.app import KamerantwoordApp

_KINDS = {
    "answer": "antwoord",
    "questions": "vragen",
    "deferral": "uitstel",
    "letter": "brief",
    "oral": "mondeling",
    "other": "overig",
}
_MOST = 500
"""Rows shown at once; typing narrows them."""


class EntryList(OptionList):
    """Documents; Enter reads one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "lezen")]


class BankScreen(Screen[None]):
    """Search, documents, standard passages, who answered, what is stale."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "focus_search", "zoeken", tooltip="naar het zoekveld"),
        Binding("a", "add", "toevoegen", tooltip="bestanden of een map toevoegen"),
        Binding("n", "new", "nieuw dossier", tooltip="nieuw dossier met het gekozen stuk als vragen"),
        Binding("1", "tab('zoeken')", "tab Zoeken", show=False),
        Binding("2", "tab('stukken')", "tab Stukken", show=False),
        Binding("3", "tab('passages')", "tab Standaardpassages", show=False),
        Binding("4", "tab('wie')", "tab Wie antwoordde", show=False),
        Binding("5", "tab('verouderd')", "tab Verouderd", show=False),
        Binding("escape", "back", "terug"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[BankEntry, ...] = ()
        self.results: tuple[SearchResult, ...] = ()
        self.stale: tuple[Contradiction, ...] = ()
        self.signed: tuple[Signed, ...] = ()
        self._timer: Timer | None = None
        self._asked = ""
        self._loaded: set[str] = set()

    @property
    def kamer(self) -> KamerantwoordApp:
        """The app, by its own type."""
        return cast("KamerantwoordApp", self.app)

    def compose(self) -> ComposeResult:
        """Search line and tabs."""
        yield Static(Content.styled("Bank", "bold $text-primary"), id="head")
        yield Input(
            placeholder="Zoek: woorden of een vraag   minister:…  portefeuille:…  partij:…  na:2024-01-01  soort:brief",
            id="bank-search",
        )
        with TabbedContent(id="bank", initial="zoeken"):
            with TabPane("Zoeken", id="zoeken"):
                yield FoundPane(self.kamer.desk.as_of)
            with TabPane("Stukken", id="stukken"):
                yield Static(id="entries-state")
                yield EntryList(id="entries")
            with TabPane("Standaardpassages", id="passages"):
                yield StandardPane(self.kamer.desk.as_of)
            with TabPane("Wie antwoordde", id="wie"):
                yield EntryList(id="signed")
            with TabPane("Verouderd", id="verouderd"), Vertical():
                yield Static(id="stale-state")
                yield EntryList(id="stale")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the search field."""
        self.query_one(FoundPane).state(
            "Typ een vraag of enkele woorden. Filters: minister: portefeuille: partij: dossier: soort: na: voor:"
        )
        self.query_one("#bank-search").focus()
        self._load("stukken")

    # -- searching -----------------------------------------------------------------------------------------------------

    @on(Input.Changed, "#bank-search")
    def _typed(self) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(0.2, self._search)

    @on(Input.Submitted, "#bank-search")
    def _submitted(self) -> None:
        self._search()
        tabs = self.query_one(TabbedContent)
        if tabs.active == "stukken":
            self.query_one("#entries").focus()
        else:
            self.action_tab("zoeken")

    def _search(self) -> None:
        typed = self.query_one("#bank-search", Input).value
        if typed == self._asked:
            return
        self._asked = typed
        pane = self.query_one(FoundPane)
        try:
            query = parse_query(typed)
        except KamerantwoordError as error:
            pane.wait(error.message)
            return
        desk = self.kamer.desk
        self.kamer.fetch(
            f"zoeken stukken {hash(typed)}",
            lambda _: desk.entries(query.text, query.filters),
            lambda entries: self._show_entries(entries, typed),
        )
        if not query.text:
            pane.wait("Typ een vraag of enkele woorden.")
            return
        pane.wait("Zoeken…")
        for meaning in (False, True):
            if meaning and desk.model is not ModelState.READY:
                continue

            def work(_: object, meaning: bool = meaning) -> tuple[SearchResult, ...]:
                return desk.search(query.text, None, meaning, query.filters)

            def show(results: tuple[SearchResult, ...], meaning: bool = meaning) -> None:
                self._show_results(results, typed, meaning)

            self.kamer.fetch(
                f"zoeken {meaning} {hash(typed)}",
                work,
                show,
                lambda: self._not_done("zoeken", "#found-state"),
            )

    def _show_results(self, results: tuple[SearchResult, ...], typed: str, meaning: bool) -> None:
        if not self.is_attached or typed != self._asked:
            return
        words = frozenset(word.lower() for word in typed.split() if len(word) > 3 and ":" not in word)
        found = count(len(results), "resultaat", "resultaten")
        self.query_one(FoundPane).show(results, words, found if meaning else f"{found} · op woorden")

    def model_ready(self) -> None:
        """Search again, now by meaning too."""
        self._asked = ""
        self._search()

    @on(FoundPane.Insert)
    def _insert(self, event: FoundPane.Insert) -> None:
        """There is no draft here: read instead."""
        event.stop()
        if event.passages:
            self.read(event.passages[0].rpartition("#")[0], event.passages[0].partition("@")[0])

    @on(FoundPane.Read)
    def _read(self, event: FoundPane.Read) -> None:
        event.stop()
        self.read(event.document, event.passage)

    def read(self, document: str, passage: str = "") -> None:
        """Read a document."""
        self.app.push_screen(ReadingScreen(document, passage))

    # -- tabs ----------------------------------------------------------------------------------------------------------

    @on(TabbedContent.TabActivated)
    def _tab(self, event: TabbedContent.TabActivated) -> None:
        if event.pane.id:
            self._load(event.pane.id)

    def action_tab(self, name: str) -> None:
        """Show a tab and go there."""
        first = {
            "zoeken": "#found-results",
            "stukken": "#entries",
            "passages": "#standard-list",
            "wie": "#signed",
            "verouderd": "#stale",
        }[name]
        go_to_tab(self, name, self.query_one(first).focus)

    def _load(self, tab: str) -> None:
        if tab in self._loaded:
            return
        self._loaded.add(tab)
        desk = self.kamer.desk
        if tab == "stukken":
            self.kamer.fetch("zoeken stukken", lambda _: desk.entries(), lambda e: self._show_entries(e, ""))
        elif tab == "passages":
            pane = self.query_one(StandardPane)
            pane.state("Standaardpassages worden opgezocht…")
            self.kamer.fetch(
                "standaard bank",
                lambda _: desk.standards(),
                self._show_standards,
                lambda: self._not_done("passages", "#standard-state"),
            )
        elif tab == "wie":
            self.kamer.fetch("zoeken wie", lambda _: desk.signed(), self._show_signed)
        elif tab == "verouderd":
            self.query_one("#stale-state", Static).update(
                Content.styled("De bank wordt nagelopen…", "$foreground-muted"), layout=False
            )
            self.kamer.start_job(
                "verouderd",
                "Bank nalopen",
                lambda job: desk.stale_in_bank(job),
                self._show_stale,
                otherwise=lambda: self._not_done("verouderd", "#stale-state"),
            )

    def _not_done(self, tab: str, state: str) -> None:
        """Work for a tab was stopped or failed: it is done when the user comes back to it."""
        self._loaded.discard(tab)
        self._asked = ""
        if self.is_attached:
            words = (
                "Niet gezocht. Enter in het zoekveld = opnieuw."
                if tab == "zoeken"
                else "Gestopt. Kom terug op deze tab om het alsnog te doen."
            )
            self.query_one(state, Static).update(Content.styled(words, "$foreground-muted"), layout=False)

    def _show_entries(self, entries: tuple[BankEntry, ...], typed: str) -> None:
        if not self.is_attached or typed != self._asked:
            return
        self.entries = entries
        shown = entries[:_MOST]
        options = self.query_one("#entries", EntryList)
        options.set_options(Option(_entry(entry)) for entry in shown)
        if shown:
            options.highlighted = 0
        more = f"; de nieuwste {_MOST} staan hier, typ om te zoeken" if len(entries) > _MOST else ""
        text = f"{count(len(entries), 'stuk', 'stukken')}{more}" if entries else "Geen stukken. a = toevoegen."
        self.query_one("#entries-state", Static).update(Content.styled(text, "$foreground-muted"), layout=False)

    def _show_standards(self, standards: tuple[Standard, ...]) -> None:
        if self.is_attached:
            self.query_one(StandardPane).show(standards)

    def _show_signed(self, signed: tuple[Signed, ...]) -> None:
        if self.is_attached:
            self.signed = signed
            options = self.query_one("#signed", EntryList)
            options.set_options(Option(_signed(one)) for one in signed)
            if signed:
                options.highlighted = 0

    def _show_stale(self, stale: tuple[Contradiction, ...]) -> None:
        if not self.is_attached:
            return
        self.stale = stale
        options = self.query_one("#stale", EntryList)
        options.set_options(Option(_stale(one)) for one in stale)
        text = f"{len(stale)} te controleren in de nieuwste versies" if stale else "Niets gevonden dat niet meer klopt."
        self.query_one("#stale-state", Static).update(Content.styled(text, "$foreground-muted"), layout=False)
        if stale:
            options.highlighted = 0

    @on(OptionList.OptionSelected, "#entries")
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        self.read(self.entries[event.option_index].id)

    @on(OptionList.OptionSelected, "#signed")
    def _signed_chosen(self, event: OptionList.OptionSelected) -> None:
        self.read(self.signed[event.option_index].document)

    @on(OptionList.OptionSelected, "#stale")
    def _stale_chosen(self, event: OptionList.OptionSelected) -> None:
        one = self.stale[event.option_index]
        self.read(one.old.document, one.block)

    # -- changing ------------------------------------------------------------------------------------------------------

    def action_focus_search(self) -> None:
        """Go to the search field."""
        self.query_one("#bank-search").focus()

    def action_add(self) -> None:
        """Add files or a folder."""

        def add(path: Path | None) -> None:
            if path is not None:
                desk = self.kamer.desk
                self.kamer.start_job("vullen", "Bank vullen", lambda job: desk.fill((path,), job), self._filled)

        self.app.push_screen(FileScreen("Welk bestand of welke map moet in de bank?", folders=True), add)

    def _filled(self, report: FillReport) -> None:
        from tui.screens.dossiers import fill_words

        self.kamer.say(fill_words(report), "warning" if report.failed else "information")
        if self.is_attached:
            self._loaded.clear()
            self._load(self.query_one(TabbedContent).active)

    def action_new(self) -> None:
        """Begin a dossier with the questions of the document at hand."""
        document = ""
        if self.query_one(TabbedContent).active == "zoeken":
            chosen = self.query_one(FoundPane).chosen
            document = chosen.document if chosen else ""
        elif self.entries:
            document = self.entries[self.query_one("#entries", EntryList).highlighted or 0].id
        if not document:
            self.kamer.say("Kies eerst een stuk.")
            return
        desk = self.kamer.desk
        self.kamer.start_job(
            "lezen", "Vragen lezen", lambda _: desk.questions_of(document), lambda asked: begin(self.kamer, asked)
        )

    def action_back(self) -> None:
        """Stop a job, or go back."""
        if not self.kamer.stop_job():
            self.dismiss()


def _entry(entry: BankEntry) -> Content:
    when = short_date(entry.date) if entry.date else "zonder datum"
    return Content.assemble(
        (f"{when:<13}", "$text-secondary"),
        (f"{_KINDS.get(entry.kind, entry.kind):<10}", "$foreground-muted"),
        line(entry.title),
    ) + line(f"  {entry.who}", "$foreground-muted")


def _signed(one: Signed) -> Content:
    span = short_date(one.first) if one.first == one.last else f"{short_date(one.first)} – {short_date(one.last)}"
    return Content.assemble(line(one.name, "bold"), "  ", line(one.portfolio or ""), "\n  ") + line(
        f"{one.office + ' · ' if one.office else ''}{span} · {count(one.times, 'stuk', 'stukken')}", "$foreground-muted"
    )


def _stale(one: Contradiction) -> Content:
    return Content("\n").join(
        [
            Content.styled("⚠ ", "bold $text-warning") + line(one.old.label, "bold"),
            prose(f"  “{one.old.quote}”: {one.message}"),
            Content(""),
        ]
    )
