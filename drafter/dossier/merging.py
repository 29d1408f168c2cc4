"""Two changed versions of one dossier as one: what one side changed is taken over, what both changed is kept twice.

A three-way merge, question by question. Questions that are answered together on any side go together. What the program
itself puts in (findings, what was seen) is no change of anyone's. Remarks are merged by themselves, paragraph by
paragraph: two people who remark on one answer do not stand in each other's way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from drafter.dossier.edits import COUNTER, new_id
from drafter.dossier.judging.thread_edits import with_threads
from drafter.dossier.judging.threads import merged_threads
from drafter.dossier.value import Block, Dossier, DraftAnswer, WordChange

Answers = tuple[DraftAnswer, ...]

MERGED = "samengevoegd met anderen"
"""What the step is called in which the work of others came in."""

_APART = ("id", "questions", "answers", "created", "changed", "properties", "intended")
_FIELDS = tuple(field.name for field in dataclasses.fields(Dossier) if field.name not in _APART)
"""What is merged as a whole: of two who changed the same, the other's is kept here and mine in the log."""


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """One answer, or some that belong together, that two people changed at the same time."""

    numbers: tuple[int, ...]
    mine: Answers
    theirs: Answers


class Whose(StrEnum):
    """Whose a paragraph is."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ConflictParagraph:
    """A paragraph of a text that two changed."""

    block: Block
    side: Whose
    number: int
    """First question of its answer."""


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
    from_me: set[int] = set()
    ours = False
    for group in _groups(base.answers, mine.answers, theirs.answers):
        was, own, other = (_of(dossier.answers, group) for dossier in (base, mine, theirs))
        if essence(own) == essence(other):
            answers += own
        elif essence(own) == essence(was):
            answers += other
        elif essence(other) == essence(was):
            from_me |= set(range(len(answers), len(answers) + len(own)))
            answers += own
        elif _bare(own) == _bare(was):
            answers += _with_remarks(other, was, own, other)
            ours = True
        elif _bare(other) == _bare(was):
            from_me |= set(range(len(answers), len(answers) + len(own)))
            answers += _with_remarks(own, was, own, other)
        else:
            answers += other
            conflicts.append(MergeConflict(group, own, other))
    fields: dict[str, object] = {
        "properties": _merged_properties(base.properties, mine.properties, theirs.properties),
        "intended": _merged_set(base.intended, mine.intended, theirs.intended),
    }
    for name in _FIELDS:
        was_value, own_value, other_value = (getattr(dossier, name) for dossier in (base, mine, theirs))
        fields[name] = own_value if other_value == was_value else other_value
    ours |= bool(from_me) or any(value != getattr(theirs, name) for name, value in fields.items())
    found = tuple(_as_found(answer, mine) for answer in answers)
    dossier = dataclasses.replace(mine, answers=found, **fields)  # type: ignore[arg-type]
    return Merged(_with_own_names(dossier, from_me), tuple(conflicts), ours)


def _as_found(answer: DraftAnswer, mine: Dossier) -> DraftAnswer:
    """`answer` with what the program found here, in those of its paragraphs that are as they were and in the whole."""
    blocks = []
    for block in answer.blocks:
        held = mine.block(block.id)
        if held is not None and _words(held) == _words(block):
            block = dataclasses.replace(block, findings=held.findings, seen=held.seen)
        blocks.append(block)
    whole = mine.answer(answer.numbers[0])
    if whole is not None and whole.numbers == answer.numbers and [*map(_words, whole.blocks)] == [*map(_words, blocks)]:
        answer = dataclasses.replace(answer, findings=whole.findings, coverage=whole.coverage)
    return dataclasses.replace(answer, blocks=tuple(blocks))


def _words(block: Block) -> tuple[object, ...]:
    return block.id, block.text, block.origins


def _merged_properties(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    found = {}
    for key in sorted({*mine, *theirs}):
        was, own, other = base.get(key), mine.get(key), theirs.get(key)
        value = own if other == was else other
        if key == COUNTER:  # no name of a block is ever used again, on either side
            value = str(max(int(number) for number in (own, other) if number is not None))
        if value is not None:
            found[key] = value
    return found


def _merged_set(base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    kept = [key for key in theirs if key in mine or key not in base]
    return (*kept, *(key for key in mine if key not in base and key not in kept))


def _with_own_names(dossier: Dossier, mine: Collection[int]) -> Dossier:
    """Blocks of the answers at these places get another name where someone else used it at the same time."""
    used = {block.id for at, answer in enumerate(dossier.answers) if at not in mine for block in answer.blocks}
    for at in sorted(mine):
        blocks: list[Block] = []
        for block in dossier.answers[at].blocks:
            if block.id in used:
                dossier, name = new_id(dossier)
                block = dataclasses.replace(block, id=name)
            used.add(block.id)
            blocks.append(block)
        answer = dataclasses.replace(dossier.answers[at], blocks=tuple(blocks))
        answers = (*dossier.answers[:at], answer, *dossier.answers[at + 1 :])
        dossier = dataclasses.replace(dossier, answers=answers)
    return dossier


def same(one: Dossier, other: Dossier) -> bool:
    """Whether two versions are the same to people."""
    return essence(one.answers) == essence(other.answers) and all(
        getattr(one, name) == getattr(other, name) for name in (*_FIELDS, "properties", "intended")
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
    """The essence without the remarks and what was decided of changes from Word."""
    return tuple(
        dataclasses.replace(
            answer,
            blocks=tuple(dataclasses.replace(block, remark="", threads=()) for block in answer.blocks),
            changes=(),
        )
        for answer in essence(answers)
    )


def _with_remarks(chosen: Answers, was: Answers, mine: Answers, theirs: Answers) -> Answers:
    """`chosen` with the remarks and the decisions of all sides."""
    held = [{block.id: block.discussion for answer in side for block in answer.blocks} for side in (was, mine, theirs)]

    def merged(block: Block) -> Block:
        return with_threads(block, merged_threads(*(side.get(block.id, ()) for side in held)))

    changes = _merged_changes(was, mine, theirs)
    return tuple(
        dataclasses.replace(
            answer,
            blocks=tuple(map(merged, answer.blocks)),
            changes=tuple(c for question, c in changes if question in answer.numbers),
        )
        for answer in chosen
    )


def _merged_changes(was: Answers, mine: Answers, theirs: Answers) -> list[tuple[int, WordChange]]:
    """The changes from Word of both sides, each with a question of its answer; whoever decided is followed."""
    before, own, other = (
        {change.id: (answer.numbers[0], change) for answer in side for change in answer.changes}
        for side in (was, mine, theirs)
    )
    found = other | own
    for name, (question, change) in found.items():
        if name in before and name in other and change.decision == before[name][1].decision:
            found[name] = (question, dataclasses.replace(change, decision=other[name][1].decision))
    return list(found.values())


def with_answers(dossier: Dossier, chosen: Answers) -> Dossier:
    """`dossier` with these answers in the place of those to the same questions.

    A block that has the name of another one, as both texts of one block have, gets a name of its own.
    """
    numbers = {number for answer in chosen for number in answer.numbers}
    result: list[DraftAnswer] = []
    placed: set[int] = set()
    for answer in dossier.answers:
        if numbers.isdisjoint(answer.numbers):
            result.append(answer)
        elif not placed:
            placed = set(range(len(result), len(result) + len(chosen)))
            result += chosen
    return _with_own_names(dataclasses.replace(dossier, answers=tuple(result)), placed)


def paragraphs(conflict: MergeConflict) -> tuple[ConflictParagraph, ...]:
    """All paragraphs of both texts, in an order in which both can be read as one.

    What comes of the same paragraph stands together, the other's first; one that both have is there once.
    """
    theirs = [block for answer in conflict.theirs for block in answer.blocks]
    by_text = {block.text: block.id for block in theirs}
    names = {block.id for block in theirs}
    after: dict[str, list[ConflictParagraph]] = {}
    last = ""
    for answer in conflict.mine:
        for block in answer.blocks:
            if block.text in by_text:
                last = by_text[block.text]
                continue
            last = block.id if block.id in names else last
            after.setdefault(last, []).append(ConflictParagraph(block, Whose.MINE, answer.numbers[0]))
    shared = {block.text for answer in conflict.mine for block in answer.blocks}
    found = after.get("", [])
    for answer in conflict.theirs:
        for block in answer.blocks:
            side = Whose.BOTH if block.text in shared else Whose.THEIRS
            found = [*found, ConflictParagraph(block, side, answer.numbers[0]), *after.get(block.id, ())]
    return tuple(found)


def composed(conflict: MergeConflict, chosen: Collection[ConflictParagraph]) -> Answers:
    """Answers made of the chosen `paragraphs`; all of one side and none of the other is that side as it was.

    Remarks of both sides stay with the paragraphs that they are about.
    """
    every = paragraphs(conflict)
    for side, answers in ((Whose.MINE, conflict.mine), (Whose.THEIRS, conflict.theirs)):
        if all((paragraph in chosen) == (paragraph.side in (side, Whose.BOTH)) for paragraph in every):
            return _with_remarks(answers, (), conflict.mine, conflict.theirs)
    place = {number: at for at, answer in enumerate(conflict.theirs) for number in answer.numbers}
    blocks: list[list[Block]] = [[] for _ in conflict.theirs]
    for paragraph in every:
        if paragraph in chosen:
            blocks[place[paragraph.number]].append(paragraph.block)
    own = {answer.numbers: answer.note for answer in conflict.mine}
    made = tuple(
        dataclasses.replace(
            answer,
            blocks=tuple(group),
            done=False,
            note="\n\n".join(filter(None, dict.fromkeys((answer.note, own.get(answer.numbers, ""))))),
        )
        for answer, group in zip(conflict.theirs, blocks, strict=True)
    )
    return _with_remarks(made, (), conflict.mine, conflict.theirs)


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
