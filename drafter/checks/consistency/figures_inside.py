"""What a document says of itself: sums, a figure in question and answer, a date that is its own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.words import fold
from drafter.checks.builder import finding
from drafter.checks.comparison.dates import Moment
from drafter.checks.comparison.items import Item, ItemKind
from drafter.checks.comparison.statement import Statement, statement
from drafter.checks.comparison.words import ContentWord, is_filler, same_word
from drafter.checks.consistency.claims import announced_findings, denial_findings
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import TextSpan, TextUnit, Zone

_TOTAL = re.compile(r"\b(?:in\s+totaal|totaal|totale|tezamen|samen)\b", re.IGNORECASE)
_PARTS = re.compile(
    r"\b(?:waarvan|van\s+wie|onder\s+wie|hiervan|daarvan|van\s+deze|te\s+weten|namelijk|verdeeld\s+over)\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:te\s+weten|namelijk|verdeeld\s+over)\b|:", re.IGNORECASE)
"""What follows is all there is: less than the whole will not do either."""

_LIST = 12
"""More parts than this are a table."""

_LAST = re.compile(r"\b(?:jl\b\.?|jongstleden|ll\b\.?)", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:vragen|antwoorden?|beantwoording)\b[^.?]{0,240}\bover\b", re.IGNORECASE)


def inside_findings(units: Sequence[TextUnit], date: datetime.date | None) -> Iterator[Finding]:
    """Findings that need no other document."""
    said = [unit for unit in units if unit.zone in (Zone.ANSWER, Zone.SECTION)]
    written = _written(units, date) if date is not None else ""
    for unit in said:
        yield from _sums(unit)
        if date is not None:
            yield from _own_date(unit, date, written)
    asked = [unit for unit in units if unit.zone is Zone.QUESTION]
    yield from _asked(
        [*asked, *(unit for unit in units if unit.zone is Zone.FRAME and _SUBJECT.search(unit.text))], said
    )
    yield from denial_findings(said)
    yield from announced_findings(said)


def _sums(unit: TextUnit) -> Iterator[Finding]:
    """Parts that are more than their total: "twaalf bedrijven, waarvan tien … en vier …"."""
    for start, end in unit.sentences:
        text = unit.text[start:end]
        parts = _PARTS.search(text)
        if parts is None:
            continue
        counts = _counts(statement(text))
        before = [item for item in counts if item.end <= parts.start()]
        after = [item for item in counts if item.start >= parts.end()]
        if not before or len(after) < 2:
            continue
        total, pieces = before[-1], [item.value for item in after]
        added = sum((value for value in pieces if isinstance(value, Fraction)), Fraction())
        if not isinstance(total.value, Fraction) or len(pieces) > _LIST:
            continue
        if any(isinstance(value, Fraction) and value >= total.value for value in pieces):
            continue  # "22 van deze 24", or no count at all: "namelijk 1777 en 1770"
        if added > total.value or (added < total.value and _ALL.fullmatch(parts[0])):
            place = TextSpan(unit, start + total.start, start + total.end)
            detail = f"de delen zijn samen {_shown(added)}, het geheel is ‘{place.quote}’."
            yield finding("consistency/sum", place, detail, evidence=[Evidence.here(" ".join(text.split()))])


def _shown(value: Fraction) -> str:
    return f"{value.numerator:,}".replace(",", ".") if value.denominator == 1 else f"{float(value):g}".replace(".", ",")


def _counts(said: Statement) -> list[Item]:
    return [item for item in said.items if item.kind is ItemKind.NUMBER and isinstance(item.value, Fraction)]


def _written(units: Sequence[TextUnit], date: datetime.date) -> str:
    """The document's date as it stands in its heading or signature; else in full."""
    full = dutch_date(date)
    for unit in units:
        if unit.zone is Zone.FRAME and full in unit.text:
            at = unit.text.index(full)
            return unit.text[max(0, unit.text.rfind("\n", 0, at) + 1) : at + len(full)].strip()[-60:]
    return full


