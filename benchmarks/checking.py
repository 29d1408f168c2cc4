"""How fast are the checks? `python -m benchmarks.checking --passages 100000`.

A set of 15 answers of 8,000 words, made up but for a signal in every fourth sentence, is checked without a bank and
with one. Each part is timed alone, in seconds of processor time: cold is the first time after the bank was opened, warm
the best of three after that. The layers of the consistency check are timed apart as well. The baseline of the ratios
is cutting the same text into sentences. No encoder is involved.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from answers_bank.documents import Answer, Document, Kind, Passage, Question
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.store.bank import Bank
from benchmarks.banks import synthetic_bank
from benchmarks.synthetic import FastEncoder, sentences
from drafter.checks import CHECK_NAMES, check_document, rules
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.case import Case
from drafter.checks.consistency.name_variants import name_findings
from drafter.checks.consistency.named_items import key_findings
from drafter.checks.consistency.near_duplicates import near_findings
from drafter.checks.consistency.newer_sources import paper_findings, source_findings
from drafter.checks.consistency.sentence_similarity import Kin
from drafter.checks.consistency.similar_sentences import SimilarSentences
from drafter.checks.consistency.timeline import matter_findings
from drafter.checks.consistency.within_document import between_answers, own_date, question_figures, sums
from drafter.checks.finding import Context
from drafter.checks.text import CheckedText

QUESTIONS = 15
WORDS = 8_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000, help="passages in the bank")
    parser.add_argument("--folder", type=Path, help="where the bank is, or is made and kept")
    parser.add_argument("--material", type=Path, help="a register (JSONL) whose sentences are used")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        json.dump(measure(options.folder or Path(scratch), options.passages, options.material), sys.stdout, indent=1)
    print()


def measure(folder: Path, passages: int, material: Path | None) -> dict[str, Any]:
    """All figures."""
    document = answers(sentences(material))
    baseline = best(lambda: sentence_spans(document.text))
    figures: dict[str, Any] = {
        "words": len(document.text.split()),
        "baseline": "sentences",
        "seconds_baseline": baseline,
    }
    made = synthetic_bank(folder, passages, material, FastEncoder())
    figures["passages"] = made["passages"]
    with Bank.open(folder) as bank:
        figures["consistency_cold"] = layers(document, bank)
        figures["consistency_warm"] = layers(document, bank)
    with Bank.open(folder) as bank:
        for name, held in (("without_bank", None), ("with_bank", bank)):
            context = Context(datetime.date(2026, 6, 1), held)
            began = time.process_time()
            check_document(document, context)
            cold = time.process_time() - began
            parts = {check: best(lambda c=check, x=context: check_document(document, x, [c])) for check in CHECK_NAMES}
            total = sum(parts.values())
            figures[name] = {
                "seconds": parts,
                "seconds_all": round(total, 3),
                "seconds_all_cold": round(cold, 3),
                "ratio_to_baseline": round(total / baseline, 1),
                "findings": len(check_document(document, context)),
            }
    return figures


def layers(document: Document, bank: Bank) -> dict[str, float]:
    """Seconds of each layer of the consistency check, run once."""
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        result = work()
        seconds[name] = round(time.process_time() - began, 4)
        return result

    case = Case(timed("units", lambda: CheckedText.of_document(document)), Context(datetime.date(2026, 6, 1), bank))
    units, said = case.text.units, case.text.answering
    lookup = BankLookup(bank, case.text, case.as_of, frozenset())
    kin = timed("weights", lambda: Kin.of(bank))
    similar = timed("index", lambda: SimilarSentences(lookup))
    timed("near", lambda: near_findings(said, similar, kin, document.date))
    timed("matters", lambda: matter_findings(said, lookup, kin))
    timed("papers", lambda: paper_findings(units, lookup))
    timed("sources", lambda: source_findings(case, lookup, kin))
    timed("keys", lambda: key_findings(said, lookup, kin))
    inside = (sums, own_date, question_figures, between_answers)
    timed("inside", lambda: [list(part(case.text)) for part in inside])
    timed("names", lambda: name_findings(units, lookup))
    seconds["all"] = round(sum(seconds.values()), 4)
    return seconds


def best(work: Callable[[], object]) -> float:
    """Least processor time of three runs; what is made once (patterns, indexes) is made before."""
    work()
    times = []
    for _ in range(3):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return round(min(times), 4)


def answers(material: list[str]) -> Document:
    """The set of answers: paragraphs of about 80 words."""
    signals = [rule.speaks[0].text for rule in rules() if rule.check in {"staleness", "citations"}]
    text, questions, given = "", [], []
    turn = 0
    for number in range(1, QUESTIONS + 1):
        asked = f"{material[number]} Hoe zit dat?"
        text += f"Vraag {number}\n"
        questions.append(Question((number,), asked, len(text), len(text) + len(asked)))
        text += f"{asked}\n\nAntwoord {number}\n"
        paragraphs: list[Passage] = []
        count = 0
        while count < WORDS // QUESTIONS:
            chosen = []
            while sum(len(s.split()) for s in chosen) < 80:
                turn += 1
                chosen.append(signals[turn % len(signals)] if turn % 4 == 0 else material[(turn * 37) % len(material)])
            paragraph = " ".join(chosen)
            count += len(paragraph.split())
            paragraphs.append(Passage(paragraph, len(text), len(text) + len(paragraph)))
            text += f"{paragraph}\n\n"
        given.append(Answer((number,), tuple(paragraphs)))
    return Document(
        id="benchmark",
        sha256="",
        source="benchmark.txt",
        kind=Kind.ANSWER,
        text=text,
        received=datetime.date(2015, 6, 1),
        questions=tuple(questions),
        answers=tuple(given),
    )


if __name__ == "__main__":
    main()
