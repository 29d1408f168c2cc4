"""What a script can import, and that the example in the README does what it says."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.encoder import TinyEncoder

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_example_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert EXAMPLE is not None
    shutil.copytree(ROOT / "samples" / "bank", tmp_path / "antwoorden")
    shutil.copy(ROOT / "samples" / "nieuwe-vragen.docx", tmp_path / "vragen.docx")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("embeddings.models.load_encoder", TinyEncoder)
    names: dict[str, object] = {}
    exec(EXAMPLE[1], names)
    for name in ("results", "findings"):
        assert names[name]
    assert any(answer.blocks for answer in names["draft"].answers)  # type: ignore[attr-defined]
    assert (tmp_path / "concept.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("package", ["embeddings", "answers_bank", "drafter"])
def test_a_package_offers_what_it_names(package: str) -> None:
    module = importlib.import_module(package)
    tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    offered = [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    for name in set(offered) - {"TYPE_CHECKING", "lazy_names"}:
        assert getattr(module, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = module.nonsense


def test_importing_the_packages_loads_nothing_heavy() -> None:
    heavy = "[name for name in ('numpy', 'sqlite3', 'lxml') if name in sys.modules]"
    code = f"import sys, embeddings, answers_bank, drafter; print({heavy})"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
