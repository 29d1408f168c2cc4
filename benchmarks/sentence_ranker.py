"""Train and judge the ranker of sentences: `python -m benchmarks.sentence_ranker REGISTER.jsonl --parted 2017-03-01`.

The register is asked in two parts, before and from the day `--parted`. The figures are those of models that were
trained on one part and judged on the other, each way; beside them what the words and meaning of the search alone give.
With `--out FOLDER` models trained on all of it are written there, in the form that the project comes with; the models
of the place of a sentence are learnt from Dutch sets (`--sets`, JSON Lines with "questions", "subject", "bank" and
"wanted": by number the sentences taken over) or, without these, kept as they are.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Kind as DocumentKind
from answers_bank.documents import Question
from answers_bank.filling.filling import ingest
from answers_bank.sources.jsonl import BadRecord, records
from answers_bank.store.bank import Bank
from benchmarks import ranker_training as training
from benchmarks.drafting import letters_of
from benchmarks.ranker_material import Case, Kind, register_cases, set_cases
from drafter.assembly.question_candidates import Terms
from drafter.assembly.ranker import NAMES, from_json, ranker
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
    parser.add_argument("--limit", type=int, default=120, help="questions without a source, of each kind")
    parser.add_argument("--out", type=Path, help="folder to write the models to")
    options = parser.parse_args()
    encoder = load_encoder(None)
    cases = _cases(options, encoder)
    json.dump({"questions": _counts(cases), **judged(cases, options.parted)}, sys.stdout, indent=1)
    print()
    if options.out:
        place = training.place_weights(_sets(options.sets, encoder)) if options.sets else _present()
        models = training.grow([case for case in cases if case.taken.any()])
        data = training.as_json(models, place, training.source_weights(cases))
        (options.out / "ranker.json").write_text(json.dumps(data), encoding="utf-8")


def judged(cases: Sequence[Case], parted: datetime.date) -> dict[str, Any]:
    """Figures of each part by models that were trained on the other."""
    found = {}
    for name, of_later in (("earlier_judged_by_later", False), ("later_judged_by_earlier", True)):
        own = [case for case in cases if (case.date >= parted) == of_later]
        others = [case for case in cases if (case.date >= parted) != of_later]
        models = training.grow([case for case in others if case.taken.any()], bags=1)
        place = dict.fromkeys(training.PLACE_NAMES, 0.0)
        trained = from_json(training.as_json(models, place, training.source_weights(others)))
        reused = [case for case in own if case.kind is Kind.REUSED]
        has_source = {
            kind: [trained.has_source(c.numbers, trained.worth(c.numbers), c.size) >= 0 for c in own if c.kind is kind]
            for kind in Kind
        }
        found[name] = {
            "taken_over_among_best": _recall(reused, [trained.worth(case.numbers) for case in reused]),
            "by_the_sum_of_the_search": _recall(reused, [case.numbers.values[:, COLUMN["sum"]] for case in reused]),
            "empty_though_taken_over": round(1 - float(np.mean(has_source[Kind.REUSED])), 3),
            "source_where_only_strangers": round(float(np.mean(has_source[Kind.STRANGE])), 3),
            "source_where_no_theme_is_shared": round(float(np.mean(has_source[Kind.OTHER_THEME])), 3),
        }
    return found


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


def _cases(options: argparse.Namespace, encoder: Encoder) -> list[Case]:
    documents = [
        document
        for document in records(options.register)
        if not isinstance(document, BadRecord) and document.kind is DocumentKind.ANSWER and document.date
    ]
    with Bank.open(options.bank, create=True) as bank:
        ingest(bank, [options.register], lambda: encoder)
        searcher = Searcher(bank, encoder)
        return list(register_cases(documents, searcher, options.since, options.parted, options.limit))


def _sets(path: Path, encoder: Encoder) -> list[training.SetCases]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        questions = [Question((n,), text, 0, len(text)) for n, text in enumerate(row["questions"], 1)]
        wanted = {int(n): [letters_of(text) for text in texts] for n, texts in row["wanted"].items()}
        with Bank.open(Path(row["bank"])) as bank:
            terms = Terms(datetime.date.max, row.get("portfolio"), frozenset())
            found.append(set_cases(questions, row["subject"], wanted, Searcher(bank, encoder), terms))
    return found


def _present() -> dict[str, float]:
    """The weights of the place as the project has them."""
    return {name: float(weight) for name, weight in zip(NAMES, ranker().place, strict=True) if weight}


if __name__ == "__main__":
    main()
