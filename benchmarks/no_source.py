"""How often "no source" is wrong, in banks of several sizes."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from answers_bank.filling.filling import ingest
from answers_bank.store.bank import Bank
from benchmarks.retrieval import Record, Task
from drafter.search.searcher import Searcher
from drafter.search.values import SearchQuery
from embeddings.encoder import Encoder

SIZES = ((5, 40), (50, 8), (500, 1), (2000, 1))
"""Documents in a bank, and how many such banks are drawn."""


def errors(
    rows: Sequence[Record], tasks: Sequence[Task], encoder: Encoder | None, sizes: Sequence[tuple[int, int]] = SIZES
) -> dict[str, dict[str, float]]:
    """For banks of each size: how often something is taken for a source, where there is one and where there is none.

    Each question is asked twice of a bank that holds its answer: as it is, and with that answer left out.

    Args:
        rows: records whose answers fill the banks.
        tasks: questions with their own answer.
        encoder: None to go by words alone.
        sizes: documents in a bank, and banks of that size; a size above the number of records takes them all.
    """
    chance = random.Random(1)
    found = {}
    for size, times in sizes:
        counts: list[tuple[bool, bool, bool]] = []
        for _ in range(times):
            asked = chance.sample(list(tasks), min(len(tasks), size, 100))
            wanted = {name for task in asked for name in task.wanted}
            others = [row for row in rows if row["id"] not in wanted]
            chosen = [row for row in rows if row["id"] in wanted]
            chosen += chance.sample(others, min(max(size - len(chosen), 0), len(others)))
            with bank_of(chosen, encoder) as bank:
                counts += _asked(Searcher(bank, encoder), asked)
            if len(chosen) < size:
                break
        found[str(size)] = _shares(counts)
    return found


def _asked(searcher: Searcher, tasks: Sequence[Task]) -> Iterator[tuple[bool, bool, bool]]:
    """Of each task: taken for a source with the answer there, whether that was it, taken for one with it left out."""
    there = searcher.search_many([SearchQuery(task.text, 1) for task in tasks])
    gone = searcher.search_many([SearchQuery(task.text, 1, exclude=task.wanted) for task in tasks])
    for task, with_source, without in zip(tasks, there, gone, strict=True):
        taken = [bool(best) and searcher.is_match(best[0].score) for best in (with_source, without)]
        yield taken[0], taken[0] and with_source[0].document in task.wanted, taken[1]


def _shares(counts: Sequence[tuple[bool, bool, bool]]) -> dict[str, float]:
    taken = sum(row[0] for row in counts)
    return {
        "questions": len(counts),
        "source there, something found": round(taken / max(len(counts), 1), 3),
        "of which right": round(sum(row[1] for row in counts) / max(taken, 1), 3),
        "source not there, yet something found": round(sum(row[2] for row in counts) / max(len(counts), 1), 3),
    }


@contextmanager
def bank_of(rows: Sequence[Record], encoder: Encoder | None) -> Iterator[Bank]:
    """A bank with these records, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as scratch:
        register = Path(scratch) / "register.jsonl"
        register.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        with Bank.open(Path(scratch) / "bank", create=True) as bank:
            ingest(bank, [register], encoder)
            yield bank
