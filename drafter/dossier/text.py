"""What happens to notes, findings, origins and coverage when the text of a block changes."""

from __future__ import annotations

import dataclasses

from drafter.checks.finding import Coverage, Finding
from drafter.dossier.value import Block, BlockNote, Origin


def with_text(block: Block, text: str) -> Block:
    """`block` with another text: what stands outside the change keeps its findings and notes."""
    if text == block.text:
        return block
    old = block.text
    limit = min(len(old), len(text))
    before = next((i for i in range(limit) if old[i] != text[i]), limit)
    after = next((i for i in range(limit - before) if old[-1 - i] != text[-1 - i]), limit - before)
    shift = len(text) - len(old)
    findings = tuple(f for f in block.findings if f.end <= before) + shifted(
        block.findings, len(old) - after, -shift, text
    )
    notes = []
    for note in block.notes:
        if note.position <= before:
            notes.append(note)
        elif note.position >= len(old) - after:
            notes.append(BlockNote(note.position + shift, note.text))
        else:  # its words were rewritten: it belongs behind what came in their place
            notes.append(BlockNote(len(text) - after, note.text))
    return dataclasses.replace(
        block, text=text, findings=findings, notes=tuple(notes), seen=True, accepted_by="", accepted_at=None
    )


def shifted(findings: tuple[Finding, ...], start: int, shift: int, text: str) -> tuple[Finding, ...]:
    """The findings from `start` on, `shift` characters nearer to the beginning, that still stand on their words."""
    moved = (
        dataclasses.replace(f, start=f.start - shift, end=f.end - shift)
        for f in findings
        if f.start >= start and f.start - shift >= 0
    )
    return tuple(f for f in moved if " ".join(text[f.start : f.end].split()) == f.quote)


def part_of(origin: Origin, part: str) -> Origin:
    """The part of `origin` that holds `part` word for word; the whole where it does not.

    The span narrows only where the reading view equals the extracted text, else it still covers the part.
    """
    place = origin.text.find(part)
    if place < 0:
        return origin
    if origin.end - origin.start != len(origin.text):
        return dataclasses.replace(origin, text=part)
    start = origin.start + place
    return dataclasses.replace(origin, text=part, start=start, end=start + len(part))


def joined(first: tuple[Origin, ...], second: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """The origins of both; two neighbouring parts of one passage become one again."""
    if first and second:
        a, b = first[-1], second[0]
        exact = all(o.end - o.start == len(o.text) for o in (a, b))
        if a.passage == b.passage and exact and b.start == a.end + 1:
            whole = dataclasses.replace(a, end=b.end, text=f"{a.text} {b.text}")
            return (*first[:-1], whole, *second[1:])
        if a == b:
            return (*first, *second[1:])
    return first + second


def seen_from(coverage: Coverage, blocks: tuple[Block, ...]) -> Coverage:
    """`coverage` as it is when only `blocks` are there."""
    if coverage.block is None or any(block.id == coverage.block for block in blocks):
        return coverage
    return dataclasses.replace(coverage, covered=False, block=None, sentence="", doubtful=False)
