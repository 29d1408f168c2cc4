"""Both official services on this machine, with a truth to compare with and faults on demand.

`Truth` invents cases: a question set, sometimes a deferral, an answer, and letters. Some stand in the official
publications only, some in the Chamber's data only, most in both; some are deleted or renumbered later.
"""

from __future__ import annotations

import datetime
import io
import json
import random
import re
import threading
import time
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

SUBJECTS = ("dijkbewaking", "windparken op zee", "pontveren", "stuifzand", "vuurtorens", "kwelwater", "sluistijden")
MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()


@dataclass
class Piece:
    """One true document and where it can be seen."""

    kind: str
    """"answer", "questions", "deferral" or "letter"."""

    number: int
    date: datetime.date
    case: str | None
    subject: str
    official: str | None
    """Identifier of the publication; None when it is not published."""

    document_number: str | None
    """Of the Chamber's own document; None when that does not have it."""

    modified: str
    deleted: bool = False
    provisional: str | None = None
    """Identifier under which the publication stood at first."""

    @property
    def guid(self) -> str:
        return f"00000000-0000-4000-8000-{self.number:012d}"

    @property
    def name(self) -> str:
        """What the bank should call it."""
        return self.official or str(self.document_number)


@dataclass
class Truth:
    """Everything that exists, and how the services misbehave."""

    pieces: list[Piece] = field(default_factory=list)
    faults: float = 0.0
    """Share of requests that fail in some way."""

    seed: int = 1
    slow_seconds: float = 0.6
    page: int = 50
    requests: int = 0
    conditional_hits: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.lock = threading.Lock()

    def expected(self) -> dict[str, str]:
        """Id -> kind of everything the bank should hold after fetching from both services."""
        return {piece.name: piece.kind for piece in self.pieces if not piece.deleted}


