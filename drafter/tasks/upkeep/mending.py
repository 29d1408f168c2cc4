"""A damaged bank made again from the documents in it that are still as they were taken up."""

from __future__ import annotations

import datetime
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers_bank.store.bank import Bank
from answers_bank.store.connection import DamagedBankError
from answers_bank.store.salvage import Salvaged, salvage
from answers_bank.store.snapshot import FILE_NAME, snapshot
from drafter.tasks.upkeep.backup import set_aside
from embeddings.errors import BankError, UsageError, why
from embeddings.files import sync_folder
from embeddings.progress import SILENT, Progress

_MADE_AGAIN = "vectoren zijn niet meer zoals zij zijn gemaakt"
"""A fault that rebuilding mends by itself."""


@dataclass(frozen=True, slots=True)
class MendedBank:
    """What mending a bank came to."""

    saved: Salvaged
    aside: Path
    """Where the damaged bank is kept."""

    @property
    def json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "documents": self.saved.documents,
            "corrections": self.saved.annotations,
            "lost": [{"id": lost.id, "files": list(lost.files)} for lost in self.saved.lost],
            "aside": str(self.aside),
            "followed": self.saved.followed,
        }

    @property
    def lines(self) -> Iterator[str]:
        """The same for people."""
        saved = self.saved
        saved_documents = "1 stuk" if saved.documents == 1 else f"{saved.documents} stukken"
        yield f"De bank was beschadigd. Gered: {saved_documents}, verbeteringen: {saved.annotations}."
        yield f"De beschadigde bank staat in {self.aside}."
        if saved.lost:
            many = "1 stuk. Neem het" if len(saved.lost) == 1 else f"{len(saved.lost)} stukken. Neem ze"
            yield f"Niet te redden: {many} opnieuw op, of zet een reservekopie terug:"
        for lost in saved.lost:
            again = " of ".join(f"kamerantwoord ingest {shlex.quote(path)}" for path in lost.files)
            yield f"  {lost.id}: {again or 'het register of de ophaling waar het uit kwam (ingest, bank reread)'}"
        if saved.followed:
            yield "De bank volgde een gedeelde bank. Sluit haar weer aan: kamerantwoord share join ADRES."


def mend_if_damaged(bank_folder: Path, moment: datetime.datetime, progress: Progress = SILENT) -> MendedBank | None:
    """`mend` a bank that reads wrongly; None where nothing is wrong that is not made from the documents anyway.

    Raises:
        BankError: there is none, it cannot be opened for another reason, or nothing in it can be saved.
        UsageError: the folder cannot be written.
    """
    try:
        with Bank.open(bank_folder) as bank:
            progress.start("Bank nalezen", None)
            if not [fault for fault in bank.damage() if not fault.endswith(_MADE_AGAIN)]:
                return None
    except DamagedBankError:
        pass
    return mend(bank_folder, moment, progress)


def mend(bank_folder: Path, moment: datetime.datetime, progress: Progress = SILENT) -> MendedBank:
    """Put in the place of a damaged bank a new one, of the documents in it that are still right.

    The damaged one is kept in a folder of its own. Words and passages are there when this returns; vectors and indexes
    are not.

    Args:
        bank_folder: with the bank.
        moment: names the folder for the damaged one.
        progress: told what is done.

    Raises:
        BankError: nothing in it can be saved; it stands where it stood.
        UsageError: the folder cannot be written.
    """
    progress.start("Bank herstellen uit de stukken", None)
    try:
        with tempfile.TemporaryDirectory(prefix=".herstel-", dir=bank_folder) as scratch:
            place = Path(scratch)
            with Bank.open(place / "bank", create=True) as bank:
                saved = salvage(bank_folder / FILE_NAME, bank)
            if not saved.documents:
                raise BankError(
                    f"In de bank in {bank_folder} is geen enkel stuk meer heel. Er is niets veranderd.",
                    "Zet een reservekopie terug (bank restore), of vul een nieuwe bank: kamerantwoord ingest.",
                )
            snapshot(place / "bank" / FILE_NAME, place / FILE_NAME)  # one file, with nothing beside it
            kept = set_aside(bank_folder, [FILE_NAME], moment)
            (place / FILE_NAME).replace(bank_folder / FILE_NAME)
            sync_folder(bank_folder)
    except OSError as error:
        raise UsageError(
            f"De bank kan niet in {bank_folder} worden hersteld: {why(error)}.",
            "Er is ruimte nodig voor nog een bank. De beschadigde bank staat er nog, of in een map ‘vervangen’.",
        ) from error
    shutil.rmtree(bank_folder / "cache", ignore_errors=True)
    return MendedBank(saved, kept)
