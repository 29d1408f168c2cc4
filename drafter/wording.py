"""Dates, terms and states in Dutch words, the same on screen, in the command line and in the manual."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from answers_bank.dutch.time.dates import SHORT_MONTHS
from drafter.dossier.findings.readiness import Point, PointKind
from drafter.dossier.judging.threads import ThreadEntry
from drafter.dossier.summary import DossierSummary
from drafter.dossier.value import Block, ChangeKind, Decision, WordChange

STATE_WORDS = {"verbatim": "letterlijk", "edited": "bewerkt", "own": "eigen tekst"}
"""How text stands to its source, of a block (`BlockState`) and of a sentence (`Label`)."""

CONFLICT_WORDS = {
    "number": "getal",
    "date": "datum",
    "term": "termijn",
    "legal_basis": "grondslag",
    "citation": "vindplaats",
    "responsible_ministry": "ministerie",
    "named_authority": "instantie",
    "negation": "ontkenning",
    "modality": "stelligheid",
    "status": "stand van zaken",
    "dropped_condition": "voorwaarde",
    "scope": "reikwijdte",
    "direction": "richting",
    "swapped_actors": "wie doet wat",
    "name_variant": "naam",
    "listed": "instantie",
}
"""Kinds of contradictions, as a reader sees them."""


def sentence_case(text: str) -> str:
    """With a capital at the beginning; the rest as it is."""
    return text[:1].upper() + text[1:]


def short_date(day: datetime.date) -> str:
    """ "19 mei 2015", "10 dec 2025"."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def short_moment(at: datetime.datetime) -> str:
    """A day and time of day: "12 feb 2026 14:05"."""
    return f"{short_date(at)} {at:%H:%M}"


def accepted_words(block: Block) -> str:
    """Who accepted a block, and when: "De Vries, 12 feb 2026 14:05"; empty when nobody did."""
    name = " ".join(block.accepted_by.split())
    return f"{name}, {short_moment(block.accepted_at)}" if name and block.accepted_at else name


def change_words(change: WordChange) -> str:
    """A change that came back from Word, in a line: what was done, by whom, when, what was decided."""
    kinds = {ChangeKind.EDITED: "gewijzigd", ChangeKind.ADDED: "nieuw", ChangeKind.REMOVED: "weggehaald"}
    parts = [kinds[change.kind], change.author or "onbekend wie"]
    if change.at is not None:
        parts.append(short_moment(change.at))
    if change.file:
        parts.append(change.file)
    decided = {Decision.ACCEPTED: "akkoord", Decision.UNDONE: "teruggezet"}
    return " · ".join([*parts, *filter(None, [decided.get(change.decision)])])


def entry_words(entry: ThreadEntry) -> str:
    """Who said something in a remark and when, as it stands before what was said: "N. Bos 3 mrt 14:10:"."""
    when = f" {short_moment(entry.at)}" if entry.at else ""
    return f"{entry.author or 'opmerking'}{when}:"


def question_words(numbers: tuple[int, ...], capital: bool = False) -> str:
    """ "vraag 6", "vragen 2 en 3", "vragen 2 t/m 6"."""
    name = ("Vraag" if capital else "vraag") if len(numbers) == 1 else ("Vragen" if capital else "vragen")
    return f"{name} {number_list(numbers)}"


def number_list(numbers: tuple[int, ...]) -> str:
    """ "6", "2 en 3", "2, 5 en 9", "2 t/m 6"."""
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} t/m {numbers[-1]}"
    if len(numbers) < 2:
        return "".join(map(str, numbers))
    return f"{', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"


def age(day: datetime.date, today: datetime.date) -> str:
    """How long ago `day` is: "3 weken oud", "2 jaar oud"."""
    days = (today - day).days
    if days < 0:
        return "na de peildatum"
    if days < 14:
        return "vandaag" if days == 0 else f"{days} {'dag' if days == 1 else 'dagen'} oud"
    if days < 60:
        return f"{days // 7} weken oud"
    if days < 730:
        return f"{days // 30} maanden oud"
    return f"{days // 365} jaar oud"


def near_date(day: datetime.date, today: datetime.date) -> str:
    """ "4 mrt", with the year only where it is another than today's."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}" if day.year == today.year else short_date(day)


def term(summary: DossierSummary, today: datetime.date) -> str:
    """What is left of the term: "nog 6 dagen", "vandaag", "3 dagen te laat"; empty without a term."""
    return days_left_words(summary.days_left(today))


def days_left_words(left: int | None) -> str:
    """As `term`, of a number of days."""
    if left is None:
        return ""
    if left == 0:
        return "vandaag"
    days = "1 dag" if abs(left) == 1 else f"{abs(left)} dagen"
    return f"nog {days}" if left > 0 else f"{days} te laat"


def count(number: int, one: str, many: str) -> str:
    """ "1 alinea", "3 alinea's"."""
    return f"{number} {one if number == 1 else many}"


def open_points_words(points: Iterable[Point]) -> str:
    """What is still to be done, in a sentence: "2 vragen zonder antwoord (3 en 8), 1 waarschuwing open (5)"."""
    names = {
        PointKind.EMPTY: ("vraag zonder antwoord", "vragen zonder antwoord"),
        PointKind.PART: ("deelvraag onbeantwoord", "deelvragen onbeantwoord"),
        PointKind.WARNING: ("waarschuwing open", "waarschuwingen open"),
        PointKind.CONTRADICTION: ("tegenspraak open", "tegenspraken open"),
        PointKind.QUOTATION: ("citaat klopt niet", "citaten kloppen niet"),
        PointKind.DOUBT: ("deelvraag te beoordelen", "deelvragen te beoordelen"),
        PointKind.REMARK: ("opmerking open", "opmerkingen open"),
        PointKind.FROM_WORD: ("wijziging uit Word niet besloten", "wijzigingen uit Word niet besloten"),
        PointKind.OWN: ("eigen alinea zonder tweede lezer", "eigen alinea's zonder tweede lezer"),
        PointKind.TERM: ("termijn voorbij", "termijnen voorbij"),
    }
    found = list(points)
    parts = []
    for kind in PointKind:
        of_kind = [point for point in found if point.kind is kind]
        numbers = tuple(sorted({number for point in of_kind for number in point.numbers}))
        total = len(numbers) if kind is PointKind.EMPTY else len(of_kind)
        if of_kind:
            where = f" ({number_list(numbers)})" if numbers else ""
            if kind is not PointKind.EMPTY and numbers:
                where = f" (bij {question_words(numbers)})"
            parts.append(f"{count(total, *names[kind])}{where}")
    return ", ".join(parts)


def question_numbers(typed: str | None) -> tuple[int, ...]:
    """The numbers in "7, 9" or "7-9"."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*(?:-|–|t/m)\s*(\d+))?", typed or ""):
        found.extend(range(int(first), int(last or first) + 1)[:100])
    return tuple(found)
