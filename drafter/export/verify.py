"""Proof of a draft: every quotation in its JSON looked up in the bank, down to the span.

A quotation is proved in three steps: the source's passage is in the bank; what the passage shows is what stands in the
extracted text at its span; and the draft's text is that passage, or whole sentences of it. For an edited passage the
first two steps prove its source; of its own text each sentence is told apart: those that are a sentence of that source,
and those that nothing proves.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answers_bank.documents import Document, Passage, Question
from answers_bank.dutch.sentences import sentence_spans
from drafter.dossier.value import Block, BlockState, Origin
from embeddings.errors import InputError, why

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

_REASONS = {
    "document_missing": "Document {document} staat niet in de bank.",
    "passage_missing": "Alinea {passage} staat niet in de bank.",
    "span_outside": "Plaats {start}-{end} ligt niet binnen alinea {passage}.",
    "span_differs": "Op plaats {start}-{end} van {document} staat een andere tekst dan in alinea {passage}.",
    "source_differs": "De brontekst in het bestand is niet de tekst van alinea {passage}.",
    "text_differs": "De tekst is niet letterlijk die van alinea {passage}.",
}


@dataclass(frozen=True, slots=True)
class Unproved:
    """A quotation that could not be proved."""

    numbers: tuple[int, ...]
    """Questions whose answer it stands in."""

    block: str
    """Id of the block, or its place in the answer, from 1."""

    document: str
    passage: str
    reason: str
    """A key of `_REASONS`, such as "span_differs"."""

    message: str


@dataclass(frozen=True, slots=True)
class EditedBlock:
    """A paragraph whose source was proved but whose words were edited."""

    numbers: tuple[int, ...]
    block: str
    document: str
    passage: str
    proved: tuple[str, ...]
    """Its sentences that are, word for word, a sentence of the source."""

    unproved: tuple[str, ...]
    """Its other sentences: changed or added."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved and what was not."""

    verified: int
    """Paragraphs whose source was proved; of those in `edited` not every word."""

    failed: tuple[Unproved, ...]
    changed: tuple[str, ...]
    """Documents in the bank whose file is another than when the draft was made."""

    own: int = 0
    """Paragraphs without a source: nothing to prove."""

    edited: tuple[EditedBlock, ...] = ()
    """Those of the verified whose text is not the source's."""


def verify_file(path: Path, bank: Bank) -> Verification:
    """Proves the quotations of a draft saved as JSON.

    Raises:
        InputError: the file is no draft in JSON.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"Kan {path} niet lezen: {why(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path} is geen JSON.", "Geef het concept als JSON, gemaakt met: kamerantwoord draft … -o concept.json"
        ) from error
    return verify_draft(data, bank, str(path))


def verify_draft(data: Any, bank: Bank, name: str = "het concept") -> Verification:
    """Proves the quotations of `data`, a draft in the form of schema/draft-1.json.

    Raises:
        InputError: `data` does not have that form; `name` is how the message calls it.
    """
    verified = own = 0
    failed: list[Unproved] = []
    edited: list[EditedBlock] = []
    changed: dict[str, None] = {}
    sources = _Sources(bank)
    for quotation in _quotations(data, name):
        if not quotation.origins:
            own += 1
            continue
        problem = quotation.problem(sources)
        if problem is None:
            verified += 1
        else:
            failed.append(problem)
        if problem is None and quotation.edited:
            edited.append(quotation.by_sentence(sources))
        for origin in quotation.origins:
            document = sources.document(origin.document)
            if document is not None and origin.sha256 and document.sha256 != origin.sha256:
                changed[origin.document] = None
    return Verification(verified, tuple(failed), tuple(changed), own, tuple(edited))


class _Sources:
    """Documents of the bank, each read once."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._documents: dict[str, Document | None] = {}

    def document(self, identifier: str) -> Document | None:
        if identifier not in self._documents:
            try:
                self._documents[identifier] = self._bank.document(identifier)
            except KeyError:
                self._documents[identifier] = None
        return self._documents[identifier]

    def passage_span(self, identifier: str) -> tuple[str, int, int] | None:
        try:
            passage = self._bank.passage(identifier)
        except KeyError:
            return None
        return passage.document, passage.start, passage.end


