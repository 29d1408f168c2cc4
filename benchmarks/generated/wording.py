"""Sentences about an archipelago that does not exist, drawn at random."""

from __future__ import annotations

import random
import re

PLACES = "Zandhoek Griend Oesterdam Vlierwaard Kerkeveer Meerzijl Noorderhaaks Kwelderland Zilverbeek Wiermond".split()
THINGS = [
    "de veerpont", "de sluis", "de zeedijk", "het gemaal", "de vuurtoren", "het molenpad", "de vissershaven",
    "het getijdenmuseum", "de drijvende brug", "de reddingspost",
]  # fmt: skip
BODIES = [
    "de provincie", "het waterschap", "de inspectie", "de havenmeester", "de stichting Wadwacht",
    "de Betonningsdienst", "het Loodswezen", "de gemeente",
]  # fmt: skip
PAPERS = ["Dagblad De Schelp", "De Kokkelbode", "Het Getij", "Wadkrant", "Zeeuws Morgenblad"]
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
MEMBERS = ["Duinker", "Zeegers", "Van der Kreek", "Oeverloper", "Ter Zande", "Meeuwissen-Bos", "El Wadi", "Schelpvis"]
PARTIES = ["Vogelvrij", "PvW", "Eb&Vloed", "D88", "GroenWater-PvW", "Wad 50"]
HOLDERS = ["Rietkraag", "Strandkrab", "Van den Golfslag", "Zilt-Jansen", "De Wierde"]
PORTFOLIOS = [
    "Wind en Water", "Veren en Vaargeulen", "Landbouw, Natuur en Voedselkwaliteit", "Kust, Getij en Haven",
    "Volkshuisvesting en Ruimtelijke Ordening", "Justitie en Veiligheid", "Financiën",
    "Binnenlandse Zaken en Koninkrijksrelaties",
]  # fmt: skip

_ANSWERS = [
    "{Thing} bij {place} ligt sinds {month} {year} stil omdat de onderdelen zijn versleten.",
    "{Body} heeft in {year} {amount} meldingen ontvangen, waarvan {count} uit {place}.",
    "Het herstel kost naar schatting {amount} euro, inclusief btw.",
    "Uit onderzoek van {body} blijkt dat {percent} procent van de reizigers tevreden is.",
    "Ik vind het van belang dat {thing} bij {place} veilig is voor iedereen die er gebruik van maakt.",
    "Daarover heb ik op {day} {month} {year} met {body} gesproken.",
    "Op grond van artikel {count}, eerste lid, van de Waterwet is {body} hiervoor verantwoordelijk.",
    "Voor het antwoord verwijs ik naar mijn brief d.d. {day} {month} {year}.",
    "Dat is € {amount} meer dan in {year}.",
    "De afstand tot {place} is {count} km en de doorvaarthoogte {count},{digit} meter.",
    "In de zomer varen er {count} boten per dag; in de winter zijn dat er {digit}.",
    "Naar verwachting is {thing} in {month} weer open.",
    "Het gaat om circa {amount} m3 water per etmaal.",
    "{Body} stelt dat “het werk op schema ligt” en dat er geen vertraging is.",
    "Zie ook het antwoord op vraag {digit}.",
    "Hiervoor geldt de Regeling veren (Stcrt. {year}, nr. {amount}).",
    "De uitstoot van CO2 is met {percent}% gedaald.",
    "Mevr. drs. A.B. {member} van {body} heeft dit bevestigd.",
    "Zoals gemeld in Kamerstuk 40 {three}, nr. {count}, wordt {thing} vervangen.",
    "Dit betekent dat {body} het onderhoud binnen {count} maanden moet uitvoeren.",
    "De kosten worden voor {percent} procent door {body} betaald en voor het overige door het Rijk.",
    "{Thing} valt in categorie {letter}. Dat brengt een jaarlijkse keuring met zich mee.",
    "Ik heb {body} gevraagd om hier voor {day} {month} op te reageren.",
    "In {place} en {place} is dat niet het geval.",
]
_SHORT = [
    "Ja.", "Nee.", "Ja, ik ben bekend met dit bericht.", "Deze mening deel ik niet.", "Dat is mij niet bekend.",
    "Daar kan ik geen uitspraken over doen.",
]  # fmt: skip
_QUESTIONS = [
    "Bent u bekend met het bericht «{Thing} bij {place} ligt stil»{mark}?",
    "Kent u het rapport van {body} over {thing} bij {place}{mark}?",
    "Hoeveel meldingen over {thing} zijn er sinds {year} gedaan?{mark}",
    "Klopt het dat {body} {amount} euro heeft uitgetrokken voor {thing}?{mark}",
    "Deelt u de mening dat {thing} bij {place} zo snel mogelijk weer open moet? Zo ja, wanneer? Zo nee, waarom niet?",
    "Kunt u aangeven wat {body} sinds {month} {year} heeft gedaan?",
    "Waarom is {thing} gesloten, en wat kost het herstel?{mark}",
    "Welke maatregelen neemt u om {thing} bij {place} te behouden?",
    "Is het waar dat in {place} {percent} procent van de boten te laat komt{mark}, en wat vindt u daarvan?",
    "Wanneer verwacht u dat het gesprek met {body} plaatsvindt?",
    "Wat is uw reactie op de uitspraak van {body} dat “het niet langer kan”?{mark} "
    "Bent u bereid daarover in gesprek te gaan?",
    "Kunt u deze vragen afzonderlijk beantwoorden?",
    "Hoe verhoudt dit zich tot artikel {count} van de Waterwet?",
    "Kunt u een overzicht geven van de kosten per jaar sinds {year}, uitgesplitst naar {place}, {place} en {place}?",
]
_NOTES = [
    "{paper}, {day} {month} {year}, “{Thing} ligt stil”.",
    "{paper}, {day} {month} {year}",
    "{paper}, «{Thing} bij {place} dicht», {day} {month} {year}, https://www.schelp.example/{year}/{three}",
    "Kamerstuk 40 {three}, nr. {count}.",
    "Aanhangsel Handelingen, vergaderjaar {year}-{next}, nr. {amount}.",
    "https://www.wadwacht.example/rapport-{year}",
    "Rapport van {body}, {month} {year}, p. {count}.",
]
_ITEMS = [
    "het onderhoud van {thing}", "een reservepont voor {place}", "meer toezicht door {body}",
    "{count} extra afvaarten in {month}", "een bijdrage van {amount} euro", "overleg met {body} en {body}",
]  # fmt: skip


