"""What no longer holds in the bank at large."""

from __future__ import annotations

import datetime
from pathlib import Path

from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from drafter.bank_views.stale_bank import stale_in_bank
from drafter.checks.finding import Context
from embeddings.progress import SILENT

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "bank"
AS_OF = datetime.date(2026, 5, 20)


class Stopping:
    """Asks to stop after some documents."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.label = ""

    def start(self, label: str, total: int | None) -> None:
        self.label = label

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        if self.label == "Bank nalopen":
            self.left -= steps

    def cancelled(self) -> bool:
        return self.left <= 0


def filled(folder: Path) -> Bank:
    bank = Bank.open(folder, create=True)
    for path in sorted(SAMPLES.iterdir()):
        bank.add(read_file(path))
    return bank


def test_standard_passages_come_first_and_every_document_is_looked_through(tmp_path: Path) -> None:
    with filled(tmp_path) as bank:
        found = stale_in_bank(bank, Context(AS_OF, bank), SILENT)
        assert found.looked_through == found.documents == len(bank.documents())
        times = [place.times for place in found.places]
        assert found.standard > 0
        assert all(times[: found.standard])
        assert not any(times[found.standard :])
        assert all(place.stale_from is None or place.stale_from <= AS_OF for place in found.places if not place.times)
        for place in found.places:
            if place.passage:
                assert place.passage in {passage.id for passage in bank.passages(place.document)}


def test_what_was_found_is_given_when_the_user_stops(tmp_path: Path) -> None:
    with filled(tmp_path) as bank:
        found = stale_in_bank(bank, Context(AS_OF, bank), Stopping(3))
        assert found.looked_through == 3
        assert found.documents == len(bank.documents())
