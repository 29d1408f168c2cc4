"""Invented answers and letters for the tests of the checks."""

import datetime

from answers_bank.documents import Answer, Document, Footnote, Kind, NoteRef, OfficeHolder, Passage, Question, Section

WRITTEN = datetime.date(2025, 3, 10)
LATER = datetime.date(2026, 6, 1)


def answered(
    *pairs: tuple[str, str],
    date: datetime.date = WRITTEN,
    submitted: datetime.date | None = None,
    combined: dict[int, tuple[int, ...]] | None = None,
    identifier: str = "ah-tk-20242025-1",
) -> Document:
    """A set of answers; `combined` says which numbers the answer at a position takes together."""
    text, questions, answers = "", [], []
    for number, (asked, said) in enumerate(pairs, 1):
        text += f"Vraag {number}\n"
        questions.append(Question((number,), asked, len(text), len(text) + len(asked)))
        text += f"{asked}\n\n"
        numbers = (combined or {}).get(number, (number,))
        if said:
            text += f"Antwoord {number}\n"
            answers.append(Answer(numbers, (Passage(said, len(text), len(text) + len(said)),)))
            text += f"{said}\n\n"
    return Document(
        id=identifier, sha256="0", source="test.txt", kind=Kind.ANSWER, text=text, received=date, submitted=submitted,
        questions=tuple(questions), answers=tuple(answers),
    )  # fmt: skip


def letter(
    body: str,
    *,
    identifier: str = "brief-1",
    date: datetime.date = WRITTEN,
    notes: tuple[tuple[str, str], ...] = (),
    signer: str | None = None,
    portfolio: str | None = "Wind en Water",
    dossier: tuple[str, str] | None = None,
    subject: str | None = None,
) -> Document:
    """A letter of one paragraph; a note mark stands in `body` as "^1"."""
    refs, plain = [], body
    for mark, _ in notes:
        position = plain.index(f"^{mark}")
        refs.append(NoteRef("note", mark, position))
        plain = plain.replace(f"^{mark}", "", 1)
    text, footnotes = f"{plain}\n\n", []
    for mark, words in notes:
        footnotes.append(Footnote("note", mark, words, len(text), len(text) + len(words)))
        text += f"{words}\n\n"
    if signer:
        text += f"De Minister van {portfolio},\n{signer}\n"
    return Document(
        id=identifier, sha256=identifier, source=f"{identifier}.txt", kind=Kind.LETTER, text=text, received=date,
        subject=subject, session_year="2024-2025" if date < datetime.date(2025, 9, 16) else "2025-2026",
        dossier=dossier[0] if dossier else None, dossier_number=dossier[1] if dossier else None,
        ministers=(OfficeHolder(signer, portfolio, "minister"),) if signer else (),
        sections=(Section("", (Passage(plain, 0, len(plain), notes=tuple(refs)),)),), footnotes=tuple(footnotes),
    )  # fmt: skip
