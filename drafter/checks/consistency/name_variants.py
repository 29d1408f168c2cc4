"""Names and terms that are written in two ways, in one document or between documents."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from answers_bank.dutch.names.abbreviations import Definition, definitions
from answers_bank.dutch.names.known import parties
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.words import fold
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.builder import finding
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import TextSpan, TextUnit, Zone

if TYPE_CHECKING:
    from answers_bank.store.stored import StoredPassage

_PERSON = re.compile(
    r"\b(?P<name>(?:(?:van|de|der|den|ten|ter|el|von)\s+)*[A-Z][\wÀ-ÿ’']+"
    r"(?:[ -](?:(?:van|de|der|den)\s+)?[A-Z][\wÀ-ÿ’']+){0,3})\s?\("
    r"(?P<party>[A-Z][A-Za-z0-9+]{1,12}(?:[-/ ][A-Z][A-Za-z]{1,10})?)\)"
)
_TOKEN = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_TITLE = re.compile(r"[‘«“\"](?P<title>[A-Z][^’»”\"\n]{4,80}?)[’»”\"]")
_LONG = re.compile(r"\b[a-zà-ÿ]{9,}\b")
_LINK = re.compile(r"(?<=[a-zà-ÿ]{4})(?:ings|s|en|n)(?=[a-zà-ÿ]{4})")
"""What may stand between the parts of a compound."""

SAME_NAME = 60.0
"""Likeness (0 to 100) from which two full names with one short form are one name."""

SAME_PERSON = 90.0
"""Likeness (0 to 100) from which two names are of one member."""

_CANDIDATES = 12
"""Passages of the bank that are looked at for one name."""


def _explained_names(text: str) -> list[Definition]:
    """The abbreviations that `text` explains, of what is called by a name; a party behind a member is none."""
    return [one for one in definitions(text) if one.full[0].isupper() and one.short not in parties()]


def _key(name: str) -> str:
    """A name without what may differ by inflection: "de Europese Verordening" and "verordening"."""
    bare = re.sub(r"^(?:the|de|het|een|europese)\s+", "", fold(name)).replace("&", "en")
    return "".join(re.sub(r"(?:en|s)$", "", word) if len(word) > 4 else word for word in re.findall(r"[a-z0-9]+", bare))


def name_findings(units: Sequence[TextUnit], bank: BankLookup | None) -> list[Finding]:
    """Findings on names in two spellings; each pair of spellings once."""
    told: set[frozenset[str]] = set()
    found: list[Finding] = []
    ways = (_explained(units, bank), _spelled(units), _capitals(units, bank), _persons(units, bank), _compounds(units))
    for place, other, evidence in itertools.chain(*ways):
        pair = frozenset((place.quote, other))
        if len(pair) == 2 and pair not in told:
            told.add(pair)
            where = f"in {evidence.document}" if evidence.document else "elders in dit stuk"
            detail = f"hier ‘{place.quote}’, {where} ‘{other}’. Kies één schrijfwijze."
            found.append(finding("consistency/name-variant", place, detail, evidence=[evidence]))
    return found


_Variant = tuple[TextSpan, str, Evidence]
"""Words of the text, how they are written elsewhere, and where that is."""


def _elsewhere(bank: BankLookup | None, query: str, match: Literal["all", "phrase"] = "all") -> list[StoredPassage]:
    return [] if bank is None else bank.holding(query, _CANDIDATES, match)


def _in_passage(passage: StoredPassage, position: int) -> Evidence:
    spans = [(a, b) for a, b in sentence_spans(passage.text) if a <= position < b] or [(0, len(passage.text))]
    return Evidence(passage.document, passage.date, " ".join(passage.text[slice(*spans[0])].split()))


def _explained(units: Sequence[TextUnit], bank: BankLookup | None) -> Iterator[_Variant]:
    """One short form with two full names, or one full name with two short forms."""
    seen: list[tuple[TextSpan, Definition]] = []
    for unit, one in [(holder, one) for holder in units for one in _explained_names(holder.text)]:
        place = TextSpan(unit, one.start, one.end)
        earlier = next(((span, before) for span, before in seen if _differs(one, before)), None)
        if earlier is not None:
            yield place, f"{earlier[1].full} ({earlier[1].short})", Evidence.here(earlier[0].sentence)
        seen.append((place, one))
        passages = {p.key: p for q in (one.short, one.full) for p in _elsewhere(bank, q)}
        told: set[str] = set()
        for passage in sorted(passages.values(), key=lambda p: (str(p.date or ""), p.key), reverse=True):
            for other in _explained_names(passage.text):
                name = f"{other.full} ({other.short})"
                if _differs(one, other) and _key(name) not in told:
                    told.add(_key(name))
                    yield place, name, _in_passage(passage, other.start)


def _differs(one: Definition, other: Definition) -> bool:
    first, second = _key(one.full), _key(other.full)
    if one.short.lower() == other.short.lower():
        if first == second:
            mine, theirs = ("".join(fold(full).split()) for full in (one.full, other.full))
            return one.short != other.short or mine != theirs
        # The same letters may stand for something else altogether.
        return fuzz.ratio(first, second) >= SAME_NAME and not (first.endswith(second) or second.endswith(first))
    if first == second:
        return abs(len(one.short) - len(other.short)) <= 2 and fold(one.short)[0] == fold(other.short)[0]
    return False


def _spelled(units: Sequence[TextUnit]) -> Iterator[_Variant]:
    """Titles in quotation marks that stand elsewhere in the document with other hyphens."""
    for unit in units:
        for match in _TITLE.finditer(unit.text):
            row = re.findall(r"\w+", match["title"])
            pattern = re.compile(r"(?<![\w/=-])" + r"[\s-]*".join(map(re.escape, row)) + r"\b", re.IGNORECASE)
            for other in units if len(row) > 1 else ():
                for found in pattern.finditer(other.text):
                    # With more than two hyphens it is an address.
                    if _joints(found[0]) != _joints(match["title"]) and found[0].count("-") <= 2:
                        there = TextSpan(other, *found.span())
                        yield TextSpan(unit, *match.span("title")), there.quote, Evidence.here(there.sentence)


def _joints(title: str) -> str:
    """How the words of a title are joined; capitals follow the place in a sentence and say nothing."""
    return re.sub(r"\s+", " ", fold(title)).replace(" -", "-").replace("- ", "-")


def _capitals(units: Sequence[TextUnit], bank: BankLookup | None) -> Iterator[_Variant]:
    """Short forms with other capitals: "GolfNed" and "Golfned", "WADs" and "WADS"."""
    seen: dict[str, TextSpan] = {}
    for unit in units:
        for match in _TOKEN.finditer(unit.text) if unit.zone is not Zone.FRAME else ():
            if len(match[0]) >= 4:
                seen.setdefault(match[0], TextSpan(unit, *match.span()))
    for token, place in seen.items():
        pattern = re.compile(rf"(?<![\w.@/]){re.escape(token)}(?![\w@])", re.IGNORECASE)
        for other in units:
            for found in pattern.finditer(other.text):
                if _other_capitals(token, found[0]):
                    yield place, found[0], Evidence.here(TextSpan(other, *found.span()).sentence)
        for passage in _elsewhere(bank, token, "phrase"):
            for found in pattern.finditer(passage.text):
                if _other_capitals(token, found[0]):
                    yield place, found[0], _in_passage(passage, found.start())


def _other_capitals(token: str, other: str) -> bool:
    """Whether two short forms differ in more than the capitals of a heading or of a sentence."""
    return token != other and other[0].isupper() and not {token, other} <= {token.upper(), token.capitalize()}


def _persons(units: Sequence[TextUnit], bank: BankLookup | None) -> Iterator[_Variant]:
    """Members whose name is spelled in two ways: "Golfslag-De Wind (AB)" and "Golfslag de Wind (AB)"."""
    mine = [(TextSpan(unit, *m.span("name")), m["party"]) for unit in units for m in _PERSON.finditer(unit.text)]
    known = [(place.text, Evidence.here(place.sentence)) for place, _ in mine]
    if bank is not None and mine:
        known += bank.members({party for _, party in mine})
    for place, _ in mine:
        for name, evidence in known:
            if name != place.text and _same_person(place.text, name):
                yield place, name, evidence


def _same_person(first: str, second: str) -> bool:
    a, b = (re.sub(r"[^a-z]", "", fold(name)) for name in (first, second))
    if min(len(a), len(b)) < 6:
        return False
    if a == b:
        return first.lower() != second.lower()
    return abs(len(a) - len(b)) <= 2 and fuzz.ratio(a, b) >= SAME_PERSON


def _compounds(units: Sequence[TextUnit]) -> Iterator[_Variant]:
    """One compound in two spellings in one document: "verwijderbevel" and "verwijderingsbevel"."""
    seen: dict[str, TextSpan] = {}
    for unit in units:
        for match in _LONG.finditer(unit.text) if unit.zone is not Zone.QUESTION else ():
            seen.setdefault(_singular(match[0]), TextSpan(unit, *match.span()))
    for word, place in seen.items():
        for link in _LINK.finditer(word):
            other = seen.get(word[: link.start()] + word[link.end() :])
            if other is not None:
                yield place, other.quote, Evidence.here(other.sentence)


def _singular(word: str) -> str:
    return re.sub(r"(?:en|s)$", "", word.lower())