def invent(count: int, seed: int = 7) -> Truth:
    """A truth of `count` documents."""
    rng = random.Random(seed)
    truth = Truth(seed=seed)
    day, case_number = datetime.date(2024, 9, 18), 0
    aanhangsel: dict[str, int] = {}

    def piece(kind: str, date: datetime.date, case: str | None, subject: str) -> None:
        number = len(truth.pieces) + 1
        # A day after the boundary in September the next session year has begun.
        first = date.year if (date.month, date.day) >= (9, 22) else date.year - 1
        year = f"{first}{first + 1}"
        if kind in ("answer", "deferral"):
            aanhangsel[year] = aanhangsel.get(year, 0) + 1
            official = f"ah-tk-{year}-{aanhangsel[year]}"
        elif kind == "questions":
            official = f"kv-tk-{case}"
        else:
            official = f"kst-{31000 + number % 7}-{number}"
        where = rng.random()
        in_chamber = where > 0.25
        published = where < 0.8 or kind == "questions"  # a question set has its identifier from its case
        truth.pieces.append(
            Piece(
                kind,
                number,
                date,
                case,
                subject,
                official if published else None,
                f"{date.year}D{number:05d}" if in_chamber else None,
                f"{date}T12:00:00+01:00",
            )
        )

    while len(truth.pieces) < count:
        day += datetime.timedelta(days=rng.choice((0, 0, 0, 1)))
        subject = rng.choice(SUBJECTS)
        if rng.random() < 0.15:
            piece("letter", day, None, subject)
            continue
        case_number += 1
        case = f"{day.year}Z{case_number:05d}"
        piece("questions", day, case, subject)
        if rng.random() < 0.2:
            piece("deferral", day + datetime.timedelta(days=20), case, subject)
        if rng.random() < 0.85:
            piece("answer", day + datetime.timedelta(days=30), case, subject)
    del truth.pieces[count:]
    return truth


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed breaks its connection: nothing to tell."""


class Services:
    """A running server; `search`, `publications` and `chamber` are its base addresses."""

    def __init__(self, truth: Truth) -> None:
        handler = type("Handler", (_Handler,), {"truth": truth})
        self._server = _Server(("127.0.0.1", 0), handler)
        base = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.search, self.publications, self.chamber = f"{base}/sru", f"{base}/pub", f"{base}/odata"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Services:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    truth: Truth
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        with self.truth.lock:
            self.truth.requests += 1
            fault = self.truth.random.random() < self.truth.faults
            which = self.truth.random.randrange(10)
        path, query = unquote(parts.path), parse_qs(parts.query)
        try:
            if path == "/sru":
                self._answer(sru_page(self.truth, query), "application/xml", which if fault else None)
            elif path.startswith("/pub/"):
                self._publication(path.removeprefix("/pub/"), which if fault else None)
            elif path == "/odata/Document":
                base = f"http://{self.headers['Host']}/odata"
                repeat = fault and which == 7
                page = odata_page(self.truth, query, base, self.path, repeat)
                self._answer(page, "application/json", which if fault and not repeat else None)
            elif path.startswith("/odata/Document("):
                self._resource(path, which if fault else None)
            else:
                self._send(404, b"", "text/plain")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _publication(self, name: str, fault: int | None) -> None:
        stem, _, form = name.rpartition(".")
        found = next((p for p in self.truth.pieces if stem in (p.official, p.provisional) and not p.deleted), None)
        if found is None or form != "xml":
            # The real site answers a missing file with a page that says so.
            self._answer(b"<html><body>Niet gevonden</body></html>" if form == "html" else b"", "text/html", None, 404)
            return
        self._answer(publication_xml(found), "application/xml", fault, etag=f'"{found.number}-{found.modified}"')

    def _resource(self, path: str, fault: int | None) -> None:
        guid = path.partition("(")[2].partition(")")[0]
        found = next((p for p in self.truth.pieces if p.guid == guid and p.document_number and not p.deleted), None)
        if found is None:
            self._send(404, b"", "text/plain")
            return
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        self._answer(chamber_docx(found), kind, fault)

    def _answer(self, body: bytes, kind: str, fault: int | None, status: int = 200, etag: str | None = None) -> None:
        if etag and self.headers.get("If-None-Match") == etag and fault is None:
            with self.truth.lock:
                self.truth.conditional_hits += 1
            self._send(304, b"", kind)
        elif fault is None:
            self._send(status, body, kind, {"ETag": etag} if etag else {})
        elif fault == 0:
            self._send(429, b"", "text/plain", {"Retry-After": "1"})
        elif fault == 1:
            self._send(503, b"", "text/plain")
        elif fault == 2:
            self.connection.close()
            self.close_connection = True
        elif fault == 3:
            self._send(200, body[: len(body) // 2], kind, length=len(body))
        elif fault == 4:
            time.sleep(self.truth.slow_seconds)
            self._send(status, body, kind)
        elif fault == 5:
            self._send(200, b"<!doctype html><html><body>Onderhoud</body></html>", "text/html")
        elif fault == 6:
            self._send(200, DIAGNOSTICS, "application/xml")
        elif fault == 7:
            self._send(200, body[: len(body) // 2], kind)
        elif fault == 8:
            self._send(200, b"x" * 1000, kind, length=100 * 1024 * 1024)
        else:
            self._send(status, body, kind.partition(";")[0] + "; charset=koi8-r")

    def _send(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if length is not None and length != len(body):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


DIAGNOSTICS = b"""<?xml version="1.0"?>
<sru:searchRetrieveResponse xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse">
<sru:diagnostics><diag:diagnostic xmlns:diag="http://docs.oasis-open.org/ns/search-ws/diagnostic">
<diag:details>onbekende index</diag:details></diag:diagnostic></sru:diagnostics></sru:searchRetrieveResponse>"""

_PUBLICATIONS = {
    "answer": "Kamervragen (Aanhangsel)",
    "deferral": "Kamervragen (Aanhangsel)",
    "questions": "Kamervragen zonder antwoord",
    "letter": "Kamerstuk",
}
_SUBTYPES = {"answer": "Antwoord", "deferral": "Mededeling", "questions": "Schriftelijke vragen", "letter": "Brief"}


def sru_page(truth: Truth, query: dict[str, list[str]]) -> bytes:
    """One page of the search service; the number of records is an estimate and the next position often absent."""
    cql = query["query"][0]
    start, size = int(query["startRecord"][0]), int(query["maximumRecords"][0])
    name = re.search(r'w\.publicatienaam=="([^"]+)"', cql)
    if name is None:
        return DIAGNOSTICS
    found = [p for p in truth.pieces if p.official and _PUBLICATIONS[p.kind] == name[1] and not p.deleted]
    for field_name, operator, day in re.findall(r'dt\.(available|modified)(>=|<=)"([\d-]+)"', cql):
        value = datetime.date.fromisoformat(day)
        found = [p for p in found if _compare(_day(p, field_name), operator, value)]
    found.sort(key=lambda p: (p.date, p.number))
    if start >= 10_000:
        return b""
    part = found[start - 1 : start - 1 + size]
    records = "".join(_sru_record(p, start + n) for n, p in enumerate(part))
    total = len(found) + (len(found) % 3 if found else 0)  # an estimate
    following = f"<sru:nextRecordPosition>{start + size}</sru:nextRecordPosition>" if start % 2 and part else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sru:searchRetrieveResponse'
        ' xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:gzd="http://standaarden.overheid.nl/sru" xmlns:ow="http://standaarden.overheid.nl/wetgeving/"'
        f' xmlns:cd="http://standaarden.overheid.nl/cup/data"><sru:numberOfRecords>{total}</sru:numberOfRecords>'
        f"<sru:records>{records}</sru:records>{following}</sru:searchRetrieveResponse>"
    ).encode()


def _day(piece: Piece, field_name: str) -> datetime.date:
    return piece.date if field_name == "available" else datetime.date.fromisoformat(piece.modified[:10])


def _compare(day: datetime.date, operator: str, value: datetime.date) -> bool:
    return day >= value if operator == ">=" else day <= value


def _sru_record(piece: Piece, position: int) -> str:
    extra = ""
    if piece.case:
        extra += f"<ow:vraagnummer>{piece.case}</ow:vraagnummer><ow:indiener>A. Verzonnen</ow:indiener>"
    if piece.kind == "questions":
        extra += f"<ow:datumIndiening>{piece.date}</ow:datumIndiening>"
    elif piece.kind == "letter":
        _, dossier, number = str(piece.official).split("-")
        extra += f"<ow:dossiernummer>{dossier}</ow:dossiernummer><ow:ondernummer>{number}</ow:ondernummer>"
    else:
        extra += f"<ow:datumOntvangst>{piece.date}</ow:datumOntvangst>"
    status = "Onopgemaakt" if piece.provisional == piece.official and piece.provisional else "Opgemaakt"
    return (
        "<sru:record><sru:recordData><gzd:gzd><gzd:originalData><ow:meta><ow:owmskern>"
        f"<dcterms:identifier>{piece.official}</dcterms:identifier><dcterms:title>{title(piece)}</dcterms:title>"
        f"<dcterms:modified>{piece.modified[:10]}</dcterms:modified></ow:owmskern><ow:owmsmantel>"
        f"<dcterms:available>{piece.date}</dcterms:available><dcterms:date>{piece.date}</dcterms:date></ow:owmsmantel>"
        f"<ow:tpmeta><ow:publicatienaam>{_PUBLICATIONS[piece.kind]}</ow:publicatienaam>"
        f"<ow:subrubriek>{_SUBTYPES[piece.kind]}</ow:subrubriek><ow:documentstatus>{status}</ow:documentstatus>{extra}"
        f"<cd:datumTijdstipWijzigingWork>{piece.modified}</cd:datumTijdstipWijzigingWork></ow:tpmeta></ow:meta>"
        "</gzd:originalData><gzd:enrichedData/></gzd:gzd></sru:recordData>"
        f"<sru:recordPosition>{position}</sru:recordPosition></sru:record>"
    )


_SORTS = {
    "answer": "Antwoord schriftelijke vragen",
    "deferral": "Mededeling (uitstel antwoord)",
    "questions": "Schriftelijke vragen",
    "letter": "Brief regering",
}


def odata_page(truth: Truth, query: dict[str, list[str]], base: str, path: str, repeat: bool) -> bytes:
    """One page of the Chamber's data; with `repeat` its link to the next page leads to itself."""
    wanted = query["$filter"][0]
    skip = int(query.get("$skip", ["0"])[0])
    found = [p for p in truth.pieces if p.document_number and f"'{_SORTS[p.kind]}'" in wanted]
    if "Verwijderd eq false" in wanted:
        found = [p for p in found if not p.deleted]
    for name, operator, moment in re.findall(r"(Datum|GewijzigdOp) (ge|lt) ([\dT:-]+)Z", wanted):
        limit = datetime.datetime.fromisoformat(moment)
        days = {"Datum": lambda p: str(p.date), "GewijzigdOp": lambda p: p.modified[:10]}[name]
        found = [p for p in found if (datetime.datetime.fromisoformat(days(p)) >= limit) == (operator == "ge")]
    found.sort(key=lambda p: (p.date, p.guid))
    part = found[skip : skip + truth.page]
    page: dict[str, Any] = {"@odata.count": len(found), "value": [_odata_entry(p) for p in part]}
    if skip + truth.page < len(found):
        following = {name: values[0] for name, values in query.items()} | {"$skip": str(skip + truth.page)}
        from urllib.parse import urlencode

        page["@odata.nextLink"] = f"{base}/Document?{urlencode(following)}"
        if repeat:
            page["@odata.nextLink"] = base.removesuffix("/odata") + path
    return json.dumps(page).encode()


