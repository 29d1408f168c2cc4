"""A part of a document under one heading."""

from __future__ import annotations

from dataclasses import dataclass, field

from answers_bank.reading.blocks import Block


@dataclass(slots=True)
class Segment:
    """The blocks under one heading."""

    kind: str
    """"head" (before the first heading), "question", "answer", "deferral", "explanation", "notes"."""

    numbers: tuple[int, ...]
    blocks: list[Block] = field(default_factory=list)
    heading: str = ""
