"""How quick review is in large banks, and how often it calls invented text reused.

`python -m benchmarks.review [SENTENCES]` fills a scratch bank with invented answers (default 500,000 sentences),
reviews a 15-question answer of which half was taken from it, and prints JSON: milliseconds a sentence, seconds an
answer, and as baseline the same sentences compared with every passage of a sample of the bank, scaled to the whole
(rapidfuzz, no index).
"""

from __future__ import annotations

import datetime
import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from answers_bank.documents import Answer, Document, Kind, Passage
from answers_bank.dutch.sentences import sentences
from answers_bank.store.bank import Bank
from drafter.reuse.reviewer import Reviewer

PASSAGE_SENTENCES = 5
ANSWER_QUESTIONS = 15

_STEMS = (
    "molen dijk sluis golf wind haven kade oever getij stroom polder gemaal vaart brug baken boei veer mast zeil anker "
    "schip dek lading kraan loods toren lamp mist storm vloed"
).split()
_ENDINGS = "toezicht beheer bouw heffing controle melding vergunning raad dienst plan norm besluit onderzoek".split()
_VERBS = "bouwt meet sluit opent keurt betaalt bewaakt vernieuwt bespreekt onderzoekt vergelijkt verdeelt".split()
_LINKS = "omdat zodat terwijl nadat wanneer hoewel".split()
_SMALL = "de het een van in op met voor aan bij door over naar uit om".split()


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder, Bank.open(Path(folder), create=True) as bank:
        began = time.perf_counter()
        kept = _fill(bank, total, chance)
        filled = time.perf_counter() - began
        began = time.perf_counter()
        reviewer = Reviewer(bank)
        opened = time.perf_counter() - began
        began = time.perf_counter()
        Reviewer(bank)
        reopened = time.perf_counter() - began
        answer, mine = _answer(kept, chance)
        began = time.perf_counter()
        review = reviewer.review(answer)
        whole = time.perf_counter() - began
        times = []
        for sentence in mine:
            began = time.perf_counter()
            reviewer.review(_document("een", [[sentence]]))
            times.append(time.perf_counter() - began)
        sample = [passage.text for passage in bank.sample(max(total // 1000, 1))]
        began = time.perf_counter()
        for sentence in mine[:20]:
            process.extract(sentence, sample, scorer=fuzz.ratio, limit=10)
        baseline = (time.perf_counter() - began) / 20 * total / max(len(sample), 1)
    taken = sum(sentence.label != "own" for sentence in review.sentences)
    print(
        json.dumps(
            {
                "sentences_in_bank": review.bank_sentences,
                "fill_seconds": round(filled, 1),
                "first_open_seconds": round(opened, 2),
                "open_seconds": round(reopened, 3),
                "answer_sentences": len(review.sentences),
                "answer_seconds": round(whole, 3),
                "sentence_ms_median": round(1000 * statistics.median(times), 2),
                "sentence_ms_p95": round(1000 * sorted(times)[int(0.95 * len(times))], 2),
                "called_reused": taken,
                "really_reused": sum(text in kept for text in mine),
                "baseline_all_pairs_ms": round(1000 * baseline, 1),
                "times_faster_than_all_pairs": round(baseline / statistics.median(times), 1),
            },
            indent=2,
        )
    )


def _sentence(chance: random.Random) -> str:
    def noun() -> str:
        # Compounds: as many different words as real answers have, some common and most rare.
        first = chance.choice(_STEMS) if chance.random() < 0.5 else chance.choice(_STEMS) + chance.choice(_STEMS)
        return first + chance.choice(_ENDINGS)

    words = [chance.choice(("De", "Het", "Een")), noun(), chance.choice(_VERBS)]
    for _ in range(chance.randint(2, 6)):
        words += [chance.choice(_SMALL), noun()]
    if chance.random() < 0.4:
        words += [chance.choice(_LINKS), "de", noun(), "de", noun(), chance.choice(_VERBS)]
    return " ".join(words) + "."


def _fill(bank: Bank, total: int, chance: random.Random) -> list[str]:
    """Fills the bank; a tenth of the passages returns as a standard passage. Gives sentences to reuse."""
    standard = [[_sentence(chance) for _ in range(PASSAGE_SENTENCES)] for _ in range(200)]
    kept: list[str] = []
    for number in range(total // (PASSAGE_SENTENCES * 20)):
        passages = [
            chance.choice(standard) if chance.random() < 0.1 else [_sentence(chance) for _ in range(PASSAGE_SENTENCES)]
            for _ in range(20)
        ]
        if number % 50 == 0:
            kept.extend(passages[0])
        bank.add(_document(f"stuk-{number}", passages))
    return kept


def _document(identifier: str, passages: list[list[str]]) -> Document:
    text, placed = "", []
    for held in passages:
        paragraph = " ".join(held)
        placed.append(Passage(paragraph, len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    return Document(
        id=identifier,
        sha256=identifier,
        source=identifier,
        kind=Kind.ANSWER,
        text=text,
        subject=identifier,
        received=datetime.date(2031, 1, 1),
        answers=(Answer((1,), tuple(placed)),),
    )


def _answer(kept: list[str], chance: random.Random) -> tuple[Document, list[str]]:
    """Fifteen answers of eight sentences, half of them taken over."""
    passages = [
        [chance.choice(kept) if chance.random() < 0.5 else _sentence(chance) for _ in range(8)]
        for _ in range(ANSWER_QUESTIONS)
    ]
    document = _document("antwoord", passages)
    return document, [
        sentence for answer in document.answers for p in answer.paragraphs for sentence in sentences(p.text)
    ]


if __name__ == "__main__":
    main()
