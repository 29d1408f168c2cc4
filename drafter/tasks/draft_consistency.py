"""Contradictions of a draft: with what was said before, with itself, and with the sources of its edited passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from answers_bank.documents import Answer, Document, Kind, Passage
from drafter.checks import check_document, rules
from drafter.checks.comparison.compare import compare_texts
from drafter.dossier.value import Block, BlockState, Dossier
from drafter.tasks.contradictions import Contradiction, Quoted
from drafter.wording import CONFLICT_WORDS, question_words, short_date
from embeddings.errors import Cancelled
from embeddings.progress import Progress

if TYPE_CHECKING:
    from drafter.checks.finding import Context, Finding


def contradictions(dossier: Dossier, context: Context, progress: Progress) -> tuple[Contradiction, ...]:
    """What to check: first what was changed in the reuse, then in the order of the draft.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    progress.start("Samenhang nagaan", 2)
    found = list(_edited(dossier))
    progress.advance()
    if progress.cancelled():
        raise Cancelled
    found += _said_before(dossier, context)
    progress.advance()
    return tuple(found)


def within_set(dossier: Dossier, context: Context) -> Dossier:
    """`dossier` with what its answers say otherwise of each other, as findings on the blocks where that stands.

    What the bank says is not looked at here: every block is checked against it by itself.
    """
    document, places = as_document(dossier)
    alone = replace(context, bank=None)
    here: dict[str, list[Finding]] = {}
    for finding in check_document(document, alone, only=["consistency"]):
        home = next(((at, block) for at, block in places if at <= finding.start < at + len(block.text)), None)
        if home is not None:
            at, block = home
            moved = replace(finding, start=finding.start - at, end=min(finding.end - at, len(block.text)))
            here.setdefault(block.id, []).append(moved)
    if not here:
        return dossier
    answers = tuple(
        replace(answer, blocks=tuple(_with(block, here.get(block.id, ())) for block in answer.blocks))
        for answer in dossier.answers
    )
    return replace(dossier, answers=answers)


def _with(block: Block, found: Sequence[Finding]) -> Block:
    known = {(one.rule, one.start, one.end) for one in block.findings}
    more = tuple(one for one in found if (one.rule, one.start, one.end) not in known)
    return replace(block, findings=block.findings + more) if more else block


def _edited(dossier: Dossier) -> Iterator[Contradiction]:
    """Where the meaning changed between a passage and its source."""
    for answer in dossier.answers:
        here = f"Concept, {question_words(answer.numbers)}"
        for block in answer.blocks:
            if block.state is not BlockState.EDITED or block.origin is None:
                continue
            date = f", {short_date(block.origin.date)}" if block.origin.date else ""
            for conflict in compare_texts(block.text, block.taken):
                yield Contradiction(
                    CONFLICT_WORDS.get(conflict.kind, conflict.kind),
                    f"Bij het overnemen gewijzigd. {conflict.message}",
                    Quoted("", here, conflict.new.quote, block.text),
                    Quoted(block.origin.document, f"{block.origin.title}{date}", conflict.old.quote, block.taken),
                    block.id,
                )


def _said_before(dossier: Dossier, context: Context) -> Iterator[Contradiction]:
    document, places = as_document(dossier)
    titles = {rule.rule: rule.title for rule in rules() if rule.check == "consistency"}
    for finding in check_document(document, context, only=["consistency"]):
        home = next(
            ((start, block) for start, block in places if start <= finding.start <= start + len(block.text)), None
        )
        block = home[1] if home else None
        number = finding.question or next((a.numbers[0] for a in dossier.answers if block in a.blocks), None)
        here = f"Concept, {question_words((number,))}" if number else "Concept"
        mine = Quoted("", here, finding.quote, finding.sentence)
        for evidence in finding.evidence[:1]:
            date = f", {short_date(evidence.date)}" if evidence.date else ""
            label = f"{_title(evidence.document, context)}{date}" if evidence.document else here
            yield Contradiction(
                titles.get(finding.rule, finding.rule),
                finding.message,
                mine,
                Quoted(evidence.document, label, "", evidence.quote),
                block.id if block else "",
            )


def _title(document: str, context: Context) -> str:
    """What a reader knows a document of the bank by."""
    try:
        return context.bank.document(document).title if context.bank else document
    except KeyError:
        return document


def as_document(dossier: Dossier) -> tuple[Document, list[tuple[int, Block]]]:
    """The draft as a document of the day of reference, and where each block begins in its text."""
    pieces: list[str] = []
    places: list[tuple[int, Block]] = []
    answers = []
    length = 0
    for answer in dossier.answers:
        paragraphs = []
        for block in answer.blocks:
            places.append((length, block))
            paragraphs.append(Passage(block.text, length, length + len(block.text)))
            pieces.append(block.text)
            length += len(block.text) + 2
        if paragraphs:
            answers.append(Answer(answer.numbers, tuple(paragraphs)))
    source = dossier.questions
    document = Document(
        id=source.id,
        sha256="",
        source=source.source,
        kind=Kind.ANSWER,
        text="\n\n".join(pieces),
        subject=source.subject,
        submitted=source.submitted,
        received=dossier.as_of,
        case_number=source.case_number,
        addressees=source.addressees,
        answers=tuple(answers),
    )
    return document, places
