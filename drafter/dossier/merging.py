"""Two changed versions of one dossier as one: what one side changed is taken over, what both changed is kept twice.

A three-way merge, question by question. Questions that are answered together on any side go together. What the program
itself puts in (findings, what was seen) is no change of anyone's. Remarks are merged by themselves, paragraph by
paragraph: two people who remark on one answer do not stand in each other's way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from drafter.dossier.judging.thread_edits import with_threads
from drafter.dossier.judging.threads import merged_threads
from drafter.dossier.value import Block, Dossier, DraftAnswer

Answers = tuple[DraftAnswer, ...]

_APART = ("id", "questions", "answers", "created", "changed")
_FIELDS = tuple(field.name for field in dataclasses.fields(Dossier) if field.name not in _APART)
"""What is merged as a whole: of two who changed the same, the other's is kept here and mine in the log."""


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """One answer, or some that belong together, that two people changed at the same time."""

    numbers: tuple[int, ...]
    mine: Answers
    theirs: Answers


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it."""

    dossier: Dossier
    """With the other's text where both changed the same."""

    conflicts: tuple[MergeConflict, ...] = ()
    changed_mine: bool = False
    """Whether it holds a change of mine that the other version lacks."""


def merge(base: Dossier, mine: Dossier, theirs: Dossier) -> Merged:
    """`mine` and `theirs`, both made of `base`, as one dossier."""
    answers: list[DraftAnswer] = []
    conflicts: list[MergeConflict] = []
    ours = False
    for group in _groups(base.answers, mine.answers, theirs.answers):
        was, own, other = (_of(dossier.answers, group) for dossier in (base, mine, theirs))
        if essence(own) == essence(other):
            answers += own
        elif essence(own) == essence(was):
            answers += other
        elif essence(other) == essence(was):
            answers += own
            ours = True
        elif _bare(own) == _bare(was):
            answers += _with_remarks(other, was, own, other)
            ours = True
        elif _bare(other) == _bare(was):
            answers += _with_remarks(own, was, own, other)
            ours = True
        else:
            answers += other
            conflicts.append(MergeConflict(group, own, other))
    fields = {}
    for name in _FIELDS:
        was_value, own_value, other_value = (getattr(dossier, name) for dossier in (base, mine, theirs))
        fields[name] = own_value if other_value == was_value else other_value
        ours |= fields[name] != other_value
    dossier = dataclasses.replace(mine, answers=tuple(answers), **fields)
    return Merged(dossier, tuple(conflicts), ours)


def same(one: Dossier, other: Dossier) -> bool:
    """Whether two versions are the same to people."""
    return essence(one.answers) == essence(other.answers) and all(
        getattr(one, name) == getattr(other, name) for name in _FIELDS
    )


def essence(answers: Iterable[DraftAnswer]) -> Answers:
    """What people wrote and decided, without what the program found and noted."""
    return tuple(
        dataclasses.replace(
            answer,
            findings=(),
            coverage=(),
            blocks=tuple(dataclasses.replace(block, findings=(), seen=False) for block in answer.blocks),
        )
        for answer in answers
    )


def _bare(answers: Answers) -> Answers:
    """The essence without the remarks."""
    return tuple(
        dataclasses.replace(
            answer, blocks=tuple(dataclasses.replace(block, remark="", threads=()) for block in answer.blocks)
        )
        for answer in essence(answers)
    )


def _with_remarks(chosen: Answers, was: Answers, mine: Answers, theirs: Answers) -> Answers:
    """`chosen` with the remarks of all sides."""
    held = [{block.id: block.discussion for answer in side for block in answer.blocks} for side in (was, mine, theirs)]

    def merged(block: Block) -> Block:
        return with_threads(block, merged_threads(*(side.get(block.id, ()) for side in held)))

    return tuple(dataclasses.replace(answer, blocks=tuple(map(merged, answer.blocks))) for answer in chosen)


def with_answers(dossier: Dossier, chosen: Answers) -> Dossier:
    """`dossier` with these answers in the place of those to the same questions."""
    numbers = {number for answer in chosen for number in answer.numbers}
    result: list[DraftAnswer] = []
    placed = False
    for answer in dossier.answers:
        if numbers.isdisjoint(answer.numbers):
            result.append(answer)
        elif not placed:
            result += chosen
            placed = True
    return dataclasses.replace(dossier, answers=tuple(result))


def _groups(*versions: Answers) -> list[tuple[int, ...]]:
    """Numbers of questions that belong together in some version, in the order of the questions."""
    groups: list[set[int]] = []
    for answer in (answer for version in versions for answer in version):
        together = set(answer.numbers)
        apart = [group for group in groups if group.isdisjoint(together)]
        for group in groups:
            if not group.isdisjoint(together):
                together |= group
        groups = [*apart, together]
    return sorted(tuple(sorted(group)) for group in groups)


def _of(answers: Answers, numbers: tuple[int, ...]) -> Answers:
    return tuple(answer for answer in answers if not set(numbers).isdisjoint(answer.numbers))
