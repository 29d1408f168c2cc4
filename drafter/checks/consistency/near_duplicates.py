"""Sentences that are nearly those of earlier or later documents, and say something else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from answers_bank.dutch.names.finder import find_names
from answers_bank.dutch.patterns import one_of
from answers_bank.index.repeated_text import SentenceHit
from drafter.checks.builder import finding, when
from drafter.checks.comparison.compare import compare_sentences
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statements.lexicon import any_of
from drafter.checks.comparison.statements.resolve import has_open_time
from drafter.checks.comparison.statements.statement import statement
from drafter.checks.comparison.statements.words import is_filler
from drafter.checks.consistency.newer_details import retold
from drafter.checks.consistency.sentence_similarity import LONGEST, Kin, is_referral
from drafter.checks.consistency.similar_sentences import SimilarSentences
from drafter.checks.finding import Evidence, Finding, Severity
from drafter.checks.text import TextSpan, TextUnit

RULES = {
    "number": "number",
    "date": "date",
    "term": "term",
    "legal_basis": "legal-basis",
    "citation": "citation",
    "responsible_ministry": "ministry",
    "named_authority": "authority",
    "listed": "authority",
    "negation": "negation",
    "modality": "modality",
    "scope": "scope",
    "direction": "direction",
    "dropped_condition": "condition",
    "swapped_actors": "roles",
    "status": "status",
    "name_variant": "name-variant",
}
"""Kind of a conflict to the rule that reports it."""

# Likeness of two sentences (indel similarity of their letters): from here on they are versions of one sentence, and
# every typed difference between them counts, if they share more than a frame. Below it only what can be counted, dated
# or named does, and only where both tell of one matter.
_VERSIONS = 0.8
_SURE = 0.7
_APART = 0.6
_SHARED = 0.9
"""What versions may have of their own and must share, as kinship counts."""

_FIRM = frozenset("number date term responsible_ministry status legal_basis citation dropped_condition".split())
_SAME = 0.995
"""Likeness from which two sentences are the same, but for a comma."""

_SHORTEST = 5  # words; "Dat klopt niet." is like any other
_DIFFERENT = 6
"""Different sentences of the bank that one sentence is compared with."""

_FORM = 4
"""So many documents with so many different values: a form that is filled in, no statement."""

_TABLE = 4
"""More figures and dates than this that differ between two sentences make them two tables."""

_ELSEWHERE = re.compile(r"\W*(?:dit|deze|dat|die|hier\w*|daar\w*)\b", re.IGNORECASE)
_POINTING = 10
"""Words of a sentence that points back ("Dit besluit trad op …") up to which it may be about anything."""

_OWN_TOPIC = 0.25
"""What both have of their own from here on (kinship): figures and dates may be of two things. On a register of 2,240
answers, half of such warnings were."""

_SPECIFIC = 3.0
"""What two sentences share from here on (kinship) says of what thing they speak: "Het kabinet telt 60 personen" is said
of one thing after another. On the same register none of seven such warnings was right; the right ones shared 3.9."""

_OF_ONE_THING = frozenset("number date term named_authority responsible_ministry direction".split())
"""Kinds that two things may differ in."""

_TOLD_APART = frozenset({"number", "date", "named_authority"})
_OTHER_THING = 3
"""Where figure, date and name all differ, the same is said of another thing."""

_ABBREVIATED = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z0-9]+\b")
_RESTRICTS = re.compile(rf"{any_of('conditions')}\b", re.IGNORECASE)
_COMING = re.compile(
    r"\b(?:zal|zullen|verwacht\w*|verwachting|voornemens|streef\w*|binnenkort|uiterlijk|volgt|volgen)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict between a sentence of the text under check and one of the bank."""

    place: TextSpan
    conflict: Conflict
    """`new` is the side of the text under check, whichever is the younger."""

    hit: SentenceHit
    newer: bool
    """Whether the bank's sentence is the younger one."""

    shared: float
    """What both sentences share, see `Kinship`."""

    apart: float
    """What both have of their own."""

    wider: float
    """What the one that says more has of its own."""


