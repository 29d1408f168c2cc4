"""`doctor`: what is whole, what is not, and nothing created along the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.encoder import TinyEncoder

from answers_bank.filling.encoding import encode_waiting
from answers_bank.store.bank import Bank
from drafter.settings.values import CheckSettings, Settings
from drafter.tasks.upkeep import health
from drafter.tasks.upkeep.health import State, examine
from drafter.tasks.workspace import Workspace
from embeddings.packaged import model as packaged_model
from embeddings.packaged.model import UnpackedModel


@pytest.fixture(autouse=True)
def unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packaged_model, "unpack", lambda: UnpackedModel(tmp_path / "model", "made up"))
    monkeypatch.setattr(packaged_model, "damaged_files", lambda _: [])


def states(workspace: Workspace, name: str, **options: bool) -> list[State]:
    return [check.state for check in examine(workspace, **options) if check.name == name]


def test_without_a_bank_it_says_how_to_make_one(tmp_path: Path) -> None:
    workspace = Workspace(Settings(), tmp_path / "bank", TinyEncoder())
    assert states(workspace, "Bank") == [State.NOTE]
    assert not (tmp_path / "bank").exists()


def test_a_whole_bank_is_good(tmp_path: Path) -> None:
    with Bank.open(tmp_path, create=True) as bank:
        bank.add(make_document())
        encode_waiting(bank, TinyEncoder())
    with Workspace(Settings(), tmp_path, TinyEncoder()) as workspace:
        checks = examine(workspace, thorough=True)
        assert {check.state for check in checks} <= {State.GOOD, State.NOTE}
        assert any("geen schade" in check.message for check in checks)


def test_texts_that_wait_are_mentioned(tmp_path: Path) -> None:
    with Bank.open(tmp_path, create=True) as bank:
        bank.add(make_document())
    with Workspace(Settings(), tmp_path, TinyEncoder()) as workspace:
        assert states(workspace, "Bank") == [State.GOOD, State.NOTE]


def test_vectors_of_another_model_are_bad(tmp_path: Path) -> None:
    with Bank.open(tmp_path, create=True) as bank:
        bank.add(make_document())
        encode_waiting(bank, TinyEncoder())
    with Workspace(Settings(), tmp_path, TinyEncoder(name="other")) as workspace:
        assert states(workspace, "Bank") == [State.BAD]


def test_a_damaged_bank_is_bad(tmp_path: Path) -> None:
    (tmp_path / "bank.sqlite").write_bytes(b"no database" * 100)
    workspace = Workspace(Settings(), tmp_path, TinyEncoder())
    assert states(workspace, "Bank") == [State.BAD]


def test_packages_of_two_places_are_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "places_of", lambda name: tmp_path / name)
    workspace = Workspace(Settings(), tmp_path / "bank", TinyEncoder())
    assert states(workspace, "Pakketten") == [State.BAD]


def test_missing_libraries_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(Settings(), tmp_path / "bank", TinyEncoder())
    monkeypatch.setattr(health, "LIBRARIES", ("numpy", "no-such-library"))
    assert states(workspace, "Bibliotheken") == [State.GOOD, State.BAD]
    monkeypatch.setattr(health, "_OPTIONAL", frozenset({"no-such-library"}))
    assert states(workspace, "Bibliotheken") == [State.GOOD, State.NOTE]


def test_damaged_model_files_are_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged_model, "damaged_files", lambda _: ["model.safetensors"])
    workspace = Workspace(Settings(), tmp_path / "bank", TinyEncoder())
    assert State.BAD in states(workspace, "Taalmodel", thorough=True)
    assert State.BAD not in states(workspace, "Taalmodel")


def test_the_users_own_model_for_contradictions(tmp_path: Path) -> None:
    none = Workspace(Settings(), tmp_path / "bank", TinyEncoder())
    assert states(none, "Tegenspraakmodel") == []
    folder = tmp_path / "eigen"
    named = Settings(signalen=CheckSettings(tegenspraakmodel=str(folder)))
    assert states(Workspace(named, tmp_path / "bank", TinyEncoder()), "Tegenspraakmodel") == [State.BAD]
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    assert states(Workspace(named, tmp_path / "bank", TinyEncoder()), "Tegenspraakmodel") == [State.GOOD]
