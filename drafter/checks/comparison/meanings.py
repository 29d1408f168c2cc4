"""Differences in what the lexicon can tell apart: duty and freedom, how many, how far along; and in what is denied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from answers_bank.dutch.words import fold
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair, Span
from drafter.checks.comparison.statements.lexicon import Dimension, dimensions
from drafter.checks.comparison.statements.statement import ClassHit, Statement
from drafter.checks.comparison.statements.words import stem

_CLOSE = 0.34
"""Below this closeness two statements are too unlike to weigh one word of denial."""

_WHAT = {
    "modality": "Andere plicht, bevoegdheid of zekerheid",
    "scope": "Ander bereik",
    "status": "Andere stand van zaken",
    "direction": "Andere richting",
    "negation": "Het antwoord is omgekeerd",
    "dropped_condition": "Andere voorwaarde of beperking",
    "responsible_ministry": "Andere bewindspersoon",
}


def meaning_differences(pair: Pair) -> Iterator[Conflict]:
    """Conflicts between the classes of each dimension of the lexicon."""
    for dimension in dimensions():
        if dimension.kind:
            yield from _difference(pair, dimension)


def _difference(pair: Pair, dimension: Dimension) -> Iterator[Conflict]:
    olds = [hit for hit in pair.old.hits if hit.dimension == dimension.name]
    news = [hit for hit in pair.new.hits if hit.dimension == dimension.name and pair.new_is_shared(hit.start, hit.end)]
    if not olds and not news:
        return
    lost, gained = _left(olds, news), _left(news, olds)
    what = _WHAT[dimension.kind]
    replaced = next(((o, n) for o in lost for n in gained if dimension.excludes(o.name, n.name)), None)
    if replaced:
        old, new = replaced
        yield pair.conflict(dimension.kind, _type(dimension, old, new), _span(new), _span(old), what)
        return
    said_now, said_then = (
        {hit.name for hit in pair.new.hits if hit.dimension == dimension.name},
        {hit.name for hit in olds},
    )
    for old in lost:
        if (
            old.name in dimension.lost
            and old.name not in said_now
            and not gained
            and pair.old_is_shared(old.start, old.end, least=1)
        ):
            yield pair.conflict(dimension.kind, ConflictType.PRECISION, None, _span(old), f"{what}; dit is vervallen")
            return
    if dimension.gained:
        for new in gained:
            if new.name not in said_then and not lost:
                yield pair.conflict(
                    dimension.kind, ConflictType.PRECISION, _span(new), None, f"{what}; dit is toegevoegd"
                )
                return


def possibility_differences(pair: Pair) -> Iterator[Conflict]:
    """A conflict where "kan stellen" became "stelt" or the reverse, and hardly anything else was changed.

    In the first person "kan" is a turn of phrase: "daarover kan ik geen uitspraken doen".
    """
    if pair.changed > 2:
        return
    for mine, other, dropped in ((pair.old, pair.new, True), (pair.new, pair.old, False)):
        if any(hit.name == "likely" for hit in other.hits):
            continue  # "het is niet uitgesloten dat": it may be
        if any(hit.name == "most" and hit.dimension == "bound" for hit in other.hits):
            continue  # "ten hoogste" says that it may be less
        if _POSSIBLE.search(other.text) or _FIRST_PERSON.search(mine.text):
            continue
        if any(hit.dimension == "modality" for hit in other.hits):
            continue
        hit = next((hit for hit in mine.hits if hit.dimension == "modality" and hit.name == "can"), None)
        verb = hit is not None and fold(mine.text[hit.start : hit.end]) in ("kan", "kunnen", "mag", "mogen")
        if hit is not None and verb and not mine.text[: hit.start].rstrip().endswith(" te"):
            new, old = (None, _span(hit)) if dropped else (_span(hit), None)
            yield pair.conflict("modality", ConflictType.CONTRADICTION, new, old, _WHAT["modality"])
            return


_POSSIBLE = re.compile(r"(?:kan|kunnen|mag|mogen)\b", re.IGNORECASE)  # "terechtkunnen" too
_FIRST_PERSON = re.compile(r"\b(?:ik|wij|we|mij|ons|u)\b", re.IGNORECASE)


def _left(these: list[ClassHit], those: list[ClassHit]) -> list[ClassHit]:
    count = Counter(hit.name for hit in those)
    left = []
    for hit in these:
        if count[hit.name]:
            count[hit.name] -= 1
        else:
            left.append(hit)
    return left


def _type(dimension: Dimension, old: ClassHit, new: ClassHit) -> ConflictType:
    """Forwards on a ladder is an update."""
    ladder = dimension.ladder
    if old.name in ladder and new.name in ladder and ladder.index(new.name) > ladder.index(old.name):
        return ConflictType.UPDATE
    return ConflictType.CONTRADICTION


def _span(hit: ClassHit) -> Span:
    return hit.start, hit.end


def negation_differences(pair: Pair) -> Iterator[Conflict]:
    """A conflict where one text denies what the other affirms: an odd number of denials more or less."""
    olds = [span for span in pair.old.negations if pair.old_is_shared(*span) and _counts(pair.old, span, pair.new)]
    news = [span for span in pair.new.negations if pair.new_is_shared(*span) and _counts(pair.new, span, pair.old)]
    all_old = [span for span in pair.old.negations if _counts(pair.old, span, pair.new)]
    all_new = [span for span in pair.new.negations if _counts(pair.new, span, pair.old)]
    if (len(olds) - len(news)) % 2 == 0 or (len(all_old) - len(all_new)) % 2 == 0 or pair.closeness < _CLOSE:
        return
    if len(olds) > len(news):
        yield pair.conflict(
            "negation",
            ConflictType.CONTRADICTION,
            None,
            _odd(olds, news, pair.old, pair.new),
            "Een ontkenning is vervallen",
        )
    else:
        yield pair.conflict(
            "negation",
            ConflictType.CONTRADICTION,
            _odd(news, olds, pair.new, pair.old),
            None,
            "Er is een ontkenning bijgekomen",
        )


def _counts(statement: Statement, span: Span, other: Statement) -> bool:
    """Whether a denial can be weighed: "onvoldoende" only where the other text speaks of "voldoende" at all."""
    word = fold(statement.text[span[0] : span[1]])
    if not word.startswith("on") or word.startswith(("onthoud", "ontbr")):
        return True
    base = stem(word[2:])
    return any(one.stem == base or one.stem == stem(word) for one in other.words)


def _odd(these: list[Span], those: list[Span], mine: Statement, other: Statement) -> Span:
    """The denial that the other text lacks, as far as its word shows it."""
    words = Counter(other.text[a:b].lower() for a, b in those)
    for start, end in these:
        word = mine.text[start:end].lower()
        if words[word]:
            words[word] -= 1
        else:
            return start, end
    return these[-1]
