"""Desks for the screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.dossier_samples import questions
from support.fake_desk import FakeDesk

from embeddings.progress import SILENT


@pytest.fixture
def empty_desk(tmp_path: Path) -> FakeDesk:
    """Nothing in the bank and no dossier."""
    desk = FakeDesk(tmp_path / "leeg", empty=True)
    desk.bank_folder = tmp_path
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    """A filled bank and one drafted dossier."""
    desk = FakeDesk(tmp_path)
    desk.store.save(desk.draft(questions(), SILENT))
    return desk
