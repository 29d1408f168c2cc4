"""Changes to the blocks of a dossier: each takes a dossier and gives a new one; none touches disk, bank or screen.

Whole answers are changed in `answer_edits`. Answers are named by any of their question numbers, blocks by their id. A
change of what a block says takes away its reviewer's approval, and keeps footnotes and findings with their words.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

from drafter.checks.finding import Finding
from drafter.dossier.judging.threads import joined_threads, remark_of
from drafter.dossier.text import joined, part_of, shifted, with_text
from drafter.dossier.value import Block, BlockNote, Dossier, DraftAnswer, Origin, Status
from drafter.dossier.waivers import meant
from embeddings.errors import UsageError

COUNTER = "blocks"
"""Property of a dossier: how many blocks it ever had."""
"""Property of a dossier with the highest number given to a block, so that none is used again after a removal."""


def answer_index(dossier: Dossier, number: int) -> int:
    """Place of the answer to question `number`.

    Raises:
        UsageError: there is no such question.
    """
    for index, answer in enumerate(dossier.answers):
        if number in answer.numbers:
            return index
    raise UsageError(f"Er is geen vraag {number} in dit dossier.")


def find_block(dossier: Dossier, block_id: str) -> tuple[DraftAnswer, int]:
    """The answer that holds a block, and the block's place in it.

    Raises:
        UsageError: there is no such block.
    """
    for answer in dossier.answers:
        for index, block in enumerate(answer.blocks):
            if block.id == block_id:
                return answer, index
    raise UsageError("Deze alinea staat niet meer in het dossier.")


# -- text --------------------------------------------------------------------------------------------------------------


def insert(
    dossier: Dossier,
    number: int,
    text: str,
    origin: Origin | None = None,
    notes: tuple[BlockNote, ...] = (),
    after: str | None = None,
    first: bool = False,
) -> tuple[Dossier, str]:
    """A new block in the answer to `number`: behind block `after`, else at the beginning (`first`) or the end.

    Returns the dossier and the new block's id. The user chose it, so it counts as seen.
    """
    dossier, block_id = new_id(dossier)
    block = Block(id=block_id, text=text, origin=origin, notes=notes, seen=True)
    answer = dossier.answers[answer_index(dossier, number)]
    place = 0 if first else len(answer.blocks)
    if after is not None:
        holder, index = find_block(dossier, after)
        if holder is answer:
            place = index + 1
    blocks = (*answer.blocks[:place], block, *answer.blocks[place:])
    return with_blocks(dossier, answer, blocks), block_id


def opened(dossier: Dossier, block_id: str, position: int) -> tuple[Dossier, str | None, bool]:
    """Make room at character `position` of a block, which is cut there when it stands within the text.

    Returns the dossier, the block behind which the room is (None where there is none), and whether it is at the
    beginning of the answer: what `insert` takes as `after` and `first`.
    """
    answer, index = find_block(dossier, block_id)
    text = answer.blocks[index].text
    if not text[position:].strip():
        return dossier, block_id, False
    if not text[:position].strip():
        return dossier, answer.blocks[index - 1].id if index else None, index == 0
    return split(dossier, block_id, position)[0], block_id, False


def replace(
    dossier: Dossier, block_id: str, text: str, origin: Origin | None = None, notes: tuple[BlockNote, ...] = ()
) -> Dossier:
    """Put another text with its origin in a block's place, such as a newer version of a standard passage."""
    return change_block(
        dossier,
        block_id,
        lambda b: Block(id=b.id, text=text, origin=origin, notes=notes, seen=True, remark=b.remark, threads=b.threads),
    )


def edit_text(dossier: Dossier, block_id: str, text: str) -> Dossier:
    """Change the words of a block; its origin stays, to show the difference with."""
    return change_block(dossier, block_id, lambda block: with_text(block, text))


