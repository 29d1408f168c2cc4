"""What a document says twice: that something is and is not, a number of things and how far they are, text and note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from answers_bank.dutch.words import fold
from drafter.checks.builder import finding
from drafter.checks.comparison.items import Item, ItemKind
from drafter.checks.comparison.lexicon import words
from drafter.checks.comparison.references import references
from drafter.checks.comparison.statement import statement
from drafter.checks.comparison.words import stem
from drafter.checks.consistency.work_status import mentions
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import CarriedNote, TextSpan, TextUnit, Zone

_IS = re.compile(
    r"(?:^|[.;:]\s+|,\s+(?:maar|want)\s+)(?P<subject>[A-ZÀ-Þ][\w’'-]*(?:\s+[\w’'-]+){0,5}?)\s+(?:is|zijn|vormt|vormen)\s+"
    r"(?P<not>geen|een)\s+(?P<rest>[^,.;:()]{3,70})"
)
_AHEAD = 14
"""Sentences after an announcement that may tell of what was announced."""

_FAMILY = ({"onderzoek", "evaluatie", "verkenning"}, {"pilot", "proef"}, {"training", "workshop", "webinar"})


@dataclass(frozen=True, slots=True)
class _Claim:
    place: TextSpan
    subject: str
    denied: bool
    nouns: tuple[str, ...]
    """Stems of what the subject is said to be; for a denial the first word alone."""


def denial_findings(units: Sequence[TextUnit]) -> Iterator[Finding]:
    """ "De Duinwacht is geen dienst" where the document says elsewhere "De Duinwacht is een kleine dienst"."""
    claims = [claim for unit in units for claim in _claims(unit)]
    for denial in (claim for claim in claims if claim.denied):
        for other in claims:
            if not other.denied and other.subject == denial.subject and denial.nouns[0] in other.nouns:
                detail = f"hier ‘{denial.place.quote}’, elders in dit stuk ‘{other.place.quote}’."
                yield finding(
                    "consistency/denial", denial.place, detail, evidence=[Evidence.here(other.place.sentence)]
                )
                break


def _claims(unit: TextUnit) -> Iterator[_Claim]:
    for match in _IS.finditer(unit.text):
        row = [stem(word) for word in re.findall(r"[\w-]{4,}", match["rest"])]
        denied = match["not"] == "geen"
        if row:
            subject = re.sub(r"^(?:de|het|een|the)\s+", "", fold(match["subject"]))
            place = TextSpan(unit, match.start("subject"), match.end("rest"))
            # "Geen groot probleem" leaves room for a small one.
            yield _Claim(place, subject, denied, tuple(row[:1] if denied else row[:4]))


def announced_findings(units: Sequence[TextUnit]) -> Iterator[Finding]:
    """ "Drie onderzoeken zijn afgerond" where two of them, told of next, are still running."""
    row = [(unit, start, end) for unit in units for start, end in unit.sentences]
    for at, (unit, start, end) in enumerate(row):
        text = unit.text[start:end]
        count = _counted(text)
        if count is None:
            continue
        noun, item = count
        family = next((family for family in _FAMILY if noun in family), {noun})
        behind = [
            " ".join(other.text[a:b].split())
            for other, a, b in row[at + 1 : at + 1 + _AHEAD]
            if (other.zone, other.numbers) == (unit.zone, unit.numbers) and _unfinished(other.text[a:b], family)
        ]
        if behind:
            place = TextSpan(unit, start + item.start, start + item.end)
            detail = f"hier zijn er ‘{place.quote}’ afgerond, verderop loopt er nog een of moet die nog beginnen."
            yield finding("consistency/announced", place, detail, evidence=[Evidence.here(quote) for quote in behind])


def _counted(text: str) -> tuple[str, Item] | None:
    """The matter of which a sentence says that so many of them are finished, and the number."""
    if not any(noun in fold(text) for noun in words().matters):
        return None
    done = {mention.noun for mention in mentions(text) if mention.stage in ("done", "sent")}
    for item in statement(text).items:
        if item.kind is not ItemKind.NUMBER or not isinstance(item.value, Fraction) or not 2 <= item.value <= 12:
            continue
        after = re.match(r"\s+(?:[\w-]+\s+)?(?P<word>[\w-]+)", text[item.end :])
        found = after and next((noun for noun in done if noun in fold(after[0])), None)
        if found:
            return found, item
    return None


def _unfinished(text: str, family: set[str]) -> bool:
    return any(mention.noun in family and mention.stage in ("preparation", "running") for mention in mentions(text))


def article_findings(units: Sequence[TextUnit], notes: Sequence[CarriedNote]) -> Iterator[Finding]:
    """ "Artikel 2.7.59" in the text and "artikel 2.7.50" in the note that explains it."""
    said = [unit for unit in units if unit.zone in (Zone.ANSWER, Zone.SECTION)]
    for one in notes:
        if not one.sentence or not re.match(r"\W*(?:[\w]+\s+){0,4}?art(?:ikel|\.)", one.note.text, re.IGNORECASE):
            continue
        mine = [item for item in references(one.sentence) if item.kind is ItemKind.ARTICLE]
        theirs = [item for item in references(one.note.text) if item.kind is ItemKind.ARTICLE]
        if not mine or not theirs or {_number(item) for item in mine} & {_number(item) for item in theirs}:
            continue
        item = next((item for item in mine if _slip(_number(item), _number(theirs[0]))), None)
        unit = next((unit for unit in said if one.sentence in unit.text), None)
        if item is not None and unit is not None:
            start = unit.text.index(one.sentence) + item.start
            place = TextSpan(unit, start, start + item.end - item.start)
            there = " ".join(one.note.text[theirs[0].start : theirs[0].end].split())
            detail = f"in de tekst staat ‘{place.quote}’, in noot {one.note.mark} daarbij ‘{there}’."
            yield finding(
                "consistency/article-note",
                place,
                detail,
                evidence=[Evidence.here(" ".join(one.note.text.split()))],
            )


def _number(item: Item) -> str:
    return str(item.value[0]) if isinstance(item.value, tuple) else ""


def _slip(first: str, second: str) -> bool:
    """Whether two article numbers are one slip apart: as many parts, all but the last the same."""
    one, two = re.split(r"[.:]", first), re.split(r"[.:]", second)
    if len(one) != len(two) or one[:-1] != two[:-1]:
        return False
    close = len(one[-1]) == len(two[-1]) and sum(a != b for a, b in zip(one[-1], two[-1], strict=True)) == 1
    return close and (len(one) > 1 or len(one[-1]) > 1)
