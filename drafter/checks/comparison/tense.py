"""What is still to be done against what has been done: "zal informeren", "wordt verzonden", "heb geïnformeerd"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from answers_bank.dutch.words import fold
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statements.lexicon import words
from drafter.checks.comparison.statements.statement import Statement
from drafter.checks.comparison.statements.words import same_word, stem

_DONE = frozenset("is zijn heeft hebben heb werd werden was waren".split())
_BEING = frozenset("is zijn".split())
_GOING = frozenset("wordt worden".split())
_FUTURE = frozenset("zal zullen".split())
_MODAL = frozenset(
    "kan kunnen moet moeten mag mogen dient dienen zou zouden hoeft hoeven kon konden wil willen".split()
)
_PARTICIPLE = re.compile(r"(?:[a-z]{2,6})?ge[a-zï]{3,}(?:d|t|en)$|(?:be|ver|ont|her|er|mis)[a-z]{3,}(?:d|t)$")


_NOUNS = frozenset(
    "besluit gebied geluid gezicht gewicht gerecht geheel geval gevolg gemeenten gebouwen gegevens".split()
)
"""What looks like a participle and is none."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb and whether what it says is done."""

    stem: str
    done: bool
    start: int
    end: int


def acts(statement: Statement) -> tuple[Act, ...]:
    """The participles and infinitives whose auxiliary shows whether they are done."""
    return _acts(statement.text, statement.clauses)


@lru_cache(maxsize=8192)
def _acts(text: str, clauses: tuple[tuple[int, int], ...]) -> tuple[Act, ...]:
    found: list[Act] = []
    for start, end in clauses:
        row = [
            (match.start() + start, match[0], fold(match[0])) for match in re.finditer(r"[^\W\d_]+", text[start:end])
        ]
        for at, (position, word, _folded) in enumerate(row):
            state = _state(row, at)
            if state is not None:
                found.append(Act(stem(word), state, position, position + len(word)))
    return tuple(found)


def _state(row: list[tuple[int, str, str]], at: int) -> bool | None:
    """True for done, False for still to be done, None where the form does not say."""
    folded = row[at][2]
    before = [word for _, _, word in row[:at]]
    looks_so = folded in words().participles or bool(_PARTICIPLE.match(folded))
    is_participle = looks_so and folded not in _NOUNS
    if not is_participle:
        # "zal de Kamer informeren"
        last = next((word for word in reversed(before) if word in _FUTURE | _DONE | _GOING | _MODAL), "")
        return False if last in _FUTURE and folded.endswith("en") and len(folded) > 5 and at == len(row) - 1 else None
    helper = next((word for word in reversed(before) if word in _DONE | _GOING | _FUTURE | _MODAL), "")
    if not helper:
        helper = next((word for _, _, word in row[at + 1 : at + 3] if word in _DONE | _GOING), "")
    if helper in _GOING:
        modal = next((word for word in before if word in _MODAL), "")
        return None if modal else False
    if helper in _FUTURE or (helper in _BEING and "verwachting" in before):
        return False  # "is naar verwachting in mei gereed"
    return True if helper in _DONE else None


def tense_differences(pair: Pair) -> Iterator[Conflict]:
    """A conflict for the first verb that is done in one text and still to be done in the other."""
    olds, news = acts(pair.old), acts(pair.new)
    for new in news:
        same = [old for old in olds if same_word(old.stem, new.stem)]
        if not same or any(old.done == new.done for old in same):
            continue
        old = same[0]
        type_ = ConflictType.UPDATE if new.done else ConflictType.CONTRADICTION
        what = "Eerder nog te doen, nu gedaan" if new.done else "Eerder gedaan, nu nog te doen"
        yield pair.conflict("status", type_, (new.start, new.end), (old.start, old.end), what)
        return
