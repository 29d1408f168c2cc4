"""The last step: identifier, dates that hold, session year, link, and what contradicts what."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from answers_bank.documents import Document, Kind, ReadWarning, id_from_name
from answers_bank.dutch.citations.identifiers import (
    Identifier,
    answer_identifier,
    find_identifier,
    paper_identifier,
    publication_url,
)
from answers_bank.dutch.time.calendar import session_year
from answers_bank.reading.blocks import Hints
from answers_bank.reading.metadata.letterhead import Metadata
from answers_bank.reading.metadata.titles import leading_line, title_of


def complete(
    document: Document, found: Metadata, hints: Hints, name: str, warnings: Sequence[ReadWarning], head: str = ""
) -> Document:
    """`document` with everything that is known about it beside its text."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    named = find_identifier(hints.identifier or stem)
    official = hints.identifier or (named.text if named else None)
    parts = named or Identifier(0, 0, "")
    aanhangsel = hints.aanhangsel or parts.aanhangsel or found.aanhangsel
    answered = document.kind is Kind.ANSWER
    doubts = list(warnings)
    received = hints.received or found.dates.received
    submitted = hints.submitted or found.dates.submitted
    if document.kind is Kind.QUESTIONS:
        submitted = submitted or found.dates.letter
    elif received is None:
        received = found.dates.letter
        if received and found.dates.doubt and document.kind in (Kind.ANSWER, Kind.DEFERRAL):
            doubts.append(
                ReadWarning(
                    "date",
                    f"De datum in de regel “{found.dates.doubt}” kan die van de vraag zijn, of die van het antwoord.",
                )
            )
    date = received or submitted
    year = hints.session_year or parts.session_year or found.session_year
    computed = session_year(date) if date else None
    if year is None:
        year = computed
    elif computed and computed != year and document.kind in (Kind.ANSWER, Kind.DEFERRAL) and aanhangsel:
        doubts.append(
            ReadWarning(
                "session-year", f"Het vergaderjaar in het stuk ({year}) past niet bij de datum ({date}: {computed})."
            )
        )
    if submitted and received and received < submitted:
        doubts.append(ReadWarning("dates", f"Ontvangen ({received}) ligt voor ingezonden ({submitted})."))
    dossier, number = (
        hints.dossier or parts.dossier or found.dossier,
        hints.dossier_number or parts.dossier_number or found.dossier_number,
    )
    if official is None and aanhangsel and year and re.fullmatch(r"\d{4}-\d{4}", str(year)):
        official = answer_identifier(str(year), aanhangsel)
    if official is None and dossier and number:
        official = paper_identifier(str(dossier), number)
    if answered and received is None:
        doubts.append(ReadWarning("no-date", "De datum van het antwoord staat niet in de tekst."))
    if document.kind in (Kind.ANSWER, Kind.QUESTIONS) and not found.askers:
        doubts.append(ReadWarning("no-askers", "Wie de vragen stelt staat niet in de tekst."))
    doubts += _structure_doubts(document)
    doubts += _property_doubts(found, hints)
    return dataclasses.replace(
        document,
        id=official or id_from_name(stem),
        subject=hints.subject or found.subject or _title(document, hints, head),
        submitted=submitted,
        received=received,
        case_number=hints.case_number or parts.case_number or found.case_number,
        document_number=found.document_number,
        aanhangsel=int(aanhangsel) if aanhangsel else None,
        session_year=str(year) if year else None,
        dossier=str(dossier) if dossier else None,
        dossier_number=str(number) if number else None,
        askers=found.askers,
        addressees=found.addressees,
        ministers=found.ministers or hints.ministers,
        on_behalf_of=found.on_behalf_of,
        see_also=found.see_also or hints.see_also,
        url=publication_url(official) if official and find_identifier(official) else None,
        warnings=tuple(dict.fromkeys(doubts)),
    )


def _title(document: Document, hints: Hints, head: str) -> str | None:
    """What a letter is about; a set of questions says so in its heading or in a line before them."""
    if document.kind in (Kind.ANSWER, Kind.QUESTIONS):
        return leading_line(head)
    return title_of(head, document.sections, hints.properties.get("title"))


def _structure_doubts(document: Document) -> list[ReadWarning]:
    asked = {number for question in document.questions for number in question.numbers}
    given = {number for answer in document.answers for number in answer.numbers}
    doubts = []
    if document.kind is Kind.ANSWER and asked:
        if open_questions := sorted(asked - given):
            shown = ", ".join(map(str, open_questions))
            doubts.append(ReadWarning("unanswered", f"Geen antwoord gevonden op vraag {shown}."))
        if unknown := sorted(given - asked):
            doubts.append(
                ReadWarning(
                    "unknown-question",
                    f"Er is een antwoord op vraag {', '.join(map(str, unknown))}, maar die vraag staat er niet.",
                )
            )
    if asked and (missing := sorted(set(range(1, max(asked) + 1)) - asked)):
        doubts.append(
            ReadWarning("missing-question", f"Vraag {', '.join(map(str, missing[:20]))} ontbreekt in de nummering.")
        )
    return doubts


def _property_doubts(found: Metadata, hints: Hints) -> list[ReadWarning]:
    """Document properties are often left from an earlier letter."""
    shown = " ".join(hints.properties.get(key, "") for key in ("title", "subject"))
    named = re.search(r"(?:het lid|de leden|lid|leden)\s+([A-Z][\w’'-]+)", shown)
    if named and found.askers and not any(named[1].lower() in asker.name.lower() for asker in found.askers):
        message = f"De documenteigenschappen noemen {named[1]}, de tekst niet; ze lijken van een ander stuk."
        return [ReadWarning("stale-properties", message)]
    return []
