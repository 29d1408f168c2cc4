"""What was chosen for a question as an answer in progress: runs of sentences, each with its origin and its reason."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

from answers_bank.documents import Document
from answers_bank.store.stored import StoredPassage
from drafter.assembly.answer_sentences import AnswerSentence, answer_text, runs
from drafter.assembly.draft_passages import quotation
from drafter.assembly.passage_filters import shingles
from drafter.assembly.question_candidates import QuestionCandidates, Reply, SentenceCandidate
from drafter.assembly.selection import Answering
from drafter.assembly.set_texts import SetTexts
from drafter.assembly.why import SAME_PUBLICATION, SAME_QUESTION, SET_PHRASE, shared_words, why
from drafter.dossier.value import Block, DraftAnswer, NearPassage, Status
from drafter.headings import enumeration
from drafter.search.candidates import CandidateFinder
from drafter.search.comparing import ComparedUnit
from drafter.search.reasons import QueryWords, query_words

SAME_SENTENCE = 0.3
"""Share of its runs of four words by which a sentence is found again in a newer version of its paragraph."""

KEPT_OF_WHOLE = frozenset({None, "yes-or-no", "label"})
"""What of the answer to the same question is taken over: also its "Ja."."""


class AnswerWriter:
    """Writes the answers of one draft."""

    def __init__(
        self, finder: CandidateFinder, before: datetime.date, exclude: frozenset[str], known: SetTexts
    ) -> None:
        self._finder = finder
        self._analyser = finder.units.analyser
        self._before = before
        self._exclude = exclude
        self._known = known
        self._documents: dict[str, Document] = {}
        self._names = (f"b{number}" for number in count(1))

    def usable(self, unit: ComparedUnit) -> tuple[AnswerSentence, ...]:
        """The sentences of an answer that is taken over as a whole."""
        sentences = self._known.read(unit).text.sentences
        return tuple(sentence for sentence in sentences if sentence.out in KEPT_OF_WHOLE)

    def answer(self, answering: Answering) -> DraftAnswer:
        """The answer in progress: its blocks, and what is offered beside it."""
        candidates = answering.candidates
        asked = self._asked(candidates)
        blocks = self._reply(candidates.reply) if candidates.reply else []
        for unit in _reading_order(answering):
            best = answering.best.get(unit.unit)
            sentences = self._known.read(unit).text.sentences
            places = [place for number, place in answering.chosen if number == unit.unit]
            for first, last in runs(places, sentences):
                reason = why(best, _between(first, last), asked, self._analyser) if best else SAME_QUESTION
                blocks.append(self._block(first, last, reason))
        return DraftAnswer(
            numbers=candidates.numbers,
            blocks=tuple(blocks),
            status=Status.DRAFTED if blocks else Status.NO_SOURCE,
            note=_note(answering, bool(blocks)),
            near=tuple(
                near
                for near in (self._near(one, asked) for one in answering.near)
                if shared_words(near.text, asked, self._analyser)  # else it is offered for the subject of the set alone
            ),
        )

    def _asked(self, candidates: QuestionCandidates) -> QueryWords:
        text = " ".join(question.text for question in candidates.questions)
        return query_words(self._finder.terms(text), self._analyser, text)

    def _document(self, name: str) -> Document:
        if name not in self._documents:
            self._documents[name] = self._finder.bank.document(name)
        return self._documents[name]

    def _reply(self, reply: Reply) -> list[Block]:
        reason = SET_PHRASE if reply.set_phrase else SAME_PUBLICATION
        return [self._quoted(passage, 0, len(passage.text), reason) for passage in reply.passages]

    def _block(self, first: AnswerSentence, last: AnswerSentence, reason: str) -> Block:
        """A run of sentences, in the newest version of its paragraph that may be used."""
        passage = first.passage
        start, end = first.start, last.end
        (newer,) = self._finder.standard.newest_variants([passage], self._before)
        if newer is not None and newer.document not in self._exclude:
            again = _found_again(passage.text[start:end], newer)
            if again is not None:
                return self._quoted(newer, *again, reason, older=passage.id)
        return self._quoted(passage, start, end, reason)

    def _quoted(self, passage: StoredPassage, start: int, end: int, reason: str, *, older: str | None = None) -> Block:
        return quotation(self._document(passage.document), passage, start, end, next(self._names), older, reason)

    def _near(self, one: SentenceCandidate, asked: QueryWords) -> NearPassage:
        """The run of usable sentences of one paragraph around the best of them."""
        sentences = self._known.read(one.unit).text.sentences
        own = [s.place for s in sentences if s.passage.id == one.sentence.passage.id and s.out is None]
        first, last = next(
            (first, last) for first, last in runs(own, sentences) if first.place <= one.sentence.place <= last.place
        )
        passage = one.sentence.passage
        block = quotation(self._document(passage.document), passage, first.start, last.end)
        assert block.origin is not None
        return NearPassage(block.text, block.origin, why(one, block.text, asked, self._analyser))


def _between(first: AnswerSentence, last: AnswerSentence) -> str:
    return first.passage.text[first.start : last.end]


def _found_again(text: str, newer: StoredPassage) -> tuple[int, int] | None:
    """The run of sentences of a newer version that says what `text` says; None where it is not there as one run."""
    said = shingles(text)
    sentences = answer_text([newer]).sentences
    held = [
        sentence.place
        for sentence in sentences
        if (own := shingles(sentence.text)) and len(own & said) >= SAME_SENTENCE * min(len(own), len(said))
    ]
    found = runs(held, sentences)
    if len(found) != 1 or any(sentences[place].out for place in held):
        return None
    first, last = found[0]
    return first.start, last.end


def _reading_order(answering: Answering) -> Sequence[ComparedUnit]:
    """The answer to the same question first, then the best; what comes from one earlier answer stays together."""
    order: dict[int, tuple[float, int]] = defaultdict(lambda: (-2.0, 0))
    for number, best in answering.best.items():
        order[number] = (-best.worth, number)
    return sorted(answering.units.values(), key=lambda unit: order[unit.unit])


def _note(answering: Answering, drafted: bool) -> str:
    if not drafted and answering.elsewhere:
        numbers = enumeration(str(number) for number in sorted(answering.elsewhere))
        return f"Wat hier het best past, staat al bij het antwoord op vraag {numbers}."
    reply = answering.candidates.reply
    if reply and reply.set_phrase:
        return "Dit is een vast antwoord uit een eerder stuk. Ga na of het ook hier klopt."
    return ""
