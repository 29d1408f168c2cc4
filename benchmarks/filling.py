"""Where does filling spend its time? `python -m benchmarks.filling REGISTER.jsonl --records 100`.

The encoder is the cost that cannot be avoided: its share of the whole says how much the rest (reading, database, words,
index) adds. The baseline is the bare model on the same distinct texts, in the same run. JSON on stdout.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answers_bank.filling.filling import ingest
from answers_bank.store.bank import Bank
from benchmarks.synthetic import records, sentences
from embeddings.encoder import Encoder, ModelIdentity, Vectors
from embeddings.models import load_encoder
from embeddings.progress import SILENT, Progress


class TimedEncoder:
    """Counts the time spent inside an encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.seconds = 0.0
        self.texts: list[str] = []

    @property
    def identity(self) -> ModelIdentity:
        """Of the encoder inside."""
        return self._encoder.identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder inside."""
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        """As the encoder inside, counted."""
        began = time.process_time()
        try:
            return self._encoder.encode_passages(texts, progress)
        finally:
            self.seconds += time.process_time() - began
            self.texts += texts


def measure(register: Path | None, count: int) -> dict[str, Any]:
    """Fill a bank with the first `count` records of a register."""
    encoder = TimedEncoder(load_encoder())
    encoder.encode_passages(["De eerste keer duurt langer."])
    encoder.seconds, encoder.texts = 0.0, []
    with tempfile.TemporaryDirectory() as scratch:
        chosen = Path(scratch) / "register.jsonl"
        if register is None:
            made = records(count, sentences(None))
            chosen.write_text("".join(json.dumps(record) + "\n" for record in made), "utf-8")
        else:
            with register.open(encoding="utf-8") as lines:
                chosen.write_text("".join(itertools.islice(lines, count)), "utf-8")
        with Bank.open(Path(scratch) / "bank", create=True) as bank:
            began = time.process_time()
            report = ingest(bank, [chosen], encoder)
            total = time.process_time() - began
            again = time.process_time()
            ingest(bank, [chosen], encoder)
            again = time.process_time() - again
    spent = encoder.seconds
    texts = list(encoder.texts)
    began = time.process_time()
    encoder.encode_passages(texts)
    bare = time.process_time() - began
    characters = sum(map(len, texts))
    return {
        "clock": "processor",
        "records": report.added,
        "passages": report.passages,
        "texts_encoded": report.embedded,
        "characters_encoded": characters,
        "total_seconds": round(total, 2),
        "encoder_seconds": round(spent, 2),
        "encoder_share": round(spent / total, 3),
        "baseline_encoder_alone_seconds": round(bare, 2),
        "ratio_total_to_baseline": round(total / bare, 3),
        "texts_per_second": round(len(texts) / spent, 1),
        "characters_per_second": round(characters / spent),
        "again_seconds": round(again, 3),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("register", type=Path, nargs="?", help="a register (.jsonl); made-up records without it")
    parser.add_argument("--records", type=int, default=100)
    options = parser.parse_args()
    print(json.dumps(measure(options.register, options.records), indent=1))


if __name__ == "__main__":
    main()
