"""Learn what the parts of a search score weigh, and judge it on what was not learnt from:
`python -m benchmarks.search_weights REGISTER.jsonl --bank BANK --parted 2017-03-01 [--pairs PAIRS.jsonl]`.

The register is asked for what was repeated; its later part (from `--parted` on) is judged by weights of the earlier
one, and the other way round. Pairs of a question and its own answer are asked of a bank that holds the answers alone,
in five folds by their order, so that pairs of one document stay together. Beside each stand the weights that the
project comes with, as the baseline; `weights learnt of all` is what they would be. JSON on stdout.

What came out is in docs/zoeken.md: weights learnt so do no better than those of `drafter/search/weights.py`, which were
rounded from them.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answers_bank.store.bank import Bank
from benchmarks.no_source import bank_of
from benchmarks.remembering import Remembering
from benchmarks.retrieval import Record, Task, measures, own_answers, records, reused
from drafter.search.searcher import Searcher
from drafter.search.values import SearchQuery
from drafter.search.weights import HYBRID, SignalWeights, combined
from embeddings.encoder import Encoder

NAMES = tuple(field.name for field in fields(SignalWeights))
SHARPNESS = 8.0
"""What a difference of 1 in the score counts in the chance of being the source."""

PENALTY = 5.0
"""Pulls the learnt weights towards those that are there."""

FOLDS = 5
TELLING = 180
"""Characters of an answer from which its question is asked: "Ja." is the answer to a hundred questions."""


@dataclass(frozen=True)
class Case:
    """One query with its candidates."""

    date: str
    parts: NDArray[np.float64]
    """Of each candidate what each weight is multiplied by, in the order of `NAMES`."""

    wanted: NDArray[np.bool_]


def cases(bank: Bank, encoder: Encoder, tasks: Sequence[Task]) -> list[Case]:
    """The candidates of each task with what speaks for them; a task whose source is none of them has none right."""
    finder = Searcher(bank, encoder).prepare()
    vectors = encoder.encode_queries([task.text for task in tasks])
    found = []
    for task, vector in zip(tasks, vectors, strict=True):
        before = datetime.date.fromisoformat(task.before) if task.before else None
        query = SearchQuery(task.text, before=before, portfolio=task.portfolio)
        candidates = finder.find(query, vector, finder.terms(task.text), HYBRID)
        finder.add_letters(query, candidates)
        if candidates:
            parts = np.array([parts_of(one.signals) for one in candidates])
            wanted = np.array([one.document in task.wanted for one in candidates])
            found.append(Case(task.before or "", parts, wanted))
    return found


def parts_of(signals: dict[str, float]) -> list[float]:
    """What each weight is multiplied by: the score is a weighted sum."""
    nothing = dict.fromkeys(NAMES, 0.0)
    return [combined(SignalWeights(**{**nothing, name: 1.0}), signals) for name in NAMES]


def learn(asked: Sequence[Case]) -> NDArray[np.float64]:
    """The weights under which the sources are likeliest among the candidates (conditional logit), kept near those that
    are there."""
    from scipy.optimize import minimize

    there = shipped()
    useful = [case for case in asked if case.wanted.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total = PENALTY * float(((weights - there) ** 2).sum())
        slope = 2 * PENALTY * (weights - there)
        for case in useful:
            scores = SHARPNESS * (case.parts @ weights)
            chance = np.exp(scores - scores.max())
            right = np.where(case.wanted, chance, 0.0)
            total -= float(np.log(right.sum() / chance.sum()))
            slope += SHARPNESS * (case.parts.T @ (chance / chance.sum() - right / right.sum()))
        return total, slope

    return np.asarray(minimize(loss, there, jac=True, method="L-BFGS-B").x)


def shipped() -> NDArray[np.float64]:
    """The weights that the project comes with."""
    return np.array([asdict(HYBRID)[name] for name in NAMES])


def ranks(asked: Sequence[Case], weights: NDArray[np.float64]) -> list[int]:
    """Of each case the rank of the first source, 0 where none is among the candidates."""
    found = []
    for case in asked:
        scores = case.parts @ weights
        best = scores[case.wanted].max(initial=-np.inf)
        found.append(1 + int((scores[~case.wanted] > best).sum()) if case.wanted.any() else 0)
    return found


def judged(asked: Sequence[Case], part: Callable[[int, Case], int], others: Sequence[Case]) -> dict[str, object]:
    """Each part judged by weights learnt of the other parts and of `others`."""
    parts = [part(number, case) for number, case in enumerate(asked)]
    by_shipped: dict[int, list[int]] = {}
    by_learnt: dict[int, list[int]] = {}
    for name in sorted(set(parts)):
        seen = [case for case, own in zip(asked, parts, strict=True) if own != name]
        unseen = [case for case, own in zip(asked, parts, strict=True) if own == name]
        by_shipped[name] = ranks(unseen, shipped())
        by_learnt[name] = ranks(unseen, learn([*seen, *others]))
    return {
        "shipped": measures([rank for found in by_shipped.values() for rank in found]),
        "learnt of the others": measures([rank for found in by_learnt.values() for rank in found]),
        "learnt, by part": [measures(found) for found in by_learnt.values()],
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path, help="JSONL, one question with its answer a line")
    parser.add_argument("--bank", type=Path, required=True, help="a bank that holds the register")
    parser.add_argument("--parted", required=True, help="the later part starts on this day (YYYY-MM-DD)")
    parser.add_argument("--pairs", type=Path, help="JSONL of questions with their own answers, without dates")
    parser.add_argument("--limit", type=int, default=1000, help="questions of each kind at most")
    options = parser.parse_args()
    from embeddings.models import load_encoder

    with Bank.open(options.bank, read_only=True) as bank:
        encoder = Remembering(load_encoder(None), bank)
        repeated = cases(bank, encoder, reused(records(options.register), options.limit))
    paired = _paired(records(options.pairs), options.limit, encoder) if options.pairs else []
    report: dict[str, object] = {
        "what was repeated": judged(repeated, lambda _, case: int(case.date >= options.parted), paired)
    }
    if paired:
        report["question to own answer"] = judged(paired, lambda number, _: number * FOLDS // len(paired), [])
    weights = dict(zip(NAMES, learn([*repeated, *paired]).round(3).tolist(), strict=True))
    report |= {"weights shipped": asdict(HYBRID), "weights learnt of all": weights}
    print(json.dumps(report, ensure_ascii=False, indent=1))


def _paired(rows: Sequence[Record], limit: int, encoder: Encoder) -> list[Case]:
    telling = {row["id"] for row in rows if len(row["answer"]) >= TELLING}
    tasks = [task for task in own_answers(rows, limit) if task.wanted <= telling]
    with bank_of([{**row, "question": None, "title": None} for row in rows], encoder) as bank:
        return cases(bank, encoder, tasks)


if __name__ == "__main__":
    main()
