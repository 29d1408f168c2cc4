"""What is different between two states of a dossier: where a change is, what it has checked again, what was checked."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.dossier import answer_edits, edits
from drafter.dossier.value import Block, Dossier, DraftAnswer

Touched = tuple[str, ...]
"""Ids of the blocks whose words are new where they stand."""


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """Where the first difference between two states of a dossier is."""

    number: int
    """First question of the answer."""

    block: str | None = None
    """The block with other words, or the one before what was taken out."""

    position: int | None = None
    """The character behind the words that differ; None where no block has other words."""

    removed: bool = False


def place_of_change(before: Dossier, now: Dossier) -> ChangePlace | None:
    """Where `now` is not as `before` was; None where no answer differs."""
    changed = next((new for old, new in zip(before.answers, now.answers, strict=False) if old != new), None)
    if changed is None:
        return None
    number = changed.numbers[0]
    old = before.answer(number)
    was = {block.id: block.text for block in old.blocks} if old else {}
    for block in changed.blocks:
        if was.get(block.id) != block.text:
            return ChangePlace(number, block.id, _end_of_change(was.get(block.id, ""), block.text))
    new = [block.id for block in changed.blocks]
    gone = next((at for at, block_id in enumerate(was) if block_id not in new), None)
    if gone is None:
        return ChangePlace(number)
    # What was put in is out again: on with what stood before it.
    kept = [block_id for block_id in list(was)[:gone] if block_id in new]
    return ChangePlace(number, kept[-1] if kept else None, removed=True)


def to_check(before: Dossier, now: Dossier) -> Touched | None:
    """The blocks that are new or have other words than they had; None where nothing that is checked changed."""
    if _checked_of(before) == _checked_of(now):
        return None
    blocks = (block for answer in now.answers for block in answer.blocks)
    return tuple(
        block.id for block in blocks if (old := before.block(block.id)) is None or _words(old) != _words(block)
    )


def with_checked(now: Dossier, checked: Dossier) -> Dossier:
    """`now` with what the checks say in `checked`, of all whose words are still those."""
    for answer in checked.answers:
        for block in answer.blocks:
            current = now.block(block.id)
            if current is not None and current.text == block.text and current.findings != block.findings:
                now = edits.set_findings(now, block.id, block.findings)
        same = now.answer(answer.numbers[0])
        if same is not None and _checked_of_answer(same) == _checked_of_answer(answer):
            now = answer_edits.set_checked(now, answer.numbers[0], answer.findings, answer.coverage)
    return now


def _checked_of(dossier: Dossier) -> object:
    return [_checked_of_answer(answer) for answer in dossier.answers]


def _checked_of_answer(answer: DraftAnswer) -> object:
    return answer.numbers, [(block.id, *_words(block)) for block in answer.blocks]


def _words(block: Block) -> tuple[object, ...]:
    return block.text, block.origins


def _end_of_change(old: str, new: str) -> int:
    """Where in `new` that ends which is different in `old`."""
    limit = min(len(old), len(new))
    head = next((i for i in range(limit) if old[i] != new[i]), limit)
    tail = next((i for i in range(limit - head) if old[-1 - i] != new[-1 - i]), limit - head)
    return len(new) - tail