def _odata_entry(piece: Piece) -> dict[str, Any]:
    summer = 4 <= piece.date.month <= 9
    entry: dict[str, Any] = {
        "Id": piece.guid,
        "Soort": _SORTS[piece.kind],
        "DocumentNummer": piece.document_number,
        "Onderwerp": title(piece),
        "Datum": f"{piece.date}T00:00:00+0{2 if summer else 1}:00",
        "Volgnummer": -1,
        "ContentType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "GewijzigdOp": piece.modified,
        "Verwijderd": piece.deleted,
        "Aanhangselnummer": None,
        "Zaak": [],
        "DocumentActor": [],
        "Kamerstukdossier": [],
    }
    if piece.case:
        actors = [{"ActorNaam": "A. Verzonnen", "ActorFractie": "VP", "Relatie": "Indiener"}]
        entry["Zaak"] = [{"Nummer": piece.case, "ZaakActor": actors, "GestartOp": None}]
    match = re.match(r"ah-tk-\d\d(\d\d)\d\d(\d\d)-(\d+)", piece.official or "")
    if match:
        entry["Aanhangselnummer"] = f"{match[1]}{match[2]}{int(match[3]):05d}"
    if piece.kind == "letter" and piece.official:
        _, dossier, number = piece.official.split("-")
        entry["Kamerstukdossier"] = [{"Nummer": int(dossier), "Toevoeging": None}]
        entry["Volgnummer"] = int(number)
    return entry


