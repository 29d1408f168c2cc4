"""Amounts, shares, measures, lengths of time and plain numbers in a text."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import Decimal
from fractions import Fraction

from answers_bank.dutch.numbers import VAGUE, figures, half, multiplier, number_word, ordinal, part
from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.words import fold
from drafter.checks.comparison.statements.items import Item, ItemKind
from drafter.checks.comparison.statements.lexicon import table
from drafter.word_difference import Token, tokens

_EACH = {"elke", "elk", "iedere", "ieder", "per"}


class _Scanner:
    """Reads quantities from a row of tokens."""

    def __init__(self, row: list[Token]) -> None:
        self.row = row
        self.words = [fold(token.text) for token in row]

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def items(self) -> Iterator[Item]:
        at = 0
        while at < len(self.row):
            found, at = self._at(at)
            if found is not None:
                yield found

    def _at(self, at: int) -> tuple[Item | None, int]:
        word = self.word(at)
        if often := table("frequencies").get(word):
            return self._item(ItemKind.FREQUENCY, often, at, at + 1), at + 1
        if word in _EACH:
            return self._frequency(at)
        if word in ("€", "eur"):
            value, after = self._value(at + 1)
            if value is not None:
                return self._item(ItemKind.AMOUNT, value, at, after), after
            return None, at + 1
        share = self._share(at)
        if share is not None:
            return share
        if word in VAGUE:
            return self._item(ItemKind.NUMBER, ("vague", VAGUE[word]), at, at + 1), at + 1
        value, after = (None, at) if self._is_verb(at) else self._value(at)
        if value is None:
            rank = ordinal(self.row[at].text)
            if rank is not None and rank > 1 and self.word(at - 1) != "ten":
                return self._item(ItemKind.ORDINAL, rank, at, at + 1), at + 1
            return None, at + 1
        return self._with_unit(value, at, after)

    def _is_verb(self, at: int) -> bool:
        """ "Ik acht het van belang": a verb that looks like a number."""
        return self.word(at) == "acht" and (
            self.word(at - 1) in ("ik", "kabinet", "minister", "en", "men")
            or self.word(at + 1) in ("ik", "het", "dit", "dat", "een", "van", "zich", "de")
        )

    def _with_unit(self, value: Fraction, at: int, after: int) -> tuple[Item | None, int]:
        unit = self.word(after)
        is_article = self.row[at].text.lower() == "een" and after == at + 1
        if unit in ("%", "procent", "percent"):
            return self._item(ItemKind.SHARE, value / 100, at, after + 1), after + 1
        if unit in ("euro", "euro's", "eur") and not is_article:
            return self._item(ItemKind.AMOUNT, value, at, after + 1), after + 1
        if (unit in ("miljoenen", "miljarden")) and is_article:
            return None, after
        if unit in ("keer", "maal") and self.word(after + 1) in _EACH and value:
            often = self._length(1 / value, after + 2)  # "vier keer per jaar" is every quarter
            if often is not None:
                return self._item(ItemKind.FREQUENCY, often, at, after + 3), after + 3
        length = self._length(value, after)
        if length is not None:
            return self._item(ItemKind.TERM, length, at, after + 1), after + 1
        if is_article:
            return None, after
        if measure := table("units").get(unit):
            base, factor = measure
            return self._item(ItemKind.MEASURE, (base, value * factor), at, after + 1), after + 1
        return self._item(ItemKind.NUMBER, value, at, after), after

    def _length(self, value: Fraction, after: int) -> Hashable:
        unit = self.word(after)
        if known := table("lengths").get(unit):
            return known[0], value * known[1]
        return None

    def _frequency(self, at: int) -> tuple[Item | None, int]:
        value, after = self._value(at + 1)
        if value is None:
            value, after = Fraction(1), at + 1
        length = self._length(value, after)
        # "per 1 januari" is no frequency, nor "per uur" a term: only whole units count.
        if length is not None:
            return self._item(ItemKind.FREQUENCY, length, at, after + 1), after + 1
        return None, at + 1

    def _share(self, at: int) -> tuple[Item, int] | None:
        """ "de helft", "een derde", "twee derde", "1 op de 5"."""
        word = self.word(at)
        count = self._whole(at)
        if count is not None and self.word(at + 1) in ("op", "van") and self.word(at + 2) in ("de", "elke", "iedere"):
            of = self._whole(at + 3)
            if of and self.word(at + 1) == "op":
                return self._item(ItemKind.SHARE, Fraction(count, of), at, at + 4), at + 4
        if word == "helft" or (word.startswith("driekwart") and part(word) is not None):
            value = part(word)
            return (self._item(ItemKind.SHARE, value, at, at + 1), at + 1) if value is not None else None
        if count is not None and (piece := part(self.word(at + 1))) is not None:
            following = self.word(at + 2)
            # "een derde lid", "een vierde reden" count on; "een derde van de" is a part.
            each = self.word(at - 1) in ("ieder", "elk")  # "betalen ieder een derde"
            if self.word(at + 1) == "kwart" or count > 1 or each or following in ("van", "deel", "te", "in", "", "."):
                return self._item(ItemKind.SHARE, count * piece, at, at + 2), at + 2
        if word not in ("kwart",) and part(word) is not None and ordinal(word) is None and number_word(word) is None:
            return self._item(ItemKind.SHARE, part(word), at, at + 1), at + 1
        return None

    def _whole(self, at: int) -> int | None:
        word = self.word(at)
        if word.isdecimal() and len(word) < 10:
            return int(word)
        return number_word(word)

    def _value(self, at: int) -> tuple[Fraction | None, int]:
        """The number at `at` with its multipliers, and where it ends."""
        if at >= len(self.row):
            return None, at
        value: Fraction | None = None
        after = at + 1
        decimal: Decimal | None = figures(self.row[at].text)
        if decimal is not None:
            value = Fraction(decimal)
            after = self._spaced_thousands(at)
            if after > at + 1:
                value = Fraction(int("".join(self.words[at:after])))
        elif (halves := half(self.row[at].text)) is not None:
            value = halves
        elif (whole := number_word(self.row[at].text)) is not None:
            value = Fraction(whole)
            if self.words[at] == "een" and self.word(after) in ("half", "halve"):
                value, after = Fraction(1, 2), after + 1
            elif (
                self.word(after) == "en" and self.word(after + 1) == "een" and self.word(after + 2) in ("half", "halve")
            ):
                value, after = value + Fraction(1, 2), after + 3
        if value is None:
            return None, at
        while (factor := multiplier(self.word(after))) is not None:
            value, after = value * factor, after + 1
            if self.word(after) == "." and self.words[after - 1] in ("mln", "mld", "mrd"):
                after += 1
        return value, after

    def _spaced_thousands(self, at: int) -> int:
        """ "1 100 000": three-digit groups, each after one space."""
        after = at + 1
        if not (self.words[at].isdecimal() and len(self.words[at]) <= 3):
            return after
        while (
            len(self.word(after)) == 3
            and self.word(after).isdecimal()
            and self.row[after].start == self.row[after - 1].end + 1
        ):
            after += 1
        return after

    def _item(self, kind: ItemKind, value: Hashable, at: int, after: int) -> Item:
        return Item(kind, value, self.row[at].start, self.row[min(after, len(self.row)) - 1].end)


def quantities(text: str, taken: list[tuple[int, int]]) -> list[Item]:
    """Amounts, shares, measures, lengths of time, frequencies, ordinals and numbers outside the spans `taken`."""
    row = [token for token in tokens(text) if not token.is_space]
    found: list[Item] = []
    begin = 0
    # A taken span is a wall: "artikel 5 | 3 dagen" must not be read as one number.
    for at, token in enumerate(row):
        if overlaps(taken, token.start, token.end):
            found += _Scanner(row[begin:at]).items()
            begin = at + 1
    found += _Scanner(row[begin:]).items()
    return found
