"""Two documents side by side: which answer stands against which, and what differs in words.

Answers are matched by what was asked and what was said, not by their numbers: a later set asks the same in another
order. Parts of letters are matched by their heading and text.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from answers_bank.documents import Document
from drafter.word_difference import Change, word_diff

_ASKED = 0.5
"""Weight of the question; the rest is the answer's. Half and half: either may have been rewritten."""

_SAME = 0.55
"""Likeness from which two parts are about the same; unrelated answers of one genre stay below .45."""

_ONE_SIDE = 0.8
"""Likeness of question or answer alone that is enough: the same question may get another answer."""


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """An answer with its question, or a section of a letter."""

    numbers: tuple[int, ...]
    """Questions answered; empty for a section."""

    heading: str
    """The question's text, or the section's heading."""

    text: str
    """Paragraphs, apart by a blank line."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A part of the new document against one of the old; None where a document has no counterpart."""

    new: ComparedPart | None
    old: ComparedPart | None
    likeness: float
    """Of the answers, 0 to 1; 0 where one is absent."""

    diff: tuple[Change, ...]
    """From old to new, by word."""


def parts(document: Document) -> tuple[ComparedPart, ...]:
    """What of `document` is compared: its answers, and its sections."""
    found = []
    for answer in document.answers:
        asked = [question for n in answer.numbers if (question := document.question(n)) is not None]
        heading = " ".join(dict.fromkeys(question.text for question in asked))
        found.append(ComparedPart(answer.numbers, heading, answer.text))
    for section in document.sections:
        text = "\n\n".join(passage.text for passage in section.paragraphs)
        if text:
            found.append(ComparedPart((), section.heading, text))
    return tuple(found)


def pair_up(new: Document, old: Document) -> tuple[Pairing, ...]:
    """Every part of both documents once: pairs in the order of `new`, then what only `old` has."""
    news, olds = parts(new), parts(old)
    scored = sorted(
        ((_likeness(mine, theirs), -abs(i - j), i, j) for i, mine in enumerate(news) for j, theirs in enumerate(olds)),
        reverse=True,
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, _, i, j in scored:
        if likeness >= _SAME and i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    pairs = [_pairing(part, olds[matched[i]] if i in matched else None) for i, part in enumerate(news)]
    pairs += [_pairing(None, part) for j, part in enumerate(olds) if j not in taken]
    return tuple(pairs)


def _pairing(new: ComparedPart | None, old: ComparedPart | None) -> Pairing:
    likeness = fuzz.ratio(old.text, new.text) / 100 if new and old else 0.0
    return Pairing(new, old, likeness, word_diff(old.text if old else "", new.text if new else ""))


def _likeness(one: ComparedPart, other: ComparedPart) -> float:
    if bool(one.numbers) != bool(other.numbers):
        return 0.0  # an answer and a part of a letter
    said = fuzz.ratio(one.text, other.text) / 100
    if not one.heading or not other.heading:
        return said
    asked = fuzz.token_set_ratio(one.heading, other.heading) / 100
    mixed = _ASKED * asked + (1 - _ASKED) * said
    # "Ja." answers every question: a short answer says nothing of what it is about.
    alone = max(asked, said if min(len(one.text), len(other.text)) > 80 else 0.0)
    return max(mixed, alone if alone >= _ONE_SIDE else 0.0)
