"""Which passages go under which question.

The draft as a whole is made at once. First every passage goes to the question where it stands out most: a passage that
is near every question of the set says little about any of them, and a question that is near every passage has no claim
on them all. Then each answer is filled with its own passages, best first, until it is long enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drafter.assembly.passage_filters import shingles
from drafter.assembly.question_candidates import PassageGroup, QuestionCandidates

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
"""Nearness below which a passage is on something else, see `scoring`."""

NEAR_BEST = 0.5
"""A passage has to be worth this share of what the best of its question is worth."""

LENGTH = 250
LENGTH_PER_NEED = 120
MOST_LENGTH = 700
"""Length of an answer in words: the first two by what is asked, the last at most."""

WEAK = 0.05
SHORT = 150
"""Length of an answer where the nearest passage is below `WEAK`, see `scoring`."""

SAME_TEXT = 0.6
"""From this share of its runs of four words on, a passage has been said already."""


@dataclass
class Answering:
    """What has been chosen for one candidates so far."""

    candidates: QuestionCandidates
    chosen: list[PassageGroup] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    """For each need the worth of the best that was chosen."""

    elsewhere: set[int] = field(default_factory=set)
    """Questions that hold the passages that would have fitted here as well."""

    def __post_init__(self) -> None:
        self.covered = [0.0] * len(self.candidates.needs)
        dates = [group.date for group in self.candidates.groups if group.date]
        self._newest = max(dates, default=None)
        best = sorted((group.best for group in self.candidates.groups), reverse=True)[:USUAL]
        self._usual = sum(best) / max(len(best), 1)

    @property
    def words(self) -> int:
        """Length so far."""
        return sum(group.words for group in self.chosen)

    @property
    def limit(self) -> int:
        """How many words the answer may have; few where the bank comes near enough only in the light of the set."""
        if self.candidates.nearest is not None and self.candidates.nearest < WEAK:
            return SHORT
        return min(LENGTH + LENGTH_PER_NEED * len(self.candidates.needs), MOST_LENGTH)

    def stands_out(self, group: PassageGroup) -> float:
        """How much more `group` is worth here than passages usually are."""
        return group.best - self._usual

    def value(self, group: PassageGroup) -> float:
        """What `group` is worth by itself, its age and use counted."""
        return group.best + REPEATED * group.repeated - PER_YEAR * self.age(group)

    def gain(self, group: PassageGroup) -> float:
        """What `group` would add to what was chosen."""
        new = max((w - c for w, c in zip(group.worth, self.covered, strict=True)), default=0.0)
        same_home = any(group.home == other.home for other in self.chosen)
        return self.value(group) + NEW * max(new, 0.0) + SAME_HOME * same_home

    def age(self, group: PassageGroup) -> float:
        """Years between `group` and the newest of all that was found."""
        if self._newest is None or group.date is None:
            return OLDEST if group.date is None else 0.0
        return min((self._newest - group.date).days / 365.25, OLDEST)

    def take(self, group: PassageGroup) -> None:
        """Add `group`."""
        self.chosen.append(group)
        self.covered = [max(w, c) for w, c in zip(group.worth, self.covered, strict=True)]


def select(gathered: Sequence[QuestionCandidates]) -> list[Answering]:
    """Choose for all questions at once; no passage is chosen twice."""
    answers = [Answering(candidates) for candidates in gathered]
    for answer, groups in zip(answers, _placed(answers), strict=True):
        _fill(answer, groups)
    return answers


def _placed(answers: Sequence[Answering]) -> list[list[PassageGroup]]:
    """For each question the groups that stand out there most."""
    offers = [
        (-answer.stands_out(group), place, group)
        for place, answer in enumerate(answers)
        if answer.candidates.has_source
        for group in answer.candidates.groups
        if group.best > 0 and (group.near >= FLOOR or group.whole or group.set_phrase)
    ]
    offers.sort(key=lambda offer: (not offer[2].whole, offer[0], offer[1], offer[2].order))
    places: list[list[PassageGroup]] = [[] for _ in answers]
    owner: dict[int, int] = {}
    taken: dict[str, int] = {}
    for _, place, group in offers:
        holder = next((taken[name] for name in group.ids if taken.get(name, place) != place), None)
        if holder is None:
            holder = _holder(group, place, owner)
        if holder is not None:
            if not places[place]:
                answers[place].elsewhere.add(answers[holder].candidates.numbers[0])
            continue
        places[place].append(group)
        for excerpt in group.excerpts:
            taken.setdefault(excerpt.passage.id, place)
            for run in shingles(excerpt.text):
                owner.setdefault(run, place)
    return places


def _holder(group: PassageGroup, place: int, owner: dict[int, int]) -> int | None:
    """The other question that holds most of a excerpt of `group` already."""
    for excerpt in group.excerpts:
        own = shingles(excerpt.text)
        held = [owner[run] for run in own if owner.get(run, place) != place]
        if own and len(held) >= SAME_TEXT * len(own):
            return max(set(held), key=lambda other: (held.count(other), -other))
    return None


def _fill(answer: Answering, groups: list[PassageGroup]) -> None:
    """Choose from the groups of one question until its answer is long enough."""
    whole = [group for group in groups if group.whole or group.set_phrase]
    if whole:
        answer.take(min(whole, key=lambda group: (-answer.value(group), group.order)))
        if answer.chosen[0].set_phrase or answer.words >= answer.limit:
            return
    best = max((answer.value(group) for group in groups), default=0.0)
    left = [u for u in groups if not u.set_phrase and not u.whole and answer.value(u) >= NEAR_BEST * best]
    said = frozenset[int]().union(*(shingles(excerpt.text) for group in answer.chosen for excerpt in group.excerpts))
    while left:
        group = min(left, key=lambda u: (-answer.gain(u), u.order))
        left.remove(group)
        if answer.chosen and answer.words + group.words > answer.limit:
            continue
        if any(len(own & said) >= SAME_TEXT * len(own) for p in group.excerpts if (own := shingles(p.text))):
            continue
        answer.take(group)
        said = said.union(*(shingles(excerpt.text) for excerpt in group.excerpts))
