"""What rules ask of the bank: who signs now, which edition or paper is newest, whether a promise was kept.

Only documents of after the text and up to the reference date count, and never the text's own other forms.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

from answers_bank.documents import Kind, OfficeHolder, Question, Role
from answers_bank.dutch.patterns import one_of, word_list
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.time.dates import MONTH, MONTHS
from answers_bank.dutch.words import fold
from drafter.checks.finding import Evidence
from drafter.checks.text import CarriedNote, CheckedText, carried_notes

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import DocumentSummary, Signature, StoredPassage

LOOKUPS = 40
"""At most so many sentences of a text are looked up, to stay quick on a large bank."""

SAME_THING = 0.65
"""Share of the words and names of a sentence that a later one must have to be on the same thing."""

SAME_THING_DONE = 0.5
"""The same where the later one tells that something was done."""

SUBJECT_DOCUMENTS = 12
"""At most so many documents on the words of a subject are opened."""

_TITLED = 20
"""Later documents with a word of a name in their title that are looked at."""

NEWEST = 8
"""Newer documents that are read for one note at most."""

_NAMED = re.compile(
    r"\b(?:[A-Z][A-Za-z]*[A-Z]\w*|[A-Z][\w-]{3,}(?:\s+(?:van|de|het|en|der|[A-Z][\w-]+)){0,5}\s+[A-Z][\w-]+)\b"
)
_DONE = re.compile(
    rf"\b{one_of('have')}\b[^.]{{0,160}}\b{one_of('done')}\b|\b{one_of('done')}\b[^.]{{0,60}}\b{one_of('have')}\b"
    r"|\b(?:in werking getreden|sinds \d{1,2} \w+ \d{4} van kracht)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """Which portfolios a document was signed for."""

    id: str
    date: datetime.date
    portfolios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A later sentence on the same thing."""

    passage: StoredPassage
    sentence: str
    done: bool
    """Whether it tells that the thing was done."""


