"""Automatic numbers of a Word document: what "numPr" shows on paper."""

from __future__ import annotations

import re
from typing import Any

from answers_bank.reading.formats.list_numbers import counted
from answers_bank.reading.formats.word.styles import ReadStyles

_BULLET = "•"


class Numbering:
    """Counts the paragraphs of every list, as Word does."""

    def __init__(self, root: Any, w: str) -> None:
        self._w = w
        self._lists: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for abstract in root.iter(f"{w}abstractNum"):
            name = abstract.get(f"{w}abstractNumId", "")
            for level in abstract.iter(f"{w}lvl"):
                values = {
                    key: self._value(level, key, usual)
                    for key, usual in (("numFmt", "decimal"), ("lvlText", "%1."), ("start", "1"))
                }
                self._levels[name, _integer(level.get(f"{w}ilvl"), 0)] = (
                    values["numFmt"],
                    values["lvlText"],
                    _integer(values["start"], 1),
                )
        for number in root.iter(f"{w}num"):
            name = number.get(f"{w}numId", "")
            self._lists[name] = self._value(number, "abstractNumId", "")
            for override in number.iter(f"{w}lvlOverride"):
                start = override.find(f"{w}startOverride")
                if start is not None:
                    self._overrides[name, _integer(override.get(f"{w}ilvl"), 0)] = _integer(start.get(f"{w}val"), 1)

    def _value(self, parent: Any, name: str, usual: str) -> str:
        element = parent.find(f"{self._w}{name}")
        return str(element.get(f"{self._w}val", usual)) if element is not None else usual

    def label(self, properties: Any, styles: ReadStyles) -> str | None:
        """The number or bullet that stands before a paragraph; None where there is none. Counts the paragraph."""
        direct = properties.find(f"{self._w}numPr") if properties is not None else None
        styled = styles.numbering(properties)
        if direct is None and styled is None:
            return None
        name = self._value(direct, "numId", "") if direct is not None else ""
        if not name and styled is not None:
            name = self._value(styled, "numId", "")
        if name in ("", "0") or name not in self._lists:
            return None
        level = _integer(self._value(direct if direct is not None else styled, "ilvl", "0"), 0)
        return self._count(name, level)

    def _count(self, name: str, level: int) -> str | None:
        abstract = self._lists[name]
        form, pattern, start = self._levels.get((abstract, level), ("decimal", "%1.", 1))
        counters = self._counters.setdefault(abstract, {})
        if (name, level) in self._overrides and (name, level) not in self._begun:
            counters[level] = self._overrides[name, level] - 1
        self._begun.add((name, level))
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        if form == "bullet":
            return _BULLET
        if form == "none":
            return None
        shown = re.sub(r"%(\d)", lambda found: self._shown(abstract, counters, int(found[1]) - 1), pattern).strip()
        return shown or None

    def _shown(self, abstract: str, counters: dict[int, int], level: int) -> str:
        form, _, start = self._levels.get((abstract, level), ("decimal", "%1.", 1))
        return counted(counters.get(level, start), form)


def _integer(text: str | None, usual: int) -> int:
    try:
        return min(int(text or ""), 100_000)
    except ValueError:
        return usual
