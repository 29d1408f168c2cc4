"""Desks for the screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.dossier_samples import questions
from support.fake_backend import FakeBackend

from embeddings.progress import SILENT


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