def near_findings(
    units: Iterable[TextUnit], similar: SimilarSentences, kin: Kin, date: datetime.date | None
) -> list[Finding]:
    """Findings on sentences that the bank holds in another version, or tells otherwise in a newer document.

    Args:
        units: pieces of the text under check.
        similar: finds sentences of earlier and later documents that may say the same.
        kin: how telling words are in that bank.
        date: of the document under check; None counts as newest.
    """
    found: list[Finding] = []
    clashes: list[Clash] = []
    for unit in units:
        for start, end in unit.sentences:
            text = unit.text[start:end]
            if not _SHORTEST <= len(text.split()) <= LONGEST or is_referral(text):
                continue
            hits = similar.like(text)
            here = list(_clashes(hits, kin, unit, (start, end), date))
            clashes += here
            if not here:
                found += retold(_few(hits), kin, unit, (start, end), date)
    return [*_worded(clashes, date), *found]


def _clashes(
    hits: tuple[SentenceHit, ...], kin: Kin, unit: TextUnit, span: tuple[int, int], date: datetime.date | None
) -> Iterator[Clash]:
    start, end = span
    text = unit.text[start:end]
    # Where the newest version is word for word this one, older versions are history.
    same = max((hit.date for hit in hits if hit.ratio > _SAME and hit.date), default=None)
    compared_before: dict[tuple[str, datetime.date | None, bool], list[Conflict]] = {}
    for hit in _few(hits):
        if hit.ratio > _SAME or (same and hit.date and hit.date <= same) or is_referral(hit.text):
            continue
        if len(text.split()) <= _POINTING and _ELSEWHERE.match(text):
            continue
        kinship = kin.kinship(text, hit.text)
        version = hit.ratio >= _VERSIONS and kinship.apart <= _APART and kinship.shared >= _SHARED
        if not version and not kinship.versions:
            continue
        newer = bool(date and hit.date and hit.date > date)
        compared = _compared(text, date, hit, newer, compared_before)
        kinds = {one.kind for one in compared if one.new.quote and one.old.quote}
        apart = max(kinship.apart, float(len(kinds & _TOLD_APART) >= _OTHER_THING))
        for conflict in _weighed(compared, text, hit.text, newer):
            mine = replace(conflict, new=conflict.old, old=conflict.new) if newer else conflict
            if _counts(mine, hit, version, newer):
                spot = (start + mine.new.start, start + mine.new.end) if mine.new.quote else (start, end)
                yield Clash(TextSpan(unit, *spot), mine, hit, newer, kinship.shared, apart, kinship.wider)


def _counts(mine: Conflict, hit: SentenceHit, version: bool, newer: bool) -> bool:
    """Whether a conflict is told: any between versions of one sentence, else only what is firm and said by both."""
    otherwise = version or (mine.kind in _FIRM and _fold(mine.new.quote) != _fold(mine.old.quote))
    if mine.kind == "dropped_condition":
        return otherwise and hit.ratio >= _SURE
    if mine.new.quote and mine.old.quote:
        return otherwise and (version or mine.type is not ConflictType.PRECISION)
    return otherwise and (version or (newer and bool(mine.old.quote)))


def _few(hits: tuple[SentenceHit, ...]) -> tuple[SentenceHit, ...]:
    """The hits that are looked into: every document that has one of the few likeliest sentences."""
    texts = list(dict.fromkeys(hit.text for hit in hits))[:_DIFFERENT]
    return tuple(hit for hit in hits if hit.text in texts)


def _compared(
    text: str,
    date: datetime.date | None,
    hit: SentenceHit,
    newer: bool,
    before: dict[tuple[str, datetime.date | None, bool], list[Conflict]],
) -> list[Conflict]:
    """The conflicts with a sentence of the bank, worked out once for all documents that have it."""
    fixed = not has_open_time(hit.text) and not has_open_time(text)
    key = (hit.text, None if fixed else hit.date, newer)
    if key not in before:
        dates = (hit.date, date) if newer else (date, hit.date)
        before[key] = compare_sentences(*((hit.text, text) if newer else (text, hit.text)), dates=dates)
    return before[key]


