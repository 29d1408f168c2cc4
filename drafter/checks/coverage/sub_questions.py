"""Sub-questions: which parts of a question an answer takes up, and whether it goes on after yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import Stemmer

from answers_bank.documents import Document, Question, SubQuestion
from answers_bank.dutch.patterns import one_of, word_list
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.time.expressions import find_times
from drafter.checks.builder import DocumentSpan, finding
from drafter.checks.coverage.pointers import POINTS
from drafter.checks.finding import Coverage, Finding, Near

_WORD = re.compile(r"[^\W\d_]{3,}")
_WHY = re.compile(rf"\b{one_of('reasons')}\b", re.IGNORECASE)
_YES_NO = re.compile(r"^(?:ja|nee|neen)\b", re.IGNORECASE)
# "Die mening deel ik niet", "Daartoe ben ik niet bereid", "Dat klopt."
_NO_OTHERWISE = re.compile(rf"\b{one_of('no_otherwise')}\b", re.IGNORECASE)
_YES_OTHERWISE = re.compile(rf"^{one_of('yes_otherwise')}\b", re.IGNORECASE)
_SOON = re.compile(r"\b(?:binnenkort|spoedig|zodra|reeds|al|nog)\b")
_ELSEWHERE = re.compile(r"verwijs ik|zie (?:het|mijn|ook)|verwezen naar", re.IGNORECASE)
_FOLLOW = re.compile(r"\b(?:zo|indien)\s+(?P<which>ja|nee|neen|niet)\b[^?]*\??", re.IGNORECASE)
_VERB_FIRST = re.compile(rf"\W*(?:\w\W\s)?{one_of('yes_no_verbs')}\b", re.IGNORECASE)

TAKEN_UP = 0.3
"""Share of the words of a part of a question that an answer takes up."""

TAKEN_UP_LOOSELY = 0.2
"""The same where nothing else tells."""

OPINION = 40
"""An answer of so many words to "Deelt u de mening …" gives an opinion in words of its own."""

LEAST_WORDS = 12
"""A shorter answer is not held against the parts of its question: "Ja, dat klopt" answers them all."""

LONG_ANSWER = 30
"""From so many words an answer is taken to say why, when or how in its own words."""


def sub_questions(document: Document, near: Near | None) -> Iterator[Finding]:
    """Findings of the rule sub-question."""
    for answer in document.answers:
        text = answer.text
        for number in answer.numbers:
            question = document.question(number)
            parts = _parts(question) if question else ()
            if question is None or len(text.split()) < LEAST_WORDS or len(parts) < 2:
                continue
            for part in parts:
                if _covers(part.text, text) or _FOLLOW.match(part.text) or _opinion(part.text, text):
                    continue
                if near is None or near.takes_up(part.text, [p.text for p in answer.paragraphs]) is None:
                    place = question.text_map.to_source(part.start, part.end)
                    yield finding("coverage/sub-question", DocumentSpan(*place, part.text, number))


def _opinion(asked: str, answer: str) -> bool:
    """Whether a question for an opinion ("Deelt u de mening …") gets an answer of some length, in words of its own."""
    return bool(_VERB_FIRST.match(asked)) and len(answer.split()) >= OPINION


def follow_ups(document: Document) -> Iterator[Finding]:
    """Findings of the rule follow-up: a "Zo nee, …" that an answer which says no leaves alone."""
    for answer in document.answers:
        words, said = answer.text.split(), polarity(answer.text.strip())
        if said is None or len(words) > LONG_ANSWER:
            continue
        for number in answer.numbers:
            question = document.question(number)
            for match in _FOLLOW.finditer(question.text) if question else ():
                which = "ja" if match["which"].lower() == "ja" else "nee"
                if question is None or which != said or (len(words) > 6 and _takes_up(match[0], answer.text.strip())):
                    continue
                place = question.text_map.to_source(match.start(), match.end())
                shown = f"“{' '.join(words[:6])} …”" if len(words) > 6 else f"alleen “{' '.join(words)}”"
                span = DocumentSpan(*place, match[0], min(question.numbers, default=None))
                yield finding("coverage/follow-up", span, f"Het antwoord is {shown}.")


def polarity(answer: str) -> str | None:
    """Whether an answer begins with a yes ("ja") or a no ("nee"), also in other words; None where it does not say."""
    opening = _YES_NO.match(answer)
    if opening:
        return "ja" if opening[0].lower() == "ja" else "nee"
    first = re.split(r"(?<=[.!?])\s", answer, maxsplit=1)[0]
    if _NO_OTHERWISE.search(first):
        return "nee"
    return "ja" if _YES_OTHERWISE.search(first) else None


def _takes_up(asked: str, answer: str) -> bool:
    """Whether a short answer says what is asked for: a reason, a moment, a number, a way; else by its words."""
    if POINTS.search(answer) or re.search(r"\b(?:zie|verwijs|verwezen)\b", answer, re.IGNORECASE):
        return True
    if re.search(r"\bwaarom\b", asked, re.IGNORECASE):
        return bool(_WHY.search(answer)) or len(answer.split()) > 12
    if re.search(r"\bwanneer\b|termijn", asked, re.IGNORECASE):
        return bool(find_times(answer, None)) or bool(_SOON.search(answer))
    if re.search(r"\bhoeveel\b", asked, re.IGNORECASE):
        return bool(re.search(r"\d|\b(?:geen|niet|twee|drie|vier|vijf|enkele|tientallen|honderden)\b", answer))
    return len(answer.split()) > 12 or _covers(asked, answer)


def _parts(question: Question) -> tuple[SubQuestion, ...]:
    """The question's parts; where the reader gave none, its sentences that ask."""
    if question.sub_questions:
        return question.sub_questions
    return tuple(
        SubQuestion(None, question.text[s:e], s, e)
        for s, e in sentence_spans(question.text)
        if question.text[s:e].rstrip('’"” )').endswith("?")
    )


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")


