"""Which language model suits this bank: any sentence-transformers models, compared on the user's own answers.

    python -m benchmarks.models BANK [MODEL …] [--limit 300]

A model is a folder or a name; without any the default model is measured. For each: how well a question finds its own
answer (raw cosine, and centred and whitened as search does it), how well a question finds an earlier question whose
answer was repeated, and how fast it encodes. Nothing is written to the bank.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Document
from answers_bank.index.standard_passages import StandardPassages
from answers_bank.store.bank import Bank
from answers_bank.store.pieces import cut
from benchmarks.retrieval import measures
from drafter.search.signals.space import whitening
from embeddings.encoder import Encoder
from embeddings.models import load_encoder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bank", type=Path)
    parser.add_argument("models", nargs="*", default=[])
    parser.add_argument("--limit", type=int, default=300, help="answers that are compared at most")
    options = parser.parse_args()
    with Bank.open(options.bank, read_only=True) as bank:
        documents = [bank.document(summary.id) for summary in bank.documents()]
        pairs = _pairs(documents, options.limit)
        relatives = _relatives(bank, pairs)
    report = {
        name or "standaard": _measured(load_encoder(name), pairs, relatives) for name in (options.models or [None])
    }
    print(json.dumps({"answers": len(pairs), "repeated": len(relatives), "models": report}, indent=1))


def _pairs(documents: list[Document], limit: int) -> list[tuple[str, str, str]]:
    """(document, question, answer) of answers that say enough to be told apart."""
    found = []
    for document in documents:
        for answer in document.answers:
            asked = [q.text for q in document.questions if set(q.numbers) & set(answer.numbers)]
            if asked and len(answer.text) >= 150:
                found.append((document.id, f"{document.subject or ''} {' '.join(asked)}".strip(), answer.text))
    step = max(len(found) // limit, 1)
    return found[::step][:limit]


def _relatives(bank: Bank, pairs: list[tuple[str, str, str]]) -> dict[int, set[int]]:
    """Of each answer the other answers in the comparison that hold a wording of one of its sentences."""
    places: dict[str, list[int]] = {}
    for n, (document, _, _) in enumerate(pairs):
        places.setdefault(document, []).append(n)
    found: dict[int, set[int]] = {}
    for cluster in StandardPassages.open(bank).clusters():
        documents = {use.document for variant in cluster.variants for use in variant.uses} & places.keys()
        if not 2 <= len(documents) <= 25:
            continue
        together = {n for document in documents for n in places[document]}
        for n in together:
            others = {other for other in together if pairs[other][0] != pairs[n][0]}
            found.setdefault(n, set()).update(others)
    return {n: others for n, others in found.items() if others}


def _measured(encoder: Encoder, pairs: list[tuple[str, str, str]], relatives: dict[int, set[int]]) -> dict[str, object]:
    pieces = [(n, part) for n, (_, _, answer) in enumerate(pairs) for part in cut(answer)]
    owner = np.array([n for n, _ in pieces])
    start = time.perf_counter()
    answers = encoder.encode_passages([part for _, part in pieces])
    seconds = time.perf_counter() - start
    questions = encoder.encode_queries([question for _, question, _ in pairs])
    earlier = encoder.encode_passages([question for _, question, _ in pairs])
    transform = whitening(answers - answers.mean(axis=0))
    white = _unit((answers - answers.mean(axis=0)) @ transform)
    asked = _unit((questions - questions.mean(axis=0)) @ transform)
    near = questions @ earlier.T
    np.fill_diagonal(near, -np.inf)
    return {
        "dimension": encoder.identity.dimension,
        "source": encoder.identity.source,
        "texts per second": round(len(pieces) / seconds, 1),
        "question to own answer": measures(_own(questions, answers, owner)),
        "question to own answer, whitened": measures(_own(asked, white, owner)),
        "question to repeated answer": measures([_rank(near[n], others) for n, others in sorted(relatives.items())]),
    }


def _own(questions: NDArray[np.float32], pieces: NDArray[np.float32], owner: NDArray[np.int64]) -> list[int]:
    starts = np.searchsorted(owner, np.arange(len(questions)))
    ranks = []
    for n, question in enumerate(questions):
        best = np.maximum.reduceat(pieces @ question, starts)
        ranks.append(int((best > best[n]).sum()) + 1)
    return ranks


def _rank(scores: NDArray[np.float32], wanted: set[int]) -> int:
    best = max(scores[n] for n in wanted)
    return int((scores > best).sum()) + 1


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


if __name__ == "__main__":
    main()
