"""What all parts of the workbench share: the dossier at hand, and how a change is kept and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen
from textual.timer import Timer

from drafter.dossier.store import DossierSession
from drafter.dossier.value import Block, Dossier, DraftAnswer
from embeddings.errors import KamerantwoordError
from tui.workbench.widgets.answer import AnswerView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.app import KamerantwoordApp

CHANGING = frozenset(
    "edit write rewrite intended intended_everywhere replace remove move merge split move_to done combine separate "
    "undo redo draft_again deferred check word_edits".split()
)
"""Actions that change the dossier, and so are off when it is open read-only."""


class WorkbenchBase(Screen[None]):
    """The dossier at hand, and keeping a change of it."""

    session: DossierSession
    at: int
    """Place of the answer at hand."""
    _typing_timer: Timer | None = None
    _typed: tuple[str, str] | None = None
    _stretch = 0
    """Number of the stretch of typing, so that each becomes a step of its own."""

    if TYPE_CHECKING:  # what the parts built on this one add
        show: Callable[..., Awaitable[None]]
        go: Callable[..., Awaitable[None]]
        remember: Callable[[], None]
        leave: Callable[[], None]
        focus_pane: Callable[[str], None]
        recheck: Callable[[str], None]
        action_tab: Callable[[str], None]

    @property
    def kamer(self) -> KamerantwoordApp:
        """The app, by its own type."""
        return cast("KamerantwoordApp", self.app)

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        return self.session.dossier

    @property
    def answer(self) -> DraftAnswer:
        """The answer at hand."""
        return self.dossier.answers[min(self.at, len(self.dossier.answers) - 1)]

    @property
    def number(self) -> int:
        """The first number of the answer at hand."""
        return self.answer.numbers[0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        return None if action in CHANGING and self.session.read_only else True

    @property
    def view(self) -> AnswerView:
        """The answer on screen."""
        return self.query_one(AnswerView)

    @property
    def block(self) -> Block | None:
        """The chosen block."""
        return self.view.block

    async def change(self, dossier: Dossier, label: str, block: str | None = None, merge: str = "") -> bool:
        """Save a changed dossier and show it; whether that worked."""
        try:
            self.session.record(dossier, label, merge)
        except KamerantwoordError as error:
            self.kamer.show_error(error)
            return False
        await self.show(block)
        self.remember()
        return True

    def _needs_block(self) -> Block | None:
        if self.block is None:
            self.kamer.say("Kies eerst een alinea (Tab, daarna ↑ en ↓).")
        return self.block
