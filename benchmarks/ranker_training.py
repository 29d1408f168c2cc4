"""How the three models of the ranker are trained, and how they are written down; see `drafter.assembly.ranker`."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.ranker_material import Case, Kind, smaller
from drafter.assembly.ranker import SOURCE_NAMES, source_numbers
from drafter.assembly.sentence_numbers import COLUMN, NAMES, SentenceNumbers

TREES, DEPTH, RATE, BAGS = 150, 2, 0.07, 6
SAMPLED = 150
"""Sentences that were not taken over, of each question: half of them the nearest."""

SMALLER = (1.0, 0.1, 0.01)
"""Shares of the bank in which a question is asked, to learn what a source is in banks of every size."""

WEIGHT = {Kind.REUSED: 1.0, Kind.ALIKE: 0.5, Kind.STRANGE: 1.0, Kind.OTHER_THEME: 0.4}
"""What a question of each kind counts in learning what a source is."""

MOVED, MOVED_BY_WORDS = 0.3, -0.6
"""By how much (log-odds) "source" is moved after training: a question with a source rather not empty. By words alone
the other way, for a short Dutch question shares a word or two with any bank."""

PLACE_NAMES = (
    "sum", "own_sum", "part_sum", "answer", "own_answer", "words", "own_words", "letters", "own_letters", "asked",
    "close", "own_close", "part_close", "covered", "own_covered", "part_covered", "holds", "own_holds", "part_holds",
    "spelled", "own_spelled", "around", "fits", "own_below", "part_below", "sum_below", "rank", "best_rank",
    "found_again",
)  # fmt: skip
PLACE_PENALTY = 1.0
"""Ridge of the place model: few sentences that were taken over, so hardly more than which numbers count at all. Of 63
of these the right question came first for .59 with it (learnt on other sets), .57 with 0.1 and with 3."""

SetCases = Sequence[tuple[SentenceNumbers, NDArray[np.bool_]]]


def grow(cases: Sequence[Case], bags: int = BAGS) -> list[Any]:
    """Gradient-boosted trees that tell sentences that were taken over from others.

    Every second one learns of questions that repeat an earlier answer alone, word for word: those with a
    likeness of any day are more, and less like what is asked of a draft. The mean does better than either.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    grown = []
    for seed in range(bags):
        values, taken, weight = [], [], []
        for case in cases:
            if seed % 2 and case.kind is Kind.ALIKE:
                continue
            rows, counts = _sample(case.numbers.values, case.taken)
            values.append(case.numbers.values[rows])
            taken.append(case.taken[rows])
            weight.append(counts)
        model = HistGradientBoostingClassifier(
            max_depth=DEPTH, max_iter=TREES, learning_rate=RATE, l2_regularization=1.0, min_samples_leaf=20,
            random_state=seed, early_stopping=False, max_features=0.4,
        )  # fmt: skip
        grown.append(model.fit(np.concatenate(values), np.concatenate(taken), sample_weight=np.concatenate(weight)))
    return grown


