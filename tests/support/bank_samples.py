"""Invented documents for the tests of the bank."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from answers_bank.documents import (
    Answer,
    Asker,
    Document,
    Footnote,
    Kind,
    NoteRef,
    OfficeHolder,
    Passage,
    Question,
    Section,
    SeeAlso,
    SubQuestion,
)

SUBJECTS = ["de keuring van windmolens", "waterfietsen op het Lage Meer", "de vergunning voor de Toeterfabriek"]


class TextBuilder:
    """Puts an extracted text together and tells where each part stands."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, part: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += part
        end = len(self.text)
        self.text += "\n\n"
        return start, end


def make_document(identifier: str = "doc-1", questions: int = 2, number: int = 1, **changes: Any) -> Document:
    """An answer with `questions` questions; equal arguments give equal documents."""
    builder = TextBuilder()
    subject = SUBJECTS[number % len(SUBJECTS)]
    asked, answers = [], []
    for n in range(1, questions + 1):
        builder.add(f"Vraag {n}")
        text = f"Bent u bekend met {subject}, onderdeel {number}-{n}, en wat vindt u ervan?"
        asked.append(Question((n,), text, *builder.add(text), sub_questions=(SubQuestion("a", text, 0, len(text)),)))
        builder.add(f"Antwoord op vraag {n}")
        long = f"Ja. Over {subject} is op {number} mei 2031 overlegd met de Windautoriteit, punt {n} van {number}."
        start, end = builder.add(long)
        first = Passage(long, start, end, ((0, start, 3), (3, start + 3, len(long) - 3)), (NoteRef("note", "1", 3),))
        shared = "De Windautoriteit houdt toezicht op grond van de Wet draaiende delen; dat toezicht is onafhankelijk."
        answers.append(Answer((n,), (first, Passage(shared, *builder.add(shared)))))
    values: dict[str, Any] = {
        "id": identifier,
        "sha256": hashlib.sha256(builder.text.encode()).hexdigest(),
        "source": f"{identifier}.txt",
        "kind": Kind.ANSWER,
        "text": builder.text,
        "subject": subject,
        "submitted": datetime.date(2031, 4, 1),
        "received": datetime.date(2031, 5, 1) + datetime.timedelta(days=number),
        "case_number": f"2031Z{number:05d}",
        "aanhangsel": 100 + number,
        "session_year": "2030-2031",
        "askers": (Asker("Van der Vlieger", "WIND"),),
        "ministers": (OfficeHolder("T. Wervel", "Wind en Water", "minister"),),
        "on_behalf_of": (OfficeHolder("B. Golf", "Zeeën en Financiën", "staatssecretaris"),),
        "see_also": (SeeAlso("2030-2031", 12),),
        "questions": tuple(asked),
        "answers": tuple(answers),
        "footnotes": (Footnote("note", "1", "Wet draaiende delen, artikel 3.", 5, 9),),
        "properties": {"themes": "wind; water"},
    }
    return Document(**{**values, **changes})


def make_letter(identifier: str = "brief-1", **changes: Any) -> Document:
    """A letter with two sections."""
    builder = TextBuilder()
    parts = []
    for heading in ("Inleiding", "Planning"):
        builder.add(heading)
        text = f"In dit deel ({heading.lower()}) staat hoe de windmolens worden gekeurd en wanneer dat klaar is."
        parts.append(Section(heading, (Passage(text, *builder.add(text)),)))
    values: dict[str, Any] = {
        "id": identifier,
        "sha256": hashlib.sha256(builder.text.encode()).hexdigest(),
        "source": "brief.txt",
        "kind": Kind.LETTER,
        "text": builder.text,
        "subject": "Stand van de keuringen",
        "received": datetime.date(2032, 2, 2),
        "dossier": "99 123",
        "dossier_number": "7",
        "ministers": (OfficeHolder("K. Bries", "Wind en Water", "minister"),),
        "sections": tuple(parts),
    }
    return Document(**{**values, **changes})
