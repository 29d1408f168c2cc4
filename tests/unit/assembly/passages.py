"""Passages as a bank gives them."""

from __future__ import annotations

import datetime

from answers_bank.documents import Role
from answers_bank.store.stored import StoredPassage


def passage(identifier: str, document: str, day: datetime.date, text: str) -> StoredPassage:
    """A paragraph of the answer to question 1."""
    return StoredPassage(identifier, document, day, Role.ANSWER, (1,), "", text, 0, len(text), 1)
