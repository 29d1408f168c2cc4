"""Kills clients of a shared bank at random points and stops its server at once, and looks at what is left.

After each every client must agree with the server, and nothing may be gone that was reported as shared.
Run by `benchmarks.sharing --kills 100 --stops 20`.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from answers_bank.filling.encoding import encode_waiting
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from answers_bank.store.document_rows import unpacked
from benchmarks.synthetic import FastEncoder, records, sentences
from drafter.settings.values import Settings
from drafter.tasks.together import sharing
from drafter.tasks.workspace import Workspace
from embeddings.errors import KamerantwoordError
from tests.support.postgres import TestServer

RECORDS = 120


def work(folder: Path, seed: int) -> None:
    """Add, change and remove documents, exchange, and report what is shared only when it is."""
    chance = random.Random(seed)
    lines = [json.dumps(record).encode() for record in records(RECORDS, sentences(None, 1000), paragraphs=2)]
    encoder = FastEncoder()
    version = 0
    with Workspace(Settings(), folder, encoder) as workspace:
        bank = workspace.bank()
        print("ready", flush=True)
        while True:
            version += 1
            mark = f"{seed}.{version}"
            chosen = chance.sample(range(RECORDS), chance.randint(1, 12))
            with bank.transaction():
                for number in chosen:
                    record = json.loads(lines[number])
                    record["answer"] += f" Versie {mark}."
                    bank.add(parse(json.dumps(record).encode(), "register"))
            if chance.random() < 0.5:
                encode_waiting(bank, encoder)
            if chance.random() < 0.2 and f"r0-{chosen[0]}" in bank:
                bank.remove(f"r0-{chosen[0]}")
                chosen = chosen[1:]
            try:
                sharing.sync(workspace, encode=False)
            except KamerantwoordError:
                time.sleep(0.2)
                continue
            print("shared", *(f"r0-{number}:{mark}" for number in chosen), flush=True)


def kills(postgres: TestServer, folder: Path, count: int, stops: int, seed: int = 0) -> dict[str, Any]:
    """Kill so many times one of two clients that work at once, and stop the server so many times."""
    chance = random.Random(seed)
    address = postgres.url(postgres.new_database())
    sharing.init(address)
    encoder = FastEncoder()
    folders = [folder / "anna", folder / "bram"]
    for place in folders:
        with Workspace(Settings(), place, encoder) as workspace:
            workspace.bank(create=True)
            sharing.join(workspace, address)
    problems: list[str] = []
    reports = late = 0
    shared: set[str] = set()
    events = ["kill"] * count + ["stop"] * stops
    chance.shuffle(events)
    for number, event in enumerate(events):
        clients = [_client(place, seed * 100_000 + number * 2 + n) for n, place in enumerate(folders)]
        first = []
        for client in clients:
            assert client.stdout is not None
            client.stdout.readline()
        if chance.random() < 0.8:  # most kills fall after something was reported, at any moment of what follows
            for client in clients:
                assert client.stdout is not None
                first.append(client.stdout.readline())
        time.sleep(chance.expovariate(2.0))
        if event == "stop":
            postgres.stop(signal.SIGQUIT)
            time.sleep(chance.uniform(0.0, 0.3))
            postgres.start()
            time.sleep(chance.uniform(0.2, 0.6))
        for client in clients:
            client.send_signal(signal.SIGKILL)
        for n, client in enumerate(clients):
            assert client.stdout is not None
            said = "".join(first[n : n + 1]) + client.stdout.read()
            lines = [line for line in said.splitlines(keepends=True) if line.endswith("\n")]
            client.wait()
            client.stdout.close()
            reports += len(lines)
            late += bool(lines)
            shared |= {value for line in lines for value in line.split()[1:]}
        problems += _look(postgres, address.rpartition("/")[2], folders, shared, f"{event} {number}")
        print(
            f"{number + 1} of {len(events)}, {reports} reports, {len(shared)} shared, {problems}",
            file=sys.stderr,
            flush=True,
        )
    return {
        "kills": count,
        "stops_of_the_server": stops,
        "reports": reports,
        "clients_killed_after_a_report": late,
        "versions_reported_as_shared": len(shared),
        "problems": problems,
    }


def _client(folder: Path, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.sharing_kills", str(folder), str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])


def _look(postgres: TestServer, database: str, folders: list[Path], shared: set[str], when: str) -> list[str]:
    problems: list[str] = []
    for place in (*folders, folders[0]):
        with Workspace(Settings(), place, FastEncoder()) as workspace:
            sharing.sync(workspace, many_removals=True, encode=False)
    held = dict(
        postgres.sql(
            database,
            "SELECT v.id, v.content_hash FROM kamerantwoord.document d JOIN kamerantwoord.document_version v "
            "USING (generation) WHERE v.content IS NOT NULL",
        )
    )
    for place in folders:
        with Bank.open(place) as bank:
            problems += [f"{when}: {what}" for what in bank.damage()]
            mine = dict(bank.sql("SELECT id, content_hash FROM document"))
        if mine != {identifier: bytes(hash_) for identifier, hash_ in held.items()}:
            problems.append(f"{when}: {place.name} differs from the server")
    # Everything that was reported as shared is in the log, also where something newer took its place.
    logged = set[str]()
    versions = "SELECT id, content, content_hash FROM kamerantwoord.document_version WHERE content IS NOT NULL"
    for identifier, content, hash_ in postgres.sql(database, versions):
        text = unpacked(bytes(content), bytes(hash_)).text
        logged.add(f"{identifier}:{text.rpartition('Versie ')[2].rstrip('.')}")
    if lost := shared - logged:
        problems.append(f"{when}: not in the log: {sorted(lost)[:3]}")
    return problems


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
