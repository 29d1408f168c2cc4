"""How well the comparison tells changes of meaning from harmless rewriting, on invented pairs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.checks.comparison.compare import compare_texts

PAIRS = Path(__file__).parent / "pairs"


@dataclass(frozen=True)
class Labelled:
    conflict: bool
    kind: str
    old: str
    new: str


def load(name: str) -> list[Labelled]:
    pairs = []
    for block in (PAIRS / f"{name}.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            label, kind = lines[0].split()
            pairs.append(Labelled(label == "conflict", kind, lines[1], lines[2]))
    return pairs


@pytest.mark.parametrize("name", ["develop", "holdout"])
def test_conflicts_are_told_from_harmless_rewrites(name: str) -> None:
    pairs = load(name)
    said = {pair: bool(compare_texts(pair.new, pair.old)) for pair in pairs}
    hits = sum(said[p] for p in pairs if p.conflict)
    alarms = sum(said[p] for p in pairs if not p.conflict)
    recall = hits / sum(p.conflict for p in pairs)
    precision = hits / (hits + alarms)
    left_alone = 1 - alarms / sum(not p.conflict for p in pairs)
    assert 2 * recall * precision / (recall + precision) >= 0.9
    assert left_alone >= 0.9


@pytest.mark.parametrize("pair", [p for n in ("develop", "holdout") for p in load(n)], ids=lambda p: p.kind)
def test_every_side_quotes_its_text(pair: Labelled) -> None:
    for conflict in compare_texts(pair.new, pair.old):
        for side, text in ((conflict.new, pair.new), (conflict.old, pair.old)):
            assert side.quote == " ".join(text[side.start : side.end].split())
        assert conflict.new.quote or conflict.old.quote
        assert conflict.message.startswith("Te controleren.")


@pytest.mark.parametrize("pair", load("develop"), ids=lambda p: p.kind)
def test_a_text_never_contradicts_itself(pair: Labelled) -> None:
    assert compare_texts(pair.old, pair.old) == ()
    assert compare_texts(pair.new, pair.new) == ()


_PIECES = st.sampled_from([word for pair in load("develop")[:80] for word in (pair.old + " " + pair.new).split()])
_PROSE = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=30).map(" ".join))


@given(_PROSE, _PROSE)
def test_any_two_texts_can_be_compared(new: str, old: str) -> None:
    for conflict in compare_texts(new, old):
        assert 0 <= conflict.new.start <= conflict.new.end <= len(new)
        assert 0 <= conflict.old.start <= conflict.old.end <= len(old)
        assert conflict.new.quote == " ".join(new[conflict.new.start : conflict.new.end].split())
        assert conflict.old.quote == " ".join(old[conflict.old.start : conflict.old.end].split())


@given(_PROSE)
def test_equal_texts_never_conflict(text: str) -> None:
    assert compare_texts(text, text) == ()
