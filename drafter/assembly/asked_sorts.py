"""What sort of thing a question asks for, and whether a sentence says something of that sort.

The words are data, in `data/asked_sorts.yaml`: of each sort those by which it is asked and those by which it is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from answers_bank.dutch.patterns import read_yaml

UNKNOWN = 0.5
"""How well a sentence fits where no sort is known."""


@cache
def _sorts() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (_one_of(entry["asked"]), _one_of(entry["told"])) for entry in read_yaml("asked_sorts", "drafter.assembly")
    )


def _one_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def sorts_asked(text: str) -> frozenset[int]:
    """Numbers of the sorts of thing that `text` asks for."""
    return frozenset(number for number, (asked, _) in enumerate(_sorts()) if asked.search(text))


def told_share(asked: frozenset[int], sentence: str) -> float:
    """Share of the sorts asked for that `sentence` says something of; `UNKNOWN` where none is."""
    if not asked:
        return UNKNOWN
    return sum(bool(_sorts()[number][1].search(sentence)) for number in sorted(asked)) / len(asked)
