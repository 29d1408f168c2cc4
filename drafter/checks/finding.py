"""What a check says (signaal), and what it is given."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from embeddings.encoder import Encoder
    from embeddings.inference import Inference


_FIRST_WORDS = re.compile(r"“(?P<words>[^”]{3,}?)(?: …)?”")


class Severity(StrEnum):
    """How loudly a finding speaks."""

    WARNING = "warning"
    """Reused unchanged, this misinforms or cannot be understood: to be looked at before the text goes out."""

    INFO = "info"
    """Worth a look; counts nowhere, and is only shown where all is asked for."""


class Grade(StrEnum):
    """How sure a staleness finding is."""

    EXPIRED = "expired"
    """The moment or term has passed at the reference date."""

    UNCERTAIN = "uncertain"
    """May no longer hold; the text does not say until when."""

    ADAPT = "adapt"
    """Right in its own document, always to be rewritten on reuse ("jl.", "het antwoord op vraag 7")."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage elsewhere that a finding rests on."""

    document: str
    """Id of the document in the bank; empty for the text under check itself."""

    date: datetime.date | None
    quote: str
    title: str = ""
    """Of the document, where the bank knows it."""

    @property
    def named(self) -> str:
        """What a reader knows the document by; empty for the text under check itself."""
        return self.title or self.document

    @property
    def words(self) -> str:
        """The quotation between quotation marks, behind a colon; empty where it is the title, which `named` says."""
        return "" if " ".join(self.quote.split()) == " ".join(self.named.split()) else f": “{self.quote}”"

    @classmethod
    def here(cls, quote: str) -> Evidence:
        """Words elsewhere in the text under check."""
        return cls("", None, quote)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a text, with its place.

    `start` and `end` are code points into the text under check: the extracted text of a file, or the text of a
    block of a draft.
    """

    check: str
    """"staleness", "citations", "coverage" or "consistency"."""

    rule: str
    """Identifier within the check, such as "relative-date"; every rule has an entry in docs/signalen.md."""

    severity: Severity
    start: int
    end: int
    quote: str
    """text[start:end], white space folded."""

    message: str
    """In plain Dutch: what may be wrong, and why."""

    sentence: str = ""
    question: int | None = None
    """Number of the question whose answer it stands in (the lowest for a combined answer)."""

    stale_from: datetime.date | None = None
    """First day on which the expression no longer holds."""

    suggestion: str | None = None
    """What to put in place of text[start:end]; only where certain."""

    evidence: tuple[Evidence, ...] = ()
    grade: Grade | None = None

    @property
    def is_warning(self) -> bool:
        """Whether it counts: in totals, in what is shown unless all is asked for, and in Word."""
        return self.severity is Severity.WARNING

    @property
    def line(self) -> str:
        """The message with the words it is about, which most messages name themselves, or the part that matters."""
        named = _FIRST_WORDS.match(self.message)
        told = not self.quote or self.quote in self.message or (named is not None and named["words"] in self.quote)
        return self.message if told else f"“{self.quote}”: {self.message}"


def warnings_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that count."""
    return tuple(finding for finding in findings if finding.is_warning)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether one part of a question is answered, and by what: surely, perhaps (`doubtful`), or not at all."""

    question: int
    label: str | None
    text: str
    covered: bool
    """Whether it is surely answered."""

    block: str | None = None
    """Id of the block that answers it, or may."""

    sentence: str = ""
    """The sentence of it that does, or may."""

    doubtful: bool = False
    """Whether that is for the user to judge ("te beoordelen")."""


class Near(Protocol):
    """Tells by meaning which text takes up a question, see `drafter.checks.coverage.meaning`."""

    def takes_up(self, asked: str, texts: Sequence[str]) -> int | None:
        """Place in `texts` of the one that does; None where none does."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What checks may know besides the text."""

    as_of: datetime.date
    """Reference date (peildatum)."""

    bank: Bank | None = None

    off: frozenset[str] = frozenset()
    """Rules that are switched off, as "staleness/link"; "staleness" alone is the whole check."""

    registers: str | None = None
    """Folder with the user's own registers; None where there is none."""

    exclude: frozenset[str] = frozenset()
    """Ids of documents of the bank that are never pointed at: the text's own other forms."""

    near: Near | None = None
    """Meaning, where a model is loaded; None to go by words alone."""

    encoder: Encoder | None = None
    """Model by whose meaning sentences that may contradict are looked for as well; None is by words alone."""

    inference: Inference | None = None
    """Model that judges whether two sentences contradict; None where the user has none."""

    terms: tuple[tuple[str, str], ...] = ()
    """The user's fixed terms: what is not to be written, and what is written instead."""
