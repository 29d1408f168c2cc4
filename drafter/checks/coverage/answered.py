"""Whether the parts of a question are answered, by which sentence, and when that is in doubt.

A part is ticked off only where one sentence speaks of what is asked and gives the sort of answer that is wanted. Where
only one of both holds it is for the user to judge; where neither does it is open. What all parts of a question share
tells nothing of a part: a paragraph on the same subject does not answer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answers_bank.documents import Question, SubQuestion
from answers_bank.dutch.clauses import clause_spans, plain_names
from answers_bank.dutch.patterns import one_of, word_list
from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.comparison.statements.statement import Statement, statement
from drafter.checks.comparison.statements.words import content_words, is_filler, same_word, stem
from drafter.checks.coverage.wanted import Wanted, gives, wanted
from drafter.checks.finding import Coverage, Near

FOLLOW = re.compile(r"(?:en\s+|of\s+)?\b(?:zo|indien)\s+(?P<which>ja|nee|neen|niet)\b[^?]*\??", re.IGNORECASE)
_FOLLOWS = re.compile(r"[\s,;]+(?:en\s+)?(?=(?:zo|indien)\s+(?:ja|nee|neen|niet)\b)", re.IGNORECASE)
_YES_NO = re.compile(r"^(?:ja|nee|neen)\b", re.IGNORECASE)
# "Die mening deel ik niet", "Daartoe ben ik niet bereid", "Dat klopt."
_NO_OTHERWISE = re.compile(rf"\b{one_of('no_otherwise')}\b", re.IGNORECASE)
_YES_OTHERWISE = re.compile(rf"^{one_of('yes_otherwise')}\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\bverwijs\b|\bverwezen\b|\bzie\s+(?:het|mijn|ook|daarvoor|hiervoor|bijlage|de)\b", re.IGNORECASE
)
_OF_THE_SET = re.compile(
    r"\b(?:deze|bovenstaande|alle|de)\s+(?:\w+\s+){0,2}vragen\b[^?]{0,80}\bbeantwoord|\bbeantwoord\w*[^?]{0,80}\b(?:vragen|vraag)\b",
    re.IGNORECASE,
)

_BECAUSE = re.compile(
    r"\b(?:omdat|want|aangezien|vanwege|doordat|reden(?:en)?|daarom|immers|gelet\s+op)\b", re.IGNORECASE
)
_NEAR = 3
"""In so many sentences after yes or no stands why, when or how much."""

_SAYS = 4
"""Content words from which a sentence says what it is about."""

ENOUGH = 0.45
"""Share of the words of a part that a sentence with the one before it has, where it is about that part. This and what
follows were chosen on half of 1,600 real questions, against the answers to other questions of the same sets."""

SOME = 0.2
"""The share from which it may be."""

MANY, MANY_SHARE = 4, 0.3
"""So many words of a long part, and this share of them, are enough as well."""

_LEAST = 2
"""So many of the words that only this part has, where it has as many."""

OPINION = 0.6
"""The share for a question to be answered with yes or no by a sentence that says neither."""

LONG_ANSWER = 30
"""From so many words on an answer may give reasons and explain in words of its own."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    paragraph: int
    text: str
    said: Statement
    stems: frozenset[str]
    """Its own."""

    before: frozenset[str]
    """Those of the sentence before it in the paragraph: "Dat zijn er twaalf." speaks of what stands there."""


def parts(question: Question) -> tuple[SubQuestion, ...]:
    """What a question asks, apart: its lettered parts or its sentences that ask, each cut where it asks more."""
    whole = question.sub_questions or tuple(
        SubQuestion(None, question.text[start:end], start, end)
        for start, end in sentence_spans(question.text)
        if question.text[start:end].rstrip('’"” )').endswith("?")
    )
    found = [piece for part in whole for piece in _pieces(part)]
    asking = [piece for piece in found if not _OF_THE_SET.search(piece.text)]
    return tuple(asking or found) or (SubQuestion(None, question.text, 0, len(question.text)),)


def _pieces(part: SubQuestion) -> Iterator[SubQuestion]:
    at = 0
    for cut in [*_FOLLOWS.finditer(part.text), None]:
        stop = cut.start() if cut else len(part.text)
        if part.text[at:stop].strip():
            for start, end in clause_spans(part.text[at:stop]):
                text = part.text[at + start : at + end]
                yield SubQuestion(part.label, text, part.start + at + start, part.start + at + end)
        at = cut.end() if cut else stop


def covered_parts(
    question: Question, paragraphs: Sequence[str], blocks: Sequence[str], near: Near | None
) -> tuple[Coverage, ...]:
    """See `drafter.checks.check_answer`."""
    number = min(question.numbers, default=0)
    asked = parts(question)
    sentences = list(_sentences(paragraphs))
    said = polarity("\n\n".join(paragraphs).strip())
    words = [_telling(part.text) for part in asked]
    result = []
    for at, part in enumerate(asked):
        others = frozenset().union(*(words[:at] + words[at + 1 :])) if len(asked) > 1 else frozenset[str]()
        first = not any(wanted(other.text).is_yes_or_no for other in asked[:at])
        sure, best = _answered(part.text, words[at], others, sentences, said, first)
        if best is None and near is not None and sentences:
            index = near.takes_up(part.text, list(paragraphs))
            best = next((one for one in sentences if one.paragraph == index), None)
        named = blocks[best.paragraph] if best is not None and best.paragraph < len(blocks) else None
        text = " ".join(best.text.split()) if best else ""
        result.append(
            Coverage(number, part.label, part.text, sure, named, text, doubtful=best is not None and not sure)
        )
    return tuple(result)


