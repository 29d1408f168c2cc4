"""Whatever is pressed: no error, no lost letter, the cursor in view, and all of it kept."""

from __future__ import annotations

import gc
import weakref

import pytest
from support.fake_backend import FakeBackend
from support.soaking import soak
from textual.screen import Screen
from textual.widget import Widget

from tui.app import KamerantwoordApp
from tui.widgets.block import BlockView
from tui.widgets.block_text import BlockText
from tui.workbench.panes.note import NoteText


def _alive(kinds: tuple[type[Widget], ...]) -> list[Widget]:
    """All objects of these kinds; by their type, since some libraries' objects warn when they are asked their class."""
    return [one for one in gc.get_objects() if issubclass(type(one), kinds)]


@pytest.mark.parametrize("seed", [1])
async def test_random_keys(backend: FakeBackend, seed: int) -> None:
    assert await soak(backend, 200, seed) == []


async def test_nothing_that_left_the_screen_is_kept(backend: FakeBackend) -> None:
    """Memory grows with what is kept: after many keys only the widgets that are on screen are still there.

    A list of children that the toolkit keeps at hand may still hold the field that was closed last in a paragraph.
    """
    left: list[str] = []
    most = 0
    kinds = (BlockView, BlockText, NoteText, Screen)
    before = weakref.WeakSet(_alive(kinds))

    def look(app: KamerantwoordApp, _: int) -> None:
        app._tidy()
        gc.unfreeze()
        gc.collect()
        found = [one for one in _alive(kinds) if one not in before]
        nonlocal most
        most = sum(isinstance(one, BlockView) and one.is_attached for one in found)
        left[:] = [repr(one) for one in found if not one.is_attached]

    assert await soak(backend, 201, 3, look) == []
    assert len(left) <= most
    assert all(name.startswith("BlockText") for name in left)


@pytest.mark.slow
async def test_many_random_keys(backend: FakeBackend) -> None:
    assert await soak(backend, 500, 7) == []
