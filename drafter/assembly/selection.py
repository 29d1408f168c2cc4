"""Which passages go under which question.

The draft as a whole is made at once: a passage goes where it is of most use and nowhere else. For one question this is
the covering of all that is asked by as little text as possible (facility location, chosen greedily, which is within
63% of the best there is: Nemhauser, Wolsey and Fisher, 1978).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from drafter.assembly.material import Material, Unit
from drafter.assembly.usable import shingles
from drafter.assembly.valuation import SOURCE

ENOUGH = 0.04
"""A further passage has to add this much."""

MORE_OF_THE_SAME = 0.35
"""What the worth of a passage counts that covers nothing new."""

SAME_HOME = 0.05
"""Counts for a passage that stands in an earlier answer already used for this question: one line of thought."""

REPEATED = 0.25
"""Counts for a passage that was used more often before: what was repeated once is repeated again."""

EVERYWHERE = 0.4
"""What it costs to be worth as much for other questions of the set."""

OTHERS = 3
"""So many questions, for which a passage is worth most, say how general it is."""

NEAR_BEST = 0.2
"""A passage has to be worth this share of what the best there is for the same thing asked is worth."""

PER_HUNDRED_WORDS = 0.04
"""What length costs."""

ABOUT_AS_GOOD = 0.1
"""So much less worth for a question does a newer passage still replace an older one."""

OVERTAKEN = 90
"""So many days must a passage be newer to take the place of an older one."""

PER_YEAR = 0.03
"""What a year of age costs: the most recent position wins."""

OLDEST = 5.0
"""Years beyond which age costs no more."""

WORDS = 200
WORDS_PER_NEED = 100
MOST_WORDS = 600
"""Length of an answer in words: the first two by what is asked, the last at most."""

SAME_TEXT = 0.6
"""From this share of its runs of four words on, a passage has been said already."""


@dataclass
class Answering:
    """What has been chosen for one material so far."""

    material: Material
    chosen: list[Unit] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    """For each need the worth of the best that was chosen."""

    best: list[float] = field(default_factory=list)
    """For each need the worth of the best there is."""

    general: dict[tuple[str, ...], float] = field(default_factory=dict)
    """By ids of passages: what they are worth for the questions they are worth most for, on average."""

    elsewhere: set[int] = field(default_factory=set)
    """Questions that hold the passages that would have fitted here as well."""

    def __post_init__(self) -> None:
        self.covered = [0.0] * len(self.material.needs)
        worths = zip(*(unit.worth for unit in self.material.units), strict=True)
        self.best = [max(0.0, *found) for found in worths] or list(self.covered)

    @property
    def words(self) -> int:
        """Length so far."""
        return sum(unit.words for unit in self.chosen)

    @property
    def limit(self) -> int:
        """How many words the answer may have."""
        return min(WORDS + WORDS_PER_NEED * len(self.material.needs), MOST_WORDS)

    def gain(self, unit: Unit) -> float:
        """What `unit` would add; negative where it may not be added."""
        if unit.best <= 0 or (self.chosen and self.words + unit.words > self.limit) or self._superseded(unit):
            return -1.0
        if all(w < NEAR_BEST * b for w, b in zip(unit.worth, self.best, strict=True)):
            return -1.0
        new = sum(max(w - c, 0.0) for w, c in zip(unit.worth, self.covered, strict=True))
        value = new / math.sqrt(len(self.covered)) + MORE_OF_THE_SAME * unit.best
        value += REPEATED * unit.repeated - EVERYWHERE * self.general.get(unit.ids, 0.0)
        value -= PER_HUNDRED_WORDS * unit.words / 100 + PER_YEAR * self.age(unit)
        same_home = any(unit.home == other.home for other in self.chosen)
        value += SAME_HOME * same_home
        # The first passage need not earn its length and age, if it is a source.
        return max(value, 0.001) if not self.chosen and unit.best >= SOURCE else value

    def age(self, unit: Unit) -> float:
        """Years between `unit` and the newest of all that was found."""
        newest = max((u.date for u in self.material.units if u.date), default=None)
        if newest is None or unit.date is None:
            return OLDEST if unit.date is None else 0.0
        return min((newest - unit.date).days / 365.25, OLDEST)

    def _superseded(self, unit: Unit) -> bool:
        """Whether something newer was chosen already for all that `unit` is good for."""
        newer = [
            other
            for other in self.chosen
            if other.home != unit.home and other.date and (not unit.date or (other.date - unit.date).days >= OVERTAKEN)
        ]
        return bool(newer) and all(
            any(other.worth[n] >= worth - ABOUT_AS_GOOD for other in newer)
            for n, worth in enumerate(unit.worth)
            if worth > 0
        )

    def take(self, unit: Unit) -> None:
        """Add `unit`."""
        self.chosen.append(unit)
        self.covered = [max(w, c) for w, c in zip(unit.worth, self.covered, strict=True)]


def select(materials: Sequence[Material]) -> list[Answering]:
    """Choose for all questions at once; no passage is chosen twice."""
    general = _general(materials)
    answers = [Answering(material, general=general) for material in materials]
    open_units = [list(material.units) if material.has_source else [] for material in materials]
    while True:
        best = _next(answers, open_units)
        if best is None:
            return answers
        place, unit = best
        answers[place].take(unit)
        open_units[place].remove(unit)
        said = frozenset[int]().union(*(shingles(piece.text) for piece in unit.pieces))
        for other, units in enumerate(open_units):
            kept = [u for u in units if not _repeats(u, said)]
            missed = max((answers[other].gain(u) for u in units if u not in kept), default=0.0)
            if missed > max((answers[other].gain(u) for u in kept), default=0.0):
                answers[other].elsewhere.add(materials[place].numbers[0])
            open_units[other] = kept


def _general(materials: Sequence[Material]) -> dict[tuple[str, ...], float]:
    """What units are worth for the questions of the set in general: a passage near every question answers none."""
    values: dict[tuple[str, ...], list[float]] = {}
    for material in materials:
        for unit in material.units:
            values.setdefault(unit.ids, []).append(max(unit.best, 0.0))
    wide = min(OTHERS, len(materials) - 1)
    if wide < 1:
        return {}
    return {ids: sum(sorted(found, reverse=True)[: wide + 1][1:]) / wide for ids, found in values.items()}


def _next(answers: Sequence[Answering], open_units: Sequence[Sequence[Unit]]) -> tuple[int, Unit] | None:
    """The question to serve next, with its unit.

    Questions that have nothing yet come first; among those the one that would lose most by waiting.
    """
    offers = []
    for place, (answer, units) in enumerate(zip(answers, open_units, strict=True)):
        ranked = sorted(((answer.gain(unit), unit) for unit in units), key=lambda o: (-o[0], o[1].order))
        if not ranked or ranked[0][0] < (0 if not answer.chosen else ENOUGH):
            continue
        second = next((gain for gain, unit in ranked[1:] if gain > 0), 0.0)
        urgency = ranked[0][0] - second if not answer.chosen else ranked[0][0]
        offers.append((bool(answer.chosen), -urgency, place, ranked[0][1]))
    if not offers:
        return None
    _, _, place, unit = min(offers, key=lambda offer: offer[:3])
    return place, unit


def _repeats(unit: Unit, said: frozenset[int]) -> bool:
    for piece in unit.pieces:
        own = shingles(piece.text)
        if own and len(own & said) / len(own) >= SAME_TEXT:
            return True
    return False
