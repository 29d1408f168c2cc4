"""What a call of the screens works with: the bank, the model, and what the user chose, at the moment of the call.

A call is a function whose first argument is a `Workplace`: ``entries(at, words, filters)``. The modules beside this one
hold the calls, a module a screen. `Backend.ask` carries out a short one, `Backend.work` one that takes long and is told
how far it is by a `Progress`, its second argument. Which process does the work is said where the call is defined: those
under `with_model` need the model.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from answers_bank.documents import Document
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace
from embeddings.errors import InputError

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from drafter.checks.finding import Context

F = TypeVar("F", bound=Callable[..., Any])

WITH_MODEL: set[Callable[..., Any]] = set()
"""The calls that need the model."""


def with_model(call: F) -> F:
    """Declare that `call` needs the model, and so goes to the process that has it."""
    WITH_MODEL.add(call)
    return call


@dataclass(frozen=True, slots=True)
class Workplace:
    """The bank and the model, and what the user chose."""

    workspace: Workspace
    store: DossierStore
    as_of: datetime.date
    """Reference date (peildatum)."""

    settings: Settings

    @property
    def has_bank(self) -> bool:
        """Whether there is a bank at all."""
        return self.workspace.has_bank

    @property
    def bank(self) -> Bank:
        """The bank.

        Raises:
            BankError: there is none, or it cannot be opened.
        """
        return self.workspace.bank()

    def document(self, identifier: str) -> Document:
        """A document of the bank.

        Raises:
            InputError: it is not there any more.
        """
        try:
            return self.bank.document(identifier)
        except KeyError:
            raise InputError(f"Het stuk {identifier} staat niet meer in de bank.", "Zoek opnieuw.") from None

    def context(self, dossier: Dossier | None = None) -> Context:
        """What the checks may know; answers to the questions of `dossier` itself are left out."""
        from drafter.assembly.assemble import own_documents
        from drafter.checks.finding import Context
        from drafter.checks.term_list import load_terms

        bank = self.bank if self.has_bank else None
        own = own_documents(dossier.questions, bank) if bank and dossier else frozenset()
        signals = self.settings.signalen
        terms = load_terms(signals.termen)
        return Context(self.as_of, bank, frozenset(signals.uit), signals.registers, own, terms=terms)
