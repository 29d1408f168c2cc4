"""Contradictions between two texts: typed differences of meaning, harmless rewriting left alone.

Sentences that say the same are put side by side; what each says (numbers, dates, names, duties, denials, conditions …)
is taken apart in a form in which two ways of writing are one, and what then still differs is reported. Nothing is
decided: each conflict shows both sides and is "te controleren".
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from answers_bank.documents import Document
from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.comparison.actors import listed_differences, name_differences, swapped_differences
from drafter.checks.comparison.alignment import Aligned, align, aligned, joined
from drafter.checks.comparison.conditions import condition_differences
from drafter.checks.comparison.conflict import Conflict, ConflictType, Side
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.meanings import meaning_differences, negation_differences, possibility_differences
from drafter.checks.comparison.statements.resolve import resolved
from drafter.checks.comparison.statements.statement import statement
from drafter.checks.comparison.tense import tense_differences
from drafter.checks.comparison.values import order_differences, value_differences
from drafter.checks.text import TextSpan

__all__ = ["Conflict", "ConflictType", "Side", "compare_documents", "compare_sentences", "compare_texts"]

# Texts of at most this many sentences are taken as two versions of one statement, whatever their wording.
_SHORT = 3
# Less shared content than this and two short texts speak of different things.
_COMMON = 0.2


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
        ranges = list(aligned([new[a:b] for a, b in new_spans], [old[a:b] for a, b in old_spans]))
    found: list[Conflict] = []
    for (i, j), (k, m) in ranges:
        start, old_start = new_spans[i][0], old_spans[k][0]
        found += compare_sentences(
            new[start : new_spans[j - 1][1]], old[old_start : old_spans[m - 1][1]], start, old_start
        )
    return tuple(sorted(found, key=lambda conflict: (conflict.new.start, conflict.old.start)))


def compare_documents(new: Document, old: Document) -> tuple[Conflict, ...]:
    """Where the answers, sections and notes of `new` differ in meaning from those of `old`.

    Spans are code points into the extracted texts; see `alignment.align` for what stands against what.
    """
    found = [one for pair in align(new, old) for one in conflicts_of(pair, (new.date, old.date))]
    return tuple(sorted(found, key=lambda conflict: (conflict.new.start, conflict.old.start)))


def conflicts_of(
    pair: Aligned, dates: tuple[datetime.date | None, datetime.date | None] = (None, None)
) -> tuple[Conflict, ...]:
    """Where sentences of two documents of these dates differ in meaning; spans are in the documents."""
    if not pair.new or not pair.old or pair.is_same:
        return ()
    compared = compare_sentences(joined(pair.new), joined(pair.old), dates=dates)
    return tuple(_placed(one, pair.new[0], pair.old[0]) for one in compared)


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
