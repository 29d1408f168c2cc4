"""What the screen of the bank asks, and whoever shows something of the bank."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from answers_bank.documents import Detail, Document
from answers_bank.store.annotations.passage_care import CareField
from answers_bank.store.stored import Filters
from drafter.backend.workplace import Workplace, with_model
from drafter.search.values import Mode, SearchQuery, SearchResult
from drafter.tasks.sample import sample_bank
from embeddings.errors import BankError, Cancelled
from embeddings.progress import Progress

if TYPE_CHECKING:
    from answers_bank.store.stored import DocumentSummary
    from drafter.bank_views.document_card import DocumentCard
    from drafter.bank_views.doubted import DoubtfulBank
    from drafter.bank_views.office_holders import OfficeTerm
    from drafter.bank_views.passage_list import StandardPassage
    from drafter.bank_views.reading_view import ReadingView
    from drafter.bank_views.stale_bank import StaleBank
    from drafter.tasks.open_questions import OpenSet

_RESULTS = 15


@dataclass(frozen=True, slots=True)
class BankLine:
    """The bank in one line."""

    documents: int = 0
    passages: int = 0
    first: datetime.date | None = None
    last: datetime.date | None = None
    """Dates of the oldest and newest document."""

    filled: datetime.datetime | None = None
    """When it changed last, where known."""

    problem: str = ""
    """Why it cannot be used; empty when it can."""

    has_sample: bool = False
    """Whether the sample that comes with the program is in it."""


@dataclass(frozen=True, slots=True)
class FillReport:
    """What came of adding files to the bank."""

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    """File and reason."""

    stopped: bool = False
    doubted: int = 0
    """Of what is new or changed, how many had better be looked at."""


def bank_line(at: Workplace) -> BankLine:
    """The bank in one line; empty when there is none yet."""
    if not at.has_bank:
        return BankLine()
    try:
        info = at.bank.info()
    except BankError as error:
        return BankLine(problem=error.message)
    changed = (at.workspace.bank_folder / "bank.sqlite").stat().st_mtime
    filled = datetime.datetime.fromtimestamp(changed).astimezone()
    return BankLine(info.documents, info.passages, info.first_date, info.last_date, filled, has_sample=_has_sample(at))


def _has_sample(at: Workplace) -> bool:
    folder = sample_bank()
    files = sorted(folder.iterdir()) if folder else []
    return bool(files) and at.bank.file(str(files[0])) is not None


def entries(at: Workplace, words: str = "", filters: Filters | None = None) -> tuple[DocumentSummary, ...]:
    """The documents, newest first, whose title or people hold all `words`."""
    if not at.has_bank:
        return ()
    wanted = words.casefold().split()
    return tuple(one for one in at.bank.documents(filters) if all(word in _searchable(one) for word in wanted))


def _searchable(summary: DocumentSummary) -> str:
    people = (person.name or person.portfolio or "" for person in (*summary.ministers, *summary.askers))
    return " ".join([summary.title, summary.id, *people]).casefold()


def office_terms(at: Workplace) -> tuple[OfficeTerm, ...]:
    """Who answered for which portfolio when, the latest first."""
    if not at.has_bank:
        return ()
    from drafter.bank_views import office_holders

    return office_holders.office_terms(at.bank.signatures())


def open_sets(at: Workplace) -> tuple[OpenSet, ...]:
    """Question sets in the bank that wait for an answer, the most urgent first."""
    if not at.has_bank:
        return ()
    from drafter.tasks import open_questions

    return open_questions.open_sets(at.bank, at.as_of)


def standard_passages(at: Workplace) -> tuple[StandardPassage, ...]:
    """The standard passages of the bank, most used first."""
    if not at.has_bank:
        return ()
    from drafter.bank_views import passage_list

    return passage_list.standard_passages(at.bank)


def say_of_passage(at: Workplace, identifier: str, values: Mapping[CareField, str | None]) -> None:
    """Say who looks after a standard passage, a note, or before which day it is to be looked at; None takes it back."""
    from drafter.tasks.upkeep import passage_care

    cluster = passage_care.find_passage(at.bank, identifier)
    passage_care.say_of_passage(at.bank, cluster, values, at.settings.naam, datetime.datetime.now(datetime.UTC))


def stale_in_bank(at: Workplace, progress: Progress) -> StaleBank:
    """What no longer holds in the bank; what was found so far when `progress` asks to stop."""
    from drafter.bank_views import stale_bank

    return stale_bank.stale_in_bank(at.bank, at.context(), progress) if at.has_bank else stale_bank.StaleBank()


def document(at: Workplace, identifier: str) -> Document:
    """A document of the bank."""
    return at.document(identifier)


def reading(at: Workplace, identifier: str) -> ReadingView:
    """A document of the bank, to be read."""
    from drafter.bank_views.reading_view import reading_of

    return reading_of(at.document(identifier))


def card(at: Workplace, identifier: str) -> DocumentCard:
    """What is known of a document of the bank, what was corrected and what is doubtful."""
    from drafter.bank_views.document_card import document_card

    return document_card(at.bank, identifier)


def correct_details(
    at: Workplace, identifier: str, values: Mapping[Detail, str], back: Collection[Detail]
) -> DocumentCard:
    """Correct details of a document, or take corrections `back`; what is known of it from now on."""
    from drafter.tasks.upkeep.corrections import correct

    correct(at.bank, identifier, values, back, at.settings.naam, datetime.datetime.now(datetime.UTC))
    return card(at, identifier)


@with_model
def encode_waiting_texts(at: Workplace) -> int:
    """Make findable by meaning what waits for it, where the bank is searched so; how many texts that were."""
    from answers_bank.filling.filling import encode

    if at.bank.vectors.model() is None:
        return 0
    return encode(at.bank, at.workspace.encoder)


def doubtful_in_bank(at: Workplace, progress: Progress) -> DoubtfulBank:
    """What had better be looked at in the bank; what was found so far when `progress` asks to stop."""
    from drafter.bank_views import doubted

    return doubted.doubtful_in_bank(at.bank, progress) if at.has_bank else doubted.DoubtfulBank()


def remove(at: Workplace, identifier: str) -> None:
    """Take a document out of the bank; its file stays where it is."""
    at.bank.remove(identifier)


@with_model
def fill(at: Workplace, progress: Progress, paths: tuple[Path, ...]) -> FillReport:
    """Add files and folders to the bank."""
    from answers_bank.filling.filling import ingest

    bank = at.workspace.bank(create=True)
    before = bank.info().documents
    try:
        report = ingest(bank, paths, at.workspace.encoder, progress)
    except Cancelled:
        return FillReport(added=bank.info().documents - before, stopped=True)
    return FillReport(report.added, report.unchanged, report.updated, report.failed, doubted=len(report.doubted))


# -- searching ---------------------------------------------------------------------------------------------------------


@with_model
def load_model(at: Workplace) -> None:
    """Load the model; takes seconds, once."""
    at.workspace.encoder().encode_queries(["warm"])


def search_words(
    at: Workplace,
    text: str,
    filters: Filters | None = None,
    portfolio: str | None = None,
    questions: Document | None = None,
) -> tuple[SearchResult, ...]:
    """Earlier answers by words alone, which needs no model.

    An answer to the set `questions` itself is no earlier answer and is left out. What was answered for `portfolio`
    counts a little more.
    """
    return _search(at, Mode.WORDS, text, filters, portfolio, questions)


@with_model
def search_meaning(
    at: Workplace,
    text: str,
    filters: Filters | None = None,
    portfolio: str | None = None,
    questions: Document | None = None,
) -> tuple[SearchResult, ...]:
    """As `search_words`, by meaning too."""
    return _search(at, Mode.HYBRID, text, filters, portfolio, questions)


def _search(
    at: Workplace, mode: Mode, text: str, filters: Filters | None, portfolio: str | None, questions: Document | None
) -> tuple[SearchResult, ...]:
    if not at.has_bank:
        return ()
    from drafter.assembly.assemble import own_documents

    query = SearchQuery(
        text=text,
        exclude=own_documents(questions, at.bank) if questions else frozenset(),
        k=_RESULTS,
        mode=mode,
        before=at.as_of + datetime.timedelta(days=1),
        portfolio=portfolio,
        filters=filters or Filters(),
        undated=True,
    )
    return at.workspace.searcher(meaning=mode is Mode.HYBRID).search(query)
