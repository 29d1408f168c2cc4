"""Changes to whole answers of a dossier: together, apart, done, noted, checked, filled in. Each gives a new dossier.

Answers are named by any of their question numbers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from drafter.checks.finding import Coverage, Finding
from drafter.dossier.edits import answer_index, change_answer, new_id, with_blocks
from drafter.dossier.text import seen_from
from drafter.dossier.value import Dossier, DraftAnswer, Status
from drafter.dossier.waivers import meant
from embeddings.errors import UsageError


def combine(dossier: Dossier, numbers: Iterable[int]) -> Dossier:
    """Answer several questions together, where the first of them stands; their blocks follow one another.

    Raises:
        UsageError: fewer than two answers are named.
    """
    indexes = sorted({answer_index(dossier, number) for number in numbers})
    if len(indexes) < 2:
        raise UsageError("Kies ten minste twee vragen om samen te beantwoorden.")
    parts = [dossier.answers[i] for i in indexes]
    blocks = tuple(block for part in parts for block in part.blocks)
    combined = DraftAnswer(
        numbers=tuple(sorted(number for part in parts for number in part.numbers)),
        blocks=blocks,
        status=Status.DRAFTED if blocks else Status.NO_SOURCE,
        coverage=tuple(c for part in parts for c in part.coverage),
        findings=tuple(f for part in parts for f in part.findings),
        note="\n".join(filter(None, (part.note for part in parts))),
        near=tuple(near for part in parts for near in part.near),
        changes=tuple(change for part in parts for change in part.changes),
    )
    answers = [a for i, a in enumerate(dossier.answers) if i not in indexes[1:]]
    answers[indexes[0]] = combined
    return dataclasses.replace(dossier, answers=tuple(answers))


def separate(dossier: Dossier, number: int) -> Dossier:
    """Answer each question of a combined answer apart again; the text stays with the first.

    A block that takes up a sub-question of one question only goes with that question.

    Raises:
        UsageError: the answer is to one question only.
    """
    index = answer_index(dossier, number)
    answer = dossier.answers[index]
    if len(answer.numbers) < 2:
        raise UsageError("Deze vraag wordt al apart beantwoord.")
    takes_up: dict[str, set[int]] = {}
    for c in answer.coverage:
        if c.block is not None:
            takes_up.setdefault(c.block, set()).add(c.question)
    home = {b.id: min(takes_up.get(b.id, answer.numbers)) for b in answer.blocks}
    parts = []
    for own in answer.numbers:
        blocks = tuple(b for b in answer.blocks if home[b.id] == own)
        parts.append(
            DraftAnswer(
                numbers=(own,),
                blocks=blocks,
                status=Status.DRAFTED if blocks else Status.NO_SOURCE,
                coverage=tuple(seen_from(c, blocks) for c in answer.coverage if c.question == own),
                findings=tuple(f for f in answer.findings if (f.question or answer.numbers[0]) == own),
                note=answer.note if own == answer.numbers[0] else "",
                near=answer.near if own == answer.numbers[0] else (),
                changes=tuple(c for c in answer.changes if home.get(c.block, answer.numbers[0]) == own),
            )
        )
    return dataclasses.replace(dossier, answers=(*dossier.answers[:index], *parts, *dossier.answers[index + 1 :]))


def set_done(dossier: Dossier, number: int, done: bool) -> Dossier:
    """Call an answer finished, or not."""
    return change_answer(dossier, number, lambda answer: dataclasses.replace(answer, done=done))


def set_note(dossier: Dossier, number: int, note: str) -> Dossier:
    """Keep the drafter's own note with an answer; it is never exported."""
    return change_answer(dossier, number, lambda answer: dataclasses.replace(answer, note=note))


def set_checked(
    dossier: Dossier, number: int, findings: tuple[Finding, ...], coverage: tuple[Coverage, ...]
) -> Dossier:
    """Put in what the checks say of an answer as a whole."""

    def change(answer: DraftAnswer) -> DraftAnswer:
        entries = meant(answer.intended, findings, dossier.intended)
        return dataclasses.replace(answer, findings=findings, coverage=coverage, intended=entries)

    return change_answer(dossier, number, change)


def fill_empty(dossier: Dossier, drafted: Dossier) -> tuple[Dossier, int]:
    """Put the answers of `drafted` where `dossier` has none yet; the dossier and how many were filled.

    Blocks get ids of this dossier. An answer counts as empty only when all questions of the drafted one are.
    """
    filled = 0
    for answer in drafted.answers:
        try:
            targets = [dossier.answers[answer_index(dossier, number)] for number in answer.numbers]
        except UsageError:
            continue
        numbers = sorted({number for target in targets for number in target.numbers})
        if not answer.blocks or any(t.blocks or t.done for t in targets) or numbers != sorted(answer.numbers):
            continue
        if len(targets) > 1 and len({t.numbers for t in targets}) > 1:
            dossier = combine(dossier, answer.numbers)
        names: dict[str, str] = {}
        blocks = []
        for block in answer.blocks:
            dossier, names[block.id] = new_id(dossier)
            blocks.append(dataclasses.replace(block, id=names[block.id], seen=False))
        target = dossier.answers[answer_index(dossier, answer.numbers[0])]
        coverage = tuple(dataclasses.replace(c, block=names.get(c.block or "")) for c in answer.coverage)
        filled_in = dataclasses.replace(target, coverage=coverage, findings=answer.findings)
        dossier = with_blocks(dossier, filled_in, tuple(blocks))
        filled += len(answer.numbers)
    return dossier, filled


def take_draft(dossier: Dossier, drafted: Dossier) -> tuple[Dossier, int]:
    """`dossier` with what was drafted for it: all of it while nothing is written yet, else as `fill_empty`.

    Returns it with the number of questions that have an answer by it.
    """
    if any(a.blocks or a.done or a.note or len(a.numbers) > 1 for a in dossier.answers):
        return fill_empty(dossier, drafted)
    new = dataclasses.replace(
        drafted,
        id=dossier.id,
        created=dossier.created,
        changed=dossier.changed,
        deferred=dossier.deferred,
        properties=dossier.properties | drafted.properties,
        intended=dossier.intended,
    )
    return new, sum(len(answer.numbers) for answer in new.answers if answer.blocks)


def set_deferred(dossier: Dossier, deferred: bool) -> Dossier:
    """Whether a deferral was sent, which gives three more weeks."""
    return dataclasses.replace(dossier, deferred=deferred)
