"""What is odd about questions and answers as they were read: signs that a line, a heading or a page is out of place.

Each doubt names the question or answer and quotes the words, so that who reads it finds the place.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from answers_bank.documents import Answer, Document, Footnote, Passage, Question, ReadWarning
from answers_bank.reading.metadata.signature import is_closing
from answers_bank.reading.structure.paragraphs import is_item

_CLOSED = re.compile(r"[.?!:;…%\d][\"'’”»)\]*]*$|[)\]»”]$|(?:https?:|www\.)\S+$|\.\w{2,4}$")
_LOWER = re.compile(r"[a-zà-ÿ]{2,}[ ,]")
_NUMBER_ALONE = re.compile(r"[\[(]?\d{1,3}[\])]?$")
_MARK_AT_END = re.compile(r"[a-zà-ÿ]{3}[.?!»”]{0,2}\d{1,2}$|[.?!»”]\s\d{1,2}$")
_ITEM = re.compile(r"(\d{1,2})[.)]\s")
_LEADS_ON = re.compile(
    r"\b(?:de|het|een|van|in|op|te|voor|met|aan|en|of|dat|die|door|bij|om|als|zijn|is|wordt|naar|uit)$|,$"
)
_ASKS = re.compile(r"\?[\"'’”»)\]]*$")
_MOST_ALONE = 2
_TAIL = 300
"""Characters at the end of a paragraph that are looked at; a web address may be long."""
_LONG = 60
"""Characters of a paragraph from which it is no heading of a few words."""


def doubts(document: Document) -> list[ReadWarning]:
    """The warnings that go with what is odd; none for a document whose parts are whole and in order."""
    found = [*_out_of_order(document.questions, document.answers)]
    for question in document.questions:
        found += _of_question(question)
    for answer in document.answers:
        found += _of_answer(answer)
    return found + _loose_notes(document)


def _out_of_order(questions: Sequence[Question], answers: Sequence[Answer]) -> Iterator[ReadWarning]:
    numbers = [question.numbers[0] for question in questions if question.numbers]
    # Questions that are answered together stand together, whatever their numbers ("Antwoord op vragen 5, 9 en 10").
    gathered = {n for a in answers if a.numbers[-1] - a.numbers[0] >= len(a.numbers) for n in a.numbers}
    for before, after in itertools.pairwise(numbers):
        if after < before and not {before, after} & gathered:
            message = f"Vraag {after} staat achter vraag {before}; kijk of de bladzijden in de goede volgorde staan."
            yield ReadWarning("order", message)
    asked = {number: question.start for question in questions for number in question.numbers}
    for answer in answers:
        start = answer.paragraphs[0].start
        late = [number for number in answer.numbers if asked.get(number, -1) > start]
        if late and all(number in asked for number in answer.numbers) and not gathered & set(answer.numbers):
            yield ReadWarning("order", f"Het antwoord op vraag {late[0]} staat vóór de vraag; kijk de volgorde na.")


def _of_question(question: Question) -> Iterator[ReadWarning]:
    name = f"Vraag {question.numbers[0]}" if question.numbers else "Een vraag"
    lines = question.text.split("\n")
    if _LOWER.match(lines[0]):
        yield _broken(f"{name} begint midden in een zin", lines[0])
    if len(question.text) >= 20 and not _CLOSED.search(lines[-1]) and not is_item(lines[-1]):
        yield _broken(f"{name} breekt af", lines[-1], at_end=True)
    following = question.numbers[-1] + 1 if question.numbers else 0
    inside = re.search(rf"\?\W{{0,3}}\d{{0,2}}\s+{following}[.)]\s+[A-ZÀ-Þ].*", question.text)
    if inside:
        yield ReadWarning(
            "joined-questions", f"In {name.lower()} begint nog een vraag: “{_start(inside[0][1:].strip())}”."
        )
    yield from _loose_numbers(name, lines)


def _of_answer(answer: Answer) -> Iterator[ReadWarning]:
    name = f"Antwoord {answer.numbers[0]}" if answer.numbers else "Een antwoord"
    above: Passage | None = None
    # Cells of a table that lost its shape stand alone too.
    cells = sum(bool(_NUMBER_ALONE.match(passage.text)) for passage in answer.paragraphs) > _MOST_ALONE
    for passage in answer.paragraphs:
        prose = passage.table is None and not is_item(passage.text)
        if prose and _LOWER.match(passage.text) and (above is None or _ends_prose(above)):
            yield _broken(f"{name} bevat een zin zonder begin", passage.text)
        lines = passage.text.split("\n")
        last = lines[-1][-_TAIL:]
        if len(passage.text) < _TAIL and is_closing(passage.text):
            message = f"In {name.lower()} staan slotwoorden: “{_start(passage.text)}”; kijk wat erachter hoort."
            yield ReadWarning("closing-inside", message)
        if out := _out_of_count(lines):
            message = f"De opsomming in {name.lower()} telt niet door bij “{_start(out)}”."
            yield ReadWarning("list-order", message)
        if (
            passage.table is None
            and not _CLOSED.search(last)
            and ((prose and len(last) >= _LONG) or _LEADS_ON.search(last))
        ):
            yield _broken(f"{name} breekt af", last, at_end=True)
        if prose and not cells:
            yield from _loose_numbers(name, lines)
        above = passage


def _out_of_count(lines: Sequence[str]) -> str | None:
    """The item of a numbered list whose number is lower than that of the item above it and is not 1 again."""
    before = 0
    for index, line in enumerate(lines):
        match = _ITEM.match(line)
        number = int(match[1]) if match else 0
        again = number == 1 and index and lines[index - 1].endswith(":")
        if number and before and number <= before and not again:
            return line
        before = number or before
    return None


def _ends_prose(passage: Passage) -> bool:
    return passage.table is None and not is_item(passage.text) and not passage.text.endswith((":", ";", ","))


def _loose_numbers(name: str, lines: Sequence[str]) -> Iterator[ReadWarning]:
    for line in lines:
        if _NUMBER_ALONE.match(line):
            yield ReadWarning(
                "loose-number", f"In {name.lower()} staat een los cijfer: “{line}”. Is het een nootcijfer?"
            )
        elif line[-1:].isdigit() and _MARK_AT_END.search(line[-_TAIL:]):
            yield ReadWarning("loose-number", f"In {name.lower()} staat een cijfer achter een woord: “{_end(line)}”.")


def _loose_notes(document: Document) -> list[ReadWarning]:
    used = {(ref.system, ref.mark) for place in document.places() for ref in place.notes}
    loose: list[Footnote] = [note for note in document.footnotes if (note.system, note.mark) not in used]
    if not loose or not document.questions:
        return []
    shown = _start(loose[0].text)
    message = f"Bij noot {loose[0].mark} (“{shown}”) is in vragen en antwoorden geen nootcijfer gevonden."
    return [ReadWarning("loose-note", message)]


def _broken(what: str, text: str, at_end: bool = False) -> ReadWarning:
    return ReadWarning("broken-off", f"{what}: “{_end(text) if at_end else _start(text)}”.")


def _start(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:48].rsplit(' ', 1)[0]} …"


def _end(text: str) -> str:
    return text if len(text) <= 50 else f"… {text[-48:].split(' ', 1)[-1]}"
