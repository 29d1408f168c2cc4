"""What breaks in the middle: connections at every kind of message, disks, clocks. Afterwards all agree."""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Callable
from typing import Any

import pytest
from support.bank_samples import make_document
from support.postgres import TestServer
from support.proxy import Fault, FaultyProxy
from support.shared_dossiers import NAME, Person, new_dossier

from answers_bank.filling.encoding import encode_waiting
from answers_bank.sharing.errors import SharingError
from answers_bank.sharing.server import SILENCE, Server, _Connection
from answers_bank.store.bank import Bank
from drafter.tasks.together import shared_dossiers, sharing
from drafter.tasks.workspace import Workspace
from embeddings.errors import BankError

pytestmark = pytest.mark.sharing

User = Callable[[str], Workspace]


FAULTS: tuple[Fault, ...] = ("cut", "half", "stall")
MORE = os.environ.get("KAMERANTWOORD_ALLE_FOUTEN", "")
"""For longer runs. "soorten": every fault at three places of each kind of message; "0", "1" or "2": one fault at every
message of an exchange, so that the three runs together have every fault at every message."""


def contents(bank: Bank) -> dict[str, bytes]:
    return dict(bank.sql("SELECT id, content_hash FROM document"))


def on_server(postgres: TestServer, database: str) -> dict[str, bytes]:
    sql = (
        "SELECT v.id, v.content_hash FROM kamerantwoord.document d JOIN kamerantwoord.document_version v "
        "USING (generation) WHERE v.content IS NOT NULL"
    )
    return {identifier: bytes(hash_) for identifier, hash_ in postgres.sql(database, sql)}


