"""A program that writes may be killed at any point; `benchmarks.faults` does this hundreds of times, to all writers."""

from __future__ import annotations

from benchmarks.faults.kills import kills


def test_a_kill_loses_nothing_that_was_reported_and_leaves_a_whole_bank() -> None:
    result = kills(4, 40, ("changes", "dossier"))
    assert result["problems"] == []
    assert result["done"] == 4
