"""Who looks after a standard passage, a note on it, and the day before which to look at it (nakijken vóór)."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from answers_bank.store.annotations.annotations import About, Annotation

if TYPE_CHECKING:
    from answers_bank.store.annotations.annotations import Annotations


class CareField(StrEnum):
    """What can be said of a standard passage."""

    OWNER = "owner"
    NOTE = "note"
    REVIEW_BY = "review_by"
    WORDING = "wording"
    """Its text when something was first said of it."""


@dataclass(frozen=True, slots=True)
class PassageCare:
    """What is said of one standard passage."""

    key: str
    """Of the wording that it was said of, see `wording_key`."""

    wording: str
    owner: str = ""
    note: str = ""
    review_by: datetime.date | None = None
    """Before this day somebody should look whether it still holds."""

    def is_due(self, as_of: datetime.date) -> bool:
        """Whether that day has come."""
        return self.review_by is not None and self.review_by <= as_of


def wording_key(text: str) -> str:
    """What makes two texts one wording: their words, whatever the marks and capitals between them."""
    folded = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def care_annotations(
    wording: str, values: Mapping[CareField, str | None], by: str, at: datetime.datetime
) -> tuple[Annotation, ...]:
    """What is to be kept where somebody says something of the passage with this wording; None takes it back."""
    key = wording_key(wording)
    given = {CareField.WORDING: wording, **values}
    return tuple(Annotation(About.PASSAGE, key, name.value, value, by, at) for name, value in given.items())


def passage_cares(annotations: Annotations) -> dict[str, PassageCare]:
    """All that is said of standard passages, by the key of the wording that it was said of."""
    said: dict[str, dict[str, Annotation]] = defaultdict(dict)
    for one in annotations.all_about(About.PASSAGE):
        said[one.subject][one.field] = one
    found = {}
    for key, fields in said.items():
        values = {name: one.value or "" for name, one in fields.items()}
        care = PassageCare(
            key,
            values.get(CareField.WORDING, ""),
            values.get(CareField.OWNER, ""),
            values.get(CareField.NOTE, ""),
            _day(values.get(CareField.REVIEW_BY, "")),
        )
        if care.owner or care.note or care.review_by:
            found[key] = care
    return found


def care_of(wordings: Iterable[str], cares: Mapping[str, PassageCare]) -> PassageCare | None:
    """What is said of a standard passage, given the texts of all its wordings; None where nothing is."""
    return next((cares[key] for key in map(wording_key, wordings) if key in cares), None)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:  # written by a newer version of the program
        return None
