"""Spans in a text that meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """Anything that stands somewhere in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """Behind its last."""


Found = TypeVar("Found", bound=Spanned)


def overlaps(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether [start, end) meets any of `spans`."""
    return any(a < end and start < b for a, b in spans)


def apart(found: Iterable[Found]) -> list[Found]:
    """Of what overlaps the longest, of the same length the first; in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not overlaps(((other.start, other.end) for other in kept), one.start, one.end):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