def remove(dossier: Dossier, block_id: str) -> Dossier:
    """Take a block out; what it covered is open again."""
    answer, index = find_block(dossier, block_id)
    blocks = answer.blocks[:index] + answer.blocks[index + 1 :]
    coverage = tuple(
        dataclasses.replace(c, covered=False, block=None, sentence="", doubtful=False) if c.block == block_id else c
        for c in answer.coverage
    )
    return with_blocks(dossier, dataclasses.replace(answer, coverage=coverage), blocks)


def move(dossier: Dossier, block_id: str, steps: int) -> Dossier:
    """Move a block `steps` places down (up when negative) within its answer, as far as that goes."""
    answer, index = find_block(dossier, block_id)
    blocks = list(answer.blocks)
    block = blocks.pop(index)
    blocks.insert(min(max(index + steps, 0), len(blocks)), block)
    return with_blocks(dossier, answer, tuple(blocks))


def move_to_answer(dossier: Dossier, block_id: str, number: int) -> Dossier:
    """Move a block to the end of the answer to question `number`."""
    source, index = find_block(dossier, block_id)
    if number in source.numbers:
        return dossier
    block = source.blocks[index]
    dossier = remove(dossier, block_id)
    target = dossier.answers[answer_index(dossier, number)]
    return with_blocks(dossier, target, (*target.blocks, block))


def split(dossier: Dossier, block_id: str, position: int) -> tuple[Dossier, str]:
    """Split a block before character `position`; the dossier and the id of the second part.

    Both parts keep the origin; where the text is unchanged each keeps just its own part of it.

    Raises:
        UsageError: one of the parts would be empty.
    """
    answer, index = find_block(dossier, block_id)
    block = answer.blocks[index]
    left, right = block.text[:position].rstrip(), block.text[position:].lstrip()
    if not left or not right:
        raise UsageError("Zet de cursor midden in de tekst om de alinea te splitsen.")
    dossier, second_id = new_id(dossier)
    answer = dossier.answers[answer_index(dossier, answer.numbers[0])]
    shift = len(block.text) - len(right)
    first = dataclasses.replace(with_text(block, left), notes=tuple(n for n in block.notes if n.position <= len(left)))
    second = dataclasses.replace(
        first,
        id=second_id,
        text=right,
        notes=tuple(BlockNote(max(n.position - shift, 0), n.text) for n in block.notes if n.position > len(left)),
        findings=shifted(block.findings, 0, shift, right),
        remark="",
        threads=(),
    )
    if block.origin is not None and not block.also:
        first = dataclasses.replace(first, origin=part_of(block.origin, left))
        second = dataclasses.replace(second, origin=part_of(block.origin, right))
    return with_blocks(dossier, answer, (*answer.blocks[:index], first, second, *answer.blocks[index + 1 :])), second_id


def merge(dossier: Dossier, block_id: str) -> Dossier:
    """Join a block with the one below it; the origins of both are kept, in order.

    Raises:
        UsageError: there is no block below it.
    """
    answer, index = find_block(dossier, block_id)
    if index + 1 == len(answer.blocks):
        raise UsageError("Er is geen volgende alinea om mee samen te voegen.")
    first, second = answer.blocks[index : index + 2]
    text = f"{first.text} {second.text}"
    shift = len(first.text) + 1
    origins = joined(first.origins, second.origins)
    threads = joined_threads(first.discussion, second.discussion)
    block = Block(
        id=first.id,
        text=text,
        origin=origins[0] if origins else None,
        also=origins[1:],
        notes=first.notes + tuple(BlockNote(n.position + shift, n.text) for n in second.notes),
        findings=first.findings + shifted(second.findings, 0, -shift, text),
        seen=first.seen and second.seen,
        intended=first.intended + tuple(i for i in second.intended if i not in first.intended),
        remark=remark_of(threads),
        threads=threads,
    )
    coverage = tuple(dataclasses.replace(c, block=first.id) if c.block == second.id else c for c in answer.coverage)
    return with_blocks(
        dossier,
        dataclasses.replace(answer, coverage=coverage),
        (*answer.blocks[:index], block, *answer.blocks[index + 2 :]),
    )


