"""An invented dossier that has everything an export must show."""

from __future__ import annotations

import datetime

from answers_bank.documents import Asker, Document, Footnote, Kind, NoteRef, OfficeHolder, Question
from drafter.checks.finding import Coverage, Evidence, Finding, Severity
from drafter.dossier.value import Block, BlockNote, Dossier, DraftAnswer, NearPassage, Origin, Status

COUNT = "Er staan langs de Noorderkade op dit moment 14 windvangen. Dit najaar komen er drie bij."
COST = "Een windvang kost binnen drie jaar na plaatsing ongeveer 12.000 gulden aan onderhoud."
COST_EDITED = "Een windvang kost ten minste 12.000 gulden aan onderhoud."
MOMENT = datetime.datetime(2031, 2, 12, 9, 0)


def question(number: int, text: str, *notes: NoteRef) -> Question:
    return Question(numbers=(number,), text=text, start=0, end=len(text), notes=notes)


def origin(text: str, position: int = 5, newer_of: str | None = None) -> Origin:
    return Origin(
        document="ah-tk-20302031-12",
        passage=f"ah-tk-20302031-12#{position}",
        start=100 * position,
        end=100 * position + len(text),
        date=datetime.date(2030, 11, 3),
        text=text,
        title="Windvangen",
        numbers=(2,),
        url="https://voorbeeld.example/ah-tk-20302031-12.html",
        sha256="ab" * 32,
        newer_of=newer_of,
    )


def finding(text: str, quote: str) -> Finding:
    start = text.index(quote)
    return Finding(
        check="staleness",
        rule="relative-date",
        severity=Severity.WARNING,
        start=start,
        end=start + len(quote),
        quote=quote,
        message="‘Dit najaar’ liep af op 21 december 2030.",
        stale_from=datetime.date(2030, 12, 21),
        suggestion="In het najaar van 2030",
        evidence=(Evidence("kst-1-2", datetime.date(2031, 1, 2), "De drie windvangen staan er."),),
    )


def dossier() -> Dossier:
    """Own text, a verbatim and an edited passage, a list, notes, findings, a remark, and questions without a source."""
    questions = (
        question(1, "Kent u het bericht over de Noorderkade?", NoteRef("source", "1", 38)),
        question(2, "Hoeveel windvangen staan er? Wat kost een windvang?"),
        question(3, "Wanneer wordt de kade verhoogd?"),
        question(8, "Waarom draaien de windvangen niet op zondag?"),
    )
    document = Document(
        id="2031Z00123",
        sha256="cd" * 32,
        source="vragen.docx",
        kind=Kind.QUESTIONS,
        text="",
        subject="de windvangen langs de Noorderkade",
        submitted=datetime.date(2031, 2, 11),
        case_number="2031Z00123",
        askers=(Asker("Duin", "ZEE"), Asker("Kwelder", "WAD")),
        addressees=(OfficeHolder(None, "Wind en Water", "minister"),),
        questions=questions,
        footnotes=(Footnote("source", "1", "Noorderkoerier, 10 februari 2031, ‘Windvang vangt niets’", 0, 0),),
    )
    blocks = (
        Block(
            "b2",
            COUNT,
            origin(COUNT),
            notes=(BlockNote(57, "Telling windvangen 2030."),),
            why="Deelt met de vraag: windvangen.",
            findings=(finding(COUNT, "Dit najaar"),),
        ),
        Block("b3", COST_EDITED, origin(COST, 6, "ah-tk-1#3"), remark="Klopt dit nog?\nGraag navragen."),
        Block("b4", "• een eerste punt;"),
        Block("b5", "• een tweede punt.", accepted_by="J. Zeegras"),
    )
    uncovered = Finding(
        "coverage", "sub-question", Severity.WARNING, 0, 0, "", "De deelvraag over de kosten is nog open."
    )
    answers = (
        DraftAnswer((1,), (Block("b1", "Ja."),), Status.DRAFTED),
        DraftAnswer(
            (2,),
            blocks,
            Status.DRAFTED,
            coverage=(Coverage(2, None, "Wat kost een windvang?", True, "b3"),),
            findings=(uncovered,),
        ),
        DraftAnswer((3, 8), near=(NearPassage(COST, origin(COST, 6), "Deelt met de vraag: windvang."),)),
    )
    return Dossier("2031z00123", document, answers, datetime.date(2031, 2, 20), MOMENT, MOMENT)
