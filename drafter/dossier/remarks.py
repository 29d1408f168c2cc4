"""What the program says of a draft: findings on every block, what is still open, what only shows in the whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from answers_bank.documents import Answer, Document, Kind, Passage, Question
from drafter.checks import check_answer, check_block, check_document
from drafter.checks.builder import DocumentSpan, finding
from drafter.checks.finding import Context, Coverage, Finding
from drafter.dossier.value import Block, BlockState, Dossier, DraftAnswer


def with_remarks(answer: DraftAnswer, questions: Sequence[Question], context: Context) -> DraftAnswer:
    """`answer` with findings on its blocks and the coverage of `questions`, which it answers."""
    blocks = tuple(_checked(block, min(answer.numbers), context) for block in answer.blocks)
    return _with_coverage(dataclasses.replace(answer, blocks=blocks), questions, context)


def checked_again(
    answer: DraftAnswer, questions: Sequence[Question], context: Context, only: str | None = None
) -> DraftAnswer:
    """`answer` with what is said of its present text: on its blocks, or `only` one of them, and on the whole.

    What was called intended is among the findings, so that it is there when that is taken back.
    """
    blocks = []
    for block in answer.blocks:
        if only in (None, block.id):
            found = _checked(dataclasses.replace(block, intended=()), min(answer.numbers), context)
            block = dataclasses.replace(block, findings=found.findings)
        blocks.append(block)
    others = tuple(f for f in answer.findings if (f.check, f.rule) != ("coverage", "sub-question"))
    return _with_coverage(dataclasses.replace(answer, blocks=tuple(blocks), findings=others), questions, context)


def _with_coverage(answer: DraftAnswer, questions: Sequence[Question], context: Context) -> DraftAnswer:
    texts, ids = [block.text for block in answer.blocks], [block.id for block in answer.blocks]
    coverage = tuple(part for question in questions for part in check_answer(question, texts, ids, context.near))
    if context.near is None:
        coverage = tuple(part if part.covered else _as_before(part, answer) for part in coverage)
    findings = tuple(_open(part) for part in coverage if not part.covered) if answer.blocks else ()
    switched_off = {"coverage", "coverage/sub-question"} & context.off
    return dataclasses.replace(answer, coverage=coverage, findings=answer.findings + (() if switched_off else findings))


def _as_before(part: Coverage, answer: DraftAnswer) -> Coverage:
    """What the model saw in a block goes on to hold without the model, while the block is word for word the same."""
    same = {block.id for block in answer.blocks if block.state is BlockState.VERBATIM}
    for earlier in answer.coverage:
        if earlier.covered and earlier.block in same and (earlier.question, earlier.text) == (part.question, part.text):
            return earlier
    return part


def _checked(block: Block, number: int, context: Context) -> Block:
    # What the user typed speaks of the day of the draft.
    date = block.origin.date if block.origin else context.as_of
    found = check_block(block.text, date, context, block.intended)
    return dataclasses.replace(block, findings=tuple(dataclasses.replace(f, question=number) for f in found))


def _open(part: Coverage) -> Finding:
    found = finding("coverage/sub-question", DocumentSpan(0, 0, part.text, part.question))
    return dataclasses.replace(found, quote="")  # it stands nowhere in the answer


def across(dossier: Dossier, context: Context) -> Dossier:
    """`dossier` with what only shows in the draft as a whole.

    That is where its answers contradict each other, and where they are combined against the wish of the members.
    """
    dossier = within_set(dossier, context)
    document = dataclasses.replace(as_document(dossier), questions=dossier.questions.questions)
    combined: dict[str, list[Finding]] = {}
    for one in check_document(document, context, only=["coverage"]):
        # The other rules are told per answer already, or are about a document that is finished.
        home = block_at(dossier, one.start)
        if one.rule == "combined" and home is not None:
            combined[home[1].id] = [dataclasses.replace(one, start=0, end=len(home[1].text))]
    return _with(dossier, combined)


def within_set(dossier: Dossier, context: Context) -> Dossier:
    """`dossier` with what its answers say otherwise of each other, as findings on the blocks where that stands.

    What the bank says is not looked at here: every block is checked against it by itself.
    """
    alone = dataclasses.replace(context, bank=None)
    here: dict[str, list[Finding]] = {}
    for one in check_document(as_document(dossier), alone, only=["consistency"]):
        home = block_at(dossier, one.start)
        if home is not None:
            at, block = home
            moved = dataclasses.replace(one, start=one.start - at, end=min(one.end - at, len(block.text)))
            here.setdefault(block.id, []).append(moved)
    return _with(dossier, here)


def as_document(dossier: Dossier) -> Document:
    """The answers in progress as a document of the day of reference; its text is `Dossier.text`."""
    paragraphs: dict[tuple[int, ...], list[Passage]] = {}
    for start, answer, block in dossier.places():
        passage = Passage(block.text, start, start + len(block.text))
        paragraphs.setdefault(answer.numbers, []).append(passage)
    asked = dossier.questions
    return Document(
        id=asked.id,
        sha256="",
        source=asked.source,
        kind=Kind.ANSWER,
        text=dossier.text,
        subject=asked.subject,
        submitted=asked.submitted,
        received=dossier.as_of,
        case_number=asked.case_number,
        addressees=asked.addressees,
        answers=tuple(Answer(numbers, tuple(own)) for numbers, own in paragraphs.items()),
    )


def block_at(dossier: Dossier, position: int) -> tuple[int, Block] | None:
    """The block that holds a position in the text of the draft, with where it begins."""
    return next(
        ((start, block) for start, _, block in dossier.places() if start <= position < start + len(block.text)), None
    )


def _with(dossier: Dossier, found: Mapping[str, Sequence[Finding]]) -> Dossier:
    """`dossier` with more findings on its blocks; one that is there already is not told twice."""

    def more(block: Block) -> Block:
        known = {(one.rule, one.start, one.end) for one in block.findings}
        new = tuple(one for one in found.get(block.id, ()) if (one.rule, one.start, one.end) not in known)
        return dataclasses.replace(block, findings=block.findings + new) if new else block

    if not found:
        return dossier
    answers = tuple(dataclasses.replace(answer, blocks=tuple(map(more, answer.blocks))) for answer in dossier.answers)
    return dataclasses.replace(dossier, answers=answers)
