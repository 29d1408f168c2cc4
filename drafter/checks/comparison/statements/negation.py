"""Where a text denies: "niet", "geen", "onvoldoende", "zonder", "ziet af van"."""

from __future__ import annotations

import re

from answers_bank.dutch.overlap import overlaps
from drafter.checks.comparison.statements.lexicon import any_of

_DENIALS = re.compile(rf"\b(?:{any_of('denials')}|{any_of('implied_denials')}|on{any_of('denied')})\b", re.IGNORECASE)
_HARMLESS = re.compile(rf"\b{any_of('harmless')}\b", re.IGNORECASE)


def negations(text: str) -> list[tuple[int, int]]:
    """Spans of the words that deny, in order."""
    idle = [match.span() for match in _HARMLESS.finditer(text)]
    return [match.span() for match in _DENIALS.finditer(text) if not overlaps(idle, *match.span())]
