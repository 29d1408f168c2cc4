"""What every check is given: a text, what may be known besides, and the bank."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.checks.finding import Context
from drafter.checks.text import CheckedText

if TYPE_CHECKING:
    from drafter.checks.bank_lookup import BankLookup
    from drafter.checks.registers import Registers


@dataclass(frozen=True, eq=False)
class Case:
    """One text to be checked; what is read or looked up for it is there once for all checks."""

    text: CheckedText
    context: Context

    @property
    def date(self) -> datetime.date | None:
        """Of the text."""
        return self.text.date

    @property
    def as_of(self) -> datetime.date:
        """The reference date."""
        return self.context.as_of

    @property
    def document(self) -> Document | None:
        """The document that the text is; None for a block of a draft."""
        return self.text.document

    @property
    def is_fresh(self) -> bool:
        """Whether the text is so young at the reference date that it speaks of its own present."""
        return self.date is not None and (self.as_of - self.date).days <= FRESH_DAYS

    @cached_property
    def bank(self) -> BankLookup | None:
        """The bank, asked for this text; None where there is none."""
        from drafter.checks.bank_lookup import BankLookup

        held = self.context.bank
        return None if held is None else BankLookup(held, self.text, self.as_of, self.context.exclude)

    @cached_property
    def registers(self) -> Registers:
        """Our registers with the user's own."""
        from drafter.checks.register_files import load_registers

        return load_registers(self.context.registers)


FRESH_DAYS = 14
"""A text no older than this at the reference date speaks of its own present."""
