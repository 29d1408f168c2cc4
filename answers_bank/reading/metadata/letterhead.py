"""What heading, letterhead and signature tell: dates, askers, office holders, numbers, subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from answers_bank.documents import Asker, OfficeHolder, SeeAlso
from answers_bank.dutch.citations.identifiers import CASE, DOCUMENT, find_identifier
from answers_bank.dutch.citations.papers import Series, find_citations
from answers_bank.dutch.time.dates import DATE
from answers_bank.reading.metadata.document_dates import DocumentDates, document_dates
from answers_bank.reading.metadata.people import read_answering, read_askers, read_offices
from answers_bank.reading.metadata.signature import is_office, signed_by
from answers_bank.reading.metadata.signers import read_office_list, read_signers

_I = re.IGNORECASE | re.DOTALL
_CASE = re.compile(rf"(?<![A-Za-z0-9])({CASE})(?!\d)", re.IGNORECASE)
_DOCUMENT = re.compile(rf"(?<![A-Za-z0-9])({DOCUMENT})(?!\d)")
# On a line of its own, in the page's margin or foot; inside a sentence or an address it names another document.
_PAPER = re.compile(r"(?:^|\n)[ \t]*(ah-tk-\d{8}-\d+)[ \t]*(?=\r?\n|$)")
_NUMBER_LINE = re.compile(r"gegeven\s*antwoorden\s*(\d{1,4})\s*\n", re.IGNORECASE)
_AH = re.compile(r"(?:^|\n)\s*AH\s+(\d{1,4})\b")
_SEE = re.compile(r"Zie\s*ook\s*:?\s*$", re.IGNORECASE)
_SEE_MORE = re.compile(r"\s*(?:,|en)\s*(\d{1,4})(?!\d)")
_YEAR = re.compile(r"vergaderjaar\s*(\d{4})\s*[-–/]\s*(\d{4})", re.IGNORECASE)
# Names of members with their parties: capitals, particles, "en", "c.s."; the first other word ends them.
_PEOPLE = (
    r"(?:(?!(?:Antwoord|Mededeling|Minister|Staatssecretaris|Vra(?:ag|gen)|Ingezonden|Onderwerp|Betreft|Geachte|Ik|Deze"
    # "het lid De Roon", "In ’t Veld", "Op den Dijk": a name may begin as a sentence does.
    r"|(?:De|Het)(?!\s+(?!Minister|Staatssecretaris|Kamer|Voorzitter|Tweede)(?:la\s+)?[A-ZÀ-Þ])|In(?!\s+[’'‘]t)|Op(?!\s+(?:de[nr]?|[’'‘]t)\s))\b)"
    r"(?:[A-ZÀ-Þ][\w’'´`.&/-]*(?![\w’'´`.&/-])|(?:van|de|der|den|ter|ten|te|el|al|in|en|het|lid|leden|c\.\s?s\.?|la|le|du|[’'‘]t)(?!\w)|´"
    r"|\((?![^()]*(?:\d{4}|kenmerk|ingezonden))[^()]{1,80}\))[\s,;]*){1,60}"
)
_QUESTIONS_OF = re.compile(
    r"[Vv]ragen\s*(?:gesteld\s*)?(?:van|door)\s*(?:het\s*(?:Kamer)?lid|de\s*(?:Kamer)?leden)\s+(?!der\s*Kamer)"
    rf"(?P<askers>{_PEOPLE})(?:\s*(?:(?i:van|d\.d\.|op|,?\s*ingezonden)\s*)?(?i:{DATE}))?"
)
_ASKED_ON = re.compile(
    rf"\b(?:op\s+(?P<date>{DATE})\s+)?(?:heeft|hebben)\s+(?:het\s+(?:Kamer)?lid|de\s+(?:Kamer)?leden)\s+(?P<askers>(?-i:{_PEOPLE}))"
    rf"(?:(?:mij|ons|mijn\s+\w+)\s+)?(?:op\s+(?P<later>{DATE})\s+)?(?:\w+\s+){{0,3}}?vragen\s+gesteld",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\s*aan\s*(?P<who>(?:de|het)\s.{4,700}?)(?=\s*(?:\bover\s|\binzake\s|\bbetreffende\s|\bmet\s+betrekking|\bnaar\s+aanleiding|\(ingezonden))",
    _I,
)
_ABOUT = r"\s*(?:over|inzake|betreffende|met\s+betrekking\s+tot|naar\s+aanleiding\s+van)\s+(?P<subject>.{3,700}?)"
_SUBJECT_END = (
    r"\(\s*ingezonden|,?\s*ingezonden\s+(?:op\s+)?\d|worden\s+beantwoord|\(\s*(?:19|20)\d\dZ|\(\s*(?:uw\s+)?kenmerk|$"
)
_SUBJECT = re.compile(rf"{_ABOUT}(?=\s*(?:{_SUBJECT_END}))", _I)
# In the sentence of a letter ("… over molens kunnen niet binnen …. De reden is …").
_SUBJECT_SPOKEN = re.compile(
    rf"{_ABOUT}(?=\s*(?:{_SUBJECT_END}|(?:kunnen|kan|worden|wordt)\s+(?:\w+\s+){{0,6}}?(?:beantwoord|niet\b|binnen)"
    r"|niet\s+(?:tijdig|binnen)|[.,]\s+(?:deel|meld|bericht|bied|(?-i:De|Het|Dit|Deze|Hierbij|Ik|U|In|Op|Voor|Gezien"
    r"|Vanwege|Wegens|Bij|Door|Met))\b))",
    _I,
)
_SENT_IN = re.compile(r"\bingezonden\b", re.IGNORECASE)
_ANSWERED = re.compile(
    r"(?:Antwoord(?:en)?|Mededeling|Nader\s+antwoord|Beantwoording)\s*van\s*(?:de\s*)?(?P<who>(?:minister|staatssecretaris).{3,500}?)"
    r"(?=\(\s*ontvangen|\s+op\s+(?:de\s+)?(?:schriftelijke\s+)?(?:Kamer)?vragen|\n\s*\n|$)",
    _I,
)
# The list of questions and answers of a committee says to whom it put them.
_COMMITTEE = re.compile(
    r"\b[Dd]e\s+(?P<who>(?:(?:vaste|algemene|tijdelijke|bijzondere)\s+)?commissie(?:s)?\s+(?:voor|van)\s+[A-ZÀ-Þ][^.;()\n]{2,120}?)"
    r"\s+(?:heeft|hebben)\b(?P<rest>[^.?!]{0,400}\bvragen\b[^.?!]{0,200})"
)
_TO_OFFICE = re.compile(r"(?=\b(?:de|het)\s+(?:minister|staatssecretaris))", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:^|\n)\s*(?P<office>(?:De|DE)\s+(?:minister-president|minister|staatssecretaris)\s*(?:van|voor)?[^\n]{0,160}?)\s*,?\s*(?:\n\s*)+(?P<name>[^\n]{3,60}?)\s*(?=\n|$)",
    re.IGNORECASE,
)
_ONDERWERP = re.compile(
    r"(?:^|\n)\s*(?:(?:Onderwerp|Betreft)\s*:?|(?:Inzake|Titel|Re|Betr\.?)\s*:)\s*\n?\s*(?P<subject>[^\n]{5,500})",
    re.IGNORECASE,
)
_LETTER_TITLE = re.compile(r"(?:^|\n)\s*Brief regering\s*:\s*(?P<subject>[^\n]{3,400})")
_DOSSIER = re.compile(
    r"(?:^|\n)\s*(\d{2})\s?(\d{3})(?:[\s-]+([IVX]+[A-Z]?))?\s+[A-Z][^\n]{3,}\n(?:.*\n){0,4}?\s*N[rR]\.?\s*(\d{1,4})\b"
)
_NO_NAME = re.compile(
    r"\d|^(?:het|een|aan|in|op)\s|\b(?:minister|staatssecretaris|vragen|antwoord(?:en)?|datum|kenmerk)\b", re.IGNORECASE
)
_INITIALS = re.compile(r"^(?:(?:drs|dr|mr|ir|ing|prof)\.\s*)*(?:(?:[A-ZÀ-Þ]|Ch|Th|IJ|Ph)\.\s*)+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text itself tells about the document."""

    subject: str | None = None
    dates: DocumentDates = field(default_factory=DocumentDates)
    case_number: str | None = None
    document_number: str | None = None
    aanhangsel: int | None = None
    session_year: str | None = None
    dossier: str | None = None
    dossier_number: str | None = None
    askers: tuple[Asker, ...] = ()
    addressees: tuple[OfficeHolder, ...] = ()
    ministers: tuple[OfficeHolder, ...] = ()
    on_behalf_of: tuple[OfficeHolder, ...] = ()
    see_also: tuple[SeeAlso, ...] = ()
    questions_heading: bool = False
    """The head says "Vragen van het lid …"."""


