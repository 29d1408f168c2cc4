"""The backend of the screens: each call goes to the process that it declares, with what the user chose."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.dossier_samples import questions
from support.terminal_program import backend as make
from support.work_place import choices

from drafter.backend.bank import bank_line, entries, fill, reading, search_meaning, search_words
from drafter.backend.dossiers import draft
from drafter.backend.local import ModelState
from drafter.backend.workbench import check_dossier
from drafter.backend.worker import WorkerBackend
from drafter.backend.worker_client import CannotBeginError
from embeddings.errors import InputError
from embeddings.progress import SILENT

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "bank"


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerBackend]:
    backend = make(str(tmp_path_factory.mktemp("bank")))
    yield backend
    backend.close()


def test_a_day_goes_through_both_processes(backend: WorkerBackend) -> None:
    assert backend.ask(bank_line).documents == 0
    assert backend.work(fill, SILENT, (SAMPLES,)).added > 10
    filled = backend.meaning.pid
    backend.load_model()
    assert backend.model is ModelState.READY
    for search in (search_words, search_meaning):
        assert backend.ask(search, "Hoeveel molens staan stil?")
    dossier = backend.work(draft, SILENT, questions())
    assert len(backend.work(check_dossier, SILENT, dossier).answers) == len(dossier.answers)
    with pytest.raises(InputError, match="niet meer in de bank"):
        backend.ask(reading, "weg")
    assert backend.meaning.pid == filled
    assert backend.words.pid not in (None, filled)


def test_what_the_user_chose_goes_along(backend: WorkerBackend) -> None:
    backend.as_of = datetime.date(2026, 6, 1)
    backend.settings = dataclasses.replace(backend.settings, naam="De Vries")
    assert backend.ask(choices) == (datetime.date(2026, 6, 1), "De Vries")


def test_where_no_process_can_be_made_the_work_is_done_here(
    backend: WorkerBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotBeginError

    monkeypatch.setattr(backend.words, "ask", refuse)
    assert isinstance(backend.ask(entries), tuple)
