"""What a bank knows of the dossiers that are shared with others; see `Bank.shared_dossiers`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answers_bank.store.database import BankStore


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A dossier here and its log on the server."""

    id: str
    """On the server."""

    local: str
    """Its name here."""

    step: int
    """Of the log, that both sides had last."""

    changed: str
    """When the dossier here was changed last, at that moment."""


@dataclass(frozen=True, slots=True)
class StoredConflict:
    """Answers that two changed at the same time, as JSON."""

    local: str
    numbers: str
    mine: str
    theirs: str


class SharedDossierState:
    """The part of a bank that has to do with shared dossiers."""

    def __init__(self, bank: BankStore) -> None:
        self._bank = bank

    def links(self) -> list[SharedLink]:
        """All shared dossiers that are here."""
        rows = self._bank.sql("SELECT id, local, step, changed FROM shared_dossier ORDER BY id")
        return [SharedLink(*row) for row in rows]

    def link_of(self, local: str) -> SharedLink | None:
        """The log of a dossier here; None where it is not shared."""
        return next((link for link in self.links() if link.local == local), None)

    def link(self, link: SharedLink) -> None:
        """Both sides have this state of a dossier."""
        with self._bank.transaction() as connection:
            values = (link.id, link.local, link.step, link.changed)
            connection.execute("INSERT OR REPLACE INTO shared_dossier VALUES (?, ?, ?, ?)", values)

    def unlink(self, local: str) -> None:
        """A dossier is not followed here any more."""
        with self._bank.transaction() as connection:
            connection.execute("DELETE FROM shared_dossier WHERE local = ?", (local,))

    def clear(self) -> None:
        """No dossier is shared any more; what waits for a choice stays."""
        with self._bank.transaction() as connection:
            connection.execute("DELETE FROM shared_dossier")

    def conflicts(self, local: str | None = None) -> list[StoredConflict]:
        """What waits for a choice, in one dossier or in all."""
        rows = self._bank.sql(
            "SELECT local, numbers, mine, theirs FROM shared_conflict WHERE ?1 IS NULL OR local = ?1 ORDER BY 1, 2, 3",
            (local,),
        )
        return [StoredConflict(*row) for row in rows]

    def keep(self, conflicts: list[StoredConflict]) -> None:
        """Keep what waits for a choice."""
        with self._bank.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO shared_conflict VALUES (?, ?, ?, ?)",
                [(c.local, c.numbers, c.mine, c.theirs) for c in conflicts],
            )

    def chosen(self, conflict: StoredConflict) -> None:
        """The user has chosen."""
        with self._bank.transaction() as connection:
            connection.execute(
                "DELETE FROM shared_conflict WHERE local = ? AND numbers = ? AND mine = ?",
                (conflict.local, conflict.numbers, conflict.mine),
            )
