"""A dossier on the workbench that others work on too: who looks where, and what they do, while it is open.

What others did comes in while the user rests, never under the words that are being typed.
"""

from __future__ import annotations

import time

from drafter.backend.local import AsksCompanion
from drafter.dossier.merging import MERGED, merge
from drafter.dossier.value import Dossier
from drafter.tasks.together.companion import Companion
from drafter.tasks.together.shared_dossiers import Reconciled
from drafter.tasks.together.standing import Others
from drafter.wording import question_words
from embeddings.errors import KamerantwoordError
from tui.text import plain
from tui.together.asking import ask_aside
from tui.together.dossier_line import DossierLine
from tui.together.words import looked_at
from tui.workbench.actions import checking
from tui.workbench.bench import Bench

_REST = 3.0
"""Seconds without a change after which it is exchanged."""
_AT_MOST = 20.0
"""Seconds after which it is exchanged all the same."""
_PATIENCE = 5.0
"""Seconds before it is tried again."""


class SharedWork:
    """Keeps the open dossier and the others up with each other, for as long as the workbench is there."""

    def __init__(self, bench: Bench, companion: AsksCompanion, line: DossierLine) -> None:
        self._bench = bench
        self._companion = companion
        self._line = line
        self.others: Others | None = None
        """None where the dossier is not shared, or that is not known yet."""
        self._asking = self._merging = False
        self._seen = ""
        self._changed = self._first = self._put_off = 0.0

    @property
    def _name(self) -> str:
        return self._bench.model.dossier.id

    def look(self) -> None:
        """Tell where the user is, and ask where the others are."""
        if self._asking:
            return
        self._asking = True
        model, companion, name = self._bench.model, self._companion, self._name
        # Who only reads along beside a window that has it open is the same person, and looks nowhere else.
        number = model.number if model.dossier.answers and not model.read_only else None
        changed = model.dossier.changed.isoformat()
        ask_aside(self._bench.shell, lambda: companion.ask(Companion.others, name, number, changed), self._told)

    def _told(self, others: Others | None) -> None:
        self._asking = False
        if not self._bench.is_attached:
            return
        before, self.others = self.others, others
        if others != before:
            self._line.show(others)
            self._bench.show_looking(
                looked_at(others) if others else {}, frozenset(others.conflicts) if others else frozenset()
            )
        if others is not None and not self._merging and self._may_exchange(others):
            self._exchange()

    def _may_exchange(self, others: Others) -> bool:
        changed, now = self._bench.model.dossier.changed.isoformat(), time.monotonic()
        if changed != self._seen:
            self._first = self._first if others.unsent and self._first else now
            self._seen, self._changed = changed, now
        if self._bench.model.read_only or others.problem or now < self._put_off:
            return False
        if not (others.newer or others.unsent):
            self._first = 0.0
            return False
        return now - self._changed >= _REST or now - self._first >= _AT_MOST

    def _exchange(self) -> None:
        self._merging = True
        companion, name, mine = self._companion, self._name, self._bench.settled()
        who = self._bench.shell.backend.settings.naam
        typing = self._bench.model.number if self._bench.text.editing else None

        def come(found: tuple[Reconciled, tuple[str, ...]] | None) -> None:
            self._bench.later(self._come, mine, found)
            if found is None or not self._bench.is_attached:
                self._merging = False

        ask_aside(self._bench.shell, lambda: companion.ask(Companion.merge, name, mine, who, typing), come)

    async def _come(self, mine: Dossier, found: tuple[Reconciled, tuple[str, ...]] | None) -> None:
        """Put what came of an exchange in the dossier, which may have been changed meanwhile."""
        if found is None:  # there is no server now, or it would come under what is typed
            self._put_off = time.monotonic() + _PATIENCE
            return
        result, names = found
        bench, companion, name = self._bench, self._companion, self._name
        try:
            now = bench.settled()
            merged = merge(mine, now, result.dossier)
            try:
                for conflict in merged.conflicts:  # before the other's text takes the place of mine
                    companion.ask(Companion.keep_choice, name, conflict)
            except KamerantwoordError:
                return  # nothing is lost: all of it is tried again
            agreed = mine.changed
            if result.received:
                bench.model.record(merged.dossier, MERGED)
                if now.changed == mine.changed:
                    agreed = bench.model.dossier.changed
                await bench.show()
                checking.check_changed(bench, now)
                self._tell(now, merged.dossier, names, result, bool(merged.conflicts))
            ask_aside(
                bench.shell,
                lambda: companion.ask(Companion.agree, name, result.step, agreed.isoformat()),
                lambda _: self.look(),
            )
        finally:
            self._merging = False
            self._first = 0.0

    def _tell(
        self, before: Dossier, after: Dossier, names: tuple[str, ...], result: Reconciled, conflict: bool
    ) -> None:
        who = plain(" en ".join(names) or "Een ander", breaks=False)
        who = who[:1].upper() + who[1:]
        if result.conflicts or conflict:
            numbers = tuple(sorted({n for c in result.conflicts for n in c.numbers})) or (self._bench.model.number,)
            self._bench.shell.say(
                f"{who} wijzigde ook {question_words(numbers)}. Uw tekst is bewaard: kies tussen beide met K.",
                "warning",
            )
            return
        old = {answer.numbers: [block.text for block in answer.blocks] for answer in before.answers}
        numbers = tuple(
            sorted(
                n
                for answer in after.answers
                if old.get(answer.numbers) != [block.text for block in answer.blocks]
                for n in answer.numbers
            )
        )
        self._bench.shell.say(f"{who} wijzigde {question_words(numbers) if numbers else 'het dossier'}.")

    def leave(self) -> None:
        """The dossier is left: the others see that, and what was not sent yet goes by itself."""
        companion, name = self._companion, self._name
        if self.others is not None:
            ask_aside(self._bench.shell, lambda: companion.ask(Companion.left, name), lambda _: None)
