"""How long a change by one takes to be found by the others, each in a program of its own; run by `benchmarks.sharing`.

With so many programs on one machine the load is part of what is measured: the figures are taken for several numbers of
clients, and the processor time of one client tells what a machine of its own would take.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from answers_bank.filling.encoding import encode_waiting
from answers_bank.sources.jsonl import parse as parse_record
from benchmarks.synthetic import FastEncoder, records, sentences
from drafter.settings.values import Settings
from drafter.tasks.together import keeping_up, sharing
from drafter.tasks.workspace import Workspace
from tests.support.postgres import TestServer

_PATIENCE = 60.0


class Client:
    """The watcher of someone's bank, as it runs beside the screens."""

    def __init__(self, folder: Path) -> None:
        self.bank = sqlite3.connect(f"file:{folder / 'bank.sqlite'}?mode=ro", uri=True)
        self._version = 0
        command = [sys.executable, "-m", "benchmarks.sharing_changes", str(folder)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
        )

    def wait(self) -> None:
        """Until it is connected and has everything."""
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def has(self, word: str) -> bool:
        """Whether a document with that word is found in its bank; costs next to nothing where nothing changed."""
        version = self.bank.execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            return False
        self._version = version
        return bool(self.bank.execute("SELECT count(*) FROM words WHERE words MATCH ?", (word,)).fetchone()[0])

    @property
    def work(self) -> float:
        """Seconds of the processor that it has taken."""
        return processor_seconds(self.process.pid)

    @property
    def memory(self) -> int:
        """Bytes that it has for itself."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        return 1024 * sum(int(n.split()[1]) for n in lines if n.startswith(("Private_Clean", "Private_Dirty")))

    def close(self) -> None:
        """End it."""
        self.bank.close()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


def processor_seconds(pid: int) -> float:
    """Seconds of the processor that a process has taken; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def clients(folders: list[Path]) -> Iterator[list[Client]]:
    """So many watchers, all connected."""
    begun: list[Client] = []
    try:
        for start in range(0, len(folders), 5):  # a few at a time: all at once only wait for each other
            group = [Client(folder) for folder in folders[start : start + 5]]
            begun += group
            for client in group:
                client.wait()
        yield begun
    finally:
        for client in begun:
            client.close()


def changes(postgres: TestServer, scratch: Path, count: int, rounds: int, documents: int = 20) -> dict[str, Any]:
    """`rounds` documents added by one, and how long each takes to be found in the bank of each of `count` others."""
    encoder = FastEncoder()
    address = postgres.url(postgres.new_database())
    sharing.init(address)
    material = sentences(None, 2000)
    seconds: list[float] = []
    sending: list[float] = []
    with Workspace(Settings(), scratch / "schrijver", encoder) as writer:
        bank = writer.bank(create=True)
        for record in records(documents, material, seed=1):
            bank.add(parse_record(json.dumps(record).encode(), "synthetic"))
        encode_waiting(bank, encoder)
        sharing.join(writer, address)
        folders = [scratch / f"lezer-{number}" for number in range(count)]
        for folder in folders:
            with Workspace(Settings(), folder, encoder) as workspace:
                sharing.join(workspace, address)
        with clients(folders) as readers:
            time.sleep(3)
            server, idle = server_seconds(postgres), sum(reader.work for reader in readers)
            time.sleep(20)
            server, idle = server_seconds(postgres) - server, sum(reader.work for reader in readers) - idle
            memory = server_memory(postgres)
            before = sum(reader.work for reader in readers)
            for number in range(rounds):
                word = f"zoekwoord{number}qx"
                record = next(records(1, material, seed=1000 + number))
                record["answer"] += f" Het {word} staat hier."
                began = time.perf_counter()
                bank.add(parse_record(json.dumps(record).encode(), "synthetic"))
                encode_waiting(bank, encoder)
                sharing.sync(writer)
                sending.append(time.perf_counter() - began)
                waiting = list(readers)
                while waiting and time.perf_counter() - began < _PATIENCE:
                    here = [reader for reader in waiting if reader.has(word)]
                    seconds += [time.perf_counter() - began] * len(here)
                    waiting = [reader for reader in waiting if reader not in here]
                    time.sleep(0.01)
                seconds += [_PATIENCE] * len(waiting)
                time.sleep(1)
            time.sleep(20)  # what comes after it, such as bringing the indexes up to date
            work = sum(reader.work for reader in readers) - before
            own = statistics.median(reader.memory for reader in readers)
    return {
        "clients": count,
        "changes": rounds,
        "processors": os.cpu_count(),
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "seconds_p50": round(statistics.median(seconds), 2),
        "seconds_p95": round(statistics.quantiles(seconds, n=20)[-1], 2),
        "seconds_most": round(max(seconds), 2),
        "of_which_seconds_of_who_sends_p50": round(statistics.median(sending), 2),
        "cpu_seconds_of_a_client_for_a_change": round(work / count / rounds, 3),
        "cpu_share_of_an_idle_client": round(idle / 20 / count, 5),
        "bytes_of_a_client": round(own),
        "server_cpu_share_of_an_idle_client": round(server / 20 / count, 6),
        "server_bytes_of_an_idle_client": memory,
    }


def _backends(postgres: TestServer) -> list[int]:
    assert postgres.process is not None
    children = Path(f"/proc/{postgres.process.pid}/task/{postgres.process.pid}/children").read_text().split()
    return [int(child) for child in children]


def server_seconds(postgres: TestServer) -> float:
    """Seconds of the processor that the server's processes have taken."""
    return sum(map(processor_seconds, _backends(postgres)))


def server_memory(postgres: TestServer) -> int:
    """Bytes that one client's process has for itself, in the middle of all."""
    found = []
    for pid in _backends(postgres):
        try:
            if b"postgres: postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                continue
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        found.append(sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))))
    return round(statistics.median(found) * 1024) if found else 0


def main() -> None:
    """Be a client, until the pipe closes."""
    stop = threading.Event()

    def end() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=end, daemon=True).start()
    with Workspace(Settings(), Path(sys.argv[1])) as workspace:
        told: list[object] = []

        def tell(error: object, report: object) -> None:
            if not told:
                print("ready", flush=True)
            told.append(error or report)

        keeping_up.follow_along(workspace, stop, tell=tell)


if __name__ == "__main__":
    main()
