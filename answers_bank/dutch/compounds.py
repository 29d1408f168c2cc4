"""Dutch compounds, split with the words that the bank itself uses.

"vertragingsincidenten" also counts as "vertraging" and "incidenten" where both are words of the bank. No dictionary:
what the ministries write is what has to be found.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

LONGEST_PART = 24
SHORTEST_PART = 4
SHORTEST_COMPOUND = 9
SEEN = 3
"""Texts a word must stand in before it counts as a part."""

MOST_PARTS = 150_000
"""Words that are kept as possible parts, the most frequent first."""

_LINKS = ("", "s", "en", "e")


class Compounds:
    """Splits compounds.

    Args:
        frequencies: folded word to the number of texts it stands in.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        usable = [
            (count, word)
            for word, count in frequencies.items()
            if count >= SEEN and SHORTEST_PART <= len(word) <= LONGEST_PART and word.isalpha()
        ]
        usable.sort(key=lambda item: (-item[0], item[1]))
        self.frequencies = {word: count for count, word in usable[:MOST_PARTS]}

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word: two as a rule, none where it is no compound of known words."""
        if len(word) < SHORTEST_COMPOUND or not word.isalpha():
            return ()
        first = self._split(word)
        if not first:
            return ()
        left, right = first
        # Of three or more parts the outer split comes first; one more step is enough for Dutch prose.
        return (*(self._split(left) or (left,)), *(self._split(right) or (right,)))

    def _split(self, word: str) -> tuple[str, str] | None:
        best: tuple[float, str, str] | None = None
        for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            right = word[place:]
            if right not in self.frequencies:
                continue
            for link in _LINKS:
                if not word[:place].endswith(link):
                    continue
                left = word[: place - len(link)]
                if left not in self.frequencies:
                    continue
                # The more frequent both parts are, the likelier that the writer meant them.
                score = math.log(self.frequencies[left]) + math.log(self.frequencies[right])
                if best is None or score > best[0]:
                    best = (score, left, right)
        return best[1:] if best else None
