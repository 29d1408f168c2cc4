"""What a comparison says: the typed difference between two texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ConflictType(StrEnum):
    """What sort of difference it is; never decided by the program, only proposed."""

    CONTRADICTION = "contradiction"
    UPDATE = "update"
    """The newer text is further on: a bill that has been adopted, a study that is finished."""

    PRECISION = "precision"
    """One text says more than the other: a condition, an exact date."""

    NAME_VARIANT = "name_variant"


@dataclass(frozen=True, slots=True)
class Side:
    """The words in one of the two texts."""

    quote: str
    start: int
    end: int
    """Code points; start == end where the text lacks what the other says."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One difference of meaning between a newer and an older text."""

    kind: str
    """ "number", "date", "term", "legal_basis", "citation", "responsible_ministry", "named_authority", "listed",
    "negation",
    "modality", "status", "dropped_condition", "scope", "direction", "swapped_actors" or "name_variant"."""

    type: ConflictType
    new: Side
    old: Side
    message: str
    """In Dutch, to be checked by a reader."""
