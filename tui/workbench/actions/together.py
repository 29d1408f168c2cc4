"""What can be done on a dossier among others: choosing between two texts, going back, and saying who works on it.

Nothing of it is loaded where the bank follows no shared one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget

from drafter.dossier.merging import with_answers
from drafter.wording import question_words
from tui.dialogs.ask import Confirm
from tui.workbench.bench import Bench

if TYPE_CHECKING:
    from answers_bank.store.following.shared_dossiers import StoredConflict
    from drafter.backend.local import AsksCompanion
    from drafter.dossier.merging import Answers, MergeConflict
    from drafter.tasks.together.history import AnswerVersion
    from tui.workbench.shared_work import SharedWork

EVERY = 1.5
"""Seconds between two questions about the others: asked of a process of this machine."""


def line(companion: AsksCompanion | None) -> Iterator[Widget]:
    """The line about the others; none where the bank follows no shared one."""
    if companion is not None:
        from tui.together.dossier_line import DossierLine

        yield DossierLine()


def shared_work(bench: Bench) -> SharedWork | None:
    """The dossier among others; None where the bank follows no shared one."""
    companion = bench.shell.backend.companion
    if companion is None:
        return None
    from tui.together.dossier_line import DossierLine
    from tui.workbench.shared_work import SharedWork

    return SharedWork(bench, companion, bench.query_one(DossierLine))


def offers(action: str, shared: SharedWork | None, read_only: bool) -> bool:
    """Whether a key of these is of use now."""
    if shared is None:
        return False
    if action == "choose_text":
        return bool(shared.others and shared.others.conflicts) and not read_only
    return action == "people" or shared.others is not None


def choose_text(bench: Bench) -> None:
    """Choose between both texts of an answer that two changed: the answer at hand first."""
    from drafter.tasks.together.companion import Companion
    from tui.together.choice import ChoiceScreen

    companion, name, number = bench.shell.backend.companion, bench.model.dossier.id, bench.model.number
    assert companion is not None

    def show(found: tuple[tuple[StoredConflict, MergeConflict], ...]) -> None:
        if not found:
            bench.shell.say("Er valt niets meer te kiezen.")
            return
        at_hand = [one for one in found if number in one[1].numbers]
        stored, conflict = (at_hand or list(found))[0]
        asked = [q for n in conflict.numbers if (q := bench.model.dossier.questions.question(n))]
        words = "\n\n".join(question.text for question in asked)
        now = tuple(a for n in conflict.numbers if (a := bench.model.dossier.answer(n)))

        async def chosen(answers: Answers | None) -> None:
            if answers is None:
                return
            label = f"gekozen bij {question_words(conflict.numbers)}"
            dossier = with_answers(bench.model.dossier, answers)
            if dossier == bench.model.dossier or await bench.change(lambda: bench.model.record(dossier, label)):
                companion.ask(Companion.chosen, stored)
                rest = len(found) - 1
                more = f" Nog {rest} te kiezen (K)." if rest else ""
                bench.shell.say(f"Gekozen. Wat u niet koos, blijft in de geschiedenis (G).{more}")
                await bench.go_to_number(conflict.numbers[0])

        bench.shell.push_screen(ChoiceScreen(conflict, now, words), chosen)

    bench.settled()
    bench.shell.fetch("kiezen", lambda _: companion.ask(Companion.choices, name), show)


def history(bench: Bench) -> None:
    """Show what the answer at hand ever was, and go back to one of those."""
    from drafter.tasks.together.companion import Companion
    from tui.together.history import HistoryScreen

    companion, name, answer = (
        bench.shell.backend.companion,
        bench.model.dossier.id,
        bench.settled().answer(bench.model.number),
    )
    assert companion is not None
    assert answer is not None

    async def back(version: AnswerVersion | None) -> None:
        if version is not None:
            dossier = with_answers(bench.model.dossier, version.answers)
            label = f"terug naar {version.at.astimezone():%d-%m-%Y %H:%M} van {version.by}"
            await bench.change(
                lambda: bench.model.record(dossier, label), f"{label[:1].upper()}{label[1:]}. z = toch niet."
            )

    def show(found: tuple[AnswerVersion, ...]) -> None:
        bench.shell.push_screen(HistoryScreen(answer, found, bench.model.read_only), back)

    bench.shell.fetch("geschiedenis", lambda _: companion.ask(Companion.history, name, answer.numbers[0]), show)


def people(bench: Bench) -> None:
    """Say who works on the dossier; one that is not shared yet is shared first, if the user wants."""
    from drafter.tasks.together.companion import Companion
    from tui.together.people import PeopleScreen

    companion, name, shell = bench.shell.backend.companion, bench.model.dossier.id, bench.shell
    assert companion is not None

    def ask() -> None:
        shell.fetch(
            "mensen",
            lambda _: (companion.ask(Companion.others, name, None, ""), companion.ask(Companion.people)),
            lambda found: (
                shell.push_screen(PeopleScreen(companion, name, found[0], found[1], len(bench.model.dossier.answers)))
                if found[0] is not None
                else None
            ),
        )

    def share(yes: bool | None) -> None:
        if yes:
            shell.fetch("delen", lambda _: companion.ask(Companion.share, name), lambda _: ask())

    if bench.others is not None:
        ask()
    else:
        bench.settled()
        shell.push_screen(Confirm("Dit dossier delen met anderen? U bent dan de eigenaar. (j/n)"), share)
