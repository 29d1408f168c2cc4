"""What a sentence says, item by item."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    """What sort of thing an item is; items are compared within their kind."""

    AMOUNT = "amount"
    """A sum of money, in euros."""

    SHARE = "share"
    """A percentage or fraction."""

    NUMBER = "number"
    MEASURE = "measure"
    """A number with a unit that is neither money nor time."""

    TERM = "term"
    """A length of time."""

    FREQUENCY = "frequency"
    ORDINAL = "ordinal"
    DATE = "date"
    ARTICLE = "article"
    CITATION = "citation"
    INTERNAL = "internal"
    """What tells a document or a place in it apart ("vraag 7", a case number, the day a question was sent in); differs
    from document to document and is never compared."""


@dataclass(frozen=True, slots=True)
class Item:
    """One typed expression with a canonical value."""

    kind: ItemKind
    value: Hashable
    """Equal for two ways of writing the same."""

    start: int
    end: int
    relation: str = ""
    """How it is bound to time: "before", "after", "from", "until", "within", "at"; empty where nothing says so."""