def title(piece: Piece) -> str:
    return escape(f"{_SUBTYPES[piece.kind]} over {piece.subject} ({piece.number})")


def dutch(date: datetime.date) -> str:
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def paragraphs(piece: Piece) -> list[str]:
    """The text of a document, one paragraph a line, as a ministry would send it."""
    about = f"{piece.subject} in vak {piece.number}"
    heading = (
        f"Vragen van het lid Verzonnen (VP) aan de Minister van Wind en Water over {about} (ingezonden 1 mei 2024)."
    )
    if piece.kind == "questions":
        return [heading, *[line for n in (1, 2) for line in _asked(n, about)]]
    if piece.kind == "deferral":
        return [
            heading,
            f"Mededeling van Minister Duinkerk (Wind en Water) (ontvangen {dutch(piece.date)}).",
            f"De vragen over {about} kunnen niet binnen de gebruikelijke termijn worden beantwoord.",
        ]
    if piece.kind == "letter":
        return [
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
            f"Den Haag, {dutch(piece.date)}",
            f"Hierbij informeer ik uw Kamer over {about}. Het onderzoek naar {about} is klaar.",
        ]
    lines = [heading, f"Antwoord van Minister Duinkerk (Wind en Water) (ontvangen {dutch(piece.date)})."]
    for n in (1, 2):
        lines += [*_asked(n, about), f"Antwoord {n}", f"Ja, bericht {n} over {about} klopt. Het beheer is op orde."]
    return lines