def _stems(text: str) -> set[str]:
    stop = {*word_list("function_words"), *word_list("degree_words"), *word_list("question_words")}
    return set(_stemmer().stemWords([w for w in (m[0].lower() for m in _WORD.finditer(text)) if w not in stop]))


def _covers(asked: str, answer: str) -> bool:
    """Whether an answer takes up what is asked: by its words, or by the kind of answer that the question wants."""
    wanted, given = _stems(asked), _stems(answer)
    share = len(wanted & given) / len(wanted) if wanted else 1.0
    if share >= TAKEN_UP or not wanted:
        return True
    if re.search(r"\bwaarom\b", asked, re.IGNORECASE):
        return bool(_WHY.search(answer))
    if re.search(r"\bhoeveel\b", asked, re.IGNORECASE):
        return bool(re.search(r"\d|\b(?:geen|niet|twee|drie|vier|vijf|tientallen|honderden)\b", answer))
    if _YES_NO.match(answer.strip()) and _VERB_FIRST.match(asked):
        return True
    return share >= TAKEN_UP_LOOSELY or bool(
        re.search(r"verwijs ik|zie (?:het|mijn|ook)|verwezen naar", answer, re.IGNORECASE)
    )


def covered_parts(
    question: Question, paragraphs: Sequence[str], blocks: Sequence[str], near: Near | None
) -> tuple[Coverage, ...]:
    """See `drafter.checks.check_answer`."""
    whole = "\n\n".join(paragraphs)
    number = min(question.numbers, default=0)
    result = []
    for part in _parts(question) or (SubQuestion(None, question.text, 0, len(question.text)),):
        index = next((i for i, text in enumerate(paragraphs) if text.strip() and _covers(part.text, text)), None)
        covered = index is not None or (bool(whole.strip()) and (_covers(part.text, whole) or _skipped(part, whole)))
        if not covered and near is not None and whole.strip():
            index = near.takes_up(part.text, paragraphs)
            covered = index is not None
        named = blocks[index] if index is not None and index < len(blocks) else None
        result.append(Coverage(number, part.label, part.text, covered, named))
    return tuple(result)


def _skipped(part: SubQuestion, answer: str) -> bool:
    """Whether a "Zo ja" or "Zo nee" needs no answer, since the answer went the other way."""
    follow, said = _FOLLOW.match(part.text.strip()), _YES_NO.match(answer.strip())
    if follow is None or said is None:
        return False
    return (said[0].lower() == "ja") != (follow["which"].lower() == "ja")
