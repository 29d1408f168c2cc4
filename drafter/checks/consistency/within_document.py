"""What a document says of itself: sums, a date that is its own, a figure of the question, two answers that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from rapidfuzz import fuzz, process, utils

from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.time.moments import Moment
from drafter.checks.builder import finding
from drafter.checks.comparison.compare import compare_sentences
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statements.items import Item, ItemKind
from drafter.checks.comparison.statements.statement import Statement, statement
from drafter.checks.comparison.statements.words import ContentWord, is_filler, same_word
from drafter.checks.consistency.near_duplicates import RULES
from drafter.checks.consistency.sentence_similarity import LONGEST, is_referral
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import CheckedText, TextSpan, TextUnit, Zone

_PARTS = re.compile(
    r"\b(?:waarvan|van\s+wie|onder\s+wie|hiervan|daarvan|van\s+deze|te\s+weten|namelijk|verdeeld\s+over)\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:te\s+weten|namelijk|verdeeld\s+over)\b", re.IGNORECASE)
"""What follows is all there is: less than the whole will not do either."""

_PARTS_END = re.compile(r"[.;:()]")
_JOINED = re.compile(r"\b(?:en|of)\b|,")
_LAST = re.compile(r"\b(?:jl\b\.?|jongstleden|ll\b\.?)", re.IGNORECASE)


def sums(text: CheckedText) -> Iterator[Finding]:
    """Parts that are more than their whole: "twaalf bedrijven, waarvan tien … en vier …"."""
    for unit in text.answering:
        for start, end in unit.sentences:
            said = statement(unit.text[start:end])
            marker = _PARTS.search(said.text)
            counts = _counts(said) if marker else []
            before = [item for item in counts if marker and item.end <= marker.start()]
            parts = _parts(said.text, [item for item in counts if marker and item.start >= marker.end()])
            if marker is None or not before or len(parts) < 2 or any(_value(p) >= _value(before[-1]) for p in parts):
                continue  # "22 van deze 24", or no count at all: "namelijk 1777 en 1770"
            whole, added = before[-1], sum((_value(part) for part in parts), Fraction())
            if added > _value(whole) or (added < _value(whole) and _ALL.fullmatch(marker[0])):
                place = TextSpan(unit, start + whole.start, start + whole.end)
                detail = f"de delen zijn samen {_shown(added)}, het geheel is ‘{place.quote}’. Reken na wat klopt."
                yield finding("consistency/sum", place, detail, evidence=[Evidence.here(place.sentence)])


def _parts(text: str, counts: list[Item]) -> list[Item]:
    """The first counts of a row in one clause: "negen …, vier … en drie …"; what follows on "en" is the last."""
    row = counts[:1]
    for item in counts[1:]:
        between = text[row[-1].end : item.start]
        joined = _JOINED.search(between)
        if joined is None or _PARTS_END.search(between):
            break
        row.append(item)
        if joined[0] != ",":
            break
    return row


def _counts(said: Statement) -> list[Item]:
    return [item for item in said.items if item.kind is ItemKind.NUMBER and isinstance(item.value, Fraction)]


def _value(item: Item) -> Fraction:
    assert isinstance(item.value, Fraction)
    return item.value


def _shown(value: Fraction) -> str:
    return f"{value.numerator:,}".replace(",", ".") if value.denominator == 1 else f"{float(value):g}".replace(".", ",")


def own_date(text: CheckedText) -> Iterator[Finding]:
    """ "Op 17 december jl." in a letter of 17 December: that cannot be looked back on."""
    date = text.date
    for unit in text.answering if date is not None else ():
        for start, end in unit.sentences:
            for item in statement(unit.text[start:end]).items:
                moment, place = item.value, TextSpan(unit, start + item.start, start + item.end)
                if date is None or not isinstance(moment, Moment) or not _LAST.search(place.quote):
                    continue
                same = (moment.day, moment.months) == (date.day, frozenset({date.month}))
                if same and moment.year in (None, date.year):
                    detail = f"‘{place.quote}’ is de datum van dit stuk zelf; ‘jl.’ kan dan niet. Noem de juiste datum."
                    evidence = Evidence("", date, _date_line(text) or dutch_date(date))
                    yield finding("consistency/date", place, detail, evidence=[evidence])


def _date_line(text: CheckedText) -> str:
    """The document's date as it stands in its heading or signature; empty where it does not."""
    full = dutch_date(text.date) if text.date else ""
    for unit in text.units:
        if unit.zone is Zone.FRAME and full in unit.text:
            at = unit.text.index(full)
            return unit.text[max(0, unit.text.rfind("\n", 0, at) + 1) : at + len(full)].strip()[-60:]
    return ""


# --- question and answer ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of something: "zestien gesloten visscholen"."""

    value: Fraction
    noun: ContentWord
    near: list[ContentWord]
    """What is said around it."""

    years: frozenset[int]
    """Years that the sentence names."""

    place: TextSpan

    def shared(self, other: _Count) -> int:
        """How many words two counts of the same thing share besides the thing itself; 0 for counts of other things."""
        if not same_word(self.noun.stem, other.noun.stem):
            return 0
        mine = [word for word in self.near if word is not self.noun and len(word.stem) > 4]
        theirs = [word for word in other.near if word is not other.noun]
        return sum(any(same_word(word.stem, another.stem) for another in theirs) for word in mine)

    def other_year(self, other: _Count) -> bool:
        """Whether the sentences are about different years."""
        return bool(self.years and other.years and not self.years & other.years)


