"""Train and judge the ranker of sentences: `python -m benchmarks.sentence_ranker REGISTER.jsonl --parted 2017-03-01`.

The register is asked in two parts, before and from the day `--parted`. The figures are those of models that were
trained on one part and judged on the other, each way; beside them what the words and meaning of the search alone give.
How often "no source" is wrong is told for the bank as it is and for banks of a tenth and a hundredth of its size. With
`--words` nothing is asked by meaning, as where there is no model.
With `--out FOLDER` models trained on all of it are written there, in the form that the project comes with; the models
of the place of a sentence are learnt from Dutch sets (`--sets`, JSON Lines with "questions", "subject", "bank" and
"wanted": by number the sentences taken over; `--answers`, files with questions and answers, whose own sentences stand
under their questions) or, without these, kept as they are.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Kind as DocumentKind
from answers_bank.documents import Question
from answers_bank.filling.filling import ingest
from answers_bank.reading import read_file
from answers_bank.sources.jsonl import BadRecord, records
from answers_bank.store.bank import Bank
from benchmarks import ranker_training as training
from benchmarks.drafting import letters_of
from benchmarks.placing_material import own_sets
from benchmarks.ranker_material import Case, Kind, asked_of_register, register_cases, set_cases, smaller
from drafter.assembly.question_candidates import Terms
from drafter.assembly.ranker import NAMES, Ranker, from_json, ranker
from drafter.assembly.sentence_numbers import COLUMN
from drafter.search.searcher import Searcher
from embeddings.encoder import Encoder
from embeddings.models import load_encoder

LOOKED_AT = 20
"""Best sentences of a question among which those that were taken over are counted."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("register", type=Path, help="JSONL, one question with its answer a line")
    parser.add_argument("--bank", type=Path, required=True, help="a bank that holds the register, or where to make it")
    parser.add_argument("--since", type=datetime.date.fromisoformat, required=True, help="ask from this day on")
    parser.add_argument("--parted", type=datetime.date.fromisoformat, required=True, help="the later part starts here")
    parser.add_argument("--sets", type=Path, help="Dutch sets with what was taken over")
    parser.add_argument("--answers", type=Path, nargs="*", default=[], help="Dutch sets with their answers, any files")
    parser.add_argument("--limit", type=int, default=120, help="questions without a source, of each kind")
    parser.add_argument("--words", action="store_true", help="search by words alone, as where there is no model")
    parser.add_argument("--cases", type=Path, help="folder to keep what was found in: a run that was stopped goes on")
    parser.add_argument("--out", type=Path, help="folder to write the models to")
    options = parser.parse_args()
    encoder = None if options.words else load_encoder(None)
    cases = _cases(options, encoder)
    json.dump({"questions": _counts(cases), **judged(cases, options.parted, _moved(options))}, sys.stdout, indent=1)
    print()
    if options.out:
        place = _place(options, encoder)
        name = "ranker_words.json" if options.words else "ranker.json"
        models = training.grow([case for case in cases if case.taken.any()])
        data = training.as_json(models, place, training.source_weights(cases, _moved(options)))
        (options.out / name).write_text(json.dumps(data), encoding="utf-8")


def _moved(options: argparse.Namespace) -> float:
    return training.MOVED_BY_WORDS if options.words else training.MOVED


def judged(cases: Sequence[Case], parted: datetime.date, moved: float) -> dict[str, Any]:
    """Figures of each part by models that were trained on the other."""
    found = {}
    for name, of_later in (("earlier_judged_by_later", False), ("later_judged_by_earlier", True)):
        own = [case for case in cases if (case.date >= parted) == of_later]
        others = [case for case in cases if (case.date >= parted) != of_later]
        models = training.grow([case for case in others if case.taken.any()], bags=2)
        place = dict.fromkeys(training.PLACE_NAMES, 0.0)
        trained = from_json(training.as_json(models, place, training.source_weights(others, moved)))
        reused = [case for case in own if case.kind is Kind.REUSED]
        found[name] = {
            "taken_over_among_best": _recall(reused, [trained.worth(case.numbers) for case in reused]),
            "by_the_sum_of_the_search": _recall(reused, [case.numbers.values[:, COLUMN["sum"]] for case in reused]),
            "no_source_by_share_of_the_bank": {
                str(share): _no_source(own, trained, share) for share in training.SMALLER
            },
        }
    return found


def _no_source(cases: Sequence[Case], trained: Ranker, share: float) -> dict[str, float]:
    """How often "no source" is said, and how often it is not, in a bank of a `share` of the size."""
    chance = random.Random(5)
    has_source: dict[Kind, list[bool]] = {kind: [] for kind in Kind}
    for whole in cases:
        case = whole if share == 1 else smaller(whole, share, chance)
        numbers = case.numbers if case else whole.numbers
        worth = trained.worth(numbers)
        has_source[whole.kind].append(case is not None and trained.has_source(numbers, worth, case.size) >= 0)
    told = {kind: round(float(np.mean(found)), 3) for kind, found in has_source.items() if found}
    return {
        "empty_though_taken_over": round(1 - told.get(Kind.REUSED, 1.0), 3),
        "source_where_only_strangers": told.get(Kind.STRANGE, 0.0),
        "source_where_no_theme_is_shared": told.get(Kind.OTHER_THEME, 0.0),
    }


def _recall(cases: Sequence[Case], worth: Sequence[NDArray[np.float64]]) -> float:
    """Of what was taken over and found, the share among the best sentences; mean over questions."""
    shares = [
        case.taken[np.argsort(-values, kind="stable")[:LOOKED_AT]].sum() / min(case.taken.sum(), LOOKED_AT)
        for case, values in zip(cases, worth, strict=True)
        if case.taken.any()
    ]
    return round(float(np.mean(shares)), 3) if shares else 0.0


def _counts(cases: Sequence[Case]) -> dict[str, int]:
    return {kind.value: sum(case.kind is kind for case in cases) for kind in Kind}


def _cases(options: argparse.Namespace, encoder: Encoder | None) -> list[Case]:
    documents = [
        document
        for document in records(options.register)
        if not isinstance(document, BadRecord) and document.kind is DocumentKind.ANSWER and document.date
    ]
    with Bank.open(options.bank, create=True) as bank:
        ingest(bank, [options.register], encoder and (lambda: encoder))
        searcher = Searcher(bank, encoder)
        if options.cases:
            options.cases.mkdir(parents=True, exist_ok=True)
        asked = asked_of_register(documents, options.since, options.parted, options.limit)
        return list(register_cases(asked, searcher, options.cases))


def _sets(path: Path, encoder: Encoder | None) -> list[training.SetCases]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        questions = [Question((n,), text, 0, len(text)) for n, text in enumerate(row["questions"], 1)]
        wanted = {int(n): [letters_of(text) for text in texts] for n, texts in row["wanted"].items()}
        with Bank.open(Path(row["bank"])) as bank:
            terms = Terms(datetime.date.max, row.get("portfolio"), frozenset())
            found.append(set_cases(questions, row["subject"], wanted, Searcher(bank, encoder), terms))
    return found


def _place(options: argparse.Namespace, encoder: Encoder | None) -> dict[str, float]:
    if not options.sets and not options.answers:
        return _present()
    answered = [read_file(path) for path in options.answers]
    return training.place_weights(
        _sets(options.sets, encoder) if options.sets else [], list(own_sets(answered, encoder))
    )


def _present() -> dict[str, float]:
    """The weights of the place as the project has them."""
    return {name: float(weight) for name, weight in zip(NAMES, ranker(meaning=True).place, strict=True) if weight}


if __name__ == "__main__":
    main()
