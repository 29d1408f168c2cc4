"""The side of the workbench that finds: earlier answers and standard passages."""

from __future__ import annotations

from textual import on
from textual.timer import Timer

from answers_bank.store.stored import Filters
from drafter.backend.protocol import ModelState, Standard
from drafter.bank_views.passage_list import fitting_first
from drafter.search.values import SearchResult
from drafter.wording import count
from tui.workbench.actions import WorkbenchActions
from tui.workbench.widgets.found import FoundPane
from tui.workbench.widgets.standard import StandardPane


class SearchSide(WorkbenchActions):
    """Searching for the question at hand, by word at once and by meaning when that can be."""

    _found: dict[tuple[str, bool], tuple[SearchResult, ...]]
    _own_words: dict[int, str]
    _standards: tuple[Standard, ...] | None
    _search_timer: Timer | None
    _search_key: tuple[str, bool] | None

    # -- searching -----------------------------------------------------------------------------------------------------

    def model_ready(self) -> None:
        """Meaning can be searched now: add what it finds."""
        self._search_soon()

    def _query(self) -> str:
        own = self._own_words.get(self.number)
        if own:
            return own
        questions = [self.dossier.questions.question(number) for number in self.answer.numbers]
        return "\n".join(q.text for q in questions if q)

    def _search_soon(self) -> None:
        """Search once the user rests on a question."""
        meaning = self.kamer.desk.model is ModelState.READY
        key = (self._query(), meaning)
        if key == self._search_key:
            return
        other = self._search_key is None or self._search_key[0] != key[0]
        self._search_key = key
        pane = self.query_one(FoundPane)
        if other:
            pane.begin()
        if key in self._found:
            self._show_found(key, self._found[key])
            return
        if other:
            pane.wait("Zoeken…")
        if self._search_timer:
            self._search_timer.stop()
        self._search_timer = self.set_timer(0.12, lambda: self._search(key))

    def _search(self, key: tuple[str, bool]) -> None:
        text, meaning = key
        portfolio = next((h.portfolio for h in self.dossier.questions.addressees if h.portfolio), None)
        desk, questions = self.kamer.desk, self.dossier.questions

        def work(_: object) -> tuple[SearchResult, ...]:
            return desk.search(text, portfolio, meaning, Filters(), questions)

        name = f"zoeken {hash(key)}"
        self.kamer.fetch(name, work, lambda results: self._keep_found(key, results), lambda: self._not_found(key))

    def _not_found(self, key: tuple[str, bool]) -> None:
        """The search was stopped or failed: coming back to the question searches anew."""
        if key == self._search_key and self.is_attached:
            self._search_key = None
            self.query_one(FoundPane).state("Niet gezocht. / = opnieuw zoeken.")

    def _keep_found(self, key: tuple[str, bool], results: tuple[SearchResult, ...]) -> None:
        self._found[key] = results
        if key == self._search_key and self.is_attached:
            self._show_found(key, results)

    def _show_found(self, key: tuple[str, bool], results: tuple[SearchResult, ...]) -> None:
        words = frozenset(w.lower() for w in key[0].replace("?", " ").replace(",", " ").split() if len(w) > 4)
        state = self.kamer.desk.model
        if not results:
            message = "Geen eerdere antwoorden gevonden. Met / zoekt u met andere woorden."
        else:
            message = count(len(results), "eerder antwoord", "eerdere antwoorden")
        if not key[1]:
            message += {
                ModelState.FAILED: " · alleen op woorden (het model laadt niet)",
                ModelState.READY: "",
            }.get(state, " · op woorden; op betekenis volgt…")
        if key[0] == self._own_words.get(self.number):
            message += f" · gezocht op “{' '.join(key[0].split())}”"
        self.query_one(FoundPane).show(results, words, message)
        self._show_standards()

    def _load_standards(self) -> None:
        if self._standards is not None:
            self._show_standards()
            return
        pane = self.query_one(StandardPane)
        pane.state("Standaardpassages worden opgezocht…")
        desk = self.kamer.desk
        self.kamer.fetch(
            "standaard",
            lambda _: desk.standards(),
            self._keep_standards,
            lambda: pane.state("Niet opgezocht. Ga opnieuw naar deze tab."),
        )

    def _keep_standards(self, standards: tuple[Standard, ...]) -> None:
        self._standards = standards
        if self.is_attached:
            self._show_standards()

    def _show_standards(self) -> None:
        """Those that stand in what was found for the question first."""
        found = self._found.get(self._search_key) if self._search_key else None
        if self._standards is None:
            return
        if found is None:
            self.query_one(StandardPane).show(self._standards)
        else:
            self.query_one(StandardPane).show(*fitting_first(self._standards, found))

    @on(FoundPane.Read)
    def _read(self, event: FoundPane.Read) -> None:
        event.stop()
        self.read_source(event.document, event.passage)

    def action_search(self) -> None:
        """Search with other words."""
        from tui.dialogs.ask import AskLine

        current = self._own_words.get(self.number, "")

        def search(words: str | None) -> None:
            if words is None:
                return
            if words.strip():
                self._own_words[self.number] = words.strip()
            else:
                self._own_words.pop(self.number, None)
            self._search_soon()
            self.action_tab("eerder")

        self.app.push_screen(AskLine("Zoeken met andere woorden (leeg = met de vraag zelf)", current), search)
