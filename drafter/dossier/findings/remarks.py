"""What the program says of a draft: one set of findings, wherever it is asked for.

`checked` gives it, for the command line on the file in Word as for the screens. A paragraph is checked as text of the
day of its source; what only shows in the whole (what is open, what two answers say otherwise) is looked for in all
answers with their questions. After a change `checked_again` gives the same set, and looks anew only at what may differ.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from answers_bank.documents import Question
from drafter.checks import check_answer, check_block, check_document
from drafter.checks.builder import DocumentSpan, finding
from drafter.checks.finding import Context, Coverage, Finding
from drafter.dossier.findings.draft_document import draft_document
from drafter.dossier.value import Block, BlockState, Dossier, DraftAnswer
from drafter.word_difference import word_diff
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

_LEFT_OUT = frozenset({"coverage/sub-question", "coverage/term", "consistency/fixed-term"})
"""Told of each answer by itself, shown with the term of the dossier, and told of each block by itself."""


def checked(dossier: Dossier, context: Context, progress: Progress = SILENT) -> Dossier:
    """`dossier` with all that is said of its present text, and nothing that was said before.

    What was called intended is among the findings, so that it is there when that is taken back.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    progress.start("Controleren", len(dossier.answers))
    answers = []
    for answer in dossier.answers:
        if progress.cancelled():
            raise Cancelled
        answers.append(with_remarks(answer, _asked(dossier, answer), context))
        progress.advance()
    return across(dataclasses.replace(dossier, answers=tuple(answers)), context)


def checked_again(dossier: Dossier, context: Context, changed: Iterable[str] = ()) -> Dossier:
    """The same, where of an earlier check all holds but what it said of the blocks called `changed`."""
    again = set(changed)
    answers = []
    for answer in dossier.answers:
        blocks = tuple(_checked(b, min(answer.numbers), context) if b.id in again else b for b in answer.blocks)
        answers.append(_with_coverage(dataclasses.replace(answer, blocks=blocks), _asked(dossier, answer), context))
    return across(dataclasses.replace(dossier, answers=tuple(answers)), context)


def checked_where_new(dossier: Dossier, context: Context) -> Dossier:
    """The same, where answers were never checked here: what came from someone else comes without what was found in it.

    What was found in a block before is kept; a block without findings is looked at again.
    """
    new = [answer for answer in dossier.answers if answer.blocks and not answer.coverage]
    if not new:
        return dossier
    return checked_again(dossier, context, (b.id for answer in new for b in answer.blocks if not b.findings))


def with_remarks(answer: DraftAnswer, questions: Sequence[Question], context: Context) -> DraftAnswer:
    """`answer` with findings on its blocks and the coverage of `questions`, which it answers."""
    blocks = tuple(_checked(block, min(answer.numbers), context) for block in answer.blocks)
    return _with_coverage(dataclasses.replace(answer, blocks=blocks), questions, context)


def _asked(dossier: Dossier, answer: DraftAnswer) -> tuple[Question, ...]:
    return tuple(dict.fromkeys(q for n in answer.numbers if (q := dossier.questions.question(n)) is not None))


def _with_coverage(answer: DraftAnswer, questions: Sequence[Question], context: Context) -> DraftAnswer:
    texts, ids = [block.text for block in answer.blocks], [block.id for block in answer.blocks]
    coverage = tuple(part for question in questions for part in check_answer(question, texts, ids, context.near))
    if context.near is None:
        coverage = tuple(part if part.covered or part.doubtful else _as_before(part, answer) for part in coverage)
    off = {"coverage", "coverage/sub-question"} & context.off
    written = any(text.strip() for text in texts)
    findings = (
        tuple(_open(part) for part in coverage if not part.covered and not part.doubtful) if written and not off else ()
    )
    return dataclasses.replace(answer, coverage=coverage, findings=findings)


def _as_before(part: Coverage, answer: DraftAnswer) -> Coverage:
    """What the model saw in a block goes on to hold without the model, while the block is word for word the same."""
    same = {block.id for block in answer.blocks if block.state is BlockState.VERBATIM}
    for earlier in answer.coverage:
        if (
            earlier.doubtful
            and earlier.block in same
            and (earlier.question, earlier.text) == (part.question, part.text)
        ):
            return earlier
    return part


def _open(part: Coverage) -> Finding:
    found = finding("coverage/sub-question", DocumentSpan(0, 0, part.text, part.question))
    return dataclasses.replace(found, quote="")  # it stands nowhere in the answer


# --- a block by itself -----------------------------------------------------------------------------------------------


