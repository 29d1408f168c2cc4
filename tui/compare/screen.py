"""Contradictions: between two documents, and of a draft with the bank; both sentences side by side."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from answers_bank.documents import Document
from drafter.backend.dossiers import read_document
from drafter.backend.review import compare, consistency
from drafter.dossier.value import Dossier
from drafter.tasks.contradictions import Contradiction, Quoted
from drafter.word_difference import alike
from drafter.wording import sentence_case, short_date
from tui.dialogs.files import FileScreen
from tui.reading import ReadingScreen
from tui.shell import ShellScreen
from tui.text import difference, line, prose
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options


class _PairScreen(ShellScreen["str | None"]):
    """A list of contradictions with both sides of the one at hand."""

    TITLE_WORDS = ""
    STOPPED_WORDS = ""
    NOTHING = ""
    found: tuple[Contradiction, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, list, both sides."""
        yield Static(Content.styled(self.TITLE_WORDS, "bold $text-primary"), id="head")
        yield Static(id="pair-state")
        yield Options(id="pairs")
        with Horizontal(id="sides"):
            for name, title in (("new", "Nu"), ("old", "Eerder")):
                with VerticalScroll(id=f"side-{name}", can_focus=False) as side:
                    side.border_title = title
                    yield Static(id=f"side-{name}-text")
        yield Static(id="pair-difference")
        yield JobLine()
        yield KeyBar()

    def state(self, message: str) -> None:
        """What is going on."""
        self.query_one("#pair-state", Static).update(Content.styled(message, "$foreground-muted"), layout=False)

    def show(self, found: tuple[Contradiction, ...]) -> None:
        """Show the contradictions."""
        if not self.is_attached:
            return
        self.found = found
        options = self.query_one(OptionList)
        options.set_options(
            Option(Content.assemble(_mark(one), (one.kind, "bold"), "\n  ", line(one.message))) for one in found
        )
        to_check = sum(one.to_check for one in found)
        self.state(f"{to_check} te controleren; het oordeel is aan u." if to_check else self.NOTHING)
        if found:
            options.highlighted = 0
            options.focus()

    def _stopped(self) -> None:
        if self.is_attached:
            self.state(self.STOPPED_WORDS)

    @property
    def chosen(self) -> Contradiction | None:
        """The contradiction at hand."""
        at = self.query_one(OptionList).highlighted
        return self.found[at] if at is not None and at < len(self.found) else None

    def on_option_list_option_highlighted(self) -> None:
        """Show both sides."""
        one = self.chosen
        if one is None:
            return
        for name, side in (("new", one.new), ("old", one.old)):
            self.query_one(f"#side-{name}-text", Static).update(_side(side))
        new, old = one.new.sentence or one.new.quote, one.old.sentence or one.old.quote
        words = Content.styled("Van eerder naar nu: ", "bold") + difference(old, new)
        self.query_one("#pair-difference", Static).update(words if alike(old, new) else Content(""))

    def action_back(self) -> None:
        """Stop a job, or go back."""
        if not self.shell.stop_job():
            self.dismiss(None)


class ConsistencyScreen(_PairScreen):
    """A draft against the bank and against itself."""

    TITLE_WORDS = "Samenhang van het concept"
    STOPPED_WORDS = "Niet nagegaan. Ga terug en druk op F5 om het opnieuw te doen."
    NOTHING = "Geen tegenspraak gevonden met de bank of binnen het concept."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "naar de alinea", priority=True),
        Binding("space", "read", "lezen", tooltip="het eerdere stuk lezen"),
        Binding("escape", "back", "terug"),
    ]

    def __init__(self, dossier: Dossier) -> None:
        super().__init__()
        self.dossier = dossier

    def on_mount(self) -> None:
        """Look for contradictions."""
        self.query_one(OptionList).focus()
        self.state("Het concept wordt vergeleken met de bank…")
        backend, dossier = self.shell.backend, self.dossier
        self.shell.start_job(
            "samenhang",
            "Samenhang nagaan",
            lambda job: backend.work(consistency, job, dossier),
            self.show,
            otherwise=self._stopped,
        )

    def action_go(self) -> None:
        """Go to the passage on the workbench."""
        self.dismiss(self.chosen.block if self.chosen else None)

    def action_read(self) -> None:
        """Read the earlier document."""
        if self.chosen and self.chosen.old.document:
            self.app.push_screen(ReadingScreen(self.chosen.old.document))


class CompareScreen(_PairScreen):
    """Two documents from files."""

    TITLE_WORDS = "Twee stukken vergelijken"
    STOPPED_WORDS = "Niet vergeleken. Kies een van beide stukken opnieuw (n of o)."
    NOTHING = "Geen tegenspraak gevonden: geen getal, datum, termijn of stelligheid die in beide anders is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "choose('new')", "nieuw stuk", tooltip="het nieuwe stuk kiezen"),
        Binding("o", "choose('old')", "eerder stuk", tooltip="het eerdere stuk kiezen"),
        Binding("escape", "back", "terug"),
    ]

    def __init__(self, old: Document | None = None) -> None:
        """`old` is the earlier document, where that is chosen already."""
        super().__init__()
        self.documents: dict[str, Document] = {} if old is None else {"old": old}

    def on_mount(self) -> None:
        """Ask for both."""
        self.query_one(OptionList).focus()
        for which, document in self.documents.items():
            self._show_name(which, document)
        self._say_what_is_needed()

    def _show_name(self, which: str, document: Document) -> None:
        day = f", {short_date(document.date)}" if document.date else ""
        self.query_one(f"#side-{which}-text", Static).update(line(f"{sentence_case(document.title)}{day}", "bold"))

    def _say_what_is_needed(self) -> None:
        names = {"new": "nieuw stuk (n)", "old": "eerder stuk (o)"}
        missing = [words for key, words in names.items() if key not in self.documents]
        self.state(f"Kies nog: {' en '.join(missing)}. Een stuk uit de bank kiest u daar (F3), met v.")

    def action_choose(self, which: str) -> None:
        """Choose one of the documents."""
        words = "nieuwe" if which == "new" else "eerdere"

        def read(path: Path | None) -> None:
            if path is not None:
                backend = self.shell.backend
                self.shell.start_job(
                    "lezen",
                    f"{path.name} lezen",
                    lambda _: backend.ask(read_document, path),
                    lambda d: self._have(which, d),
                )

        self.app.push_screen(FileScreen(f"Welk bestand is het {words} stuk?"), read)

    def _have(self, which: str, document: Document) -> None:
        self.documents[which] = document
        if self.is_attached:
            self._show_name(which, document)
        if len(self.documents) < 2:
            self._say_what_is_needed()
            return
        self.state("Vergelijken…")
        backend, new, old = self.shell.backend, self.documents["new"], self.documents["old"]
        self.shell.start_job(
            "vergelijken", "Vergelijken", lambda _: backend.ask(compare, new, old), self.show, otherwise=self._stopped
        )


def _mark(one: Contradiction) -> tuple[str, str]:
    return ("⇄ ", "bold $text-warning") if one.to_check else ("  ", "")


def _side(side: Quoted) -> Content:
    text = side.sentence or side.quote
    at = text.find(side.quote)
    words = prose(text)
    if at >= 0 and side.quote:
        words = words.stylize("bold underline $text-warning", at, at + len(side.quote))
    return Content("\n").join([line(side.label, "bold $text-secondary"), words])
