"""A companion of the screens with invented colleagues, quick and always the same."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from answers_bank.store.following.shared_dossiers import StoredConflict
from drafter.dossier.merging import MergeConflict, merge
from drafter.dossier.value import Block, Dossier, DraftAnswer
from drafter.tasks.together.history import AnswerVersion
from drafter.tasks.together.shared_dossiers import Reconciled
from drafter.tasks.together.standing import ListedDossier, Others, Standing
from embeddings.errors import UsageError

MOMENT = datetime.datetime(2026, 2, 27, 16, 5, tzinfo=datetime.UTC)


class FakeCompanion:
    """Each question is answered by the method here with its name."""

    def __init__(self, dossier: str) -> None:
        self.dossier = dossier
        self.state = Standing(connected=True, since=MOMENT)
        self.known: Others | None = Others(
            me="devries",
            owner="devries",
            assigned=((0, "bram"), (2, "carla"), (3, "carla")),
            looking=(("bram", 2),),
            state="in bewerking, 0 van 3 klaar",
        )
        self.theirs: Callable[[Dossier], Dossier] | None = None
        """What someone else made of the dossier meanwhile."""
        self.base: Dossier | None = None
        self.conflicts: list[tuple[StoredConflict, MergeConflict]] = []
        self.versions: tuple[AnswerVersion, ...] = ()
        self.merged: list[Dossier] = []
        self.agreed: list[tuple[int, str]] = []
        self.gone: list[str] = []
        self.looked: list[int | None] = []
        self.passwords: list[str] = []
        self.away = False

    def ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return getattr(self, call.__name__)(*args, **kwargs)

    def standing(self) -> Standing:
        return dataclasses.replace(self.state, conflicts=len(self.conflicts))

    def others(self, local: str, number: int | None, changed: str) -> Others | None:
        self.looked.append(number)
        if self.known is None or local != self.dossier:
            return None
        return dataclasses.replace(
            self.known,
            newer=self.theirs is not None,
            unsent=bool(changed) and bool(self.agreed) and self.agreed[-1][1] != changed,
            conflicts=tuple(n for _, c in self.conflicts for n in c.numbers),
            problem="De server is nu niet te bereiken." if self.away else "",
        )

    def left(self, local: str) -> None:
        self.gone.append(local)

    def merge(
        self, local: str, mine: Dossier, name: str = "", typing: int | None = None
    ) -> tuple[Reconciled, tuple[str, ...]] | None:
        self.merged.append(mine)
        base = self.base or mine
        theirs = self.theirs(base) if self.theirs else base
        found = merge(base, mine, theirs)
        if typing is not None and found.dossier.answer(typing) != mine.answer(typing):
            return None
        self.theirs = None
        for conflict in found.conflicts:
            self.keep_choice(local, conflict)
        self.base = found.dossier
        return Reconciled(found.dossier, 7, found.conflicts, theirs != base, found.changed_mine), ("bram",)

    def agree(self, local: str, step: int, changed: str) -> None:
        self.agreed.append((step, changed))

    def choices(self, local: str) -> tuple[tuple[StoredConflict, MergeConflict], ...]:
        return tuple(self.conflicts)

    def keep_choice(self, local: str, conflict: MergeConflict) -> None:
        self.conflicts.append((StoredConflict(local, str(conflict.numbers), "", ""), conflict))

    def chosen(self, conflict: StoredConflict) -> None:
        self.conflicts = [one for one in self.conflicts if one[0] != conflict]

    def listed(self) -> tuple[ListedDossier, ...]:
        assert self.known is not None
        away = Others("devries", "carla", ((0, "devries"),), (("carla", 0),), "ter beoordeling, 4 van 4 klaar")
        return (
            ListedDossier(self.dossier, "Molens in de Zilte Bocht", self.known, self.dossier),
            ListedDossier("2026Z09999", "Vaarwegen door de Zilte Bocht", away),
        )

    def share(self, local: str) -> None:
        self.known = Others("devries", "devries", state="in bewerking, 0 van 3 klaar")

    def fetch(self, identifier: str) -> str:
        return self.dossier

    def people(self) -> tuple[str, ...]:
        return ("bram", "carla", "devries", "dirk")

    def assign(self, local: str, questions: tuple[int, ...], name: str, gone: bool = False) -> Others:
        assert self.known is not None
        if self.known.owner != "devries":
            raise UsageError("Alleen de eigenaar mag toewijzen.", "Vraag het de eigenaar.")
        given = {*self.known.assigned}
        change = {(number, name) for number in questions}
        self.known = dataclasses.replace(self.known, assigned=tuple(sorted(given - change if gone else given | change)))
        return self.known

    def give(self, local: str, name: str) -> Others:
        assert self.known is not None
        self.known = dataclasses.replace(self.known, owner=name)
        return self.known

    def history(self, local: str, number: int) -> tuple[AnswerVersion, ...]:
        return self.versions

    def password(self, password: str) -> None:
        self.passwords.append(password)
        self.state = Standing(connected=True, since=MOMENT)


def conflict(dossier: Dossier, number: int) -> MergeConflict:
    """Two texts of one answer: one paragraph in both, one written differently, one of each alone."""
    answer = dossier.answer(number)
    assert answer is not None
    shared = Block("c1", "De meldplicht geldt sinds 1 januari 2024.")
    mine = (
        shared,
        Block("c2", "Storingen moeten binnen 24 uur worden gemeld bij de dienst."),
        Block("c3", "Hierover is de Kamer in het voorjaar geïnformeerd."),
    )
    theirs = (
        shared,
        Block("c2", "Storingen moeten binnen 12 uur worden gemeld bij de toezichthouder."),
        Block("c4", "De sector kreeg daarvoor een handreiking."),
    )
    return MergeConflict(
        answer.numbers,
        (DraftAnswer(answer.numbers, mine),),
        (DraftAnswer(answer.numbers, theirs),),
    )


def history(dossier: Dossier, number: int) -> tuple[AnswerVersion, ...]:
    """Versions of an answer by three people."""
    answer = dossier.answer(number)
    assert answer is not None

    def version(step: int, by: str, label: str, text: str, aside: bool = False) -> AnswerVersion:
        at = MOMENT + datetime.timedelta(minutes=step)
        return AnswerVersion(step, at, by, label, aside, (DraftAnswer(answer.numbers, (Block(f"h{step}", text),)),))

    return (
        version(9, "carla", "andere tekst bij vraag 1", "Ja, dat bericht ken ik, en ik betreur het.", aside=True),
        version(8, "bram", "gewijzigd: vraag 1", "Ja, ik ken dat bericht."),
        version(1, "devries", "gedeeld", "Ja."),
    )
