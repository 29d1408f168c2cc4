"""Banks of a given size, made once and kept in a folder for the benchmarks that ask for them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from answers_bank.filling.filling import encode
from answers_bank.filling.intake import taking
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from benchmarks.synthetic import FastEncoder, records, sentences

PARAGRAPHS = 4
"""In each answer; with its question a record has one passage more."""


def synthetic_bank(folder: Path, passages: int, material: Path | None, encoder: FastEncoder) -> dict[str, Any]:
    """A bank of at least so many passages in `folder`, filled further where it holds fewer; and how long that took."""
    texts = sentences(material)
    began = time.perf_counter()
    with Bank.open(folder, create=True) as bank:
        there = bank.info().passages
        if there < passages:
            first = there // (PARAGRAPHS + 1)
            wanted = -(-passages // (PARAGRAPHS + 1))
            with taking(bank, "benchmark", group=500) as intake:
                # The seed is the number of records there are, so that filling further gives other records.
                for record in records(wanted - first, texts, seed=first, paragraphs=PARAGRAPHS):
                    intake.take(parse(json.dumps(record).encode(), "synthetic"))
        written = time.perf_counter()
        encode(bank, encoder)
        ended = time.perf_counter()
        info = bank.info()
    return {
        "passages": info.passages,
        "documents": info.documents,
        "vectors": info.vectors,
        "seconds_writing": round(written - began, 1),
        "seconds_vectors_and_index": round(ended - written, 1),
    }


def size_on_disk(folder: Path) -> dict[str, int]:
    """Bytes of each part of a bank."""
    found = {"database": sum(path.stat().st_size for path in folder.glob("bank.sqlite*"))}
    for part in sorted((folder / "cache").iterdir()) if (folder / "cache").is_dir() else []:
        if part.is_dir():
            found[part.name] = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
    return found
