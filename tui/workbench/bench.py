"""What the actions of the workbench may use of its screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.widget import Widget

from drafter.dossier.value import Block, Dossier
from tui.shell import Shell
from tui.workbench.changes import Touched
from tui.workbench.frame import PaneFrame
from tui.workbench.model import Workbench
from tui.workbench.panes.answer import AnswerPane
from tui.workbench.panes.side import SideTabs

if TYPE_CHECKING:
    from drafter.tasks.together.standing import Others

W = TypeVar("W", bound=Widget)


class Bench(Protocol):
    """The screen of the workbench.

    Actions of one subject are functions in a module of their own, see `actions`; the screen names them among its own.
    """

    model: Workbench

    @property
    def others(self) -> Others | None:
        """Who else has to do with the dossier; None where it is not shared, or that is not known yet."""
        ...

    @property
    def is_attached(self) -> bool:
        """Whether it is still there."""
        ...

    @property
    def shell(self) -> Shell:
        """The program."""
        ...

    @property
    def text(self) -> AnswerPane:
        """The answer at hand."""
        ...

    @property
    def side(self) -> SideTabs:
        """The tabs."""
        ...

    @property
    def frame(self) -> PaneFrame:
        """What holds the panes."""
        ...

    def settled(self) -> Dossier:
        """The dossier with what is being typed."""
        ...

    def needs_block(self) -> Block | None:
        """The block at hand; where there is none the user is told."""
        ...

    async def show(self) -> None:
        """Bring everything up to date."""
        ...

    async def change(self, do: Callable[[], Touched], told: str = "") -> bool:
        """Make a change and show it, then tell the user; False where it was refused, which is told."""
        ...

    async def go_to_number(self, number: int, block: str | None = None) -> None:
        """Take the answer to a question at hand."""
        ...

    async def go_to_block(self, block_id: str | None) -> None:
        """Go to a block wherever it stands, if it is there."""
        ...

    def go_to_tab(self, name: str) -> None:
        """Show a tab and give its list the focus."""
        ...

    def later(self, do: Callable[..., Any], *arguments: object) -> None:
        """Call `do` on the screen's own turn, if the screen is still there."""
        ...

    def show_looking(self, names: dict[int, tuple[str, ...]], to_choose: frozenset[int]) -> None:
        """Show at which questions others look, and which wait for a choice between two texts."""
        ...

    def query_one(self, selector: type[W], /) -> W:
        """A widget of it, by its kind."""
        ...
