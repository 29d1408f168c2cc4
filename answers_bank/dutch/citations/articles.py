"""Articles of law, in any notation: "artikel 5, tweede lid, onder b", "art. 2:24a", "het derde lid van artikel 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers_bank.dutch.numbers import ORDINAL_WORD, ordinal

_RANK = ORDINAL_WORD
_NUMBER = r"\d+[:.]?(?:\d+[a-z]{0,2}(?:[.:]\d+[a-z]{0,2})*|[a-z]{1,2}(?![a-z]))?"
_DETAIL = (
    r"(?:\s*,?\s*(?:(?P<rank{0}>" + _RANK + r")(?:\s+(?:en|of)\s+" + _RANK + r")?\s+lid|lid\s+(?P<member{0}>\d+)"
    r"|(?:aanhef\s+en\s+)?(?:onder(?:deel|delen)?|sub)\s+(?P<letter{0}>[a-z]{{1,2}}|\d{{1,2}})(?:°|º)?(?![\w])))"
)
_ARTICLE = re.compile(
    r"(?:(?P<lead>" + _RANK + r")\s+lid\s*,?\s*(?:van\s+)?)?(?:het\s+)?\b(?:artikel(?:en)?|artt?\.)\s+(?P<numbers>"
    + _NUMBER + r"(?:(?:\s*,\s*|\s+(?:en|of)\s+|\s*(?:-|–|t/m|tot en met)\s*)" + _NUMBER + r"(?!\s*(?:°|%)))*)"
    + _DETAIL.format(1) + "?" + _DETAIL.format(2) + "?" + _DETAIL.format(3) + "?",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article; of several that are named together each has the span of all."""

    start: int
    end: int
    number: str
    """ "2.7.1", "2:24a"."""

    member: str = ""
    """ "2" for "tweede lid" and for "lid 2"."""

    letter: str = ""


def find_articles(text: str) -> Iterator[Article]:
    """The articles that `text` names, in order."""
    for match in _ARTICLE.finditer(text):
        member = str(ordinal(match["lead"]) or "") if match["lead"] else ""
        letter = ""
        for at in (1, 2, 3):
            if match[f"rank{at}"]:
                member = str(ordinal(match[f"rank{at}"]) or "")
            elif match[f"member{at}"]:
                member = match[f"member{at}"]
            elif match[f"letter{at}"]:
                letter = match[f"letter{at}"].lower()
        *others, last = re.findall(_NUMBER, match["numbers"], re.IGNORECASE)
        for number in others:
            yield Article(*match.span(), number.lower().rstrip("."))
        yield Article(*match.span(), last.lower().rstrip("."), member, letter)
