"""Filling the bank from the official sources: the sources of the settings, one after the other."""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from answers_bank.documents import Kind
from answers_bank.sources.query import FETCHABLE, SourceQuery
from embeddings.errors import UsageError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.sources.fetching import FetchReport, SourceService
    from answers_bank.sources.http import PoliteClient
    from drafter.settings.values import FetchSettings
    from drafter.tasks.workspace import Workspace

SOURCES = ("officielebekendmakingen", "tweedekamer")
KINDS = {"answers": Kind.ANSWER, "questions": Kind.QUESTIONS, "deferrals": Kind.DEFERRAL, "letters": Kind.LETTER}
FIRST_DAYS = 365
"""Without a date, the first run of a list goes back this many days."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants to bring in."""

    sources: tuple[str, ...] = SOURCES
    kinds: tuple[Kind, ...] = FETCHABLE
    since: datetime.date | None = None
    until: datetime.date | None = None
    dossier: str | None = None
    portfolio: str | None = None
    text: str | None = None
    limit: int | None = None
    dry_run: bool = False


def parse_kinds(text: str) -> tuple[Kind, ...]:
    """Kinds from "answers,questions".

    Raises:
        UsageError: a word that is no kind.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    unknown = [word for word in words if word not in KINDS]
    if unknown or not words:
        raise UsageError(f"'{', '.join(unknown) or text}' is geen soort.", f"Kies uit {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(KINDS[word] for word in words))


def make_client(settings: FetchSettings, progress: Progress = SILENT) -> PoliteClient:
    """The network client that the settings describe.

    Raises:
        UsageError: the certificate file does not exist.
    """
    from answers_bank.sources.http import ClientSettings, PoliteClient

    ca_file = Path(settings.ca_bestand).expanduser() if settings.ca_bestand else None
    if ca_file is not None and not ca_file.is_file():
        raise UsageError(f"Het certificaatbestand {ca_file} bestaat niet.", "Kijk 'ophalen: ca_bestand' na.")
    standard = ClientSettings()
    return PoliteClient(
        ClientSettings(
            user_agent=settings.user_agent or standard.user_agent,
            requests_per_window=settings.verzoeken_per_30_seconden,
            proxy=settings.proxy,
            ca_file=ca_file,
        ),
        progress=progress,
    )


def make_sources(names: Sequence[str], client: PoliteClient, settings: FetchSettings) -> list[SourceService]:
    """The sources called `names`, at the addresses of the settings."""
    from answers_bank.sources.officielebekendmakingen import Publications
    from answers_bank.sources.tweedekamer import ChamberData

    made: dict[str, SourceService] = {
        "officielebekendmakingen": Publications(client, settings.officielebekendmakingen, settings.publicaties),
        "tweedekamer": ChamberData(client, settings.tweedekamer),
    }
    return [made[name] for name in names]


def collect(
    workspace: Workspace,
    request: Request,
    *,
    today: datetime.date,
    client: PoliteClient | None = None,
    progress: Progress = SILENT,
) -> dict[str, FetchReport]:
    """Bring in what `request` asks, source by source; the report of each. Vectors are not made here.

    Raises:
        SourceError: a service cannot be reached or does not understand; what came before is kept.
        BankError: the bank cannot be written.
    """
    from answers_bank.sources.fetching import fetch
    from answers_bank.store.fetching.ledger import Ledger

    settings = workspace.settings.ophalen
    used = client or make_client(settings, progress)
    reports: dict[str, FetchReport] = {}
    bank = workspace.bank(create=True)
    try:
        with Ledger(workspace.bank_folder) as ledger:
            for source in make_sources(request.sources, used, settings):
                query = SourceQuery(
                    request.kinds, request.since, request.until, None, request.dossier, request.portfolio, request.text
                )
                if request.since is None and ledger.reached(source.name, query.filter_key) is None:
                    query = SourceQuery(
                        request.kinds,
                        (request.until or today) - datetime.timedelta(days=FIRST_DAYS),
                        request.until,
                        None,
                        request.dossier,
                        request.portfolio,
                        request.text,
                    )
                report = fetch(
                    bank,
                    ledger,
                    source,
                    used,
                    query,
                    today=today,
                    limit=request.limit,
                    dry_run=request.dry_run,
                    progress=progress,
                )
                reports[source.name] = report
                if report.stopped:
                    break
    finally:
        used.close()
    return reports


@dataclass(frozen=True, slots=True)
class Indexed:
    """What making vectors took."""

    passages: int
    """Passages in the bank now."""

    embedded: int
    seconds: float


def index_new(workspace: Workspace, progress: Progress = SILENT) -> Indexed:
    """Make vectors for all texts of the bank that wait for one; the model is loaded only when there are any.

    Raises:
        Cancelled: the user stopped; what is encoded is kept and the next run goes on.
    """
    began = time.monotonic()
    from answers_bank.filling.filling import encode

    bank = workspace.bank(create=True)
    embedded = encode(bank, workspace.encoder, progress) if bank.vectors.waiting() else 0
    return Indexed(bank.info().passages, embedded, time.monotonic() - began)
