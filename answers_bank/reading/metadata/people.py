"""Members who ask and office holders who answer, as headings and signatures name them."""

from __future__ import annotations

import re
import unicodedata

from answers_bank.documents import Asker, OfficeHolder

_ACUTE = re.compile(r"([A-Za-z])\s?´")
_SHARED = re.compile(r"^(?:beiden|beide|allen|alle|tezamen)\s+", re.IGNORECASE)
_AND = re.compile(r",\s*(?:en\s+)?|\s+en\s+|\s*;\s*")
_CS = re.compile(r"\s+c\.\s*s\.?", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z0-9][\w’'.&/+-]*(?:\s[\w’'.&/+-]+){0,4}$")
_NAME = re.compile(r"(?:[’'‘]t\s+)?[^\W\d_][\w’'´`.\- ]{0,60}$")
_OFFICE = re.compile(r"(?P<office>minister-president|minister|staatssecretaris)(?P<many>s|sen)?\b\.?", re.IGNORECASE)
_PARTICLES = r"(?:van\s+(?:der?|den|het|’t)|van|der?|den|ter?|ten|het|in\s+’t|in\s+’t\s+veld|el|al|’t)"
_TITLES = re.compile(r"^(?:(?:drs|dr|mr|ir|ing|prof|jhr|dhr|mw|mevr)\.?\s+)+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:(?:[A-ZÀ-Þ]|Ch|Th|Ph|IJ)\.\s*)+")
_FULL_NAME = re.compile(rf"[A-ZÀ-Þ][\w’'-]*(?:\s+(?:{_PARTICLES}|[A-ZÀ-Þ][\w’'-]*)){{1,4}}$")
_PORTFOLIO_END = re.compile(
    r"\s+(?:over|inzake|betreffende|naar aanleiding|op|mede|die|heeft|heb|deel|en\s+(?:de|van)\s*$)\b"
)
_LOWER_PORTFOLIO = re.compile(r"^(?:van|voor)\s+", re.IGNORECASE)


def read_askers(text: str) -> tuple[Asker, ...]:
    """The members in "Mutluer, Lahlah (GroenLinks-PvdA) en Helder (BBB)" with their parties.

    A party in brackets holds for its own member and for those before it that have none ("beiden", "allen", or two
    names before one bracket).
    """
    # Some publications set the acute accent beside its letter: "Kostic´".
    text = _ACUTE.sub(lambda found: unicodedata.normalize("NFC", found[1] + "\u0301"), " ".join(text.split()))
    askers: list[Asker] = []
    waiting: list[str] = []
    cursor = 0
    for match in re.finditer(r"\(([^()]{1,60})\)", text):
        waiting += _names(text[cursor : match.start()])
        cursor = match.end()
        if not waiting:
            continue
        party = _SHARED.sub("", match[1].strip())
        askers += [Asker(name, party) for name in waiting]
        waiting = []
    waiting += _names(text[cursor:])
    askers += [Asker(name) for name in waiting]
    return tuple(dict.fromkeys(askers))


def _names(text: str) -> list[str]:
    names = []
    for part in _AND.split(_CS.sub("", text)):
        name = re.sub(r"^(?:en|het lid|de leden|lid|leden)\s+", "", part.strip(" ,.;:"), flags=re.IGNORECASE).strip()
        if name and _NAME.match(name) and any(c.isupper() for c in name):
            names.append(name)
    return names


def portfolio_of(text: str) -> str | None:
    """The portfolio in "van Justitie en Veiligheid," without what surrounds it."""
    cleaned = _LOWER_PORTFOLIO.sub("", " ".join(text.split()).strip(" ,.;:()"))
    return cleaned or None


def read_answering(text: str) -> tuple[OfficeHolder, ...]:
    """The office holders in "Minister Van Oosten (Justitie en Veiligheid) en van Staatssecretaris N (portefeuille)"."""
    text = " ".join(text.split())
    holders: list[OfficeHolder] = []
    offices = list(_OFFICE.finditer(text))
    for index, match in enumerate(offices):
        stop = offices[index + 1].start() if index + 1 < len(offices) else len(text)
        body = text[match.end() : stop]
        holders += _holders(match["office"].lower(), body.strip(" ,"))
    return tuple(dict.fromkeys(holders))