def date(chance: random.Random, year: int | None = None) -> tuple[int, int, int]:
    """Year, month and day."""
    return year or chance.randint(2019, 2031), chance.randint(1, 12), chance.randint(1, 28)


def dutch(value: tuple[int, int, int]) -> str:
    """ "3 maart 2031"."""
    year, month, day = value
    return f"{day} {MONTHS[month - 1]} {year}"


def _filled(chance: random.Random, form: str) -> str:
    year = chance.randint(2015, 2030)
    values = {
        "year": lambda: str(year),
        "next": lambda: str(year + 1),
        "place": lambda: chance.choice(PLACES),
        "thing": lambda: chance.choice(THINGS),
        "body": lambda: chance.choice(BODIES),
        "month": lambda: chance.choice(MONTHS),
        "member": lambda: chance.choice(MEMBERS),
        "paper": lambda: chance.choice(PAPERS),
        "day": lambda: str(chance.randint(1, 28)),
        "count": lambda: str(chance.randint(2, 48)),
        "digit": lambda: str(chance.randint(2, 9)),
        "three": lambda: str(chance.randint(100, 999)),
        "percent": lambda: str(chance.randint(3, 97)),
        "amount": lambda: f"{chance.randint(1, 99)}.{chance.randint(0, 999):03}" if chance.random() < 0.6 else str(chance.randint(110, 990)),  # noqa: E501
        "letter": lambda: chance.choice("ABC"),
        "mark": lambda: "{mark}",
    }  # fmt: skip

    def value(match: re.Match[str]) -> str:
        name = match[1]
        text = values[name.lower()]()
        return text[:1].upper() + text[1:] if name[0].isupper() else text

    return re.sub(r"\{(\w+)\}", value, form)


def sentences(chance: random.Random, count: int) -> list[str]:
    """Different sentences of an answer."""
    return [_filled(chance, form) for form in chance.sample(_ANSWERS, count)]


def short_answer(chance: random.Random) -> str:
    """An answer of a few words."""
    return chance.choice(_SHORT)


def question(chance: random.Random) -> str:
    """A question; "{mark}" stands where it may have a note."""
    return _filled(chance, chance.choice(_QUESTIONS))


def note(chance: random.Random) -> str:
    """The text of a note."""
    return _filled(chance, chance.choice(_NOTES))


def items(chance: random.Random, count: int) -> list[str]:
    """The items of a list, without marks."""
    return [_filled(chance, form) for form in chance.sample(_ITEMS, count)]


def subject(chance: random.Random) -> str:
    """What a set is about."""
    return f"{chance.choice(THINGS)} bij {chance.choice(PLACES)}"
