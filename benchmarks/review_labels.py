"""Are the sources that a review shows those that a careful reader would name? `python -m benchmarks.review_labels`.

Invented answers of which a reader said for each sentence where it comes from (`review_labels.yaml`), in a bank with the
samples of this project. Printed as JSON, a set at a time: how many of the sentences with a source got that source
(`found`), how many without one were left alone (`left_alone`). The set `dev` was looked at while the rules were made.
"""

from __future__ import annotations

import argparse
import datetime
import json
import tempfile
from pathlib import Path
from typing import Any

import yaml

from answers_bank.documents import Answer, Document, Kind, Passage
from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from drafter.reuse.reviewer import Reviewer
from drafter.reuse.values import Label, SentenceReview
from embeddings.models import load_encoder

SETS = Path(__file__).with_name("review_labels.yaml")
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "bank"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="SET", action="append", default=[], help="print what was wrong in a set")
    parser.add_argument("--words", action="store_true", help="search by words only, not by meaning")
    options = parser.parse_args()
    sets = yaml.safe_load(SETS.read_text(encoding="utf-8"))
    figures = {name: judged(held, name in options.show, words=options.words) for name, held in sets.items()}
    print(json.dumps(figures, indent=1))


def judged(held: dict[str, Any], show: bool, *, words: bool) -> dict[str, Any]:
    """The figures of one set."""
    with tempfile.TemporaryDirectory() as folder, Bank.open(Path(folder), create=True) as bank:
        for path in sorted(SAMPLES.iterdir()):
            bank.add(read_file(path))
        for number, given in enumerate(held["bank"]):
            bank.add(_document(f"bank-{number}", given["paragraphs"], given["date"]))
        encoder = None
        if not words:
            from answers_bank.filling.encoding import encode_waiting

            encoder = load_encoder()
            encode_waiting(bank, encoder)
        text = _document("nieuw", [" ".join(one["text"] for one in p) for p in held["text"]], datetime.date(2033, 1, 1))
        reviewed = Reviewer(bank, encoder).review(text).sentences
    wanted = [one for paragraph in held["text"] for one in paragraph]
    assert [sentence.text for sentence in reviewed] == [" ".join(one["text"].split()) for one in wanted]
    found = alone = sources = own = 0
    for sentence, one in zip(reviewed, wanted, strict=True):
        right = _right(sentence, one.get("from"))
        if one.get("from"):
            sources += 1
            found += right
        else:
            own += 1
            alone += right
        if show and not right:
            print(f"{sentence.label.value}: {sentence.text}")
            print(f"   <- {sentence.best.text if sentence.best else '-'}   ({one.get('from', 'own')})")
    return {"with_source": sources, "found": found, "without": own, "left_alone": alone}


def _right(sentence: SentenceReview, wanted: str | None) -> bool:
    if wanted is None:
        return sentence.label is Label.OWN
    return sentence.best is not None and any(part in " ".join(sentence.best.text.split()) for part in wanted.split("|"))


def _document(identifier: str, paragraphs: list[str], date: datetime.date) -> Document:
    text, placed = "", []
    for paragraph in paragraphs:
        placed.append(Passage(paragraph, len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    return Document(
        id=identifier,
        sha256=identifier,
        source=f"{identifier}.txt",
        kind=Kind.ANSWER,
        text=text,
        received=date,
        answers=(Answer((1,), tuple(placed)),),
    )


if __name__ == "__main__":
    main()
