"""What the bank offers for one question: sentences of earlier answers, with what speaks for each."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from answers_bank.documents import Question
from answers_bank.dutch.clauses import plain_names
from drafter.assembly import passage_filters as filters
from drafter.assembly.answer_sentences import AnswerSentence
from drafter.assembly.needs import Ask, Need, ask_of, named_titles, needs
from drafter.assembly.ranker import ranker
from drafter.assembly.sentence_numbers import COLUMN, SentenceNumbers, sentence_numbers
from drafter.assembly.set_texts import SetTexts
from drafter.search.comparing import ComparedUnit
from drafter.search.values import SearchQuery, SearchResult

if TYPE_CHECKING:
    from answers_bank.store.stored import StoredPassage
    from drafter.search.searcher import Searcher

WHOLE, ALONE, PART = 40, 25, 15
"""Earlier answers looked at for the question with its subject, for the question alone and for each part of it."""

MOST_PARTS = 12

SHORTEST_PART = 3
"""Words of a part that is searched for by itself."""

RESULTS = 30
"""Earlier answers looked at for "Bent u bekend met …"."""

SAME_QUESTION = 82.0
"""From this likeness in words (0 to 100) on, an earlier question asks the same and its answer is taken as a whole."""

SAME_MEANING = 0.6
"""From this nearness in meaning on (cosine without what all questions share) an earlier question asks the same."""

OF_SET = 0.4
"""What counts, in whether a question has a source, what the whole set has: a set is about one subject."""

APART = 2.0
"""Log-odds below the mean of its set from which a question is on something that the bank does not have, though it has
the subject of the set."""

SURE = 1.0
"""Log-odds beyond which no more is told of a set, and above which a question has a source whatever the others have."""

_NOT_LETTERS = re.compile(r"\W+")
_NUMBER = re.compile(r"^\W*(?:\d{1,2}[.)]\s*)?(?:[a-h][.)]\s*)?")


@dataclass(frozen=True, slots=True)
class SentenceCandidate:
    """A sentence that may be taken over for one question, with all that has to come along."""

    unit: ComparedUnit
    sentence: AnswerSentence
    along: tuple[AnswerSentence, ...]
    """The sentence and what it leans on, in reading order."""

    worth: float
    """Chance, 0 to 1, that it is taken over."""

    placed: float
    """How well it stands under this question, beside the other questions of the set."""

    says: dict[str, float]
    """Some of its numbers, by name: what can be told in words."""

    @property
    def key(self) -> tuple[int, int]:
        """Which sentence of the bank: unit and place."""
        return self.unit.unit, self.sentence.place


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered to a question about a publication or about the set itself."""

    passages: tuple[StoredPassage, ...]
    set_phrase: bool
    """Whether it is a bare "Ja." to a question that comes back in every set."""