@dataclass(frozen=True, slots=True)
class _Quotation:
    numbers: tuple[int, ...]
    block: str
    text: str
    origins: tuple[Origin, ...]
    edited: bool

    def problem(self, sources: _Sources) -> Unproved | None:
        taken: list[str] = []
        for origin in self.origins:
            shown = _shown(origin, sources)
            if shown in _REASONS:
                return self._failure(origin, shown)
            # A paragraph that was cut in two keeps its own part of the source.
            if _folded(origin.text) not in _folded(shown):
                return self._failure(origin, "source_differs")
            taken.append(origin.text or shown)
        if self.edited:
            return None
        first = self.origins[0]
        whole = Origin(first.document, first.passage, first.start, first.end, None, " ".join(map(_folded, taken)))
        same = Block("", _folded(self.text), whole).state is BlockState.VERBATIM
        return None if same else self._failure(first, "text_differs")

    def by_sentence(self, sources: _Sources) -> EditedBlock:
        """An edited paragraph with its sentences told apart."""
        shown = [_shown(origin, sources) for origin in self.origins]
        held = {_folded(text[start:end]) for text in shown for start, end in sentence_spans(text)}
        mine = [_folded(self.text[start:end]) for start, end in sentence_spans(self.text)]
        first = self.origins[0]
        return EditedBlock(
            self.numbers,
            self.block,
            first.document,
            first.passage,
            tuple(sentence for sentence in mine if sentence in held),
            tuple(sentence for sentence in mine if sentence not in held),
        )

    def _failure(self, origin: Origin, reason: str) -> Unproved:
        message = _REASONS[reason].format(
            document=origin.document, passage=origin.passage, start=origin.start, end=origin.end
        )
        return Unproved(self.numbers, self.block, origin.document, origin.passage, reason, message)


def _shown(origin: Origin, sources: _Sources) -> str:
    """What the bank shows at the span of `origin`, or the reason why it cannot be shown."""
    document = sources.document(origin.document)
    if document is None:
        return "document_missing"
    span = sources.passage_span(origin.passage)
    if span is None or span[0] != origin.document:
        return "passage_missing"
    _, start, end = span
    if not start <= origin.start < origin.end <= end:
        return "span_outside"
    passage = document.place(start, end)
    if passage is None or not _stands_there(passage, document.text):
        return "span_differs"
    if (origin.start, origin.end) == (start, end):
        return passage.text
    view = passage.text_map
    return passage.text[view.to_view(origin.start) : view.to_view(origin.end - 1) + 1]


def _stands_there(passage: Passage | Question, text: str) -> bool:
    """Whether the reading view stands in the extracted text, but for the differences that `TextMap` declares."""
    at, begin = 0, passage.start
    for view, source, length in (*passage.text_map.runs, (len(passage.text), passage.end, 0)):
        if _solid(passage.text[at:view]) not in _solid(text[begin:source]):
            return False
        if passage.text[view : view + length] != text[source : source + length]:
            return False
        at, begin = view + length, source + length
    return True


def _solid(text: str) -> str:
    """What is left of a gap between runs: ligatures made plain, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _quotations(data: Any, name: str) -> Iterator[_Quotation]:
    try:
        for question in data["questions"]:
            for place, block in enumerate(question["blocks"], 1):
                held = [block["origin"], *block.get("also", ())] if block["origin"] else []
                yield _Quotation(
                    numbers=tuple(int(number) for number in question["numbers"]),
                    block=str(block.get("id") or place),
                    text=str(block["text"]),
                    origins=tuple(_origin(item) for item in held),
                    edited=block.get("state") == BlockState.EDITED.value,
                )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"{name} heeft niet de vorm van een concept.",
            "Geef het concept als JSON, gemaakt met: kamerantwoord draft … -o concept.json",
        ) from error


def _origin(data: dict[str, Any]) -> Origin:
    return Origin(
        document=str(data["document"]),
        passage=str(data["passage"]),
        start=int(data["start"]),
        end=int(data["end"]),
        date=None,
        text=str(data.get("text") or ""),
        sha256=str(data.get("sha256") or ""),
    )
