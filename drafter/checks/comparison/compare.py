"""Contradictions between two texts: typed differences of meaning, harmless rewriting left alone.

Sentences that say the same are put side by side; what each says (numbers, dates, names, duties, denials, conditions …)
is taken apart in a form in which two ways of writing are one, and what then still differs is reported. Nothing is
decided: each conflict shows both sides and is "te controleren".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from rapidfuzz import fuzz, process, utils

from answers_bank.documents import Document
from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.comparison.actors import listed_differences, name_differences, swapped_differences
from drafter.checks.comparison.conditions import condition_differences
from drafter.checks.comparison.conflict import Conflict, ConflictType, Side
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.meanings import meaning_differences, negation_differences, possibility_differences
from drafter.checks.comparison.resolve import resolved
from drafter.checks.comparison.statement import statement
from drafter.checks.comparison.tense import tense_differences
from drafter.checks.comparison.values import order_differences, value_differences
from drafter.checks.text import CheckedText, TextSpan, Zone

__all__ = ["Conflict", "ConflictType", "Side", "compare_documents", "compare_sentences", "compare_texts"]

# Texts of at most this many sentences are taken as two versions of one statement, whatever their wording.
_SHORT = 3
# Less shared content than this and two short texts speak of different things.
_COMMON = 0.2
# Sentences of longer texts are put side by side from this likeness on (rapidfuzz ratios, 0 to 100).
_ALIKE = 62.0
# From here on a neighbour need not be looked at.
_SURE = 92.0


def compare_texts(new: str, old: str) -> tuple[Conflict, ...]:
    """Where `new` says something else than `old`, in the order of `new`.

    Spans are code points into the two texts. Short texts are compared whole; longer ones sentence by sentence, each
    with the sentence (or the two neighbours) that it was most likely made of.
    """
    new_spans, old_spans = sentence_spans(new), sentence_spans(old)
    if not new_spans or not old_spans:
        return ()
    if len(new_spans) <= _SHORT and len(old_spans) <= _SHORT:
        ranges = [((0, len(new_spans)), (0, len(old_spans)))]
    else:
        ranges = list(_aligned([new[a:b] for a, b in new_spans], [old[a:b] for a, b in old_spans]))
    found: list[Conflict] = []
    for (i, j), (k, m) in ranges:
        start, old_start = new_spans[i][0], old_spans[k][0]
        found += compare_sentences(
            new[start : new_spans[j - 1][1]], old[old_start : old_spans[m - 1][1]], start, old_start
        )
    return tuple(sorted(found, key=lambda conflict: (conflict.new.start, conflict.old.start)))


def compare_documents(new: Document, old: Document) -> tuple[Conflict, ...]:
    """Where the answers, sections and notes of `new` differ in meaning from those of `old`.

    Questions are left out, for what is asked contradicts nothing, unless no answer was told apart from them. Spans are
    code points into the extracted texts.
    """
    new_sentences, old_sentences = _sentences(new), _sentences(old)
    if not new_sentences or not old_sentences:
        return ()
    units = {sentence.unit for sentence in (*new_sentences, *old_sentences)}
    if len(units) == 2 and max(len(new_sentences), len(old_sentences)) <= _SHORT:
        ranges = [((0, len(new_sentences)), (0, len(old_sentences)))]
    else:
        ranges = list(_aligned([s.text for s in new_sentences], [s.text for s in old_sentences]))
    found = []
    for mine, theirs in ranges:
        news, olds = new_sentences[mine[0] : mine[1]], old_sentences[theirs[0] : theirs[1]]
        if len({s.unit for s in news}) > 1 or len({s.unit for s in olds}) > 1:
            news, olds = news[:1], olds[:1]
        compared = compare_sentences(_joined(news), _joined(olds), dates=(new.date, old.date))
        found += [_placed(one, news[0], olds[0]) for one in compared]
    return tuple(sorted(found, key=lambda conflict: (conflict.new.start, conflict.old.start)))


def _sentences(document: Document) -> list[TextSpan]:
    units = CheckedText.of_document(document).units
    said = {Zone.ANSWER, Zone.SECTION, Zone.NOTE} | (set() if document.answers else {Zone.QUESTION})
    units = tuple(unit for unit in units if unit.zone in said)
    return [TextSpan(unit, start, end) for unit in units for start, end in unit.sentences]


def _joined(sentences: list[TextSpan]) -> str:
    return sentences[0].unit.text[sentences[0].start : sentences[-1].end]


def _placed(conflict: Conflict, new: TextSpan, old: TextSpan) -> Conflict:
    sides = []
    for side, sentence in ((conflict.new, new), (conflict.old, old)):
        start, end = TextSpan(sentence.unit, sentence.start + side.start, sentence.start + side.end).place
        sides.append(Side(side.quote, start, end))
    return replace(conflict, new=sides[0], old=sides[1])


def compare_sentences(
    new: str,
    old: str,
    new_offset: int = 0,
    old_offset: int = 0,
    dates: tuple[datetime.date | None, datetime.date | None] = (None, None),
) -> list[Conflict]:
    """Typed differences between two statements that are taken to speak of the same thing.

    With `dates` of the new and the old document, "dit voorjaar" is compared as the spring that it was.
    """
    if new == old:
        return []
    new_said, old_said = resolved(statement(new), dates[0]), resolved(statement(old), dates[1])
    pair = Pair(new_said, old_said, new_offset, old_offset)
    if pair.overlap < _COMMON:
        return []
    return _quiet(
        [
            *value_differences(pair),
            *order_differences(pair),
            *name_differences(pair),
            *listed_differences(pair),
            *negation_differences(pair),
            *meaning_differences(pair),
            *possibility_differences(pair),
            *tense_differences(pair),
            *condition_differences(pair),
            *swapped_differences(pair),
        ]
    )


def _quiet(found: list[Conflict]) -> list[Conflict]:
    """One remark a place and kind."""
    kept: list[Conflict] = []
    for conflict in found:
        same = [one for one in kept if one.kind == conflict.kind and one.type is conflict.type]
        if any(one.new == conflict.new and one.old == conflict.old for one in same):
            continue
        kept.append(conflict)
    return kept


def _aligned(news: list[str], olds: list[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Ranges of sentences of the one that were made of ranges of the other.

    Each new sentence goes with the old one it resembles most; a neighbour joins on either side where that fits better,
    for drafters cut and join sentences.
    """
    if not news or not olds:
        return
    scores = process.cdist(
        news, olds, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=_ALIKE, dtype=np.float32
    )
    taken: set[int] = set()
    for at in range(len(news)):
        if at in taken:
            continue
        best = int(scores[at].argmax())
        score = float(scores[at, best])
        if score < _ALIKE or news[at] == olds[best]:
            continue
        ranges = [((at, at + 1), (best, best + 1))]
        if score < _SURE:
            ranges += [
                ((at, at + 1), (best - 1, best + 1)),
                ((at, at + 1), (best, best + 2)),
                ((at, at + 2), (best, best + 1)),
            ]
        mine, theirs = max(ranges, key=lambda pair: _fit(news, olds, *pair))
        taken.update(range(*mine))
        yield mine, theirs


def _fit(news: list[str], olds: list[str], mine: tuple[int, int], theirs: tuple[int, int]) -> float:
    if mine[1] > len(news) or theirs[0] < 0 or theirs[1] > len(olds):
        return 0.0
    new, old = " ".join(news[slice(*mine)]), " ".join(olds[slice(*theirs)])
    joined = mine[1] - mine[0] + theirs[1] - theirs[0] > 2
    return fuzz.token_sort_ratio(new, old, processor=utils.default_process) - (5.0 if joined else 0.0)
