"""Conditions and restrictions that one text has and the other lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair, Span
from drafter.checks.comparison.statements.lexicon import any_of
from drafter.checks.comparison.statements.statement import Statement
from drafter.checks.comparison.statements.words import ContentWord, is_filler

_STRONG = any_of("conditions")
_OPENER = re.compile(rf"\b(?:(?P<strong>{_STRONG})|(?P<weak>{any_of('possible_conditions')}))\b", re.IGNORECASE)
_MARKS = re.compile(rf"\b(?:{_STRONG}|als|wanneer|zodra|zolang|bij)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\((?P<inside>[^()]{4,120})\)")
# A clause that says which: "een feit dat het leven bedreigt", "boeren die vóór 2030 stoppen".
_RELATIVE = re.compile(
    r"(?<=\w)\s+(?P<inside>(?:die|dat|waarvan|waarbij|waarin|waarop|van\s+wie|voor\s+wie)\s+[^,;.()]{6,})",
    re.IGNORECASE,
)
_SAYING = re.compile(rf"\b{any_of('saying')}$", re.IGNORECASE)
# A condition that is a preposition with its noun ends at the verb: "Bij gevaar kan de burgemeester …".
_PREPOSITION = re.compile(r"(?:bij|na|met|zonder|binnen|vanaf|tot|onder|in\s.*|met\s.*|na\s.*)", re.IGNORECASE)
_VERB = re.compile(rf"[,;:.()](?=\s|$)|\s(?=(?:en|of|maar|dan|{any_of('condition_ends')})\s)")
_STOP = re.compile(r"[,;:.()](?=\s|$)|\s(?=(?:en|of|maar|dan)\s)")


def condition_differences(pair: Pair) -> Iterator[Conflict]:
    """A conflict for the first condition or restriction that was dropped, else for one that was added."""
    dropped = _missing(pair.old, pair.new, pair.lost, _weight(pair.new, pair.gained), strong_only=False)
    if dropped is not None:
        yield pair.conflict(
            "dropped_condition", ConflictType.PRECISION, None, dropped, "Een voorwaarde of beperking is vervallen"
        )
        return
    cut = _cut(pair)
    if cut is not None:
        yield pair.conflict("dropped_condition", ConflictType.PRECISION, None, cut, "Een bepaling is vervallen")
        return
    added = _missing(pair.new, pair.old, pair.gained, _weight(pair.old, pair.lost), strong_only=True)
    if added is not None:
        yield pair.conflict(
            "dropped_condition", ConflictType.PRECISION, added, None, "Er is een voorwaarde of beperking toegevoegd"
        )


_PHRASE = re.compile(
    r"\b(?:in|op|bij|voor|met|binnen|buiten|onder|tijdens|via|aan|volgens|tegen|tot|vanaf|zonder)\s", re.IGNORECASE
)


def _cut(pair: Pair) -> Span | None:
    """A phrase with a preposition that was left out where nothing else was changed: "toegestaan in gesloten kassen"."""
    gone = [word for word in pair.lost if not is_filler(word.text)]
    if not 2 <= len(gone) <= 6 or any(not is_filler(word.text) for word in pair.gained):
        return None
    telling = [word.start for word in pair.old.words if not is_filler(word.text)]
    first = telling.index(gone[0].start)
    if telling[first : first + len(gone)] != [word.start for word in gone] or len(gone) * 2 > len(telling):
        return None
    openers = list(_PHRASE.finditer(pair.old.text, max(0, gone[0].start - 16), gone[0].start))
    return (openers[-1].start(), gone[-1].end) if openers else None


def _weight(statement: Statement, missing: list[ContentWord]) -> int:
    """How many words that carry meaning came in the place of what is missing."""
    return sum(not is_filler(word.text) for word in missing)


def _missing(
    statement: Statement, other: Statement, missing: list[ContentWord], instead: int, strong_only: bool
) -> Span | None:
    gone = {word.start for word in missing if not is_filler(word.text)}
    if not gone:
        return None
    fewer = len(_MARKS.findall(other.text)) < len(_MARKS.findall(statement.text))
    for (start, end), strong in _candidates(statement.text):
        if strong_only and not strong:
            continue
        words = [word for word in statement.words_in(start, end) if not is_filler(word.text)]
        lost = [word for word in words if word.start in gone]
        if not words or len(lost) < (max(1, 0.5 * len(words)) if strong else max(2, 0.6 * len(words))):
            continue
        # What came instead may be the same condition in other words: then nothing can be said.
        if instead * 2 > len(lost) + (1 if strong else 0) and not (strong and fewer):
            continue
        if len(words) >= len([word for word in statement.words if not is_filler(word.text)]):
            continue
        return start, end
    return None


def _candidates(text: str) -> Iterator[tuple[Span, bool]]:
    for match in _BRACKETS.finditer(text):
        opener = _OPENER.match(match["inside"])
        if opener:
            yield match.span("inside"), True
    for match in _OPENER.finditer(text):
        stop = (_VERB if _PREPOSITION.fullmatch(match[0]) else _STOP).search(text, match.end())
        yield (match.start(), stop.start() if stop else len(text)), bool(match["strong"])
    for match in _RELATIVE.finditer(text):
        if not (match["inside"].startswith("dat ") and _SAYING.search(text, 0, match.start())):
            yield match.span("inside"), False
