"""Two sentences that do not go together, as they are shown side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from answers_bank.dutch.sentences import sentence_spans
from drafter.checks import check_document, rules
from drafter.checks.comparison.compare import compare_documents, compare_texts
from drafter.dossier.remarks import as_document, block_at
from drafter.dossier.value import BlockState, Dossier
from drafter.wording import CONFLICT_WORDS, question_words, short_date
from embeddings.errors import Cancelled
from embeddings.progress import Progress

if TYPE_CHECKING:
    from drafter.checks.finding import Context


@dataclass(frozen=True, slots=True)
class Quoted:
    """One side of a contradiction."""

    document: str
    label: str
    """What it is and of which day."""

    quote: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences that do not go together, to be judged by the user."""

    kind: str
    message: str
    new: Quoted
    old: Quoted
    block: str = ""
    """Id of the block that the new side stands in; empty outside a dossier."""


def between_documents(new: Document, old: Document) -> tuple[Contradiction, ...]:
    """What `new` says otherwise than `old`."""
    return tuple(
        Contradiction(
            kind=CONFLICT_WORDS.get(conflict.kind, conflict.kind),
            message=conflict.message,
            new=Quoted("", _label(new), conflict.new.quote, _sentence(new.text, conflict.new.start)),
            old=Quoted("", _label(old), conflict.old.quote, _sentence(old.text, conflict.old.start)),
        )
        for conflict in compare_documents(new, old)
    )


def of_draft(dossier: Dossier, context: Context, progress: Progress) -> tuple[Contradiction, ...]:
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
    titles = {rule.rule: rule.title for rule in rules() if rule.check == "consistency"}
    for finding in check_document(as_document(dossier), context, only=["consistency"]):
        home = block_at(dossier, finding.start)
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


def _label(document: Document) -> str:
    return f"{document.title}{f', {short_date(document.date)}' if document.date else ''}"


def _sentence(text: str, position: int) -> str:
    return next((text[start:end] for start, end in sentence_spans(text) if start <= position < end), "")
