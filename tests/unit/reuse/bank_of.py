"""Small banks of invented answers."""

from __future__ import annotations

import datetime

from answers_bank.documents import Answer, Document, Footnote, Kind, NoteRef, Passage
from answers_bank.store.bank import Bank

HARBOUR = (
    "De Havenwacht Zilverkust houdt toezicht op alle kademuren en meldt gebreken binnen drie dagen aan het ministerie. "
    "De sluizen bij Oosterdam worden in het voorjaar vervangen door exemplaren met dubbele deuren. "
    "Daarmee daalt de kans op wateroverlast in de binnenstad aanzienlijk."
)
TURBINES = (
    "Windmolens op zee leveren sinds vorig jaar meer stroom dan alle kolencentrales samen. "
    "De bouw van nieuwe funderingen gaat door zodra de vergunning onherroepelijk is."
)


def document(
    identifier: str,
    *paragraphs: str,
    date: datetime.date = datetime.date(2031, 1, 1),
    notes: tuple[tuple[int, int, str], ...] = (),
    case_number: str | None = None,
) -> Document:
    """An answer; `notes` are (paragraph, position, text)."""
    text, placed = "", []
    for number, paragraph in enumerate(paragraphs):
        marks = tuple(NoteRef("note", str(n), at) for n, (place, at, _) in enumerate(notes) if place == number)
        placed.append(Passage(paragraph, len(text), len(text) + len(paragraph), notes=marks))
        text += paragraph + "\n\n"
    return Document(
        id=identifier,
        sha256=identifier,
        source=f"{identifier}.txt",
        kind=Kind.ANSWER,
        text=text,
        subject=f"onderwerp {identifier}",
        received=date,
        case_number=case_number,
        answers=(Answer((1,), tuple(placed)),),
        footnotes=tuple(Footnote("note", str(n), body, 0, 0) for n, (_, _, body) in enumerate(notes)),
    )


def fill(bank: Bank) -> Bank:
    """Two subjects, an older and a newer version of one paragraph, and some other text."""
    bank.add(document("haven-oud", HARBOUR.replace("drie dagen", "vijf dagen"), date=datetime.date(2029, 5, 1)))
    bank.add(document("haven-nieuw", HARBOUR, date=datetime.date(2030, 5, 1)))
    bank.add(document("molens", TURBINES, date=datetime.date(2030, 6, 1)))
    for number in range(12):
        bank.add(document(f"anders-{number}", f"Over onderwerp {number} heeft het kabinet nog geen besluit genomen."))
    return bank
