"""Beginning a dossier, from wherever its questions come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.dossier.value import Dossier
from drafter.wording import count
from tui.dialogs.ask import Confirm

if TYPE_CHECKING:
    from tui.app import KamerantwoordApp


def begin(app: KamerantwoordApp, questions: Document, filled_bank: bool = True) -> None:
    """Have a set drafted where the user wants that, and open it; without a bank it opens with empty answers."""
    desk = app.desk
    if not questions.questions:
        app.say("In deze tekst zijn geen vragen gevonden.", "warning")
        return
    if not filled_bank:
        app.create_dossier(desk.start(questions))
        return

    def chosen(draft: bool | None) -> None:
        if not draft:
            app.create_dossier(desk.start(questions))
            return

        def opened(dossier: Dossier) -> None:
            app.create_dossier(dossier)

        app.start_job("opstellen", "Opstellen", lambda job: desk.draft(questions, job), opened)

    numbers = sum(len(q.numbers) for q in questions.questions)
    app.push_screen(
        Confirm(f"{count(numbers, 'vraag', 'vragen')} gelezen. Meteen een concept laten opstellen? (j/n)"), chosen
    )
