"""Caches that two processes use at once: what one replaces, the other can go on with."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from answers_bank.index.arrays.segments import CacheState, SegmentCache


def filled(folder: Path, numbers: list[int], generation: int = 1) -> SegmentCache:
    cache = SegmentCache(folder, "1")
    segment = cache.write("proef", {"numbers": np.array(numbers)})
    cache.commit(CacheState(generation, "", 0, (segment,)))
    return cache


def test_a_segment_that_another_process_replaced_can_still_be_read(tmp_path: Path) -> None:
    (mine,) = filled(tmp_path, [1, 2, 3, 4]).load().segments
    filled(tmp_path, [9], 2)
    assert not list(tmp_path.glob(f"{mine.name}.*"))
    assert mine.part("numbers", 1, 3).tolist() == [2, 3]


def test_a_cache_replaced_while_it_is_opened_is_opened_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = filled(tmp_path, [1, 2])
    first = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    filled(tmp_path, [3, 4], 2)
    real = SegmentCache._manifest
    seen: list[str] = []

    def late(self: SegmentCache) -> str:
        seen.append(first if not seen else real(self))
        return seen[-1]

    monkeypatch.setattr(SegmentCache, "_manifest", late)
    state = cache.load()
    assert state.generation == 2
    assert state.segments[0].part("numbers", 0, 2).tolist() == [3, 4]


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"version": "0"})])
def test_what_is_no_cache_counts_as_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert SegmentCache(tmp_path, "1").load() == CacheState()
