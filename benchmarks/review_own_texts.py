"""How often a review calls a sentence reused in a text that reuses nothing.

`python -m benchmarks.review_own_texts [FOLDER]` prints JSON. Texts that have nothing to do with each other are reviewed
against each other's bank: the invented samples of this project, real Dutch answers and Belgian answers (of FOLDER, by
default the folder `shared/data` beside the project; without it only the samples against each other's subjects).
"""

from __future__ import annotations

import dataclasses
import datetime
import gzip
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from answers_bank.documents import Answer, Document, Kind, Passage
from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from drafter.reuse.reviewer import Reviewer
from embeddings.errors import InputError

ROOT = Path(__file__).resolve().parents[1]
BELGIAN_STEP = 12
"""Every so many of the Belgian answers is reviewed; all of them are in the bank."""


def main() -> None:
    shared = Path(os.environ.get("KAMERANTWOORD_SHARED", ROOT.parent / "shared"))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "data"
    sets = {"samples": _files(sorted((ROOT / "samples" / "bank").iterdir()))}
    if folder.is_dir():
        sets["seeds"] = _files(sorted((folder / "seeds").glob("*.txt")))
        sets["answers"] = _files([*sorted((folder / "docx").glob("*.docx")), *sorted((folder / "pdf").glob("*.pdf"))])
        sets["belgian"] = _belgian(folder / "belgium-2017-jan-apr.jsonl.gz")
    figures = []
    for bank_name, held in sets.items():
        with tempfile.TemporaryDirectory() as place, Bank.open(Path(place), create=True) as bank:
            for document in held:
                bank.add(document)
            reviewer = Reviewer(bank)
            for name, texts in sets.items():
                # The Dutch answers may really reuse each other; they are no test of this.
                if name == bank_name or {name, bank_name} == {"seeds", "answers"}:
                    continue
                figures.append(
                    _figures(reviewer, name, bank_name, texts[::BELGIAN_STEP] if name == "belgian" else texts)
                )
    total = sum(figure["sentences"] for figure in figures)
    called = sum(figure["called_reused"] for figure in figures)
    print(json.dumps({"pairs": figures, "sentences": total, "share": round(called / max(total, 1), 4)}, indent=2))


def _figures(reviewer: Reviewer, name: str, bank: str, texts: Sequence[Document]) -> dict[str, float | int | str]:
    labels = [sentence.label for text in texts for sentence in reviewer.review(text).sentences]
    called = sum(label != "own" for label in labels)
    share = round(called / max(len(labels), 1), 4)
    return {"texts": name, "bank": bank, "sentences": len(labels), "called_reused": called, "share": share}


def _files(paths: Iterable[Path]) -> list[Document]:
    found = []
    for path in paths:
        try:
            # A name of its own, so that no document is taken for another one's copy.
            found.append(dataclasses.replace(read_file(path), id=path.name, case_number=None))
        except InputError as error:
            print(f"{path.name}: {error.message}", file=sys.stderr)
    return found


def _belgian(path: Path) -> list[Document]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [_document(record) for record in records if record.get("answer")]


def _document(record: dict[str, str]) -> Document:
    text = record["answer"]
    placed, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            placed.append(Passage(line, at, at + len(line)))
        at += len(line) + 1
    return Document(
        id=record["id"],
        sha256=record["id"],
        source=record["id"],
        kind=Kind.ANSWER,
        text=text,
        received=datetime.date.fromisoformat(record["date"][:10]),
        answers=(Answer((1,), tuple(placed)),),
    )


if __name__ == "__main__":
    main()
