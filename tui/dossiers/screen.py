"""The start: the drafts in progress, those that are late first, and the bank in one line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from answers_bank.documents import Document
from drafter.backend.bank import BankLine, bank_line, open_sets
from drafter.backend.dossiers import questions_from_text, read_questions
from drafter.backend.review import review_file
from drafter.dossier.summary import DossierSummary
from drafter.tasks.sample import sample_bank, sample_questions
from drafter.wording import count, short_date
from tui.dialogs.ask import AskText, Confirm
from tui.dialogs.begin import add_to_bank, ask_what_to_add, begin, begin_with
from tui.dialogs.files import FileScreen
from tui.dossiers.columns import COLUMNS, PROGRESS, summary_words
from tui.dossiers.open_sets import OpenSetsScreen
from tui.jobs import Job
from tui.shell import ShellScreen
from tui.text import line, plain
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from drafter.tasks.open_questions import OpenSet
    from tui.dossiers.together import TogetherOnStart


_TOGETHER = 2.0
"""Seconds between two questions how the bank stands to a shared one; asked of a process of this machine."""


def _drafting(job: Job) -> str:
    return f"wordt opgesteld, {job.done} van {job.total}" if job.total else "wordt opgesteld…"


class DossierTable(DataTable[Text]):
    """The dossiers; Enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "openen")]


