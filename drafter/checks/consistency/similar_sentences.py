"""Sentences of the bank that may say the same as a given one: by shared words, and by meaning where a model is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from rapidfuzz.distance import Indel

from answers_bank.index.repeated_text import ReuseIndex, SentenceHit, grams, words
from answers_bank.store.bank import Bank
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.consistency.sentence_similarity import Kin

if TYPE_CHECKING:
    from embeddings.encoder import Encoder

_BY_WORDS = 12
_BY_MEANING = 3
_LEAST = 8
"""Words of a sentence from which its meaning is looked for; a shorter one is like too many."""


class SimilarSentences:
    """Finds sentences of other documents of one bank that may say the same as a given one."""

    def __init__(self, lookup: BankLookup) -> None:
        self._index = _index(lookup.bank)
        self._bank = lookup.bank
        self._own = lookup.own
        self._near: dict[str, tuple[SentenceHit, ...]] = {}

    def by_meaning(self, sentences: Sequence[str], encoder: Encoder, kin: Kin) -> None:
        """Look up what is nearest in meaning to each of `sentences`; `like` gives it with the rest from now on.

        Raises:
            BankError: the bank holds vectors of another model.
        """
        from answers_bank.index.near_sentences import MeaningCandidates

        asked = [sentence for sentence in dict.fromkeys(sentences) if len(sentence.split()) >= _LEAST]
        found = MeaningCandidates(self._bank, encoder).find(asked, self._own)
        passages = {name: self._bank.passage(name) for name in {name for row in found for name, _, _ in row}}
        for sentence, places in zip(asked, found, strict=True):
            hits = []
            for name, start, end in places:
                passage = passages[name]
                text = passage.text[start:end]
                ratio, containment = _likeness(sentence, text)
                hits.append(SentenceHit(name, passage.document, passage.date, start, end, text, ratio, containment))
            # What is near in meaning is compared by what it shares, like any other candidate.
            hits.sort(key=lambda hit: kin.kinship(sentence, hit.text).shared, reverse=True)
            self._near[sentence] = tuple(hits[:_BY_MEANING])

    def like(self, sentence: str) -> tuple[SentenceHit, ...]:
        """Candidates for one sentence: by words, best first, and those by meaning that are not among them."""
        hits = self._index.candidates(sentence, k=_BY_WORDS, exclude=self._own)
        there = {(hit.passage, hit.start) for hit in hits}
        return (*hits, *(hit for hit in self._near.get(sentence, ()) if (hit.passage, hit.start) not in there))


_INDEXES: WeakKeyDictionary[Bank, ReuseIndex] = WeakKeyDictionary()


def _index(bank: Bank) -> ReuseIndex:
    """The index of a bank, opened once: the blocks of a draft are checked one by one."""
    held = _INDEXES.get(bank)
    if held is None or held.generation != bank.generation:
        held = _INDEXES[bank] = ReuseIndex.open(bank)
    return held


def _likeness(mine: str, theirs: str) -> tuple[float, float]:
    """Ratio and containment, as `SentenceHit` has them."""
    first, second = words(mine), words(theirs)
    one, two = grams(first), grams(second)
    shared = len(np.intersect1d(one, two, assume_unique=True))
    ratio = Indel.normalized_similarity(" ".join(first), " ".join(second))
    return ratio, shared / max(min(len(one), len(two)), 1)
