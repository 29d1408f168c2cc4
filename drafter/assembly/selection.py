"""Which passages go under which question.

The draft as a whole is made at once. First every passage goes to the question where it stands out most: a passage that
is near every question of the set says little about any of them, and a question that is near every passage has no claim
on them all. Then each answer is filled with its own passages, best first, until it is long enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drafter.assembly.passage_filters import shingles
from drafter.assembly.question_candidates import Material, Unit

USUAL = 10
"""So many of its best passages say what a passage is usually worth for a question."""

NEW = 0.5
"""What it counts that a passage is worth more for something asked than all that was chosen before."""

SAME_HOME = 0.05
"""Counts for a passage from an earlier answer already used for this question: one line of thought."""

REPEATED = 0.3
"""Counts for a passage that was used more often before: what was repeated once is repeated again."""

PER_YEAR = 0.03
"""What a year of age costs: the most recent position wins."""

OLDEST = 5.0
"""Years beyond which age costs no more."""

FLOOR = -0.1
"""Nearness below which a passage is on something else, see `valuation`."""

NEAR_BEST = 0.5
"""A passage has to be worth this share of what the best of its question is worth."""

LENGTH = 250
LENGTH_PER_NEED = 120
MOST_LENGTH = 700
"""Length of an answer in words: the first two by what is asked, the last at most."""

WEAK = 0.05
SHORT = 150
"""Length of an answer where the nearest passage is below `WEAK`, see `valuation`."""

SAME_TEXT = 0.6
"""From this share of its runs of four words on, a passage has been said already."""


@dataclass
class Answering:
    """What has been chosen for one material so far."""

    material: Material
    chosen: list[Unit] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    """For each need the worth of the best that was chosen."""

    elsewhere: set[int] = field(default_factory=set)
    """Questions that hold the passages that would have fitted here as well."""

    def __post_init__(self) -> None:
        self.covered = [0.0] * len(self.material.needs)
        dates = [unit.date for unit in self.material.units if unit.date]
        self._newest = max(dates, default=None)
        best = sorted((unit.best for unit in self.material.units), reverse=True)[:USUAL]
        self._usual = sum(best) / max(len(best), 1)

    @property
    def words(self) -> int:
        """Length so far."""
        return sum(unit.words for unit in self.chosen)

    @property
    def limit(self) -> int:
        """How many words the answer may have; few where the bank comes near enough only in the light of the set."""
        if self.material.nearest is not None and self.material.nearest < WEAK:
            return SHORT
        return min(LENGTH + LENGTH_PER_NEED * len(self.material.needs), MOST_LENGTH)

    def stands_out(self, unit: Unit) -> float:
        """How much more `unit` is worth here than passages usually are."""
        return unit.best - self._usual

    def value(self, unit: Unit) -> float:
        """What `unit` is worth by itself, its age and use counted."""
        return unit.best + REPEATED * unit.repeated - PER_YEAR * self.age(unit)

    def gain(self, unit: Unit) -> float:
        """What `unit` would add to what was chosen."""
        new = max((w - c for w, c in zip(unit.worth, self.covered, strict=True)), default=0.0)
        same_home = any(unit.home == other.home for other in self.chosen)
        return self.value(unit) + NEW * max(new, 0.0) + SAME_HOME * same_home

    def age(self, unit: Unit) -> float:
        """Years between `unit` and the newest of all that was found."""
        if self._newest is None or unit.date is None:
            return OLDEST if unit.date is None else 0.0
        return min((self._newest - unit.date).days / 365.25, OLDEST)

    def take(self, unit: Unit) -> None:
        """Add `unit`."""
        self.chosen.append(unit)
        self.covered = [max(w, c) for w, c in zip(unit.worth, self.covered, strict=True)]


def select(materials: Sequence[Material]) -> list[Answering]:
    """Choose for all questions at once; no passage is chosen twice."""
    answers = [Answering(material) for material in materials]
    for answer, units in zip(answers, _placed(answers), strict=True):
        _fill(answer, units)
    return answers


def _placed(answers: Sequence[Answering]) -> list[list[Unit]]:
    """For each question the units that stand out there most."""
    offers = [
        (-answer.stands_out(unit), place, unit)
        for place, answer in enumerate(answers)
        if answer.material.has_source
        for unit in answer.material.units
        if unit.best > 0 and (unit.near >= FLOOR or unit.whole or unit.set_phrase)
    ]
    offers.sort(key=lambda offer: (not offer[2].whole, offer[0], offer[1], offer[2].order))
    places: list[list[Unit]] = [[] for _ in answers]
    owner: dict[int, int] = {}
    taken: dict[str, int] = {}
    for _, place, unit in offers:
        holder = next((taken[name] for name in unit.ids if taken.get(name, place) != place), None)
        if holder is None:
            holder = _holder(unit, place, owner)
        if holder is not None:
            if not places[place]:
                answers[place].elsewhere.add(answers[holder].material.numbers[0])
            continue
        places[place].append(unit)
        for piece in unit.pieces:
            taken.setdefault(piece.passage.id, place)
            for run in shingles(piece.text):
                owner.setdefault(run, place)
    return places


def _holder(unit: Unit, place: int, owner: dict[int, int]) -> int | None:
    """The other question that holds most of a piece of `unit` already."""
    for piece in unit.pieces:
        own = shingles(piece.text)
        held = [owner[run] for run in own if owner.get(run, place) != place]
        if own and len(held) >= SAME_TEXT * len(own):
            return max(set(held), key=lambda other: (held.count(other), -other))
    return None


def _fill(answer: Answering, units: list[Unit]) -> None:
    """Choose from the units of one question until its answer is long enough."""
    whole = [unit for unit in units if unit.whole or unit.set_phrase]
    if whole:
        answer.take(min(whole, key=lambda unit: (-answer.value(unit), unit.order)))
        if answer.chosen[0].set_phrase or answer.words >= answer.limit:
            return
    best = max((answer.value(unit) for unit in units), default=0.0)
    left = [u for u in units if not u.set_phrase and not u.whole and answer.value(u) >= NEAR_BEST * best]
    said = frozenset[int]().union(*(shingles(piece.text) for unit in answer.chosen for piece in unit.pieces))
    while left:
        unit = min(left, key=lambda u: (-answer.gain(u), u.order))
        left.remove(unit)
        if answer.chosen and answer.words + unit.words > answer.limit:
            continue
        if any(len(own & said) >= SAME_TEXT * len(own) for p in unit.pieces if (own := shingles(p.text))):
            continue
        answer.take(unit)
        said = said.union(*(shingles(piece.text) for piece in unit.pieces))
