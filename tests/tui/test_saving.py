"""A folder that refuses, while the user works on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.dossier_samples import questions
from support.fake_backend import FakeBackend
from support.screens import blocks, press, settle, started, workbench

from drafter.dossier.store import DossierStore
from tui.dialogs.error import ErrorScreen
from tui.dossiers.screen import DossiersScreen
from tui.widgets.save_line import SaveLine


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_data_path", lambda _: tmp_path / "thuis")
    monkeypatch.setattr("tui.widgets.save_line._EVERY", 0.1)
    return tmp_path / "thuis" / "niet-bewaard"


async def test_a_folder_that_is_away_for_a_while_costs_nothing(backend: FakeBackend, tmp_path: Path) -> None:
    async with started(backend, (140, 40), "enter", "enter") as pilot:
        shutil.move(backend.store.folder, tmp_path / "weg")
        await press(pilot, "t", "N", "u", "escape", "z")
        assert isinstance(pilot.app.screen, ErrorScreen), "going back needs what was saved"
        await press(pilot, "escape")
        await pilot.pause(0.7)
        line = pilot.app.screen.query_one(SaveLine)
        assert line.display
        assert "verdwenen" in str(line.render())
        assert [block.text for block in blocks(pilot)][1] == "Nu"

        await press(pilot, "ctrl+s")
        field = pilot.app.screen.query_one("Input")
        field.value = str(tmp_path / "stick" / "kopie.dossier")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert (tmp_path / "stick" / "kopie.dossier").is_file()

        shutil.move(tmp_path / "weg", backend.store.folder)
        await pilot.pause(0.8)
        await settle(pilot)
        assert not workbench(pilot).query_one(SaveLine).display
    assert [block.text for block in backend.store.load("2026Z00001").answers[0].blocks][1] == "Nu"


async def test_what_cannot_be_saved_at_all_is_told_with_its_place(backend: FakeBackend, home: Path) -> None:
    async with started(backend, (140, 40), "enter", "enter") as pilot:
        shutil.rmtree(backend.store.folder)
        await press(pilot, "t", "N", "u", "escape", "escape", "escape")
        screen = pilot.app.screen
        assert isinstance(screen, ErrorScreen)
        kept = list(home.glob("*.dossier"))
        assert len(kept) == 1
        assert str(kept[0]) in screen.message
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DossiersScreen)


async def test_a_draft_that_its_folder_refuses_is_kept_elsewhere(empty_backend: FakeBackend, home: Path) -> None:
    empty_backend.store.folder.parent.mkdir(exist_ok=True)
    empty_backend.store.folder.touch()  # a file where the folder should be
    empty_backend.empty = False
    async with started(empty_backend) as pilot:
        pilot.app.create_dossier(empty_backend.store.start(questions(), empty_backend.as_of))  # type: ignore[attr-defined]
        await settle(pilot)
        assert isinstance(pilot.app.screen, ErrorScreen)
        assert str(home) in pilot.app.screen.message
        await press(pilot, "escape")
        assert workbench(pilot).session.path.parent.parent == home
    assert len(DossierStore(home).list()) == 1


async def test_leaving_keeps_what_was_typed_a_moment_ago(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter", "enter") as pilot:
        await pilot.press("space", "X")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert backend.store.load("2026Z00001").answers[0].blocks[0].text.endswith(" X")
