"""Whether two sentences speak of one matter: what they share, weighed by how rare it is in the bank.

A frame that every answer has ("Ik verwijs naar mijn antwoord op …") makes two sentences alike that have nothing to do
with each other. So words count by their rarity, set phrases not at all, and what both have of their own counts against.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from answers_bank.dutch import words as word_index
from answers_bank.index.masked_names import masked_words
from answers_bank.index.word_weights import COMMON, WordWeights, common_stems, load_weights
from answers_bank.store.bank import Bank

_GRAM = 4  # words of a set phrase, as in answers_bank.index.word_weights
_LEAST = 600
"""Sentences that the weights are taken to be learnt from at least."""


VERSIONS = (2.0, 0.5, 1.5)
"""From what they share on, and up to what the lesser and the greater has of its own, two sentences are versions."""

ONE_MATTER = (2.6, 1.0, 3.0)
"""The same for sentences of one matter in other words."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two sentences relate."""

    shared: float
    """What they share, in words that the bank never saw: one such word is 1, a common word next to nothing."""

    apart: float
    """What each has of its own, the lesser of the two, as a share of `shared`; near 0 where one contains the other."""

    wider: float
    """The same for the greater of the two."""

    @property
    def versions(self) -> bool:
        """Whether they are two versions of one statement."""
        return self._within(VERSIONS)

    @property
    def one_matter(self) -> bool:
        """Whether they tell of one matter, be it in other words or at other length."""
        return self._within(ONE_MATTER)

    def _within(self, limits: tuple[float, float, float]) -> bool:
        shared, apart, wider = limits
        return self.shared >= shared and self.apart <= apart and self.wider <= wider


LONGEST = 80
"""Words of a sentence at most; a longer one is a list or a table that lost its form."""

_NONE = Kinship(0.0, 9.0, 9.0)

# Sentences that say where something is said or who will say it: their numbers and names differ from case to case.
_REFERRAL = re.compile(
    r"\b(?:verwijs|verwezen|verwijzen|verwijst)\b|\b(?:vraag|vragen|antwoord)\b[^.]{0,60}\b(?:toegezonden|doorgezonden|doorgestuurd)\b|"
    r"\b(?:vraag|vragen|aangelegenheid|materie|dit)\b[^.]{0,40}\b(?:valt|vallen|behoort|behoren|betreft|ressorteert)\b"
    r"[^.]{0,80}\bbevoegdhe\w+|\b(?:geen|niet)\b[^.]{0,60}\b(?:uitspraken|mededelingen|uitlatingen)\b|"
    r"\b(?:zie|conform)\s+(?:ook\s+)?(?:het\s+|mijn\s+)?(?:antwoord|bijlage|tabel)|"
    r"\b(?:geen|niet)\s+over\s+(?:\w+\s+){0,4}(?:gegevens|cijfers|informatie)\b|"
    r"\bafkomstig\s+(?:van|uit)\b[^.]{0,40}\b(?:databank\w*|database|bestand\w*)|"
    r"\b(?:tabel|bijlage)\w*\b[^.]{0,30}\b(?:geeft|bevat|toont|vindt|vinden|opgenomen|weergegeven)\b|"
    r"\b(?:onderstaande|bijgevoegde|bijgaande)\s+(?:tabel|lijst|overzicht)\w*|\boverzicht\s+gegeven\b|"
    r"\b(?:gegevens|cijfers)\b[^.]{0,60}\bniet\s+(?:\w+\s+)?(?:beschikbaar|bekend)\b|"
    r"\b(?:vraag|vragen)\b[^.]{0,40}\bonder\s+de\s+bevoegdheid\b|"
    r"\b(?:vindt|vinden)\b[^.]{0,60}\b(?:tabel|bijlage)\w*\b|"
    r"\b(?:antwoord|vraag|vragen)\b[^.]{0,60}\bbevoegdhe\w+[^.]{0,160}\b(?:behoort|behoren|valt|vallen)\b|"
    r"\bErratum\b|\b(?:schriftelijke\s+|parlementaire\s+)?vraag\s+nr\b",
    re.IGNORECASE,
)


def is_referral(sentence: str) -> bool:
    """Whether the sentence only points elsewhere or says that nothing can be said."""
    return _REFERRAL.search(sentence) is not None


@dataclass(frozen=True)
class Kin:
    """Kinship of sentences by the weights of one bank."""

    weights: WordWeights
    _stems: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    _masses: dict[str, float] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, bank: Bank) -> Kin:
        """By the words of `bank`, learnt once for each state that it is in."""
        held = _HELD.get(bank)
        if held is None or held[0] != bank.generation:
            held = _HELD[bank] = (bank.generation, cls(load_weights(bank)))
        return held[1]

    def stems(self, sentence: str) -> frozenset[str]:
        """What of a sentence counts: its stems outside set phrases, a long name as one."""
        known = self._stems.get(sentence)
        if known is None:
            row = masked_words(sentence, self.weights.names)
            set_phrase: set[int] = set()
            for at in range(len(row) - _GRAM + 1):
                if tuple(row[at : at + _GRAM]) in self.weights.phrases:
                    set_phrase.update(range(at, at + _GRAM))
            rest = " ".join(word for at, word in enumerate(row) if at not in set_phrase)
            known = self._stems[sentence] = frozenset(word_index.terms(rest))
        return known

    def kinship(self, first: str, second: str) -> Kinship:
        """Of two sentences."""
        mine, theirs = self.stems(first), self.stems(second)
        both = mine & theirs
        shared = self.mass(both)
        if not shared:
            return _NONE
        own = sorted(self.mass(side - both) for side in (mine, theirs))
        return Kinship(shared, own[0] / shared, own[1] / shared)

    def mass(self, stems: Iterable[str]) -> float:
        """What stems weigh together; a word that the bank never saw is 1."""
        return sum(map(self._weight, stems))

    def _weight(self, stem: str) -> float:
        known = self._masses.get(stem)
        if known is None:
            # A bank of a few documents knows too little to call a word common.
            sentences = max(self.weights.sentences, _LEAST)
            known = math.log((sentences + 1) / (self.weights.counts.get(stem, 0) + 0.5))
            if stem in common_stems() or stem.isdigit():
                known = min(known, COMMON)
            known = self._masses[stem] = max(0.0, known) / math.log(2 * (sentences + 1))
        return known


_HELD: WeakKeyDictionary[Bank, tuple[int, Kin]] = WeakKeyDictionary()
