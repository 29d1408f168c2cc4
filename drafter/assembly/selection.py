"""Which sentences go under which question.

The draft as a whole is made at once: place before text. First every sentence goes to the question where it stands best.
Then each answer is filled with its own sentences, best first, until it is long enough; what a sentence leans on comes
along. Sentences of one paragraph are taken over together more often than not, so each is judged with its neighbours.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from drafter.assembly.answer_sentences import AnswerSentence
from drafter.assembly.passage_filters import shingles
from drafter.assembly.question_candidates import QuestionCandidates, SentenceCandidate
from drafter.search.comparing import ComparedUnit

Key = tuple[int, int]

PLACED = 0.5
WORTH_TO_PLACE = 0.2
"""What counts in the place of a sentence: how well it stands under a question, and the logarithm of its worth there.
For choosing it its worth alone counts: what stands well under a question is no more often taken over for that."""

NO_WORTH = 0.01
"""Worth below which nothing is told apart."""

WITH_PARAGRAPH_TO_PLACE = 0.3
WITH_PARAGRAPH = 0.4
"""Share of a paragraph's mean in what each of its sentences counts, for its place and for choosing it."""

PER_YEAR = 0.05
"""What a year of age costs: the most recent position wins."""

OLDEST = 5.0
"""Years beyond which age costs no more."""

LENGTH = 260
LENGTH_PER_PART = 30
MOST_LENGTH = 450
"""Length of an answer in words: the first two by what is asked, the last at most."""

NEAR_BEST = 2.5
"""How far below the best of its question, in logarithms of worth, a sentence may be."""

BESIDE = 0.7
"""What it counts that a neighbour in the same paragraph was chosen, likewise."""

OF_ANOTHER = 1.0
"""What it costs to come from another earlier answer than all that was chosen, likewise: fewer crumbs. In nine small
Dutch banks, on which it was chosen, .358 and not .336 of what was taken over stood under the right question (places
learnt without the set itself), in 4% fewer passages. The Belgian register gives no gain: .399 and .364 was taken
over in place of .424 and .356 (each half of the months judged by the other; one question makes .02)."""

CRUMB = 12
"""Words below which a part of a longer paragraph is too little to stand alone."""

LOOKED_AT = 150
"""The best sentences of a question that may be chosen."""

OVER = 1.5
"""How far a first passage that cannot be cut may go beyond the length."""

SAME_TEXT = 0.8
"""From this share of its runs of four words on, a sentence has been said already; other figures are another one."""

PARTLY_SAME = 0.5
"""Share of its runs of four words from which a sentence is an older version of a newer one."""

NEWER = 60
"""Days between two documents from which the later one tells a later position; closer ones only put it differently."""

STILL_GOOD = 0.5
"""The newer sentence has to be worth this share of the older."""

COMPARED = 60
"""The best sentences of a question, which are looked through for newer versions."""

NEAR = 3
"""Passages that are offered beside an answer."""

NEAR_WORTH = 0.05
"""Worth below which a sentence is not offered."""

_LETTERS = re.compile(r"[\W_]+")


@dataclass
class Answering:
    """What was chosen for one question, or for several that are answered together."""

    candidates: QuestionCandidates
    chosen: dict[Key, AnswerSentence] = field(default_factory=dict)
    units: dict[int, ComparedUnit] = field(default_factory=dict)
    """Those of `chosen`, by number."""

    best: dict[int, SentenceCandidate] = field(default_factory=dict)
    """Of each of those units the sentence that was chosen first; none for the answer to the same question."""

    near: list[SentenceCandidate] = field(default_factory=list)
    """Of the passages that are offered beside it the best sentence, the nearest first."""

    elsewhere: set[int] = field(default_factory=set)
    """Questions that hold the sentences that would have fitted here as well."""

    def take(self, unit: ComparedUnit, sentences: Iterable[AnswerSentence]) -> None:
        """Add sentences of one earlier answer."""
        self.units[unit.unit] = unit
        for sentence in sentences:
            self.chosen[unit.unit, sentence.place] = sentence


