"""Articles of law in a sentence and in the note that explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan, carried_notes

_ARTICLE = re.compile(
    r"\b[Aa]rt(?:ikel(?:en)?|\.)\s+(?P<number>\d+(?:[.:]\d+)*[a-z]{0,2})(?:,?\s+(?:\w+\s+)?lid(?:\s+\d+)?,?)?\s+(?:van\s+(?:de|het)\s+)?(?P<law>[A-Z][\w]+(?:\s\(nieuw\))?)"
)


def articles(case: Case) -> Iterator[Finding]:
    """Findings of the rule article: the text and its note name another article of the same law."""
    if case.document is None:
        return
    for carried in carried_notes(case.document):
        noted = _ARTICLE.search(carried.note.text[:80])
        unit = next((unit for unit in case.text.answering if carried.sentence and carried.sentence in unit.text), None)
        if unit is None or noted is None:
            continue
        start = unit.text.index(carried.sentence)
        inside = list(_ARTICLE.finditer(unit.text, start, start + len(carried.sentence)))
        if len(inside) != 1 or noted["law"].lower()[:3] != inside[0]["law"].lower()[:3]:
            continue
        if noted["number"] != inside[0]["number"]:
            detail = f"Noot {carried.note.mark} noemt artikel {noted['number']}."
            yield finding("citations/article", TextSpan(unit, *inside[0].span()), detail)
            for span in _in_note(case, carried.note.start):
                yield finding("citations/article", span, f"De tekst noemt artikel {inside[0]['number']}.")


def _in_note(case: Case, start: int) -> Iterator[TextSpan]:
    """The article at the place of a note."""
    for unit in case.text.units:
        match = _ARTICLE.search(unit.text) if unit.place[0] <= start < unit.place[1] else None
        if match:
            yield TextSpan(unit, *match.span())
