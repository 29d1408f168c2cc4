"""What came back from Word, paragraph by paragraph, to be accepted or undone one by one.

The words that came in stand in the text at once; a change that is undone puts the paragraph back as it was.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator, Mapping

from drafter.dossier.edits import change_answer, remove, with_blocks
from drafter.dossier.value import Block, ChangeKind, Decision, Dossier, DraftAnswer, WordChange
from embeddings.errors import UsageError

Author = tuple[str, datetime.datetime | None]
"""Who, and when."""


def with_changes(before: Dossier, after: Dossier, file: str, authors: Mapping[str, Author], other: Author) -> Dossier:
    """`after`, which is `before` with the edits of a Word file, with a list of what was changed in each answer.

    Args:
        before: the dossier as it was.
        after: the same with the edits.
        file: name of the file.
        authors: by the id of a paragraph, who changed it and when.
        other: who is named for the other paragraphs.
    """
    old = {block.id: block for answer in before.answers for block in answer.blocks}
    there = {block.id for answer in after.answers for block in answer.blocks}
    answers = []
    for answer in after.answers:
        new: list[WordChange] = []

        def add(kind: ChangeKind, block: Block, text: str, behind: str = "", into: list[WordChange] = new) -> None:
            author, at = authors.get(block.id, other)
            was = None if kind is ChangeKind.ADDED else old[block.id]
            into.append(WordChange("", kind, block.id, text, was, behind, author, at, file))

        for block in answer.blocks:
            if block.id not in old:
                add(ChangeKind.ADDED, block, block.text)
            elif (block.text, block.notes) != (old[block.id].text, old[block.id].notes):
                add(ChangeKind.EDITED, block, block.text)
        for earlier in before.answers:
            if answer.numbers[0] in earlier.numbers:
                behind = ""
                for block in earlier.blocks:
                    if block.id not in there:
                        add(ChangeKind.REMOVED, block, "", behind)
                    behind = block.id
        first = _next_number(before, answer)
        named = (
            dataclasses.replace(change, id=f"{answer.numbers[0]}.{number}")
            for number, change in enumerate(new, start=first)
        )
        answers.append(dataclasses.replace(answer, changes=(*answer.changes, *named)))
    return dataclasses.replace(after, answers=tuple(answers))


def changes_of(dossier: Dossier, *, open_only: bool = False) -> Iterator[tuple[DraftAnswer, WordChange]]:
    """The changes in the order of the answers, each with its answer."""
    for answer in dossier.answers:
        for change in answer.changes:
            if not open_only or change.decision is Decision.OPEN:
                yield answer, change


def accept_change(dossier: Dossier, name: str) -> Dossier:
    """Let a change stand.

    Raises:
        UsageError: there is no such change, or it was undone.
    """
    _, change = _find(dossier, name)
    if change.decision is Decision.UNDONE:
        raise UsageError(f"Wijziging {name} is al teruggezet.")
    return _decided(dossier, name, Decision.ACCEPTED)


def undo_change(dossier: Dossier, name: str, *, anyway: bool = False) -> Dossier:
    """Put the paragraph of a change back as it was.

    Raises:
        UsageError: there is no such change, it was undone, its paragraph is not there any more, or the paragraph was
            changed again since and `anyway` was not said.
    """
    answer, change = _find(dossier, name)
    if change.decision is Decision.UNDONE:
        raise UsageError(f"Wijziging {name} is al teruggezet.")
    block = dossier.block(change.block)
    if change.kind is ChangeKind.REMOVED:
        if block is None:
            dossier = _put_back(dossier, answer, change)
    elif block is None:
        raise UsageError(f"De alinea van wijziging {name} is intussen weg.", "Er valt niets terug te zetten.")
    elif block.text != change.after and not anyway:
        raise UsageError(f"De alinea van wijziging {name} is daarna nog veranderd.", CHANGED_SINCE)
    elif change.was is None:
        dossier = remove(dossier, change.block)
    else:
        # What was remarked on it since stays.
        back = dataclasses.replace(
            change.was, threads=block.threads, remark=block.remark, accepted_by="", accepted_at=None
        )
        dossier = _with_block(dossier, back)
    return _decided(dossier, name, Decision.UNDONE)


CHANGED_SINCE = "Wie haar toch terugzet, verliest ook wat er daarna aan is veranderd."
"""What to know before a change is undone of which the paragraph was changed again."""


def _put_back(dossier: Dossier, answer: DraftAnswer, change: WordChange) -> Dossier:
    assert change.was is not None
    place = next((at + 1 for at, block in enumerate(answer.blocks) if block.id == change.behind), 0)
    if change.behind and not place:
        place = len(answer.blocks)  # what it stood behind is gone as well
    return with_blocks(dossier, answer, (*answer.blocks[:place], change.was, *answer.blocks[place:]))


def _with_block(dossier: Dossier, block: Block) -> Dossier:
    answer = next(a for a in dossier.answers if any(b.id == block.id for b in a.blocks))
    return with_blocks(dossier, answer, tuple(block if b.id == block.id else b for b in answer.blocks))


def _find(dossier: Dossier, name: str) -> tuple[DraftAnswer, WordChange]:
    for answer, change in changes_of(dossier):
        if change.id == name:
            return answer, change
    raise UsageError(f"Er is geen wijziging {name} in dit dossier.", "De lijst zonder keuze toont de nummers.")


def _decided(dossier: Dossier, name: str, decision: Decision) -> Dossier:
    answer, _ = _find(dossier, name)
    return _changed(
        dossier, answer, lambda change: dataclasses.replace(change, decision=decision) if change.id == name else change
    )


def _changed(dossier: Dossier, answer: DraftAnswer, change: Callable[[WordChange], WordChange]) -> Dossier:
    return change_answer(
        dossier, answer.numbers[0], lambda a: dataclasses.replace(a, changes=tuple(map(change, a.changes)))
    )


def _next_number(dossier: Dossier, answer: DraftAnswer) -> int:
    used = [change.id.split(".") for _, change in changes_of(dossier)]
    return 1 + max((int(n) for question, n in used if question == str(answer.numbers[0])), default=0)
