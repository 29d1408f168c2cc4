"""A sentence (or a few that belong together) taken apart into all that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from answers_bank.dutch.names.finder import NameMention, find_names
from answers_bank.dutch.names.known import COMMON
from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.time.expressions import MomentMention, find_moments
from answers_bank.dutch.time.relations import Relation, relation_before
from answers_bank.dutch.words import unaccented
from drafter.checks.comparison.statements.items import Item, ItemKind
from drafter.checks.comparison.statements.lexicon import Dimension, any_of, phrases
from drafter.checks.comparison.statements.negation import negations
from drafter.checks.comparison.statements.quantities import quantities
from drafter.checks.comparison.statements.references import references
from drafter.checks.comparison.statements.words import ContentWord, content_words


@dataclass(frozen=True, slots=True)
class ClassHit:
    """A place where the text says one class of a dimension."""

    dimension: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text says, by kind, each with its span in `text`."""

    text: str
    items: tuple[Item, ...]
    names: tuple[NameMention, ...]
    hits: tuple[ClassHit, ...]
    negations: tuple[tuple[int, int], ...]
    words: tuple[ContentWord, ...]
    """Content words, those of names among them."""

    clauses: tuple[tuple[int, int], ...]

    def clause_at(self, position: int) -> tuple[int, int]:
        """The clause in which `position` stands."""
        return next((span for span in self.clauses if span[0] <= position < span[1]), (0, len(self.text)))

    def words_in(self, start: int, end: int) -> list[ContentWord]:
        """Content words of text[start:end]."""
        return [word for word in self.words if start <= word.start < end]


# A note mark that was printed against the word before it: "gedeeld.18 Hierin", "(2023)5".
_NOTE_MARK = re.compile(r"\[\d{1,3}\s?\]|(?<=[a-zà-ÿ)’”»][.,;:])\d{1,3}(?=\s|$)|(?<=[a-zà-ÿ)’”»])\d{1,3}(?=[\s.,;]|$)")
# A time of day is no length of time: "tot tien uur 's avonds", "om 22.00 uur".
_CLOCK = re.compile(
    r"\b\d{1,2}[.:]\d\d\s*(?:uur\b|u\.)|\b[\w-]+\s+uur\s+['’]s\s+(?:avonds|nachts|ochtends|morgens|middags)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[.;:!?](?=\s|$)|,(?=\s)|\s[–-]\s|[()]"
    rf"|\s(?=(?:{any_of('clauses')}|en\s+{any_of('clauses_after_and')})\s)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def statement(text: str) -> Statement:
    """Takes `text` apart. Results are kept, for one sentence is compared with many."""
    cited = references(text)
    taken = [(item.start, item.end) for item in cited]
    taken += [match.span() for match in _NOTE_MARK.finditer(text)]
    taken += [match.span() for match in _CLOCK.finditer(text)]
    dates = [item for mention in find_moments(text, taken) for item in _dates(mention)]
    taken += [(item.start, item.end) for item in dates]
    named = find_names(text, taken)
    solid = [(name.start, name.end) for name in named if name.sort not in COMMON]
    counted = [
        replace(item, relation=_bound(text, item.start)) if item.kind is ItemKind.TERM else item
        for item in quantities(text, taken + solid)
    ]
    taken += [(item.start, item.end) for item in counted]
    return Statement(
        text,
        tuple(sorted([*cited, *dates, *counted], key=lambda item: item.start)),
        tuple(named),
        tuple(_hits(text, taken + solid)),
        tuple(negations(text)),
        tuple(content_words(text, taken)),
        tuple(_clauses(text)),
    )


def _dates(mention: MomentMention) -> Iterator[Item]:
    for moment in mention.moments:
        # "voor 2026 is geld beschikbaar" says for which year; "voor 1 mei" and "voor de zomer" say before.
        for_it = Relation.NONE if moment.day is None and not moment.part else Relation.BEFORE
        relation = {Relation.BY: Relation.BEFORE, Relation.FOR: for_it}.get(mention.relation, mention.relation)
        yield Item(ItemKind.DATE, moment, mention.start, mention.end, relation)


def _bound(text: str, start: int) -> str:
    """How a length of time that starts at `start` is bound: "within", "after", "from", "until", "before" or ""."""
    relation = relation_before(text, start)
    unbound = dict.fromkeys((Relation.FOR, Relation.AT), Relation.NONE)
    return ({Relation.BY: Relation.BEFORE} | unbound).get(relation, relation)


def _hits(text: str, taken: list[tuple[int, int]]) -> list[ClassHit]:
    matches = [(match.span(), what) for what, found in phrases().find(unaccented(text)) for match in found]
    found: list[tuple[ClassHit, Dimension]] = []
    busy: dict[str, int] = {}  # dimension -> where its last hit ended: the longest phrase wins
    idle: list[tuple[int, int]] = []
    for (start, end), (dimension, name) in sorted(matches, key=lambda one: (one[0][0], -one[0][1])):
        if busy.get(dimension.name, 0) > start:
            continue
        busy[dimension.name] = end
        if dimension.kind:
            found.append((ClassHit(dimension.name, name, start, end), dimension))
        else:
            idle.append((start, end))
    return [
        hit
        for hit, dimension in found
        # What belongs to a number or a name says nothing by itself, but "Raad van State" is both name and status.
        if not overlaps(idle, hit.start, hit.end)
        and (dimension.kind == "status" or not overlaps(taken, hit.start, hit.start + 1))
        and not _inside_another(hit, dimension, found)
    ]


def _inside_another(hit: ClassHit, dimension: Dimension, found: list[tuple[ClassHit, Dimension]]) -> bool:
    """Whether the words are part of a longer turn of the same kind: "mogelijk" in "niet mogelijk"."""
    return any(
        other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
        for other, of in found
        if of.kind == dimension.kind and of.name != dimension.name
    )


def _clauses(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _CLAUSE_END.finditer(text):
        if text[begin : match.end()].strip():
            spans.append((begin, match.end()))
        begin = match.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return spans
