"""What stands between a set of answers and the Chamber: what is still to be done, each with its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from drafter.checks.finding import Finding
from drafter.dossier.judging.word_changes import changes_of
from drafter.dossier.set_state import SetState, set_state_of
from drafter.dossier.value import Block, BlockState, Dossier, DraftAnswer


class PointKind(StrEnum):
    """What is still to be done, the gravest first."""

    EMPTY = "empty"
    """A question without an answer."""

    PART = "part"
    """A part of a question that nothing takes up."""

    WARNING = "warning"
    """An open warning."""

    CONTRADICTION = "contradiction"
    """An open warning that answers of the set, or an earlier text, say otherwise."""

    QUOTATION = "quotation"
    """A quotation that is not what stands in the bank."""

    REMARK = "remark"
    """A remark that is not done."""

    FROM_WORD = "from_word"
    """A change that came back from Word and is not decided on."""

    DOUBT = "doubt"
    """A part of a question of which the user must judge whether it is answered."""

    OWN = "own"
    """Own text that nobody but its writer has read."""

    TERM = "term"
    """The term has passed."""


BLOCKING = frozenset({PointKind.EMPTY, PointKind.PART, PointKind.WARNING, PointKind.CONTRADICTION})
"""What a clean text is not written over, unless the user says so."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing still to be done."""

    kind: PointKind
    numbers: tuple[int, ...]
    """Questions that it concerns; empty for the whole set."""

    block: str
    """Id of the block; empty for the answer or the set as a whole."""

    words: str
    """What of it, on a line."""

    finding: Finding | None = None
    """The warning that it is."""


def points(dossier: Dossier, today: datetime.date) -> tuple[Point, ...]:
    """What is still to be done, by kind and then in the order of the text. What the bank must be asked is not here."""
    found = [point for answer in dossier.answers for point in _of_answer(dossier, answer)]
    for answer, change in changes_of(dossier, open_only=True):
        author = f"{change.author}: " if change.author else ""
        found.append(
            Point(PointKind.FROM_WORD, answer.numbers, change.block, f"{author}{change.after or change.before}")
        )
    if dossier.due is not None and today > dossier.due and set_state_of(dossier) is not SetState.SENT:
        found.append(Point(PointKind.TERM, (), "", f"De termijn liep af op {dossier.due:%d-%m-%Y}."))
    order = list(PointKind)
    return tuple(sorted(found, key=lambda point: order.index(point.kind)))


def blocking(found: Iterable[Point]) -> tuple[Point, ...]:
    """Those over which no clean text is written."""
    return tuple(point for point in found if point.kind in BLOCKING)


def _of_answer(dossier: Dossier, answer: DraftAnswer) -> Iterator[Point]:
    if not any(block.text.strip() for block in answer.blocks):
        asked = (dossier.questions.question(number) for number in answer.numbers)
        yield Point(PointKind.EMPTY, answer.numbers, "", " ".join(question.text for question in asked if question))
        return
    for block in answer.blocks:
        yield from _of_block(answer, block)
    for finding in answer.open_findings:
        if finding.is_warning:
            yield _warned(answer, "", finding)
    for item in answer.coverage:
        if item.doubtful and not answer.done:
            yield Point(PointKind.DOUBT, answer.numbers, item.block or "", item.text)


def _of_block(answer: DraftAnswer, block: Block) -> Iterator[Point]:
    for finding in block.open_findings:
        if finding.is_warning:
            yield _warned(answer, block.id, finding)
    for thread in block.discussion:
        if not thread.done:
            last = thread.entries[-1]
            words = f"{last.author}: {last.text}" if last.author else last.text
            yield Point(PointKind.REMARK, answer.numbers, block.id, words)
    if block.state is BlockState.OWN and block.text.strip() and not block.accepted_by:
        yield Point(PointKind.OWN, answer.numbers, block.id, block.text)


def _warned(answer: DraftAnswer, block: str, finding: Finding) -> Point:
    kinds = {"consistency": PointKind.CONTRADICTION, "coverage": PointKind.WARNING if block else PointKind.PART}
    kind = kinds.get(finding.check, PointKind.WARNING)
    return Point(kind, answer.numbers, block, finding.line, finding)
