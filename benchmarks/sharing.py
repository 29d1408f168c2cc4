"""A shared bank on a real PostgreSQL of this machine: first copy, changes on their way, idle clients, growth; JSON.

`python -m benchmarks.sharing [--passages 100000] [--clients 30] [--kills 100 --stops 20]`. The baseline of the first
copy is what `COPY` of the same bytes takes, plus the same documents and vectors written and indexed without a server.
The server comes from the development environment and writes to disk as in use; kills: `benchmarks.sharing_kills`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from answers_bank.filling.filling import refresh_caches
from answers_bank.sharing.address import parse
from answers_bank.sharing.server import Server
from answers_bank.store.bank import Bank
from benchmarks.banks import synthetic_bank
from benchmarks.sharing_changes import changes
from benchmarks.sharing_kills import kills
from benchmarks.synthetic import FastEncoder, records, sentences
from drafter.settings.values import Settings
from drafter.tasks.together import sharing
from drafter.tasks.workspace import Workspace
from tests.support.postgres import SAFE, TestServer, make_server, remove_server

USERS, FULL = 500, 2_000_000
"""The ministry on paper: people, and passages since 2008."""


@contextmanager
def user(folder: Path, encoder: FastEncoder) -> Iterator[Workspace]:
    """Someone with a bank."""
    with Workspace(Settings(), folder, encoder) as workspace:
        workspace.bank(create=True)
        yield workspace


def first_copy(postgres: TestServer, scratch: Path, passages: int, encoder: FastEncoder) -> dict[str, Any]:
    """One fills and shares; another joins with an empty bank; and what that would take at least."""
    synthetic_bank(scratch / "anna", passages, None, encoder)
    database = postgres.new_database()
    address = postgres.url(database)
    sharing.init(address)
    empty = int(postgres.sql(database, "SELECT pg_database_size(current_database())")[0][0])
    with user(scratch / "anna", encoder) as anna:
        info = anna.bank().info()
        sent, _ = _timed(lambda: sharing.join(anna, address))
        received: list[float] = []
        with user(scratch / "bram", encoder) as bram:
            seconds, work = _timed(lambda: sharing.join(bram, address))
            received += [seconds, work]
            assert bram.bank().info().passages == info.passages
            assert not bram.bank().vectors.waiting()
        copied, bytes_copied = _copy(address)
        indexed, indexed_work = _timed(lambda: _without_server(anna.bank(), scratch / "alone"))
    size = int(postgres.sql(database, "SELECT pg_database_size(current_database())")[0][0])
    found = {
        "passages": info.passages,
        "texts": info.vectors,
        "seconds_sending": round(sent, 1),
        "seconds_joining": round(received[0], 1),
        "cpu_seconds_joining": round(received[1], 1),
        "seconds_of_copy": round(copied, 2),
        "bytes_of_copy": bytes_copied,
        "seconds_of_local_indexing": round(indexed, 1),
        "cpu_seconds_of_local_indexing": round(indexed_work, 1),
        "ratio_to_copy_and_indexing": round(received[0] / (copied + indexed), 2),
        "cpu_ratio": round(received[1] / (copied + indexed_work), 2),
        "server_bytes_a_passage": round((size - empty) / info.passages),
    }
    print(json.dumps(found), file=sys.stderr, flush=True)
    return found


def _timed(work: Any) -> tuple[float, float]:
    clock, own = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - own


def _copy(address: str) -> tuple[float, int]:
    """Seconds and bytes of `COPY` of all documents that hold, and all vectors."""
    size = 0
    began = time.perf_counter()
    with Server.connect(parse(address)) as server, server.connection.cursor() as cursor:
        for query in (
            "SELECT v.id, v.content_hash, v.content FROM document d JOIN document_version v USING (generation)",
            "SELECT hash, data FROM vector",
        ):
            with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)".encode()) as copy:
                for chunk in copy:
                    size += len(chunk)
    return time.perf_counter() - began, size


def _without_server(source: Bank, folder: Path) -> None:
    """The same documents and vectors in a new bank, straight from the other one."""
    model = source.vectors.model()
    assert model is not None
    with Bank.open(folder, create=True) as bank:
        group: list[str] = [summary.id for summary in source.documents()]
        for start in range(0, len(group), 200):
            with bank.transaction():
                for identifier in group[start : start + 200]:
                    bank.add(source.document(identifier))
        vectors = dict(source.vectors.by_hash())
        last = 0
        while page := bank.shared.hashes_waiting(last, 4000):
            last = page[-1][0]
            bank.vectors.put([(key, vectors[hash_]) for key, hash_ in page], model)
        refresh_caches(bank)


def against_encoding(copied: dict[str, Any], texts: int) -> dict[str, Any]:
    """How much sooner who joins is ready than who has to encode, by the real model on this machine in this run."""
    from embeddings.errors import ModelError
    from embeddings.models import load_encoder

    try:
        encoder = load_encoder(None)
    except ModelError:
        return {"skipped": "no model"}
    material = sentences(None, 3000)
    sample = [r["answer"][:620] for r in records(texts, material, seed=9)]
    encoder.encode_passages(sample[:8])
    began = time.perf_counter()
    encoder.encode_passages(sample)
    rate = len(sample) / (time.perf_counter() - began)
    alone = copied["seconds_of_local_indexing"] + copied["texts"] / rate
    return {
        "texts_a_second": round(rate, 1),
        "seconds_alone": round(alone),
        "times_faster": round(alone / copied["seconds_joining"], 1),
    }


def on_paper(small: dict[str, Any], large: dict[str, Any], idle: dict[str, Any]) -> dict[str, Any]:
    """The whole ministry, from the slopes between two sizes that were measured."""
    more = large["passages"] - small["passages"]
    join = (large["seconds_joining"] - small["seconds_joining"]) / more
    send = (large["seconds_sending"] - small["seconds_sending"]) / more
    over_the_line = (large["bytes_of_copy"] - small["bytes_of_copy"]) / more
    return {
        "passages": FULL,
        "users": USERS,
        "server_gigabytes": round(large["server_bytes_a_passage"] * FULL / 1e9, 1),
        "hours_to_send_all_once": round(send * FULL / 3600, 2),
        "hours_to_join": round(join * FULL / 3600, 2),
        "gigabytes_to_join": round(over_the_line * FULL / 1e9, 1),
        "hours_of_a_gigabit_for_all_to_join": round(over_the_line * FULL * USERS * 8 / 1e9 / 3600, 1),
        "gigabytes_of_memory_for_idle_clients": round(idle["server_bytes_of_an_idle_client"] * USERS / 1e9, 2),
        "processors_for_idle_clients": round(idle["server_cpu_share_of_an_idle_client"] * USERS, 3),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--texts", type=int, default=200, help="encoded by the real model, for its speed")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--stops", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0, help="of the kills: slices with other seeds add up")
    options = parser.parse_args()
    postgres = make_server(SAFE)
    result: dict[str, Any] = {}
    try:
        with tempfile.TemporaryDirectory() as scratch:
            if options.passages:
                encoder = FastEncoder()
                small = first_copy(postgres, Path(scratch) / "klein", options.passages // 4, encoder)
                large = first_copy(postgres, Path(scratch) / "groot", options.passages, encoder)
                result["first_copy"] = [small, large]
                result["against_encoding"] = against_encoding(large, options.texts)
            if options.clients:
                # Fewer first: what the load of so many programs on one machine adds is then seen.
                numbers = sorted({options.clients, *(n for n in (1, 5, 10) if n < options.clients)})
                result["changes"] = [changes(postgres, Path(scratch) / f"{n}", n, options.changes) for n in numbers]
                if options.passages:
                    result["on_paper"] = on_paper(small, large, result["changes"][-1])
            if options.kills or options.stops:
                result["faults"] = kills(postgres, Path(scratch) / "kills", options.kills, options.stops, options.seed)
    finally:
        remove_server(postgres)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