@dataclass(frozen=True, slots=True)
class QuestionCandidates:
    """Everything found for one question, or for several that are answered together."""

    questions: tuple[Question, ...]
    needs: tuple[Need, ...]
    sentences: tuple[SentenceCandidate, ...] = ()
    same: ComparedUnit | None = None
    """The newest answer to a question that asks the same."""

    reply: Reply | None = None
    source: float | None = None
    """Log-odds that the bank has a source; None where nothing of substance is asked."""

    best: ComparedUnit | None = None
    """The nearest earlier answer of all."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the questions."""
        return tuple(n for question in self.questions for n in question.numbers)

    @property
    def has_source(self) -> bool:
        """Whether anything may be drafted."""
        return self.same is not None or self.reply is not None or (self.source is not None and self.source >= 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What may serve as a source."""

    as_of: datetime.date
    portfolio: str | None
    exclude: frozenset[str]


def asked_texts(question: Question, subject: str, asked: Sequence[Need]) -> list[str]:
    """What is compared with the bank: the question with the subject of its set, the question alone, its parts."""
    own = plain_names(question.text)
    parts = [_NUMBER.sub("", need.search) for need in asked]
    apart = [text for text in dict.fromkeys(parts) if len(text.split()) >= SHORTEST_PART][:MOST_PARTS]
    return [f"{subject} {own}".strip(), own, *(text for text in apart if text != own)]


def look_up(
    question: Question, subject: str, searcher: Searcher, terms: Terms, known: SetTexts
) -> tuple[list[str], SentenceNumbers]:
    """The texts that `question` is compared by, and the numbers of every sentence that was found."""
    texts = asked_texts(question, subject, needs(question))
    most = [WHOLE, ALONE, *[PART] * (len(texts) - 2)]
    comparison = searcher.compare(texts, _query("", terms), most)
    return texts, sentence_numbers(texts, comparison, subject, known)


def gather(question: Question, subject: str, searcher: Searcher, terms: Terms, known: SetTexts) -> QuestionCandidates:
    """Everything that the bank offers for `question`; `known` holds the answers that were read for its set."""
    asked = needs(question)
    reply = _reply(question, asked, searcher, terms)
    content = [need for need in asked if need.ask is Ask.CONTENT]
    if not content:
        return QuestionCandidates((question,), asked, reply=reply)
    texts, numbers = look_up(question, subject, searcher, terms, known)
    same = None
    if len(content) == len(asked):
        same = _same_question(texts[1], numbers.units, known)
    models = ranker(meaning=searcher.encoder is not None and known.finder.meaning is not None)
    worth = models.worth(numbers)
    source = models.has_source(numbers, worth, known.finder.size)
    best = max(numbers.units, key=lambda unit: (unit.signals[1]["sum"], -unit.unit), default=None)
    substance = any(not need.conditional for need in content)
    return QuestionCandidates(
        (question,),
        asked,
        _candidates(numbers, worth, models.placed(numbers), known),
        same,
        reply,
        source if substance else None,
        best,
    )


_TOLD = ("own_sum", "question", "asked", "used", "portfolio", "covered", "share_of_asked")
"""The numbers that are told in words."""


def _candidates(
    numbers: SentenceNumbers, worth: NDArray[np.float64], placed: NDArray[np.float64], known: SetTexts
) -> tuple[SentenceCandidate, ...]:
    found = []
    for row, (unit_place, place) in enumerate(zip(numbers.unit.tolist(), numbers.place.tolist(), strict=True)):
        unit = numbers.units[unit_place]
        text = known.read(unit).text
        along = tuple(text.sentences[one] for one in text.together[place])
        says = {name: float(numbers.values[row, COLUMN[name]]) for name in _TOLD}
        chance = 1 / (1 + math.exp(-float(worth[row])))
        found.append(SentenceCandidate(unit, text.sentences[place], along, chance, float(placed[row]), says))
    return tuple(found)


def judged(gathered: Sequence[QuestionCandidates]) -> list[QuestionCandidates]:
    """The gathered of a whole set, with whether each has a source judged in the light of the others."""
    known = [one.source for one in gathered if one.source is not None and one.source > -math.inf]
    if not known:
        return list(gathered)
    of_set = sum(known) / len(known)
    return [one if one.source is None else replace(one, source=_in_set(one.source, of_set)) for one in gathered]


def _in_set(source: float, of_set: float) -> float:
    """Whether a question has a source (log-odds), given the mean of its set."""
    if source < min(of_set - APART, SURE):
        return min(source, -SURE)
    return (1 - OF_SET) * source + OF_SET * min(max(of_set, -SURE), SURE)


def joined(gathered: Sequence[QuestionCandidates]) -> QuestionCandidates:
    """The candidates of questions that are answered together."""
    merged: dict[tuple[int, int], SentenceCandidate] = {}
    for one in (sentence for candidates in gathered for sentence in candidates.sentences):
        held = merged.get(one.key)
        merged[one.key] = (
            one
            if held is None
            else replace(
                max(held, one, key=lambda each: each.worth),
                worth=max(held.worth, one.worth),
                placed=max(held.placed, one.placed),
            )
        )
    return QuestionCandidates(
        tuple(question for candidates in gathered for question in candidates.questions),
        tuple(need for candidates in gathered for need in candidates.needs),
        tuple(merged.values()),
        next((one.same for one in gathered if one.same), None),
        next((one.reply for one in gathered if one.reply), None),
        max((one.source for one in gathered if one.source is not None), default=None),
        gathered[0].best,
    )


def asks_the_same(question: str, earlier: str | None) -> bool:
    """Whether an earlier question asks the same in almost the same words."""
    if not earlier:
        return False
    # Short questions are alike by chance: "Deelt u deze mening?"
    enough = min(len(question.split()), len(earlier.split())) >= 6
    return enough and fuzz.token_sort_ratio(_plain(question), _plain(earlier)) >= SAME_QUESTION


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text).lower().strip()


def _same_question(text: str, units: Sequence[ComparedUnit], known: SetTexts) -> ComparedUnit | None:
    """The newest answer to a question that asks the same, with something in it to take over.

    "Kent u het rapport over de stuw?" is near "Waarom hapert de stuw?" in meaning, but its "Ja." answers nothing there.
    """
    found = []
    for unit in units:
        earlier = "\n".join(passage.text for passage in unit.questions)
        near = asks_the_same(text, earlier) or unit.signals[1].get("question", 0.0) >= SAME_MEANING
        if earlier and near and ask_of(earlier) is ask_of(text) and any(known.read(unit).text.together):
            found.append(unit)
    return max(
        found,
        key=lambda unit: (unit.document.date or datetime.date.min, unit.signals[1]["sum"], unit.document.id),
        default=None,
    )


def _reply(question: Question, asked: Sequence[Need], searcher: Searcher, terms: Terms) -> Reply | None:
    """The answer to "Bent u bekend met …" or "Kunt u deze vragen …".

    The whole earlier answer where that was about the very same publication; else no more than a bare "Ja." from a
    question of the same sort.
    """
    kinds = [need.ask for need in asked]
    if all(kind is Ask.CONTENT for kind in kinds):
        return None
    stock = [_stock_phrase(need.text) for need in asked if need.ask in (Ask.ACQUAINTANCE, Ask.PROCEDURE)]
    texts = list(dict.fromkeys([plain_names(question.text), *stock]))
    results = [r for found in searcher.search_many([_query(text, terms) for text in texts]) for r in found]
    results.sort(key=lambda r: (-r.score, r.rank))
    titles = named_titles(question.text)
    answered = [result for result in results if result.question and result.passages]
    for result in answered:
        if titles & named_titles(result.question or ""):
            return Reply(tuple(found.passage for found in result.passages), set_phrase=False)
    phrases = [result for result in answered if _is_set_phrase(result, kinds)]
    if not phrases:
        return None
    newest = max(phrases, key=lambda r: (r.date or datetime.date.min, r.document, -min(r.numbers, default=0)))
    return Reply((newest.passages[0].passage,), set_phrase=True)


def _is_set_phrase(result: SearchResult, kinds: Sequence[Ask]) -> bool:
    earlier = ask_of(result.question or "")
    of_set = earlier in (Ask.ACQUAINTANCE, Ask.PROCEDURE) and earlier in kinds
    return of_set and filters.is_bare(result.passages[0].text)


def _stock_phrase(text: str) -> str:
    """The part of "Bent u bekend met het bericht …" that is the same in every set."""
    return " ".join(re.split(r"[‘'“\"«(]|\b(?:waarin|over|dat|van)\b", text)[0].split()[:9])


def _query(text: str, terms: Terms) -> SearchQuery:
    return SearchQuery(
        text,
        k=RESULTS,
        before=terms.as_of,
        portfolio=terms.portfolio,
        any_length=True,
        by_number=False,
        exclude=terms.exclude,
        undated=True,  # marked as such wherever it is shown
    )
