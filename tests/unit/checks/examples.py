"""The documents that the examples of the rules stand for."""

from answers_bank.documents import Answer, Document, Footnote, Kind, NoteRef, OfficeHolder, Passage, Question, Section
from drafter.checks.rules import Example


def document_of(example: Example, identifier: str = "stuk") -> Document:
    """A letter, an answer or a deferral with what the example says of it."""
    text = ""

    def written(words: str, before: str = "") -> tuple[int, int]:
        nonlocal text
        text += before
        start = len(text)
        text += f"{words}\n\n"
        return start, start + len(words)

    notes = (NoteRef("note", "1", len(example.text)),) if example.note else ()
    questions, answers, sections = [], [], []
    asked = [(example.asked, example.text), *example.also] if example.asked else []
    for number, (question, answer) in enumerate(asked, 1):
        questions.append(Question((number,), question, *written(question, f"Vraag {number}\n")))
        if answer and not example.defers:
            numbers = (1, 2) if example.together and number == 1 else (number,)
            passage = Passage(answer, *written(answer, f"Antwoord {number}\n"), notes=notes if number == 1 else ())
            answers.append(Answer(numbers, (passage,)))
    if not answers:
        sections.append(Section("", (Passage(example.text, *written(example.text), notes=notes),)))
    footnotes = (Footnote("note", "1", example.note, *written(example.note)),) if example.note else ()
    if example.signed:
        written(f"De Minister van {example.portfolio},\n{example.signed}")
    dossier, _, number = example.dossier.partition("-")
    day = example.date or example.as_of
    year = day.year - (day.month < 9)
    return Document(
        id=identifier, sha256=identifier, source=f"{identifier}.txt", text=text, received=example.date,
        kind=Kind.DEFERRAL if example.defers else Kind.ANSWER if answers else Kind.LETTER,
        submitted=example.submitted, subject=example.subject or None, session_year=f"{year}-{year + 1}",
        dossier=dossier or None, dossier_number=number or None,
        ministers=(OfficeHolder(example.signed, example.portfolio, "minister"),) if example.signed else (),
        questions=tuple(questions), answers=tuple(answers), sections=tuple(sections), footnotes=footnotes,
    )  # fmt: skip
