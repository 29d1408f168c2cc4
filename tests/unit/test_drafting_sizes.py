"""The benchmark of whole drafts drafts something, and the same each time."""

from __future__ import annotations

from pathlib import Path

from benchmarks.drafting_sizes import QUESTIONS, measure


def test_a_draft_from_three_documents_is_the_same_each_time(tmp_path: Path) -> None:
    found = measure(tmp_path / "bank", 15, None)
    assert found["documents"] == 3
    assert found["questions"] == QUESTIONS
    assert 0 < found["with_text"] < QUESTIONS
    assert found["the_same_each_time"]