_COUNTED = re.compile(r"\s+(?:[a-zà-ÿ]+e\s+)?(?P<noun>[a-zà-ÿ]{4,})")
_SUBJECT = re.compile(r"\b(?:vragen|antwoorden?|beantwoording)\b[^.?]{0,240}\bover\b", re.IGNORECASE)
_REACH = 36
"""Characters on both sides of a number that tell what is said of it."""


def question_figures(text: CheckedText) -> Iterator[Finding]:
    """A count of the question for which the answer only has another: "vijftien scholen", "zestien scholen"."""
    answered = [count for unit in text.answering for count in _things(unit)]
    asking = [unit for unit in text.units if unit.zone is Zone.QUESTION or _is_subject(unit)]
    asked = [count for unit in asking for count in _things(unit) if count.value >= 3]
    found: dict[TextSpan, list[tuple[_Count, _Count]]] = {}
    for count in asked:
        same = [one for one in answered if same_word(count.noun.stem, one.noun.stem)]
        if any(one.value == count.value for one in same):
            continue
        other = next((one for one in same if count.shared(one) and not count.other_year(one)), None)
        if other is not None:
            found.setdefault(other.place, []).append((count, other))
    for place, pairs in found.items():
        # Of several figures in the question the nearest is meant; the same figure in several questions is one matter.
        nearest, _ = min(pairs, key=lambda pair: (-pair[0].shared(pair[1]), abs(pair[0].value - pair[1].value)))
        says = f"de vraag spreekt van ‘{nearest.place.quote}’, het antwoord van ‘{place.quote}’"
        detail = f"{says}. Zeg waarom het een ander getal is."
        evidence = [Evidence.here(count.place.sentence) for count, _ in pairs if count.value == nearest.value]
        yield finding("consistency/question-figure", place, detail, evidence=evidence)


def _is_subject(unit: TextUnit) -> bool:
    return unit.zone is Zone.FRAME and _SUBJECT.search(unit.text) is not None


def _things(unit: TextUnit) -> Iterator[_Count]:
    """The numbers of a unit with a noun behind them, at most one adjective between."""
    for start, end in unit.sentences:
        said = statement(unit.text[start:end])
        moments = (item.value for item in said.items if isinstance(item.value, Moment))
        years = frozenset(moment.year for moment in moments if moment.year is not None)
        for item in _counts(said):
            match = _COUNTED.match(said.text, item.end)
            noun = next((word for word in said.words if match and word.start == match.start("noun")), None)
            if noun is not None and not is_filler(noun.text):
                around = said.words_in(item.start - _REACH, item.end + _REACH)
                near = [word for word in around if not is_filler(word.text)]
                yield _Count(_value(item), noun, near, years, TextSpan(unit, start + item.start, start + item.end))


# --- two answers -----------------------------------------------------------------------------------------------------

_ALIKE = 78.0
_SHORTEST = 10  # words; "Het geraamde bedrag is 12 euro" is said of one thing after another
_MOST = 1500
"""Sentences of one document that are compared with each other at most."""


def between_answers(text: CheckedText) -> Iterator[Finding]:
    """Findings on the later of two sentences that are nearly the same: here twelve, there ten."""
    row = [
        sentence
        for unit in text.answering
        for sentence in (TextSpan(unit, start, end) for start, end in unit.sentences)
        if _SHORTEST <= len(sentence.text.split()) <= LONGEST and not is_referral(sentence.text)
    ][:_MOST]
    if len(row) < 2:
        return
    texts = [sentence.text for sentence in row]
    scores = process.cdist(
        texts, texts, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_ALIKE, dtype=np.uint8
    )
    for later, earlier in np.argwhere(np.tril(scores, -1)):
        mine, other = row[int(later)], row[int(earlier)]
        if mine.text != other.text and _apart(mine, other):
            yield from _between(mine, other)


_POINTING = re.compile(r"\s*(?:dit|deze|dat|die|hier\w*|daar\w*)\b", re.IGNORECASE)


def _apart(mine: TextSpan, other: TextSpan) -> bool:
    """Whether the two stand in different pieces: in one paragraph they go down a list of things or years.

    A sentence that points back speaks of whatever stands before it.
    """
    if _POINTING.match(mine.text):
        return False
    return mine.unit is not other.unit and (mine.unit.numbers != other.unit.numbers or not mine.unit.numbers)


def _between(mine: TextSpan, other: TextSpan) -> Iterator[Finding]:
    pair = Pair(statement(mine.text), statement(other.text))
    own = [[word for word in side if not is_filler(word.text)] for side in (pair.lost, pair.gained)]
    if all(own):
        return  # of another place, year or group: both may hold
    found = compare_sentences(mine.text, other.text)
    if any(one.kind in ("named_authority", "responsible_ministry", "swapped_actors") for one in found):
        return
    both = [one for one in found if one.new.quote and one.old.quote]
    if {"date", "number"} <= {one.kind for one in both}:
        return  # figures of another year
    conflict = next((one for one in found if _telling(one)), None)
    if conflict is None:
        return
    start, end = conflict.new.start, conflict.new.end
    span = (mine.start + start, mine.start + end) if conflict.new.quote else (mine.start, mine.end)
    here, there = conflict.new.quote or "niet", conflict.old.quote or "niet"
    detail = f"hier staat ‘{here}’, elders in dit stuk ‘{there}’. Dit spreekt elkaar tegen: ga na wat klopt."
    evidence = Evidence.here(" ".join(other.text.split()))
    yield finding(f"consistency/{RULES[conflict.kind]}", TextSpan(mine.unit, *span), detail, evidence=[evidence])


def _telling(conflict: Conflict) -> bool:
    if conflict.type is not ConflictType.CONTRADICTION:
        return False
    return conflict.kind == "negation" or bool(conflict.new.quote and conflict.old.quote)