class BankLookup:
    """Looks things up in the bank for one text, each thing once."""

    def __init__(self, bank: Bank, text: CheckedText, as_of: datetime.date, exclude: frozenset[str]) -> None:
        """
        Args:
            bank: earlier and later documents.
            text: the text under check.
            as_of: reference date; what is younger does not count.
            exclude: ids of documents that tell nothing about the text: its own other forms.
        """
        self.bank = bank
        self.date = text.date
        self._document = text.document
        self._as_of = as_of
        self._exclude = exclude
        self._signatures: dict[str, list[Signature]] = {}
        self._notes: dict[str, list[CarriedNote]] = {}
        self._lookups = 0

    @cached_property
    def own(self) -> frozenset[str]:
        """Ids of what the bank holds of the text itself, under whatever id."""
        if self._document is None:
            return self._exclude
        case = self._document.case_number
        same = self.bank.find_documents(case_number=case) if case else []
        return self._exclude | {self._document.id, *(summary.id for summary in same)}

    def counts(self, document: str, day: datetime.date | None) -> bool:
        """Whether a document of that day is later than the text, not after the reference date, and not its own."""
        later = day is not None and (self.date is None or day > self.date) and day <= self._as_of
        return later and document not in self.own

    # --- passages ------------------------------------------------------------------------------------------------

    def holding(self, words: str, k: int, match: Literal["all", "any", "phrase"]) -> list[StoredPassage]:
        """The `k` best passages that hold `words`, of any day, without those of the text itself."""
        keys = [key for key, _ in self.bank.find_words(words, k, match=match)]
        stored = self.bank.passages_by_key(keys)
        return [p for key in keys if (p := stored.get(key)) is not None and p.document not in self.own]

    def _later(self, words: str, k: int, match: Literal["all", "any", "phrase"]) -> Iterator[StoredPassage]:
        return (p for p in self.holding(words, k, match) if self.counts(p.document, p.date))

    def asked_again(self, question: Question) -> list[StoredPassage]:
        """Later questions that hold the longest words of `question`."""
        # The longest words are the rarest: who asks the same uses them all.
        return [p for p in self._later(_longest(question.text, 5, 6), 24, "all") if p.role is Role.QUESTION]

    def answer_to(self, asked: StoredPassage) -> list[StoredPassage]:
        """The passages that answer a question of the bank."""
        numbers = set(asked.numbers)
        return [p for p in self.bank.passages(asked.document) if p.role is Role.ANSWER and set(p.numbers) & numbers]

    # --- who signs -----------------------------------------------------------------------------------------------

    def successor(self, holder: OfficeHolder) -> Signature | None:
        """Since when somebody else signs for this portfolio and office, as far as the bank shows."""
        signed = self._signed(holder.portfolio, holder.office)
        later = [s for s in signed if self.date is not None and s.date > self.date]
        if not later or surname(later[0].name) == surname(holder.name or ""):
            return None
        return [s for s in later if surname(s.name) == surname(later[0].name)][-1]

    def last_signed(self, holder: OfficeHolder) -> datetime.date | None:
        """When this person last signed for the portfolio."""
        signed = self._signed(holder.portfolio, holder.office)
        return next((s.date for s in signed if surname(s.name) == surname(holder.name or "")), None)

    def signed_since(self, portfolio: str, day: datetime.date) -> bool:
        """Whether somebody signed for this portfolio, under exactly this name, after `day`."""
        return any(s.date > day and s.portfolio == portfolio for s in self._signed(portfolio, None))

    def _signed(self, portfolio: str | None, office: str | None) -> list[Signature]:
        """Signatures for a portfolio up to the reference date, newest first."""
        if not portfolio:
            return []
        if portfolio not in self._signatures:
            self._signatures[portfolio] = self.bank.signatures(portfolio)
        return [
            s
            for s in self._signatures[portfolio]
            if s.date <= self._as_of and (office is None or s.office is None or s.office == office)
        ]

    def signed_in_dossier(self, dossier: str) -> list[SignedDocument]:
        """Who signed the later pieces of a dossier, oldest first."""
        return self._in_order(self.bank.find_documents(dossier=dossier))

    def signed_on_subject(self, subject: str) -> list[SignedDocument]:
        """Who signed the later answers and letters whose passages hold all rare words of a subject, oldest first."""
        rare = _longest(subject, 6, 3, _every_answer())
        if len(rare.split()) < 2:
            return []
        ids = dict.fromkeys(p.document for p in self._later(rare, 60, "all") if p.role is not Role.SECTION)
        found = self.bank.summaries_of(list(ids)[:SUBJECT_DOCUMENTS]).values()
        return self._in_order([s for s in found if s.kind in {Kind.ANSWER, Kind.LETTER}])

    def _in_order(self, summaries: Sequence[DocumentSummary]) -> list[SignedDocument]:
        signed = [
            SignedDocument(s.id, s.date, tuple(p.portfolio for p in s.ministers if p.portfolio))
            for s in summaries
            if s.date is not None and self.counts(s.id, s.date)
        ]
        return sorted((s for s in signed if s.portfolios), key=lambda s: (s.date, s.id))

    # --- editions and papers -------------------------------------------------------------------------------------

    def newer_edition(self, name: str, edition: tuple[int, int] | None) -> tuple[StoredPassage, str] | None:
        """A later passage that names a newer edition of a publication, and the words in which it does.

        Args:
            name: of the publication.
            edition: year and month (0 where there is none) of the edition that the text names; None is that of its day.
        """
        best: tuple[tuple[int, int], StoredPassage, str] | None = None
        pattern = re.compile(
            rf"{re.escape(name)}[^.;]{{0,40}}?(?:(?P<month>{MONTH})\s+)?(?P<year>20\d\d)", re.IGNORECASE
        )
        for passage in self._answering(name, "phrase"):
            for match in pattern.finditer(passage.text):
                found = (int(match["year"]), MONTHS.index(match["month"].lower()) + 1 if match["month"] else 0)
                if found[0] <= self._as_of.year and (best is None or found > best[0]):
                    best = (found, passage, " ".join(match[0].split()))
        base = edition or ((self.date.year, self.date.month) if self.date else None)
        return None if best is None or base is None or best[0] <= base else best[1:]

    def paper(self, dossier: str | None, number: str) -> DocumentSummary | None:
        """The piece of a dossier with that number."""
        return next(iter(self.bank.find_documents(dossier=dossier, dossier_number=number)), None)

    def pieces(self, dossier: str | None) -> int:
        """How many pieces of a dossier the bank holds."""
        return len(self.bank.find_documents(dossier=dossier)) if dossier else 0

    def aanhangsel(self, number: int, session_year: str) -> DocumentSummary | None:
        """The answer with that number."""
        return next(iter(self.bank.find_documents(aanhangsel=number, session_year=session_year)), None)

    def put_off(self, case_number: str | None) -> bool:
        """Whether the bank holds a deferral of these questions."""
        return bool(case_number) and any(
            summary.kind is Kind.DEFERRAL for summary in self.bank.find_documents(case_number=case_number)
        )

    def notes_holding(self, words: str) -> list[Evidence]:
        """The notes of other documents that hold `words`, of any day, newest first."""
        found = [Evidence(i, date, " ".join(text.split())) for i, date, text in self.bank.notes_holding(words)]
        found.sort(key=lambda one: one.date or datetime.date.min, reverse=True)
        return [one for one in found if one.document not in self.own]

    def newer_notes(self, words: str) -> Iterator[tuple[str, datetime.date, CarriedNote]]:
        """Notes of newer documents that hold `words` (spaces do not count), the newest document first."""
        if self.date is None:
            return
        wanted = words.replace(" ", "")
        for identifier, day in self.bank.later_with_note(words, self.date, NEWEST + len(self.own)):
            if identifier in self.own:
                continue
            if identifier not in self._notes:
                try:
                    self._notes[identifier] = carried_notes(self.bank.document(identifier))
                except KeyError:  # taken out since
                    continue
            for one in self._notes[identifier]:
                if wanted in one.note.text.replace(" ", ""):
                    yield identifier, day, one

    def notes_with(self, words: str, most: int) -> int:
        """How many notes of the bank hold `words`; no more than `most` are counted."""
        return self.bank.count_notes(words, most)

    # --- promises ------------------------------------------------------------------------------------------------

    def followed_up(self, sentence: str) -> FollowUp | None:
        """The later sentence that tells most of the same thing."""
        if self.date is None or self._lookups >= LOOKUPS:
            return None
        named, words = _named(sentence), _stems(sentence)
        if len(words) < 4:
            return None
        self._lookups += 1
        best: tuple[float, FollowUp] | None = None
        # Long words are rare words: few are enough to find it, and few are quick.
        rare = sorted(words, key=lambda word: (-len(word), word))[:4]
        for passage in self._answering(" ".join([*sorted(named, key=lambda n: (-len(n), n))[:2], *rare]), "any"):
            for start, end in sentence_spans(passage.text):
                told = passage.text[start:end]
                common = words & _stems(told)
                names = named & _named(told)
                done = bool(_DONE.search(told))
                share = (len(common) + 2 * len(names)) / (len(words) + 2 * len(named))
                if len(common) < 3 or share < (SAME_THING_DONE if done else SAME_THING):
                    continue
                score = len(common) + 2 * len(names) + 3 * done
                if best is None or score > best[0]:
                    best = (score, FollowUp(passage, " ".join(told.split()), done))
        return None if best is None else best[1]

    def _answering(self, words: str, match: Literal["any", "phrase"]) -> Iterator[StoredPassage]:
        return (p for p in self._later(words, 60, match) if p.role is not Role.QUESTION)

    def appeared(self, name: str, paper: str) -> Evidence | None:
        """The first later letter whose title holds all words of `name` but `paper`; the evidence quotes its title."""
        wanted = [word for word in re.findall(r"[\w-]{4,}", fold(name)) if word != paper]
        if len(wanted) < 2 or self.date is None:
            return None
        for identifier, day, title in self.bank.later_letters(max(wanted, key=len), self.date, _TITLED):
            if identifier not in self.own and all(word in fold(title) for word in wanted):
                return Evidence(identifier, day, " ".join(title.split()))
        return None

    # --- people --------------------------------------------------------------------------------------------------

    def members(self, parties: Collection[str]) -> list[tuple[str, Evidence]]:
        """The members of these parties who asked anything, with where."""
        return [
            (name, Evidence(identifier, date, f"{name} ({party})"))
            for name, party, identifier, date in self.bank.askers()
            if identifier not in self.own and party in parties
        ]


