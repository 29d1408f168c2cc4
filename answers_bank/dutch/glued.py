"""Words that a broken extraction wrote together at the ends of lines: "op dit momentgeen", "hetIMG", "injuni".

Some programs that take text out of a pdf drop the space where a line ended. Then a rule that looks for "momenteel" does
not see "VWSmomenteel". Which words were two is told without a dictionary: one half is a word without content of its
own, the other is written apart elsewhere in the text, and the whole stands there once. A text is only looked at in this
way where a capital in the middle of words gives it away; all others are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from answers_bank.dutch.patterns import word_list
from answers_bank.dutch.time.dates import MONTHS

_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
LEAST_SIGNS = 2
"""So many capitals in the middle of words, behind "de", "het", "van" and the like, give such a text away.

Of twenty answers of ministries six had between 4 and 12 of them, the others none."""

SHORTEST = 3
"""Letters of a half that is a word elsewhere in the text."""


@dataclass(frozen=True, eq=False)
class GluedWords:
    """What the words of one text say of those that were written together."""

    counts: Counter[str]
    """Lower-case words of the text, with how often they stand in it."""

    known: frozenset[str]
    """Words that may stand anywhere, besides those of the text."""

    broken: bool
    """Whether the text is one in which spaces were lost."""

    @classmethod
    def of_text(cls, text: str, known: Collection[str] = ()) -> GluedWords:
        """Looks at a whole text; `known` are lower-case words to be found in it."""
        signs = 0
        counts: Counter[str] = Counter()
        for word in _WORD.findall(text):
            counts[word.lower()] += 1
            inside = _CAPITAL_INSIDE.search(word)
            signs += inside is not None and word[: inside.start()].lower() in _before()
        return cls(counts, frozenset(known), signs >= LEAST_SIGNS)

    def places(self, text: str) -> list[int]:
        """Where in `text`, a part of the whole, two words meet without a space."""
        if not self.broken:
            return []
        found = []
        for match in _WORD.finditer(text):
            place = self._meeting(match[0])
            if place:
                found.append(match.start() + place)
        return found

    def _meeting(self, word: str) -> int | None:
        inside = _CAPITAL_INSIDE.search(word)
        if inside is not None:
            return inside.start() if self._is_word(word[: inside.start()].lower()) else None
        folded = word.lower()
        if len(folded) < 5 or self.counts[folded] > 1 or folded in _whole():
            return None
        places = [place for place in range(2, len(folded) - 1) if self._are_two(folded[:place], folded[place:])]
        # "dehierboven": the longest half is the surest.
        return max(places, key=lambda place: max(place, len(folded) - place), default=None)

    def _are_two(self, first: str, second: str) -> bool:
        if first in _small() and (second in MONTHS or second in _before()):
            return True
        if first in _before() and self._stands_apart(second):
            return True
        return second in _behind() and (first in _small() or self._stands_apart(first))

    def _is_word(self, word: str) -> bool:
        return word in _small() or word in self.known or self._stands_apart(word)

    def _stands_apart(self, word: str) -> bool:
        return len(word) >= SHORTEST and (self.counts[word] > 0 or word in self.known)


@cache
def _before() -> frozenset[str]:
    return frozenset(word_list("glued_before"))


@cache
def _behind() -> frozenset[str]:
    return frozenset(word_list("glued_behind"))


@cache
def _small() -> frozenset[str]:
    return _before() | _behind() | frozenset(word_list("glued_small"))


@cache
def _whole() -> frozenset[str]:
    """Words that only look like two."""
    return frozenset((*word_list("glued_never"), *word_list("function_words"), *word_list("degree_words")))
