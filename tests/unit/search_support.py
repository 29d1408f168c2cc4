"""A bank small enough to hold in the hand, for the tests of caches and search."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Stored:
    id: str
    document: str
    date: datetime.date | None
    text: str


@dataclass
class MemoryBank:
    """What an index needs of a bank, in memory."""

    cache_folder: Path | None = None
    generation: int = 0
    rows: dict[int, Stored] = field(default_factory=dict)
    last: int = 0

    def add(self, document: str, texts: Iterable[str], date: datetime.date | None = None) -> None:
        self.generation += 1
        for n, text in enumerate(texts, 1):
            self.last += 1
            self.rows[self.last] = Stored(f"{document}#{n}", document, date, text)

    def remove(self, document: str) -> None:
        self.generation += 1
        self.rows = {key: row for key, row in self.rows.items() if row.document != document}

    def passages_after(self, key: int) -> Iterator[tuple[int, Stored]]:
        return ((k, row) for k, row in sorted(self.rows.items()) if k > key)

    def passages_by_key(self, keys: Sequence[int]) -> dict[int, Stored]:
        return {key: self.rows[key] for key in keys if key in self.rows}
