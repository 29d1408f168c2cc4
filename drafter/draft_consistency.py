"""Contradictions of a draft: with what was said before in almost the same words, and with its own sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers_bank.sentences import sentences
from drafter.checks.compare import compare_texts
from drafter.desk import Contradiction, Side
from drafter.dossier import BlockState, Dossier
from drafter.wording import CONFLICT_WORDS, question_words, short_date
from embeddings.errors import Cancelled
from embeddings.progress import Progress

if TYPE_CHECKING:
    from answers_bank.bank import Bank

_ALIKE = 0.72
"""Likeness (0 to 1) from which two sentences are taken to say the same thing."""


def contradictions(dossier: Dossier, bank: Bank | None, progress: Progress) -> tuple[Contradiction, ...]:
    """What to check, in the order of the draft; each pair of sentences once.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    index = None
    if bank is not None:
        from answers_bank.reuse_index import ReuseIndex

        index = ReuseIndex.open(bank)
    progress.start("Samenhang nagaan", len(dossier.answers))
    found: dict[tuple[str, str, str], Contradiction] = {}
    for answer in dossier.answers:
        if progress.cancelled():
            raise Cancelled
        here = f"Concept, {question_words(answer.numbers)}"
        for block in answer.blocks:
            if block.state is BlockState.EDITED and block.origin is not None:
                date = f", {short_date(block.origin.date)}" if block.origin.date else ""
                for conflict in compare_texts(block.text, block.taken):
                    one = Contradiction(
                        CONFLICT_WORDS.get(conflict.kind, conflict.kind),
                        f"Gewijzigd bij het overnemen: {conflict.message}",
                        Side("", here, conflict.new.quote, block.text),
                        Side(block.origin.document, f"{block.origin.title}{date}", conflict.old.quote, block.taken),
                        block.id,
                    )
                    found.setdefault((block.id, conflict.new.quote, conflict.old.quote), one)
            if index is None or bank is None:
                continue
            own = frozenset(origin.document for origin in block.origins)
            for sentence in sentences(block.text):
                for hit in index.candidates(sentence, k=5, exclude=own):
                    if hit.ratio < _ALIKE:
                        continue
                    theirs = hit.text[hit.start : hit.end] if len(hit.text) > hit.end - hit.start else hit.text
                    for conflict in compare_texts(sentence, theirs):
                        date = f", {short_date(hit.date)}" if hit.date else ""
                        one = Contradiction(
                            CONFLICT_WORDS.get(conflict.kind, conflict.kind),
                            conflict.message,
                            Side("", here, conflict.new.quote, sentence),
                            Side(hit.document, f"{hit.document}{date}", conflict.old.quote, theirs),
                            block.id,
                        )
                        found.setdefault((block.id, conflict.new.quote, conflict.old.quote), one)
        progress.advance()
    return tuple(found.values())
