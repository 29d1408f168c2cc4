"""Two documents side by side: which answer stands against which, and each sentence against what it was made of.

Answers are matched by what was asked and what was said, not by their numbers: a later set asks the same in another
order. Parts of letters are matched by their heading and text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from answers_bank.documents import Document
from drafter.checks.comparison.alignment import Aligned, align, shown
from drafter.checks.comparison.compare import conflicts_of
from drafter.checks.comparison.conflict import Conflict
from drafter.checks.text import TextSpan, Zone
from drafter.headings import questions_reference
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


class Fate(StrEnum):
    """What became of a sentence."""

    SAME = "same"
    """Taken over as it was."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """A sentence, or two neighbours, with where it stands."""

    text: str
    """Without the marks of notes."""

    start: int
    end: int
    """Span in the extracted text."""

    numbers: tuple[int, ...]
    """Questions that it answers; empty outside the answers."""

    part: str
    """Where it stands, in words: "vraag 2", "noot", "deel ‘Toezicht’", "brief"."""


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A sentence of the new document and that of the old from which it was made; None where there is none."""

    fate: Fate
    new: SentencePlace | None
    old: SentencePlace | None
    diff: tuple[Change, ...]
    """From old to new, by word; empty unless it was changed."""

    conflicts: tuple[Conflict, ...]
    """What of the meaning differs, typed; to be judged by a reader."""


def compare_by_sentence(new: Document, old: Document) -> tuple[ComparedSentence, ...]:
    """Every sentence of both once: those of `new` in their order, then what only `old` has."""
    return tuple(_compared(pair, new, old) for pair in align(new, old))


def _compared(pair: Aligned, new: Document, old: Document) -> ComparedSentence:
    mine = _place(pair.new, new) if pair.new else None
    theirs = _place(pair.old, old) if pair.old else None
    if mine is None or theirs is None:
        return ComparedSentence(Fate.NEW if theirs is None else Fate.GONE, mine, theirs, (), ())
    if pair.is_same:
        return ComparedSentence(Fate.SAME, mine, theirs, (), ())
    conflicts = conflicts_of(pair, (new.date, old.date))
    return ComparedSentence(Fate.CHANGED, mine, theirs, word_diff(theirs.text, mine.text), conflicts)


def _place(sentences: tuple[TextSpan, ...], document: Document) -> SentencePlace:
    first, last = sentences[0], sentences[-1]
    unit = first.unit
    start, _ = first.place
    _, end = last.place
    if unit.numbers:
        part = questions_reference(unit.numbers)
    elif unit.zone is Zone.NOTE:
        part = "noot"
    else:
        heading = next(
            (one.heading for one in document.sections if any(p.start <= start < p.end for p in one.paragraphs)), ""
        )
        part = f"deel ‘{heading}’" if heading else "brief"
    return SentencePlace(shown(sentences), start, end, unit.numbers, part)
