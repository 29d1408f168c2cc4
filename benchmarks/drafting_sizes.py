"""How long does a draft take, in banks of every size? `python -m benchmarks.drafting_sizes --sizes 15 400 100000`.

Sizes are passages: 15 are three documents, 100 twenty, 10,000 two thousand. A set of twelve questions is drafted
with its checks, warm, without the encoder (synthetic vectors stand for its own), and once more: both have to be the
same, byte for byte. The baseline is a search for each of the twelve questions in the same run. Times are milliseconds
of the clock and of the processor; the latter say more on a machine that has other work. JSON on stdout.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from answers_bank.documents import Document, Kind, OfficeHolder, Question
from answers_bank.store.bank import Bank
from benchmarks.banks import synthetic_bank
from benchmarks.synthetic import FastEncoder
from drafter.assembly.assemble import assemble
from drafter.export.json.draft import draft_json
from drafter.search.searcher import Searcher
from drafter.search.values import SearchQuery

QUESTIONS = 12
AS_OF = datetime.date(2030, 1, 1)
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[15, 100, 400, 10_000, 100_000], help="passages")
    parser.add_argument("--material", type=Path, help="a register (JSONL) whose sentences are used")
    parser.add_argument("--folder", type=Path, help="where the banks are made and kept for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = options.folder or Path(scratch)
        found = {str(size): measure(root / f"bank-{size}", size, options.material) for size in options.sizes}
    print(json.dumps(found, indent=1))


def measure(folder: Path, passages: int, material: Path | None) -> dict[str, Any]:
    """Of one bank."""
    encoder = FastEncoder()
    made = synthetic_bank(folder, passages, material, encoder)
    with Bank.open(folder) as bank:
        asked = question_set(bank)
        searcher = Searcher(bank, encoder)
        first, first_time = _timed(lambda: assemble(asked, searcher, AS_OF))
        again, warm = _timed(lambda: assemble(asked, searcher, AS_OF))
        other = Searcher(bank, encoder)  # nothing is remembered from the first
        fresh, _ = _timed(lambda: assemble(asked, other, AS_OF))
        queries = [SearchQuery(question.text, 10, before=AS_OF) for question in asked.questions]
        _, baseline = _timed(lambda: [searcher.search(query) for query in queries])
    drafts = [_bytes(draft) for draft in (first, again, fresh)]
    return {
        "documents": made["documents"],
        "passages": made["passages"],
        "questions": len(asked.questions),
        "with_text": sum(bool(answer.blocks) for answer in first.answers),
        "first_draft_ms": first_time,
        "warm_draft_ms": warm,
        "baseline_twelve_searches_ms": baseline,
        "ratio_of_processor_time": round(warm["processor"] / max(baseline["processor"], 0.1), 1),
        "the_same_each_time": len(set(drafts)) == 1,
        "sha256": hashlib.sha256(drafts[0]).hexdigest(),
    }


def question_set(bank: Bank) -> Document:
    """Twelve questions about what the bank holds: half were asked before, half are about what an answer says."""
    chance = np.random.default_rng(5)
    names = sorted(summary.id for summary in bank.documents())
    questions, whole = [], ""
    for number in range(1, QUESTIONS + 1):
        document = bank.document(names[int(chance.integers(0, len(names)))])
        said = document.answers[0].text.split()
        text = document.questions[0].text if number % 2 else f"Klopt het dat {' '.join(said[:20])}, en waarom?"
        start = len(whole) + 1 if whole else 0
        whole = f"{whole}\n{text}" if whole else text
        questions.append(Question((number,), text, start, len(whole)))
    return Document(
        id="nieuw",
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        source="nieuw",
        kind=Kind.QUESTIONS,
        text=whole,
        subject="Een set van twaalf vragen",
        addressees=(OfficeHolder(None, "Ministerie nummer 1", None),),
        questions=tuple(questions),
    )


def _timed(work: Callable[[], T]) -> tuple[T, dict[str, float]]:
    began, spent = time.perf_counter(), time.process_time()
    result = work()
    took = {"clock": time.perf_counter() - began, "processor": time.process_time() - spent}
    return result, {name: round(1000 * seconds, 1) for name, seconds in took.items()}


def _bytes(draft: Any) -> bytes:
    return json.dumps(draft_json(draft), ensure_ascii=False).encode()


if __name__ == "__main__":
    main()
