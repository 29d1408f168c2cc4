"""Fetching from both services as they are played on this machine, until the bank holds the truth."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.encoder import TinyEncoder
from support.services import Services, Truth, invent

from answers_bank.sources.fetching import FetchReport, reread
from answers_bank.sources.http import ClientSettings, PoliteClient, SourceError
from answers_bank.store.bank import Bank
from answers_bank.store.fetching.ledger import Ledger
from drafter.settings.values import FetchSettings, Settings
from drafter.tasks.fetching import Request, collect
from drafter.tasks.open_questions import open_sets
from drafter.tasks.workspace import Workspace

TODAY = datetime.date(2026, 3, 1)
ALL = Request(since=datetime.date(2024, 1, 1))
ON = Request()


class Play:
    """A truth, the services that tell it, and a bank to fill."""

    def __init__(self, truth: Truth, services: Services, folder: Path) -> None:
        self.truth, self.services = truth, services
        urls = FetchSettings(services.search, services.publications, services.chamber)
        self.workspace = Workspace(Settings(ophalen=urls), folder, TinyEncoder())

    def fetch(self, request: Request = ALL, today: datetime.date = TODAY) -> dict[str, FetchReport]:
        ticks = itertools.count()
        client = PoliteClient(
            ClientSettings(timeout=self.truth.slow_seconds / 2), clock=lambda: float(next(ticks)), sleep=lambda _: None
        )
        return collect(self.workspace, request, today=today, client=client)

    def held(self) -> dict[str, str]:
        return {summary.id: summary.kind.value for summary in self.workspace.bank().documents()}


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    truth = invent(60)
    with Services(truth) as services:
        made = Play(truth, services, tmp_path / "bank")
        yield made
        made.workspace.close()


def test_the_bank_equals_the_truth(play: Play) -> None:
    reports = play.fetch()
    assert play.held() == play.truth.expected()
    assert not any(report.failed for report in reports.values())


def test_a_document_in_both_sources_is_one_with_the_data_of_both(play: Play) -> None:
    play.fetch()
    piece = next(p for p in play.truth.pieces if p.kind == "answer" and p.official and p.document_number)
    document = play.workspace.bank().document(str(piece.official))
    assert document.document_number == piece.document_number
    assert document.case_number == piece.case
    assert document.received == piece.date
    assert document.properties["bronnen"] == "officielebekendmakingen, tweedekamer"
    assert document.answers[0].paragraphs[0].text.startswith("Ja, bericht 1 over")
    assert document.url == f"https://zoek.officielebekendmakingen.nl/{piece.official}.html"


def test_the_order_of_the_sources_does_not_matter(play: Play, tmp_path: Path) -> None:
    other = Play(play.truth, play.services, tmp_path / "other")
    play.fetch()
    other.fetch(dataclasses.replace(ALL, sources=("tweedekamer", "officielebekendmakingen")))
    one, two = play.workspace.bank(), other.workspace.bank()
    assert [one.document(s.id) for s in one.documents()] == [two.document(s.id) for s in two.documents()]
    other.workspace.close()


def test_again_brings_nothing_and_asks_for_no_texts(play: Play) -> None:
    play.fetch()
    before = play.truth.requests
    reports = play.fetch(ON)
    assert all(r.added == r.updated == r.removed == 0 for r in reports.values())
    assert play.truth.requests - before < 12  # the lists alone


def test_changes_deletions_and_new_documents_follow(play: Play) -> None:
    play.fetch()
    pieces = [p for p in play.truth.pieces if p.document_number]
    gone = next(p for p in pieces if not p.official)
    gone.deleted, gone.modified = True, "2026-03-02T09:00:00+01:00"
    extra = invent(64).pieces[60:]
    for piece in extra:
        piece.modified = "2026-03-02T09:00:00+01:00"
    play.truth.pieces += extra
    play.fetch(ON, TODAY + datetime.timedelta(days=2))
    assert play.held() == play.truth.expected()


def test_a_final_number_takes_the_place_of_a_provisional_one(play: Play) -> None:
    piece = next(p for p in play.truth.pieces if p.kind == "answer" and p.official and not p.document_number)
    final = piece.official
    piece.official = piece.provisional = "ah-987654"
    play.fetch()
    assert "ah-987654" in play.held()
    piece.official, piece.modified = final, "2026-03-02T09:00:00+01:00"
    play.fetch(ON, TODAY + datetime.timedelta(days=2))
    held = play.held()
    assert final in held
    assert "ah-987654" not in held
    assert held == play.truth.expected()


def test_with_a_third_of_all_requests_failing_nothing_is_lost(play: Play) -> None:
    play.truth.faults = 0.3
    play.truth.slow_seconds = 0.2
    for _ in range(6):
        try:
            reports = play.fetch()
        except SourceError:
            continue
        if not any(report.failed for report in reports.values()):
            break
    assert play.held() == play.truth.expected()


def test_stopping_keeps_what_came_and_goes_on_later(play: Play) -> None:
    reports = play.fetch(dataclasses.replace(ALL, limit=5))
    assert sum(r.added for r in reports.values()) == 10
    play.fetch()
    assert play.held() == play.truth.expected()


def test_a_dry_run_changes_nothing(play: Play) -> None:
    reports = play.fetch(dataclasses.replace(ALL, dry_run=True))
    assert len(reports["tweedekamer"].planned) == sum(1 for p in play.truth.pieces if p.document_number)
    assert play.held() == {}


def test_reading_again_needs_no_network(play: Play) -> None:
    play.fetch()
    before = play.truth.requests
    bank = play.workspace.bank()
    victim = bank.documents()[0].id
    bank.remove(victim)
    with Ledger(play.workspace.bank_folder) as ledger:
        report = reread(bank, ledger)
    assert play.truth.requests == before
    assert (report.added, report.updated) == (1, 0)
    assert play.held() == play.truth.expected()


def test_kinds_and_portfolio_narrow_what_comes(play: Play) -> None:
    from answers_bank.documents import Kind

    play.fetch(dataclasses.replace(ALL, kinds=(Kind.LETTER,)))
    assert set(play.held().values()) == {"letter"}
    play.fetch(dataclasses.replace(ALL, kinds=(Kind.ANSWER,), portfolio="Zon en Zee"))
    assert set(play.held().values()) == {"letter"}
    # What was left out for one ministry comes when another asks for it, without a second download.
    play.fetch(dataclasses.replace(ALL, kinds=(Kind.ANSWER,), portfolio="wind en water"))
    answers = {p.name for p in play.truth.pieces if p.kind == "answer"}
    assert {name for name, kind in play.held().items() if kind == "answer"} == answers


def test_open_sets_are_those_without_an_answer(play: Play) -> None:
    play.fetch()
    answered = {p.case for p in play.truth.pieces if p.kind == "answer"}
    waiting = {p.case for p in play.truth.pieces if p.kind == "questions"} - answered
    found = open_sets(play.workspace.bank(), TODAY)
    assert {item.case_number for item in found} == waiting
    assert [item.due for item in found] == sorted(item.due for item in found if item.due)
    deferred = {p.case for p in play.truth.pieces if p.kind == "deferral"}
    for item in found:
        assert item.submitted is not None
        assert item.due == item.submitted + datetime.timedelta(weeks=6 if item.case_number in deferred else 3)
        assert item.overdue
    assert open_sets(play.workspace.bank(), TODAY, "Zon en Zee") == ()


def test_a_query_that_is_not_understood_is_told(play: Play) -> None:
    play.workspace.settings = dataclasses.replace(
        play.workspace.settings,
        ophalen=FetchSettings(play.services.search + "/../weg", tweedekamer="http://127.0.0.1:9"),
    )
    with pytest.raises(SourceError):
        play.fetch(dataclasses.replace(ALL, sources=("officielebekendmakingen",)))


def test_the_bank_can_be_read_while_it_is_filled(play: Play) -> None:
    play.fetch(dataclasses.replace(ALL, limit=3))
    with Bank.open(play.workspace.bank_folder, read_only=True) as reader:
        before = len(reader.documents())
        play.fetch()
        assert len(reader.documents()) > before


def test_bank_reread_reports_what_it_read(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from drafter.cli.main import run

    play.fetch(dataclasses.replace(ALL, limit=2, sources=("tweedekamer",)))
    play.workspace.bank().remove(play.workspace.bank().documents()[0].id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("embeddings.models.load_encoder", lambda name=None: TinyEncoder())
        assert run(["bank", "reread", "--json", "--bank", str(play.workspace.bank_folder)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["added"], report["unchanged"], report["failed"]) == (1, 1, [])
