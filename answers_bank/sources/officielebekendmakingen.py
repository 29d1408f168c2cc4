"""The official publications: listing through SRU 2.0, bodies as XML, HTML or PDF.

What is known of the service: a start position of 10,000 or more fails, so long lists are cut into slices of days; the
number of records is an estimate and the next position may be absent, so a list ends at its first empty page; a query
that is not understood is answered with status 200 and diagnostics.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from answers_bank.documents import Asker, Kind, OfficeHolder
from answers_bank.sources.http import PoliteClient, RefusalError, Response, SourceError
from answers_bank.sources.query import SourceQuery
from answers_bank.sources.records import entry_or_none, in_order
from answers_bank.store.fetching.fetched import Body, Record

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "officielebekendmakingen"
SEARCH = "https://repository.overheid.nl/sru"
PUBLICATIONS = "https://zoek.officielebekendmakingen.nl"
PAGE = 50
LAST_START = 9_950
EARLIEST = datetime.date(1995, 1, 1)

_NS = {
    "sru": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "gzd": "http://standaarden.overheid.nl/sru",
    "ow": "http://standaarden.overheid.nl/wetgeving/",
    "dc": "http://purl.org/dc/terms/",
    "diag": "http://docs.oasis-open.org/ns/search-ws/diagnostic",
    "cd": "http://standaarden.overheid.nl/cup/data",
}
_PUBLICATION = {
    Kind.ANSWER: "Kamervragen (Aanhangsel)",
    Kind.DEFERRAL: "Kamervragen (Aanhangsel)",
    Kind.QUESTIONS: "Kamervragen zonder antwoord",
    Kind.LETTER: "Kamerstuk",
}
_DEFERRAL_TYPES = ("mededeling", "uitstel")


class Publications:
    """Lists what was published."""

    name = NAME

    def __init__(self, client: PoliteClient, search: str | None = None, publications: str | None = None) -> None:
        """`search` and `publications` are base addresses of a mirror."""
        self._client = client
        self._search = (search or SEARCH).rstrip("/")
        self._publications = (publications or PUBLICATIONS).rstrip("/")

    def records(self, query: SourceQuery, on_total: Callable[[int], None] = lambda _: None) -> Iterator[Record]:
        """Entries that answer `query`; `on_total` is told the estimated number.

        Raises:
            SourceError: the service fails, or does not understand the query.
        """
        names = list(dict.fromkeys(_PUBLICATION[kind] for kind in query.kinds if kind in _PUBLICATION))
        for name in names:
            for record in self._list(_conditions(query, name), query, on_total):
                if record.kind in query.kinds:
                    yield record

    def _list(self, base: list[str], query: SourceQuery, on_total: Callable[[int], None]) -> Iterator[Record]:
        field = "dt.modified" if query.modified_since and not query.since else "dt.available"
        first = query.since or query.modified_since or EARLIEST
        last = query.until or datetime.date.max
        yield from self._slice(base, field, first, last, on_total, top=True)

    def _slice(
        self,
        base: list[str],
        field: str,
        first: datetime.date,
        last: datetime.date,
        on_total: Callable[[int], None],
        top: bool = False,
    ) -> Iterator[Record]:
        """All entries of the days `first` to `last`, in halves where the service cannot count that far."""
        dated = [*base, f'{field}>="{first.isoformat()}"']
        if last != datetime.date.max:
            dated.append(f'{field}<="{last.isoformat()}"')
        cql = " and ".join(dated) + " sortBy dt.date/sort.ascending"
        start, seen = 1, set[str]()
        while True:
            total, elements, following = self._page(cql, start)
            if top and start == 1:
                on_total(total)
            if (start == 1 and total > LAST_START) or start > LAST_START:
                halves = _halves(first, last)
                if halves:
                    for half in halves:
                        yield from self._slice(base, field, *half, on_total)
                    return
                if start > LAST_START:
                    raise SourceError(
                        f"Op {first} staan meer stukken dan de dienst kan opsommen.",
                        "Maak de vraag kleiner met --text.",
                    )
            if not elements:
                return
            fresh = 0
            for element in elements:
                record = entry_or_none(self._record, element, NAME)
                if record is not None and record.key not in seen:
                    seen.add(record.key)
                    fresh += 1
                    yield record
            # A service that gives the same page again would keep us for ever.
            if not fresh and following is None:
                return
            start = max(following or 0, start + len(elements))

    def _page(self, cql: str, start: int) -> tuple[int, list[_Element], int | None]:
        def check(response: Response) -> None:
            root = _parse(response.content)
            if root.find("sru:numberOfRecords", _NS) is None and root.find(".//diag:diagnostic", _NS) is not None:
                detail = root.findtext(".//diag:details", namespaces=_NS) or root.findtext(
                    ".//diag:message", namespaces=_NS
                )
                raise RefusalError(f"de zoekdienst begrijpt de vraag niet ({' '.join((detail or '').split())[:200]})")

        response = self._client.get(
            self._search,
            {
                "operation": "searchRetrieve",
                "version": "2.0",
                "recordSchema": "gzd",
                "query": cql,
                "startRecord": str(start),
                "maximumRecords": str(PAGE),
            },
            check=check,
        )
        if response.status != 200:
            raise SourceError(
                "De zoekdienst van officielebekendmakingen staat niet op dit adres.",
                "Kijk 'ophalen: officielebekendmakingen' na in de instellingen.",
            )
        root = _parse(response.content)
        total = root.findtext("sru:numberOfRecords", namespaces=_NS)
        following = root.findtext("sru:nextRecordPosition", namespaces=_NS)
        elements = root.findall("sru:records/sru:record", _NS)
        return _number(total) or 0, elements, _number(following)

    def _record(self, element: _Element) -> Record | None:
        meta = element.find(".//ow:meta", _NS)
        identifier = _text(meta, ".//dc:identifier")
        if meta is None or identifier is None:
            return None
        bodies = [
            Body(str(item.get("manifestation")), (item.text or "").strip())
            for item in element.iterfind(".//gzd:enrichedData/gzd:itemUrl", _NS)
            if item.text
        ]
        # The publication site is the address of record; the repository's own copies are a second chance.
        official = [Body(form, f"{self._publications}/{identifier}.{form}") for form in ("xml", "html", "pdf")]
        provisional = (_text(meta, ".//ow:documentstatus") or "").lower() == "onopgemaakt"
        stamp = _text(meta, ".//cd:datumTijdstipWijzigingWork") or _text(meta, ".//dc:modified") or ""
        case = _text(meta, ".//ow:vraagnummer")
        submitted = _date(_text(meta, ".//ow:datumIndiening"))
        received = _date(_text(meta, ".//ow:datumOntvangst"))
        kind = _kind(meta)
        return Record(
            source=NAME,
            key=identifier,
            kind=kind,
            title=" ".join((_text(meta, ".//ow:documenttitel") or _text(meta, ".//dc:title") or identifier).split()),
            date=(submitted if kind is Kind.QUESTIONS else received)
            or _date(_text(meta, ".//dc:date"))
            or _date(_text(meta, ".//dc:available")),
            modified=stamp,
            bodies=in_order(official + bodies),
            identifier=identifier,
            case_number=case,
            dossier=_dossier(meta),
            dossier_number=_text(meta, ".//ow:ondernummer"),
            submitted=submitted,
            askers=tuple(Asker(name) for name in _texts(meta, ".//ow:indiener")) if kind is not Kind.LETTER else (),
            addressees=tuple(OfficeHolder(name, None) for name in _texts(meta, ".//ow:ontvanger")),
            provisional=provisional,
        )


def looks_like_publication(content: bytes) -> bool:
    """Whether `content` is official XML, and not the error page that a missing one may be answered with."""
    return b"<officiele-publicatie" in content[:4096]


def _conditions(query: SourceQuery, name: str) -> list[str]:
    conditions = ["c.product-area==officielepublicaties", f'w.publicatienaam=="{name}"']
    if query.dossier:
        conditions.append(f'w.dossiernummer=="{_quoted(query.dossier)}"')
    if query.text:
        conditions.append(f'cql.textAndIndexes="{_quoted(query.text)}"')
    return conditions


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _halves(first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, datetime.date]]:
    end = min(last, datetime.date.today() + datetime.timedelta(days=1))
    days = (end - first).days
    if days < 1:
        return []
    middle = first + datetime.timedelta(days=days // 2)
    return [(first, middle), (middle + datetime.timedelta(days=1), last)]


def _parse(content: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("het antwoord is geen volledige XML") from error
    if root is None or not str(root.tag).endswith("searchRetrieveResponse"):
        raise ValueError("het antwoord is geen lijst van de zoekdienst")
    return root


def _kind(meta: _Element) -> Kind:
    publication = _text(meta, ".//ow:publicatienaam") or ""
    detail = " ".join(_texts(meta, ".//ow:subrubriek")).lower()
    if publication.startswith("Kamervragen zonder"):
        return Kind.ORAL if "mondeling" in detail else Kind.QUESTIONS
    if publication.startswith("Kamervragen"):
        return Kind.DEFERRAL if any(word in detail for word in _DEFERRAL_TYPES) else Kind.ANSWER
    return Kind.LETTER if publication == "Kamerstuk" and (not detail or "brief" in detail) else Kind.OTHER


def _dossier(meta: _Element) -> str | None:
    number = _text(meta, ".//ow:dossiernummer")
    return number.replace(";", " ").strip() if number else None


def _text(element: _Element | None, path: str) -> str | None:
    found = element.find(path, _NS) if element is not None else None
    # On one line: an identifier with a line break in it would be no address and no name.
    return " ".join((found.text or "").split()) or None if found is not None else None


def _texts(element: _Element, path: str) -> list[str]:
    return [text for found in element.iterfind(path, _NS) if (text := (found.text or "").strip())]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() else None


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
