"""The use case behind `check`: a file to findings."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from answers_bank.documents import Document, Kind
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks import CHECK_NAMES, check_document, check_rule_names
from drafter.checks.finding import Context, Finding
from drafter.checks.term_list import load_terms
from drafter.export.wording import NO_SOURCE_HINT
from drafter.headings import NO_SOURCE

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from drafter.dossier.value import Dossier
    from drafter.settings.values import Settings
    from embeddings.encoder import Encoder
    from embeddings.inference import Inference


def check_file(
    path: Path,
    as_of: datetime.date,
    *,
    date: datetime.date | None = None,
    bank: Bank | None = None,
    only: Iterable[str] | None = None,
    settings: Settings | None = None,
    off: Iterable[str] = (),
    encoder: Encoder | None = None,
    inference: Inference | None = None,
) -> CheckedFile:
    """Findings on a file.

    A draft that this program wrote to Word is checked as the draft that it is: what stands in it of sources, signals
    and empty places is no text of the minister, and every paragraph is of the day of its source. So the findings are
    those that the screens show.

    Args:
        path: the file.
        as_of: the reference date.
        date: the document's date; wins over what the text says.
        bank: earlier answers, for what can only be known from other documents.
        only: names of checks; None is all.
        settings: the user's settings, for the rules that are switched off there.
        off: more rules to switch off.
        encoder: model by whose meaning contradictions are looked for as well; needs a bank.
        inference: the user's own model that weighs contradictions.

    Raises:
        InputError: the file cannot be read.
        UsageError: a rule that is to be switched off does not exist.
    """
    from answers_bank.apart.readers import read_file

    silent = check_rule_names((*(settings.signalen.uit if settings else ()), *off))
    registers = settings.signalen.registers if settings else None
    terms = load_terms(settings.signalen.termen if settings else None)
    context = Context(as_of, bank, silent, registers, encoder=encoder, inference=inference, terms=terms)
    document = read_file(path)
    dossier = _draft_in(path)
    if dossier is not None:
        names = set(CHECK_NAMES if only is None else only)
        found = [one for one in _of_draft(dossier, document, context) if one.check in names]
        return CheckedFile(tuple(sorted(found, key=lambda one: (one.start, one.end))), document.text)
    if date is not None:
        document = dataclasses.replace(document, received=date)
    ours = [match.span() for match in _OURS.finditer(document.text)]
    found_there = tuple(one for one in check_document(document, context, only) if not _within(one, ours))
    return CheckedFile(found_there, document.text, _undated(document))


@dataclasses.dataclass(frozen=True, slots=True)
class CheckedFile:
    """What `check` has to say of a file."""

    findings: tuple[Finding, ...]
    text: str
    """The extracted text that spans point into."""

    undated: str = ""
    """What to do where the day of the text is not known, in a sentence or two; empty where it is."""


_OURS = re.compile(
    rf"^[^\n]*\bBron \((?:letterlijk overgenomen|bewerkt)\):[^\n]*$|^[^\n]*{re.escape(NO_SOURCE)}[^\n]*$"
    rf"|{re.escape(NO_SOURCE_HINT)}",
    re.MULTILINE,
)
"""What the program itself puts in a draft, where the draft no longer travels in the file: sources and empty places."""


def _within(one: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


def _undated(document: Document) -> str:
    if document.received is not None or document.kind is Kind.QUESTIONS:
        return ""
    counted = "Wat verouderd is, hangt daarvan af."
    if document.submitted is not None:
        counted = f"Er is gerekend vanaf de dag waarop de vragen zijn ingezonden, {dutch_date(document.submitted)}."
    return f"De datum van dit stuk is niet gevonden. {counted} Noem de datum met --date, zoals --date 2025-03-31."


def _draft_in(path: Path) -> Dossier | None:
    """The draft in a Word file of this program, with the words that stand there now; None in any other file."""
    import zipfile

    if not zipfile.is_zipfile(path):
        return None
    from drafter.export.word.edits import read_edits
    from embeddings.errors import InputError

    try:
        return read_edits(path, lambda _: None).dossier
    except InputError:  # no dossier in it, or not one that can be read: a text like any other
        return None


def _of_draft(dossier: Dossier, document: Document, context: Context) -> Iterator[Finding]:
    """The open findings on a draft, where its words stand in the text of its file."""
    from drafter.assembly.assemble import own_documents
    from drafter.dossier.findings.remarks import checked

    if context.bank is not None:
        context = dataclasses.replace(context, exclude=own_documents(dossier.questions, context.bank))
    text = _Letters(document.text)
    behind = 0
    for answer in checked(dossier, context).answers:
        number = answer.numbers[0]
        for block in answer.blocks:
            where = text.find(block.text, behind)
            behind = where.end if where else behind
            for finding in block.open_findings:
                start, end = where.place(finding.start, finding.end) if where else text.place(finding.quote, behind)
                yield dataclasses.replace(finding, start=start, end=end)
        question = document.question(number)
        for finding in answer.open_findings:
            start, end = (question.start, question.end) if question else (0, 0)
            yield dataclasses.replace(finding, start=start, end=end, question=finding.question or number)


class _Letters:
    """A text by its letters and digits alone, in which words are found however they are set."""

    def __init__(self, text: str) -> None:
        self.at = [place for place, character in enumerate(text) if character.isalnum()]
        self.letters = "".join(text[place] for place in self.at)

    def find(self, text: str, begin: int) -> _Found | None:
        """Where `text` stands, from the letter `begin` on."""
        there = _Letters(text)
        start = self.letters.find(there.letters, begin)
        if start < 0 or not there.letters:
            return None
        return _Found(self, there, start)

    def place(self, quote: str, begin: int) -> tuple[int, int]:
        """The span of words that stand near the letter `begin`; an empty one there where they do not."""
        found = self.find(quote, max(0, begin - len(quote)))
        if found is not None:
            return found.place(0, len(quote))
        here = self.at[min(begin, len(self.at) - 1)] if self.at else 0
        return here, here


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    """A text found in another."""

    whole: _Letters
    part: _Letters
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.part.letters)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span in the whole text of a span of the part."""
        inside = [n for n, place in enumerate(self.part.at) if start <= place < end]
        if not inside:
            here = self.whole.at[self.start]
            return here, here
        return self.whole.at[self.start + inside[0]], self.whole.at[self.start + inside[-1]] + 1
