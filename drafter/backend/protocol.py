"""The desk: every use case of the screens, as plain calls that take and give values.

All calls but those on a dossier session may be slow and are made from worker threads; they are safe there. The screens
hold no logic of their own, and tests put another desk in this one's place.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from answers_bank.documents import Document, Kind
from answers_bank.store.stored import Filters
from drafter.dossier.store import DossierStore
from drafter.dossier.value import BlockNote, Dossier, DraftAnswer, Origin
from drafter.search.values import SearchResult
from embeddings.progress import Progress

if TYPE_CHECKING:
    from drafter.bank_views.stale_bank import StaleBank
    from drafter.export.verify import Verification
    from drafter.export.word.edits import Imported
    from drafter.reuse.values import Review
    from drafter.settings.values import Settings
    from drafter.tasks.open_questions import OpenSet


class ModelState(StrEnum):
    """Whether searching by meaning is possible yet."""

    ABSENT = "absent"
    """Not asked for yet."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BankLine:
    """The bank in one line."""

    documents: int = 0
    passages: int = 0
    first: datetime.date | None = None
    last: datetime.date | None = None
    """Dates of the oldest and newest document."""

    filled: datetime.datetime | None = None
    """When it changed last, where known."""

    problem: str = ""
    """Why it cannot be used; empty when it can."""

    has_sample: bool = False
    """Whether the sample that comes with the program is in it."""