def read_metadata(head: str, tail: str, whole: str) -> Metadata:
    """From the text before the first question (`head`, a letter's whole text), behind the last answer (`tail`), and
    the extracted text as a whole (page footers)."""
    asked = _last(_QUESTIONS_OF, head)
    askers: tuple[Asker, ...] = ()
    addressees: tuple[OfficeHolder, ...] = ()
    subject = None
    told = None if asked else _ASKED_ON.search(head)
    if told:
        askers = read_askers(told["askers"])
        about = _SUBJECT_SPOKEN.match(head[told.end() :])
        subject = _clean_subject(about["subject"]) if about else None
    if asked:
        askers = read_askers(asked["askers"])
        rest = head[asked.end() :]
        addressed = _ADDRESSED.match(rest)
        if addressed:
            addressees = read_offices(addressed["who"])
            rest = rest[addressed.end() :]
        about = (_SUBJECT if _SENT_IN.search(rest[:900]) else _SUBJECT_SPOKEN).match(rest)
        subject = _clean_subject(about["subject"]) if about else None
    if subject is None:
        named = _LETTER_TITLE.search(head) or _ONDERWERP.search(head)
        subject = _clean_subject(named["subject"]) if named else None
    line = _PAPER.search(whole)
    paper = find_identifier(line[1]) if line else None
    dates = document_dates(head, tail, (told["date"] or told["later"] or "") if told else "")
    committee = _committee(head)
    ministers = _ministers(head, tail) or committee[1]
    year = _YEAR.search(head[:400]) or _YEAR.search(whole[:400])
    dossier = _DOSSIER.search(head[:1500])
    return Metadata(
        subject=subject,
        dates=dates,
        case_number=_case(head),
        document_number=(found[1] if (found := _DOCUMENT.search(head)) else None),
        aanhangsel=paper.aanhangsel if paper else _aanhangsel(head, whole),
        session_year=paper.session_year if paper else f"{year[1]}-{year[2]}" if year else None,
        dossier=f"{dossier[1]}{dossier[2]}" + (f" {dossier[3]}" if dossier[3] else "") if dossier else None,
        dossier_number=dossier[4] if dossier else None,
        askers=askers or committee[0],
        addressees=addressees or committee[1],
        ministers=ministers,
        on_behalf_of=read_signers(f"{head}\n\n{tail}", next((m.office for m in ministers if m.office), "minister")),
        see_also=_see_also(head),
        questions_heading=bool(asked),
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match: a heading repeats, and is exact, what the cover letter says before it."""
    matches = list(pattern.finditer(text))
    return matches[-1] if matches else None


def _case(head: str) -> str | None:
    found = [match[1].upper() for match in _CASE.finditer(head)]
    return max(found, key=found.count) if found else None


def _aanhangsel(head: str, whole: str) -> int | None:
    named = _AH.search(head)
    if named:
        return int(named[1])
    number = _NUMBER_LINE.search(whole[:1500])
    return int(number[1]) if number else None


def _see_also(head: str) -> tuple[SeeAlso, ...]:
    found: list[SeeAlso] = []
    for cited in find_citations(head):
        if cited.series is Series.APPENDIX and cited.years and _SEE.search(head[: cited.start]):
            more = _SEE_MORE.match(head, cited.end)
            numbers = (cited.number, *cited.more, *(more.groups() if more else ()))
            found += [SeeAlso(cited.session_year, int(number)) for number in numbers]
    return tuple(dict.fromkeys(found))


def _ministers(head: str, tail: str) -> tuple[OfficeHolder, ...]:
    answered = _ANSWERED.search(head)
    holders: tuple[OfficeHolder, ...] = ()
    if answered:
        who = re.split(r",?\s*mede\s*namens", answered["who"], maxsplit=1, flags=re.IGNORECASE)[0]
        holders = read_answering(who)
        if any(holder.name for holder in holders):
            return holders
    named: list[OfficeHolder] = []
    for match in _SIGNED.finditer(head):
        name = match["name"].strip(" ,")
        if not is_office(match["office"].strip(" ,")):
            continue
        if len(name.split()) > 6 or name.endswith((".", ":", "?")) or _NO_NAME.search(name):
            continue
        named += [OfficeHolder(name, holder.portfolio, holder.office) for holder in read_offices(match["office"])]
    behind = [holder for holder in signed_by(tail.split("\n")) if holder.name]
    return tuple(dict.fromkeys([*named, *behind])) or holders


def _committee(head: str) -> tuple[tuple[Asker, ...], tuple[OfficeHolder, ...]]:
    """The committee that put questions and those to whom it put them, who answer them."""
    running = " ".join(head.split())
    found = _COMMITTEE.search(running)
    if found is None:
        return (), ()
    to = _TO_OFFICE.search(found["rest"])
    holders = read_office_list(found["rest"], to.start()) if to else []
    return (Asker(" ".join(found["who"].split())),), tuple(holders)


def _clean_subject(text: str) -> str | None:
    subject = " ".join(text.split()).strip(" .,;:")
    subject = re.sub(r"\((?:ingezonden|ontvangen).*$", "", subject).strip(" .,;:")
    about = re.match(
        r"(?:Beantwoording|Antwoord(?:en)?|Uitstel\w*)\b.*?\b(?:over|inzake|betreffende|naar aanleiding van)\s+(.+)",
        subject,
    )
    return (about[1] if about else subject) or None