_TITLES = re.compile(r"\b(?:drs|dr|mr|ir|ing|prof|jhr|mw|dhr|de heer|mevrouw)\b\.?\s*", re.IGNORECASE)
_PARTICLES = frozenset(("van", "de", "der", "den", "ter", "ten", "te", "von", "el", "in", "op", "’t", "'t"))


def surname(name: str) -> str:
    """The part of a name that stays the same between "F. van Oosterduin", "Fons van Oosterduin" and "Van Oosterduin".

    Folded; of a double name the first half: "Golf-Slag" is also written "Golf".
    """
    words = re.sub(r"\b(?:[A-Z]\.\s?)+", "", _TITLES.sub("", name)).split()
    first = next((i for i, word in enumerate(words) if word.lower() in _PARTICLES), None)
    words = words[first:] if first is not None else words[-1:]
    return re.sub(r"(\w)-.*", r"\1", " ".join(words).lower())


@cache
def _every_answer() -> frozenset[str]:
    """Words that say nothing about the subject of an answer."""
    lists = ("function_words", "degree_words", "question_words", "genre_words")
    return frozenset(word for name in lists for word in word_list(name))


def _longest(text: str, least: int, most: int, without: Collection[str] = ()) -> str:
    """The longest words of `text`, of at least `least` letters, `most` of them."""
    words = {word for word in re.findall(rf"[^\W\d_]{{{least},}}", text.lower()) if word not in without}
    return " ".join(sorted(words, key=lambda word: (-len(word), word))[:most])


def _stems(sentence: str) -> set[str]:
    from answers_bank.dutch.words import terms

    words = re.findall(r"[^\W\d_]{5,}", sentence.lower())
    return set(terms(" ".join(word for word in words if word not in _every_answer() and word not in MONTHS)))


def _named(sentence: str) -> set[str]:
    return {" ".join(m[0].split()) for m in _NAMED.finditer(sentence) if m.start() > 0 or m[0].isupper()}