@dataclass(frozen=True, slots=True)
class BankEntry:
    """A document in the list of the bank."""

    id: str
    title: str
    kind: Kind
    date: datetime.date | None
    who: str
    """Who answered or wrote, else who asked."""

    portfolio: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """A passage as it can be put in a draft."""

    id: str
    """Of the passage in the bank."""

    text: str
    origin: Origin
    notes: tuple[BlockNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of a document on screen."""

    heading: str
    """Shown above it; empty when it stands under the heading before."""

    text: str
    question: bool = False
    start: int = 0
    end: int = 0
    """Span in the extracted text."""

    passage: str = ""
    """Id of the passage in the bank; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it is read on screen."""

    title: str
    line: str
    """Kind, date, who answered."""

    parts: tuple[Part, ...]
    url: str = ""
    date: datetime.date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a standard passage."""

    passage: str
    """Where it stands last, as `Desk.material` takes it."""

    text: str
    first: datetime.date | None
    last: datetime.date | None
    times: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard passage with its wordings, newest first."""

    id: str
    name: str
    times: int
    """In how many documents it stands."""

    variants: tuple[Variant, ...]

    passages: frozenset[str] = frozenset()
    """Ids of all passages that hold a wording of it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction."""

    document: str
    label: str
    """What it is and of which day."""

    quote: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences that do not go together, to be judged by the user."""

    kind: str
    message: str
    new: Side
    old: Side
    block: str = ""
    """Id of the block that the new side stands in; empty outside a dossier."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who answered for a portfolio, from when to when."""

    name: str
    portfolio: str
    office: str
    first: datetime.date
    last: datetime.date
    times: int
    document: str
    """Id of the newest document."""


@dataclass(frozen=True, slots=True)
class FillReport:
    """What came of adding files to the bank."""

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    """File and reason."""

    stopped: bool = False


class Desk(Protocol):
    """What the screens can ask for. Slow calls raise `KamerantwoordError` with what went wrong and what next."""

    as_of: datetime.date
    """Reference date (peildatum)."""

    settings: Settings
    store: DossierStore
    bank_folder: Path

    @property
    def model(self) -> ModelState:
        """Whether the model is there."""
        ...

    @property
    def model_name(self) -> str:
        """The model in use, or its settings' name."""
        ...

    @property
    def has_bank(self) -> bool:
        """Whether there is a bank at all; quick."""
        ...

    def load_model(self) -> None:
        """Load the model; takes seconds, once."""
        ...

    def bank_line(self) -> BankLine:
        """The bank in one line; empty when there is none yet."""
        ...

    def entries(self, words: str = "", filters: Filters | None = None) -> tuple[BankEntry, ...]:
        """The documents, newest first, whose title or people hold all `words`."""
        ...

    def reading(self, document: str) -> Reading:
        """A document of the bank, to be read."""
        ...

    def material(self, passages: tuple[str, ...]) -> tuple[Material, ...]:
        """Passages of the bank, ready to be put in a draft.

        A part of one is asked for as ``<passage id>@<first>-<last>``, characters of its reading view.
        """
        ...

    def fill(self, paths: tuple[Path, ...], progress: Progress) -> FillReport:
        """Add files and folders to the bank."""
        ...

    def read_questions(self, path: Path) -> Document:
        """A set of questions from a file."""
        ...

    def questions_from_text(self, text: str) -> Document:
        """A set of questions from pasted text."""
        ...

    def read_document(self, path: Path) -> Document:
        """Any document from a file."""
        ...

    def start(self, questions: Document) -> Dossier:
        """A dossier with empty answers."""
        ...

    def draft(self, questions: Document, progress: Progress) -> Dossier:
        """A dossier with drafted answers."""
        ...

    def document(self, identifier: str) -> Document:
        """A document of the bank."""
        ...

    def remove(self, document: str) -> None:
        """Take a document out of the bank; its file stays where it is."""
        ...

    def questions_of(self, document: str) -> Document:
        """The questions of a document in the bank."""
        ...

    def signed(self) -> tuple[Signed, ...]:
        """Who answered for which portfolio when, the latest first."""
        ...

    def sample_folder(self) -> Path | None:
        """The bank of the sample that comes with the program, if it does."""
        ...

    def sample_questions(self) -> Path | None:
        """The new questions of the sample, if it comes with the program."""
        ...

    def open_sets(self) -> tuple[OpenSet, ...]:
        """Question sets in the bank that wait for an answer, the most urgent first."""
        ...

    def set_setting(self, key: str, value: str | tuple[str, ...] | None) -> None:
        """Keep a setting ("naam", "signalen.uit") in the settings file, and use it from now on.

        None is the default. What `drafter.settings.usable` names holds from the next start on.
        """
        ...

    def search(
        self,
        text: str,
        portfolio: str | None,
        meaning: bool,
        filters: Filters,
        questions: Document | None = None,
    ) -> tuple[SearchResult, ...]:
        """Earlier answers; without `meaning` by words alone, which needs no model.

        An answer to the set `questions` itself is no earlier answer and is left out.
        """
        ...

    def standards(self) -> tuple[Standard, ...]:
        """The standard passages of the bank, most used first."""
        ...

    def check_answer(self, answer: DraftAnswer, dossier: Dossier, only: str | None = None) -> DraftAnswer:
        """The answer with what is covered and the findings on its present text, or of `only` one block anew."""
        ...

    def check_dossier(self, dossier: Dossier, progress: Progress) -> Dossier:
        """The dossier with all findings and what is covered."""
        ...

    def review(self, dossier: Dossier, progress: Progress) -> Review:
        """How each sentence of a dossier stands to the bank, by words."""
        ...

    def review_file(self, path: Path, progress: Progress) -> Review:
        """The same of any file with an answer or letter, with what the checks say of what was taken over."""
        ...

    def compare(self, new: Document, old: Document) -> tuple[Contradiction, ...]:
        """Contradictions between two documents."""
        ...

    def consistency(self, dossier: Dossier, progress: Progress) -> tuple[Contradiction, ...]:
        """Contradictions of a draft with the bank and within itself."""
        ...

    def stale_in_bank(self, progress: Progress) -> StaleBank:
        """What no longer holds in the bank; what was found so far when `progress` asks to stop."""
        ...

    def export(self, dossier: Dossier, path: Path, changes: bool) -> Path:
        """Write a dossier to .docx, .md or .json; `changes` shows reuse as tracked changes in Word."""
        ...

    def word_edits(self, dossier: Dossier, path: Path) -> Imported:
        """`dossier` with what was changed in a Word file that was made of it."""
        ...

    def verify(self, dossier: Dossier) -> Verification:
        """Every quotation of a dossier against the bank."""
        ...

    def recent_folders(self) -> tuple[Path, ...]:
        """Folders that files were taken from last, newest first."""
        ...

    def used_folder(self, folder: Path) -> None:
        """Remember a folder that a file was taken from."""
        ...

    def close(self) -> None:
        """Let go of the bank."""
        ...
