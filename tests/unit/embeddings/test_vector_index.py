"""Ids to vectors: adding, removing, finding, and files that survive what happens to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.encoder import ModelIdentity, Vectors
from embeddings.index import vector_index
from embeddings.index.inverted_file import Rows, build
from embeddings.index.vector_index import VectorIndex

MODEL = ModelIdentity("tiny", "made up", 16)


def unit_vectors(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, MODEL.dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def opened(folder: Path | None) -> VectorIndex:
    return VectorIndex.open(folder, MODEL, "bank", labels=1)


def filled(folder: Path | None, count: int = 50) -> VectorIndex:
    index = opened(folder)
    index.add(np.arange(1, count + 1), unit_vectors(count), np.arange(count)[:, None] * 10)
    index.save({"generation": 1})
    return index


@pytest.mark.parametrize("in_memory", [True, False])
def test_finds_what_lies_nearest(tmp_path: Path, in_memory: bool) -> None:
    index = filled(None if in_memory else tmp_path)
    rows, scores = index.search(unit_vectors(50)[[7, 20]], 3)
    assert index.ids[rows[:, 0]].tolist() == [8, 21]
    assert np.allclose(scores[:, 0], 1, atol=1e-3)
    assert index.labels[rows[0, 0], 0] == 70
    truth = np.argsort(-(unit_vectors(50)[7] @ unit_vectors(50).T))[:3]
    assert rows[0].tolist() == truth.tolist()


def test_comes_back_from_disk_as_it_was_saved(tmp_path: Path) -> None:
    filled(tmp_path)
    index = opened(tmp_path)
    assert index.details == {"generation": 1}
    assert len(index) == 50
    assert np.allclose(index.vectors(), unit_vectors(50), atol=1e-3)
    index.add(np.array([90, 95]), unit_vectors(2, seed=5))
    index.remove(np.array([3, 4, 1234]))
    index.remove_range(10, 12)
    index.save({"generation": 2})
    again = opened(tmp_path)
    assert len(again) == 50 + 2 - 2 - 3
    assert again.rows(np.array([3, 5, 90, 1234])).tolist() == [-1, 4, 50, -1]
    found, _ = again.search(unit_vectors(50)[2:3], 50)
    assert 3 not in again.ids[found[found >= 0]].tolist()


def test_unsaved_and_interrupted_writes_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled(tmp_path)
    index.add(np.array([60]), unit_vectors(1, seed=3))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(VectorIndex, "_commit", stop)
        with pytest.raises(KeyboardInterrupt):
            index.save({"generation": 2})
    again = opened(tmp_path)
    assert len(again) == 50
    assert again.details == {"generation": 1}
    again.add(np.array([61]), unit_vectors(1, seed=4))
    again.save({"generation": 2})
    assert np.allclose(opened(tmp_path).vectors()[50], unit_vectors(1, seed=4)[0], atol=1e-3)


@pytest.mark.parametrize("name", ["ids-*", "vectors-*", "labels-*", "manifest.json"])
def test_damage_gives_an_empty_index(tmp_path: Path, name: str) -> None:
    filled(tmp_path)
    path = next(tmp_path.glob(name))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert len(opened(tmp_path)) == 0


def test_zeroed_vectors_are_noticed(tmp_path: Path) -> None:
    filled(tmp_path)
    path = next(tmp_path.glob("vectors-*"))
    path.write_bytes(bytes(path.stat().st_size))
    assert len(opened(tmp_path)) == 0


def test_another_model_or_owner_gives_an_empty_index(tmp_path: Path) -> None:
    filled(tmp_path)
    assert len(VectorIndex.open(tmp_path, ModelIdentity("tiny", "other weights", 16), "bank", 1)) == 0
    assert len(VectorIndex.open(tmp_path, MODEL, "another bank", 1)) == 0
    assert len(VectorIndex.open(tmp_path, MODEL, "bank", 1)) == 50


def test_a_reader_keeps_its_view_while_another_writes(tmp_path: Path) -> None:
    filled(tmp_path, 2000)
    reader = opened(tmp_path)
    before = reader.vectors()
    writer = opened(tmp_path)
    writer.remove_range(1, 1500)
    writer.add(np.array([5000]), unit_vectors(1, seed=9))
    writer.save({})
    assert np.array_equal(reader.vectors(), before)
    assert len(reader) == 2000
    assert len(opened(tmp_path)) == len(writer) == 501
    assert len(opened(tmp_path).ids) == 501, "rows that do not count were cleared away"


def test_ids_must_rise(tmp_path: Path) -> None:
    index = filled(None)
    with pytest.raises(ValueError, match="rise"):
        index.add(np.array([50]), unit_vectors(1))
    with pytest.raises(ValueError, match="rise"):
        index.add(np.array([60, 60]), unit_vectors(2))
    with pytest.raises(ValueError, match="fit"):
        index.add(np.array([60, 61]), unit_vectors(1))


def test_only_allowed_rows_are_found() -> None:
    index = filled(None)
    allowed = np.zeros(50, bool)
    allowed[[3, 4]] = True
    rows, scores = index.search(unit_vectors(50)[:1], 5, allowed)
    assert sorted(rows[0, :2].tolist()) == [3, 4]
    assert rows[0, 2:].tolist() == [-1, -1, -1]
    assert np.isneginf(scores[0, 2:]).all()


def test_empty_index_finds_nothing() -> None:
    rows, _ = opened(None).search(unit_vectors(2), 3)
    assert (rows == -1).all()


def test_large_index_finds_what_a_full_comparison_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "FLAT_LIMIT", 3000)
    count = 6000
    vectors = unit_vectors(count)
    index = opened(tmp_path)
    index.add(np.arange(1, count + 1), vectors)
    index.save({})
    assert index.kind == "ivf"
    index.add(np.arange(count + 1, count + 301), unit_vectors(300, seed=8))  # these stand outside the inverted file
    index.remove_range(1, 50)
    index.save({})
    index = opened(tmp_path)
    whole = np.concatenate([vectors, unit_vectors(300, seed=8)])
    scores = unit_vectors(40, seed=2) @ whole.T
    scores[:, :50] = -2
    truth = np.argsort(-scores, axis=1)[:, :10]
    rows, _ = index.search(unit_vectors(40, seed=2), 10)
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(truth.tolist(), rows.tolist(), strict=True)])
    assert recall >= 0.97
    index.add(np.arange(7000, 9000), unit_vectors(2000, seed=11))  # enough to be taken into it
    index.save({})
    assert opened(tmp_path)._manifest.indexed == 8300
    index.add(np.arange(10_000, 20_000), unit_vectors(10_000, seed=12))  # enough to learn it anew
    index.save({})
    rows, _ = opened(tmp_path).search(unit_vectors(10_000, seed=12)[77:78], 1)
    assert index.ids[rows[0, 0]] == 10_077


@settings(max_examples=30, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 6), st.lists(st.integers(1, 60), max_size=6), st.booleans()), min_size=1, max_size=6
    )
)
def test_behaves_like_a_dictionary(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, list[int], bool]]
) -> None:
    """Any sequence of adding, removing, saving and reopening leaves what a plain dictionary would hold."""
    folder = tmp_path_factory.mktemp("index")
    index = opened(folder)
    kept: dict[int, Vectors] = {}
    following = 1
    for seed, (count, removed, reopen) in enumerate(steps):
        vectors = unit_vectors(count, seed)
        ids = np.arange(following, following + count)
        following += count
        index.add(ids, vectors)
        index.save({"step": seed})
        kept |= dict(zip(ids.tolist(), vectors, strict=True))
        index.remove(np.array(removed, np.int64))
        index.save({"step": seed})
        for gone in removed:
            kept.pop(gone, None)
        if reopen:
            index = opened(folder)
        assert index.ids[index.alive].tolist() == sorted(kept)
    for identifier, vector in kept.items():
        _, scores = index.search(vector[None], 1)
        assert scores[0, 0] >= 0.999
        assert index.rows(np.array([identifier]))[0] >= 0


def test_recall_is_measured_when_it_is_built(tmp_path: Path) -> None:
    unit_vectors(4000).astype("<f2").tofile(tmp_path / "vectors")
    visited = build(Rows(tmp_path / "vectors", 4000, MODEL.dimension), tmp_path / "x.faiss", None, 0)
    assert 8 <= visited <= 252
