"""Real responses of both services go the whole way into the bank and are found."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import httpx2
import pytest

from answers_bank.documents import Kind
from answers_bank.sources.fetching import fetch
from answers_bank.sources.http import ClientSettings, PoliteClient
from answers_bank.sources.officielebekendmakingen import Publications
from answers_bank.sources.query import SourceQuery
from answers_bank.sources.tweedekamer import ChamberData
from answers_bank.store.bank import Bank
from answers_bank.store.fetching.ledger import Ledger

pytestmark = pytest.mark.real
TODAY = datetime.date(2026, 1, 1)


def client(transport: httpx2.MockTransport) -> PoliteClient:
    ticks = iter(range(10**6))
    made = PoliteClient(ClientSettings(), clock=lambda: 30.0 * next(ticks), sleep=lambda _: None)
    made._client = httpx2.Client(transport=transport)
    return made


def test_a_real_list_and_its_xml(shared: Path, tmp_path: Path) -> None:
    """The Kamerstuk of a recorded list of the search service, with its own XML."""
    official = shared / "data" / "official"
    listing = (official / "sru-response-1.xml").read_bytes()

    def handle(request: httpx2.Request) -> httpx2.Response:
        if "searchRetrieve" in str(request.url):
            first = "startRecord=1&" in str(request.url)
            empty = re.sub(rb"<sru:records>.*</sru:records>", b"", listing, flags=re.DOTALL)
            return httpx2.Response(200, content=listing if first else empty)
        name = str(request.url).rpartition("/")[2]
        path = official / name
        if path.is_file():
            return httpx2.Response(200, content=path.read_bytes())
        return httpx2.Response(200, content=b"<!doctype html><html><body>Niet gevonden</body></html>")

    polite = client(httpx2.MockTransport(handle))
    query = SourceQuery(kinds=tuple(Kind), since=datetime.date(2021, 1, 1))
    with Bank.open(tmp_path, create=True) as bank, Ledger(tmp_path) as ledger:
        report = fetch(bank, ledger, Publications(polite), polite, query, today=TODAY)
        document = bank.document("kst-32545-143")
        assert (document.dossier, document.dossier_number) == ("32545", "143")
        assert bank.find_documents(dossier="32545", dossier_number="143")
        words = max((p for p in bank.passages("kst-32545-143")), key=lambda p: len(p.text)).text.split()[:6]
        assert bank.find_words(" ".join(words))
    assert report.added >= 1


def test_a_real_page_of_the_chamber(shared: Path, tmp_path: Path) -> None:
    """Every entry of a recorded page is understood; the bodies are those of another real document."""
    official = shared / "data" / "official"
    page = json.loads((official / "tweedekamer" / "document-page.json").read_text(encoding="utf-8"))
    body = (official / "ah-tk-20202021-3235.pdf").read_bytes()

    def handle(request: httpx2.Request) -> httpx2.Response:
        if "/resource" in str(request.url):
            return httpx2.Response(200, content=body)
        return httpx2.Response(200, json=page)

    polite = client(httpx2.MockTransport(handle))
    source = ChamberData(polite)
    records = list(source.records(SourceQuery()))
    assert len(records) == len(page["value"])
    by_number = {record.document_number: record for record in records}
    assert by_number["2025D26674"].identifier == "ah-tk-20242025-2376"
    assert by_number["2025D26674"].date == datetime.date(2025, 6, 6)
    assert sum(record.supplement for record in records) == 1
    with Bank.open(tmp_path, create=True) as bank, Ledger(tmp_path) as ledger:
        report = fetch(bank, ledger, source, polite, SourceQuery(kinds=(Kind.ANSWER,)), today=TODAY, limit=3)
        assert report.added == 3
        assert bank.document(records[0].identifier or "").questions