def _sample(values: NDArray[np.float32], used: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rows to learn from with their weights: a question counts the same, however many sentences it took over."""
    taken, others = np.flatnonzero(used), np.flatnonzero(~used)
    nearness = sum(
        w * values[:, COLUMN[n]] for n, w in (("sum", 1), ("part_sum", 1), ("around", 0.5), ("spelled", 0.5))
    )
    others = others[np.argsort(-nearness[others], kind="stable")]
    near, rest = others[: SAMPLED // 2], others[SAMPLED // 2 :]
    drawn = np.random.RandomState(len(rest)).permutation(rest)[: SAMPLED // 2]
    share = 8 / max(len(values), 1)
    weight = [
        np.full(len(taken), 1 / max(len(taken), 1) ** 0.5),
        np.full(len(near), share),
        np.full(len(drawn), share * len(rest) / max(len(drawn), 1)),
    ]
    return np.concatenate([taken, near, drawn]), np.concatenate(weight)


def worth(models: Sequence[Any], numbers: SentenceNumbers) -> NDArray[np.float64]:
    """Log-odds of every sentence: the mean of the models."""
    return np.asarray(np.mean([model.decision_function(numbers.values) for model in models], axis=0))


def source_weights(cases: Sequence[Case], moved: float = MOVED) -> dict[str, float]:
    """Logistic regression of questions with a source against those without, in banks of several sizes.

    The worth of the sentences is that of models that had not seen the question.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    chance = random.Random(3)
    found, answers, weight = [], [], []
    for half in (0, 1):
        models = grow([case for case in cases if _half(case) != half and case.taken.any()], bags=1)
        for case in (case for case in cases if _half(case) == half):
            sourced = case.kind in (Kind.REUSED, Kind.ALIKE)
            if sourced and not case.taken.any():
                continue
            for share in SMALLER:
                asked = case if share == 1 else smaller(case, share, chance)
                for one in _told_and_untold(asked) if asked else ():
                    found.append(source_numbers(one.numbers, worth(models, one.numbers), one.size))
                    answers.append(sourced)
                    weight.append(WEIGHT[case.kind] * (1.0 if share == 1 else 0.3))
    values, sourced_, counts = np.array(found), np.array(answers), np.array(weight)
    counts[sourced_] *= counts[~sourced_].sum() / counts[sourced_].sum()
    scale = StandardScaler().fit(values)
    model = LogisticRegression(C=0.01, max_iter=3000).fit(scale.transform(values), sourced_, sample_weight=counts)
    weights = model.coef_[0] / scale.scale_
    start = float(model.intercept_[0] - (model.coef_[0] * scale.mean_ / scale.scale_).sum())
    return {**dict(zip(SOURCE_NAMES, map(float, weights), strict=True)), "start": start + moved}


def _half(case: Case) -> int:
    return zlib.crc32(case.name.encode()) % 2


def _told_and_untold(case: Case) -> list[Case]:
    """The case, and the same where the addressee's portfolio is not known."""
    import dataclasses

    values = case.numbers.values.copy()
    values[:, COLUMN["portfolio"]] = 0.5
    values[:, COLUMN["used_here"]] = values[:, COLUMN["used"]]
    return [case, dataclasses.replace(case, numbers=dataclasses.replace(case.numbers, values=values))]


def place_weights(sets: Sequence[SetCases], own: Sequence[SetCases] = ()) -> dict[str, float]:
    """Conditional logit: the question under which a sentence was taken over, among the questions of its set.

    Args:
        sets: with the sentences that were taken over.
        own: sets with the sentences of their own answers, see `placing_material`; all of these together count as much
            as all of the others.
    """
    from scipy.optimize import minimize

    columns = [COLUMN[name] for name in PLACE_NAMES]
    parts = [[choice for one in some for choice in _choices(one, columns)] for some in (sets, own)]
    choices = [choice for part in parts for choice in part]
    counts = [1 / len(part) for part in parts for _ in part]
    scale = np.concatenate([values for values, _ in choices]).std(axis=0) + 1e-6

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for (values, right), count in zip(choices, counts, strict=True):
            scaled = values / scale
            odds = np.exp(scaled @ weights - (scaled @ weights).max())
            odds /= odds.sum()
            wanted = np.zeros(len(odds))
            wanted[right] = 1 / len(right)
            total -= count * float((wanted * np.log(odds + 1e-12)).sum())
            slope += count * ((odds - wanted) @ scaled)
        whole = sum(counts)
        return total / whole + PLACE_PENALTY * float(weights @ weights), slope / whole + 2 * PLACE_PENALTY * weights

    fitted = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x
    return dict(zip(PLACE_NAMES, map(float, fitted / scale), strict=True))


def _choices(questions: SetCases, columns: Sequence[int]) -> list[tuple[NDArray[np.float64], list[int]]]:
    """For each sentence that was taken over its numbers under every question, and the right ones."""
    rows: list[dict[tuple[int, int], int]] = []
    right: dict[tuple[int, int], list[int]] = {}
    for number, (numbers, taken) in enumerate(questions):
        keys = [
            (numbers.units[unit].unit, place)
            for unit, place in zip(numbers.unit.tolist(), numbers.place.tolist(), strict=True)
        ]
        rows.append({key: row for row, key in enumerate(keys)})
        for row in np.flatnonzero(taken).tolist():
            right.setdefault(keys[row], []).append(number)
    found = []
    for key, numbers_right in right.items():
        values = np.full((len(questions), len(columns)), np.nan)
        for number, (numbers, _) in enumerate(questions):
            if key in rows[number]:
                values[number] = numbers.values[rows[number][key], columns]
        values = np.where(np.isnan(values), np.nanmin(values, axis=0), values)  # not found is at most the least
        found.append((values - values.mean(axis=0), numbers_right))
    return found


def as_json(models: Sequence[Any], place: dict[str, float], source: dict[str, float]) -> dict[str, Any]:
    """The models in the form that `drafter.assembly.ranker.from_json` reads."""
    nodes = [trees[0].nodes for model in models for trees in model._predictors]
    most = max(len(tree) for tree in nodes)
    used = sorted({int(n) for tree in nodes for n in tree["feature_idx"][tree["is_leaf"] == 0]})
    number = {column: place_ for place_, column in enumerate(used)}
    kept: dict[str, list[list[float]]] = {name: [] for name in ("column", "threshold", "below", "above", "value")}
    for tree in nodes:
        column, threshold, value = [0] * most, [1e30] * most, [0.0] * most
        below, above = list(range(most)), list(range(most))
        for n, node in enumerate(tree):
            if node["is_leaf"]:
                value[n] = _rounded(node["value"] / len(models), 4)
            else:
                column[n], threshold[n] = number[int(node["feature_idx"])], _rounded(node["num_threshold"], 7)
                below[n], above[n] = int(node["left"]), int(node["right"])
        for name, row in zip(kept, (column, threshold, below, above, value), strict=True):
            kept[name].append(row)  # type: ignore[arg-type]
    start = float(np.mean([float(np.ravel(model._baseline_prediction)[0]) for model in models]))
    return {
        "trees": {"start": start, "depth": max(int(tree["depth"].max()) for tree in nodes), **kept},
        "columns": [NAMES[column] for column in used],
        "place": {name: _rounded(weight, 4) for name, weight in place.items()},
        "source": {name: _rounded(weight, 5) for name, weight in source.items()},
    }


def _rounded(value: float, digits: int) -> float:
    return float(f"{float(np.float32(value)):.{digits}g}")
