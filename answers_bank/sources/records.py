"""What the official sources have in common: the forms of a text, and the numbers of the Chamber."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from answers_bank.dutch.citations.identifiers import answer_identifier
from answers_bank.store.fetching.fetched import Body, Record
from embeddings.notices import tell

FORMAT_ORDER = ("xml", "html", "docx", "odt", "pdf", "doc")
"""Forms of a document's text, the best to read first."""

_AANHANGSEL = re.compile(r"^(\d{2})(\d{2})0*(\d+)$")


def official_aanhangsel(number: str | None) -> str | None:
    """The identifier of an Aanhangsel number as the Chamber writes it: "242502376" is "ah-tk-20242025-2376"."""
    match = _AANHANGSEL.match(number or "")
    return answer_identifier(f"20{match[1]}-20{match[2]}", match[3]) if match else None


def entry_or_none(read: Callable[[Any], Record | None], entry: Any, source: str) -> Record | None:
    """The record in an entry of a list; None where it is in a form that `read` does not foresee, which is told."""
    try:
        return read(entry)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        tell(f"Een regel in de lijst van {source} is niet te begrijpen en is overgeslagen ({type(error).__name__}).")
        return None


def in_order(bodies: list[Body]) -> tuple[Body, ...]:
    """`bodies` of known formats, the best to read first."""
    known = [body for body in bodies if body.format in FORMAT_ORDER]
    return tuple(sorted(known, key=lambda body: FORMAT_ORDER.index(body.format)))
