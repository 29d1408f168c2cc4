"""Two sentences that do not go together, as they are shown side by side."""

from __future__ import annotations

from dataclasses import dataclass

from answers_bank.documents import Document
from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.comparison.compare import compare_documents
from drafter.wording import CONFLICT_WORDS, short_date


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


def _label(document: Document) -> str:
    return f"{document.title}{f', {short_date(document.date)}' if document.date else ''}"


def _sentence(text: str, position: int) -> str:
    return next((text[start:end] for start, end in sentence_spans(text) if start <= position < end), "")
