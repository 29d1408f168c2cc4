"""Links: pages that may have moved, and addresses that were cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.staleness.expressions import StaleExpression
from drafter.checks.text import TextUnit, Zone

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”\"]+"
    r"|(?<![\w@/.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:nl|eu|com|org|be)(?:/[^\s<>«»“”\"]*)?(?![\w])",
    re.IGNORECASE,
)


def links(unit: TextUnit) -> Iterator[StaleExpression]:
    """Expressions of the rules link and broken-link."""
    for match in _URL.finditer(unit.text):
        url = match[0].rstrip(".,;:)]’'")
        end = match.start() + len(url)
        broken = url.endswith(("-", "/?", "=")) or re.search(r"%[0-9A-F]?$|=https?%3A%2F%2F$", url)
        # Who reads the text goes to the page; in notes, which name the sources, few do.
        quiet = not broken or unit.zone is Zone.NOTE
        yield StaleExpression("broken-link" if broken else "link", match.start(), end, info=quiet)