def _weighed(compared: list[Conflict], mine: str, other: str, newer: bool) -> Iterator[Conflict]:
    """The conflicts between two sentences that are worth a word.

    Figures of another year are no contradiction: newer ones are an update, older ones are not told. A promise with
    another date is an update; that a thing went on since an older document is not told.
    """
    compared = [
        one
        for one in compared
        if one.kind in ("status", "swapped_actors")
        or (_fold(one.new.quote) != _fold(one.old.quote) and not _one_day(one.new.quote, one.old.quote))
    ]
    if sum(one.kind in ("number", "date") for one in compared) > _TABLE:
        return  # a list of figures that lost its form: of another country, year or group
    both = [one for one in compared if one.new.quote and one.old.quote]
    periodic = any(one.kind == "date" for one in both) and any(one.kind == "number" for one in both)
    told = False
    for conflict in compared:
        if periodic and conflict.kind in ("date", "number"):
            if newer and conflict.kind == "number" and not told:
                told = True
                yield replace(conflict, type=ConflictType.UPDATE)
            continue
        if conflict.kind == "date" and conflict in both and _COMING.search(mine) and _COMING.search(other):
            if newer:
                yield replace(conflict, type=ConflictType.UPDATE)
        elif newer or conflict.type is not ConflictType.UPDATE:
            yield conflict


def _one_day(first: str, second: str) -> bool:
    """Whether one quote is the other without its year: "17 februari jl." and "17 februari 2017"."""
    bare = [_fold(_YEAR_OR_LAST.sub(" ", quote)) for quote in (first, second)]
    years = [_YEAR.search(quote) is not None for quote in (first, second)]
    return bare[0] == bare[1] != "" and bare[0][:1].isdigit() and years[0] != years[1]


