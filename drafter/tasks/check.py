"""The use case behind `check`: a file to findings."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.checks import check_document, check_rule_names
from drafter.checks.finding import Context, Finding

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from drafter.settings.values import Settings
    from embeddings.encoder import Encoder
    from embeddings.inference import Inference


def check_file(
    path: Path,
    as_of: datetime.date,
    *,
    date: datetime.date | None = None,
    bank: Bank | None = None,
    only: Iterable[str] | None = None,
    settings: Settings | None = None,
    off: Iterable[str] = (),
    encoder: Encoder | None = None,
    inference: Inference | None = None,
) -> tuple[tuple[Finding, ...], str]:
    """Findings on a file, and its extracted text.

    Args:
        path: the file.
        as_of: the reference date.
        date: the document's date; wins over what the text says.
        bank: earlier answers, for what can only be known from other documents.
        only: names of checks; None is all.
        settings: the user's settings, for the rules that are switched off there.
        off: more rules to switch off.
        encoder: model by whose meaning contradictions are looked for as well; needs a bank.
        inference: the user's own model that weighs contradictions.

    Raises:
        InputError: the file cannot be read.
        UsageError: a rule that is to be switched off does not exist.
    """
    from answers_bank.apart.readers import read_file

    document = read_file(path)
    if date is not None:
        document = dataclasses.replace(document, received=date)
    silent = check_rule_names((*(settings.signalen.uit if settings else ()), *off))
    registers = settings.signalen.registers if settings else None
    context = Context(as_of, bank, silent, registers, encoder=encoder, inference=inference)
    return check_document(document, context, only), document.text