def _checked(block: Block, number: int, context: Context) -> Block:
    # What the user typed speaks of the day of the draft, what was taken over of the day of its source.
    date = block.origin.date if block.origin else context.as_of
    found = check_block(block.text, date, context)
    if block.origin is None:
        found = tuple(filter(_of_today, found))
    elif block.state is BlockState.EDITED and date != context.as_of:
        typed = _typed(block)
        now = check_block(block.text, context.as_of, context, only=["staleness"])
        taken = (one for one in found if one.check != "staleness" or not _inside(one, typed))
        found = (*taken, *(one for one in now if _inside(one, typed) and _of_today(one)))
    if block.origin is not None and any(one.rule == "fixed-term" for one in found):
        typed = _typed(block)  # how something is written is for the drafter's own words alone
        found = tuple(one for one in found if one.rule != "fixed-term" or _inside(one, typed))
    own = (dataclasses.replace(one, question=number) for one in found if not _of_the_whole(one))
    return dataclasses.replace(block, findings=_in_order(own))


def _of_today(one: Finding) -> bool:
    """Whether a finding makes sense on words that were just typed: their time is now, and what is to come is ahead."""
    return one.check != "staleness" or one.is_warning


def _typed(block: Block) -> list[tuple[int, int]]:
    """Spans of the words that the source of a block does not have."""
    spans, at = [], 0
    for change in word_diff(block.taken, block.text):
        if change.op == "insert":
            spans.append((at, at + len(change.text)))
        if change.op != "delete":
            at += len(change.text)
    return spans


def _inside(one: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


# --- the whole -------------------------------------------------------------------------------------------------------


def across(dossier: Dossier, context: Context) -> Dossier:
    """`dossier` with what only shows in the draft as a whole, in place of what was said of the whole before.

    That is where answers contradict each other or their questions, where one is lacking, leads nowhere or is combined
    against the wish of the members. What the bank says is not looked at: every block is checked against it by itself.
    """
    draft = draft_document(dossier)
    blocks: dict[str, list[Finding]] = {}
    answers: dict[int, list[Finding]] = {}
    alone = dataclasses.replace(context, bank=None)
    for one in check_document(draft.document, alone, only=["coverage", "consistency"]):
        if f"{one.check}/{one.rule}" in _LEFT_OUT:
            continue
        home = draft.block_at(one.start)
        if home is not None:
            at, block = home
            end = len(block.text) if one.rule == "combined" else min(one.end - at, len(block.text))
            moved = dataclasses.replace(one, start=one.start - at, end=end)
            blocks.setdefault(block.id, []).append(moved)
        elif (answer := dossier.answer(one.question or 0)) is not None:
            answers.setdefault(answer.numbers[0], []).append(dataclasses.replace(one, start=0, end=0))
    return _with(dossier, blocks, answers)


def _of_the_whole(one: Finding) -> bool:
    """Whether `across` tells it: what an answer says otherwise than the text itself, and all of coverage."""
    if one.check == "consistency":
        return bool(one.evidence) and all(shown.document == "" and shown.date is None for shown in one.evidence)
    return one.check == "coverage" and one.rule != "sub-question"


def _with(dossier: Dossier, blocks: Mapping[str, Sequence[Finding]], whole: Mapping[int, Sequence[Finding]]) -> Dossier:
    def block(held: Block, number: int) -> Block:
        kept = tuple(one for one in held.findings if not _of_the_whole(one))
        said = [one for one in blocks.get(held.id, ()) if not _of_the_old_set(one, kept)]
        new = (dataclasses.replace(one, question=one.question or number) for one in said)
        findings = _in_order((*kept, *new))
        return held if findings == held.findings else dataclasses.replace(held, findings=findings)

    def answer(held: DraftAnswer) -> DraftAnswer:
        kept = tuple(one for one in held.findings if not _of_the_whole(one))
        number = min(held.numbers)
        return dataclasses.replace(
            held,
            blocks=tuple(block(one, number) for one in held.blocks),
            findings=(*kept, *whole.get(held.numbers[0], ())),
        )

    return dataclasses.replace(dossier, answers=tuple(map(answer, dossier.answers)))


def _of_the_old_set(one: Finding, kept: Sequence[Finding]) -> bool:
    """Whether a number that leads nowhere is one of the set of the source: then that is what is told."""
    old = [other for other in kept if other.rule == "internal-reference" and other.is_warning]
    return one.rule == "points-nowhere" and any(one.start < other.end and other.start < one.end for other in old)


def _in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.check, one.rule)))
