"""Terms that are written otherwise than the user's own list says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Finding
from drafter.checks.term_list import Terms
from drafter.checks.text import TextSpan, TextUnit


def fixed_terms(case: Case) -> Iterator[Finding]:
    """Findings of the rule fixed-term; what stands between quotation marks is the word of others."""
    terms = case.context.terms
    for unit in case.text.answering if terms else ():
        for pattern, write in _patterns(terms):
            for match in pattern.finditer(unit.text):
                better = _as_there(match[0], write, unit, match.start())
                if match[0] == better or unit.in_quotes(match.start()) or _inside(unit.text, match, write):
                    continue
                span = TextSpan(unit, *match.span())
                yield finding("consistency/fixed-term", span, f"Schrijf: “{better}”.", suggestion=better)


@lru_cache(maxsize=8)
def _patterns(terms: Terms) -> tuple[tuple[re.Pattern[str], str], ...]:
    # Longest first is of no use: each term is told where it stands.
    found = []
    for term, write in terms:
        words = r"\s+".join(map(re.escape, term.split()))
        # A term that differs from what is written in its capitals alone is looked for as it stands in the list.
        flags = re.NOFLAG if term.casefold() == write.casefold() else re.IGNORECASE
        found.append((re.compile(rf"(?<![\w-]){words}(?![\w-])", flags), write))
    return tuple(found)


def _as_there(there: str, write: str, unit: TextUnit, start: int) -> str:
    """What to write, with a capital where a sentence begins."""
    begins = unit.sentence_at(start)[0] == start
    return write[:1].upper() + write[1:] if begins and there[:1].isupper() else write


def _inside(text: str, match: re.Match[str], write: str) -> bool:
    """Whether the words are part of what is to be written, as "dienst" is of "de geheime dienst"."""
    whole = text.casefold()
    at = whole.find(write.casefold())
    while at >= 0:
        if at <= match.start() and match.end() <= at + len(write):
            return len(write) > len(match[0])
        at = whole.find(write.casefold(), at + 1)
    return False
