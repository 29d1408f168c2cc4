"""Where does filling spend its time? `python -m benchmarks.filling REGISTER.jsonl --records 100`.

The encoder is the cost that cannot be avoided: its share of the whole says how much the rest (reading, database, words,
index) adds. The baseline is the bare model on the same distinct texts, in the same run. JSON on stdout.

    python -m benchmarks.filling --files 300 --rounds 5

What reading apart costs: so many made-up files of all forms are taken up without the model, each time in a process of
its own, read in processes apart and (the baseline) in the same process. Processor time, that of the readers included.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from answers_bank.documents import Document
from answers_bank.filling import filling
from answers_bank.filling.filling import ingest
from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from benchmarks.synthetic import records, sentences
from embeddings.encoder import Encoder, ModelIdentity, Vectors
from embeddings.errors import InputError
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


class _Here:
    """In the place of `Readers`: reads in this very process, as the program did before."""

    def __init__(self, count: int = 1) -> None:
        pass

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def read_all(
        self, paths: Iterable[Path], idle: object = None, left: object = None
    ) -> Iterator[tuple[Path, Document | InputError]]:
        """As `Readers.read_all`."""
        for path in paths:
            try:
                yield path, read_file(path)
            except InputError as error:
                yield path, error


def one_filling(folder: Path, here: bool) -> float:
    """Seconds of processor time that taking up the files in `folder` takes, from the start of this process on."""
    if here:
        filling.Readers = _Here  # type: ignore[misc, assignment]
    with tempfile.TemporaryDirectory() as scratch:
        with Bank.open(Path(scratch) / "bank", create=True) as bank:
            report = ingest(bank, [folder])
        assert report.added > len(list(folder.iterdir())) / 2, report.failed[:3]
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def reading_apart(count: int, rounds: int) -> dict[str, Any]:
    """See the module; the least of the rounds, which take turns."""
    from benchmarks.generated_reading import WRITERS, made

    with tempfile.TemporaryDirectory() as scratch:
        for number, form, _, data in made(list(range(count)), list(WRITERS)):
            (Path(scratch) / f"{number:04}.{form}").write_bytes(data)
        times: dict[str, list[float]] = {"apart": [], "here": []}
        for _, how in itertools.product(range(rounds), times):
            command = [sys.executable, "-m", "benchmarks.filling", "--one", how, scratch]
            times[how].append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    apart, here = min(times["apart"]), min(times["here"])
    return {
        "clock": "processor",
        "files": count,
        "apart_seconds": round(apart, 2),
        "baseline_same_process_seconds": round(here, 2),
        "ratio_speed_to_baseline": round(here / apart, 3),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path, nargs="?", help="a register (.jsonl); made-up records without it")
    parser.add_argument("--records", type=int, default=100)
    parser.add_argument("--files", type=int, help="made-up files instead of a register, without the model")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", choices=("apart", "here"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(one_filling(options.register, options.one == "here"))
        return
    if options.files:
        print(json.dumps(reading_apart(options.files, options.rounds), indent=1))
        return
    print(json.dumps(measure(options.register, options.records), indent=1))


if __name__ == "__main__":
    main()
