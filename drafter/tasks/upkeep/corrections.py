"""Correcting what the bank knows of a document, and taking that back."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from answers_bank.documents import Detail
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.annotations.corrections import checked_value, read_value
from embeddings.errors import UsageError

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank


def correct(
    bank: Bank,
    identifier: str,
    values: Mapping[Detail, str],
    back: Collection[Detail],
    by: str,
    now: datetime.datetime,
) -> None:
    """Correct details of a document, all or none.

    Args:
        bank: holds the document.
        identifier: of the document.
        values: what they shall be, see `checked_value`; one that is what was read takes a correction back.
        back: what is as it was read again.
        by: who says so; may be empty.
        now: with its time zone.

    Raises:
        UsageError: there is no such document, or a value is none.
    """
    if identifier not in bank:
        raise UsageError(f"Niet in de bank: {identifier}.", "Bekijk de namen met: kamerantwoord bank list.")
    as_read = bank.as_read(identifier)
    wanted: dict[Detail, str | None] = dict.fromkeys(back)
    for detail, typed in values.items():
        value = checked_value(detail, typed)
        wanted[detail] = None if value == read_value(as_read, detail) else value
    held = {one.field: one.value for one in bank.annotations.of(About.DOCUMENT, identifier)}
    changed = {detail: value for detail, value in wanted.items() if held.get(detail.value) != value}
    bank.annotate(
        Annotation(About.DOCUMENT, identifier, detail.value, value, by, now) for detail, value in changed.items()
    )
