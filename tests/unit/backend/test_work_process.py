"""Work in another process: values and errors come back, it can be stopped, and a crash leaves the rest alive."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.work_place import WorkPlace

from drafter.backend import worker_client as work_process
from drafter.backend.worker_client import AT_HAND, WorkProcess, WorkStoppedError
from embeddings.errors import BankError, Cancelled
from embeddings.progress import Silent


class Told(Silent):
    """Notes what it is told; stops when asked."""

    def __init__(self) -> None:
        self.stage: tuple[str, int | None] = ("", None)
        self.done = 0
        self.ends = threading.Event()

    def start(self, label: str, total: int | None) -> None:
        self.stage = (label, total)

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        self.done += steps

    def cancelled(self) -> bool:
        return self.ends.is_set()


@pytest.fixture(scope="module")
def process() -> Iterator[WorkProcess[WorkPlace]]:
    process = WorkProcess(WorkPlace)
    yield process
    process.close()


def in_thread(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Do `work` in a thread of its own; what came of it is in the list once it is done."""
    ends: list[Any] = []

    def run() -> None:
        try:
            ends.append(work())
        except BaseException as error:
            ends.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, ends


def test_values_go_there_and_back(process: WorkProcess[WorkPlace]) -> None:
    assert process.ask(WorkPlace.echo, {"a": (1, "é")}, twice=True) == ({"a": (1, "é")}, {"a": (1, "é")})
    assert process.ask(WorkPlace.where) == (process.pid, 7)
    assert process.pid != os.getpid()


def test_long_lists_come_in_pieces_and_whole(process: WorkProcess[WorkPlace]) -> None:
    many = tuple(range(1001))
    assert process.ask(WorkPlace.echo, many) == many
    assert process.ask(WorkPlace.echo, list(many)) == list(many)
    with pytest.raises(RuntimeError):
        process.ask(WorkPlace.unsendable_among_many)


def test_what_libraries_print_does_not_come_between(process: WorkProcess[WorkPlace]) -> None:
    assert process.ask(WorkPlace.noise) == "stil"
    assert process.ask(WorkPlace.echo, 1) == 1


def test_calls_run_beside_each_other(process: WorkProcess[WorkPlace]) -> None:
    told = Told()
    thread, ends = in_thread(lambda: process.work(WorkPlace.counted, told, 10_000))
    assert process.ask(WorkPlace.echo, 1) == 1
    told.ends.set()
    thread.join(10)
    assert isinstance(ends[0], Cancelled)


def test_progress_is_told(process: WorkProcess[WorkPlace]) -> None:
    told = Told()
    assert process.work(WorkPlace.counted, told, 10) == 10
    assert told.stage == ("Tellen", 10)
    assert 5 <= told.done <= 10


def test_work_that_looks_for_nothing_is_stopped_too(process: WorkProcess[WorkPlace]) -> None:
    told = Told()

    def work() -> Any:
        AT_HAND.set(told)
        return process.ask(WorkPlace.endless)

    thread, ends = in_thread(work)
    before = process.ask(WorkPlace.where)
    told.ends.set()
    thread.join(10)
    assert isinstance(ends[0], Cancelled)
    assert process.ask(WorkPlace.where) == before, "the process itself goes on"


def test_errors_keep_their_kind_their_hint_and_their_trace(process: WorkProcess[WorkPlace]) -> None:
    with pytest.raises(BankError) as told:
        process.ask(WorkPlace.refuse)
    assert (told.value.message, told.value.hint) == ("De bank is weg.", "Zoek haar.")
    with pytest.raises(RuntimeError, match="AwkwardError: 1 en 2") as fault:
        process.ask(WorkPlace.fault)
    assert "in fault" in "".join(fault.value.__notes__)
    with pytest.raises(RuntimeError):
        process.ask(WorkPlace.unsendable)


def test_short_work_that_crashed_is_done_once_more(process: WorkProcess[WorkPlace], tmp_path: Path) -> None:
    before = process.ask(WorkPlace.where)[0]
    assert process.ask(WorkPlace.crash, str(tmp_path / "merk")) == "gelukt"
    assert process.ask(WorkPlace.where)[0] != before


def test_a_crash_is_told_and_the_next_call_has_a_new_process(process: WorkProcess[WorkPlace]) -> None:
    told = Told()
    thread, ends = in_thread(lambda: process.work(WorkPlace.counted, told, 10_000))
    while not told.done:
        time.sleep(0.01)
    with pytest.raises(WorkStoppedError) as crash:
        process.ask(WorkPlace.crash_always)
    assert "te weinig geheugen" in crash.value.details
    thread.join(10)
    assert isinstance(ends[0], WorkStoppedError), "what ran beside it is told as well"
    assert process.ask(WorkPlace.echo, 1) == 1


def test_work_that_does_not_listen_ends_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_process, "_PATIENCE", 0.2)
    process, told = WorkProcess(WorkPlace), Told()
    thread, ends = in_thread(lambda: process.work(WorkPlace.deaf, told))
    while told.stage[0] != "Doof":
        time.sleep(0.01)
    told.ends.set()
    thread.join(10)
    assert isinstance(ends[0], Cancelled)
    assert process.ask(WorkPlace.echo, 1) == 1
    process.close()


def test_it_ends_with_the_program_however_that_dies(tmp_path: Path) -> None:
    code = (
        "import time; from support.work_place import WorkPlace; from drafter.backend.worker_client import WorkProcess\n"
        "process = WorkProcess(WorkPlace); print(process.ask(WorkPlace.where)[0], flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment)
    assert program.stdout is not None
    with program.stdout:
        pid = int(program.stdout.readline())
    program.kill()
    program.wait()
    end = time.monotonic() + 10
    while _lives(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