# -- findings and review -----------------------------------------------------------------------------------------------


def set_findings(dossier: Dossier, block_id: str, findings: tuple[Finding, ...]) -> Dossier:
    """Put in what the checks say of a block's present text; what is meant so in the whole dossier is so here."""

    def change(block: Block) -> Block:
        return dataclasses.replace(block, findings=findings, intended=meant(block.intended, findings, dossier.intended))

    return change_block(dossier, block_id, change)


def apply_suggestion(dossier: Dossier, block_id: str, finding: Finding) -> Dossier:
    """Put the rewrite that a finding offers in place of its words.

    Raises:
        UsageError: it offers none, or the words are not there any more.
    """
    answer, index = find_block(dossier, block_id)
    text = answer.blocks[index].text
    if finding.suggestion is None:
        raise UsageError("Bij dit signaal is geen vaste herschrijving; pas de tekst zelf aan.")
    if " ".join(text[finding.start : finding.end].split()) != finding.quote:
        raise UsageError("De tekst is hier veranderd; laat het signaal opnieuw bepalen.")
    # What else was said of these words is said of words that are gone.
    others = tuple(f for f in answer.blocks[index].findings if f.end <= finding.start or f.start >= finding.end)
    dossier = set_findings(dossier, block_id, others)
    return edit_text(dossier, block_id, text[: finding.start] + finding.suggestion + text[finding.end :])


def mark_seen(dossier: Dossier, block_id: str) -> Dossier:
    """The user has looked at what the program put here."""
    return change_block(dossier, block_id, lambda block: dataclasses.replace(block, seen=True))


def accept(dossier: Dossier, block_id: str, reviewer: str, at: datetime.datetime | None = None) -> Dossier:
    """A reviewer accepts a block at that moment; an empty name takes that back."""
    moment = at if reviewer else None
    return change_block(
        dossier, block_id, lambda block: dataclasses.replace(block, accepted_by=reviewer, accepted_at=moment)
    )


# -- for the other edits -----------------------------------------------------------------------------------------------


def new_id(dossier: Dossier) -> tuple[Dossier, str]:
    """The dossier with one more block counted, and the id for it."""
    used = (block.id for answer in dossier.answers for block in answer.blocks)
    digits = ["".join(filter(str.isdecimal, block_id)) for block_id in used]
    highest = max([int(dossier.properties.get(COUNTER, "0")), *(int(d) for d in digits if d)], default=0)
    properties = dossier.properties | {COUNTER: str(highest + 1)}
    return dataclasses.replace(dossier, properties=properties), f"b{highest + 1}"


def change_answer(dossier: Dossier, number: int, change: Callable[[DraftAnswer], DraftAnswer]) -> Dossier:
    """`dossier` with the answer to `number` as `change` makes it."""
    index = answer_index(dossier, number)
    answers = (*dossier.answers[:index], change(dossier.answers[index]), *dossier.answers[index + 1 :])
    return dataclasses.replace(dossier, answers=answers)


def change_block(dossier: Dossier, block_id: str, change: Callable[[Block], Block]) -> Dossier:
    """`dossier` with a block as `change` makes it."""
    answer, index = find_block(dossier, block_id)
    blocks = (*answer.blocks[:index], change(answer.blocks[index]), *answer.blocks[index + 1 :])
    return with_blocks(dossier, answer, blocks)


def with_blocks(dossier: Dossier, answer: DraftAnswer, blocks: tuple[Block, ...]) -> Dossier:
    """`dossier` with other blocks in one of its answers."""
    status = Status.DRAFTED if blocks else Status.NO_SOURCE
    return change_answer(
        dossier, answer.numbers[0], lambda _: dataclasses.replace(answer, blocks=blocks, status=status)
    )
