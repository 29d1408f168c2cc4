"""Keeping what people say of documents and standard passages, each the latest that was said; see `Bank.annotations`."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from answers_bank.store.database import BankStore


class About(StrEnum):
    """What is spoken of."""

    DOCUMENT = "document"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing that a person said."""

    about: About
    subject: str
    """Id of the document, or key of the standard passage."""

    field: str
    value: str | None
    """None: what was said before is taken back."""

    by: str
    """Who said it; empty where that is not known."""

    at: datetime.datetime
    """With its time zone."""

    @property
    def moment(self) -> str:
        """`at` as it is kept and compared: UTC, to the microsecond."""
        return self.at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_SELECT = "SELECT about, subject, field, value, said_by, said_at, generation FROM annotation"


class Annotations:
    """The part of a bank that holds what people said."""

    def __init__(self, bank: BankStore) -> None:
        self._bank = bank

    def of(self, about: About, subject: str) -> tuple[Annotation, ...]:
        """What holds of one document or passage, by field; what was taken back is left out."""
        sql = f"{_SELECT} WHERE about = ? AND subject = ? AND value IS NOT NULL ORDER BY field"
        return tuple(map(_annotation, self._bank.sql(sql, (about.value, subject))))

    def all_about(self, about: About) -> tuple[Annotation, ...]:
        """What holds of all documents or all passages, by subject and field."""
        sql = f"{_SELECT} WHERE about = ? AND value IS NOT NULL ORDER BY subject, field"
        return tuple(map(_annotation, self._bank.sql(sql, (about.value,))))

    def fields_of_documents(self, identifiers: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
        """The fields that hold of each of these documents, or of all; a document without any is left out."""
        sql = "SELECT subject, field FROM annotation WHERE about = 'document' AND value IS NOT NULL"
        one = f"{sql} AND subject"
        rows = self._bank.sql(sql).fetchall() if identifiers is None else self._bank.among(one, identifiers)
        found: dict[str, list[str]] = defaultdict(list)
        for subject, name in rows:
            found[subject].append(name)
        return {subject: tuple(sorted(names)) for subject, names in found.items()}

    def since(self, generation: int) -> Iterator[tuple[int, Annotation]]:
        """(generation of this bank, annotation) of what came in after `generation`, ascending; also taking back.

        This is how a shared bank follows: it sends what came in since the last time, and gives `take_over` the rest.
        """
        sql = f"{_SELECT} WHERE generation > ? ORDER BY generation, about, subject, field"
        for row in self._bank.sql(sql, (generation,)).fetchall():
            yield int(row[-1]), _annotation(row)

    def kept(self, about: About, subject: str, name: str) -> Annotation | None:
        """The latest that was said of one field, also where that was to take it back."""
        sql = f"{_SELECT} WHERE about = ? AND subject = ? AND field = ?"
        row = self._bank.sql(sql, (about.value, subject, name)).fetchone()
        return _annotation(row) if row else None

    def is_newer(self, annotation: Annotation) -> bool:
        """Whether it holds over what is kept: it was said later.

        Of two that were said at one moment all banks choose the same one, in whatever order they get to know of them.
        """
        kept = self.kept(annotation.about, annotation.subject, annotation.field)
        return kept is None or _rank(annotation) > _rank(kept)

    def after_what_is_kept(self, annotation: Annotation) -> Annotation:
        """`annotation`, dated after what is kept: who says it has seen that, whatever the clock says."""
        kept = self.kept(annotation.about, annotation.subject, annotation.field)
        if kept is None or annotation.moment > kept.moment:
            return annotation
        return replace(annotation, at=kept.at + datetime.timedelta(microseconds=1))

    def write(self, annotation: Annotation, generation: int) -> None:
        """Keep it in the place of what was said before; inside a transaction."""
        self._bank.connection.execute(
            "INSERT OR REPLACE INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                annotation.about.value,
                annotation.subject,
                annotation.field,
                annotation.value,
                annotation.by,
                annotation.moment,
                generation,
            ),
        )


def _rank(annotation: Annotation) -> tuple[str, str, str]:
    return annotation.moment, annotation.by, annotation.value or ""


def _annotation(row: Sequence[Any]) -> Annotation:
    about, subject, name, value, by, at, _ = row
    return Annotation(About(about), subject, name, value, by, datetime.datetime.fromisoformat(at))
