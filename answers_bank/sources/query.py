"""What to fetch: one question put to any source."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass

from answers_bank.documents import Kind

FETCHABLE = (Kind.ANSWER, Kind.QUESTIONS, Kind.DEFERRAL, Kind.LETTER)


@dataclass(frozen=True, slots=True)
class SourceQuery:
    """Which documents to list; an absent value does not restrict."""

    kinds: tuple[Kind, ...] = FETCHABLE
    since: datetime.date | None = None
    """First day of the documents wanted."""

    until: datetime.date | None = None
    """Last day of the documents wanted."""

    modified_since: datetime.date | None = None
    """Only what the source changed on or after this day; used to go on from an earlier time."""

    dossier: str | None = None
    portfolio: str | None = None
    """Part of the name of a ministry, compared without capitals with what the record or the document tells."""

    text: str | None = None
    """Words that the source's own search must find."""

    @property
    def filter_key(self) -> str:
        """Equal for queries that differ in their dates only: progress is kept by it."""
        parts = [sorted(kind.value for kind in self.kinds), self.dossier, self.portfolio, self.text]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
