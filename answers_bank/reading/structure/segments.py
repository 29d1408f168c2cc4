"""A part of a document under one heading."""

from __future__ import annotations

from dataclasses import dataclass, field

from answers_bank.reading.blocks import TextBlock


@dataclass(slots=True)
class Segment:
    """The blocks under one heading."""

    kind: str
    """"head" (before the first heading), "question", "answer", "deferral", "explanation", "notes", "appendix",
    "between" (two sets or subjects), "signature"."""

    numbers: tuple[int, ...]
    blocks: list[TextBlock] = field(default_factory=list)
    heading: str = ""

    letters: list[tuple[str, int]] = field(default_factory=list)
    """The lettered halves that were joined ("1a", "1b"): letter (empty for a half without one)
    and index of its first block."""
