"""A process that fills the bank may be killed at any point; `benchmarks/kill.py` does this hundreds of times."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kill import run


def test_a_kill_loses_nothing_that_was_reported_and_leaves_a_whole_bank(tmp_path: Path) -> None:
    result = run(2, 1, tmp_path / "bank", seed=40)
    assert result["problems"] == []
    assert result["kills_after_a_report"] >= 2
    assert result["documents_at_the_end"] > 0
