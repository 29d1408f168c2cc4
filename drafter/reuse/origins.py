"""What a block of a dossier knows itself of where its sentences come from."""

from __future__ import annotations

import dataclasses

from rapidfuzz import fuzz

from answers_bank.dutch.sentences import sentence_spans
from drafter.dossier.value import Block, Origin
from drafter.reuse.values import Label, ReuseForm, SentenceReview, SentenceSource
from drafter.word_difference import word_diff

_AS_GOOD = 0.02
"""How much less alike the source that the drafter took may be than the closest one, and still be the one shown."""


def origin_of(block: Block, text: str) -> SentenceSource | None:
    """The sentence of the block's sources that is most like `text`; None for a block without any."""
    found = [
        (fuzz.ratio(sentence := " ".join(origin.text[start:end].split()), text), origin, sentence, start, end)
        for origin in block.origins
        for start, end in sentence_spans(origin.text)
    ]
    if not found:
        return None
    likeness, origin, sentence, start, end = max(found, key=lambda one: one[0])
    return _source(origin, sentence, start, end, 1.0 if sentence == text else min(likeness / 100, 0.999))


def with_origin(one: SentenceReview, block: Block) -> SentenceReview:
    """A sentence of the review with the source that the drafter took, where that is as good as the closest.

    What is to the letter the block's own source is so, also a "Ja." that tells the bank nothing.
    """
    own = origin_of(block, one.text)
    if own is None:
        return one
    if own.relation is ReuseForm.SAME and one.label is not Label.VERBATIM:
        return dataclasses.replace(
            one, label=Label.VERBATIM, best=own, sources=(own, *one.others), diff=word_diff(own.text, one.text)
        )
    if one.best is None:
        return one
    taken = {origin.passage for origin in block.origins}
    good = [s for s in one.sources if s.passage in taken and s.similarity >= one.best.similarity - _AS_GOOD]
    best = max(good, key=lambda source: source.similarity, default=one.best)
    if best == one.best:
        return one
    return dataclasses.replace(one, best=best, diff=word_diff(" ".join(best.text.split()), one.text))


def _source(origin: Origin, text: str, start: int, end: int, likeness: float) -> SentenceSource:
    place = (origin.document, origin.passage, origin.date, origin.title, origin.numbers, origin.url, text, start, end)
    return SentenceSource(*place, likeness, ReuseForm.SAME if likeness == 1 else ReuseForm.EDITED)
