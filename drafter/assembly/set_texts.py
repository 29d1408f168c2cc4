"""The earlier answers that are looked at for one set of questions, each read once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from drafter.assembly.answer_sentences import AnswerText, answer_text
from drafter.search.candidates import SAME_PORTFOLIO, CandidateFinder
from drafter.search.comparing import ComparedUnit
from drafter.search.signals import portfolio as portfolios


@dataclass(frozen=True)
class ReadUnit:
    """An earlier answer as sentences, with what the bank as a whole says of them."""

    text: AnswerText
    terms: tuple[frozenset[str], ...]
    """Of each sentence."""

    uses: NDArray[np.float32]
    """shape (sentences, 2): other documents that hold a wording of it, in all and of the addressee's portfolio."""

    homes: tuple[frozenset[int], ...]
    """Of each sentence the units of those documents."""


@dataclass
class SetTexts:
    """Reads the units of one bank for one set."""

    finder: CandidateFinder
    before: datetime.date | None
    portfolio: str | None
    """Of the addressee."""

    exclude: frozenset[str]
    """Ids of documents that count as not there."""

    _read: dict[int, ReadUnit] = field(default_factory=dict)
    _rarities: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._counting = self.finder.recurrence.counting(self.before)
        keys = [summary.key for summary in self.finder.bank.summaries_of(sorted(self.exclude)).values()]
        if keys:
            self._counting = self._counting & ~np.append(np.isin(self.finder.units.document_key, keys), False)

    def rarity(self, term: str) -> float:
        """How rare a term is in the bank."""
        if term not in self._rarities:
            self._rarities[term] = self.finder.units.rarity(self.finder.units.frequency(term))
        return self._rarities[term]

    def weight(self, terms: frozenset[str]) -> float:
        """Rarity of all terms together."""
        return sum(self.rarity(term) for term in sorted(terms))

    def read(self, unit: ComparedUnit) -> ReadUnit:
        """The sentences of a unit."""
        if unit.unit not in self._read:
            text = answer_text(unit.passages)
            analyser = self.finder.units.analyser
            terms = tuple(frozenset(analyser.terms(sentence.text)) for sentence in text.sentences)
            self._read[unit.unit] = ReadUnit(text, terms, *self._elsewhere(unit, text))
        return self._read[unit.unit]

    def _elsewhere(
        self, unit: ComparedUnit, text: AnswerText
    ) -> tuple[NDArray[np.float32], tuple[frozenset[int], ...]]:
        units = self.finder.units
        mine = units.document_key[unit.unit]
        uses = np.zeros((len(text.sentences), 2), np.float32)
        homes: list[frozenset[int]] = [frozenset()] * len(text.sentences)
        by_passage: dict[str, list[int]] = {}
        for sentence in text.sentences:
            by_passage.setdefault(sentence.passage.id, []).append(sentence.place)
        for passage in unit.passages:
            for start, end, found in self.finder.recurrence.sentences(passage.key, self._counting):
                others = found[units.document_key[found] != mine]
                if not len(others):
                    continue
                own = others[[self._is_own(units.portfolios[int(units.portfolio[u])]) for u in others.tolist()]]
                counts = [len(set(units.document_key[some].tolist())) for some in (others, own)]
                for place in by_passage.get(passage.id, ()):
                    sentence = text.sentences[place]
                    overlap = min(end, sentence.end) - max(start, sentence.start)
                    if overlap > 0.5 * min(end - start, sentence.end - sentence.start):
                        uses[place] = np.maximum(uses[place], counts)
                        homes[place] |= frozenset(others.tolist())
        return uses, tuple(homes)

    def _is_own(self, other: str) -> bool:
        return self.portfolio is None or portfolios.likeness(self.portfolio, other) >= SAME_PORTFOLIO
