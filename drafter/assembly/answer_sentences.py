"""An earlier answer as sentences: what each leans on, and what stays behind with the old document.

The sentence is what an office takes over. Some mean nothing without the one before ("Dit …"), an item of a list
nothing without its lead-in, a lead-in nothing without its list; those are taken together or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answers_bank.index.sentence_runs import split_sentences
from answers_bank.store.stored import StoredPassage
from drafter.assembly import passage_filters as filters
from drafter.assembly.left_out import left_out

LONGEST = 220
"""Words of sentences that are kept together at most; of a longer chain the last sentences stay out."""

_OPENING = r"^[\W_]*(?:\d{1,2}[.)]\s+|[a-z][.)]\s+)?[\W_]*"
# A sentence that begins so, or has such a word among its first four, speaks of what stands before it.
_LEANS = re.compile(
    _OPENING
    + r"(?:dit|deze|dat|die|zij|hij|ze|hun|zo|ook|tevens|bovendien|verder|voorts|vervolgens|daarna|tegelijkertijd|"
    r"desondanks|desalniettemin|niettemin|echter|toch|wel|aanvullend|anderzijds|evenwel|dergelijke|zulke|hetzelfde|dezelfde|beide|"
    r"laatstgenoemde|eerstgenoemde|immers|namelijk|bijgevolg|aldus|zodoende|dan\s+ook|tot\s+slot|"
    r"ten\s+(?:tweede|derde|vierde|slotte)|"
    r"in\s+(?:dit|dat|deze|die)\s+\w+|op\s+(?:deze|die|dit|dat)\s+\w+|om\s+(?:die|deze)\s+reden|"
    r"(?:[\w-]+\s+){0,3}(?:hier|daar)(?:aan|bij|binnen|door|in|mee|na|naast|om|onder|op|over|tegen|toe|tussen|uit|van|voor)|"
    r"daarentegen|hiertoe|daartoe)\b",
    re.IGNORECASE,
)
# "Dit jaar", "dit kabinet" and "deze week" point at the day and not at the text.
_DAY = re.compile(
    _OPENING
    + r"(?:in\s+|op\s+)?(?:dit|deze)\s+(?:jaar|kabinet|week|maand|zomer|najaar|voorjaar|winter|kabinetsperiode)\b",
    re.IGNORECASE,
)
_ROW = re.compile(r"^[^\n]*(?:\s\|\s|\t)[^\n]*$")
_OPEN, _CLOSE = "“«([„", "”»)]”"


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an earlier answer, or a table as a whole."""

    passage: StoredPassage
    start: int
    end: int
    """Span in the passage's reading view."""

    place: int
    """In the answer, from 0."""

    out: str | None
    """Why it stays behind, see `left_out`; None where it may be taken over."""

    of_question: bool = False
    """Whether it opens the answer with a word ("Dit …") that can only speak of the question."""

    @property
    def text(self) -> str:
        """As it stands there."""
        return self.passage.text[self.start : self.end]

    @property
    def words(self) -> int:
        """Length in words."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class AnswerText:
    """The sentences of one earlier answer or section, in reading order."""

    sentences: tuple[AnswerSentence, ...]
    together: tuple[tuple[int, ...], ...]
    """For each sentence the places of all that has to come along with it, itself among them, ascending; empty where it
    cannot be taken over."""


def answer_text(passages: Sequence[StoredPassage]) -> AnswerText:
    """The sentences of an answer or section, given its paragraphs in reading order."""
    sentences: list[AnswerSentence] = []
    for passage in passages:
        for start, end in _spans(passage.text):
            out = _stays_behind(passage, start, end)
            opens = not sentences and leans(passage.text[start:end])
            sentences.append(AnswerSentence(passage, start, end, len(sentences), out, opens))
    needs = [_needs(sentences, place) for place in range(len(sentences))]
    return AnswerText(tuple(sentences), tuple(_closure(place, needs, sentences) for place in range(len(sentences))))


def _spans(text: str) -> list[tuple[int, int]]:
    """A table is one; else the sentences, with what stands between quotation marks or brackets in one piece."""
    lines = text.split("\n")
    if len(lines) > 1 and sum(bool(_ROW.match(line)) for line in lines) >= 2:
        return [(0, len(text))]
    spans: list[tuple[int, int]] = []
    depth = 0
    for start, end in split_sentences(text):
        stop = start + len(text[start:end].rstrip())
        if depth > 0 and spans:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
        depth = max(depth + sum(c in _OPEN for c in text[start:end]) - sum(c in _CLOSE for c in text[start:end]), 0)
        if spans[-1][1] - spans[-1][0] > 1500:
            depth = 0  # a mark that is never closed
    return spans


def _stays_behind(passage: StoredPassage, start: int, end: int) -> str | None:
    text = passage.text[start:end]
    if filters.is_yes_or_no(text):
        return "yes-or-no"
    if filters.is_label(text):
        return "label"
    return left_out(" ".join(text.split()))


def _needs(sentences: Sequence[AnswerSentence], place: int) -> set[int]:
    """What a sentence cannot do without."""
    sentence = sentences[place]
    text = sentence.text
    needed: set[int] = set()
    opens_passage = sentence.start == 0 or place == 0 or sentences[place - 1].passage.id != sentence.passage.id
    if is_item(text):
        lead = _lead_in(sentences, place)
        if lead is not None:
            needed |= set(range(lead, place))
    elif sentence.of_question:
        pass
    elif leans(text) or (opens_passage and filters.starts_midway(text)):
        needed.add(place - 1)
    if filters.announces(text):
        needed |= set(range(place + 1, _end_of_list(sentences, place) + 1)) or {place + 1}
    elif not filters.is_label(text) and filters.breaks_off(text) and not is_item(text) and not _is_table(text):
        needed.add(place + 1)
    return needed


def leans(text: str) -> bool:
    """Whether a sentence speaks of what stands before it."""
    return bool(_LEANS.match(text)) and not _DAY.match(text)


def is_item(text: str) -> bool:
    """Whether it is an item of a list."""
    return filters.is_list_item(text)


def _is_table(text: str) -> bool:
    return "\n" in text


def _lead_in(sentences: Sequence[AnswerSentence], place: int) -> int | None:
    """The sentence with the colon before the list that an item belongs to."""
    before = place - 1
    while before >= 0 and (is_item(sentences[before].text) or not filters.announces(sentences[before].text)):
        if not is_item(sentences[before].text):
            return None
        before -= 1
    return before if before >= 0 else None


def _end_of_list(sentences: Sequence[AnswerSentence], place: int) -> int:
    last = place
    while last + 1 < len(sentences) and is_item(sentences[last + 1].text):
        last += 1
    return last


def _closure(place: int, needs: Sequence[set[int]], sentences: Sequence[AnswerSentence]) -> tuple[int, ...]:
    """Everything that comes along; empty where a part of it stays behind, is missing, or makes it too long."""
    found: set[int] = set()
    waiting = [place]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        if not 0 <= one < len(sentences) or sentences[one].out:
            return ()
        found.add(one)
        waiting += needs[one]
    if len(found) > 1 and sum(sentences[one].words for one in found) > LONGEST:
        return ()
    return tuple(sorted(found))


def runs(places: Iterable[int], sentences: Sequence[AnswerSentence]) -> list[tuple[AnswerSentence, AnswerSentence]]:
    """First and last of each run of sentences that follow each other in one paragraph."""
    found: list[tuple[AnswerSentence, AnswerSentence]] = []
    for place in sorted(places):
        sentence = sentences[place]
        if found and found[-1][1].place == place - 1 and found[-1][1].passage.id == sentence.passage.id:
            found[-1] = (found[-1][0], sentence)
        else:
            found.append((sentence, sentence))
    return found
