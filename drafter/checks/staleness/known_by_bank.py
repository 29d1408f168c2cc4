"""What the bank knows better than any list: who signs now, which edition is newest, whether a promise was kept."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from answers_bank.dutch.patterns import one_of, word_list
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.time.dates import MONTHS, dutch_date
from drafter.checks.candidates import Candidate
from drafter.checks.finding import Grade
from drafter.checks.text import Unit

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import Signature, StoredPassage

LOOKUPS = 40
"""At most so many sentences of a text are looked up, to stay quick on a large bank."""

_OPEN_RULES = frozenset({"promise", "expectation", "ongoing-work", "law-status", "term", "undated-intent"})
_NAMED = re.compile(
    r"\b(?:[A-Z][A-Za-z]*[A-Z]\w*|[A-Z][\w-]{3,}(?:\s+(?:van|de|het|en|der|[A-Z][\w-]+)){0,5}\s+[A-Z][\w-]+)\b"
)
_WORD = re.compile(r"[^\W\d_]{5,}")
_DONE = re.compile(
    rf"\b{one_of('have')}\b[^.]{{0,160}}\b{one_of('done')}\b|\b{one_of('done')}\b[^.]{{0,60}}\b{one_of('have')}\b"
    r"|\b(?:in werking getreden|sinds \d{1,2} \w+ \d{4} van kracht)\b",
    re.IGNORECASE,
)


class Memory:
    """Looks things up in the bank for one text, each thing once."""

    def __init__(
        self, bank: Bank, date: datetime.date | None, as_of: datetime.date, exclude: frozenset[str] = frozenset()
    ) -> None:
        self._bank = bank
        self._exclude = exclude
        self._date = date
        self._as_of = as_of
        self._signatures: dict[str, list[Signature]] = {}
        self._lookups = 0

    # --- office holders ----------------------------------------------------------------------------------------

    def successor(self, name: str, portfolio: str | None, office: str | None) -> Signature | None:
        """Since when somebody else signs for this portfolio and office, as far as the bank shows."""
        later = [s for s in self._signed(portfolio, office) if self._date is not None and s.date > self._date]
        if not later or surname(later[0].name) == surname(name):
            return None
        first = later[0]
        for signature in later:
            if surname(signature.name) == surname(later[0].name):
                first = signature
        return first

    def last_seen(self, name: str, portfolio: str | None, office: str | None) -> datetime.date | None:
        """When this person last signed for the portfolio."""
        return next((s.date for s in self._signed(portfolio, office) if surname(s.name) == surname(name)), None)

    def signed_since(self, portfolio: str, day: datetime.date) -> bool:
        """Whether somebody signed for this portfolio, under exactly this name, after `day`."""
        return any(s.date > day and s.portfolio == portfolio for s in self._signed(portfolio, None))

    def _signed(self, portfolio: str | None, office: str | None) -> list[Signature]:
        """Signatures for a portfolio up to the reference date, newest first."""
        if not portfolio:
            return []
        if portfolio not in self._signatures:
            self._signatures[portfolio] = self._bank.signatures(portfolio)
        return [
            s
            for s in self._signatures[portfolio]
            if s.date <= self._as_of and (office is None or s.office is None or s.office == office)
        ]

    # --- editions ----------------------------------------------------------------------------------------------

    def newer_edition(self, name: str, edition: tuple[int, int] | None) -> tuple[StoredPassage, str] | None:
        """A later passage that names a newer edition of a publication, and the words in which it does."""
        best: tuple[tuple[int, int], StoredPassage, str] | None = None
        pattern = re.compile(
            rf"{re.escape(name)}[^.;]{{0,40}}?(?:(?P<month>{'|'.join(MONTHS)})\s+)?(?P<year>20\d\d)", re.IGNORECASE
        )
        for passage in self._passages(name, "phrase"):
            for match in pattern.finditer(passage.text):
                found = (int(match["year"]), MONTHS.index(match["month"].lower()) + 1 if match["month"] else 0)
                if found[0] <= self._as_of.year and (best is None or found > best[0]):
                    best = (found, passage, " ".join(match[0].split()))
        base = edition or ((self._date.year, self._date.month) if self._date else None)
        return None if best is None or base is None or best[0] <= base else best[1:]

    # --- promises ----------------------------------------------------------------------------------------------

    def followed_up(self, sentence: str) -> tuple[StoredPassage, str, bool] | None:
        """A later passage on the same thing, its sentence, and whether that tells that it was done."""
        if self._date is None or self._lookups >= LOOKUPS:
            return None
        named, words = _named(sentence), _stems(sentence)
        if len(words) < 4:
            return None
        self._lookups += 1
        best: tuple[float, StoredPassage, str, bool] | None = None
        # Long words are rare words: few are enough to find it, and few are quick.
        rare = sorted(words, key=lambda word: (-len(word), word))[:4]
        for passage in self._passages(" ".join([*sorted(named, key=lambda n: (-len(n), n))[:2], *rare]), "any"):
            for start, end in sentence_spans(passage.text):
                told = passage.text[start:end]
                common = words & _stems(told)
                names = named & _named(told)
                done = bool(_DONE.search(told))
                share = (len(common) + 2 * len(names)) / (len(words) + 2 * len(named))
                if len(common) < 3 or share < (0.5 if done else 0.65):
                    continue
                score = len(common) + 2 * len(names) + 3 * done
                if best is None or score > best[0]:
                    best = (score, passage, " ".join(told.split()), done)
        return None if best is None else best[1:]

    def _passages(self, words: str, match: str) -> Iterator[StoredPassage]:
        """Answering passages of after the text and up to the reference date that hold `words`, best first."""
        keys = self._bank.find_words(words, k=60, match="phrase" if match == "phrase" else "any")
        stored = self._bank.passages_by_key([key for key, _ in keys])
        for key, _ in keys:
            passage = stored.get(key)
            if (
                passage is None
                or passage.date is None
                or passage.role == "question"
                or passage.document in self._exclude
            ):
                continue
            if (self._date is None or passage.date > self._date) and passage.date <= self._as_of:
                yield passage


_TITLES = re.compile(r"\b(?:drs|dr|mr|ir|ing|prof|jhr|mw|dhr|de heer|mevrouw)\b\.?\s*", re.IGNORECASE)
_PARTICLES = frozenset(("van", "de", "der", "den", "ter", "ten", "te", "von", "el", "in", "op", "’t", "'t"))


def surname(name: str) -> str:
    """The part of a name that stays the same between "F. van Oosten", "Foort van Oosten" and "Van Oosten", folded.

    Of a double name the first half: "Wal-Zeggelink" is also written "Wal".
    """
    words = re.sub(r"\b(?:[A-Z]\.\s?)+", "", _TITLES.sub("", name)).split()
    first = next((i for i, word in enumerate(words) if word.lower() in _PARTICLES), None)
    words = words[first:] if first is not None else words[-1:]
    return re.sub(r"(\w)-.*", r"\1", " ".join(words).lower())


@cache
def _stop() -> frozenset[str]:
    return frozenset((*word_list("stop"), *MONTHS, *word_list("common")))


def _stems(sentence: str) -> set[str]:
    from answers_bank.dutch.words import terms

    words = [w for w in _WORD.findall(sentence.lower()) if w not in _stop()]
    return set(terms(" ".join(words)))


def _named(sentence: str) -> set[str]:
    return {" ".join(m[0].split()) for m in _NAMED.finditer(sentence) if m.start() > 0 or m[0].isupper()}


def remembered(candidate: Candidate, unit: Unit, memory: Memory) -> Candidate:
    """`candidate` with what later documents say about it."""
    if candidate.rule not in _OPEN_RULES or candidate.info:
        return candidate
    start, end = unit.sentence_at(candidate.start)
    found = memory.followed_up(unit.text[start:end])
    if found is None:
        return candidate
    passage, sentence, done = found
    assert passage.date is not None
    evidence = ((passage.document, passage.date, sentence),)
    if not done:
        return dataclasses.replace(candidate, evidence=(*candidate.evidence, *evidence))
    what = "Mogelijk ingelost" if candidate.rule == "promise" else "Daarna is hierover bericht"
    detail = f"{what}: {dutch_date(passage.date)} ({passage.document})."
    stale = min(candidate.stale_from or passage.date, passage.date)
    return dataclasses.replace(
        candidate,
        stale_from=stale,
        detail=detail,
        grade=Grade.EXPIRED,
        dated=True,
        evidence=(*candidate.evidence, *evidence),
    )
