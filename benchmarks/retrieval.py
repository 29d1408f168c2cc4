"""What the retrieval benchmarks share: questions with known sources, and how well a ranking finds them."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers_bank.index.repeated_text import split_sentences, words

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """A query and what ought to be found."""

    text: str
    wanted: frozenset[str]
    before: str | None = None
    portfolio: str | None = None


def records(path: Path) -> list[Record]:
    """The records of a register (JSONL, may be gzipped) that have an answer."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [record for line in lines if line.strip() and (record := json.loads(line)).get("answer")]


def own_answers(rows: Sequence[Record], limit: int) -> list[Task]:
    """Question to own answer; the bank holds the answers alone."""
    asked = [row for row in rows if row.get("question")]
    step = max(len(asked) // limit, 1)
    return [Task(row["question"], frozenset({row["id"]})) for row in asked[::step][:limit]]


def reused(rows: Sequence[Record], limit: int) -> list[Task]:
    """Question to the earlier answers that its own answer in fact repeats a long sentence of.

    Queries are of the later half of the days in the register, so that there is something to repeat.
    """
    homes: dict[str, set[int]] = defaultdict(set)
    keys: list[set[str]] = []
    for number, row in enumerate(rows):
        spans = split_sentences(row["answer"])
        found = {" ".join(words(row["answer"][a:b])) for a, b in spans}
        keys.append({key for key in found if len(key) >= 80})
        for key in keys[-1]:
            homes[key].add(number)
    days = sorted(row["date"] for row in rows)
    since = days[len(days) // 2] if days else ""
    tasks = []
    for number, row in enumerate(rows):
        # A sentence in more answers than this is a formality, not a source.
        sources = {
            rows[other]["id"]
            for key in keys[number]
            if len(homes[key]) <= 25
            for other in homes[key]
            if rows[other]["date"] < row["date"]
        }
        if row["date"] >= since and sources and row.get("question"):
            text = f"{row.get('title') or ''} {row['question']}".strip()
            tasks.append(Task(text, frozenset(sources), row["date"], row.get("portfolio")))
    return tasks[:limit]


def measures(ranks: Sequence[int]) -> dict[str, float]:
    """R@1, R@10 and MRR@10, given the rank of the first right document for each query (0 where it is not found)."""
    count = max(len(ranks), 1)
    return {
        "queries": len(ranks),
        "r@1": round(sum(rank == 1 for rank in ranks) / count, 3),
        "r@10": round(sum(1 <= rank <= 10 for rank in ranks) / count, 3),
        "mrr@10": round(sum(1 / rank for rank in ranks if 1 <= rank <= 10) / count, 3),
    }


def first_right(found: Sequence[str], wanted: frozenset[str]) -> int:
    """Rank of the first right document, 0 where there is none; a document counts once."""
    return next((rank for rank, name in enumerate(dict.fromkeys(found), 1) if name in wanted), 0)


def plain_words(text: str) -> list[str]:
    """Words as the plain baselines see them."""
    return re.findall(r"\w+", text.lower())
