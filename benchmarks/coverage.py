"""How often is a tick right? `python -m benchmarks.coverage [--pairs FILE.jsonl]`.

Twenty invented questions of which a reader said of every part whether it is answered (`coverage_sets.yaml`). With
`--pairs`, a register of questions with their answers: each question is laid beside its own answer and beside the next
one of the register, which answers something else; a tick there is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from answers_bank.documents import Question
from drafter.checks import check_answer
from drafter.checks.finding import Coverage

SETS = Path(__file__).with_name("coverage_sets.yaml")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, help="a register (JSONL) with question and answer a line")
    parser.add_argument("--show", action="store_true", help="print what was wrong")
    options = parser.parse_args()
    figures: dict[str, Any] = {"sets": invented(options.show)}
    if options.pairs:
        figures["pairs"] = against_others(options.pairs)
    json.dump(figures, sys.stdout, indent=1, ensure_ascii=False)
    print()


def invented(show: bool = False) -> dict[str, Any]:
    """What is said of the parts that a reader called answered, and of the others."""
    count: Counter[tuple[str, str]] = Counter()
    for one in yaml.safe_load(SETS.read_text(encoding="utf-8")):
        found = asked(one["asked"], one["answer"])
        for part, label in zip(found, one["labels"], strict=True):
            count[label, state(part)] += 1
            if show and (label, state(part)) in {("nee", "tick"), ("ja", "open")}:
                print(f"{label} -> {state(part)}: {part.text} <- {part.sentence}", file=sys.stderr)
    ticks = count["ja", "tick"] + count["nee", "tick"]
    return {
        "parts": sum(count.values()),
        "ticks": ticks,
        "ticks_right": round(count["ja", "tick"] / max(ticks, 1), 3),
        "answered": {name: count["ja", name] for name in ("tick", "judge", "open")},
        "not_answered": {name: count["nee", name] for name in ("tick", "judge", "open")},
    }


def against_others(path: Path) -> dict[str, Any]:
    """The share of ticks on own answers and on those to another question."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [(" ".join(one["question"].split()), one["answer"].split("\n\n")) for one in lines if one["question"]]
    count: Counter[tuple[str, str]] = Counter()
    for at, (question, answer) in enumerate(rows):
        for which, texts in (("own", answer), ("other", rows[(at + 1) % len(rows)][1])):
            count.update((which, state(part)) for part in asked(question, texts))
    shares = {}
    for which in ("own", "other"):
        total = sum(count[which, name] for name in ("tick", "judge", "open"))
        shares[which] = {name: round(count[which, name] / max(total, 1), 3) for name in ("tick", "judge", "open")}
    return {"questions": len(rows), **shares}


def asked(question: str, answer: list[str]) -> tuple[Coverage, ...]:
    """What is said of each part of `question`."""
    return check_answer(Question((1,), question, 0, len(question)), [" ".join(text.split()) for text in answer])


def state(part: Coverage) -> str:
    """ "tick", "judge" (te beoordelen) or "open"."""
    return "tick" if part.covered else "judge" if part.doubtful else "open"


if __name__ == "__main__":
    main()
