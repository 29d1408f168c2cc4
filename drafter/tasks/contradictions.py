"""Two sentences that do not go together, as they are shown side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.checks.comparison.compare import compare_texts
from drafter.checks.rules import title_of
from drafter.dossier.findings.remarks import checked
from drafter.dossier.value import BlockState, Dossier
from drafter.tasks.compare import Fate, SentencePlace, compare_by_sentence
from drafter.wording import CONFLICT_WORDS, question_words, sentence_case, short_date
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

    to_check: bool = True
    """Whether the meaning differs; else it is a sentence that was changed, is new or is gone."""


def between_documents(new: Document, old: Document) -> tuple[Contradiction, ...]:
    """What `new` says otherwise than `old`, then what was changed without that, what is new and what is gone."""
    compared = compare_by_sentence(new, old)
    conflicts = (
        Contradiction(
            CONFLICT_WORDS.get(conflict.kind, conflict.kind),
            conflict.message,
            _quoted(one.new, new, conflict.new.quote),
            _quoted(one.old, old, conflict.old.quote),
        )
        for one in compared
        for conflict in one.conflicts
    )
    others = (
        Contradiction(
            _FATES[one.fate],
            place.text,
            _quoted(one.new, new, ""),
            _quoted(one.old, old, ""),
            to_check=False,
        )
        for fate in _FATES
        for one in compared
        if one.fate is fate and not one.conflicts and (place := one.new or one.old) is not None
    )
    return (*conflicts, *others)


_FATES = {Fate.CHANGED: "gewijzigd", Fate.NEW: "nieuw", Fate.GONE: "vervallen"}


def _quoted(place: SentencePlace | None, document: Document, quote: str) -> Quoted:
    if place is None:
        return Quoted("", _label(document), "")
    return Quoted("", f"{sentence_case(place.part)} · {_label(document)}", quote, place.text)


def of_draft(dossier: Dossier, context: Context, progress: Progress) -> tuple[Contradiction, ...]:
    """What to check: first what was changed in the reuse, then in the order of the draft.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    return (*_edited(dossier), *_said_before(checked(dossier, context, progress)))


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


def _said_before(dossier: Dossier) -> Iterator[Contradiction]:
    """What the checks say of the draft that is a contradiction, in its order; what is meant so is left out."""
    for answer in dossier.answers:
        here = f"Concept, {question_words(answer.numbers)}"
        for block in answer.blocks:
            for finding in block.open_findings:
                if finding.check != "consistency":
                    continue
                mine = Quoted("", here, finding.quote, finding.sentence)
                for evidence in finding.evidence[:1]:
                    date = f", {short_date(evidence.date)}" if evidence.date else ""
                    named = evidence.named or "Elders in het concept"
                    source = Quoted(evidence.document, f"{named}{date}", "", evidence.quote)
                    yield Contradiction(title_of(finding), finding.message, mine, source, block.id)


def _label(document: Document) -> str:
    return f"{document.title}{f', {short_date(document.date)}' if document.date else ''}"
