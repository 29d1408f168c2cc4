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
_LINKED = re.compile(
    r"\b(?:via|op|website|site|webpagina|pagina|zie|naar|www\.)\s+(?:de\s+|het\s+)?(?:\w+\s+)?$", re.IGNORECASE
)


def links(unit: TextUnit) -> Iterator[StaleExpression]:
    """Expressions of the rules link and broken-link."""
    for match in _URL.finditer(unit.text):
        url = match[0].rstrip(".,;:)]’'")
        end = match.start() + len(url)
        broken = url.endswith(("-", "/?", "=")) or re.search(r"%[0-9A-F]?$|=https?%3A%2F%2F$", url)
        # Notes are full of links; there one is only told, in the text it is a promise to the reader.
        # "RVO.nl" is a name as often as an address.
        address = "/" in url or _LINKED.search(unit.text[max(0, match.start() - 24) : match.start()])
        quiet = not broken and (unit.zone is Zone.NOTE or not address)
        yield StaleExpression("broken-link" if broken else "link", match.start(), end, info=quiet)
