"""What the command line and the screens share: the settings, the bank and the encoder of one run.

Both are opened at the first need, once, and safely from any thread; the encoder takes seconds to load.
"""

from __future__ import annotations

import dataclasses
import datetime
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

from drafter.settings.values import Settings, load_settings
from embeddings.errors import BankError, ModelError

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from drafter.checks.finding import Context
    from drafter.dossier.value import Dossier
    from drafter.search.searcher import Searcher
    from embeddings.encoder import Encoder
    from embeddings.inference import Inference


class Workspace:
    """The bank and the encoder of one run, opened when first asked for."""

    def __init__(self, settings: Settings, bank_folder: Path | None = None, encoder: Encoder | None = None) -> None:
        """`bank_folder` wins over the settings; `encoder` replaces the model of the settings (tests)."""
        self.settings = settings
        self.bank_folder = bank_folder or settings.bank_folder
        self._encoder = encoder
        self._inference: Inference | None = None
        self._bank: Bank | None = None
        self._searchers: dict[bool, Searcher] = {}
        self._loading = threading.Lock()
        self._opening = threading.RLock()

    @classmethod
    def from_settings(cls, bank_folder: Path | None = None) -> Self:
        """A workspace on the user's settings."""
        return cls(load_settings(), bank_folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the bank."""
        if self._bank is not None:
            self._bank.close()
            self._bank = None

    @property
    def has_bank(self) -> bool:
        """Whether there is a bank in the folder, or one is open."""
        return self._bank is not None or (self.bank_folder / "bank.sqlite").is_file()

    def bank(self, *, create: bool = False) -> Bank:
        """The bank, opened once.

        Raises:
            BankError: there is none and `create` is off, or it cannot be opened.
        """
        with self._opening:
            if self._bank is None:
                from answers_bank.store.bank import Bank

                if not create and not self.has_bank:
                    raise BankError(
                        f"In {self.bank_folder} is nog geen bank.",
                        "Vul er een met: kamerantwoord ingest MAP (of noem een andere map met --bank).",
                    )
                self._bank = Bank.open(self.bank_folder, create=create)
            return self._bank

    def inference(self) -> Inference | None:
        """The user's own model of inference; None where the settings name none.

        Raises:
            ModelError: there is no such model in the folder that they name.
        """
        folder = self.settings.signalen.tegenspraakmodel
        if folder is None:
            return None
        if self._inference is None:
            from embeddings.inference import CrossEncoderInference

            self._inference = CrossEncoderInference(folder)
        return self._inference

    @property
    def loaded_encoder(self) -> Encoder | None:
        """The embedding model if it is loaded already."""
        return self._encoder

    def encoder(self) -> Encoder:
        """The embedding model of the settings, loaded at the first call.

        Raises:
            ModelError: it cannot be found or loaded.
        """
        with self._loading:
            if self._encoder is None:
                from embeddings.models import load_encoder

                self._encoder = load_encoder(self.settings.model)
            return self._encoder

    def check_context(self, as_of: datetime.date) -> Context:
        """What the checks may know at `as_of`: the bank, the rules that are off and the user's registers.

        Raises:
            BankError: there is no bank.
            UsageError: a rule that is switched off does not exist.
        """
        from drafter.checks import check_rule_names
        from drafter.checks.finding import Context
        from drafter.checks.term_list import load_terms

        signals = self.settings.signalen
        terms = load_terms(signals.termen)
        return Context(as_of, self.bank(), check_rule_names(signals.uit), signals.registers, terms=terms)

    def draft_context(self, dossier: Dossier) -> Context:
        """What the checks of a draft may know: as `check_context`, without the answers to its own questions."""
        from drafter.assembly.assemble import own_documents

        context = self.check_context(dossier.as_of)
        return dataclasses.replace(context, exclude=own_documents(dossier.questions, self.bank()))

    def check_new(self, dossier: Dossier) -> Dossier:
        """`dossier` with what the checks say of those answers that were never checked here."""
        from drafter.dossier.findings.remarks import checked_where_new

        return checked_where_new(dossier, self.draft_context(dossier))

    def searcher(self, *, meaning: bool = True) -> Searcher:
        """A searcher on the bank; without `meaning` by words alone, and then no model is loaded."""
        from drafter.search.searcher import Searcher

        with self._opening:
            if meaning not in self._searchers:
                self._searchers[meaning] = Searcher(self.bank(), self.encoder() if meaning else None)
            return self._searchers[meaning]

    def searcher_for_drafts(self) -> Searcher:
        """A searcher by meaning and words, or by words alone where the model is not there; the user is told of it."""
        from embeddings.notices import tell

        try:
            return self.searcher()
        except ModelError as error:
            tell(f"{error.message} Het concept is op woorden alleen gemaakt. {error.hint}".rstrip())
            return self.searcher(meaning=False)
