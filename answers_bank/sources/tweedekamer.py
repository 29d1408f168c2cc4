"""The Tweede Kamer's open data: OData 4, at most 250 entries a page, bodies as PDF or Word."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from answers_bank.documents import Asker, Kind, OfficeHolder
from answers_bank.dutch.citations.identifiers import paper_identifier
from answers_bank.sources.http import PoliteClient, Response, SourceError
from answers_bank.sources.query import SourceQuery
from answers_bank.sources.records import entry_or_none, in_order, official_aanhangsel
from answers_bank.store.fetching.fetched import Body, Record

NAME = "tweedekamer"
SERVICE = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
PAGE = 250

_SORTS = {
    "Antwoord schriftelijke vragen": Kind.ANSWER,
    "Antwoord schriftelijke vragen (nader)": Kind.ANSWER,
    "Schriftelijke vragen": Kind.QUESTIONS,
    "Mededeling (uitstel antwoord)": Kind.DEFERRAL,
    "Brief regering": Kind.LETTER,
}
_FORMATS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/msword": "doc",
    "application/xml": "xml",
    "text/html": "html",
    "application/vnd.oasis.opendocument.text": "odt",
}
_OFFICE = re.compile(
    r"^(?P<office>minister|staatssecretaris)\b(?:\s+(?:van|voor)\s+(?P<portfolio>.+))?$", re.IGNORECASE
)


class ChamberData:
    """Lists the Chamber's documents."""

    name = NAME

    def __init__(self, client: PoliteClient, service: str | None = None) -> None:
        """`service` is the base address of a mirror."""
        self._client = client
        self._service = (service or SERVICE).rstrip("/")

    def records(self, query: SourceQuery, on_total: Callable[[int], None] = lambda _: None) -> Iterator[Record]:
        """Entries that answer `query`, also those deleted since; `on_total` is told the number.

        Raises:
            SourceError: the service fails, or does not understand the query.
        """
        url: str = f"{self._service}/Document"
        params: dict[str, str] | None = {
            "$filter": _filter(query),
            "$orderby": "Datum,Id",
            "$expand": "Zaak($expand=ZaakActor),DocumentActor,Kamerstukdossier",
            "$top": str(PAGE),
            "$count": "true",
        }
        visited: set[str] = set()
        while True:
            page = self._page(url, params, visited)
            if params is not None and isinstance(page.get("@odata.count"), int):
                on_total(page["@odata.count"])
            for entry in page["value"]:
                record = entry_or_none(self._record, entry, NAME)
                if record is not None and record.kind in query.kinds and _inside(record, query):
                    yield record
            following = page.get("@odata.nextLink")
            if not following:
                return
            visited.add(url)
            url, params = str(following), None

    def _page(self, url: str, params: dict[str, str] | None, visited: set[str]) -> dict[str, Any]:
        def check(response: Response) -> None:
            following = _load(response.content).get("@odata.nextLink")
            if following == url or following in visited:
                raise ValueError("de volgende bladzijde is dezelfde als een eerdere")

        response = self._client.get(url, params, headers={"Accept": "application/json"}, check=check)
        if response.status != 200:
            raise SourceError(
                "De open data van de Tweede Kamer kennen dit adres niet.", "Kijk 'ophalen: tweedekamer' na."
            )
        return _load(response.content)

    def _record(self, entry: dict[str, Any]) -> Record | None:
        kind = _SORTS.get(str(entry.get("Soort")))
        guid = entry.get("Id")
        if kind is None or not isinstance(guid, str):
            return None
        case: dict[str, Any] = next((z for z in entry.get("Zaak") or [] if not z.get("Verwijderd")), {})
        actors = [a for a in case.get("ZaakActor") or [] if not a.get("Verwijderd")]
        signers = [a for a in entry.get("DocumentActor") or [] if not a.get("Verwijderd")]
        dossier = next(iter(entry.get("Kamerstukdossier") or []), None)
        number = case.get("Nummer")
        day = _local_day(entry.get("Datum"))
        official = official_aanhangsel(entry.get("Aanhangselnummer"))
        if official is None and kind is Kind.QUESTIONS and number:
            official = f"kv-tk-{number}"
        if official is None and kind is Kind.LETTER and dossier and (entry.get("Volgnummer") or -1) > 0:
            official = paper_identifier(_dossier(dossier), entry["Volgnummer"])
        form = _FORMATS.get(str(entry.get("ContentType")).partition(";")[0].strip().lower())
        return Record(
            source=NAME,
            key=guid,
            kind=kind,
            title=" ".join(str(entry.get("Onderwerp") or entry.get("Titel") or guid).split()),
            date=day,
            modified=str(entry.get("GewijzigdOp") or ""),
            bodies=in_order([Body(form, f"{self._service}/Document({guid})/resource")]) if form else (),
            identifier=official,
            document_number=entry.get("DocumentNummer"),
            case_number=number if kind is not Kind.LETTER else None,
            dossier=_dossier(dossier) if dossier else None,
            dossier_number=str(entry["Volgnummer"]) if dossier and (entry.get("Volgnummer") or -1) > 0 else None,
            submitted=day if kind is Kind.QUESTIONS else _local_day(case.get("GestartOp")),
            askers=tuple(
                Asker(str(a["ActorNaam"]), a.get("ActorFractie"))
                for a in sorted(actors, key=lambda a: a.get("Relatie") != "Indiener")
                if a.get("Relatie") in ("Indiener", "Medeindiener") and a.get("ActorNaam")
            )
            if kind is not Kind.LETTER
            else (),
            addressees=tuple(_holder(a) for a in actors if a.get("Relatie") == "Gericht aan"),
            signers=tuple(_holder(a) for a in signers if "ondertekenaar" in str(a.get("Relatie")).lower())
            if kind is not Kind.QUESTIONS
            else (),
            supplement="nader" in str(entry.get("Soort")),
            deleted=bool(entry.get("Verwijderd")),
        )


