"""Beginning a dossier from a set of questions, wherever that comes from; filling the bank."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from answers_bank.documents import Document
from drafter.backend.bank import FillReport, fill
from drafter.backend.dossiers import questions_of
from drafter.wording import count
from tui.dialogs.ask import Confirm
from tui.dialogs.files import FileScreen
from tui.shell import Shell


def begin(shell: Shell, questions: Document, filled_bank: bool = True) -> None:
    """Have a set drafted where the user wants that, and open it; without a bank it opens with empty answers."""
    backend = shell.backend
    if not questions.questions:
        shell.say("In deze tekst zijn geen vragen gevonden.", "warning")
        return

    def chosen(drafts: bool | None) -> None:
        # The dossier is there at once; what is drafted comes in it.
        shell.create_dossier(backend.store.start(questions, backend.as_of), drafts=bool(drafts))

    if not filled_bank:
        chosen(False)
        return
    numbers = sum(len(q.numbers) for q in questions.questions)
    shell.push_screen(
        Confirm(f"{count(numbers, 'vraag', 'vragen')} gelezen. Meteen een concept laten opstellen? (j/n)"), chosen
    )


def begin_with(shell: Shell, document: str) -> None:
    """Begin a dossier with the questions of a document in the bank."""
    backend = shell.backend
    shell.start_job(
        "lezen", "Vragen lezen", lambda _: backend.ask(questions_of, document), lambda asked: begin(shell, asked)
    )


def ask_what_to_add(shell: Shell, then: Callable[[], object]) -> None:
    """Ask for a file or folder, and put it in the bank."""

    def add(path: Path | None) -> None:
        if path is not None:
            add_to_bank(shell, path, then)

    shell.push_screen(FileScreen("Welk bestand of welke map moet in de bank?", folders=True), add)


def add_to_bank(shell: Shell, path: Path, then: Callable[[], object]) -> None:
    """Put a file or folder in the bank, say what came of it, and do what comes `then`."""

    def filled(report: FillReport) -> None:
        shell.say(_fill_words(report), "warning" if report.failed else "information")
        then()

    backend = shell.backend
    shell.start_job("vullen", "Bank vullen", lambda job: backend.work(fill, job, (path,)), filled)


def _fill_words(report: FillReport) -> str:
    words = f"{report.added} nieuw, {report.updated} vernieuwd, {report.unchanged} al bekend"
    if report.stopped:
        words = f"Gestopt: {words}"
    if report.doubted:
        words += f"; {report.doubted} om na te kijken: F3, tab 6"
    if report.failed:
        file, reason = report.failed[0]
        words += f"; {len(report.failed)} niet gelukt, zoals {file}: {reason}"
    return words
