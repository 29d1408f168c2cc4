"""Facts that a newer edition, a new count or a moved page makes stale: publications, figures, links."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from drafter.checks.calendar import add_months
from drafter.checks.staleness_candidates import Candidate
from drafter.checks.units import Unit, Zone

# Names of what appears again and again. Compounds count ("Veiligheidsmonitor", "Arbeidsmarktbarometer").
_PERIODICAL = (
    r"[\w-]*(?:jaarverslag(?:en)?|jaarrapport(?:age)?(?:s|n)?|jaarbericht(?:en)?|jaarplan(?:nen)?|kwartaalrapportages?|kwartaalbericht(?:en)?|"
    r"halfjaarrapportages?|voortgangsrapportages?|voortgangsrapport(?:en)?|voortgangsbrie(?:f|ven)|stand-van-zakenbrie(?:f|ven)|verzamelbrie(?:f|ven)|"
    r"monitor(?:en|s)?|barometers?|dreigingsbeeld(?:en)?|trendrapport(?:age)?(?:s|n)?|trendanalyses?|marktanalyses?|"
    r"miljoenennota|rijksbegroting|voorjaarsnota|najaarsnota|klimaatnota|effectrapportages?|meerjarenprogramma)"
)
_EDITION = (
    r"(?:\s+(?:van|over|uit|voor)\s+(?:het\s+jaar\s+)?(?:(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\s+)?"
    r"(?:19|20)\d\d|\s+(?:19|20)\d\d(?:[-/–]\d{2,4})?|,?\s+(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\s+20\d\d"
    r"|\s+\((?:[a-z]+\s+)?20\d\d\))"
)
_PUBLICATION = re.compile(
    rf"(?P<latest>(?:meest\s+recente|laatste|nieuwste|recentste|jongste|volgende|eerstvolgende|vorige|opeenvolgende)\s+)?(?P<name>{_PERIODICAL})(?!\w)"
    rf"(?P<of>(?:\s+(?:van|voor)\s+(?:de|het)?\s*[A-Z][\w.&-]+|\s+[A-Z][\w-]+){{0,4}}?)(?P<edition>{_EDITION})?",
    re.IGNORECASE,
)
_STATE_OF = re.compile(r"(?<!\w)(?:de\s+)?Staat\s+van\s+(?:de|het)\s+(?!Nederlanden)[A-Z]?\w+(?:\s+20\d\d)?")
_FIGURES_OVER = re.compile(
    r"\b(?:cijfers|gegevens|data|aantallen)\s+(?:over|van|uit)\s+(?:het\s+jaar\s+)?20\d\d", re.IGNORECASE
)

_NUMBER_WORD = (
    r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|twintig|dertig|veertig|"
    r"vijftig|zestig|zeventig|tachtig|negentig|honderd|tweehonderd|driehonderd|duizend)"
)
_VAGUE_NUMBER = r"(?:tientallen|honderden|duizenden|tienduizenden|honderdduizenden|miljoenen|meerdere|verschillende|een\s+aantal|tal\s+van)"
_ABOUT = r"(?:ruim|circa|ca\.|ongeveer|zo[’']n|bijna|meer\s+dan|minder\s+dan|ten\s+minste|minstens|in\s+totaal|totaal|enkele|enige|slechts|maar\s+liefst|naar\s+schatting|gemiddeld)"
_COUNTED = (
    r"(?:personen|mensen|Nederlanders|verdachten|betrokkenen|slachtoffers|daders|kinderen|jongeren|minderjarigen|leerlingen|studenten|scholieren|leraren|docenten|patiënten|"
    r"cliënten|bewoners|inwoners|huishoudens|gezinnen|ouders|ouderen|werknemers|werkgevers|medewerkers|ambtenaren|militairen|agenten|politiemedewerkers|fte|vrouwen|mannen|meisjes|jongens|"
    r"asielzoekers|statushouders|vluchtelingen|vreemdelingen|migranten|gedetineerden|deelnemers|aanvragers|ondernemers|boeren|agrariërs|veehouders|bedrijven|ondernemingen|instellingen|scholen|"
    r"ziekenhuizen|zorgaanbieders|gemeenten|provincies|waterschappen|locaties|organisaties|lidstaten|landen|zaken|strafzaken|gevallen|incidenten|meldingen|klachten|signalen|aangiften|aangiftes|"
    r"overtredingen|boetes|inspecties|controles|verzoeken|aanvragen|vergunningen|besluiten|onderzoeken|procedures|plaatsen|opvangplekken|opvangplaatsen|plekken|woningen|voertuigen|vluchten|dieren|varkens|koeien|"
    r"kippen|wolven|vogels|hectare|kilometers?|kilo|ton|euro|miljoen|miljard|procent|%|uitspraken|vonnissen|veroordelingen|aanhoudingen|subsidies|projecten|pilots|doden|gewonden|sterfgevallen|"
    r"besmettingen|vacatures|arbeidsplaatsen|banen|uitkeringen|dossiers|bezwaren|beroepen|rapporten|partijen|hulpverleners|artsen|huisartsen|verpleegkundigen|zorgmedewerkers|apothekers)"
)
_FIGURE = re.compile(
    rf"(?<![\w.,€])(?:(?P<about>{_ABOUT})\s+(?:(?:van|al|zo[’']n|ruim|circa|ongeveer)\s+)?)?(?P<number>(?:€\s?)?\d[\d.,]*|{_NUMBER_WORD}|{_VAGUE_NUMBER})(?:\s?%|\s+(?:\w+(?:e|se|de|ste)\s+)?{_COUNTED})(?!\w)",
    re.IGNORECASE,
)
# Figures that do not age: of the law, of the past with its date, of a plan, of an example.
_NOT_COUNTED = re.compile(
    r"\b(?:artikel\w*|wettelijk\w*|maximaal|maximum|minimaal|minimum|ten hoogste|hoogstens|boete|gevangenisstraf|drempel|norm|eis|moet|moeten|dient|dienen|mag|mogen|"
    r"bijvoorbeeld|stel|indien|per jaar|per persoon|jarigen?|leeftijd)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:19|20)\d\d\b")

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”\"]+|(?<![\w@/.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:nl|eu|com|org|be)(?:/[^\s<>«»“”\"]*)?(?![\w])",
    re.IGNORECASE,
)


def facts(unit: Unit, date: datetime.date | None) -> Iterator[Candidate]:
    """Candidates of the rules publication, figure, link and broken-link."""
    yield from _publications(unit, date)
    if unit.zone is not Zone.NOTE:
        yield from _figures(unit, date)
    yield from _links(unit)


def _publications(unit: Unit, date: datetime.date | None) -> Iterator[Candidate]:
    later = add_months(date, 6) if date else None
    for match in _PUBLICATION.finditer(unit.text):
        end = match.end() if match["edition"] else match.end("name")
        # A monitor or progress letter in general ("een monitor") is no edition of anything.
        named = (
            match["latest"]
            or match["edition"]
            or (match["name"][:1].isupper()
            and match.start() not in {s for s, _ in unit.sentences})
        )
        definite = re.search(
            r"(?:\bde|\bhet|\bmijn|\bdit|\bdeze)\s+(?:\w+\s+)?$", unit.text[max(0, match.start() - 24) : match.start()]
        )
        if named or definite:
            yield Candidate("publication", match.start(), end, later, info=not named)
    for pattern in (_STATE_OF, _FIGURES_OVER):
        for match in pattern.finditer(unit.text):
            yield Candidate("publication", match.start(), match.end(), later)


def _figures(unit: Unit, date: datetime.date | None) -> Iterator[Candidate]:
    later = add_months(date, 3) if date else None
    for match in _FIGURE.finditer(unit.text):
        start, end = unit.sentence_at(match.start())
        sentence = unit.text[start:end]
        if unit.in_quotes(match.start()):
            continue
        weak = bool(_NOT_COUNTED.search(sentence) or _DATED.search(sentence))
        yield Candidate("figure", match.start(), match.end(), later, info=weak)


def _links(unit: Unit) -> Iterator[Candidate]:
    for match in _URL.finditer(unit.text):
        url = match[0].rstrip(".,;:)]’'")
        end = match.start() + len(url)
        following = unit.text[end : end + 3]
        broken = (
            url.endswith(("-", "/?", "="))
            or re.search(r"%[0-9A-F]?$|=https?%3A%2F%2F$", url)
            or (url.endswith("/") and re.match(r"\s\w+-\w", following))
        )
        yield Candidate("broken-link" if broken else "link", match.start(), end)
