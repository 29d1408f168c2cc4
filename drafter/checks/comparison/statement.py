"""A sentence (or a few that belong together) taken apart into all that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from answers_bank.dutch.words import fold
from drafter.checks.comparison.dates import moments, relation_to
from drafter.checks.comparison.items import Item, ItemKind, overlaps
from drafter.checks.comparison.lexicon import Dimension, phrases
from drafter.checks.comparison.names import COMMON, Name, names
from drafter.checks.comparison.negation import negations
from drafter.checks.comparison.quantities import quantities
from drafter.checks.comparison.references import references
from drafter.checks.comparison.words import ContentWord, content_words
from drafter.word_difference import tokens


@dataclass(frozen=True, slots=True)
class Hit:
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
    names: tuple[Name, ...]
    hits: tuple[Hit, ...]
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
_NOTE_MARK = re.compile(r"(?<=[a-zà-ÿ)’”»][.,;:])\d{1,3}(?=\s|$)|(?<=[a-zà-ÿ)’”»])\d{1,3}(?=[\s.,;]|$)")
# A time of day is no length of time: "tot tien uur 's avonds", "om 22.00 uur".
_CLOCK = re.compile(
    r"\b\d{1,2}[.:]\d\d\s*(?:uur\b|u\.)|\b[\w-]+\s+uur\s+['’]s\s+(?:avonds|nachts|ochtends|morgens|middags)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[.;:!?](?=\s|$)|,(?=\s)|\s[–-]\s|[()]|\s(?=(?:maar|terwijl|omdat|aangezien|doordat|zodat|waardoor|hoewel|indien|mits|tenzij|wanneer|"
    r"nadat|voordat|zodra|opdat|want|dat|die|waarbij|waarna|en\s+(?:dat|ook|is|zijn|heeft|hebben|wordt|worden|zal|zullen|kan|kunnen|moet|moeten|er|verbiedt))\s)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def statement(text: str) -> Statement:
    """Takes `text` apart. Results are kept, for one sentence is compared with many."""
    cited = references(text)
    taken = [(item.start, item.end) for item in cited]
    taken += [match.span() for match in _NOTE_MARK.finditer(text)]
    taken += [match.span() for match in _CLOCK.finditer(text)]
    dates = moments(text, taken)
    taken += [(item.start, item.end) for item in dates]
    named = names(text, taken)
    solid = [(name.start, name.end) for name in named if name.sort not in COMMON]
    counted = [
        replace(item, relation=relation_to(text, item.start)) if item.kind is ItemKind.TERM else item
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


def _hits(text: str, taken: list[tuple[int, int]]) -> list[Hit]:
    row = [token for token in tokens(text) if not token.is_space]
    folded = [fold(token.text) for token in row]
    table = phrases()
    found: list[tuple[Hit, Dimension, int]] = []  # with the end of its first word
    busy: dict[str, int] = {}  # dimension -> where its last hit ended: the longest phrase wins
    idle: list[tuple[int, int]] = []
    for at, word in enumerate(folded):
        # "mbo-studenten" speaks of the mbo.
        first = word.partition("-")[0]
        for phrase in (*table.get(word, ()), *(p for p in table.get(first, ()) if first != word and len(p.row) == 1)):
            if phrase.row[0] != word and phrase.dimension.name not in ("school", "reach", "law branch"):
                continue
            if busy.get(phrase.dimension.name, 0) > row[at].start:
                continue
            if phrase.opens and at and folded[at - 1] not in (".", "!", "?"):
                continue
            after = at + 1 if phrase.row[0] != word else _match(phrase.row, folded, at)
            if after:
                start, end = row[at].start, row[after - 1].end
                busy[phrase.dimension.name] = end
                if phrase.dimension.kind:
                    found.append((Hit(phrase.dimension.name, phrase.name, start, end), phrase.dimension, row[at].end))
                else:
                    idle.append((start, end))
    return [
        hit
        for hit, dimension, first in found
        # What belongs to a number or a name says nothing by itself, but "Raad van State" is both name and status.
        if not overlaps(idle, hit.start, hit.end)
        and (dimension.kind == "status" or not overlaps(taken, hit.start, first))
        and not _inside_another(hit, dimension, found)
    ]


def _inside_another(hit: Hit, dimension: Dimension, found: list[tuple[Hit, Dimension, int]]) -> bool:
    """Whether the words are part of a longer turn of the same kind: "mogelijk" in "niet mogelijk"."""
    return any(
        other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
        for other, of, _ in found
        if of.kind == dimension.kind and of.name != dimension.name
    )


def _match(phrase: tuple[str, ...], folded: list[str], at: int) -> int:
    """Where `phrase` ends when it stands at `at`; 0 when it does not."""
    for number, word in enumerate(phrase):
        if word == "...":
            rest = phrase[number + 1 :]
            for gap in range(1, 6):
                if at + gap > len(folded) or not folded[at + gap - 1][0].isalnum():
                    return 0
                if after := _match(rest, folded, at + gap):
                    return after
            return 0
        if at >= len(folded) or folded[at] != word:
            return 0
        at += 1
    return at


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