@pytest.mark.slow
def test_a_connection_cut_or_stalled_at_every_kind_of_message_costs_nothing(
    user: User, shared_bank: str, postgres: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Server.connect.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr("answers_bank.filling.filling.refresh_caches", lambda *_: None)  # not what is tested here
    silence = SILENCE  # only where a fault is on its way: a busy machine is silent for a while too
    monkeypatch.setattr(Server, "connect", classmethod(lambda cls, a, p=None: real(cls, a, p, silence=silence)))
    database = shared_bank.rpartition("/")[2]
    with FaultyProxy(postgres.port) as proxy:
        anna = Person(user("anna"), shared_bank)
        anna.store.create(new_dossier()).close()
        with sharing.connected(anna.workspace) as server:
            shared_dossiers.share_dossier(anna.bank, anna.store, server, NAME)
        bram = Person(user("bram"), proxy.address(database))
        bram.sync()
        round_ = 0
        told: dict[str, str] = {}  # what was reported as shared: id -> text of it

        def change() -> None:
            """Both change something; what Bram does goes through the proxy."""
            nonlocal round_
            round_ += 1
            anna.bank.add(make_document(f"van-anna-{round_}", questions=1, number=round_))
            anna.write(1, f"Anna {round_}")
            anna.sync()
            bram.bank.add(make_document(f"van-bram-{round_}", questions=1, number=round_))
            if round_ > 2:
                bram.bank.remove(f"van-anna-{round_ - 2}")
            bram.write(2, f"Bram {round_}")
            encode_waiting(bram.bank, bram.workspace.encoder())

        change()
        proxy.begin(None, -1)
        bram.sync()
        kinds = list(proxy.kinds)
        # One place of each kind, early and late in turn.
        places: list[tuple[int, Fault]] = []
        if MORE.isdigit():
            places = [(n, FAULTS[(n + int(MORE)) % 3]) for n in range(len(kinds))]
        for n, kind in enumerate(() if places else dict.fromkeys(kinds)):
            numbers = [number for number, other in enumerate(kinds) if other == kind]
            chosen = sorted({numbers[0], numbers[len(numbers) // 2], numbers[-1]})
            if MORE:
                places += [(place, fault) for place in chosen for fault in FAULTS]
            else:
                places.append((chosen[n % len(chosen)], FAULTS[n % 3]))
        assert {">start", "<R", "<Z", ">P", ">B", ">E", "<D", "<C"} <= set(kinds)
        failed = 0
        for place, fault in places:
            change()
            proxy.begin(fault, place)
            silence = 0.4
            try:
                bram.sync()
                told |= {name: "" for name in contents(bram.bank) if name.startswith("van-bram")}
            except SharingError:
                failed += 1
            silence = SILENCE
            proxy.begin(None, -1)
            bram.sync()
            anna.sync()
            where = (fault, place, kinds[place])
            assert contents(anna.bank) == contents(bram.bank) == on_server(postgres, database), where
            assert anna.texts()[:2] == bram.texts()[:2] == [f"Anna {round_}", f"Bram {round_}"], where
        assert failed > len(places) // 2  # the faults did fall within
        assert set(told) <= set(contents(anna.bank))
        assert bram.bank.damage() == []
        assert shared_dossiers.conflicts(bram.bank) == []


def test_a_server_that_falls_silent_is_left_after_a_while(
    postgres: TestServer, shared_bank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from answers_bank.sharing.address import parse

    with FaultyProxy(postgres.port) as proxy:
        server = Server.connect(parse(proxy.address(shared_bank.rpartition("/")[2])), silence=0.3)
        assert isinstance(server.connection, _Connection)
        proxy.begin("stall", 0)
        with server, pytest.raises(SharingError, match="niet te bereiken"):
            server.generation()


def test_a_full_disk_here_keeps_what_was_and_goes_on_later(user: User, shared_bank: str) -> None:
    anna, bram = user("anna"), user("bram")
    sharing.join(bram, shared_bank)
    bram.bank().add(make_document("eigen"))
    for number in range(60):
        anna.bank().add(make_document(f"stuk-{number}", questions=6, number=number))
    sharing.join(anna, shared_bank)
    pages = bram.bank().sql("PRAGMA page_count").fetchone()[0]
    bram.bank().connection.execute(f"PRAGMA max_page_count = {pages + 60}")
    with pytest.raises(BankError, match="vol"):
        sharing.sync(bram)
    assert "eigen" in bram.bank()
    assert bram.bank().damage() == []
    bram.bank().connection.execute("PRAGMA max_page_count = 1073741823")
    sharing.sync(bram)
    sharing.sync(anna)
    assert contents(anna.bank()) == contents(bram.bank())
    assert len(contents(anna.bank())) == 61


def test_a_full_disk_on_the_server_is_told_and_what_waits_goes_later(
    user: User, shared_bank: str, postgres: TestServer
) -> None:
    database = shared_bank.rpartition("/")[2]
    anna = user("anna")
    sharing.join(anna, shared_bank)
    postgres.sql(
        database,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
    )
    postgres.sql(
        database,
        "CREATE TRIGGER full_disk BEFORE INSERT ON kamerantwoord.document_version EXECUTE FUNCTION full_disk()",
    )
    anna.bank().add(make_document("een"))
    with pytest.raises(SharingError, match="schijf van de server is vol"):
        sharing.sync(anna)
    assert anna.bank().shared.waiting() == (1, 0)
    postgres.sql(database, "DROP TRIGGER full_disk ON kamerantwoord.document_version")
    report = sharing.sync(anna)
    assert report is not None
    assert report.sent == 1


@pytest.mark.parametrize("hours", [-30, 30])
def test_clocks_that_differ_by_hours_decide_nothing(hours: int, user: User, shared_bank: str) -> None:
    anna, bram = Person(user("anna"), shared_bank), Person(user("bram"), shared_bank)
    moment = datetime.datetime(2031, 6, 1, 12, tzinfo=datetime.UTC)
    anna.store._clock = lambda: moment
    bram.store._clock = lambda: moment + datetime.timedelta(hours=hours)
    anna.store.create(new_dossier()).close()
    with sharing.connected(anna.workspace) as server:
        shared_dossiers.share_dossier(anna.bank, anna.store, server, NAME)
    bram.sync()
    for number in range(3):
        anna.write(1, f"Anna {number}")
        bram.write(2, f"Bram {number}")
        anna.bank.add(make_document("een", questions=number + 1))
        for person in (anna, bram, anna):
            person.sync()
        assert anna.texts()[:2] == bram.texts()[:2] == [f"Anna {number}", f"Bram {number}"]
        assert contents(anna.bank) == contents(bram.bank)


def test_two_programs_that_exchange_for_one_bank_take_turns(user: User, shared_bank: str) -> None:
    import threading

    anna = user("anna")
    sharing.join(anna, shared_bank)
    problems: list[Any] = []

    def work(number: int) -> None:
        try:
            with Workspace(anna.settings, anna.bank_folder, anna.encoder()) as own:
                for n in range(3):
                    own.bank().add(make_document(f"stuk-{number}-{n}", questions=1, number=n))
                    sharing.sync(own)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert anna.bank().shared.waiting() == (0, 0)
    assert len(contents(anna.bank())) == 9
    assert dataclasses.asdict(sharing.sync(anna))["sent"] == 0  # type: ignore[arg-type]
