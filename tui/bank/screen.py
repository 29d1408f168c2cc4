"""The bank: what is in it, what was answered, by whom, and what no longer holds."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static, TabbedContent, TabPane

from answers_bank.store.stored import DocumentSummary
from drafter.backend.bank import (
    document,
    doubtful_in_bank,
    entries,
    office_terms,
    remove,
    search_meaning,
    search_words,
    stale_in_bank,
    standard_passages,
)
from drafter.backend.local import ModelState
from drafter.bank_views.doubted import DoubtfulBank
from drafter.bank_views.office_holders import OfficeTerm
from drafter.bank_views.passage_list import StandardPassage
from drafter.bank_views.stale_bank import StaleBank
from drafter.search.typed_query import parse_query
from drafter.search.values import SearchResult
from drafter.wording import count, sentence_case
from embeddings.errors import KamerantwoordError
from tui.bank.lists import DocumentPane, DoubtPane, ListPane, OfficePane, SearchField, StalePane, holds, nothing_with
from tui.bank.passage_care import ask_care
from tui.compare.screen import CompareScreen
from tui.dialogs.ask import Confirm
from tui.dialogs.begin import ask_what_to_add, begin_with
from tui.dialogs.correct import CorrectScreen
from tui.reading import ReadingScreen
from tui.shell import ShellScreen
from tui.text import plain
from tui.widgets.found import FoundPane
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.lists import StatedPane
from tui.widgets.standard import StandardPane
from tui.widgets.tabs import go_to_tab

_PAUSE = 0.2
"""Seconds after a key until what was typed is searched."""

_LISTS = {
    "zoeken": "#found-results",
    "stukken": "#entries",
    "passages": "#standard-list",
    "wie": "#signed",
    "verouderd": "#stale",
    "nakijken": "#doubtful",
}
"""The first list of each tab."""


class BankScreen(ShellScreen[None]):
    """Search, documents, standard passages, who answered, what is stale."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "focus_search", "zoeken", tooltip="naar het zoekveld"),
        Binding("a", "add", "toevoegen", tooltip="bestanden of een map toevoegen"),
        Binding("e", "correct", "verbeteren", tooltip="datum, onderwerp en meer van het gekozen stuk verbeteren"),
        Binding("n", "new", "nieuw dossier", tooltip="nieuw dossier met het gekozen stuk als vragen"),
        Binding("v", "compare_with", "vergelijken", tooltip="het gekozen stuk met een ander stuk vergelijken"),
        Binding("o", "care", "eigenaar", tooltip="eigenaar, notitie en nakijkdag van de standaardpassage", show=False),
        Binding("delete,x", "remove", "weg", tooltip="het gekozen stuk uit de bank halen", show=False),
        Binding("1", "tab('zoeken')", "tab Zoeken", show=False),
        Binding("2", "tab('stukken')", "tab Stukken", show=False),
        Binding("3", "tab('passages')", "tab Standaardpassages", show=False),
        Binding("4", "tab('wie')", "tab Wie antwoordde", show=False),
        Binding("5", "tab('verouderd')", "tab Verouderd", show=False),
        Binding("6", "tab('nakijken')", "tab Nakijken", show=False),
        Binding("escape", "back", "terug"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._standards: tuple[StandardPassage, ...] = ()
        self._terms: tuple[OfficeTerm, ...] = ()
        self._stale = StaleBank()
        self._doubtful = DoubtfulBank()
        self._timer: Timer | None = None
        self._asked = ""
        self._loaded: set[str] = set()

    def compose(self) -> ComposeResult:
        """Search line and tabs."""
        as_of = self.shell.backend.as_of
        yield Static(Content.styled("Bank", "bold $text-primary"), id="head")
        yield SearchField(
            placeholder="Zoek: woorden of een vraag   minister:…  portefeuille:…  partij:…  na:2024-01-01  soort:brief",
            id="bank-search",
        )
        with TabbedContent(id="bank", initial="zoeken"):
            with TabPane("Zoeken", id="zoeken"):
                yield FoundPane(as_of, inserts=False)
            with TabPane("Stukken", id="stukken"):
                yield DocumentPane("entries")
            with TabPane("Standaardpassages", id="passages"):
                yield StandardPane(as_of, inserts=False)
            with TabPane("Wie antwoordde", id="wie"):
                yield OfficePane("signed")
            with TabPane("Verouderd", id="verouderd"):
                yield StalePane("stale")
            with TabPane("Nakijken", id="nakijken"):
                yield DoubtPane("doubtful")
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
        self._timer = self.set_timer(_PAUSE, self._search)

    @on(Input.Submitted, "#bank-search")
    def _submitted(self) -> None:
        self._search()
        self.action_tab(self.query_one(TabbedContent).active)

    def _search(self) -> None:
        typed = self.query_one("#bank-search", Input).value
        if typed == self._asked:
            return
        self._asked = typed
        self._show_standards(self._standards)
        self._show_terms(self._terms)
        self._show_stale(self._stale)
        self._show_doubtful(self._doubtful)
        pane = self.query_one(FoundPane)
        try:
            query = parse_query(typed)
        except KamerantwoordError as error:
            pane.wait(error.message)
            return
        backend = self.shell.backend
        self.shell.fetch(
            f"zoeken stukken {hash(typed)}",
            lambda _: backend.ask(entries, query.text, query.filters),
            lambda found: self._show_entries(found, typed),
        )
        if not query.text:
            pane.wait("Typ een vraag of enkele woorden.")
            return
        pane.wait("Zoeken…")
        searches = [(search_words, " · op woorden")]
        if backend.model is ModelState.READY:
            searches.append((search_meaning, ""))
        for search, how in searches:
            self.shell.fetch(
                f"zoeken {search.__name__} {hash(typed)}",
                lambda _, search=search: backend.ask(search, query.text, query.filters),  # type: ignore[misc]
                lambda results, how=how: self._show_results(results, typed, how),  # type: ignore[misc]
                lambda: self._not_done("zoeken"),
            )

    def _show_results(self, results: tuple[SearchResult, ...], typed: str, how: str) -> None:
        if self.is_attached and typed == self._asked:
            words = frozenset(word.lower() for word in typed.split() if len(word) > 3 and ":" not in word)
            found = count(len(results), "resultaat", "resultaten")
            self.query_one(FoundPane).show(results, words, f"{found}{how}")

    def model_ready(self) -> None:
        """Search again, now by meaning too."""
        self._asked = ""
        self._search()

    # -- tabs ----------------------------------------------------------------------------------------------------------

    @on(TabbedContent.TabActivated)
    def _tab(self, event: TabbedContent.TabActivated) -> None:
        if event.pane.id:
            self._load(event.pane.id)

    def action_tab(self, name: str) -> None:
        """Show a tab and go there."""
        go_to_tab(self, name, self.query_one(_LISTS[name]).focus)

    def _load(self, tab: str) -> None:
        """Ask for what a tab shows, once."""
        if tab in self._loaded:
            return
        self._loaded.add(tab)
        backend = self.shell.backend
        if tab == "stukken":
            self.shell.fetch("zoeken stukken", lambda _: backend.ask(entries), lambda e: self._show_entries(e, ""))
        elif tab == "passages":
            self.query_one(StandardPane).state("Standaardpassages worden opgezocht…")
            self.shell.fetch(
                "standaard bank",
                lambda _: backend.ask(standard_passages),
                self._show_standards,
                lambda: self._not_done("passages"),
            )
        elif tab == "wie":
            self.shell.fetch("zoeken wie", lambda _: backend.ask(office_terms), self._show_terms)
        elif tab == "verouderd":
            self.query_one(StalePane).state("De bank wordt nagelopen…")
            self.shell.start_job(
                "verouderd",
                "Bank nalopen",
                lambda job: backend.work(stale_in_bank, job),
                self._show_stale,
                otherwise=lambda: self._not_done("verouderd"),
            )

        elif tab == "nakijken":
            self.query_one(DoubtPane).state("De bank wordt nagelopen…")
            self.shell.start_job(
                "nakijken",
                "Bank nalopen",
                lambda job: backend.work(doubtful_in_bank, job),
                self._show_doubtful,
                otherwise=lambda: self._not_done("nakijken"),
            )

    def _not_done(self, tab: str) -> None:
        """Work for a tab was stopped or failed: it is done when the user comes back to it."""
        self._loaded.discard(tab)
        self._asked = ""
        if not self.is_attached:
            return
        if tab == "zoeken":
            self.query_one(FoundPane).state("Niet gezocht. Enter in het zoekveld = opnieuw.")
        else:
            of_tab: dict[str, type[StatedPane]] = {"passages": StandardPane, "nakijken": DoubtPane}
            pane = self.query_one(of_tab.get(tab, StalePane))
            pane.state("Gestopt. Kom terug op deze tab om het alsnog te doen.")

    def _show_entries(self, found: tuple[DocumentSummary, ...], typed: str) -> None:
        if self.is_attached and typed == self._asked:
            self.query_one(DocumentPane).show(found, typed)

    def _show_standards(self, standards: tuple[StandardPassage, ...]) -> None:
        self._standards = standards
        if self.is_attached and "passages" in self._loaded:
            held = tuple(s for s in standards if holds(self._asked, *(wording.text for wording in s.wordings)))
            pane = self.query_one(StandardPane)
            pane.show(held)
            if standards and not held:
                pane.state(nothing_with(self._asked))

    def _show_terms(self, terms: tuple[OfficeTerm, ...]) -> None:
        self._terms = terms
        if self.is_attached and "wie" in self._loaded:
            self.query_one(OfficePane).show(terms, self._asked)

    def _show_stale(self, stale: StaleBank) -> None:
        self._stale = stale
        if self.is_attached and "verouderd" in self._loaded and "verouderd" not in self.shell.jobs:
            self.query_one(StalePane).show(stale, self._asked)

    def _show_doubtful(self, doubtful: DoubtfulBank) -> None:
        self._doubtful = doubtful
        if self.is_attached and "nakijken" in self._loaded and "nakijken" not in self.shell.jobs:
            self.query_one(DoubtPane).show(doubtful, self._asked)

    # -- reading -------------------------------------------------------------------------------------------------------

    @on(FoundPane.Insert)
    def _insert(self, event: FoundPane.Insert) -> None:
        """There is no draft here: read instead."""
        event.stop()
        if event.passages:
            self._read(event.passages[0].rpartition("#")[0], event.passages[0].partition("@")[0])

    @on(FoundPane.Read)
    @on(ListPane.Chosen)
    def _read_asked(self, event: FoundPane.Read | ListPane.Chosen) -> None:
        event.stop()
        self._read(event.document, event.passage)

    def _read(self, identifier: str, passage: str) -> None:
        screen = ReadingScreen(identifier, passage)

        def read(_: tuple[str, ...] | None) -> None:
            if screen.changed:
                self._changed()

        self.app.push_screen(screen, read)

    def action_focus_search(self) -> None:
        """Go to the search field."""
        self.query_one("#bank-search").focus()

    # -- changing ------------------------------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Add files or a folder."""
        ask_what_to_add(self.shell, self._changed)

    def _changed(self) -> None:
        """The bank holds something else now."""
        if self.is_attached:
            self._asked = "\n"  # what is shown was asked of another bank
            self._loaded.clear()
            self._search()
            self._load(self.query_one(TabbedContent).active)

    def _at_hand(self) -> str:
        """The document at hand; empty, and said so, where there is none."""
        pane = self.query_one(TabbedContent).active_pane
        found = ""
        if pane is not None and pane.id == "zoeken":
            chosen = self.query_one(FoundPane).chosen
            found = chosen.document if chosen else ""
        elif pane is not None and pane.id != "passages":
            found = pane.query_one(ListPane).document
        if not found:
            self.shell.say("Kies eerst een stuk.")
        return found

    def action_compare_with(self) -> None:
        """Compare the document at hand with another."""
        identifier = self._at_hand()
        if identifier:
            backend = self.shell.backend
            self.shell.start_job(
                "lezen",
                "Stuk lezen",
                lambda _: backend.ask(document, identifier),
                lambda old: self.app.push_screen(CompareScreen(old)),
            )

    def action_correct(self) -> None:
        """Correct what is known of the document at hand."""
        identifier = self._at_hand()

        def corrected(changed: bool | None) -> None:
            if changed:
                self._changed()

        if identifier:
            self.app.push_screen(CorrectScreen(identifier), corrected)

    def action_care(self) -> None:
        """Say who looks after the standard passage at hand, a note, or before which day it is to be looked at."""
        pane = self.query_one(StandardPane)
        standard = pane.chosen if self.query_one(TabbedContent).active == "passages" else None
        if standard is None:
            self.shell.say("Kies eerst een standaardpassage (tab 3).")
            return
        ask_care(self.shell, standard, self._care_changed)

    def _care_changed(self) -> None:
        self._loaded.discard("passages")
        self._load("passages")

    def action_remove(self) -> None:
        """Take the document at hand out of the bank."""
        identifier = self._at_hand()
        if not identifier:
            return
        backend = self.shell.backend

        def taken_out(yes: bool | None) -> None:
            if yes:
                self.shell.start_job("weghalen", "Weghalen", lambda _: backend.ask(remove, identifier), self._removed)

        known = self.query_one(DocumentPane).entries
        title = next((entry.title for entry in known if entry.id == identifier), identifier)
        name = plain(sentence_case(title), breaks=False)[:60]
        self.app.push_screen(Confirm(f"“{name}” uit de bank halen? Het bestand zelf blijft staan. (j/n)"), taken_out)

    def _removed(self, _: None) -> None:
        self.shell.say("Uit de bank gehaald. Met a voegt u het stuk weer toe.")
        self._changed()

    def action_new(self) -> None:
        """Begin a dossier with the questions of the document at hand."""
        identifier = self._at_hand()
        if identifier:
            begin_with(self.shell, identifier)

    def action_back(self) -> None:
        """Stop a job, or go back."""
        if not self.shell.stop_job():
            self.dismiss()
