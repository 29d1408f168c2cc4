"""Differences in numbers, amounts, dates, lengths of time, articles and references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from answers_bank.dutch.time.moments import Moment
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statements.items import Item, ItemKind
from drafter.checks.comparison.statements.words import stem

_KINDS = {
    ItemKind.AMOUNT: "number",
    ItemKind.SHARE: "number",
    ItemKind.NUMBER: "number",
    ItemKind.MEASURE: "number",
    ItemKind.ORDINAL: "number",
    ItemKind.TERM: "term",
    ItemKind.FREQUENCY: "term",
    ItemKind.DATE: "date",
    ItemKind.ARTICLE: "legal_basis",
    ItemKind.CITATION: "citation",
}
_WORDS = {
    ItemKind.AMOUNT: "bedrag",
    ItemKind.SHARE: "aandeel",
    ItemKind.NUMBER: "getal",
    ItemKind.MEASURE: "hoeveelheid",
    ItemKind.ORDINAL: "rangnummer",
    ItemKind.TERM: "termijn",
    ItemKind.FREQUENCY: "frequentie",
    ItemKind.DATE: "datum",
    ItemKind.ARTICLE: "artikel",
    ItemKind.CITATION: "vindplaats",
}
# Ways of being bound to a moment that exclude each other.
_SIDES = {"before": 0, "until": 0, "after": 2, "from": 2}


def value_differences(pair: Pair) -> Iterator[Conflict]:
    """Conflicts in what can be counted, dated or looked up."""
    for kind in _KINDS:
        olds = [item for item in pair.old.items if item.kind is kind]
        news = [item for item in pair.new.items if item.kind is kind]
        if olds or news:
            yield from _differences(pair, kind, olds, news)


def order_differences(pair: Pair) -> Iterator[Conflict]:
    """A conflict where something comes before an event in one text and after it in the other."""
    olds, news = _ordered(pair.old.text), _ordered(pair.new.text)
    for noun, (side, start, end) in news.items():
        if noun in olds and olds[noun][0] != side:
            yield pair.conflict(
                "term",
                ConflictType.CONTRADICTION,
                (start, end),
                olds[noun][1:],
                "Andere verhouding tot dit moment (voor, na)",
            )


_ORDERED = re.compile(
    r"\b(?:(?P<before>voor|vóór|voorafgaand\s+aan)|(?P<after>na|na\s+afloop\s+van))\s+(?:(?:de|het|een|deze|dit|die)\s+)?(?P<noun>[a-zà-ÿ-]{5,})",
    re.IGNORECASE,
)


def _ordered(text: str) -> dict[str, tuple[bool, int, int]]:
    return {stem(m["noun"]): (m["after"] is not None, m.start(), m.end()) for m in _ORDERED.finditer(text)}


def _differences(pair: Pair, kind: ItemKind, olds: list[Item], news: list[Item]) -> Iterator[Conflict]:
    lost, gained, kept = _match(olds, news, _EQUAL.get(kind, _equal))
    for old, new in kept:
        yield from _kept(pair, kind, old, new)
    if kind is ItemKind.NUMBER:
        yield from _exchanged(pair, kept)
    gained = [item for item in gained if not _said_elsewhere(item, pair.old.items)]
    lost = [item for item in lost if not _said_elsewhere(item, pair.new.items)]
    # What stands in a clause of its own that the other text lacks is an addition, not a replacement.
    gained = [item for item in gained if pair.new_is_shared(item.start, item.end)]
    for old in lost:
        taker = _counterpart(pair, old, gained)
        if taker is not None:
            gained.remove(taker)
            yield pair.conflict(
                _KINDS[kind],
                ConflictType.CONTRADICTION,
                (taker.start, taker.end),
                (old.start, old.end),
                f"Ander {_WORDS[kind]}" if _WORDS[kind] in _NEUTER else f"Andere {_WORDS[kind]}",
            )
        elif _matters(kind, old) and pair.old_is_shared(old.start, old.end):
            yield pair.conflict(
                _KINDS[kind],
                ConflictType.PRECISION,
                None,
                (old.start, old.end),
                f"Dit {_WORDS[kind]} is vervallen" if _WORDS[kind] in _NEUTER else f"Deze {_WORDS[kind]} is vervallen",
            )


_NEUTER = {"bedrag", "aandeel", "getal", "rangnummer", "artikel"}


def _match(
    olds: list[Item], news: list[Item], equal: Callable[[Item, Item], bool]
) -> tuple[list[Item], list[Item], list[tuple[Item, Item]]]:
    """Pairs what is equal, each item once; gives what is left on either side and the pairs."""
    left = list(news)
    lost: list[Item] = []
    kept: list[tuple[Item, Item]] = []
    for old in olds:
        same = [new for new in left if equal(old, new)]
        if same:
            # The most alike: "8 september 2025" before "september 2025".
            best = max(same, key=lambda new: (new.value == old.value, new.relation == old.relation))
            left.remove(best)
            kept.append((old, best))
        elif not any(equal(old, new) for new in news):  # said twice in the one, once in the other: nothing lost
            lost.append(old)
    return lost, [new for new in left if not any(equal(old, new) for old in olds)], kept


def _equal(old: Item, new: Item) -> bool:
    return old.value == new.value


def _same_share(old: Item, new: Item) -> bool:
    first, second = old.value, new.value
    assert isinstance(first, Fraction)
    assert isinstance(second, Fraction)
    # "een derde" and "33 procent" are one; 33 and 34 percent are two.
    rounded = first.denominator in (3, 6, 7, 9) or second.denominator in (3, 6, 7, 9)
    return first == second or (rounded and abs(first - second) < Fraction(1, 100))


def _same_moment(old: Item, new: Item) -> bool:
    assert isinstance(old.value, Moment)
    assert isinstance(new.value, Moment)
    return old.value.agrees(new.value)


def _same_article(old: Item, new: Item) -> bool:
    assert isinstance(old.value, tuple)
    assert isinstance(new.value, tuple)
    return all(a == b or not a or not b for a, b in zip(old.value, new.value, strict=True))


def _same_citation(old: Item, new: Item) -> bool:
    assert isinstance(old.value, tuple)
    assert isinstance(new.value, tuple)
    if len(old.value) != len(new.value) or old.value[:-1] != new.value[:-1]:
        return False
    return old.value[-1] == new.value[-1] or not old.value[-1] or not new.value[-1]


_EQUAL: dict[ItemKind, Callable[[Item, Item], bool]] = {
    ItemKind.SHARE: _same_share,
    ItemKind.DATE: _same_moment,
    ItemKind.ARTICLE: _same_article,
    ItemKind.CITATION: _same_citation,
}


def _said_elsewhere(item: Item, others: tuple[Item, ...]) -> bool:
    """Whether the other text says the same value as another kind: "2000" is read as a year, "2.000" as a number."""
    for other in others:
        if {item.kind, other.kind} == {ItemKind.DATE, ItemKind.NUMBER}:
            moment, number = (item, other) if item.kind is ItemKind.DATE else (other, item)
            if isinstance(moment.value, Moment) and number.value == moment.value.year:
                return True
        if {item.kind, other.kind} == {ItemKind.TERM, ItemKind.FREQUENCY} and item.value == other.value:
            return True
    return False


def _counterpart(pair: Pair, old: Item, gained: list[Item]) -> Item | None:
    """The gained item that took the place of `old`: of the same notation first, then the one that stands alike."""
    candidates = [new for new in gained if _comparable(old, new)]
    if not candidates:
        return None
    return max(
        candidates, key=lambda new: (pair.likeness(old.start, old.end, new.start, new.end), -abs(new.start - old.start))
    )


def _comparable(old: Item, new: Item) -> bool:
    if old.kind is ItemKind.CITATION:
        assert isinstance(old.value, tuple)
        assert isinstance(new.value, tuple)
        return bool(old.value[0] == new.value[0])
    if old.kind is ItemKind.MEASURE:
        assert isinstance(old.value, tuple)
        assert isinstance(new.value, tuple)
        return bool(old.value[0] == new.value[0])
    return True


def _matters(kind: ItemKind, item: Item) -> bool:
    """Whether the loss of `item` alone is worth a word: "één van de" may come and go, an amount may not."""
    if kind in (ItemKind.CITATION, ItemKind.ARTICLE, ItemKind.ORDINAL):
        return False
    if kind is ItemKind.NUMBER:
        return item.value not in (0, 1, 2)
    if kind is ItemKind.DATE and isinstance(item.value, Moment):
        return bool(item.value.day or item.value.months or item.value.year)
    return kind is not ItemKind.FREQUENCY


def _kept(pair: Pair, kind: ItemKind, old: Item, new: Item) -> Iterator[Conflict]:
    """Same value: is it bound to time alike, and is it as exact?"""
    spans = (new.start, new.end), (old.start, old.end)
    if kind is ItemKind.CITATION and old.relation and new.relation and old.relation != new.relation:
        yield pair.conflict("citation", ConflictType.CONTRADICTION, *spans, "Zelfde stuk, ander vergaderjaar")
    if kind is ItemKind.DATE and isinstance(old.value, Moment) and isinstance(new.value, Moment):
        if new.value.coarser(old.value):
            yield pair.conflict("date", ConflictType.PRECISION, *spans, "De datum is minder precies dan eerder")
        yield from _bound_otherwise(
            pair,
            old,
            new,
            ("before", "after"),
            ("before", "from"),
            ("until", "from"),
            ("before", "at"),
            ("after", "at"),
            ("until", "after"),
        )
    if kind is ItemKind.TERM:
        yield from _bound_otherwise(pair, old, new, ("within", "after"), ("within", "from"))
        yield from _running_from(pair, old, new)


_ANCHOR = re.compile(r"\s+(?:na|vanaf)\s+(?:de\s+|het\s+|haar\s+|zijn\s+)?(?P<noun>[a-zà-ÿ-]{5,})", re.IGNORECASE)


def _running_from(pair: Pair, old: Item, new: Item) -> Iterator[Conflict]:
    """ "binnen drie jaar na inwerkingtreding" without its last words: from when the term runs is gone."""
    before, after = _ANCHOR.match(pair.old.text, old.end), _ANCHOR.match(pair.new.text, new.end)
    if before and not after and not re.search(rf"\b{re.escape(before['noun'])}", pair.new.text, re.IGNORECASE):
        spans = (new.start, new.end), (old.start, before.end())
        yield pair.conflict("term", ConflictType.PRECISION, *spans, "Vanaf wanneer deze termijn loopt, is vervallen")


def _bound_otherwise(pair: Pair, old: Item, new: Item, *apart: tuple[str, str]) -> Iterator[Conflict]:
    if (old.relation, new.relation) in apart or (new.relation, old.relation) in apart:
        yield pair.conflict(
            "term",
            ConflictType.CONTRADICTION,
            (new.start, new.end),
            (old.start, old.end),
            "Andere verhouding tot dit moment (voor, in, na)",
        )


def _exchanged(pair: Pair, kept: list[tuple[Item, Item]]) -> Iterator[Conflict]:
    """ "dertien Syriërs en drie Nederlanders" against "drie Syriërs en dertien Nederlanders"."""
    anchored = []
    for old, new in kept:
        before, after = pair.following(pair.old, old.end), pair.following(pair.new, new.end)
        if before and after and old.value != 1:
            anchored.append((old, new, before, after))
    for at, (old, new, before, after) in enumerate(anchored):
        for _, _, other_before, other_after in anchored[at + 1 :]:
            if before == other_after and after == other_before and before != after:
                yield pair.conflict(
                    "number",
                    ConflictType.CONTRADICTION,
                    (new.start, new.end),
                    (old.start, old.end),
                    "De getallen horen bij iets anders",
                )
                return