class DossiersScreen(ShellScreen[None]):
    """The list of dossiers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "nieuw uit bestand", tooltip="nieuw dossier uit een bestand met vragen"),
        Binding("p", "paste", "nieuw uit tekst", tooltip="nieuw dossier uit geplakte vragen"),
        Binding("a", "add", "bank vullen", tooltip="bestanden of een map aan de bank toevoegen"),
        Binding("w", "waiting", "wacht op antwoord", tooltip="vragen in de bank die op antwoord wachten"),
        Binding("v", "sample", "voorbeeld", tooltip="proberen met het meegeleverde voorbeeld", show=False),
        Binding("b", "app.bank", "bank", tooltip="de bank bekijken en doorzoeken"),
        Binding("f7", "review_file", "stuk beoordelen", tooltip="een los stuk naast de bank leggen", show=False),
        Binding("delete,x", "delete", "weg", tooltip="dossier verwijderen", show=False),
        Binding("r", "reload", "verversen", tooltip="lijst verversen", show=False),
        Binding("s", "shared", "gedeeld", tooltip="gedeelde dossiers bekijken en ophalen"),
        Binding("y", "password", "wachtwoord", tooltip="wachtwoord voor de gedeelde bank", show=False),
        Binding("escape", "stop", "stoppen", tooltip="lopend werk stoppen", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.summaries: tuple[DossierSummary, ...] = ()
        self.bank_line: BankLine | None = None
        """None until it is known."""
        self.waiting: tuple[OpenSet, ...] = ()
        self.together: TogetherOnStart | None = None
        """What is shown of others; None where the bank follows no shared one."""

    @property
    def _filled_bank(self) -> bool:
        return self.bank_line is not None and self.bank_line.documents > 0

    def compose(self) -> ComposeResult:
        """Title, table or explanation, the bank."""
        if self.shell.backend.companion is not None:
            # Deferred: who works alone loads nothing of it.
            from tui.dossiers.together import TogetherOnStart

            self.together = TogetherOnStart(self, self.shell.backend.companion)
        yield Static(
            Content.styled("kamerantwoord", "bold $text-primary") + Content.styled("  Dossiers", "bold"), id="head"
        )
        yield DossierTable(id="dossiers", cursor_type="row", zebra_stripes=True)
        yield Static(id="welcome")
        yield Static(id="dossier-line")
        yield Static(id="waiting-line")
        yield Static(id="bank-line")
        yield from (self.together.compose() if self.together else ())
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the list."""
        self.reload()
        self.set_interval(1.0, self._follow)
        if self.together is not None:
            self.set_interval(_TOGETHER, self.together.look)
            self.together.look()

    def _follow(self) -> None:
        """Show how far a draft is that is being made."""
        if self.is_current and "opstellen" in self.shell.jobs:
            self._show()

    def on_screen_resume(self) -> None:
        """Show what changed meanwhile."""
        self.reload()

    def on_resize(self) -> None:
        """Fit the columns."""
        self.call_after_refresh(self._show)

    def reload(self) -> None:
        """Read the list again; the bank is asked in a thread."""
        today = self.shell.backend.as_of

        def urgency(summary: DossierSummary) -> tuple[int, float]:
            left = summary.days_left(today)
            unfinished = summary.done < summary.total or not summary.total
            late = left is not None and left < 0 and unfinished
            return (0 if late else 1, -(summary.changed.timestamp() if summary.changed else 0))

        self.summaries = tuple(sorted(self.shell.backend.store.list(), key=urgency))
        self._show()
        ask = self.shell.backend.ask
        self.shell.fetch("bankregel", lambda _: (ask(bank_line), ask(open_sets)), self._bank_known)

    def _bank_known(self, known: tuple[BankLine, tuple[OpenSet, ...]]) -> None:
        self.bank_line, self.waiting = known
        if self.is_attached:
            self._show()

    def show(self) -> None:
        """Show what is known."""
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        table = self.query_one(DossierTable)
        table.display = bool(self.summaries)
        keep = table.cursor_row
        had_focus = table.has_focus
        table.clear(columns=True)
        columns = self.together.with_column(COLUMNS) if self.together else COLUMNS
        shown = [column for column in columns if self.size.width >= column.least]
        subject = max(self.size.width - sum(column.width for column in shown) - 2 * len(shown) - 3, 20)
        for column in shown:
            table.add_column(column.name, width=column.width or subject)
        today = self.shell.backend.as_of
        for summary in self.summaries:
            cells = [column.cell(summary, today) for column in shown]
            job = self.shell.jobs.get("opstellen")
            if job is not None and job.about == summary.id:
                cells[[column.name for column in shown].index(PROGRESS)] = Text(_drafting(job))
            table.add_row(*cells, key=summary.id)
        if self.summaries:
            table.move_cursor(row=min(keep, len(self.summaries) - 1))
            if self.focused is None or had_focus:
                table.focus()
        self.query_one("#welcome", Static).update(self._welcome())
        known = self.bank_line is not None
        self.query_one("#welcome").display = known and not (self.summaries and self._filled_bank)
        self.query_one("#bank-line", Static).update(self._bank_words())
        self.query_one("#waiting-line", Static).update(self._waiting_words(), layout=False)
        self._show_line()

    def _show_line(self) -> None:
        """The dossier at hand, with all that the table has no room for."""
        at = self.query_one(DossierTable).cursor_row
        words = Content("")
        if 0 <= at < len(self.summaries) and not self.summaries[at].problem:
            words = line(summary_words(self.summaries[at]), "$foreground-muted")
            if self.together is not None and (others := self.together.words(self.summaries[at])):
                words = line(f"{others} · ", "$text-accent") + Content(" ") + words
        self.query_one("#dossier-line", Static).update(words, layout=False)

    def on_data_table_row_highlighted(self) -> None:
        """Tell of the dossier at hand."""
        self._show_line()

    def _welcome(self) -> Content:
        steps: list[tuple[str, str]] = []
        if not self._filled_bank:
            steps.append(("a", "Vul de bank met eerdere antwoorden en Kamerbrieven: kies een bestand of een map,"))
            steps.append(("v", "of zet er eerst het meegeleverde voorbeeld in, om te proberen."))
        if not self.summaries:
            steps.append(("n", "Begin een dossier met een bestand met Kamervragen (p: met geplakte tekst)."))
            if self.bank_line and self.bank_line.has_sample:
                steps.append(("v", "of probeer het met de vragen uit het meegeleverde voorbeeld."))
        return Content("\n").join(Content.assemble((f"  {key}  ", "bold $text-accent"), text) for key, text in steps)

    def _bank_words(self) -> Content:
        bank = self.bank_line
        if bank is None:
            return Content.styled("Bank: …", "$foreground-muted")
        if bank.problem:
            return Content.styled("✗ Bank: ", "bold $text-error") + line(bank.problem)
        if not bank.documents:
            return Content.styled("De bank is nog leeg.", "$foreground-muted")
        span = f" · {short_date(bank.first)} – {short_date(bank.last)}" if bank.first and bank.last else ""
        filled = f" · laatst gevuld {bank.filled:%d-%m-%Y %H:%M}" if bank.filled else ""
        words = f"{count(bank.documents, 'stuk', 'stukken')} · {count(bank.passages, 'alinea', 'alinea’s')}{span}"
        if len(words) + len(filled) + 10 <= self.size.width:
            words += filled
        return Content.styled("Bank: ", "bold") + Content(words)

    def _waiting_words(self) -> Content:
        if not self.waiting:
            return Content("")
        late = sum(one.overdue for one in self.waiting)
        sets = count(len(self.waiting), "vragenset wacht", "vragensets wachten")
        overdue = Content.styled(f", {late} te laat", "bold $text-error") if late else Content("")
        return Content.assemble(
            ("Kamer: ", "bold"), f"{sets} in de bank op antwoord", overdue, (" (w)", "$text-accent")
        )

    # -- opening and beginning -----------------------------------------------------------------------------------------

    def on_data_table_row_selected(self, event: DossierTable.RowSelected) -> None:
        """Open the dossier."""
        if event.row_key.value:
            self.shell.open_dossier(event.row_key.value)

    def action_reload(self) -> None:
        """Show the list anew."""
        self.reload()

    def action_new(self) -> None:
        """Begin a dossier from a file."""
        self.app.push_screen(FileScreen("Welk bestand bevat de vragen?"), self._from_file)

    def _from_file(self, path: Path | None) -> None:
        if path is not None:
            backend = self.shell.backend
            self.shell.start_job("lezen", f"{path.name} lezen", lambda _: backend.ask(read_questions, path), self.begin)

    def action_paste(self) -> None:
        """Begin a dossier from pasted text."""
        self.app.push_screen(AskText("Plak of typ de vragen (^s = gereed)"), self._from_text)

    def _from_text(self, text: str | None) -> None:
        if text and text.strip():
            backend = self.shell.backend
            self.shell.start_job("lezen", "Vragen lezen", lambda _: backend.ask(questions_from_text, text), self.begin)

    def begin(self, questions: Document) -> None:
        """Begin a dossier with a set."""
        begin(self.shell, questions, self._filled_bank)

    def action_add(self) -> None:
        """Add files or a folder to the bank."""
        ask_what_to_add(self.shell, self.reload)

    def action_sample(self) -> None:
        """Put the sample in the bank; when it is there, begin a dossier with the questions of the sample."""
        folder, questions = sample_bank(), sample_questions()
        if self.bank_line is not None and self.bank_line.has_sample and questions is not None:
            self._from_file(questions)
        elif folder is None:
            self.shell.say("Het voorbeeld is niet meegeleverd bij deze installatie.", "warning")
        else:
            add_to_bank(self.shell, folder, self.reload)

    def action_waiting(self) -> None:
        """Show the question sets in the bank that wait for an answer."""

        def chosen(document: str | None) -> None:
            if document:
                begin_with(self.shell, document)

        known = {summary.id: summary for summary in self.summaries}
        self.app.push_screen(OpenSetsScreen(self.waiting, known), chosen)

    def action_review_file(self) -> None:
        """Read any file with its sources beside it."""
        # Deferred, as what is compared with a bank is not needed for the first screen.
        from tui.review.view import FileReviewScreen

        backend = self.shell.backend
        if not self._filled_bank:
            self.shell.say("De bank is nog leeg: er is niets om mee te vergelijken.", "warning")
            return

        def review(path: Path | None) -> None:
            if path is not None:
                self.shell.start_job(
                    "beoordelen",
                    f"{path.name} beoordelen",
                    lambda job: backend.work(review_file, job, path),
                    lambda found: self.app.push_screen(FileReviewScreen(found)),
                )

        self.app.push_screen(FileScreen("Welk antwoord of welke brief wilt u beoordelen?"), review)

    def action_delete(self) -> None:
        """Put the dossier aside."""
        table = self.query_one(DossierTable)
        if not self.summaries:
            return
        summary = self.summaries[table.cursor_row]

        def delete(yes: bool | None) -> None:
            if yes:
                with self.shell.telling():
                    aside = self.shell.backend.store.delete(summary.id)
                    self.shell.say(f"Verwijderd; een kopie staat in {aside.parent}.")
                self.reload()

        self.app.push_screen(
            Confirm(f"Dossier “{plain(summary.subject, breaks=False)[:60]}” verwijderen? (j/n)"), delete
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys about others are there only where the bank follows a shared one."""
        if action in ("shared", "password"):
            return self.together is not None and (action == "shared" or self.together.standing.needs_password)
        return True

    def action_shared(self) -> None:
        """Show the dossiers of the shared bank."""
        if self.together is not None:
            self.together.show_listed()

    def action_password(self) -> None:
        """Give the password that the server asks for."""
        if self.together is not None:
            self.together.ask_password()

    def action_stop(self) -> None:
        """Stop what runs."""
        self.shell.stop_job()