def select(gathered: Sequence[QuestionCandidates], whole: Sequence[Sequence[AnswerSentence]]) -> list[Answering]:
    """Choose for all questions at once; no sentence is chosen twice.

    Args:
        gathered: of each question of the set.
        whole: of each the sentences of the answer to the same question, empty where there is none.
    """
    answers = [Answering(candidates) for candidates in gathered]
    owner: dict[Key, int] = {}
    for number, (answer, sentences) in enumerate(zip(answers, whole, strict=True)):
        same = answer.candidates.same
        if same is None or any((same.unit, s.place) in owner for s in sentences):
            continue
        answer.take(same, sentences)
        owner.update(dict.fromkeys(answer.chosen, number))
    for key, number in _places([answer.candidates for answer in answers]).items():
        owner.setdefault(key, number)
    said = _Said()
    for answer in answers:
        for sentence in answer.chosen.values():
            said.add(sentence.text)
    for number, answer in enumerate(answers):
        ranked = _ranked(answer.candidates)
        if answer.candidates.has_source and not (answer.candidates.reply and answer.candidates.source is None):
            _fill(answer, [item for item in ranked if owner.get(item[1].key) == number], said)
        if not answer.chosen:
            answer.elsewhere = {
                answers[owner[one.key]].candidates.numbers[0] for _, one in ranked[:1] if one.key in owner
            } - set(answer.candidates.numbers)
    taken = {key for answer in answers for key in answer.chosen}
    for answer in answers:
        answer.near = _near(answer, taken, said)
    return answers


def _places(gathered: Sequence[QuestionCandidates]) -> dict[Key, int]:
    """For each sentence the question with a source where it stands best."""
    best: dict[Key, tuple[float, int]] = {}
    for number, candidates in enumerate(gathered):
        if not candidates.has_source:
            continue
        values = [PLACED * one.placed + WORTH_TO_PLACE * _log(one.worth) for one in candidates.sentences]
        for one, value in zip(
            candidates.sentences, _with_paragraph(candidates, values, WITH_PARAGRAPH_TO_PLACE), strict=True
        ):
            if one.key not in best or value > best[one.key][0]:
                best[one.key] = (value, number)
    return _without_holes({key: number for key, (_, number) in best.items()}, gathered)


def _without_holes(places: dict[Key, int], gathered: Sequence[QuestionCandidates]) -> dict[Key, int]:
    """A sentence between two of its paragraph that go to one question goes there too.

    In nine small Dutch banks, on which it was chosen, a tenth fewer passages, three in ten fewer short ones, as
    much under the right question, and a little more under another (.179, was .164).
    """
    paragraph = {one.key: one.sentence.passage.id for candidates in gathered for one in candidates.sentences}
    filled = dict(places)
    for unit, place in places:
        before, after = (unit, place - 1), (unit, place + 1)
        beside = places.get(before), places.get(after)
        if beside[0] is None or beside[0] != beside[1]:
            continue
        if paragraph[before] == paragraph[unit, place] == paragraph[after]:
            filled[unit, place] = beside[0]
    return filled


def _ranked(candidates: QuestionCandidates) -> list[tuple[float, SentenceCandidate]]:
    """The sentences in the order in which they are chosen."""
    dates = [one.unit.document.date for one in candidates.sentences if one.unit.document.date]
    newest = max(dates, default=None)
    values = [_log(one.worth) - PER_YEAR * _age(one, newest) for one in candidates.sentences]
    found = list(zip(_with_paragraph(candidates, values, WITH_PARAGRAPH), candidates.sentences, strict=True))
    found.sort(key=lambda item: (-item[0], -_day(item[1]), item[1].unit.document.id, item[1].sentence.place))
    return found


def _with_paragraph(candidates: QuestionCandidates, values: Sequence[float], share: float) -> list[float]:
    own: dict[str, list[float]] = defaultdict(list)
    for one, value in zip(candidates.sentences, values, strict=True):
        own[one.sentence.passage.id].append(value)
    mean = {name: sum(some) / len(some) for name, some in own.items()}
    return [
        (1 - share) * value + share * mean[one.sentence.passage.id]
        for one, value in zip(candidates.sentences, values, strict=True)
    ]


def _log(worth: float) -> float:
    return math.log(worth + NO_WORTH)


def _age(one: SentenceCandidate, newest: datetime.date | None) -> float:
    """Years between a sentence and the newest of all that was found."""
    date = one.unit.document.date
    if date is None or newest is None:
        return OLDEST
    return min((newest - date).days / 365.25, OLDEST)


def _day(one: SentenceCandidate) -> int:
    return one.unit.document.date.toordinal() if one.unit.document.date else 0


class _Said:
    """What stands in the draft, to tell whether a sentence says it again."""

    def __init__(self) -> None:
        self._letters: set[str] = set()
        self._runs: set[int] = set()

    def add(self, text: str) -> None:
        self._letters.add(_LETTERS.sub("", text).lower())
        self._runs |= shingles(text)

    def holds(self, text: str) -> bool:
        runs = shingles(text)
        return _LETTERS.sub("", text).lower() in self._letters or (
            len(runs) > 1 and len(runs & self._runs) >= SAME_TEXT * len(runs)
        )


