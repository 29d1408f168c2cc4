"""What a newer document tells of the same matter and this text does not: another date, figure, partner, state.

The sentences need not be alike, only of one matter. Nothing contradicts here; the finding says what is new there, so
that the reader can take it over or leave it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from answers_bank.dutch.names.known import COMMON
from answers_bank.dutch.time.moments import Moment
from answers_bank.dutch.words import fold
from answers_bank.index.repeated_text import SentenceHit
from drafter.checks.builder import finding, when
from drafter.checks.comparison.actors import stands_in
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statements.items import Item, ItemKind
from drafter.checks.comparison.statements.lexicon import words
from drafter.checks.comparison.statements.resolve import resolved
from drafter.checks.comparison.statements.statement import Statement, statement
from drafter.checks.comparison.statements.words import content_words, same_word
from drafter.checks.comparison.tense import tense_differences
from drafter.checks.consistency.sentence_similarity import LONGEST, Kin, is_referral
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import TextSpan, TextUnit

COUNTED = frozenset({ItemKind.DATE, ItemKind.NUMBER, ItemKind.AMOUNT, ItemKind.SHARE, ItemKind.TERM, ItemKind.MEASURE})
_MOST = 3
"""Differences that a message names."""

_VAGUE = re.compile(
    r"\b(?:recent(?:elijk)?|onlangs|binnenkort|op\s+korte\s+termijn|op\s+dit\s+moment|momenteel|tot\s+op\s+heden|inmiddels|"
    r"(?:de\s+)?(?:komende|afgelopen)\s+(?:periode|tijd|weken|maanden))\b",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\b(?P<link>waardoor|zodat|met\s+als\s+gevolg)\b(?P<rest>[^,;.]+)", re.IGNORECASE)


def retold(
    hits: Sequence[SentenceHit], kin: Kin, unit: TextUnit, span: tuple[int, int], date: datetime.date | None
) -> list[Finding]:
    """At most one finding on the sentence at `span`: what the newest documents tell more or otherwise."""
    start, end = span
    text = unit.text[start:end]
    if date is None:
        return []
    if any(hit.ratio > 0.995 and hit.date and hit.date > date for hit in hits):
        return []  # a newer document says word for word the same
    mine = resolved(statement(text), date)
    found: list[tuple[SentenceHit, list[str]]] = []
    for hit in hits:
        if hit.date is None or hit.date <= date or is_referral(hit.text):
            continue
        kinship = kin.kinship(text, hit.text)
        if not kinship.one_matter or len(hit.text.split()) > LONGEST:
            continue
        more = list(dict.fromkeys(differences(mine, resolved(statement(hit.text), hit.date), kinship.versions)))
        if more:
            found.append((hit, more))
    if not found:
        return []
    found.sort(key=lambda pair: (pair[0].date or datetime.date.min, pair[0].score), reverse=True)
    hit, more = found[0]
    detail = f"{hit.document} {when(hit.date, date)} zegt hierover ook: {', '.join(more[:_MOST])}."
    detail += " Ga na of dat hier ook hoort."
    evidence = [Evidence(one.document, one.date, " ".join(one.text.split())) for one, _ in found]
    return [finding("consistency/retold", TextSpan(unit, start, end), detail, evidence=evidence)]


def differences(mine: Statement, theirs: Statement, versions: bool = False) -> Iterator[str]:
    """In words, what `theirs` tells that `mine` does not; only what can be counted, dated, named or has a state.

    Where both are `versions` of one sentence, words such as "momenteel" that came or went count too.
    """
    ours = [item for item in mine.items if item.kind in COUNTED]
    for item in theirs.items:
        small = item.kind is ItemKind.NUMBER and item.value in (0, 1, 2)
        if item.kind in COUNTED and not small and not any(agree(item, one) for one in ours):
            yield _shown(theirs, item.start, item.end)
    names = [name for name in theirs.names if name.sort not in COMMON and name.sort != "ministry"]
    for name in names:
        opening = name.start == 0 and " " not in name.text  # its capital may be that of the sentence
        known = name.text == "Nederland" or fold(name.text) in fold(mine.text)
        if not opening and not known and not stands_in(name, mine):
            yield _shown(theirs, name.start, name.end)
    here, there = _vague(mine.text), _vague(theirs.text)
    if here and not there and any(item.kind is ItemKind.DATE for item in theirs.items):
        yield f"een datum in plaats van ‘{here}’"
    elif versions and there and here != there and not any(item.kind is ItemKind.DATE for item in mine.items):
        yield f"‘{there}’"
    change = next(tense_differences(Pair(theirs, mine)), None)
    if change is not None and change.new.quote.lower() != change.old.quote.lower():
        yield f"‘{change.new.quote}’ in plaats van ‘{change.old.quote}’"
    nouns, others = _matters(mine), _matters(theirs)
    if nouns and others and not nouns & others:
        yield f"‘{sorted(others)[0]}’ in plaats van ‘{sorted(nouns)[0]}’"
    yield from _results(mine.text, theirs.text)


def agree(first: Item, second: Item) -> bool:
    """Whether two items say the same, the first no more exactly than the second."""
    if first.kind is not second.kind:
        return False
    if isinstance(first.value, Moment) and isinstance(second.value, Moment):
        return first.value.agrees(second.value) and not second.value.coarser(first.value)
    return first.value == second.value


def _shown(said: Statement, start: int, end: int) -> str:
    return f"‘{' '.join(said.text[start:end].split())}’"


def _vague(text: str) -> str:
    match = _VAGUE.search(text)
    return " ".join(match[0].lower().split()) if match else ""


def _matters(said: Statement) -> set[str]:
    nouns = words().matters
    return {word.text.lower() for word in said.words if word.text.lower() in nouns}


def _results(mine: str, theirs: str) -> Iterator[str]:
    """Another consequence: "waardoor de kosten stijgen" against "waardoor de wachttijd oploopt"."""
    here, there = _RESULT.search(mine), _RESULT.search(theirs)
    if here is None or there is None:
        return
    first, second = (content_words(match["rest"], []) for match in (here, there))
    if first and second and not any(same_word(a.stem, b.stem) for a in first for b in second):
        yield f"‘{' '.join(there[0].split())}’"
