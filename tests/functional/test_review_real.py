"""Review on real documents beside the project: what was reused is found, what was not is left alone."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from answers_bank.documents import Answer, Document, Kind, Passage
from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from drafter.reuse.reviewer import Reviewer
from drafter.reuse.values import Label, Review

pytestmark = pytest.mark.real

ORDER = ("004", "000", "001", "003", "002")  # the texts by date, oldest first


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if c.isalnum())


def test_reused_sentences_are_found(shared: Path, tmp_path: Path) -> None:
    """Verbatim, near-verbatim and contained all; reworked nine in ten; of the paraphrases half, by words alone."""
    pairs = [p for p in json.loads((shared / "gold" / "reuse.json").read_text()) if p["scope"] == "cross"]
    files = {path.name[:3]: path for path in (shared / "data" / "seeds").glob("*.txt")}
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with Bank.open(tmp_path / "bank", create=True) as bank:
        for number, later in enumerate(ORDER):
            document = read_file(files[later])
            review = Reviewer(bank).review(document) if number else None
            for pair in pairs:
                sides = {pair[key]["file"][:3]: pair[key] for key in ("a", "b")}
                old = next((name for name in sides if name != later), "")
                if review is None or later not in sides or old not in ORDER[:number]:
                    continue
                total[pair["label"]] += 1
                found[pair["label"]] += _finds(review, sides[later], letters(pair["longest_common_text"])[:25])
            bank.add(document)
    shares = {label: found[label] / total[label] for label in total}
    assert shares["verbatim"] == shares["near_verbatim"] == shares["contained"] == 1.0
    assert shares["reworked"] >= 0.9
    assert shares["paraphrase"] >= 0.5


def _finds(review: Review, place: dict[str, int], common: str) -> bool:
    return any(
        common in letters(source.text)
        for sentence in review.sentences
        if sentence.start < place["end"] and place["start"] < sentence.end
        for source in sentence.sources
    )


def test_belgian_answers_reuse_no_dutch_ones(shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "belgium-2017-jan-apr.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for number, line in enumerate(lines) if number % 25 == 0]
    with Bank.open(tmp_path / "bank", create=True) as bank:
        for seed in sorted((shared / "data" / "seeds").glob("*.txt")):
            bank.add(read_file(seed))
        reviewer = Reviewer(bank)
        sentences = [s for record in records for s in reviewer.review(_document(record)).sentences]
    assert len(sentences) > 300
    assert sum(s.label is not Label.OWN for s in sentences) <= 0.02 * len(sentences)


def _document(record: dict[str, str]) -> Document:
    text = record["answer"] or ""
    passage = Passage(text, 0, len(text))
    return Document(record["id"], "", "", Kind.ANSWER, text, answers=(Answer((1,), (passage,)),))
