"""The Dutch words that all exports share: dates, sources, findings, cover data."""

from __future__ import annotations

import re

from answers_bank.documents import Asker, OfficeHolder
from answers_bank.dutch.time.dates import UNKNOWN_DATE, dutch_date
from drafter.checks.finding import Finding
from drafter.checks.rules import title_of
from drafter.dossier.value import Block, BlockState, Dossier, Origin, Status
from drafter.headings import enumeration, questions_reference

NO_SOURCE_HINT = "De bank bevat geen eerder antwoord op deze vraag. Hier is ruimte voor eigen tekst."

AS_OF = "Peildatum"
GUIDE_COMMENTS = "Dit is een concept. Signalen en opmerkingen staan in de kantlijn; verwerk ze en verwijder ze daarna."
GUIDE_AS_OF = "Op deze dag is beoordeeld wat in het concept nog klopt."


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s<>\"'`\\]+")


def printable(text: str) -> str:
    """`text` without control characters: documents are not trusted, and XML 1.0 cannot hold them."""
    return _UNPRINTABLE.sub("", text)


def safe_link(url: str | None) -> str | None:
    """`url` where it is a plain web address, else None: no scripts, no local files behind a link."""
    return url if url and _LINK.fullmatch(url) else None


def source_text(origin: Origin) -> str:
    """One line that names the source: title, date, question, where to find it."""
    parts = [origin.title or origin.document]
    parts.append(dutch_date(origin.date) if origin.date else UNKNOWN_DATE)
    if origin.numbers:
        parts.append(f"antwoord op {questions_reference(origin.numbers)}")
    # The passage id is what `verify` and a search in the bank go by.
    parts.append(f"alinea {origin.passage}")
    if origin.url:
        parts.append(origin.url)
    return ", ".join(parts)


def provenance_text(block: Block) -> str:
    """The source of a block and how its text stands to it; "Eigen tekst." without a source."""
    if block.origin is None:
        return "Eigen tekst."
    state = "letterlijk overgenomen" if block.state is BlockState.VERBATIM else "bewerkt"
    newer = f" Nieuwere versie van {block.origin.newer_of}." if block.origin.newer_of else ""
    sources = "; ".join(source_text(origin) for origin in block.origins)
    return f"Bron ({state}): {sources}.{newer}"


def finding_text(finding: Finding) -> str:
    """A finding as one paragraph, under the title of its rule."""
    parts = [f"{title_of(finding)}. {finding.message}"]
    if finding.suggestion is not None:
        parts.append(f"Voorstel: “{finding.suggestion}”.")
    for evidence in finding.evidence:
        date = f" van {dutch_date(evidence.date)}" if evidence.date else ""
        document = evidence.named or "deze tekst"
        parts.append(f"Zie {document}{date}{evidence.words}.")
    return " ".join(parts)


_LIST_ITEM = re.compile(r"\s*(?:[•▪◦*–-]|\(?(?:\d{1,2}|[a-z])[.)])\s")


def is_list_item(text: str) -> bool:
    """Whether a paragraph is an item of a list by its mark: "• …", "- …", "1. …", "a) …"."""
    return _LIST_ITEM.match(text) is not None


def askers_text(askers: tuple[Asker, ...]) -> str:
    """The members who ask: "Van Veen (ABC) en Terpstra (DEF)"."""
    return enumeration(f"{a.name} ({a.party})" if a.party else a.name for a in askers)


def office_text(holder: OfficeHolder) -> str:
    """An office holder: "minister van Wind en Water, J. Golf"."""
    office = " van ".join(part for part in (holder.office, holder.portfolio) if part)
    return ", ".join(part for part in (office, holder.name) if part)


def title_text(dossier: Dossier) -> str:
    """The title of the export."""
    subject = dossier.questions.subject or dossier.questions.source
    return f"Antwoorden op Kamervragen over {subject}" if dossier.questions.subject else f"Antwoorden bij {subject}"


def cover_rows(dossier: Dossier) -> list[tuple[str, str]]:
    """Cover data as (label, value), only what is known."""
    questions = dossier.questions
    drafted = sum(answer.status is Status.DRAFTED or bool(answer.blocks) for answer in dossier.answers)
    rows = [
        ("Onderwerp", questions.subject or ""),
        ("Zaaknummer", questions.case_number or ""),
        ("Vragen van", askers_text(questions.askers)),
        ("Gericht aan", enumeration(office_text(holder) for holder in questions.addressees)),
        ("Ingezonden", dutch_date(questions.submitted) if questions.submitted else ""),
        ("Uiterlijk te beantwoorden", dutch_date(dossier.due) if dossier.due else ""),
        (AS_OF, dutch_date(dossier.as_of)),
        ("Stand", f"{drafted} van {len(dossier.answers)} antwoorden met tekst"),
    ]
    return [(label, value) for label, value in rows if value]
