"""What the project stands on: known by hash, used, and told in a bill of materials."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def supply() -> ModuleType:
    spec = importlib.util.spec_from_file_location("supply", ROOT / "tools" / "supply.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_everything_but_torch_has_hashes(supply: ModuleType) -> None:
    without = [name for name, _, hashes in supply.locked() if not hashes]
    assert without == ["torch"]
    assert len(list(supply.locked())) > 80


def test_the_lock_and_the_declared_dependencies_agree(supply: ModuleType) -> None:
    import tomllib

    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = {name for name, _, _ in supply.locked()}
    wanted = [*data["project"]["dependencies"], *data["dependency-groups"]["dev"], *data["dependency-groups"]["bench"]]
    assert [entry for entry in wanted if supply._name(entry) not in locked] == []


def test_every_dependency_is_used_and_every_import_declared(supply: ModuleType) -> None:
    assert supply.unused() == []


def test_a_dependency_that_nobody_uses_is_found(supply: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    real = supply.imported
    monkeypatch.setattr(supply, "imported", lambda folders: real(folders) - {"rapidfuzz"})
    assert supply.unused() == ["rapidfuzz is declared for the program, and nothing of it is imported"]


def test_the_bill_of_materials_names_all_with_hash_and_licence(supply: ModuleType) -> None:
    bill = supply.sbom()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    components = {component["name"]: component for component in bill["components"]}
    assert {name for name, _, _ in supply.locked()} < set(components)
    assert components["numpy"]["purl"].startswith("pkg:pypi/numpy@")
    assert components["e5-small-q4.bin"]["hashes"][0]["content"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    unknown = [name for name, _, licence in supply.licences() if licence == "unknown"]
    assert len(unknown) < 10
