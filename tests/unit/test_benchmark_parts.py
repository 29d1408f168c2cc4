"""What the retrieval benchmarks rest on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from support.encoder import TinyEncoder

from answers_bank.store.bank import Bank
from benchmarks.no_source import bank_of, errors
from benchmarks.remembering import Remembering, raw_cosines
from benchmarks.retrieval import Record, own_answers
from embeddings.encoder import Vectors
from embeddings.progress import SILENT, Progress

PAIRS = [
    ("Hoeveel molens draaien langs de Zilverbeek?", "Langs de Zilverbeek draaien twaalf molens."),
    ("Wat kost een brood in Kerkeveer?", "Een brood kost in Kerkeveer drie gulden."),
    ("Wie onderhoudt de dijken?", "Het waterschap onderhoudt alle dijken."),
    ("Wanneer gaat de sluis open?", "De sluis gaat open zodra het ijs smelt."),
    ("Klopt het bericht over gestolen klokken?", "Het bericht over gestolen klokken klopt niet."),
    ("Waarom vaart het veer niet meer?", "Het veer vaart niet meer door laag tij."),
    ("Welke scholen krijgen nieuwe daken?", "Zeven scholen krijgen nieuwe daken."),
    ("Is de brug te smal voor karren?", "De brug is breed genoeg voor karren."),
]
ROWS: list[Record] = [
    {"id": f"r-{n}", "date": f"2031-01-{n + 1:02}", "question": asked, "answer": said}
    for n, (asked, said) in enumerate(PAIRS)
]


class Counting(TinyEncoder):
    """Counts the texts it is given."""

    seen = 0

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        self.seen += len(texts)
        return super().encode_passages(texts, progress)


def test_no_text_is_encoded_twice_and_a_filled_bank_serves_its_vectors() -> None:
    encoder = Counting()
    remembering = Remembering(encoder)
    with bank_of(ROWS, remembering) as bank:
        first = encoder.seen
        assert first > 0
        with bank_of(ROWS[:3], remembering) as again:
            assert again.info().vectors > 0
        other = Remembering(encoder, bank)
        text = ROWS[0]["answer"]
        assert np.allclose(other.encode_passages([text]), encoder.encode_passages([text]), atol=1e-3)
    assert encoder.seen == first + 1


def test_errors_of_no_source_are_counted_with_the_source_and_without() -> None:
    answers = [{**row, "question": None} for row in ROWS]
    found = errors(answers, own_answers(ROWS, 8), None, sizes=((2, 3), (6, 1)))
    assert list(found) == ["2", "6"]
    assert found["2"]["questions"] == 6
    for shares in found.values():
        assert all(0 <= share <= 1 for name, share in shares.items() if name != "questions")
        assert shares["source there, something found"] > shares["source not there, yet something found"]


def test_raw_cosines_are_the_best_of_each_owner() -> None:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    assert raw_cosines(vectors, [0, 0, 2], np.array([0, 1], np.float32), 3).tolist() == [1.0, -1.0, np.float32(0.8)]


def test_a_bank_for_a_benchmark_is_gone_afterwards(tmp_path: Path) -> None:
    with bank_of(ROWS[:1], None) as bank:
        folder = bank.folder
        assert isinstance(bank, Bank)
    assert not folder.exists()
