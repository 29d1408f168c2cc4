"""How much two names of a portfolio (portefeuille) have to do with each other.

Names change ("Veiligheid en Justitie" became "Justitie en Veiligheid") and come with offices and additions ("Minister
van Asiel en Migratie, belast met …"): what counts is the words of the matter itself. A name may also be given by its
first letters ("VWS", "J&V", "JenV").
"""

from __future__ import annotations

import re
from functools import lru_cache

from answers_bank.dutch.words import fold, terms

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
    if _letters(one) in _short_forms(other) or _letters(other) in _short_forms(one):
        return 1.0
    return len(first & second) / len(first | second)


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    return frozenset(terms(_matter(name))) - _EMPTY


def _matter(name: str) -> str:
    return _OFFICE.sub(" ", _ADDITION.sub(" ", fold(name)))


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    """The letters of the matter, without "van" and the like before it."""
    return "".join(c for word in _matter(name).split() if word not in _EMPTY for c in word if c.isalnum())


@lru_cache(maxsize=4096)
def _short_forms(name: str) -> frozenset[str]:
    """First letters of the words of the matter, without "en" and with it: "jv" and "jenv"; none for a single word."""
    words = [word.strip(",.&") for word in _matter(name).split()]
    telling = [word for word in words if word and word not in _EMPTY]
    if len(telling) < 2:
        return frozenset()
    spelled = "".join(word if word == "en" else word[0] for word in words if word == "en" or word in telling)
    return frozenset({"".join(word[0] for word in telling), spelled.removeprefix("en")})
