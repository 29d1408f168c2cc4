"""Many sets of questions at once: a JSON object a line in, a draft of each out, for scripts and measurements."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answers_bank.documents import Document, Kind, OfficeHolder, Question
from answers_bank.reading.structure.sub_questions import sub_questions
from embeddings.errors import Cancelled, InputError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from drafter.dossier.value import Dossier
    from drafter.tasks.workspace import Workspace

HINT = (
    "Elke regel is een JSON-object met id en questions (een lijst teksten), en zo nodig as_of (JJJJ-MM-DD), portfolio, "
    "title en exclude (een lijst stukken die niet mogen worden gebruikt)."
)


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """One set of questions to be drafted."""

    id: str
    questions: Document
    as_of: datetime.date
    exclude: frozenset[str] = frozenset()
    """Ids of documents that may not be used."""


@dataclass(frozen=True, slots=True)
class BadRequest:
    """A line that asks for no draft."""

    id: str
    """Its id, else the number of the line."""

    reason: str
    """In plain Dutch."""


def read_requests(path: Path, as_of: datetime.date) -> list[DraftRequest | BadRequest]:
    """What each line of a file asks for, in order.

    Args:
        path: JSON, one object a line.
        as_of: reference date of a line that has none of its own.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        # Only a line feed ends a line: JSON may hold other marks that end lines, such as U+2028, as they are.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} kan niet worden gelezen.", "Geef een tekstbestand in UTF-8.") from error
    return [_request(line, number, as_of) for number, line in enumerate(lines, 1) if line.strip()]


def draft_batch(
    workspace: Workspace, requests: Sequence[DraftRequest], progress: Progress = SILENT
) -> Iterator[Dossier]:
    """A draft of each request, in order; none is kept as a dossier.

    Raises:
        BankError: there is no bank.
        Cancelled: `progress` asked to stop.
    """
    from drafter.assembly.assemble import assemble
    from drafter.checks import check_rule_names

    workspace.bank()
    signals = workspace.settings.signalen
    off = check_rule_names(signals.uit)
    searcher = workspace.searcher_for_drafts()
    progress.start("Concepten opstellen", len(requests))
    for request in requests:
        if progress.cancelled():
            raise Cancelled
        yield assemble(
            request.questions, searcher, request.as_of, off=off, exclude=request.exclude, registers=signals.registers
        )
        progress.advance()


def _request(line: str, number: int, as_of: datetime.date) -> DraftRequest | BadRequest:
    name = str(number)
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            return BadRequest(name, f"Regel {number} is geen JSON-object.")
        name = str(row.get("id", number))
        day = row.get("as_of")
        return DraftRequest(
            name,
            _questions(name, row),
            datetime.date.fromisoformat(day) if day else as_of,
            frozenset(_texts(row, "exclude")),
        )
    except (ValueError, TypeError, RecursionError) as error:
        reason = (
            str(error)
            if isinstance(error, _BadValueError)
            else "de regel is geen geldige JSON of heeft geen geldige datum"
        )
        return BadRequest(name, f"Regel {number}: {reason}.")


class _BadValueError(ValueError):
    """A key has no such value."""


def _texts(row: dict[str, Any], key: str) -> list[str]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _BadValueError(f"{key} is geen lijst van teksten")
    return values


def _questions(name: str, row: dict[str, Any]) -> Document:
    """The set as a document, as if it had come in like that."""
    title, portfolio = row.get("title") or "", row.get("portfolio")
    if not isinstance(title, str) or not isinstance(portfolio, str | None):
        raise _BadValueError("title of portfolio is geen tekst")
    texts = [" ".join(text.split()) for text in _texts(row, "questions") if text.strip()]
    if not texts:
        raise _BadValueError("er zijn geen vragen (questions)")
    questions = []
    whole = title
    for number, text in enumerate(texts, 1):
        start = len(whole) + 2 if whole else 0
        whole = f"{whole}\n\n{text}" if whole else text
        questions.append(Question((number,), text, start, len(whole), sub_questions=sub_questions(text)))
    return Document(
        id=name,
        sha256=hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest(),
        source=name,
        kind=Kind.QUESTIONS,
        text=whole,
        subject=title or None,
        addressees=(OfficeHolder(None, portfolio, None),) if portfolio else (),
        questions=tuple(questions),
    )
