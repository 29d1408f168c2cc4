"""Two statements side by side: what they share, and where one has a counterpart in the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from answers_bank.dutch.overlap import overlaps
from drafter.checks.comparison.conflict import Conflict, ConflictType, Side
from drafter.checks.comparison.statements.statement import Statement
from drafter.checks.comparison.statements.words import ContentWord, is_filler, unmatched

Span = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """A newer and an older statement, and where they stand in their texts."""

    new: Statement
    old: Statement
    new_offset: int = 0
    old_offset: int = 0

    @cached_property
    def lost(self) -> list[ContentWord]:
        """Content words of the old statement without a counterpart in the new one."""
        return unmatched(list(self.old.words), list(self.new.words))

    @cached_property
    def gained(self) -> list[ContentWord]:
        """Content words of the new statement without a counterpart in the old one."""
        return unmatched(list(self.new.words), list(self.old.words))

    @cached_property
    def overlap(self) -> float:
        """How much of the content of the shorter statement the other has, from 0 to 1."""
        counts = [
            (len(words) - len(missing)) / len(words)
            for words, missing in ((self.old.words, self.lost), (self.new.words, self.gained))
            if words
        ]
        return max(counts, default=0.0)

    @cached_property
    def closeness(self) -> float:
        """How much of the content of the statement that shares least the other has, from 0 to 1."""
        counts = []
        for words, missing in ((self.old.words, self.lost), (self.new.words, self.gained)):
            telling = [word for word in words if not is_filler(word.text)]
            gone = {word.start for word in missing}
            if telling:
                counts.append(sum(word.start not in gone for word in telling) / len(telling))
        return min(counts, default=1.0)

    @cached_property
    def changed(self) -> int:
        """How many words that carry meaning have no counterpart, on both sides together."""
        return sum(not is_filler(word.text) for word in (*self.lost, *self.gained))

    def new_is_shared(self, start: int, end: int, least: int = 0) -> bool:
        """Whether what surrounds [start, end) in its clause of the new statement stands in the old one too.

        `least` is how many words must be there for the answer to be yes.
        """
        return _shared(self.new, self.gained, start, end, least)

    def old_is_shared(self, start: int, end: int, least: int = 0) -> bool:
        """Whether what surrounds [start, end) in its clause of the old statement is still there in the new one."""
        return _shared(self.old, self.lost, start, end, least)

    def likeness(self, old_start: int, old_end: int, new_start: int, new_end: int) -> float:
        """How alike the surroundings of two spans are."""
        old = self.old.text[max(0, old_start - 30) : old_start] + "|" + self.old.text[old_end : old_end + 30]
        new = self.new.text[max(0, new_start - 30) : new_start] + "|" + self.new.text[new_end : new_end + 30]
        return fuzz.ratio(old, new)

    @staticmethod
    def following(statement: Statement, position: int) -> str:
        """The stem of the first content word after `position` in its clause; empty when there is none."""
        _, end = statement.clause_at(position - 1)
        words = statement.words_in(position, end)
        return words[0].stem if words else ""

    def conflict(self, kind: str, type_: ConflictType, new: Span | None, old: Span | None, what: str) -> Conflict:
        """A conflict with its sides placed in the two texts; None for what a side lacks."""
        new_side, old_side = _side(self.new, new, self.new_offset), _side(self.old, old, self.old_offset)
        if new_side.quote and old_side.quote:
            says = f": nu ‘{new_side.quote}’, eerder ‘{old_side.quote}’"
        elif old_side.quote:
            says = f": eerder stond er ‘{old_side.quote}’"
        else:
            says = f": nu staat er ‘{new_side.quote}’"
        return Conflict(kind, type_, new_side, old_side, f"Te controleren. {what}{says}.")


def _side(statement: Statement, span: Span | None, offset: int) -> Side:
    if span is None:
        return Side("", offset, offset)
    start, end = span
    return Side(" ".join(statement.text[start:end].split()), offset + start, offset + end)


def _shared(statement: Statement, missing: list[ContentWord], start: int, end: int, least: int) -> bool:
    clause = statement.clause_at(start)
    apart = [(start, end), *((name.start, name.end) for name in statement.names)]

    def telling(start: int, end: int) -> list[ContentWord]:
        words = statement.words_in(start, end)
        return [word for word in words if not is_filler(word.text) and not overlaps(apart, word.start, word.end)]

    words = telling(*clause)
    if not words and statement.text.startswith("dat ", clause[1]):
        words = telling(clause[1], len(statement.text))  # "het is waarschijnlijk dat …" is about what follows
    gone = {word.start for word in missing}
    if sum(word.start not in gone for word in words) < least:
        return False
    if len(words) < 2:
        return True
    return sum(word.start not in gone for word in words) >= 0.34 * len(words)
