"""The side of the workbench: what was found, standard passages, findings, sub-questions and the note, a tab each."""

from __future__ import annotations

import datetime

from textual.timer import Timer
from textual.widgets import TabbedContent, TabPane, TextArea

from drafter.backend.bank import search_meaning, search_words, standard_passages
from drafter.backend.local import ModelState
from drafter.bank_views.passage_list import StandardPassage, fitting_first
from drafter.search.values import SearchResult
from drafter.wording import count
from tui.shell import shell_of
from tui.widgets.found import FoundPane
from tui.widgets.options import Options
from tui.widgets.standard import StandardPane
from tui.widgets.tabs import fitting, set_labels
from tui.workbench.model import Workbench
from tui.workbench.panes.note import NoteText
from tui.workbench.panes.signals import CoveragePane, SignalPane
from tui.workbench.signal_places import places

LISTS = {
    "eerder": ("#found-results", "#found-passages"),
    "standaard": ("#standard-list", "#standard-variants"),
    "signalen": ("#signal-list",),
    "deelvragen": ("#covered-list",),
    "notities": ("#note",),
}
"""What Tab goes through in each tab."""

_SHORT = {
    "Deelvragen": "Deelvr.",
    "Standaard": "Stand.",
    "Signalen": "Sign.",
    "Notities": "Not.",
    "Deelvr.": "Deel",
    "Stand.": "St.",
    "Sign.": "Sig",
}
"""Shorter labels, in the order in which they are taken while not all tabs fit."""

_PAUSE = 0.12
"""Seconds on a question before it is searched."""

Key = tuple[str, bool]
"""What is searched, and whether by meaning too."""


