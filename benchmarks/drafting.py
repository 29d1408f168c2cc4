"""How good are drafts? On a register of real questions and answers: `python -m benchmarks.drafting REGISTER.jsonl`.

For every answer that repeats whole sentences of earlier answers, its question alone is drafted with the bank as it was
on that day. Counted is how many of those sentences stand in the draft, against a baseline that takes over the best
search result as a whole. For the decision "geen bron" questions are drafted once more with everything excluded that
was answered for the same portfolio or shares a theme: whatever is drafted then is a source that is none.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from answers_bank.documents import Document, Kind, OfficeHolder
from answers_bank.filling.filling import ingest
from answers_bank.sources.jsonl import BadRecord, records
from answers_bank.store.bank import Bank
from drafter.assembly.assemble import assemble
from drafter.search.searcher import Searcher
from drafter.search.values import SearchQuery
from embeddings.models import load_encoder

SHORTEST = 80
"""Letters and digits of a sentence that counts."""

COMMON = 25
"""A sentence in more answers than this is a formula and no sign of reuse."""

_SENTENCE = re.compile(r"(?<=[.;:?!])\s*(?=[A-Z0-9])")
_NOT_LETTERS = re.compile(r"[\W_]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("register", type=Path, help="JSONL, one question with its answer a line")
    parser.add_argument("--bank", type=Path, help="a bank that holds the register, or where to make it")
    parser.add_argument("--since", type=datetime.date.fromisoformat, help="draft questions from this day on only")
    parser.add_argument("--limit", type=int, default=200, help="at most so many questions of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        json.dump(measure(options.register, options.bank or Path(scratch), options.since, options.limit), sys.stdout)
    print()


def measure(register: Path, folder: Path, since: datetime.date | None, limit: int) -> dict[str, Any]:
    """All figures."""
    documents = sorted(
        (d for d in records(register) if not isinstance(d, BadRecord) and d.kind is Kind.ANSWER and d.date),
        key=lambda d: (d.date, d.id),
    )
    first = since or documents[len(documents) // 2].date or datetime.date.min
    reusing = [(d, keys) for d, keys in reused_sentences(documents) if d.date and d.date >= first][:limit]
    others = [d for d in documents if d.date and d.date >= first]
    random.Random(7).shuffle(others)
    with Bank.open(folder, create=True) as bank:
        encoder = load_encoder(None)
        ingest(bank, [register], lambda: encoder)
        searcher = Searcher(bank, encoder)
        return {
            "documents": len(documents),
            "reuse": reuse_figures(reusing, searcher),
            "no_source": no_source_figures(others[:limit], documents, searcher),
        }


def reused_sentences(documents: Sequence[Document]) -> list[tuple[Document, frozenset[str]]]:
    """Documents that repeat whole sentences of earlier ones, with those sentences."""
    homes: dict[str, set[int]] = defaultdict(set)
    own = [frozenset(sentence_keys(document.answers[0].text)) for document in documents]
    for number, keys in enumerate(own):
        for key in keys:
            homes[key].add(number)
    found = []
    for number, (document, keys) in enumerate(zip(documents, own, strict=True)):
        earlier = frozenset(
            key
            for key in keys
            if len(homes[key]) <= COMMON and any(documents[n].date < document.date for n in homes[key] if n != number)  # type: ignore[operator]
        )
        if earlier:
            found.append((document, earlier))
    return found


def sentence_keys(text: str, shortest: int = SHORTEST) -> Iterable[str]:
    """The long sentences of a text, letters and digits only."""
    return (key for key in map(letters_of, split(text)) if len(key) >= shortest)


def split(text: str) -> list[str]:
    """The sentences of a text, by its marks alone."""
    return _SENTENCE.split(text)


def letters_of(text: str) -> str:
    """The letters and digits of a text in lower case."""
    return _NOT_LETTERS.sub("", text).lower()


def questions_of(document: Document) -> Document:
    """The questions of `document` alone, as they came in."""
    addressees = tuple(OfficeHolder(None, m.portfolio, m.office) for m in document.ministers)
    return dataclasses.replace(
        document,
        kind=Kind.QUESTIONS,
        submitted=document.date,
        received=None,
        answers=(),
        ministers=(),
        addressees=addressees,
    )


def reuse_figures(cases: Sequence[tuple[Document, frozenset[str]]], searcher: Searcher) -> dict[str, Any]:
    """How many of the sentences that were in fact reused stand in the draft."""
    total = in_draft = in_first = sets = empty = words = first_words = off_subject = real = 0
    for document, keys in cases:
        assert document.date is not None
        asked = questions_of(document)
        draft = assemble(asked, searcher, document.date)
        text = " ".join(block.text for answer in draft.answers for block in answer.blocks)
        holder = asked.addressees[0].portfolio if asked.addressees else None
        query = SearchQuery(
            asked.questions[0].text, 1, before=document.date, portfolio=holder, exclude=frozenset({asked.id})
        )
        first = " ".join(p.text for result in searcher.search(query) for p in result.passages)
        drafted, baseline = _NOT_LETTERS.sub("", text).lower(), _NOT_LETTERS.sub("", first).lower()
        total += len(keys)
        hits = sum(key in drafted for key in keys)
        in_draft += hits
        in_first += sum(key in baseline for key in keys)
        sets += hits > 0
        empty += not text
        words += len(text.split())
        real += len(document.answers[0].text.split())
        blocks = [block for answer in draft.answers for block in answer.blocks if block.origin]
        off_subject += sum(
            len(block.text.split())
            for block in blocks
            if block.origin and not related(searcher.bank.document(block.origin.document), document)
        )
        first_words += len(first.split())
    count = max(len(cases), 1)
    return {
        "questions": len(cases),
        "reused_sentences": total,
        "in_draft": round(in_draft / max(total, 1), 3),
        "in_best_result_as_a_whole": round(in_first / max(total, 1), 3),
        "drafts_with_a_reused_sentence": round(sets / count, 3),
        "drafts_without_source": round(empty / count, 3),
        "words_a_draft": round(words / count),
        "words_of_real_answer": round(real / count),
        "share_of_words_on_another_subject": round(off_subject / max(words, 1), 3),
        "words_of_best_result": round(first_words / count),
    }


def no_source_figures(cases: Sequence[Document], documents: Sequence[Document], searcher: Searcher) -> dict[str, Any]:
    """How often something is drafted where there is nothing on the subject, and where there is everything."""
    wrong = kept = 0
    for document in cases:
        assert document.date is not None
        asked = questions_of(document)
        strangers = frozenset(d.id for d in documents if related(d, document))
        draft = assemble(asked, searcher, document.date, exclude=strangers)
        wrong += any(answer.blocks for answer in draft.answers)
        draft = assemble(asked, searcher, document.date)
        kept += any(answer.blocks for answer in draft.answers)
    count = max(len(cases), 1)
    return {
        "questions": len(cases),
        "drafted_with_the_whole_bank": round(kept / count, 3),
        "drafted_without_anything_on_the_subject": round(wrong / count, 3),
    }


def related(one: Document, other: Document) -> bool:
    """Whether two answers are of the same portfolio or share a theme."""
    portfolios = [{m.portfolio for m in d.ministers} for d in (one, other)]
    themes = [set(filter(None, d.properties.get("themes", "").split("; "))) for d in (one, other)]
    return bool(portfolios[0] & portfolios[1] or themes[0] & themes[1])


if __name__ == "__main__":
    main()
