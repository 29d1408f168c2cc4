"""How far a bank is with what people say of documents and standard passages; see `Bank.shared_sayings`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from answers_bank.store.annotations.annotations import Annotation

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

_META = "shared_sayings"


@dataclass(frozen=True, slots=True)
class SayingsKnown:
    """Up to where both sides know of each other."""

    bank: str = ""
    """Identifier of the shared bank that this is about."""

    received: int = 0
    """Generation of the server."""

    mark: str = ""
    """What the server holds at that generation: one that was put back from a backup has something else there."""

    sent: int = 0
    """Generation of this bank."""


class SharedSayings:
    """What waits to be sent, and what comes in."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def known(self) -> SayingsKnown:
        """Up to where both sides know of each other; nothing where the bank follows another one than before."""
        following = self._bank.shared.following()
        name = following.identifier if following else ""
        stored = self._bank.meta(_META)
        known = SayingsKnown(**json.loads(stored)) if stored else SayingsKnown()
        return known if known.bank == name else SayingsKnown(bank=name)

    def know(self, known: SayingsKnown) -> None:
        """Keep it; inside a transaction or by itself."""
        with self._bank.transaction():
            self._bank.set_meta(_META, json.dumps(asdict(known)))

    def unsent(self) -> list[tuple[int, Annotation]]:
        """(generation, saying) of what the server may not have."""
        return list(self._bank.annotations.since(self.known().sent))

    def take_over(self, sayings: Sequence[Annotation], received: int, mark: str) -> int:
        """Take over what was said elsewhere, up to a generation of the server; how many of it hold here from now on."""
        with self._bank.transaction():
            nothing_waits = not self.unsent()
            count = self._bank.take_over(sayings)
            known = replace(self.known(), received=received, mark=mark)
            if nothing_waits:  # what came from the server is not sent back to it
                known = replace(known, sent=self._bank.generation)
            self.know(known)
        return count