def _holders(office: str, body: str) -> list[OfficeHolder]:
    named = re.match(r"(?P<name>[^()]*?)\s*\((?P<portfolio>[^()]{2,140})\)", body)
    if (named and not re.match(r"(?:van|voor)\s+[A-Z]", body)) or (named and _is_name(named["name"])):
        name = _clean_name(named["name"])
        return [OfficeHolder(name, portfolio_of(named["portfolio"]), office)] if name else []
    if re.match(r"(?:van|voor)\s", body):
        portfolio, name = _portfolio_and_name(body)
        return [OfficeHolder(name, portfolio, office)] if portfolio else []
    name = _clean_name(body.split("(")[0])
    return [OfficeHolder(name, None, office)] if name and _is_name(name) else []


def _is_name(text: str) -> bool:
    words = text.replace(",", " ").split()
    particle = re.match(rf"{_PARTICLES}\s", text, re.IGNORECASE)
    return (
        0 < len(words) <= 6
        and not (words[0].lower() in ("van", "voor") and not (particle and len(words) <= 4))
        and any(c.isupper() for c in text)
    )


def _clean_name(text: str) -> str | None:
    name = re.sub(r"(?:,|\ben\b|\bvan\b|\bde\b|\s)+$", "", _TITLES.sub("", text.strip(" ,.;:")))
    return name.strip(" ,") or None


def _portfolio_and_name(body: str) -> tuple[str | None, str | None]:
    """ "van Justitie en Veiligheid, A.B. van Zeewind" gives both; without a name the second is None."""
    pieces = [piece.strip() for piece in _PORTFOLIO_END.split(body, maxsplit=1)[0].split(",")]
    name = None
    if len(pieces) > 1 and (_INITIALS.match(pieces[-1]) or (len(pieces) == 2 and _FULL_NAME.match(pieces[-1]))):
        name = _clean_name(pieces.pop())
    return portfolio_of(re.sub(r"\s+en\s*(?:de|van)?\s*$", "", ", ".join(pieces))), name


def read_offices(text: str) -> tuple[OfficeHolder, ...]:
    """The offices in "de minister van A en de staatssecretaris van B" or "de Ministers van A en van B"."""
    text = " ".join(text.split())
    holders: list[OfficeHolder] = []
    waiting: list[str] = []
    offices = list(_OFFICE.finditer(text))
    for index, match in enumerate(offices):
        stop = offices[index + 1].start() if index + 1 < len(offices) else len(text)
        body = re.sub(
            r"(?:,|\s)*(?:\ben\b|,)?\s*(?:\bvan\b\s*)?(?:\b(?:de|aan de)\b\s*)?$", "", text[match.end() : stop]
        )
        if not body.strip() and match["office"].lower() == "minister-president":
            holders.append(OfficeHolder(None, "Algemene Zaken", "minister-president"))
            continue
        if not body.strip() and index + 1 < len(offices):
            waiting.append(match["office"].lower())  # "de Staatssecretaris en de Minister van …": of one ministry
            continue
        parts = [body]
        if match["many"]:
            parts = re.split(r"(?:,\s*|\s+en\s+)(?=(?:van|voor)\s)", body)
            if len(parts) == 1:
                parts = re.split(r"\s+en\s+(?=\w)", body, maxsplit=0) if body.count(" en ") == 1 else parts
        for part in parts:
            if part.strip().lower() in ("van", ""):
                continue
            portfolio, name = (
                _portfolio_and_name(part.strip())
                if re.match(r"\s*(?:van|voor)\s", part)
                else (portfolio_of(part), None)
            )
            if portfolio and len(portfolio) < 140:
                holders += [OfficeHolder(None, portfolio, office) for office in waiting]
                waiting = []
                holders.append(OfficeHolder(name, portfolio, match["office"].lower()))
    return tuple(dict.fromkeys(holders))