_RECURRING = re.compile(rf"\b{one_of('recurring')}\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_OR_LAST = re.compile(r"\b(?:(?:19|20)\d\d|jongstleden|jl|ll|laatstleden)\b\.?", re.IGNORECASE)


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


def _worded(clashes: list[Clash], date: datetime.date | None) -> Iterator[Finding]:
    """One finding a place and rule, with all sentences that say otherwise as evidence, newest first."""
    groups: dict[tuple[int, int, int, str], list[Clash]] = {}
    for clash in clashes:
        key = (id(clash.place.unit), clash.place.start, clash.place.end, RULES[clash.conflict.kind])
        groups.setdefault(key, []).append(clash)
    for group in groups.values():
        values = {_fold(clash.conflict.old.quote) for clash in group if clash.conflict.old.quote}
        if len(values) >= _FORM and len({clash.hit.document for clash in group}) >= _FORM:
            continue
        group.sort(key=lambda clash: (clash.hit.date or datetime.date.min, clash.hit.ratio), reverse=True)
        first = group[0]
        conflict = first.conflict
        here, there = conflict.new.quote, conflict.old.quote
        elsewhere = f"in {first.hit.document} {when(first.hit.date, date)}"
        if conflict.kind == "swapped_actors":
            says = f"‘{here}’ doet hier wat {elsewhere} een ander doet"
        elif here and there:
            says = f"hier staat ‘{here}’, {elsewhere} ‘{there}’"
        else:
            says = f"{elsewhere} staat ook ‘{there}’" if there else f"‘{here}’ ontbreekt {elsewhere}"
        evidence = [Evidence(clash.hit.document, clash.hit.date, clash.hit.text) for clash in group]
        detail = f"{says}. {_TYPES[conflict.type]}"
        name = f"consistency/{RULES[conflict.kind]}"
        yield finding(name, first.place, detail, evidence=evidence, severity=_severity(first))


_TYPES = {
    ConflictType.CONTRADICTION: "Dit spreekt elkaar tegen: ga na wat klopt.",
    ConflictType.UPDATE: "Dit lijkt een nieuwere stand van zaken: neem die over, of noem de datum.",
    ConflictType.PRECISION: "De ene zin zegt meer dan de andere: ga na of dat zo bedoeld is.",
    ConflictType.NAME_VARIANT: "Dit is een andere schrijfwijze: kies er één.",
}


def _severity(clash: Clash) -> Severity:
    """A warning where this text may be wrong or behind: not where it is merely the later or the fuller one."""
    return Severity.WARNING if _misinforms(clash) else Severity.INFO


def _misinforms(clash: Clash) -> bool:
    conflict = clash.conflict
    if conflict.type is ConflictType.UPDATE:
        return clash.newer and clash.shared >= _SPECIFIC
    if conflict.type is ConflictType.CONTRADICTION:
        if clash.shared < _SPECIFIC or (conflict.kind in _OF_ONE_THING and clash.apart > _OWN_TOPIC):
            return False
        if conflict.kind in ("number", "term") and _of_a_part(clash):
            return False
        if conflict.kind == "negation" and not (conflict.new.quote and conflict.old.quote) and clash.wider > _OWN_TOPIC:
            return False  # what is denied may be what only the one sentence says
        if conflict.kind == "date" and _of_years(clash):
            return False
        if conflict.kind == "status" and any(_RECURRING.search(one) for one in (clash.place.sentence, clash.hit.text)):
            return False  # "wordt jaarlijks gekoppeld" is done and still to be done
        if conflict.kind == "modality" and _COMING.search(clash.place.sentence) and _COMING.search(clash.hit.text):
            return False  # "zal worden ingediend", "zou moeten worden ingediend": both are to come
        if conflict.kind == "named_authority" and not _are_bodies(conflict.new.quote, conflict.old.quote):
            return False
        return clash.hit.ratio >= _SURE
    dropped = conflict.kind == "dropped_condition" and not conflict.new.quote and clash.hit.ratio >= _VERSIONS
    return dropped and _RESTRICTS.match(conflict.old.quote) is not None


_QUALIFIER = 2
"""Words at most that say of which things a number is: "vrouwelijke", "op zee"."""


def _of_a_part(clash: Clash) -> bool:
    """Whether a number is of some of what the other sentence counts: "12 medewerkers", "12 medewerkers op zee".

    So it is where only one of the two has words of its own. An amount that was cut in two ("1. 200.000") tells nothing.
    """
    conflict, texts = clash.conflict, (clash.place.sentence, clash.hit.text)
    quotes = (conflict.new.quote, conflict.old.quote)
    if any(re.search(rf"\d[.,]\s{re.escape(quote)}", text) for quote, text in zip(quotes, texts, strict=True)):
        return True
    pair = Pair(statement(texts[1]), statement(texts[0]))
    few, more = sorted(sum(not is_filler(word.text) for word in side) for side in (pair.lost, pair.gained))
    return few == 0 < more <= _QUALIFIER


def _of_years(clash: Clash) -> bool:
    """Whether bare years only say of which years something is told: "de cijfers van 2015", "de jaren 2014 en 2015"."""
    quotes = (clash.conflict.new.quote, clash.conflict.old.quote)
    if not all(_BARE_YEARS.fullmatch(quote) for quote in quotes):
        return False
    return any(
        not _HAPPENED.search(text[: text.find(quote)])
        for text, quote in zip((clash.place.sentence, clash.hit.text), quotes, strict=True)
        if quote in text
    )


_BARE_YEARS = re.compile(r"(?:(?:,|en|of|tot|t/m|-|–)?\s*(?:19|20)\d\d\s*)+")
_HAPPENED = re.compile(
    r"\b(?:in|sinds|sedert|vanaf|per|uiterlijk|eind|begin|medio|vóór)\s+(?:het\s+jaar\s+)?$", re.IGNORECASE
)


def _are_bodies(first: str, second: str) -> bool:
    """Whether two names are those of two that act, and not one name long and short, or two words with a capital."""
    short, long = sorted((first, second), key=len)
    if not _is_body(first) or not _is_body(second):
        return False
    initials = "".join(word[0] for word in long.split() if word[0].isupper())
    if len(initials) > 1 and short.startswith(initials):
        return False
    if re.fullmatch(rf"(?:[a-zà-ÿ-]+\s)?{re.escape(short)}(?:[-\s][a-zà-ÿ]+)?", long):
        return False  # "ABC" and "ABC-systeem"
    return " " in long or _ABBREVIATED.search(short) is not None


def _is_body(quote: str) -> bool:
    """Whether a name is one of who acts: not a place, a language, a common word or part of a link."""
    link = "_" in quote or ("/" in quote.strip("/") and "." in quote)
    if link or not quote[0].isupper() or quote.endswith("talige"):
        return False
    return not any(name.sort == "place" for name in find_names(quote, [])) or _ABBREVIATED.search(quote) is not None
