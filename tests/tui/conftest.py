"""Desks for the screens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from support.dossier_samples import questions
from support.fake_backend import FakeBackend

from embeddings.progress import SILENT


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses of the program are short, and nothing waits for a quiet moment of the machine: see `settle`."""
    for pause in (
        "workbench.panes.side._PAUSE",
        "workbench.screen._REST",
        "workbench.panes.answer._TYPING",
        "workbench.actions.checking._AFTER",
        "bank.screen._PAUSE",
    ):
        monkeypatch.setattr(f"tui.{pause}", 0.005)

    monkeypatch.setattr("tui.app._LOOK", 1e6)

    async def at_once(*_: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", at_once)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_once)


@pytest.fixture
def empty_backend(tmp_path: Path) -> FakeBackend:
    """Nothing in the bank and no dossier."""
    backend = FakeBackend(tmp_path / "leeg", empty=True)
    backend.bank_folder = tmp_path
    return backend


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    """A filled bank and one drafted dossier."""
    backend = FakeBackend(tmp_path)
    backend.store.save(backend.draft(questions(), SILENT))
    return backend
