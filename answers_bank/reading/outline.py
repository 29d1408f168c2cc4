"""How a document was understood: as JSON for programs, as an outline for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from answers_bank.documents import Document, Kind, OfficeHolder, Passage
from answers_bank.reading.notes.places import note_places

_KINDS = {
    Kind.ANSWER: "Antwoorden op Kamervragen",
    Kind.QUESTIONS: "Kamervragen zonder antwoord",
    Kind.DEFERRAL: "Uitstelbericht (mededeling)",
    Kind.LETTER: "Kamerbrief",
    Kind.ORAL: "Mondelinge vragen",
    Kind.OTHER: "Ander stuk",
}
# Doubts about what was said by whom weigh more than those about the papers around it.
_GRAVE = {
    "unanswered",
    "unknown-question",
    "missing-question",
    "question-number",
    "answer-number",
    "joined-questions",
    "encoding",
    "no-text",
}


def as_json(document: Document, file: str) -> dict[str, Any]:
    """The JSON of `read` for one file."""
    bound = note_places(document)
    return {
        "file": file,
        "id": document.id,
        "kind": document.kind.value,
        "subject": document.subject,
        "submitted": document.submitted.isoformat() if document.submitted else None,
        "received": document.received.isoformat() if document.received else None,
        "case_number": document.case_number,
        "document_number": document.document_number,
        "aanhangsel": document.aanhangsel,
        "session_year": document.session_year,
        "dossier": document.dossier,
        "dossier_number": document.dossier_number,
        "url": document.url,
        "askers": [{"name": asker.name, "party": asker.party} for asker in document.askers],
        "addressees": _holders(document.addressees),
        "ministers": _holders(document.ministers),
        "on_behalf_of": _holders(document.on_behalf_of),
        "see_also": [{"session_year": see.session_year, "number": see.number} for see in document.see_also],
        "questions": [
            {
                "numbers": list(question.numbers),
                "text": question.text,
                "start": question.start,
                "end": question.end,
                "sub_questions": [
                    {"label": part.label, "text": part.text, "start": part.start, "end": part.end}
                    for part in question.sub_questions
                ],
            }
            for question in document.questions
        ],
        "answers": [
            {"numbers": list(answer.numbers), "paragraphs": _passages(answer.paragraphs)} for answer in document.answers
        ],
        "sections": [
            {"heading": section.heading, "paragraphs": _passages(section.paragraphs)} for section in document.sections
        ],
        "footnotes": [
            {
                "system": note.system,
                "mark": note.mark,
                "text": note.text,
                "start": note.start,
                "end": note.end,
                "bound_to": bound.get((note.system, note.mark), []),
            }
            for note in document.footnotes
        ],
        "confidence": confidence(document),
        "warnings": [{"code": warning.code, "message": warning.message} for warning in document.warnings],
    }


def _holders(holders: Iterable[OfficeHolder]) -> list[dict[str, str | None]]:
    return [{"name": one.name, "portfolio": one.portfolio, "office": one.office} for one in holders]


def _passages(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    return [
        {"text": passage.text, "start": passage.start, "end": passage.end}
        # Of a table also its cells, row by row, with the columns and rows that each covers.
        | ({"table": [[asdict(cell) for cell in row] for row in passage.table.rows]} if passage.table else {})
        for passage in passages
    ]


def confidence(document: Document) -> str:
    """How sure the reading is: "high" without doubts, "low" where questions or answers are in doubt, else "medium"."""
    codes = {warning.code for warning in document.warnings}
    if codes & _GRAVE or document.kind is Kind.OTHER:
        return "low"
    return "medium" if codes else "high"


def outline(document: Document) -> str:
    """What was understood and what was doubtful, in Dutch, for a terminal."""
    lines = [f"{document.source}", f"  Soort        {_KINDS[document.kind]}"]
    sure = {"high": "hoog", "medium": "redelijk: zie de opmerkingen", "low": "laag: kijk het na"}[confidence(document)]
    rows = [
        ("Zekerheid", sure),
        ("Kenmerk", document.id),
        ("Onderwerp", document.subject),
        ("Ingezonden", document.submitted),
        ("Ontvangen", document.received),
        ("Zaaknummer", document.case_number),
        ("Aanhangsel", document.aanhangsel and f"{document.aanhangsel} ({document.session_year})"),
        ("Dossier", document.dossier and f"{document.dossier}, nr. {document.dossier_number}"),
        ("Vragen van", ", ".join(f"{a.name} ({a.party})" if a.party else a.name for a in document.askers)),
        ("Aan", _people(document.addressees)),
        ("Van", _people(document.ministers)),
        ("Mede namens", _people(document.on_behalf_of)),
        ("Zie ook", ", ".join(f"Aanhangsel {see.session_year}, nr. {see.number}" for see in document.see_also)),
    ]
    lines += [f"  {label:<12} {value}" for label, value in rows if value]
    for question in document.questions:
        lines.append(f"  {_numbered('Vraag', 'Vragen', question.numbers)}: {_short(question.text)}")
        parts = len(question.sub_questions)
        if parts > 1:
            lines.append(f"      {parts} deelvragen")
    for answer in document.answers:
        count = len(answer.paragraphs)
        size = f"{count} alinea" + ("’s" if count != 1 else "")
        lines.append(
            f"  {_numbered('Antwoord op vraag', 'Antwoord op vragen', answer.numbers)} ({size}): {_short(answer.text)}"
        )
    for section in document.sections:
        lines.append(f"  {section.heading or '(begin)'}: {_count(len(section.paragraphs))}")
    if document.footnotes:
        lines.append(f"  Noten        {len(document.footnotes)}")
    lines += [f"  ! {warning.message} [{warning.code}]" for warning in document.warnings]
    return "\n".join(lines)


def _count(paragraphs: int) -> str:
    return "1 alinea" if paragraphs == 1 else f"{paragraphs} alinea’s"


def _people(holders: Iterable[OfficeHolder]) -> str:
    shown = []
    for one in holders:
        office = " ".join(filter(None, [one.office, one.name]))
        shown.append(f"{office} ({one.portfolio})" if one.portfolio else office)
    return ", ".join(shown)


def _numbered(one: str, more: str, numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return f"{one} {numbers[0]}"
    return f"{more} {', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"


def _short(text: str, width: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rsplit(" ", 1)[0] + " …"
