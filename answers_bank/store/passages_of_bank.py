"""Looking up passages: by id, by row key, by their words."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

from answers_bank.documents import Role
from answers_bank.dutch import words as word_index
from answers_bank.store.connection import FILE_NAME, damaged
from answers_bank.store.database import BankStore
from answers_bank.store.proof import crc32
from answers_bank.store.stored import StoredPassage, split_passage_id, stored_day

ANSWERING: frozenset[Role] = frozenset({Role.ANSWER, Role.SECTION})
"""Passages that can be quoted in an answer."""

_PASSAGE = """
SELECT passage.key, passage.position, passage.text, passage.start, passage."end", document.id, document.date,
       question.numbers, answer.numbers, section.heading, passage.crc
FROM passage JOIN document ON document.key = passage.document
LEFT JOIN question ON question.key = passage.question
LEFT JOIN answer ON answer.key = passage.answer
LEFT JOIN section ON section.key = passage.section
"""
_ROWS = 2000
"""Rows fetched at once."""


class PassageLookup(BankStore):
    """The part of a bank that gives passages."""

    def passage(self, identifier: str) -> StoredPassage:
        """A passage by its id.

        Raises:
            KeyError: there is none.
        """
        document, position = split_passage_id(identifier)
        sql = _PASSAGE + "WHERE document.id = ? AND passage.position = ?"
        row = self.sql(sql, (document, position)).fetchone()
        if not row:
            raise KeyError(identifier)
        return self._stored(row)

    def passages(self, document: str | None = None) -> Iterator[StoredPassage]:
        """All passages in the order they were added, or those of one document in the order of its text."""
        if document is None:
            yield from self.passages_after(0, roles=None)
        else:
            rows = self.sql(_PASSAGE + "WHERE document.id = ? ORDER BY passage.position", (document,))
            yield from map(self._stored, rows)

    def passages_after(self, key: int, roles: frozenset[Role] | None = ANSWERING) -> Iterator[StoredPassage]:
        """Passages with a row key above `key`, ascending, for caches that follow the bank.

        Args:
            key: the last one seen; 0 gives all.
            roles: which passages; None gives questions too.
        """
        chosen = [f"passage.{role.value} IS NOT NULL" for role in Role if roles is None or role in roles]
        sql = f"{_PASSAGE} WHERE passage.key > ? AND ({' OR '.join(chosen)}) ORDER BY passage.key LIMIT {_ROWS}"
        while rows := self.sql(sql, (key,)).fetchall():  # in steps: no long transaction that holds back a writer
            yield from map(self._stored, rows)
            key = rows[-1][0]

    def passages_by_key(self, keys: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages that (still) exist among `keys`."""
        return {row[0]: self._stored(row) for row in self.among(f"{_PASSAGE} WHERE passage.key", keys)}

    def texts(self, keys: Sequence[int]) -> dict[int, str]:
        """The reading views of the passages that (still) exist among `keys`, and nothing else of them."""
        return dict(self.among("SELECT key, text FROM passage WHERE key", keys))

    def dates(self, keys: Sequence[int]) -> dict[int, tuple[str, datetime.date | None]]:
        """Id and date of the document of each passage that (still) exists among `keys`."""
        rows = self.among(
            "SELECT passage.key, document.id, document.date FROM passage "
            "JOIN document ON document.key = passage.document WHERE passage.key",
            keys,
        )
        return {key: (document, stored_day(date)) for key, document, date in rows}

    def sample(self, count: int) -> list[StoredPassage]:
        """About `count` passages of answers and sections at most, spread evenly over the bank."""
        last = int(self.sql("SELECT coalesce(max(key), 0) FROM passage").fetchone()[0])
        step = max(1, -(-last // max(count, 1)))
        chosen = self.passages_by_key(range(1, last + 1, step))
        return [chosen[key] for key in sorted(chosen) if chosen[key].role in ANSWERING]

    def find_words(
        self, text: str, k: int = 100, *, match: Literal["any", "all", "phrase"] = "any"
    ) -> list[tuple[int, float]]:
        """Row keys of passages with the words of `text` (as Dutch stems), best first by BM25, with their score.

        Args:
            text: plain words, no query language.
            k: how many at most.
            match: any of the words, all of them, or all in this order side by side.
        """
        stems = word_index.terms(text)
        if not stems:
            return []
        query = {"any": word_index.any_query, "all": word_index.all_query, "phrase": word_index.phrase_query}[match]
        rows = self.sql(
            "SELECT rowid, -bm25(words) FROM words WHERE words MATCH ? ORDER BY bm25(words), rowid DESC LIMIT ?",
            (query(stems), k),
        )
        return [(int(row[0]), float(row[1])) for row in rows]

    def removed_since(self, generation: int) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
        """Ranges (first, last) of the keys of passages and of pieces taken out after `generation`, oldest first."""
        rows = self.sql(
            "SELECT first_passage, last_passage, first_piece, last_piece FROM removal WHERE generation > ? "
            "ORDER BY generation",
            (generation,),
        )
        return [
            ((row[0], row[1]) if row[0] is not None else None, (row[2], row[3]) if row[2] is not None else None)
            for row in rows
        ]

    def _stored(self, row: tuple[Any, ...]) -> StoredPassage:
        key, position, text, start, end, document, date, asked, answered, heading, crc = row
        if crc is not None and crc32(position, text, start, end, asked, answered, heading) != crc:
            raise damaged(self.folder / FILE_NAME, f"alinea {document}#{position}")
        role = Role.QUESTION if asked is not None else Role.ANSWER if answered is not None else Role.SECTION
        # By position, and small values from a cache: a search makes hundreds of these.
        return StoredPassage(
            f"{document}#{position}",
            document,
            stored_day(date),
            role,
            _numbers(asked or answered),
            heading or "",
            text,
            start,
            end,
            position,
            key,
        )


@lru_cache(maxsize=1 << 12)
def _numbers(numbers: str | None) -> tuple[int, ...]:
    return tuple(json.loads(numbers)) if numbers else ()
