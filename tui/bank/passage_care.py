"""Asking who looks after a standard passage, a note on it, and before which day it is to be looked at."""

from __future__ import annotations

from collections.abc import Callable

from answers_bank.store.annotations.passage_care import CareField
from drafter.backend.bank import say_of_passage
from drafter.bank_views.passage_list import StandardPassage
from tui.dialogs.ask import AskLine, Choose
from tui.shell import Shell

_NAMES = {
    CareField.OWNER: ("Eigenaar", "wie deze passage bijhoudt"),
    CareField.REVIEW_BY: ("Nakijken vóór", "zoals 31-03-2027"),
    CareField.NOTE: ("Notitie", "voor wie haar gebruikt"),
}


def ask_care(shell: Shell, standard: StandardPassage, then: Callable[[], object]) -> None:
    """Ask what to say of the passage, keep it, and do what comes `then`; an empty answer takes it back."""
    care = standard.care
    known = {
        CareField.OWNER: care.owner if care else "",
        CareField.REVIEW_BY: str(care.review_by) if care and care.review_by else "",
        CareField.NOTE: care.note if care else "",
    }
    fields = tuple(_NAMES)

    def chosen(number: int | None) -> None:
        if number is None:
            return
        name = fields[number]

        def typed(answer: str | None) -> None:
            if answer is None or answer.strip() == known[name]:
                return
            backend, value = shell.backend, answer.strip() or None
            shell.fetch(
                "bijhouden", lambda _: backend.ask(say_of_passage, standard.id, {name: value}), lambda _: then()
            )

        title, hint = _NAMES[name]
        shell.push_screen(AskLine(title, known[name], hint), typed)

    options = tuple(f"{title}: {known[name] or 'nog niet'}" for name, (title, _) in _NAMES.items())
    shell.push_screen(Choose("Wie houdt deze standaardpassage bij?", options), chosen)
