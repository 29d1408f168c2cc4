"""Nothing that is typed or pasted, and no folder that goes away, ends the program."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.fake_backend import FakeBackend
from support.screens import press, settle, started, workbench
from textual.widgets import Input, Static

from embeddings.errors import UsageError
from tui.dialogs.error import ErrorScreen
from tui.dialogs.files import FileScreen
from tui.paths import typed_path
from tui.workbench.screen import WorkbenchScreen

ODD = (
    "~onbekendegebruiker/",
    "Vraag 1\nBent u bekend met het bericht?\nVraag 2\nWat vindt u ervan? " * 200,
    "Bent u bekend met het bericht over de windmolens? " * 200,
    "a\0b",
    "x" * 300,
    "/" + "x/" * 3000,
    "'",
    '"~"',
    "\ud800",
    "//server\\deel",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda _: tmp_path / "thuis")


@pytest.mark.parametrize("text", ODD)
async def test_odd_words_for_a_path_are_told(backend: FakeBackend, text: str) -> None:
    async with started(backend) as pilot:
        await press(pilot, "n")
        screen = pilot.app.screen
        assert isinstance(screen, FileScreen)
        screen.query_one(Input).value = text
        screen.query_one(Input).focus()
        await press(pilot, "enter")
        assert pilot.app.is_running
        assert pilot.app.screen is screen
        if text not in ("'", '"~"'):
            assert str(screen.query_one("#folder", Static).render())


@pytest.mark.parametrize("text", ODD)
async def test_odd_words_for_a_file_to_write_are_told(backend: FakeBackend, text: str) -> None:
    async with started(backend, (140, 40), "enter", "ctrl+e", "enter") as pilot:
        field = pilot.app.screen.query_one(Input)
        field.value = text
        await press(pilot, "enter")
        await settle(pilot)
        assert pilot.app.is_running
        assert getattr(pilot.app, "crash", None) is None


@pytest.mark.parametrize("text", ["", "'", "~onbekendegebruiker/x", "een\ntwee", "a\0b", "x" * 5000])
def test_what_can_be_no_path_is_told(text: str) -> None:
    with pytest.raises(UsageError):
        typed_path(text)


def test_a_relative_path_begins_where_the_user_is() -> None:
    assert typed_path("'a b.docx'", Path("/x")) == Path("/x/a b.docx")
    assert typed_path("/y/a", Path("/x")) == Path("/y/a")


async def test_a_fault_of_ours_in_an_answer_or_a_key_is_shown(
    backend: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise LookupError("onvoorzien")

    async with started(backend, (140, 40), "enter", "ctrl+e", "enter") as pilot:
        monkeypatch.setattr("tui.dialogs.export.typed_path", fault)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ErrorScreen)
        await press(pilot, "escape")
        monkeypatch.setattr("tui.workbench.screen.WorkbenchScreen.action_export", fault, raising=False)
        monkeypatch.setattr("tui.app.KamerantwoordApp.action_next_theme", fault)
        await press(pilot, "f10")
        assert isinstance(pilot.app.screen, ErrorScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WorkbenchScreen)


@pytest.mark.parametrize("keys", [("escape",), ("t", "N", "u", "escape"), ("z",), ("f2",), ("d",), ("x", "z")])
async def test_a_folder_that_goes_away_while_it_is_open_ends_nothing(
    backend: FakeBackend, keys: tuple[str, ...]
) -> None:
    async with started(backend, (140, 40), "enter") as pilot:
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        shutil.rmtree(backend.store.folder)
        await press(pilot, *keys)
        await pilot.pause(0.3)
        await settle(pilot)
        assert pilot.app.is_running
        assert getattr(pilot.app, "crash", None) is None


@pytest.mark.parametrize("keys", [("enter",), ("r",), ("delete", "j"), ("n",), ("f3", "f2"), ("f9", "escape")])
async def test_a_folder_of_dossiers_that_goes_away_ends_nothing(backend: FakeBackend, keys: tuple[str, ...]) -> None:
    async with started(backend) as pilot:
        shutil.rmtree(backend.store.folder)
        backend.store.folder.write_bytes(b"iets anders op die plaats")
        await press(pilot, *keys)
        await settle(pilot)
        assert pilot.app.is_running
        assert getattr(pilot.app, "crash", None) is None


async def test_a_folder_that_the_program_was_started_in_may_go(
    backend: FakeBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "hier"
    place.mkdir()
    before = Path.cwd()
    monkeypatch.setattr(backend, "recent_folders", lambda: ())
    try:
        os.chdir(place)
        async with started(backend) as pilot:
            place.rmdir()
            await press(pilot, "n")
            assert isinstance(pilot.app.screen, FileScreen)
    finally:
        os.chdir(before)


async def test_a_dossier_whose_disk_refuses_to_be_read_ends_nothing(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter") as pilot:
        workbench(pilot).session._connection.close()
        await press(pilot, "z", "y", "down", "t", "N", "escape")
        assert pilot.app.is_running
        assert getattr(pilot.app, "crash", None) is None
