"""What speaks for taking over a sentence, as numbers.

All of them are made to mean the same in a bank of three documents and in one of thousands, for a question of ten words
and for one of two hundred: likenesses are given beside the highest that anything found for the same question has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answers_bank.dutch.time.dates import MONTHS
from drafter.assembly.answer_sentences import AnswerSentence, leans
from drafter.assembly.asked_sorts import sorts_asked, told_share
from drafter.assembly.set_texts import ReadUnit, SetTexts
from drafter.search.candidates import WeighedTerms
from drafter.search.comparing import ComparedUnit, Comparison
from drafter.search.signals import letters

_DAY = re.compile(r"\b(?:" + "|".join(MONTHS) + r"|(?:19|20)\d\d)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:ik|wij|mijn|ons|onze)\b", re.IGNORECASE)
_REFERS = re.compile(r"\b(?:verwijs|verwezen|bevoegdheid|bevoegd|collega)\b", re.IGNORECASE)

# The first text is the question with the subject of the set, the second the question alone, the others its parts:
# "own_" is by the second, "part_" the best by a part.
OF_UNIT = (
    "sum", "sum_below", "own_sum", "own_below", "part_sum", "part_below", "parts_below", "rank", "best_rank",
    "question", "answer", "words", "letters", "portfolio", "repeated", "title", "asked", "section", "length",
    "own_answer", "own_words", "own_letters", "share_used",
)  # fmt: skip
OF_PASSAGE = ("close", "own_close", "part_close", "covered", "own_covered", "part_covered")
OF_SENTENCE = (
    "holds", "own_holds", "part_holds", "precise", "own_spelled", "fits", "spelled", "around", "long", "digits", "day",
    "where", "used", "used_here", "used_beside", "found_again", "nearest_again", "leans", "opens", "person", "refers",
    "rare", "company",
)  # fmt: skip
OF_QUESTION = ("parts", "asked_long")
SHARED = (
    "own_sum", "part_sum", "own_words", "own_letters", "own_close", "own_covered", "own_holds", "own_spelled", "sum",
    "question", "answer", "words", "letters", "title", "asked", "close", "part_close", "covered", "part_covered",
    "holds", "part_holds", "precise", "spelled", "around", "found_again",
)  # fmt: skip
"""Those that are also given as a share of the highest for the same question."""

_ABSOLUTE = (*OF_UNIT, *OF_PASSAGE, *OF_SENTENCE, *OF_QUESTION)
NAMES = (*_ABSOLUTE, *(f"share_of_{name}" for name in SHARED))
"""Names of the columns."""

COLUMN = {name: number for number, name in enumerate(NAMES)}


@dataclass(frozen=True)
class SentenceNumbers:
    """The sentences that may be taken over for one question, with their numbers."""

    units: tuple[ComparedUnit, ...]
    unit: NDArray[np.int64]
    """For each row its place in `units`."""

    place: NDArray[np.int64]
    """For each row the place of its sentence in the answer."""

    values: NDArray[np.float32]
    """shape (rows, len(NAMES))."""


def sentence_numbers(texts: Sequence[str], comparison: Comparison, subject: str, known: SetTexts) -> SentenceNumbers:
    """The numbers of every sentence that was found for one question.

    Args:
        texts: the question with its subject, the question alone, then its parts.
        comparison: of these texts.
        subject: of the set.
        known: the answers read so far.
    """
    reader = _Question(texts, comparison, subject, known)
    found: list[list[float]] = []
    at: list[tuple[int, int]] = []
    said: list[str] = []
    for number, unit in enumerate(comparison.units):
        read = known.read(unit)
        of_unit = reader.of_unit(number, read)
        of_passage = {passage.id: reader.of_passage(unit, passage.key, passage.id, read) for passage in unit.passages}
        holds = [_held(reader.whole, terms) for terms in read.terms]
        for sentence in read.text.sentences:
            if read.text.together[sentence.place]:
                own = reader.of_sentence(sentence, read, holds)
                found.append([*of_unit, *of_passage[sentence.passage.id], *own, *reader.of_question])
                at.append((number, sentence.place))
                said.append(sentence.text)
    values = np.array(found, np.float32).reshape(len(found), len(_ABSOLUTE))
    if len(found):
        for name, likeness in zip(("spelled", "own_spelled"), letters.likenesses(texts[:2], said), strict=True):
            values[:, COLUMN[name]] = likeness
    shares = values[:, [COLUMN[name] for name in SHARED]]
    highest = shares.max(axis=0, initial=1e-6)
    places = np.array(at, np.int64).reshape(len(at), 2)
    return SentenceNumbers(comparison.units, places[:, 0], places[:, 1], np.hstack([values, shares / highest]))


class _Question:
    """What is asked, as far as the numbers need it."""

    def __init__(self, texts: Sequence[str], comparison: Comparison, subject: str, known: SetTexts) -> None:
        self.whole, self.alone, *parts = comparison.terms
        self.parts = parts or [self.alone]
        self._known = known
        self._units = comparison.units
        self._analyser = known.finder.units.analyser
        self._asked = frozenset(self._analyser.terms(texts[0]))
        self._title = frozenset(self._analyser.terms(subject))
        self._sorts = frozenset[int]().union(*(sorts_asked(text) for text in texts[1:]))
        self._own = slice(2, None) if len(texts) > 2 else slice(1, None)
        sums = [[signals["sum"] for signals in unit.signals] for unit in comparison.units]
        self._sums = np.array(sums).reshape(len(sums), len(texts))
        self._below = self._sums - self._sums.max(axis=0, initial=-np.inf)
        self._ranks = np.argsort(np.argsort(-self._sums, axis=0, kind="stable"), axis=0, kind="stable") + 1
        self._lead = self._ranks.min(axis=1)
        self._number = {unit.unit: number for number, unit in enumerate(comparison.units)}
        self.of_question = (math.log(len(self.parts)), math.log1p(len(texts[0].split())))

    def of_unit(self, number: int, read: ReadUnit) -> tuple[float, ...]:
        unit = self._units[number]
        sums, below, first, alone = self._sums[number], self._below[number], unit.signals[0], unit.signals[1]
        earlier = " ".join(passage.text for passage in unit.questions) or unit.document.title
        return (
            sums[0], below[0], sums[1], below[1], sums[self._own].max(), below[self._own].max(),
            below[self._own].mean(), math.log(self._ranks[number, 0]), math.log(self._lead[number]),
            first.get("question", first.get("subject", 0.0)), first.get("answer", 0.0), first["words"],
            first["letters"], first.get("portfolio", 0.5), first["repeated"],
            self._overlap(self._title, unit.document.title), self._overlap(self._asked, earlier),
            float(not unit.questions), math.log1p(len(read.text.sentences)),
            alone.get("answer", 0.0), alone["words"], alone["letters"],
            float((read.uses[:, 0] > 0).mean()) if len(read.uses) else 0.0,
        )  # fmt: skip

    def of_passage(self, unit: ComparedUnit, key: int, name: str, read: ReadUnit) -> tuple[float, ...]:
        close = [pieces.closeness(key) or 0.0 if pieces else 0.0 for pieces in unit.pieces]
        own = (read.terms[s.place] for s in read.text.sentences if s.passage.id == name)
        there = frozenset[str]().union(*own)
        return (
            close[0], close[1], max(close[self._own], default=0.0), _held(self.whole, there), _held(self.alone, there),
            max(_held(part, there) for part in self.parts),
        )  # fmt: skip

    def of_sentence(self, sentence: AnswerSentence, read: ReadUnit, holds: Sequence[float]) -> tuple[float, ...]:
        """All but what is spelled alike, which is counted for all sentences at once."""
        place, said, last = sentence.place, sentence.text, len(holds) - 1
        terms = read.terms[place]
        weight = self._known.weight(terms)
        beside = max((float(read.uses[n, 0]) for n in (place - 1, place + 1) if 0 <= n <= last), default=0.0)
        again = [int(self._lead[self._number[u]]) for u in sorted(read.homes[place]) if u in self._number]
        return (
            holds[place], _held(self.alone, terms), max(_held(part, terms) for part in self.parts),
            self._known.weight(terms & self._asked) / max(weight, 1e-9), 0.0, told_share(self._sorts, said), 0.0,
            sum(holds[max(place - 1, 0) : place + 2]), math.log1p(sentence.words),
            sum(c.isdigit() for c in said) / max(len(said), 1), float(bool(_DAY.search(said))), place / max(last, 1),
            math.log1p(read.uses[place, 0]), math.log1p(read.uses[place, 1]), math.log1p(beside),
            sum(1 / lead for lead in again), 1 / min(again, default=math.inf),
            float(leans(said)), float(place == 0), float(bool(_FIRST_PERSON.search(said))),
            float(bool(_REFERS.search(said))), weight / max(len(terms), 1), math.log(len(read.text.together[place])),
        )  # fmt: skip

    def _overlap(self, one: frozenset[str], text: str) -> float:
        """Weight of the words that two texts share, beside that of the shorter."""
        other = frozenset(self._analyser.terms(text))
        least = min(self._known.weight(one), self._known.weight(other))
        return self._known.weight(one & other) / least if least else 0.0


def _held(asked: WeighedTerms, there: frozenset[str]) -> float:
    """Share of the weight of what is asked that stands in a text."""
    return sum(asked.weights[t] * asked.rarity[t] for t in asked.weights if t in there) / asked.total
