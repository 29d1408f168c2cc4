"""The desk of the screens: all that the protocol names is there, and each call goes where it belongs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.dossier_samples import questions
from support.terminal_program import desk as make

from answers_bank.store.stored import Filters
from drafter.backend.protocol import Desk, ModelState
from drafter.backend.worker import RemoteDesk
from drafter.backend.worker_client import CannotBeginError
from embeddings.errors import InputError
from embeddings.progress import SILENT

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "bank"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteDesk]:
    bank = str(tmp_path_factory.mktemp("bank"))
    desk = RemoteDesk(make(bank), functools.partial(make, bank))
    yield desk
    desk.close()


def test_all_that_the_protocol_names_is_there(desk: RemoteDesk) -> None:
    names = {*Desk.__annotations__, *(name for name in vars(Desk) if not name.startswith("_"))}
    assert [name for name in names if not hasattr(desk, name)] == []
    assert not hasattr(desk, "bestaat_niet")


def test_a_day_goes_through_both_processes(desk: RemoteDesk) -> None:
    assert desk.bank_line().documents == 0
    assert desk.fill((SAMPLES,), SILENT).added > 10
    filled = desk.meaning.pid
    desk.load_model()
    assert desk.model is ModelState.READY
    text = "Hoeveel molens staan stil?"
    for meaning in (False, True):
        assert desk.search(text, None, meaning, Filters())
    dossier = desk.draft(questions(), SILENT)
    assert len(desk.check_dossier(dossier, SILENT).answers) == len(dossier.answers)
    with pytest.raises(InputError, match="niet meer in de bank"):
        desk.reading("weg")
    assert desk.meaning.pid == filled
    assert desk.words.pid not in (None, filled)


def test_where_no_process_can_be_made_the_work_is_done_here(desk: RemoteDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise CannotBeginError

    monkeypatch.setattr(desk.words, "call", refuse)
    assert isinstance(desk.entries(), tuple)
