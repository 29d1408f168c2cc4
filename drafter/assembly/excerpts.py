"""Passages as they would stand in the draft, and the versions of those that recur."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.search.values import FoundPassage

if TYPE_CHECKING:
    from answers_bank.store.stored import StoredPassage
    from drafter.search.searcher import Searcher

RELATIVES = 50
"""Passages looked at to tell whether one is used elsewhere."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of the bank as it may go into the draft: the whole, or without its first or last words."""

    passage: StoredPassage
    skip: int = 0
    """Characters at its beginning that are left out: a "Ja." that answered another question."""

    cut: int = 0
    """Characters at its end that are left out: "zie het antwoord op vraag 7" of another set."""

    older: str | None = None
    """Id of the older version that was found, where this is the newest version of a standard passage."""

    @property
    def text(self) -> str:
        """What would stand in the draft."""
        return self.passage.text[self.skip : len(self.passage.text) - self.cut]


class Versions:
    """The versions of standard passages that may be used in one draft."""

    def __init__(self, searcher: Searcher, before: datetime.date, exclude: frozenset[str]) -> None:
        """Only what is dated before `before` may be used, and nothing of the documents in `exclude`."""
        self._bank = searcher.bank
        self._standard = searcher.prepare().standard
        self._before = before
        self._exclude = exclude
        self._repeated: dict[str, float] = {}

    def newest(self, found: FoundPassage) -> Excerpt:
        """The newest version of a standard passage that may be used; the passage itself where it is no such."""
        if found.newest is None:
            return Excerpt(found.passage)
        newer = self._bank.passage(found.newest)
        return Excerpt(newer, older=found.id) if self._may_be_used(newer) else Excerpt(found.passage)

    def repeated(self, found: FoundPassage) -> float:
        """Share of the passage, 0 to 1, that stands in another document that may be used too."""
        if found.id not in self._repeated:
            relatives = self._standard.relatives(found.passage.key)
            # The likest first; where many documents hold it, a few that may be used are soon found.
            likest = sorted(relatives, key=lambda key: (-relatives[key], key))[:RELATIVES]
            stored = self._bank.passages_by_key(likest)
            usable = (
                relatives[key]
                for key in likest
                if key in stored and self._may_be_used(stored[key]) and stored[key].document != found.passage.document
            )
            self._repeated[found.id] = next(usable, 0.0)
        return self._repeated[found.id]

    def _may_be_used(self, passage: StoredPassage) -> bool:
        earlier = passage.date is not None and passage.date < self._before
        return earlier and passage.document not in self._exclude