def _answered(
    part: str,
    words: frozenset[str],
    others: frozenset[str],
    sentences: list[_Sentence],
    said: str | None,
    first: bool,
) -> tuple[bool, _Sentence | None]:
    """Whether a part is surely answered, and the sentence that does or may do so."""
    if not sentences:
        return False, None
    opening, sort = sentences[0], wanted(part)
    length = sum(len(one.text.split()) for one in sentences)
    follow = FOLLOW.match(part.strip())
    if follow is not None and said is not None and (said == "ja") != (follow["which"].lower() == "ja"):
        return True, opening  # asked for the case that is not there
    if sort.is_yes_or_no and said is not None and first and follow is None:
        # "Ja, de wachttijd heeft mijn aandacht" is a yes to another question.
        return len(opening.stems) < _SAYS or not words or _about(words, frozenset(), opening) > 0, opening
    if not words:
        return _by_sort_alone(sort, sentences, length)
    scored = [(_about(words, others, one), one) for one in sentences]
    giving = [(score, one) for score, one in scored if gives(sort, one.said)]
    score, best = max(giving, key=lambda pair: pair[0], default=(0.0, opening))
    if score >= (OPINION if sort.is_yes_or_no else ENOUGH):
        return True, best
    top, likeliest = max(scored, key=lambda pair: pair[0])
    if top >= SOME:
        return False, likeliest
    referring = next((one for one in sentences if _ELSEWHERE.search(one.text)), None)
    if referring is not None:
        return False, referring
    if sort.is_yes_or_no and (said is not None or length >= LONG_ANSWER):
        return False, opening
    return False, None


def _by_sort_alone(sort: Wanted, sentences: list[_Sentence], length: int) -> tuple[bool, _Sentence | None]:
    """A part that names nothing ("Zo nee, waarom niet?", "Kunt u dit toelichten?"): only the sort of answer tells."""
    telling = [one for one in sentences if gives(sort, one.said) and not _YES_NO.fullmatch(one.text.strip(" .!"))]
    if sort is Wanted.REASON:
        because = next((one for one in sentences[:_NEAR] if _BECAUSE.search(one.text)), None)
        if because is not None:
            return True, because
    if sort is not Wanted.CONTENT and not sort.is_yes_or_no and telling:
        return sort is not Wanted.REASON and telling[0] in sentences[:_NEAR], telling[0]
    return False, (telling or sentences)[0] if length >= LONG_ANSWER else None


def _about(words: frozenset[str], others: frozenset[str], one: _Sentence) -> float:
    """How much a sentence speaks of a part with these words: 1 is all of them.

    Words that other parts ask of as well count for half; without one of its own it is at most in doubt.
    """
    own = frozenset(word for word in words if word not in others) or words
    here = {word: _has(one.stems, word) or _has(one.before, word) for word in words}
    weights = {word: 1.0 if word in own else 0.5 for word in words}
    share = sum(weight for word, weight in weights.items() if here[word]) / sum(weights.values())
    found = [word for word in own if here[word]]
    if len(found) < min(_LEAST, len(own)) or not any(_has(one.stems, word) for word in words):
        return min(share, ENOUGH - 0.01)
    return max(share, ENOUGH) if len(found) >= MANY and share >= MANY_SHARE else share


def _has(stems: frozenset[str], word: str) -> bool:
    return word in stems or any(same_word(word, other) for other in stems)


def _sentences(paragraphs: Sequence[str]) -> Iterator[_Sentence]:
    for number, text in enumerate(paragraphs):
        before: frozenset[str] = frozenset()
        for start, end in sentence_spans(text):
            said = statement(text[start:end])
            stems = frozenset(word.stem for word in said.words if not is_filler(word.text))
            yield _Sentence(number, text[start:end], said, stems, before)
            before = stems


@lru_cache(maxsize=2048)
def _telling(part: str) -> frozenset[str]:
    asking = {stem(word) for word in (*word_list("asking_words"), *word_list("degree_words"))}
    return frozenset(
        word.stem
        for word in content_words(plain_names(part), [])
        if not is_filler(word.text) and word.stem not in asking
    )


def polarity(answer: str) -> str | None:
    """Whether an answer begins with a yes ("ja") or a no ("nee"), also in other words; None where it does not say."""
    opening = _YES_NO.match(answer)
    if opening:
        return "ja" if opening[0].lower() == "ja" else "nee"
    first = re.split(r"(?<=[.!?])\s", answer, maxsplit=1)[0]
    if _NO_OTHERWISE.search(first):
        return "nee"
    return "ja" if _YES_OTHERWISE.search(first) else None