def _own_date(unit: TextUnit, date: datetime.date, written: str) -> Iterator[Finding]:
    """ "Op 17 december jl." in a letter of 17 December: that cannot be looked back on."""
    for start, end in unit.sentences:
        for item in statement(unit.text[start:end]).items:
            moment = item.value
            if not isinstance(moment, Moment) or moment.day != date.day or moment.months != frozenset({date.month}):
                continue
            quote = unit.text[start + item.start : start + item.end]
            if moment.year in (None, date.year) and _LAST.search(quote):
                place = TextSpan(unit, start + item.start, start + item.end)
                detail = f"‘{place.quote}’ is de datum van dit stuk zelf; ‘jl.’ kan dan niet."
                yield finding("consistency/date", place, detail, evidence=[Evidence("", date, written)])


def _asked(questions: Sequence[TextUnit], answers: Sequence[TextUnit]) -> Iterator[Finding]:
    """A count in a question for which the answer has another: "aanhouding van vijftien", "zestien aangehouden"."""
    places = [one for unit in answers for one in _places(unit)]
    found: dict[tuple[int, int, Fraction], tuple[TextSpan, str, list[Evidence]]] = {}
    for question in questions:
        for count, near in _anchored(question):
            about = [(number, place) for number, around, place in places if _of_one_thing(count, near, number, around)]
            if any(number.value == count.value for number, _ in about):
                continue
            other = next((place for number, place in about if _of_one_size(number.value, count.value)), None)
            if other is None or not isinstance(count.value, Fraction):
                continue
            said = question.text[count.start : count.end]
            key = (id(other.unit), other.start, count.value)
            # The same figure in the heading and in several questions is one matter.
            evidence = found.setdefault(key, (other, said, []))[2]
            evidence.append(Evidence.here(TextSpan(question, count.start, count.end).sentence))
    for place, said, evidence in found.values():
        detail = f"de vraag spreekt van ‘{said}’, het antwoord van ‘{place.quote}’."
        yield finding("consistency/question-figure", place, detail, evidence=evidence)


_PEOPLE = frozenset(
    "persoon personen mensen verdachten slachtoffers kinderen jongeren leerlingen studenten patienten medewerkers "
    "werknemers burgers inwoners leden betrokkenen mannen vrouwen".split()
)


def _of_one_thing(asked: Item, near: list[ContentWord], answered: Item, around: list[ContentWord]) -> bool:
    """Whether two counts are of one thing: the noun behind them is the same, and what is said of them too."""
    first = next((word for word in near if word.start >= asked.end), None)
    second = next((word for word in around if word.start >= answered.end), None)
    if first is None or second is None:
        return False
    people = {fold(first.text), fold(second.text)} <= _PEOPLE
    if not people and not same_word(first.stem, second.stem):
        return False
    shared = [w for w in near for o in around if len(w.stem) > 4 and same_word(w.stem, o.stem)]
    return any(word is not first for word in shared)


def _of_one_size(first: object, second: object) -> bool:
    """Whether two counts may be of the same things: a count of another size is one of something else."""
    if not isinstance(first, Fraction) or not isinstance(second, Fraction) or not second:
        return False
    return Fraction(2, 3) <= first / second <= Fraction(3, 2)


_REACH = 36


def _anchored(unit: TextUnit) -> Iterator[tuple[Item, list[ContentWord]]]:
    said = statement(unit.text)
    for item in _counts(said):
        if isinstance(item.value, Fraction) and item.value >= 3:
            yield item, _around(said, item)


def _places(unit: TextUnit) -> Iterator[tuple[Item, list[ContentWord], TextSpan]]:
    for start, end in unit.sentences:
        said = statement(unit.text[start:end])
        for item in _counts(said):
            yield item, _around(said, item), TextSpan(unit, start + item.start, start + item.end)


def _around(said: Statement, item: Item) -> list[ContentWord]:
    words = said.words_in(item.start - _REACH, item.end + _REACH)
    return [word for word in words if not is_filler(word.text)]
