"""Told of each change by the server, and back by itself when the server was away."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.postgres import TestServer, make_server, remove_server, until

from answers_bank.sharing import watching as room
from answers_bank.store.bank import Bank
from answers_bank.store.following.follows import follows
from drafter.backend.hub import TOGETHER, Hubs
from drafter.backend.worker import companion_maker, worker_backend
from drafter.tasks.together import keeping_up, sharing
from drafter.tasks.together.companion import Companion
from drafter.tasks.workspace import Workspace

pytestmark = pytest.mark.sharing

User = Callable[[str], Workspace]
DAY = datetime.date(2031, 6, 1)


@contextmanager
def following(workspace: Workspace) -> Iterator[list[object]]:
    stop = threading.Event()
    told: list[object] = []
    thread = threading.Thread(
        target=keeping_up.follow_along,
        args=(workspace, stop),
        kwargs={"tell": lambda error, report: told.append(error or report)},
    )
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def test_a_change_by_one_is_there_for_another_without_asking(user: User, shared_bank: str) -> None:
    anna, bram = user("anna"), user("bram")
    sharing.join(anna, shared_bank)
    sharing.join(bram, shared_bank)
    with following(bram) as told:
        assert until(lambda: bool(told))
        anna.bank().add(make_document("een"))
        sharing.sync(anna)
        assert until(lambda: "een" in bram.bank())
        anna.bank().remove("een")
        sharing.sync(anna)
        assert until(lambda: "een" not in bram.bank())


def test_what_is_added_here_by_another_program_goes_out_by_itself(
    user: User, shared_bank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_HERE", 0.3)
    anna, bram = user("anna"), user("bram")
    sharing.join(anna, shared_bank)
    sharing.join(bram, shared_bank)
    with following(anna) as told, following(bram):
        assert until(lambda: bool(told))
        with Bank.open(anna.bank_folder) as screens:
            screens.add(make_document("een"))
        assert until(lambda: "een" in bram.bank())
        quiet = len(told)
        time.sleep(1.5)
        assert len(told) <= quiet + 2  # what came of it is not taken for a change again


def test_after_the_server_was_away_it_goes_on(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_FIRST", 0.1)
    server: TestServer = make_server()
    try:
        address = server.url(server.new_database())
        sharing.init(address)
        anna, bram = user("anna"), user("bram")
        sharing.join(anna, address)
        sharing.join(bram, address)
        with following(bram) as told:
            assert until(lambda: bool(told))
            server.stop(signal.SIGQUIT)
            assert until(lambda: isinstance(told[-1], Exception))
            server.start()
            anna.bank().add(make_document("een"))
            sharing.sync(anna)
            assert until(lambda: "een" in bram.bank())
    finally:
        remove_server(server)


def test_beside_the_screens_it_is_a_process_that_ends_with_them(user: User, shared_bank: str) -> None:
    anna, bram = user("anna"), user("bram")
    folder = bram.bank_folder
    assert not follows(folder)
    with contextlib.closing(worker_backend(folder, DAY)) as backend:
        assert backend.companion is None
    sharing.join(anna, shared_bank)
    sharing.join(bram, shared_bank)
    assert follows(folder)
    with contextlib.closing(worker_backend(folder, DAY)) as backend:
        companion = backend.companion
        assert companion is not None
        assert until(lambda: companion.ask(Companion.standing).connected)
        anna.bank().add(make_document("een"))
        sharing.sync(anna)
        assert until(lambda: "een" in bram.bank())
        assert "postgres" in companion.ask(Companion.people)
        process = companion.ask(_number)
    assert until(lambda: _ended(process))


def _number(companion: Companion) -> int:
    return os.getpid()


def test_in_a_browser_all_share_one_companion(user: User, shared_bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bram = user("bram")
    sharing.join(bram, shared_bank)
    hubs = Hubs([str, str, companion_maker(bram.bank_folder)])
    try:
        for name, value in hubs.environment().items():
            monkeypatch.setenv(name, value)
        numbers = set()
        for _ in range(2):
            with contextlib.closing(worker_backend(bram.bank_folder, DAY)) as backend:
                companion = backend.companion
                assert companion is not None
                assert until(lambda companion=companion: companion.ask(Companion.standing).connected)  # type: ignore[misc]
                numbers.add(companion.ask(_number))
        assert numbers == {hubs.processes[TOGETHER]}
    finally:
        hubs.close()


def test_it_ends_when_the_screens_are_killed(user: User, shared_bank: str) -> None:
    bram = user("bram")
    sharing.join(bram, shared_bank)
    code = (
        "import datetime, os, sys, time; from pathlib import Path\n"
        "from drafter.backend.worker import worker_backend; from drafter.tasks.together.companion import Companion\n"
        "backend = worker_backend(Path(sys.argv[1]), datetime.date.today())\n"
        "backend.companion.ask(Companion.standing)\n"
        "print(backend.companion.pid, flush=True); time.sleep(60)"
    )
    screens = subprocess.Popen([sys.executable, "-c", code, str(bram.bank_folder)], stdout=subprocess.PIPE, text=True)
    assert screens.stdout is not None
    watcher = int(screens.stdout.readline())
    screens.kill()
    screens.wait()
    screens.stdout.close()
    assert until(lambda: _ended(watcher))


def test_a_server_that_refuses_is_told_and_tried_again(
    user: User, shared_bank: str, postgres: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafter.tasks.together.companion._TROUBLE", 0.2)
    bram = user("bram")
    sharing.join(bram, shared_bank)
    database = shared_bank.rpartition("/")[2]
    postgres.sql(database, "INSERT INTO kamerantwoord.migration VALUES (9999, 'later')")
    companion = Companion(bram)
    thread = threading.Thread(target=companion.follow)
    thread.start()
    try:
        assert until(lambda: "nieuwere versie" in companion.standing().problem)
        assert not companion.standing().connected
        postgres.sql(database, "DELETE FROM kamerantwoord.migration WHERE number = 9999")
        assert until(lambda: companion.standing().connected)
        assert companion.standing().problem == ""
    finally:
        companion.stop()
        thread.join(10)
    assert not thread.is_alive()


def _ended(pid: int) -> bool:
    return not Path(f"/proc/{pid}/stat").exists() or _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_folder_without_a_bank_follows_nothing(tmp_path: Path) -> None:
    assert not follows(tmp_path)
    (tmp_path / "bank.sqlite").write_bytes(b"geen bank")
    assert not follows(tmp_path)
    with Bank.open(tmp_path / "nieuw", create=True):
        pass
    assert not follows(tmp_path / "nieuw")
