"""Dutch compounds, split with the words that the bank itself uses.

"vertragingsincidenten" also counts as "vertraging" and "incidenten" where both are words of the bank. No dictionary:
what the ministries write is what has to be found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

LONGEST_PART = 24
SHORTEST_PART = 4
SHORTEST_COMPOUND = 9
SEEN = 3
"""Texts a word must stand in before it counts as a part."""

MOST_PARTS = 150_000
"""Words that are kept as possible parts, the most frequent first."""

_LINKS = ("", "s", "en", "e")
_BETWEEN = frozenset("van voor in op aan over tegen bij uit met naar om de het een der den".split())


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
        return split(word, lambda part: self.frequencies.get(part, 0))


def split(word: str, count: Callable[[str], int]) -> tuple[str, str] | None:
    """The two parts of a folded compound; None where it is none.

    Args:
        word: letters alone.
        count: in how many texts a word stands, 0 for one that is no word.
    """
    best: tuple[float, str, str] | None = None
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        right = word[place:]
        of_right = count(right)
        if not of_right:
            continue
        for link in _LINKS:
            left = word[: place - len(link)]
            if not word[:place].endswith(link) or len(left) < SHORTEST_PART:
                continue
            if of_left := count(left):
                # The more frequent both parts are, the likelier that the writer meant them.
                score = math.log(of_left) + math.log(of_right)
                if best is None or score > best[0]:
                    best = (score, left, right)
    return best[1:] if best else None


def joined(words: Sequence[str]) -> Iterator[str]:
    """How folded words may be written as one: "wiskunde onderwijs" and "onderwijs in de wiskunde" alike.

    Most of what comes out is no word; whoever asks knows which are.
    """
    for place, first in enumerate(words):
        if len(first) < SHORTEST_PART or not first.isalpha():
            continue
        following = place + 1
        while following < len(words) and following <= place + 3 and words[following] in _BETWEEN:
            following += 1
        if following >= len(words) or len(words[following]) < SHORTEST_PART or not words[following].isalpha():
            continue
        second = words[following]
        left, right = (first, second) if following == place + 1 else (second, first)
        for link in _LINKS:
            yield left + link + right