def _asked(n: int, about: str) -> list[str]:
    return [f"Vraag {n}", f"Klopt bericht {n} over {about}?"]


def publication_xml(piece: Piece) -> bytes:
    """The official XML of a document."""
    about = escape(f"{piece.subject} in vak {piece.number}")
    day = f'<datum isodatum="{piece.date}">{dutch(piece.date)}</datum>'
    if piece.kind == "letter":
        _, dossier, number = str(piece.official).split("-")
        inner = (
            f"<kamerstuk><kamerstukkop/><dossier><dossiernummer><dossiernr>{dossier}</dossiernr></dossiernummer>"
            f"<titel>Beheer</titel></dossier><stuk><stuknr><ondernummer>{number}</ondernummer></stuknr>"
            f"<titel>BRIEF VAN DE MINISTER VAN WIND EN WATER</titel><datumtekst>Den Haag, {day}</datumtekst><algemeen>"
            f"<vrije-tekst><tekst><al>Hierbij informeer ik uw Kamer over {about}.</al></tekst></vrije-tekst></algemeen>"
            "<ondertekening><functie>De Minister van Wind en Water,</functie><naam><achternaam>Duinkerk</achternaam>"
            "</naam></ondertekening></stuk></kamerstuk>"
        )
    else:
        head = (
            '<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Verzonnen</achternaam></naam>'
            f" (VP) aan de Minister van Wind en Water over <kamervraagonderwerp>{about}</kamervraagonderwerp>"
            ' (ingezonden <datum isodatum="2024-05-01">1 mei 2024</datum>).</kamervraagomschrijving>'
        )
        questions = [f"<vraag><nr>Vraag {n}</nr><al>Klopt bericht {n} over {about}?</al></vraag>" for n in (1, 2)]
        if piece.kind == "questions":
            inner = f"<kamervragen>{head}{''.join(questions)}</kamervragen>"
        elif piece.kind == "deferral":
            inner = (
                f'<kamervragen>{head}<kamervraagomschrijving type="antwoord">Mededeling van Minister Duinkerk (Wind en'
                f" Water) (ontvangen {day}).</kamervraagomschrijving><kamervraagopmerking><al>De vragen over {about} "
                "kunnen niet binnen de gebruikelijke termijn worden beantwoord.</al></kamervraagopmerking>"
                "</kamervragen>"
            )
        else:
            answers = [
                f"<antwoord><nr>Antwoord {n}</nr><al>Ja, bericht {n} over {about} klopt. Het beheer is op orde.</al>"
                "</antwoord>"
                for n in (1, 2)
            ]
            both = "".join(question + answer for question, answer in zip(questions, answers, strict=True))
            inner = (
                f'<kamervragen>{head}<kamervraagomschrijving type="antwoord">Antwoord van Minister Duinkerk (Wind en '
                f"Water) (ontvangen {day}).</kamervraagomschrijving>{both}</kamervragen>"
            )
    text = f'<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie>{inner}</officiele-publicatie>'
    return text.encode()


def chamber_docx(piece: Piece) -> bytes:
    """The same document as a small Word file."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in paragraphs(piece)
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
        'Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content)
    return made.getvalue()