def _filter(query: SourceQuery) -> str:
    sorts = [name for name, kind in _SORTS.items() if kind in query.kinds]
    conditions = ["(" + " or ".join(f"Soort eq {_literal(name)}" for name in sorts) + ")"]
    day = datetime.timedelta(days=1)
    # Days are Amsterdam days and moments are UTC: ask a day more on both sides, and look at the day ourselves.
    if query.since:
        conditions.append(f"Datum ge {query.since - day}T00:00:00Z")
    if query.until:
        conditions.append(f"Datum lt {query.until + 2 * day}T00:00:00Z")
    if query.modified_since and not query.since:
        conditions.append(f"GewijzigdOp ge {query.modified_since - day}T00:00:00Z")
    else:
        conditions.append("Verwijderd eq false")
    if query.dossier:
        digits = re.match(r"\d+", query.dossier.replace(" ", ""))
        conditions.append(f"Kamerstukdossier/any(d: d/Nummer eq {digits[0] if digits else 0})")
    if query.text:
        conditions += [f"contains(tolower(Onderwerp),{_literal(word.lower())})" for word in query.text.split()]
    return " and ".join(conditions)


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _inside(record: Record, query: SourceQuery) -> bool:
    if record.deleted or record.date is None:
        return True
    return (query.since is None or record.date >= query.since) and (query.until is None or record.date <= query.until)


def _load(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except (ValueError, UnicodeDecodeError) as error:
        raise ValueError("het antwoord is geen volledige JSON") from error
    if isinstance(data, dict) and "error" in data:
        detail = data["error"].get("message", "") if isinstance(data["error"], dict) else ""
        raise SourceError(f"De open data van de Tweede Kamer begrijpen de vraag niet: {detail}", "Kijk de filters na.")
    if not isinstance(data, dict) or not isinstance(data.get("value"), list):
        raise ValueError("het antwoord is geen lijst")
    return data


def _local_day(moment: object) -> datetime.date | None:
    """The day in Amsterdam of a moment with its offset."""
    if not isinstance(moment, str) or not moment:
        return None
    try:
        parsed = datetime.datetime.fromisoformat(moment)
    except ValueError:
        return None
    if parsed.tzinfo is not None and parsed.utcoffset() == datetime.timedelta(0):
        return _amsterdam(parsed).date()
    return parsed.date()


def _amsterdam(moment: datetime.datetime) -> datetime.datetime:
    """European summer time runs from the last Sunday of March to that of October, both at 01:00 UTC."""
    year = moment.year
    begin, end = (_last_sunday(year, month).replace(hour=1, tzinfo=datetime.UTC) for month in (3, 10))
    return moment + datetime.timedelta(hours=2 if begin <= moment < end else 1)


def _last_sunday(year: int, month: int) -> datetime.datetime:
    day = datetime.datetime(year, month, 31)
    return day - datetime.timedelta(days=(day.weekday() + 1) % 7)


def _dossier(dossier: dict[str, Any]) -> str:
    return f"{dossier.get('Nummer')} {dossier.get('Toevoeging') or ''}".strip()


def _holder(actor: dict[str, Any]) -> OfficeHolder:
    """An office holder from a name ("J. Jansen, minister van X") and a function."""
    function = str(actor.get("Functie") or "").strip()
    name = str(actor.get("ActorNaam") or "").partition(",")[0].strip() or None
    match = _OFFICE.match(function)
    if not match:
        return OfficeHolder(name, function or None)
    return OfficeHolder(name, match["portfolio"], match["office"].lower())
