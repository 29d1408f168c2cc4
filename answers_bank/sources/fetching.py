"""Bringing documents from the official sources into the bank, and keeping them up to date.

Each record is taken in four steps that may be interrupted anywhere: note the record, keep its file, put the document
in the bank, mark the record as done. Doing a step twice changes nothing, so a new run begins where the last one ended,
without a gap and without a double.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from answers_bank.sources.composing import compose, document_id
from answers_bank.sources.http import PoliteClient, RefusalError, Response, SourceError
from answers_bank.sources.officielebekendmakingen import looks_like_publication
from answers_bank.sources.query import SourceQuery
from answers_bank.store.fetching.fetched import Body, KnownRecord, Record, StoredBody
from answers_bank.store.fetching.ledger import Ledger
from embeddings.errors import Cancelled, InputError, KamerantwoordError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

_OVERLAP = datetime.timedelta(days=2)
"""Going on from an earlier time looks back this far: services publish changes late."""


class SourceService(Protocol):
    """A service that lists documents."""

    @property
    def name(self) -> str:
        """How the ledger and the user call it."""
        ...

    def records(self, query: SourceQuery, on_total: Callable[[int], None] = ...) -> Iterator[Record]:
        """Entries that answer `query`."""
        ...


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """A document that could not be brought in."""

    name: str
    reason: str


@dataclass
class FetchReport:
    """What a run of fetching did."""

    listed: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    outside: int = 0
    """Fetched or listed, but not of the portfolio asked for."""

    failed: list[FetchFailure] = field(default_factory=list)
    planned: list[Record] = field(default_factory=list)
    """What a dry run would have fetched."""

    stopped: bool = False
    """Whether the user stopped it; the next run goes on."""


def fetch(
    bank: Bank,
    ledger: Ledger,
    source: SourceService,
    client: PoliteClient,
    query: SourceQuery,
    *,
    today: datetime.date,
    limit: int | None = None,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> FetchReport:
    """Bring what `source` lists for `query` into `bank`; without `query.since` only what changed since the last time.

    A record that fails is reported and the rest goes on; the next run tries it again. Vectors are not made here.

    Raises:
        SourceError: the list itself cannot be had; what came before is kept.
    """
    report = FetchReport()
    resumed = query
    if query.since is None and query.modified_since is None:
        reached = ledger.reached(source.name, query.filter_key)
        if reached is not None:
            resumed = _changed_since(query, reached - _OVERLAP)
    progress.start(f"Ophalen bij {source.name}", None)
    fetched = 0
    complete = False
    try:
        if not dry_run:
            # What failed or was cut off earlier comes first; it may stand outside the list of this run.
            for earlier in ledger.unfinished(source.name):
                with _alone(earlier.record.group_name, report):
                    _take(bank, ledger, client, earlier.record, earlier, query, report)
        for record in source.records(resumed, lambda total: progress.start(f"Ophalen bij {source.name}", total)):
            if progress.cancelled():
                raise Cancelled
            if limit is not None and fetched >= limit:
                break
            report.listed += 1
            with _alone(record.group_name, report):
                known = ledger.known(record.source, record.key)
                if known is not None and known.done and known.record == record:
                    if known.document is None and not record.deleted and not dry_run:
                        # Fetched for another portfolio, and left out of the bank then.
                        _put(bank, ledger, ledger.group(record), query, report)
                    else:
                        report.unchanged += 1
                elif dry_run:
                    report.planned.append(record)
                    fetched += 1
                elif not _of_portfolio(record, query.portfolio):
                    report.outside += 1
                else:
                    fetched += 1
                    _take(bank, ledger, client, record, known, query, report)
            progress.advance(label=record.title[:60])
        else:
            complete = True
    except Cancelled:
        report.stopped = True
    if complete and not dry_run and query.until is None:
        ledger.reach(source.name, query.filter_key, today)
    return report


def reread(bank: Bank, ledger: Ledger, progress: Progress = SILENT) -> FetchReport:
    """Read every file that was fetched again, with the reader of today and without a network."""
    report = FetchReport()
    everything = [known for known in ledger.all() if known.done]
    progress.start("Opnieuw lezen", len(everything))
    seen: set[tuple[str, str]] = set()
    for known in everything:
        if progress.cancelled():
            report.stopped = True
            break
        progress.advance()
        place = (known.record.source, known.record.key)
        if place in seen or known.document is None:
            continue
        members = ledger.group(known.record)
        seen.update((member.record.source, member.record.key) for member in members)
        report.listed += 1
        with _alone(known.record.group_name, report):
            _put(bank, ledger, members, SourceQuery(), report)
    return report


@contextmanager
def _alone(name: str, report: FetchReport) -> Iterator[None]:
    """What goes wrong with one record in a way that nobody foresaw is reported, and the next one has its turn."""
    try:
        yield
    except (KamerantwoordError, Cancelled, OSError):
        raise  # the bank, the disk, or the user's wish
    except Exception as error:
        reason = f"Onverwachte fout ({type(error).__name__}); de rest gaat door."
        report.failed.append(FetchFailure(" ".join(name.split())[:200], reason))


def _take(
    bank: Bank,
    ledger: Ledger,
    client: PoliteClient,
    record: Record,
    known: KnownRecord | None,
    query: SourceQuery,
    report: FetchReport,
) -> None:
    ledger.note(record)
    if not record.deleted:
        try:
            _fetch_body(ledger, client, record, known)
        except Cancelled:
            raise
        except KamerantwoordError as error:
            report.failed.append(FetchFailure(record.group_name, error.message))
            return
    _put(bank, ledger, ledger.group(record), query, report)


def _put(bank: Bank, ledger: Ledger, members: list[KnownRecord], query: SourceQuery, report: FetchReport) -> None:
    """Compose the document of `members` into the bank and mark them done."""
    if all(known.record.deleted for known in members):
        # What was never in the bank has nothing to lose.
        for name in {known.document for known in members if known.document}:
            if name in bank:
                bank.remove(name)
                report.removed += 1
        ledger.finish(members, None)
        return
    try:
        document = compose(members, ledger)
    except InputError as error:
        report.failed.append(FetchFailure(document_id(members), error.message))
        return
    holders = (*document.ministers, *document.addressees, *document.on_behalf_of)
    wanted_before = any(known.document for known in members)
    if (
        query.portfolio
        and not wanted_before
        and not any(_matches(holder.portfolio, query.portfolio) for holder in holders)
    ):
        report.outside += 1
        ledger.finish(members, None)
        return
    outcome = bank.add(document)
    # The new name is in the bank before the old one leaves it: an interruption leaves one too many, never one too few.
    replaced = ledger.finish(members, document.id)
    for name in replaced:
        if name in bank:
            bank.remove(name)
            outcome = "updated"
    report.added += outcome == "added"
    report.updated += outcome == "updated"
    report.unchanged += outcome == "unchanged"


def _fetch_body(ledger: Ledger, client: PoliteClient, record: Record, known: KnownRecord | None) -> None:
    """Keep the best file of `record` that can be had.

    Raises:
        SourceError: there is none.
    """
    before = {(body.format, body.url): body for body in known.bodies} if known else {}
    problem: SourceError | None = None
    for body in record.bodies:
        stored = before.get((body.format, body.url))
        if stored is not None and ledger.content(stored.sha256) is None:
            stored = None
        try:
            response = client.get(body.url, headers=_conditional(stored), check=_check(body))
        except SourceError as error:
            problem = problem or error
            continue
        if response.status == 304 and stored is not None:
            return
        if response.status != 200:
            continue
        kept = StoredBody(
            body.format,
            body.url,
            hashlib.sha256(response.content).hexdigest(),
            response.headers.get("etag"),
            response.headers.get("last-modified"),
        )
        ledger.keep_body(record, kept, response.content)
        return
    raise problem or SourceError(f"{record.title}: de bron biedt geen bestand dat we kunnen lezen.")


def _conditional(stored: StoredBody | None) -> dict[str, str]:
    if stored is None:
        return {}
    headers = {"If-None-Match": stored.etag, "If-Modified-Since": stored.last_modified}
    return {name: value for name, value in headers.items() if value}


def _is_form(body: Body, content: bytes) -> bool:
    """Whether `content` is what its format says: a missing publication may be answered with a page that says so."""
    head = content[:4096].lstrip()
    if body.format == "xml":
        return looks_like_publication(content)
    if body.format == "pdf":
        return b"%PDF-" in content[:1024]
    if body.format in ("docx", "odt"):
        return head.startswith(b"PK")
    if body.format == "doc":
        return head.startswith(b"\xd0\xcf\x11\xe0")
    return b"<html" in head.lower() or b"<!doctype html" in head.lower()


def _check(body: Body) -> Callable[[Response], None]:
    """A check that a file is of its form and has its end: a body without a length may be cut off unnoticed."""

    def check(response: Response) -> None:
        if not _is_form(body, response.content):
            raise RefusalError(f"de bron geeft iets anders dan {body.format}")
        tail = response.content[-4096:].rstrip().lower()
        if body.format == "xml":
            if not tail.endswith(b"</officiele-publicatie>"):
                raise ValueError("het bestand is afgebroken")
        elif body.format == "pdf":
            if b"%%eof" not in tail:
                raise ValueError("het bestand is afgebroken")
        elif body.format == "html" and b"</html>" not in tail:
            raise ValueError("het bestand is afgebroken")

    return check


def _of_portfolio(record: Record, portfolio: str | None) -> bool:
    """Whether `record` may be of `portfolio`; a record that names no portfolio may be."""
    names = [holder.portfolio for holder in (*record.signers, *record.addressees) if holder.portfolio]
    return not portfolio or not names or any(_matches(name, portfolio) for name in names)


def _matches(name: str | None, portfolio: str) -> bool:
    return portfolio.casefold() in (name or "").casefold()


def _changed_since(query: SourceQuery, day: datetime.date) -> SourceQuery:
    return SourceQuery(query.kinds, None, query.until, day, query.dossier, query.portfolio, query.text)
