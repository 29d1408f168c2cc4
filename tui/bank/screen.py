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

from drafter.backend.protocol import BankEntry, FillReport, ModelState, Signed, Standard
from drafter.bank_views.stale_bank import StaleBank, StalePlace
from drafter.search.typed_query import parse_query
from drafter.search.values import SearchResult
from drafter.wording import count, sentence_case
from embeddings.errors import KamerantwoordError
from tui.bank.lists import MOST, EntryList, SearchField, entry_row, fill_list, signed_row, stale_row
from tui.bank.reading import ReadingScreen
from tui.dialogs.ask import Confirm
from tui.dialogs.files import FileScreen
from tui.dossiers.beginning import begin
from tui.text import plain
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.tabs import go_to_tab
from tui.workbench.widgets.found import FoundPane
from tui.workbench.widgets.standard import StandardPane

if TYPE_CHECKING:
    from tui.app import KamerantwoordApp


class BankScreen(Screen[None]):
    """Search, documents, standard passages, who answered, what is stale."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "focus_search", "zoeken", tooltip="naar het zoekveld"),
        Binding("a", "add", "toevoegen", tooltip="bestanden of een map toevoegen"),
        Binding("n", "new", "nieuw dossier", tooltip="nieuw dossier met het gekozen stuk als vragen"),
        Binding("v", "compare_with", "vergelijken", tooltip="het gekozen stuk met een ander stuk vergelijken"),
        Binding("delete,x", "remove", "weg", tooltip="het gekozen stuk uit de bank halen", show=False),
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
        self.stale = StaleBank()
        self._stale_shown: list[StalePlace] = []
        self._signed_shown: list[Signed] = []
        self.signed: tuple[Signed, ...] = ()
        self.standards: tuple[Standard, ...] = ()
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
        yield SearchField(
            placeholder="Zoek: woorden of een vraag   minister:…  portefeuille:…  partij:…  na:2024-01-01  soort:brief",
            id="bank-search",
        )
        with TabbedContent(id="bank", initial="zoeken"):
            with TabPane("Zoeken", id="zoeken"):
                yield FoundPane(self.kamer.desk.as_of, inserts=False)
            with TabPane("Stukken", id="stukken"):
                yield Static(id="entries-state")
                yield EntryList(id="entries")
            with TabPane("Standaardpassages", id="passages"):
                yield StandardPane(self.kamer.desk.as_of, inserts=False)
            with TabPane("Wie antwoordde", id="wie"):
                yield Static(id="signed-state")
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
        self.action_tab(self.query_one(TabbedContent).active)

    def _search(self) -> None:
        typed = self.query_one("#bank-search", Input).value
        if typed == self._asked:
            return
        self._asked = typed
        self._narrow()
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
        shown = entries[:MOST]
        options = self.query_one("#entries", EntryList)
        options.set_options(Option(entry_row(entry)) for entry in shown)
        if shown:
            options.highlighted = 0
        more = f"; de nieuwste {MOST} staan hier, typ om te zoeken" if len(entries) > MOST else ""
        none = self._nothing_with() if typed.strip() else "Geen stukken. a = toevoegen."
        text = f"{count(len(entries), 'stuk', 'stukken')}{more}" if entries else none
        self.query_one("#entries-state", Static).update(Content.styled(text, "$foreground-muted"), layout=False)

    # -- lists that the words narrow -----------------------------------------------------------------------------------

    def _narrow(self) -> None:
        """Show of the other tabs what holds the words typed."""
        self._show_standards(self.standards)
        self._show_signed(self.signed)
        self._show_stale(self.stale)

    def _holds(self, *texts: str) -> bool:
        hay = " ".join(texts).casefold()
        return all(word in hay for word in self._asked.casefold().split() if ":" not in word)

    def _show_standards(self, standards: tuple[Standard, ...]) -> None:
        self.standards = standards
        if self.is_attached and "passages" in self._loaded:
            held = tuple(one for one in standards if self._holds(*(variant.text for variant in one.variants)))
            pane = self.query_one(StandardPane)
            pane.show(held)
            if standards and not held:
                pane.state(self._nothing_with())

    def _show_signed(self, signed: tuple[Signed, ...]) -> None:
        self.signed = signed
        if self.is_attached and "wie" in self._loaded:
            self._signed_shown = [one for one in signed if self._holds(one.name, one.portfolio, one.office)]
            fill_list(self.query_one("#signed", EntryList), [signed_row(one) for one in self._signed_shown])
            people = count(len(self._signed_shown), "bewindspersoon", "bewindspersonen")
            told = f"{people}, wie het laatst antwoordde bovenaan. Typ een naam of ministerie om te kiezen."
            self._state("#signed-state", told if self._signed_shown else self._nothing_with())

    def _show_stale(self, stale: StaleBank) -> None:
        self.stale = stale
        if not self.is_attached or "verouderd" not in self._loaded or "verouderd" in self.kamer.jobs:
            return
        held = [place for place in stale.places if self._holds(place.label, place.quote, place.kind)]
        self._stale_shown = held[:MOST]
        rows = []
        last = None
        for place in self._stale_shown:
            group = "In standaardpassages" if place.times else "In de stukken: wat zeker voorbij is"
            rows.append(stale_row(place, group if group != last else None))
            last = group
        fill_list(self.query_one("#stale", EntryList), rows)
        seen = f"{stale.looked_through} van {count(stale.documents, 'stuk', 'stukken')} nagelopen"
        if stale.looked_through == stale.documents:
            seen = f"{count(stale.documents, 'stuk', 'stukken')} nagelopen"
        more = f"; hier staan de eerste {MOST}" if len(held) > MOST else ""
        found = f"{len(held)} te controleren, {sum(place.times > 0 for place in held)} in standaardpassages"
        none = self._nothing_with() if stale.places else "Niets gevonden."
        self._state("#stale-state", f"{seen}: {found}{more}" if held else f"{seen}. {none}")

    def _nothing_with(self) -> str:
        return f"Niets met “{self._asked.strip()}”. Maak het zoekveld leeg (/) voor alles."

    def _state(self, where: str, text: str) -> None:
        self.query_one(where, Static).update(Content.styled(text, "$foreground-muted"), layout=False)

    @on(OptionList.OptionSelected, "#entries")
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        self.read(self.entries[event.option_index].id)

    @on(OptionList.OptionSelected, "#signed")
    def _signed_chosen(self, event: OptionList.OptionSelected) -> None:
        self.read(self._signed_shown[event.option_index].document)

    @on(OptionList.OptionSelected, "#stale")
    def _stale_chosen(self, event: OptionList.OptionSelected) -> None:
        place = self._stale_shown[event.option_index]
        self.read(place.document, place.passage)

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
        from tui.dossiers.screen import fill_words

        self.kamer.say(fill_words(report), "warning" if report.failed else "information")
        if self.is_attached:
            self._loaded.clear()
            self._load(self.query_one(TabbedContent).active)

    def _at_hand(self) -> str:
        """The document at hand; empty, and said so, where there is none."""
        tab = self.query_one(TabbedContent).active
        document = ""
        if tab == "zoeken":
            chosen = self.query_one(FoundPane).chosen
            document = chosen.document if chosen else ""
        elif tab == "stukken" and self.entries:
            document = self.entries[self.query_one("#entries", EntryList).highlighted or 0].id
        elif tab == "wie" and self._signed_shown:
            document = self._signed_shown[self.query_one("#signed", EntryList).highlighted or 0].document
        elif tab == "verouderd" and self._stale_shown:
            document = self._stale_shown[self.query_one("#stale", EntryList).highlighted or 0].document
        if not document:
            self.kamer.say("Kies eerst een stuk.")
        return document

    def action_compare_with(self) -> None:
        """Compare the document at hand with another."""
        from tui.compare.screen import CompareScreen

        document = self._at_hand()
        if document:
            desk = self.kamer.desk
            self.kamer.start_job(
                "lezen",
                "Stuk lezen",
                lambda _: desk.document(document),
                lambda old: self.app.push_screen(CompareScreen(old)),
            )

    def action_remove(self) -> None:
        """Take the document at hand out of the bank."""
        document = self._at_hand()
        if not document:
            return
        desk = self.kamer.desk

        def remove(yes: bool | None) -> None:
            if yes:
                self.kamer.start_job("weghalen", "Weghalen", lambda _: desk.remove(document), self._removed)

        title = next((entry.title for entry in self.entries if entry.id == document), document)
        name = plain(sentence_case(title), breaks=False)[:60]
        self.app.push_screen(Confirm(f"“{name}” uit de bank halen? Het bestand zelf blijft staan. (j/n)"), remove)

    def _removed(self, _: None) -> None:
        self.kamer.say("Uit de bank gehaald. Met a voegt u het stuk weer toe.")
        if self.is_attached:
            self._asked = "\n"  # what is shown was asked of another bank
            self._loaded.clear()
            self._search()
            self._load(self.query_one(TabbedContent).active)

    def action_new(self) -> None:
        """Begin a dossier with the questions of the document at hand."""
        document = self._at_hand()
        if not document:
            return
        desk = self.kamer.desk
        self.kamer.start_job(
            "lezen", "Vragen lezen", lambda _: desk.questions_of(document), lambda asked: begin(self.kamer, asked)
        )

    def action_back(self) -> None:
        """Stop a job, or go back."""
        if not self.kamer.stop_job():
            self.dismiss()
