"""Two people at their screens, with one dossier on a real server: what one types stands on the screen of the other."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from support.shared_dossiers import NAME, Person
from textual.pilot import Pilot

from drafter.backend.local import Backend
from drafter.tasks.together.companion import Companion
from tui.app import KamerantwoordApp
from tui.together.choice import ChoiceScreen
from tui.workbench.screen import WorkbenchScreen

pytestmark = pytest.mark.sharing


class AtHand:
    """A companion in this process."""

    def __init__(self, person: Person) -> None:
        self.companion = Companion(person.workspace)

    def ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return call(self.companion, *args, **kwargs)


@asynccontextmanager
async def at_work(person: Person) -> AsyncIterator[Pilot[None]]:
    """Someone with the dossier open."""
    backend = Backend(person.workspace, datetime.date(2031, 6, 1))
    backend.companion = companion = AtHand(person)
    app = KamerantwoordApp(backend, NAME)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(lambda: isinstance(app.screen, WorkbenchScreen) and app.screen.others is not None, pilot)
        yield pilot
    companion.companion.stop()


async def until(test: Callable[[], bool], *pilots: Pilot[None]) -> None:
    for _ in range(400):
        if test():
            return
        for pilot in pilots:
            if isinstance(pilot.app.screen, WorkbenchScreen) and pilot.app.screen.shared is not None:
                pilot.app.screen.shared.look()
            await pilot.pause(0)
        await asyncio.sleep(0.05)
    raise AssertionError("it does not come")


@pytest.mark.slow
async def test_what_one_types_comes_to_the_other_and_of_the_same_answer_the_second_chooses(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.workbench.shared_work._REST", 0.0)
    anna, bram = two
    async with at_work(anna) as hers, at_work(bram) as his:
        screen = hers.app.screen
        assert isinstance(screen, WorkbenchScreen)
        await until(lambda: bool(screen.others and screen.others.looking), hers, his)
        assert screen.others is not None
        assert screen.others.looking == (("dossier_bram", 1),)
        # Different answers: both are there for both, while both are open.
        await his.press("n", "t", *"Van Bram", "escape")
        await hers.press("t", *"Van Anna", "escape")
        await until(lambda: all("Van Bram" in p.texts()[1] and "Van Anna" in p.texts()[0] for p in two), hers, his)
        # The same one: Anna is first, Bram sees both and takes both.
        await hers.press("n", "n", "t", *"Eerst", "escape")
        await until(lambda: "Eerst" in bram.texts()[2], hers, his)
        monkeypatch.setattr("tui.workbench.shared_work._REST", 1e6)
        await his.press("n", "t", *"Bij Bram", "escape")
        await hers.press("t", *"Bij Anna", "escape")
        monkeypatch.setattr("tui.workbench.shared_work._REST", 0.0)
        await until(lambda: "Bij Anna" in anna.texts()[2] and not screen.others.unsent, hers)  # type: ignore[union-attr]
        await until(lambda: bool(his.app.screen.others and his.app.screen.others.conflicts), his)  # type: ignore[attr-defined]
        assert "Bij Anna" in bram.texts()[2]
        await his.press("K")
        await until(lambda: isinstance(his.app.screen, ChoiceScreen), his)
        await his.press("b", "enter")
        await until(lambda: all({"Bij Anna", "Bij Bram"} <= _words(p) for p in two), hers, his)
    assert anna.texts() == bram.texts()


def _words(person: Person) -> set[str]:
    answer = person.store.load(NAME).answer(3)
    assert answer is not None
    return {block.text for block in answer.blocks}
