"""Standard passages as the screens show them."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from drafter.desk import Standard

if TYPE_CHECKING:
    from answers_bank.bank import Bank


def standards(bank: Bank) -> tuple[Standard, ...]:
    """The standard passages of the bank, most used first."""
    if importlib.util.find_spec("answers_bank.standard_passages") is None:
        return ()
    raise NotImplementedError
