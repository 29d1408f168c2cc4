"""Dutch numbers, in figures and in words, to their values."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from answers_bank.dutch.words import fold

_SMALL = {
    "nul": 0, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
_ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10, "elfde": 11, "twaalfde": 12,
}  # fmt: skip
_MULTIPLIERS = {
    "honderd": 100, "duizend": 1_000, "miljoen": 1_000_000, "mln": 1_000_000, "miljard": 1_000_000_000,
    "mld": 1_000_000_000, "mrd": 1_000_000_000, "biljoen": 1_000_000_000_000,
}  # fmt: skip
_FRACTIONS = {
    "helft": Fraction(1, 2), "kwart": Fraction(1, 4), "driekwart": Fraction(3, 4),
    "derde": Fraction(1, 3), "vierde": Fraction(1, 4), "vijfde": Fraction(1, 5), "zesde": Fraction(1, 6),
    "zevende": Fraction(1, 7), "achtste": Fraction(1, 8), "negende": Fraction(1, 9), "tiende": Fraction(1, 10),
    "twintigste": Fraction(1, 20), "honderdste": Fraction(1, 100),
}  # fmt: skip
VAGUE = {
    "tientallen": 10, "tiental": 10, "honderden": 100, "honderdtallen": 100, "duizenden": 1000, "duizendtallen": 1000,
    "tienduizenden": 10_000, "honderdduizenden": 100_000, "miljoenen": 10**6, "miljarden": 10**9,
}  # fmt: skip
"""Words for many, with their order of magnitude."""

_FEW = {"enkele": 3, "enige": 3, "paar": 3, "aantal": 4}
_HALVES = {"half": Fraction(1, 2), "halve": Fraction(1, 2), "anderhalf": Fraction(3, 2), "anderhalve": Fraction(3, 2)}

_UNIT = "|".join(name for name, value in _SMALL.items() if 0 < value < 10)
_TEN = "|".join(_TENS)
_SIMPLE = "|".join(name for name, value in _SMALL.items() if value > 1)
_BELOW_HUNDRED = rf"(?:(?:{_UNIT})(?:en|ën))?(?:{_TEN})|{_SIMPLE}"
NUMBER_WORD = (
    rf"(?:(?:(?:{_BELOW_HUNDRED})?honderd(?:(?:en)?(?:{_BELOW_HUNDRED}))?|{_BELOW_HUNDRED})(?:duizend)?|duizend)"
)
"""A pattern for a number from two on that is written as one word; use with IGNORECASE."""

VAGUE_WORD = "(?:" + "|".join(sorted(VAGUE, key=len, reverse=True)) + ")"
"""A pattern for a word for many."""

ORDINAL_WORD = "(?:" + "|".join(_ORDINALS) + r"|\d+(?:e|de|ste))"
"""A pattern for a number in a row, from "eerste" to "twaalfde" or in figures."""

COUNT = rf"(?:{NUMBER_WORD}|een|één|{'|'.join((*_HALVES, *_FEW))}|\d{{1,3}})"
"""A pattern for how many units of time: "drie", "anderhalf", "enkele", "12"; see `count`."""

_FIGURES = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$")


def figures(text: str) -> Decimal | None:
    """The value of a number in figures, thousands with points and decimals with a comma; None for anything else."""
    if not _FIGURES.fullmatch(text):
        return None
    return Decimal(text.replace(".", "").replace(",", "."))


def multiplier(word: str) -> int | None:
    """What "duizend", "mln" or "miljard" multiplies by; None for anything else."""
    return _MULTIPLIERS.get(fold(word))


def ordinal(word: str) -> int | None:
    """ "tweede", "2e", "2de" and "twaalfde" as a number; None for anything else."""
    folded = fold(word)
    match = re.fullmatch(r"(\d{1,3})(?:e|de|ste)", folded)
    return int(match[1]) if match else _ORDINALS.get(folded)


def part(word: str) -> Fraction | None:
    """The value of "helft", "kwart", "derde", "tweederde", "driekwart"; None for anything else."""
    folded = fold(word).removesuffix("n") if word.lower().endswith("den") else fold(word)
    if folded in _FRACTIONS:
        return _FRACTIONS[folded]
    for count, value in _SMALL.items():
        if value and folded.startswith(count) and (rest := folded[len(count) :].strip("-")) in _FRACTIONS:
            return value * _FRACTIONS[rest]
    return None


def half(word: str) -> Fraction | None:
    """The value of "half", "anderhalf", "tweeënhalf"; None for anything else."""
    folded = fold(word)
    if folded in _HALVES:
        return _HALVES[folded]
    for ending in ("enhalf", "enhalve"):
        whole = folded.removesuffix(ending)
        if whole != folded and whole in _SMALL:
            return _SMALL[whole] + Fraction(1, 2)
    return None


def count(word: str) -> Fraction:
    """How many a word of the pattern `COUNT` stands for; of "enkele" and the like a guess."""
    folded = fold(word)
    value = half(word) or _FEW.get(folded) or number_word(word)
    return Fraction(value if value is not None else int(folded))


@lru_cache(maxsize=4096)
def number_word(word: str) -> int | None:
    """The value of a cardinal written as one word, from "nul" to hundreds of thousands; None for anything else.

    "een" counts as 1: whether it is the article is for the caller to say.
    """
    folded = fold(word).replace("-", "")
    return _cardinal(folded) if folded else None


def _cardinal(word: str) -> int | None:
    before, sep, after = word.partition("duizend")
    if sep:
        thousands = _below_ten_thousand(before) if before else 1
        rest = _below_ten_thousand(after.removeprefix("en")) if after else 0
        if thousands is None or rest is None or not 0 < thousands < 1000 or rest > 999 or (after and rest == 0):
            return None
        return thousands * 1000 + rest
    return _below_ten_thousand(word)


def _below_ten_thousand(word: str) -> int | None:
    before, sep, after = word.partition("honderd")
    if sep:
        hundreds = _below_hundred(before) if before else 1
        rest = _below_hundred(after) if after else 0
        if rest is None and after.startswith("en"):
            rest = _below_hundred(after[2:])
        if not hundreds or rest is None or (after and rest == 0):
            return None
        return hundreds * 100 + rest
    return _below_hundred(word)


def _below_hundred(word: str) -> int | None:
    if word in _SMALL:
        return _SMALL[word]
    if word in _TENS:
        return _TENS[word]
    for name, tens in _TENS.items():
        if word.endswith("en" + name):
            units = _SMALL.get(word[: -len(name) - 2])
            return tens + units if units is not None and 0 < units < 10 else None
    return None
