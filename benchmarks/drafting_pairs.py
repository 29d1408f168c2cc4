"""How good are drafts from a small bank? `python -m benchmarks.drafting_pairs PAIRS.json FOLDER [--strangers FOLDER]`.

PAIRS.json lists sentences that one document of FOLDER took over from another, marked by hand: [{"label", "a": {"file",
"start", "quote"}, "b": {…}}]. Every document with answers is drafted from its questions alone, from all the others
together and from each half of them. Counted is how many of the sentences stand in the draft, and how many under the
question where they were used; and how long the drafts are beside the real answers. Documents on other subjects
(`--strangers`) tell how often a question gets text where the bank holds nothing on it.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from answers_bank.documents import Document, Kind
from answers_bank.filling.filling import ingest
from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from drafter.assembly.assemble import assemble
from drafter.search.searcher import Searcher
from drafter.search.values import SearchQuery
from embeddings.encoder import Encoder
from embeddings.models import load_encoder

AFTER_ALL = datetime.date(2100, 1, 1)

KEY = 70
"""Letters and digits that tell a sentence."""

_NOTES = re.compile(r"\[footnoteRef:\d+\]|\[\d+:[^\]]*\]")
_NOT_LETTERS = re.compile(r"[\W_]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--strangers", type=Path, help="folder with documents on other subjects")
    options = parser.parse_args()
    json.dump(measure(json.loads(options.pairs.read_text()), options.folder, options.strangers), sys.stdout)
    print()


def measure(pairs: Sequence[dict[str, Any]], folder: Path, strangers: Path | None) -> dict[str, Any]:
    """All figures."""
    encoder = load_encoder(None)
    documents = {path.name: read_file(path) for path in sorted(folder.iterdir())}
    total: Counter[str] = Counter()
    for name, document in documents.items():
        if document.questions and document.answers:
            others = [other for other in documents if other != name]
            for sources in [others, others[::2], others[1::2]]:
                wanted = list(reused(pairs, name, document, sources))
                with tempfile.TemporaryDirectory() as scratch, Bank.open(Path(scratch), create=True) as bank:
                    ingest(bank, [folder / source for source in sources], lambda: encoder)
                    total += counted(document, wanted, Searcher(bank, encoder))
    figures: dict[str, Any] = {
        "reused_sentences": total["wanted"],
        "under_the_right_question": round(total["right"] / max(total["wanted"], 1), 3),
        "anywhere_in_the_draft": round(total["anywhere"] / max(total["wanted"], 1), 3),
        "among_the_first_ten_results": round(total["offered"] / max(total["wanted"], 1), 3),
        "length_beside_real_answers": round(total["words"] / max(total["real"], 1), 2),
        "questions_without_text": round(total["empty"] / max(total["questions"], 1), 3),
    }
    if strangers is not None:
        figures["without_source"] = strange(folder, strangers, encoder)
    return figures


def reused(
    pairs: Sequence[dict[str, Any]], name: str, document: Document, sources: Sequence[str]
) -> Iterator[tuple[tuple[int, ...], str]]:
    """Where each sentence was used (numbers of the questions), and the letters by which it is told."""
    for pair in pairs:
        for old, new in ((pair["a"], pair["b"]), (pair["b"], pair["a"])):
            if pair["label"] == "paraphrase" or new["file"] != name or old["file"] not in sources:
                continue
            begun = [a for a in document.answers if a.paragraphs and a.paragraphs[0].start <= new["start"]]
            if begun:
                yield begun[-1].numbers, letters(_NOTES.sub("", old["quote"]))[:KEY]


def counted(document: Document, wanted: Sequence[tuple[tuple[int, ...], str]], searcher: Searcher) -> Counter[str]:
    """Of one draft what is to be added up."""
    asked = only_questions(document)
    draft = assemble(asked, searcher, AFTER_ALL)
    texts = {n: letters(" ".join(b.text for b in a.blocks)) for a in draft.answers for n in a.numbers}
    offered: dict[int, list[str]] = {}
    for question in asked.questions:
        results = searcher.search(SearchQuery(question.text, 10))
        found = [letters(" ".join(p.text for p in result.passages)) for result in results]
        offered.update(dict.fromkeys(question.numbers, found))
    return Counter(
        wanted=len(wanted),
        right=sum(any(key in texts.get(n, "") for n in numbers) for numbers, key in wanted),
        anywhere=sum(any(key in text for text in texts.values()) for _, key in wanted),
        offered=sum(any(key in text for n in numbers for text in offered.get(n, [])) for numbers, key in wanted),
        words=sum(len(b.text.split()) for a in draft.answers for b in a.blocks),
        real=sum(len(p.text.split()) for a in document.answers for p in a.paragraphs),
        questions=len(draft.answers),
        empty=sum(not a.blocks for a in draft.answers),
    )


def strange(folder: Path, strangers: Path, encoder: Encoder) -> dict[str, Any]:
    """How often questions on other subjects get text."""
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch, Bank.open(Path(scratch), create=True) as bank:
        ingest(bank, sorted(folder.iterdir()), lambda: encoder)
        searcher = Searcher(bank, encoder)
        for path in sorted(p for p in strangers.rglob("*") if p.suffix in (".docx", ".doc", ".pdf", ".txt", ".odt")):
            document = read_file(path)
            if not document.questions:
                continue
            draft = assemble(only_questions(document), searcher, AFTER_ALL)
            for answer in draft.answers:
                total["questions"] += 1
                # A bare "Ja." with the remark that it is a set phrase is no source.
                total["drafted"] += any(len(block.text.split()) > 3 for block in answer.blocks)
    return {"questions": total["questions"], "drafted": round(total["drafted"] / max(total["questions"], 1), 3)}


def only_questions(document: Document) -> Document:
    """The questions of `document` as they came in, as a case of its own."""
    return dataclasses.replace(
        document,
        id="nieuw",
        case_number=None,
        kind=Kind.QUESTIONS,
        answers=(),
        ministers=(),
        addressees=document.addressees or document.ministers,
    )


def letters(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return _NOT_LETTERS.sub("", text).lower()


if __name__ == "__main__":
    main()