def _fill(answer: Answering, ranked: Sequence[tuple[float, SentenceCandidate]], said: _Said) -> None:
    """Choose from the sentences of one question, best first, until its answer is long enough.

    What stands beside something chosen is worth more than by itself: an answer of whole thoughts and not of crumbs.
    """
    limit = _limit(answer.candidates)
    words = sum(sentence.words for sentence in answer.chosen.values())
    overtaken = _overtaken([one for _, one in ranked])
    left = {one.key: (value, one) for value, one in ranked[:LOOKED_AT] if one.key not in overtaken}
    least = ranked[0][0] - NEAR_BEST if ranked else 0.0
    order = {one.key: number for number, (_, one) in enumerate(ranked)}
    while left and words < limit:
        value, one = max(left.values(), key=lambda item: (item[0] + _fits(answer, item[1]), -order[item[1].key]))
        if value + _fits(answer, one) < least:
            return
        del left[one.key]
        new = [s for s in one.along if (one.unit.unit, s.place) not in answer.chosen]
        # An older position does not come along with what leans on it either.
        old = any((one.unit.unit, s.place) in overtaken for s in new)
        # Nor does what the draft says already, be it under another question.
        if not new or old or any(said.holds(s.text) for s in new) or _is_crumb(answer, one, new):
            continue
        length = sum(sentence.words for sentence in new)
        if words + length > (limit if answer.chosen else OVER * limit):
            continue
        answer.take(one.unit, new)
        answer.best.setdefault(one.unit.unit, one)
        words += length
        for sentence in new:
            said.add(sentence.text)


def _fits(answer: Answering, one: SentenceCandidate) -> float:
    """What it counts that a sentence goes on with what was chosen, or begins with another earlier answer."""
    if _is_beside(answer, one):
        return BESIDE
    return -OF_ANOTHER if answer.chosen and one.unit.unit not in answer.units else 0.0


def _is_beside(answer: Answering, one: SentenceCandidate) -> bool:
    """Whether a neighbour in the same paragraph was chosen."""
    neighbours = (answer.chosen.get((one.unit.unit, one.sentence.place + step)) for step in (-1, 1))
    return any(found is not None and found.passage.id == one.sentence.passage.id for found in neighbours)


def _is_crumb(answer: Answering, one: SentenceCandidate, new: Sequence[AnswerSentence]) -> bool:
    """Whether it is a few words of a longer paragraph, which say little by themselves."""
    whole = one.sentence.passage.text
    short = sum(sentence.words for sentence in new) < CRUMB
    return short and len(whole) > 2 * sum(s.end - s.start for s in new) and not _is_beside(answer, one)


def _limit(candidates: QuestionCandidates) -> int:
    """How many words an answer may have."""
    questions = len(candidates.questions)
    parts = max(len(candidates.needs) - questions, 0)
    return questions * min(LENGTH + LENGTH_PER_PART * parts, MOST_LENGTH)


def _overtaken(ranked: Sequence[SentenceCandidate]) -> set[Key]:
    """Sentences of which something newer says a part in almost the same words: the latest position wins."""
    found: set[Key] = set()
    best = ranked[:COMPARED]
    for one in ranked[:LOOKED_AT]:
        runs = shingles(one.sentence.text)
        for other in best:
            newer = bool(_day(one)) and _day(other) - _day(one) >= NEWER and other.worth >= STILL_GOOD * one.worth
            if newer and len(runs & shingles(other.sentence.text)) >= PARTLY_SAME * len(runs):
                found.add(one.key)
                break
    return found


def _near(answer: Answering, taken: set[Key], said: _Said) -> list[SentenceCandidate]:
    """The best of what is not in the draft, one sentence of a passage."""
    found: list[SentenceCandidate] = []
    seen = {sentence.passage.id for sentence in answer.chosen.values()}
    for _, one in _ranked(answer.candidates):
        if len(found) == NEAR:
            break
        if one.worth < NEAR_WORTH or one.key in taken or one.sentence.passage.id in seen:
            continue
        if said.holds(one.sentence.text) or any(
            len(shingles(one.sentence.text) & shingles(other.sentence.text))
            >= SAME_TEXT * len(shingles(one.sentence.text))
            for other in found
        ):
            continue
        seen.add(one.sentence.passage.id)
        found.append(one)
    return found
