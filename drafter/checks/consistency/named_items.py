"""What other documents say of a thing with a name: other dates, figures or states of the same programme or report.

A name that the bank knows from a few passages only is a key: its sentences belong together. Shown as information, one
finding a key, for the drafter to see the whole course of it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from answers_bank.dutch.names.known import parties, spellings
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.words import fold
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.builder import finding, when
from drafter.checks.comparison.statements.resolve import resolved
from drafter.checks.comparison.statements.statement import Statement, statement
from drafter.checks.comparison.statements.words import is_filler
from drafter.checks.consistency.newer_details import COUNTED, agree
from drafter.checks.consistency.sentence_similarity import LONGEST, Kin, is_referral
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import TextSpan, TextUnit

_RARE = 12
"""Passages of the bank in which a key may stand at most."""

_TITLE = re.compile(r"[‘«“](?P<title>[A-Z][^’»”\n]{3,80}?)[’»”]")
_SHARED = 2
"""Content words besides the key that two sentences must share."""

_TELLING = 1.0
"""What two sentences must share besides the key, as kinship counts."""

_APART = 2.0
"""What each may have of its own, as kinship counts."""

_STATES = frozenset({"work status", "law status"})


def key_findings(
    units: Iterable[TextUnit], bank: BankLookup, kin: Kin, before: Iterable[Finding] = ()
) -> list[Finding]:
    """One finding for each key of which a newer document gives other dates, figures or states.

    Sentences that the findings `before` set side by side already are not shown again.
    """
    told: dict[str, set[str]] = {}
    for known in before:
        told.setdefault(known.sentence, set()).update(evidence.quote for evidence in known.evidence)
    places: dict[str, list[TextSpan]] = {}
    for unit in units:
        for start, end in unit.sentences:
            for a, b in _keys(unit.text[start:end]):
                span = TextSpan(unit, start + a, start + b)
                places.setdefault(fold(span.text), []).append(span)
    found = []
    for here in places.values():
        one = _otherwise_told(here, bank, kin, told)
        if one is not None:
            found.append(one)
    return found


def _keys(text: str) -> list[tuple[int, int]]:
    """Spans of the names in a sentence that may be keys."""
    spans = [match.span("title") for match in _TITLE.finditer(text)]
    for name in statement(text).names:
        telling = " " in name.text or ("-" in name.text and name.sort == "plan")
        # Bodies that everyone knows are no matter of their own, and members do not differ from their own names.
        ordinary = len(spellings(name.key)) > 1 or (text[name.end : name.end + 2] == " (" and _member(text, name.end))
        if name.sort in ("other", "plan") and telling and not ordinary:
            spans.append((name.start, name.end))
    return spans


def _member(text: str, position: int) -> bool:
    match = re.match(r" \(([\w-]+)\)", text[position:])
    return match is not None and match[1] in parties()


def _otherwise_told(places: list[TextSpan], bank: BankLookup, kin: Kin, told: dict[str, set[str]]) -> Finding | None:
    date = bank.date
    key = places[0].quote.strip("‘’«»“” ")
    rows = bank.bank.find_words(key, _RARE + 1, match="phrase")
    if not rows or len(rows) > _RARE:
        return None
    pattern = re.compile(r"\W+".join(map(re.escape, re.findall(r"\w+", key))), re.IGNORECASE)
    others: list[tuple[Evidence, str]] = []
    for passage in bank.bank.passages_by_key([row for row, _ in rows]).values():
        if passage.document in bank.own or (passage.date and date and passage.date < date):
            continue  # what was said of it before is history
        for start, end in sentence_spans(passage.text):
            text = passage.text[start:end]
            if pattern.search(text):
                others.append((Evidence(passage.document, passage.date, " ".join(text.split())), text))
    for place in places:
        mine = statement(_text(place))
        if is_referral(mine.text) or len(mine.text.split()) > LONGEST:
            continue
        quote = " ".join(mine.text.split())
        # Where a document says word for word the same, what older ones said is history.
        same = max((one.date for one, _ in others if one.quote == quote and one.date), default=None)
        clash = [
            evidence
            for evidence, text in others
            if evidence.quote not in told.get(quote, ())
            and not (same and evidence.date and evidence.date <= same)
            and not is_referral(text)
            and len(text.split()) <= LONGEST
            and _one_subject(kin, pattern.sub(" ", mine.text), pattern.sub(" ", text))
            and _otherwise(resolved(mine, date), resolved(statement(text), evidence.date), key)
        ]
        if clash:
            clash.sort(key=lambda one: one.date or datetime.date.min, reverse=True)
            first = clash[0]
            detail = f"over ‘{key}’ zegt {first.document} {when(first.date, date)} iets anders of meer."
            detail += " Ga na of dit nog klopt."
            return finding("consistency/key", place, detail, evidence=clash)
    return None


def _one_subject(kin: Kin, mine: str, theirs: str) -> bool:
    kinship = kin.kinship(mine, theirs)
    return kinship.shared >= _TELLING and kinship.apart <= _APART


def _text(place: TextSpan) -> str:
    start, end = place.unit.sentence_at(place.start)
    return place.unit.text[start:end]


def _otherwise(mine: Statement, other: Statement, key: str) -> bool:
    """Whether two sentences on one key share their subject and differ in what is counted, dated or how far it is."""
    inside = {fold(word) for word in re.findall(r"\w+", key)}
    stems = {w.stem for w in mine.words if fold(w.text) not in inside and not is_filler(w.text)}
    shared = {w.stem for w in other.words if fold(w.text) not in inside} & stems
    if len(shared) < _SHARED:
        return False
    ours = [item for item in mine.items if item.kind in COUNTED]
    theirs = [item for item in other.items if item.kind in COUNTED]
    if any(not any(agree(a, b) for b in ours) for a in theirs) or any(
        not any(agree(a, b) for b in theirs) for a in ours
    ):
        return True
    states = {hit.name for hit in mine.hits if hit.dimension in _STATES}
    return states != {hit.name for hit in other.hits if hit.dimension in _STATES}