class SideTabs(TabbedContent):
    """Tabs that follow the answer at hand; only the open one is filled."""

    def __init__(self, model: Workbench, as_of: datetime.date) -> None:
        super().__init__(id="side", initial=model.first_tab if model.first_tab in LISTS else "eerder")
        self._model = model
        self._found: dict[Key, tuple[SearchResult, ...]] = {}
        self._standards: tuple[StandardPassage, ...] | None = None
        self._key: Key | None = None
        self._timer: Timer | None = None
        self._differs = False
        for title, name, pane in (
            ("Eerder", "eerder", FoundPane(as_of)),
            ("Standaard", "standaard", StandardPane(as_of)),
            ("Signalen", "signalen", SignalPane()),
            ("Deelvragen", "deelvragen", CoveragePane()),
            ("Notities", "notities", NoteText(model.read_only)),
        ):
            self.compose_add_child(TabPane(title, pane, id=name))

    def show(self) -> None:
        """Bring the labels of all tabs up to date, and what stands in the one that is open."""
        if not self.is_attached:
            return
        answer = self._model.answer
        found = len(places((answer,), info=self._model.shows_info))
        missing = sum(not item.covered for item in answer.coverage)
        labels = {
            "eerder": "Eerder",
            "standaard": "Standaard",
            "signalen": f"Signalen {found}" if found else "Signalen",
            "deelvragen": f"Deelvragen {missing}" if missing else "Deelvragen",
            "notities": "Notities •" if answer.note else "Notities",
        }
        set_labels(self, fitting(labels, _SHORT, self.content_size.width or self.screen.size.width))
        self.fill(self.active)
        self.search_soon()

    def fill(self, tab: str) -> None:
        """Show in a tab what there is for the answer at hand."""
        answer = self._model.answer
        if tab == "eerder":
            self.query_one(FoundPane).mark_used(self._model.used)
            self.show_beside()
        elif tab == "standaard":
            self._load_standards()
        elif tab == "signalen":
            self.query_one(SignalPane).show(self._model.dossier.answers, self._model.number, self._model.shows_info)
        elif tab == "deelvragen":
            self.query_one(CoveragePane).show(answer)
        elif tab == "notities":
            note = self.query_one(NoteText)
            if note.text != answer.note:
                with note.prevent(TextArea.Changed):
                    note.text = answer.note

    def on_tabbed_content_tab_activated(self, event: TabbedContent.TabActivated) -> None:
        """Fill the tab that was opened."""
        if event.pane.id and self._model.dossier.answers:
            self.fill(event.pane.id)

    def show_beside(self, differs: bool | None = None) -> None:
        """Show how what was found stands to the paragraph at hand."""
        self._differs = self._differs if differs is None else differs
        block = self._model.block
        self.query_one(FoundPane).mark_beside(block.text if block else "", self._differs)

    def match(self, number: int) -> tuple[str, ...]:
        """What is inserted by the number of a match in the tab that is open, else of the earlier answers."""
        if self.match_tab == "standaard":
            standards = self.query_one(StandardPane).standards
            return (standards[number - 1].wordings[0].passage,) if 0 < number <= len(standards) else ()
        return self.query_one(FoundPane).match(number)

    @property
    def searching(self) -> bool:
        """Whether what fits the question at hand is still being looked for."""
        return self._key is not None and self._key not in self._found

    @property
    def match_tab(self) -> str:
        """The tab whose matches a number means: the open one, else that of the earlier answers."""
        return self.active if self.active == "standaard" else "eerder"

    def sees_match(self, number: int) -> bool:
        """Whether the match of a number is in view."""
        selector = LISTS[self.match_tab][0]
        return self.active == self.match_tab and self.query_one(selector, Options).sees(number - 1)

    def take_match(self, number: int) -> None:
        """Take the match of a number at hand, which brings it in view."""
        if self.match_tab == "eerder":
            self.query_one(FoundPane).take(number - 1)
        else:
            self.query_one(LISTS["standaard"][0], Options).highlighted = number - 1

    @property
    def chosen_passage(self) -> str | None:
        """The passage at hand in the tab of standard passages or of earlier answers."""
        if self.active == "standaard":
            wording = self.query_one(StandardPane).chosen_wording
            return wording.passage if wording else None
        pane = self.query_one(FoundPane)
        chosen = pane.chosen_passage
        return pane.passage_list.chosen or (chosen.id if chosen else None)

    # -- searching -----------------------------------------------------------------------------------------------------

    def search_soon(self) -> None:
        """Search once the user rests on a question."""
        key = (self._model.query, shell_of(self).backend.model is ModelState.READY)
        if key == self._key:
            return
        other = self._key is None or self._key[0] != key[0]
        self._key = key
        pane = self.query_one(FoundPane)
        if other:
            pane.begin()
        if key in self._found:
            self._show_found(key)
            return
        if other:
            pane.wait("Zoeken…")
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, lambda: self._search(key))

    def _search(self, key: Key) -> None:
        text, meaning = key
        questions = self._model.dossier.questions
        portfolio = next((h.portfolio for h in questions.addressees if h.portfolio), None)
        shell, search = shell_of(self), search_meaning if meaning else search_words
        backend = shell.backend

        def found(results: tuple[SearchResult, ...]) -> None:
            self._found[key] = results
            if key == self._key and self.is_attached:
                self._show_found(key)

        shell.fetch(
            f"zoeken {hash(key)}",
            lambda _: backend.ask(search, text, portfolio=portfolio, questions=questions),
            found,
            lambda: self._not_found(key),
        )

    def _not_found(self, key: Key) -> None:
        """The search was stopped or failed: coming back to the question searches anew."""
        if key == self._key and self.is_attached:
            self._key = None
            self.query_one(FoundPane).state("Niet gezocht. / = opnieuw zoeken.")

    def _show_found(self, key: Key) -> None:
        text, meaning = key
        results = self._found[key]
        words = frozenset(w.lower() for w in text.replace("?", " ").replace(",", " ").split() if len(w) > 4)
        message = "Geen eerdere antwoorden gevonden. Met / zoekt u met andere woorden."
        if results:
            message = count(len(results), "eerder antwoord", "eerdere antwoorden")
        state = shell_of(self).backend.model
        if not meaning and state is ModelState.FAILED:
            message += " · alleen op woorden (het model laadt niet)"
        elif not meaning and state is not ModelState.READY:
            message += " · op woorden; op betekenis volgt…"
        if text == self._model.own_words.get(self._model.number):
            message += f" · gezocht op “{' '.join(text.split())}”"
        self.query_one(FoundPane).show(results, words, message)
        self._show_standards()

    def _load_standards(self) -> None:
        if self._standards is not None:
            self._show_standards()
            return
        pane = self.query_one(StandardPane)
        pane.state("Standaardpassages worden opgezocht…")
        backend = shell_of(self).backend
        shell_of(self).fetch(
            "standaard",
            lambda _: backend.ask(standard_passages),
            self._keep_standards,
            lambda: pane.state("Niet opgezocht. Ga opnieuw naar deze tab."),
        )

    def _keep_standards(self, standards: tuple[StandardPassage, ...]) -> None:
        self._standards = standards
        if self.is_attached:
            self._show_standards()

    def _show_standards(self) -> None:
        """Those that stand in what was found for the question first."""
        if self._standards is None:
            return
        found = self._found.get(self._key) if self._key else None
        if found is None:
            self.query_one(StandardPane).show(self._standards)
        else:
            self.query_one(StandardPane).show(*fitting_first(self._standards, found))
