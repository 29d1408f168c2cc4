"""How much two names of a portfolio (portefeuille) have to do with each other.

Names change ("Veiligheid en Justitie" became "Justitie en Veiligheid") and come with offices and additions ("Minister
van Asiel en Migratie, belast met …"): what counts is the words of the matter itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from answers_bank.word_index import fold, terms

_OFFICE = re.compile(
    r"\b(?:(?:vice-?)?(?:eerste)?\s?minister(?:-president)?|staatssecretaris(?:sen)?|ministerie|departement|"
    r"minister|programmaminister)\b"
)
# What follows is a second task or an assignment, not the portfolio itself.
_ADDITION = re.compile(r",?\s*\b(?:belast met|toegevoegd aan|tevens)\b.*")
_EMPTY = frozenset({"van", "voor", "de", "het", "en", "der", "den", "in", "zak"})


def likeness(one: str | None, other: str | None) -> float:
    """1 for the same portfolio, 0 for another or an unknown one, between them where they share a part."""
    if not one or not other:
        return 0.0
    first, second = _words(one), _words(other)
    if not first or not second:
        # "Minister-president" has no matter of its own: only the same office is alike.
        return float(fold(one).split(",")[0].strip() == fold(other).split(",")[0].strip())
    return len(first & second) / len(first | second)


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    matter = _OFFICE.sub(" ", _ADDITION.sub(" ", fold(name)))
    return frozenset(terms(matter)) - _EMPTY
