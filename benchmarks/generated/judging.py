"""What of a document was read wrongly."""

from __future__ import annotations

import unicodedata
from collections import Counter

from answers_bank.documents import Document
from answers_bank.reading.notes.places import note_places
from benchmarks.generated.model import Drawn


def letters(text: str) -> str:
    """Letters and digits alone, lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isalnum() or c in "≥")


def faults(drawn: Drawn, document: Document, is_text: bool) -> dict[str, str]:
    """Each kind of fault with what came out; empty where all is right."""
    truth = drawn.truth
    found: dict[str, str] = {}
    if document.kind.value != truth.kind:
        found["kind"] = document.kind.value
    asked = [(question.numbers, letters(question.text)) for question in document.questions]
    right = [(numbers, letters(text)) for numbers, text in truth.questions]
    if asked != right:
        found["questions"] = _difference(asked, right)
    given = [(answer.numbers, letters(answer.text)) for answer in document.answers]
    meant = [(numbers, letters(text)) for numbers, text in truth.answers]
    if is_text and truth.tables:  # a program that takes out text goes through a table as it likes
        given, meant = _bags(given), _bags(meant)
    if given != meant:
        found["answers"] = _difference(given, meant)
    bound = note_places(document)
    noted = Counter(
        (letters(note.text), place["part"], number)
        for note in document.footnotes
        for place in bound.get((note.system, note.mark), [])
        for number in place["numbers"][:1]
    )
    wanted = Counter((letters(text), part, number) for text, part, number in truth.notes)
    if noted != wanted:
        found["notes"] = f"extra {list(noted - wanted)[:3]} lost {list(wanted - noted)[:3]}"
    if not is_text and (tables := _tables(document)) != truth.tables:
        found["tables"] = str(tables)
    found |= _metadata(drawn, document)
    everything = letters(
        " ".join(
            [
                *(question.text for question in document.questions),
                *(answer.text for answer in document.answers),
                *(passage.text for section in document.sections for passage in section.paragraphs),
            ]
        )
    )
    seen = [text for text in truth.absent if letters(text) in everything]
    if seen:
        found["surroundings"] = f"read: {seen}"
    return found


def _bags(parts: list[tuple[tuple[int, ...], str]]) -> list[tuple[tuple[int, ...], str]]:
    return [(numbers, "".join(sorted(text))) for numbers, text in parts]


def _difference(got: list[tuple[tuple[int, ...], str]], right: list[tuple[tuple[int, ...], str]]) -> str:
    for mine, theirs in zip(got, right, strict=False):
        if mine != theirs:
            a, b = mine[1], theirs[1]
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            return f"{mine[0]}/{theirs[0]} …{a[max(at - 20, 0) : at + 40]}… for …{b[max(at - 20, 0) : at + 40]}…"
    return f"{[n for n, _ in got]} for {[n for n, _ in right]}"


def _tables(document: Document) -> list[list[list[str]]]:
    tables = [passage.table for answer in document.answers for passage in answer.paragraphs if passage.table]
    found = []
    for table in tables:
        width = max(sum(cell.columns for cell in row) for row in table.rows)
        height = len(table.rows)
        places: list[list[str | None]] = [[None] * width for _ in range(height)]
        for y, row in enumerate(table.rows):
            for cell in row:
                free = next((x for x, place in enumerate(places[y]) if place is None), None)
                if free is None:
                    return [[["no grid"]]]
                for dy in range(min(cell.rows, height - y)):
                    for dx in range(min(cell.columns, width - free)):
                        places[y + dy][free + dx] = cell.text if dx == dy == 0 else ""
        found.append([[place or "" for place in row] for row in places])
    return found


def _metadata(drawn: Drawn, document: Document) -> dict[str, str]:
    truth = drawn.truth
    found: dict[str, str] = {}
    for name in ("submitted", "received"):
        got = getattr(document, name)
        if (got.isoformat() if got else None) != getattr(truth, name):
            found[name] = str(got)
    holders = [(one.office, letters(one.portfolio or "")) for one in document.ministers]
    wanted = [] if truth.minister is None else [(truth.minister[0], letters(truth.minister[1]))]
    if truth.minister and holders[:1] != wanted:
        found["minister"] = str(holders)
    also = sorted((one.office or "", letters(one.portfolio or "")) for one in document.on_behalf_of)
    if also != sorted((office, letters(portfolio)) for office, portfolio in truth.signers):
        found["signers"] = str(also)
    return found
