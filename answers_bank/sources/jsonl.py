"""Import of an existing register: JSONL, one question with its answer a line.

Keys: id, date, title, question (null for a text without a question), answer, minister, portfolio, askers, url, themes.
Only id and answer must be there. The id is the document's id. Files may be gzipped.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from answers_bank.documents import Answer, Asker, Document, Kind, OfficeHolder, Passage, Question, Section
from answers_bank.sources.broken_lines import joined_lines
from embeddings.errors import InputError, why

LONGEST_LINE = 20_000_000
"""Bytes; a longer line is no record."""

_LARGEST_NUMBER = 10**9
"""No number of a supplement comes near it."""

_LONG = 1200
"""Characters above which a paragraph without line breaks is looked through for numbered parts."""

_ENUMERATED = re.compile(r"(?:^|(?<=[.?!:;)\s]))(?=(\d{1,2})[.)]\s*[^\W\d_(])")
_KNOWN_KEYS = frozenset(
    "id date title question answer minister portfolio askers url themes case_number session_year aanhangsel dossier "
    "dossier_number submitted".split()
)


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A line that is no record."""

    line: int
    """1 is the first."""
    reason: str
    """In plain Dutch."""


def is_jsonl(path: Path) -> bool:
    """Whether a file is taken for JSONL, by its name."""
    return path.name.lower().endswith((".jsonl", ".jsonl.gz", ".ndjson"))


def count_lines(path: Path) -> int:
    """Lines in the file, for a progress bar.

    Raises:
        InputError: the file cannot be read.
    """
    with _opened(path) as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def records(path: Path) -> Iterator[Document | BadRecord]:
    """The documents of a register, one at a time.

    Raises:
        InputError: the file cannot be read.
    """
    with _opened(path) as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) >= LONGEST_LINE:
                yield BadRecord(number, "De regel is te lang voor een record.")
                while line and not line.endswith(b"\n"):
                    line = file.readline(LONGEST_LINE)
                continue
            if not line.strip():
                continue
            try:
                yield parse(line, f"{path.name}, regel {number}")
            except ValueError as error:
                yield BadRecord(number, str(error))


def parse(line: bytes, source: str) -> Document:
    """One record as a document.

    Args:
        line: UTF-8 JSON.
        source: where the record came from, for `Document.source`.

    Raises:
        ValueError: with the reason in Dutch.
    """
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError("De regel is geen UTF-8.") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError as well
        raise ValueError("De regel is geen geldige JSON.") from error
    if not isinstance(record, dict):
        raise ValueError("De regel is geen JSON-object.")
    identifier = _identifier(record.get("id"))
    title = _line(record.get("title"), "title")
    question = _text(record.get("question"), "question")
    answer = _text(record.get("answer"), "answer")
    if not answer:
        raise ValueError("Het antwoord (answer) ontbreekt.")
    builder = _Text()
    if title:
        builder.add(title)
    questions: tuple[Question, ...] = ()
    if question:
        asked = " ".join(_paragraphs(question))
        start, end = builder.add(asked)
        questions = (Question((1,), asked, start, end),)
    passages = tuple(Passage(part, *builder.add(part)) for part in _paragraphs(answer))
    holder = _holder(record)
    return Document(
        id=identifier,
        sha256=hashlib.sha256(line.strip()).hexdigest(),
        source=source,
        kind=Kind.ANSWER if questions else Kind.LETTER,
        text=builder.text,
        subject=title or None,
        submitted=_day(record.get("submitted"), "submitted"),
        received=_day(record.get("date"), "date"),
        case_number=_line(record.get("case_number"), "case_number") or None,
        aanhangsel=_whole_number(record.get("aanhangsel"), "aanhangsel"),
        session_year=_line(record.get("session_year"), "session_year") or None,
        dossier=_line(record.get("dossier"), "dossier") or None,
        dossier_number=_line(record.get("dossier_number"), "dossier_number") or None,
        askers=_askers(record.get("askers")),
        ministers=(holder,) if holder else (),
        url=_line(record.get("url"), "url") or None,
        questions=questions,
        answers=(Answer((1,), passages),) if questions else (),
        sections=() if questions else (Section("", passages),),
        properties=_properties(record),
    )


class _Text:
    """The extracted text of a record, put together part by part."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, part: str) -> tuple[int, int]:
        """Add a paragraph and return its span."""
        if self.text:
            self.text += "\n\n"
        start = len(self.text)
        self.text += part
        return start, len(self.text)


def _paragraphs(text: str) -> list[str]:
    found: list[str] = []
    for folded in joined_lines(text):
        found += _numbered_parts(folded) if len(folded) > _LONG else [folded]
    return found


def _numbered_parts(text: str) -> list[str]:
    """A long paragraph cut before "1.", "2.", … where an export has lost the line breaks."""
    cuts = [0]
    expected = 1
    for match in _ENUMERATED.finditer(text):
        if int(match[1]) == expected:
            expected += 1
            if match.start() > cuts[-1]:
                cuts.append(match.start())
    if expected <= 2:  # one number alone is no enumeration
        return [text]
    return [part for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True) if (part := text[a:b].strip())]


def _identifier(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise ValueError("De sleutel (id) ontbreekt.")
    identifier = value.strip()
    if len(identifier) > 200 or not all(c.isprintable() for c in identifier):
        raise ValueError("De sleutel (id) is te lang of bevat onzichtbare tekens.")
    return identifier


def _text(value: object, key: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"De waarde van {key} is geen tekst.")
    # Control characters have no place in a text; line ends and tabs do.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c.isprintable() or c in "\n\t\u00a0\u2028" or c.isspace()).strip()


def _line(value: object, key: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(_text(value, key).split())


def _whole_number(value: object, key: str) -> int | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int) and abs(value) < _LARGEST_NUMBER:
        return value
    if isinstance(value, str) and (digits := value.strip()).isascii() and digits.isdigit() and len(digits) < 10:
        return int(digits)
    raise ValueError(f"De waarde van {key} is geen getal.")


def _day(value: object, key: str) -> datetime.date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"De datum ({key}) {str(value)[:30]!r} is niet geschreven als JJJJ-MM-DD.") from error


def _askers(value: object) -> tuple[Asker, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError("De vragenstellers (askers) zijn geen lijst.")
    found = []
    for item in value:
        name, party = (item.get("name"), item.get("party")) if isinstance(item, dict) else (item, None)
        if shown := _line(name, "askers"):
            found.append(Asker(shown, _line(party, "askers") or None))
    return tuple(found)


def _holder(record: dict[str, Any]) -> OfficeHolder | None:
    name = _line(record.get("minister"), "minister") or None
    portfolio = _line(record.get("portfolio"), "portfolio") or None
    if name is None and portfolio is None:
        return None
    first = (portfolio or "").split(" ", 1)[0].lower()
    return OfficeHolder(name, portfolio, first if first in ("minister", "staatssecretaris") else None)


def _properties(record: dict[str, Any]) -> dict[str, str]:
    found = {}
    themes = record.get("themes")
    if isinstance(themes, list):
        themes = "; ".join(_line(theme, "themes") for theme in themes if isinstance(theme, str))
    if isinstance(themes, str) and themes:
        found["themes"] = themes
    for key, value in record.items():
        if key not in _KNOWN_KEYS and isinstance(value, str) and value.strip():
            found[str(key)[:100]] = _line(value, str(key))
    return found


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            gzipped = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if gzipped else file
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path.name} is beschadigd of niet af.", "Maak de export opnieuw.") from error
    except OSError as error:
        raise InputError(f"{path.name} kan niet worden gelezen ({why(error)}).") from error
