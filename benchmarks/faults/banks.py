"""A small bank with a dossier for the trials, and what all that stands beside it finds for the same questions."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from answers_bank.filling.filling import encode
from answers_bank.filling.intake import taking
from answers_bank.index.meaning import MeaningIndex
from answers_bank.index.repeated_text import ReuseIndex
from answers_bank.index.standard_passages import StandardPassages
from answers_bank.index.unit_index import UnitIndex
from answers_bank.index.word_weights import load_weights
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from benchmarks.synthetic import FastEncoder, records, sentences
from drafter.search.signals.generic import generic_vector

ENCODER = FastEncoder()


def lines(count: int) -> list[bytes]:
    """Records of a register, one a line."""
    return [json.dumps(record).encode() for record in records(count, sentences(None, 2000), paragraphs=2)]


def fill(folder: Path, first: int, last: int) -> None:
    """Documents of some numbers in the bank, with their vectors and indexes."""
    material = lines(last)
    with Bank.open(folder, create=True) as bank:
        with taking(bank, "faults") as intake:
            for line in material[first:last]:
                intake.take(parse(line, "register"))
        encode(bank, ENCODER)


def found(bank: Bank) -> list[object]:
    """What each index finds, and what the rows hold, in values that can be compared."""
    passages = [(p.id, p.date, p.text, p.numbers) for p in bank.passages()]
    units = UnitIndex.open(bank)
    words = passages[0][2].split()[:6] if passages else []
    scores = units.scores({term: 1.0 for word in words for term in units.analyser.terms(word)})
    best = np.argsort(-scores, kind="stable")[:20]
    meaning = MeaningIndex.open(bank)
    near: list[object] = []
    if meaning is not None and len(meaning):
        rows, likeness = meaning.search(ENCODER.encode_queries([passages[0][2]]), 5)
        near = [meaning.first[rows[0]].tolist(), np.round(likeness, 4).tolist()]
    hits = ReuseIndex.open(bank).candidates(passages[0][2], 10) if passages else ()
    weights = load_weights(bank)
    return [
        passages,
        bank.documents(),
        [bank.document(one.id) for one in bank.documents()[:3]],
        units.answer_key[best].tolist(),
        np.round(scores[best], 4).tolist(),
        near,
        [(hit.passage, hit.text) for hit in hits],
        [(c.id, c.newest.text, c.documents) for c in StandardPassages.open(bank).clusters()],
        (weights.sentences, sorted(weights.counts.items())[:50]),
        np.round(generic_vector(bank, ENCODER), 4).tolist(),
    ]
