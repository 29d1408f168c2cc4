"""Articles of law in a sentence and in the note that explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from answers_bank.dutch.citations.articles import Article, find_articles
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan, carried_notes

_LAW = re.compile(r",?\s+(?:van\s+(?:de|het)\s+)?(?P<law>[A-Z]\w+)(?:\s\(nieuw\))?")
_OPENING = 80
"""Characters of a note in which the article that it explains stands."""


def articles(case: Case) -> Iterator[Finding]:
    """Findings of the rule article: the text and its note name another article of the same law."""
    for carried in carried_notes(case.document) if case.document else ():
        unit = next((unit for unit in case.text.answering if carried.sentence and carried.sentence in unit.text), None)
        said, noted = _articles_of(carried.sentence), _articles_of(carried.note.text[:_OPENING])
        if unit is None or len(said) != 1 or not noted or said[0][1] != noted[0][1]:
            continue
        mine, theirs = said[0][0], noted[0][0]
        if mine.number != theirs.number:
            at = unit.text.index(carried.sentence)
            span = TextSpan(unit, at + mine.start, at + mine.end)
            yield finding("citations/article", span, f"Noot {carried.note.mark} noemt artikel {theirs.number}.")
            yield from _in_note(case, carried.note.start, f"De tekst noemt artikel {mine.number}.")


def _in_note(case: Case, start: int, detail: str) -> Iterator[Finding]:
    for unit in case.text.units:
        if unit.place[0] <= start < unit.place[1]:
            for article, _ in _articles_of(unit.text)[:1]:
                yield finding("citations/article", TextSpan(unit, article.start, article.end), detail)


def _articles_of(text: str) -> list[tuple[Article, str]]:
    """Articles with their law in the span, and its first letters: "Duinenwet" and "Duinenwet 2020" are one law."""
    found = ((article, _LAW.match(text, article.end)) for article in find_articles(text))
    return [(replace(article, end=law.end()), law["law"][:3].lower()) for article, law in found if law]
