"""How what is told lies to a moment or a length of time: before it, from it on, within it."""

from __future__ import annotations

import re
from enum import StrEnum


class Relation(StrEnum):
    """What the words before a moment say; of a length of time "within", "after" and the like in the same way."""

    NONE = ""
    AT = "at"
    BEFORE = "before"
    """ "vóór", "voorafgaand aan"."""

    FOR = "for"
    """ "voor": before a day or a season, for the sake of a year."""

    BY = "by"
    """ "uiterlijk": not later than its end."""

    UNTIL = "until"
    WITHIN = "within"
    FROM = "from"
    AFTER = "after"

    @property
    def comes_before(self) -> bool:
        """Whether what is told is over when the moment begins."""
        return self in (Relation.BEFORE, Relation.FOR, Relation.UNTIL)


_LEADING = tuple(
    (relation, re.compile(rf"(?:^|\W)(?:{words})\s+(?:de\s+|het\s+|einde?\s+|van\s+)*$", re.IGNORECASE))
    for relation, words in (
        (Relation.UNTIL, r"tot\s+en\s+met|t/m|tot\s+aan|tot|tegen"),
        (Relation.AFTER, r"na(?:\s+afloop\s+van)?|later\s+dan"),
        (Relation.FROM, r"vanaf|sinds|per|ingaande(?:\s+op)?|met\s+ingang\s+van|sedert"),
        (Relation.WITHIN, r"binnen"),
        (Relation.BY, r"uiterlijk(?:\s+(?:op|in|per|voor|vóór))?|niet\s+later\s+dan"),
        (Relation.BEFORE, r"vóór|voorafgaand\s+aan"),
        (Relation.FOR, r"voor"),
        (Relation.AT, r"in|op|tijdens|gedurende|rond|rondom|omstreeks|met|bij|aan"),
    )
)


def relation_before(text: str, start: int) -> Relation:
    """What the words before text[start:] say."""
    ahead = text[max(0, start - 40) : start]
    return next((relation for relation, words in _LEADING if words.search(ahead)), Relation.NONE)
