"""A process that fills the bank may be killed at any point; `benchmarks/kill.py` does this hundreds of times."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kill import run


def test_a_kill_loses_nothing_that_was_reported_and_leaves_a_whole_bank(tmp_path: Path) -> None:
    result = run(3, tmp_path / "bank", seed=40)
    assert result["problems"] == []
    assert result["documents_at_the_end"] > 0
