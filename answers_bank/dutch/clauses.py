"""What a question asks: cut where the next thing is asked, and with its long names short."""

from __future__ import annotations

import re

_NEXT_CLAUSE = re.compile(
    # Behind a comma alone "waarbij" goes on about the word before it.
    r"(?:,\s*(?:en|of|dan\s+wel|alsmede)\s+|,\s+(?!waar(?:mee|voor|in|op|uit|bij|door|van|over|aan)\b)|\s+(?:en|alsmede|dan\s+wel)\s+)(?=(?:(?:op|in|aan|met|voor|van|over|bij|door|om|uit|naar|tot|onder|binnen)\s+)?"
    r"(?:hoe|hoeveel|wat|welke?|wanneer|waarom|wie|waar(?:om|mee|voor|in|op|uit|bij|door)?|hoeverre|kunt\s+u|bent\s+u|"
    r"wordt|worden|geeft|geven|leidt|betekent|acht\s+u|deelt\s+u|vindt\s+u|(?:is|zijn|was|waren)\s+(?:het|de|er|dit|deze)\b)\b)",
    re.IGNORECASE,
)
_LONG_FORM = re.compile(
    r"\b[A-Z][\w-]+(?:\s+(?:en|van|de|der|den|voor|op|het|te|tot|tegen|aan|in|inzake|[A-Z][\w-]+)){1,8}\s+"
    r"\((?P<short>[A-Z][\w-]{1,11})\)"
)


def clause_spans(text: str) -> list[tuple[int, int]]:
    """Spans of what one sentence asks, apart: "Welke eisen gelden, wie houdt toezicht en welke straf volgt?" has three.

    A piece of hardly any words belongs to the one before it.
    """
    cuts = [(match.start(), match.end()) for match in _NEXT_CLAUSE.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        short = spans and (len(text[start:end].split()) < 4 or len(text[slice(*spans[-1])].split()) < 3)
        if short:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def clauses(text: str) -> list[str]:
    """What one sentence asks, apart; see `clause_spans`."""
    return [text[start:end] for start, end in clause_spans(text)]


def plain_names(text: str) -> str:
    """`text` with "Autoriteit Golf en Getij (AGG)" as "AGG": the words of a name are not what is asked about."""
    return _LONG_FORM.sub(lambda match: match["short"], text)
