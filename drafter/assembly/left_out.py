"""What belongs to the old document and not in a new answer: its salutation, its closing, what it says of itself.

The rules are data with their examples, in `data/left_out.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from answers_bank.dutch.patterns import WordPattern, read_yaml

_LEADING = re.compile(r"^[\W_]*(?:\d{1,2}[.)]\s+)?[\W_]*")


@dataclass(frozen=True, slots=True)
class LeftOutRule:
    """One sort of sentence that stays behind."""

    name: str
    begins: tuple[re.Pattern[str], ...]
    holds: tuple[re.Pattern[str], ...]
    also: tuple[re.Pattern[str], ...]
    """One of these must be there too; empty where nothing else is asked."""

    unless: tuple[re.Pattern[str], ...]
    longest: int
    """Words of the sentence at most."""

    out: tuple[str, ...]
    """Examples that stay behind."""

    kept: tuple[str, ...]
    """Examples that look alike and do not."""

    def matches(self, sentence: str) -> bool:
        """Whether `sentence` is of this sort."""
        text = sentence[len(_LEADING.match(sentence)[0]) :] if self.begins else sentence  # type: ignore[index]
        if len(sentence.split()) > self.longest:
            return False
        found = any(p.match(text) for p in self.begins) or any(p.search(sentence) for p in self.holds)
        return (
            found
            and (not self.also or any(p.search(sentence) for p in self.also))
            and not any(p.search(sentence) for p in self.unless)
        )


@cache
def left_out_rules() -> tuple[LeftOutRule, ...]:
    """All rules, in the order in which they are tried."""
    data = read_yaml("left_out", "drafter.assembly")
    return tuple(_rule(entry, data["words"]) for entry in data["rules"])


@lru_cache(maxsize=1 << 14)
def left_out(sentence: str) -> str | None:
    """The name of the rule by which a sentence stays behind; None where it may be taken over."""
    return next((rule.name for rule in left_out_rules() if rule.matches(sentence)), None)


def _rule(entry: dict[str, Any], lists: dict[str, list[str]]) -> LeftOutRule:
    def compiled(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(WordPattern(pattern, lists).regex for pattern in entry.get(key, ()))

    holds = (*compiled("holds"), *((re.compile(entry["regex"], re.IGNORECASE),) if "regex" in entry else ()))
    return LeftOutRule(
        entry["name"],
        compiled("begins"),
        holds,
        compiled("also"),
        compiled("unless"),
        entry.get("longest", 10_000),
        tuple(entry["out"]),
        tuple(entry["in"]),
    )
