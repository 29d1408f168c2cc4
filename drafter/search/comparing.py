"""The same earlier answers compared with several texts: a question as a whole and each thing that it asks.

A search gives the best for one text; here every unit that is near any of the texts is judged by all of them, so that
what speaks for it can be set side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Role
from answers_bank.store.stored import DocumentSummary, StoredPassage
from drafter.search.candidates import CandidateFinder, WeighedTerms
from drafter.search.signals import letters
from drafter.search.signals.nearness import CandidateNearness, Pieces
from drafter.search.values import SearchQuery
from drafter.search.weights import SignalWeights, combined
from embeddings.encoder import Vectors


@dataclass(frozen=True)
class ComparedUnit:
    """A unit with what speaks for it by each text."""

    unit: int
    document: DocumentSummary
    questions: tuple[StoredPassage, ...]
    passages: tuple[StoredPassage, ...]
    """Of the answer or section, in reading order."""

    signals: tuple[dict[str, float], ...]
    """For each text the signals by name, and under "sum" what they come to."""

    pieces: tuple[Pieces | None, ...]
    """For each text; None where only words count."""


@dataclass(frozen=True)
class Comparison:
    """Texts, and the units compared with them."""

    terms: tuple[WeighedTerms, ...]
    """Of each text."""

    units: tuple[ComparedUnit, ...]
    """Those that came nearest to any text, in no order that means something."""


def compare(
    finder: CandidateFinder,
    texts: Sequence[str],
    vectors: Sequence[Vectors | None],
    query: SearchQuery,
    weights: SignalWeights,
    most: Sequence[int],
) -> Comparison:
    """Compare with each text what comes nearest to any of them.

    Args:
        finder: of the bank.
        texts: what is asked, in parts.
        vectors: of the texts, None to go by words alone.
        query: what may be found; its text and number do not count.
        weights: of the signals, for choosing and for "sum".
        most: units that each text brings in at most.
    """
    terms = tuple(finder.terms(text) for text in texts)
    if not len(finder.units):
        return Comparison(terms, ())
    circle = finder.circle(query)
    if not circle.allowed.any():
        return Comparison(terms, ())
    scores = [finder.word_scores(one) for one in terms]
    chosen: set[int] = set()
    for words, vector, count in zip(scores, vectors, most, strict=True):
        units = np.unique(np.concatenate(finder.chosen(circle, vector, words, count)))
        if not len(units):
            continue
        sums = [
            signals["sum"] for signals in _judged(finder, units, vector, words, circle.likeness, weights, rough=True)[0]
        ]
        order = sorted(range(len(units)), key=lambda n: (-sums[n], int(units[n])))
        chosen.update(int(units[n]) for n in order[:count])
    if not chosen:
        return Comparison(terms, ())
    union = np.array(sorted(chosen), dtype=np.int64)
    judged = [
        _judged(finder, union, vector, words, circle.likeness, weights)
        for words, vector in zip(scores, vectors, strict=True)
    ]
    return Comparison(terms, tuple(_described(finder, texts, union, judged, query, weights)))


Judgement = tuple[list[dict[str, float]], list[Pieces | None]]


def _judged(
    finder: CandidateFinder,
    units: NDArray[np.int64],
    vector: Vectors | None,
    words: NDArray[np.float32],
    likeness: NDArray[np.float64] | None,
    weights: SignalWeights,
    *,
    rough: bool = False,
) -> Judgement:
    """The signals that need no reading, and the pieces (not where `rough`)."""
    members = finder.units.members(units)
    signals: list[dict[str, float]] = [{} for _ in members]
    pieces: list[Pieces | None] = [None] * len(members)
    if vector is not None and finder.meaning is not None and finder.space is not None and len(units):
        near = CandidateNearness(finder.meaning, finder.space, finder.rows, vector, members)
        if rough:
            signals = near.rough()
        else:
            exact = near.exact(range(len(units)))
            signals, pieces = [one for one, _ in exact], [found for _, found in exact]
        for unit, own, keys in zip(units.tolist(), signals, members, strict=True):
            if "question" in own and int(keys[0]) == int(finder.units.answer_key[unit]):
                own["subject"] = own.pop("question")
    repeated = finder.recurrence.at_any_time(members)
    for place, unit in enumerate(units.tolist()):
        signals[place] |= {"words": min(float(words[unit]), 1.0), "repeated": float(repeated[place])}
        if likeness is not None:
            signals[place]["portfolio"] = float(likeness[finder.units.portfolio[unit]])
        signals[place]["sum"] = combined(weights, signals[place])
    return signals, pieces


def _described(
    finder: CandidateFinder,
    texts: Sequence[str],
    units: NDArray[np.int64],
    judged: Sequence[Judgement],
    query: SearchQuery,
    weights: SignalWeights,
) -> list[ComparedUnit]:
    """The units as they are shown, with the signals that need reading."""
    members = finder.units.members(units)
    stored = finder.bank.passages_by_key([int(key) for keys in members for key in keys])
    documents = finder.bank.summaries(sorted(set(finder.units.document_key[units].tolist())))
    counting = finder.recurrence.counting(query.before)
    all_count = finder.recurrence.all_count(query.before)
    found = []
    for place, unit in enumerate(units.tolist()):
        summary = documents.get(int(finder.units.document_key[unit]))
        own = [stored[int(key)] for key in members[place] if int(key) in stored]
        answer = tuple(p for p in own if p.role is not Role.QUESTION)
        if summary is None or not answer:
            continue  # has left the bank in the meantime
        signals = tuple(one[0][place] for one in judged)
        if not all_count and signals[0]["repeated"]:
            again = finder.recurrence.until(unit, [p.key for p in own], counting)
            for one in signals:
                one["repeated"] = again
        pieces = tuple(one[1][place] for one in judged)
        asked = tuple(p for p in own if p.role is Role.QUESTION)
        found.append(ComparedUnit(unit, summary, asked, answer, signals, pieces))
    whole = [" ".join([u.document.title, *(p.text for p in (*u.questions, *u.passages))]) for u in found]
    for number, values in enumerate(letters.likenesses(texts, whole)):
        for compared, value in zip(found, values.tolist(), strict=True):
            signals_of = compared.signals[number]
            signals_of["letters"] = value
            signals_of["sum"] = combined(weights, signals_of)
    return found
