"""The desk on a real bank."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from answers_bank.store.stored import Filters
from drafter.backend.protocol import (
    BankEntry,
    BankLine,
    Contradiction,
    FillReport,
    Material,
    ModelState,
    Reading,
    Side,
    Signed,
    Standard,
)
from drafter.backend.recent_folders import recent_folders, remember_folder
from drafter.dossier.store import FOLDER, Clock, DossierStore, now
from drafter.dossier.value import Dossier, DraftAnswer
from drafter.search.values import Mode, SearchQuery, SearchResult
from drafter.settings.file import set_setting
from drafter.tasks.sample import sample_bank, sample_questions
from drafter.wording import CONFLICT_WORDS, short_date
from embeddings.errors import BankError, Cancelled, InputError
from embeddings.progress import Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from drafter.bank_views.stale_bank import StaleBank
    from drafter.checks.finding import Context
    from drafter.export.verify import Verification
    from drafter.export.word.edits import Imported
    from drafter.reuse.values import Review
    from drafter.search.searcher import Searcher
    from drafter.tasks.open_questions import OpenSet
    from drafter.tasks.workspace import Workspace

_RESULTS = 15


class BankDesk:
    """See `drafter.backend.protocol.Desk`. Heavy imports stand inside the calls, so that the screens open at once."""

    def __init__(self, workspace: Workspace, as_of: datetime.date | None = None, clock: Clock = now) -> None:
        self._workspace = workspace
        self.settings = workspace.settings
        self.as_of = as_of or datetime.date.today()
        self.bank_folder = workspace.bank_folder
        self.store = DossierStore(workspace.bank_folder, clock)
        self._clock = clock
        self._model = ModelState.ABSENT
        self._searchers: dict[bool, Searcher] = {}
        self._lock = threading.Lock()

    # -- model and settings --------------------------------------------------------------------------------------------

    @property
    def model(self) -> ModelState:
        """Whether the model is there."""
        return self._model

    @property
    def model_name(self) -> str:
        """The model in use, or its settings' name."""
        return self.settings.model or "multilingual-e5-small (meegeleverd)"

    def load_model(self) -> None:
        """Load the model; takes seconds, once."""
        self._model = ModelState.LOADING
        try:
            self._workspace.encoder().encode_queries(["warm"])
        except BaseException:
            self._model = ModelState.FAILED
            raise
        self._model = ModelState.READY

    def set_setting(self, key: str, value: str | tuple[str, ...] | None) -> None:
        """Keep a setting in the settings file, and use it from now on."""
        from drafter.settings.usable import check_setting

        check_setting(key, value)
        kept = set_setting(key, value)
        group = key.partition(".")[0]
        self.settings = dataclasses.replace(self.settings, **{group: getattr(kept, group)})

    # -- the bank ------------------------------------------------------------------------------------------------------

    @property
    def has_bank(self) -> bool:
        """Whether there is a bank at all; quick."""
        return self._workspace.has_bank

    def _bank(self) -> Bank:
        with self._lock:
            return self._workspace.bank()

    def bank_line(self) -> BankLine:
        """The bank in one line; empty when there is none yet."""
        if not self._workspace.has_bank:
            return BankLine()
        try:
            info = self._bank().info()
        except BankError as error:
            return BankLine(problem=error.message)
        changed = (self.bank_folder / "bank.sqlite").stat().st_mtime
        filled = datetime.datetime.fromtimestamp(changed).astimezone()
        return BankLine(
            info.documents, info.passages, info.first_date, info.last_date, filled, has_sample=self._has_sample()
        )

    def _has_sample(self) -> bool:
        folder = sample_bank()
        files = sorted(folder.iterdir()) if folder else []
        return bool(files) and self._bank().file(str(files[0])) is not None

    def entries(self, words: str = "", filters: Filters | None = None) -> tuple[BankEntry, ...]:
        """The documents, newest first, whose title or people hold all `words`."""
        if not self._workspace.has_bank:
            return ()
        wanted = words.casefold().split()
        found = []
        for summary in self._bank().documents(filters):
            people = [p.name or p.portfolio or "" for p in (*summary.ministers, *summary.askers)]
            hay = " ".join([summary.title, summary.id, *people]).casefold()
            if all(word in hay for word in wanted):
                who = next((name for name in people if name), "")
                found.append(
                    BankEntry(summary.id, summary.title, summary.kind, summary.date, who, summary.portfolio or "")
                )
        return tuple(found)

    def signed(self) -> tuple[Signed, ...]:
        """Who answered for which portfolio when, the latest first."""
        if not self._workspace.has_bank:
            return ()
        from drafter.bank_views.office_holders import signed

        return signed(self._bank().signatures())

    def open_sets(self) -> tuple[OpenSet, ...]:
        """Question sets in the bank that wait for an answer, the most urgent first."""
        if not self._workspace.has_bank:
            return ()
        from drafter.tasks.open_questions import open_sets

        return open_sets(self._bank(), self.as_of)

    def remove(self, document: str) -> None:
        """Take a document out of the bank; its file stays where it is."""
        self._bank().remove(document)

    def document(self, identifier: str) -> Document:
        """A document of the bank."""
        try:
            return self._bank().document(identifier)
        except KeyError:
            raise InputError(f"Het stuk {identifier} staat niet meer in de bank.", "Zoek opnieuw.") from None

    def reading(self, document: str) -> Reading:
        """A document of the bank, to be read."""
        from drafter.bank_views.reading_view import reading_of

        return reading_of(self.document(document))

    def material(self, passages: tuple[str, ...]) -> tuple[Material, ...]:
        """Passages of the bank, ready to be put in a draft."""
        from drafter.assembly.draft_passages import blocks_of

        blocks = blocks_of(self.document, passages)
        return tuple(Material(b.origin.passage, b.text, b.origin, b.notes) for b in blocks if b.origin)

    def fill(self, paths: tuple[Path, ...], progress: Progress) -> FillReport:
        """Add files and folders to the bank."""
        from answers_bank.filling.filling import ingest

        with self._lock:
            bank = self._workspace.bank(create=True)
        before = bank.info().documents
        try:
            report = ingest(bank, paths, self._workspace.encoder, progress)
        except Cancelled:
            return FillReport(added=bank.info().documents - before, stopped=True)
        return FillReport(report.added, report.unchanged, report.updated, report.failed)

    def sample_folder(self) -> Path | None:
        """The bank of the sample that comes with the program, if it does."""
        return sample_bank()

    def sample_questions(self) -> Path | None:
        """The new questions of the sample, if it comes with the program."""
        return sample_questions()

    # -- dossiers ------------------------------------------------------------------------------------------------------

    def read_document(self, path: Path) -> Document:
        """Any document from a file."""
        from answers_bank.reading import read_file

        return read_file(path)

    def read_questions(self, path: Path) -> Document:
        """A set of questions from a file."""
        document = self.read_document(path)
        if not document.questions:
            raise InputError(
                f"In {path.name} zijn geen vragen gevonden.",
                "Kies een bestand met genummerde vragen, of plak de tekst (p).",
            )
        return document

    def questions_from_text(self, text: str) -> Document:
        """A set of questions from pasted text."""
        from answers_bank.reading import read_bytes

        document = read_bytes(text.encode("utf-8"), "geplakt.txt")
        if not document.questions:
            raise InputError("In deze tekst zijn geen vragen gevonden.", "Zet voor elke vraag haar nummer.")
        return document

    def start(self, questions: Document) -> Dossier:
        """A dossier with empty answers."""
        moment = self._clock()
        return Dossier(
            id=self.store.new_id(questions),
            questions=questions,
            answers=tuple(DraftAnswer(question.numbers) for question in questions.questions),
            as_of=self.as_of,
            created=moment,
            changed=moment,
        )

    def questions_of(self, document: str) -> Document:
        """The questions of a document in the bank."""
        questions = self.document(document)
        if not questions.questions:
            raise InputError(f"In “{questions.title}” staan geen vragen.", "Kies een stuk met Kamervragen.")
        return questions

    def draft(self, questions: Document, progress: Progress) -> Dossier:
        """A dossier with drafted answers."""
        from drafter.assembly.assemble import assemble

        progress.start("Model laden", None)
        signals = self.settings.signalen
        drafted = assemble(
            questions, self._searcher(meaning=True), self.as_of, progress, frozenset(signals.uit),
            registers=signals.registers,
        )  # fmt: skip
        moment = self._clock()
        return dataclasses.replace(drafted, id=self.store.new_id(questions), created=moment, changed=moment)

    # -- searching -----------------------------------------------------------------------------------------------------

    def _searcher(self, meaning: bool) -> Searcher:
        with self._lock:
            if meaning not in self._searchers:
                self._searchers[meaning] = self._workspace.searcher(meaning=meaning)
            return self._searchers[meaning]

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
        if not self._workspace.has_bank:
            return ()
        from drafter.assembly.assemble import own_documents

        query = SearchQuery(
            text=text,
            exclude=own_documents(questions, self._bank()) if questions else frozenset(),
            k=_RESULTS,
            mode=Mode.HYBRID if meaning else Mode.WORDS,
            before=self.as_of + datetime.timedelta(days=1),
            portfolio=portfolio,
            filters=filters,
        )
        return self._searcher(meaning).search(query)

    def standards(self) -> tuple[Standard, ...]:
        """The standard passages of the bank, most used first."""
        if not self._workspace.has_bank:
            return ()
        from drafter.bank_views.passage_list import standards

        return standards(self._bank())

    # -- checks --------------------------------------------------------------------------------------------------------

    def _context(self, dossier: Dossier | None = None) -> Context:
        from drafter.assembly.assemble import own_documents
        from drafter.checks.finding import Context

        bank = self._bank() if self._workspace.has_bank else None
        own = own_documents(dossier.questions, bank) if bank and dossier else frozenset()
        signals = self.settings.signalen
        return Context(self.as_of, bank, frozenset(signals.uit), signals.registers, own)

    def check_answer(self, answer: DraftAnswer, dossier: Dossier, only: str | None = None) -> DraftAnswer:
        """The answer with what is covered and the findings on its present text, or of `only` one block anew."""
        from drafter.assembly.remarks import checked_again

        asked = dict.fromkeys(q for n in answer.numbers if (q := dossier.questions.question(n)))
        return checked_again(answer, tuple(asked), self._context(dossier), only)

    def check_dossier(self, dossier: Dossier, progress: Progress) -> Dossier:
        """The dossier with all findings and what is covered."""
        from drafter.tasks.draft_consistency import within_set

        progress.start("Controleren", len(dossier.answers))
        answers = []
        for answer in dossier.answers:
            if progress.cancelled():
                raise Cancelled
            answers.append(self.check_answer(answer, dossier))
            progress.advance()
        return within_set(dataclasses.replace(dossier, answers=tuple(answers)), self._context(dossier))

    def review(self, dossier: Dossier, progress: Progress) -> Review:
        """How each sentence of a dossier stands to the bank, by words."""
        from drafter.tasks.review import review_dossier

        return review_dossier(self._workspace, dossier, progress=progress)

    def review_file(self, path: Path, progress: Progress) -> Review:
        """The same of any file with an answer or letter, with what the checks say of what was taken over."""
        from drafter.tasks.review import review_file

        return review_file(self._workspace, path, self.as_of, meaning=False, progress=progress)

    def compare(self, new: Document, old: Document) -> tuple[Contradiction, ...]:
        """Contradictions between two documents."""
        from drafter.checks.comparison.compare import compare_documents

        return tuple(
            Contradiction(
                kind=CONFLICT_WORDS.get(conflict.kind, conflict.kind),
                message=conflict.message,
                new=Side("", _label(new), conflict.new.quote, _sentence(new.text, conflict.new.start)),
                old=Side("", _label(old), conflict.old.quote, _sentence(old.text, conflict.old.start)),
            )
            for conflict in compare_documents(new, old)
        )

    def consistency(self, dossier: Dossier, progress: Progress) -> tuple[Contradiction, ...]:
        """Contradictions of a draft with the bank and within itself."""
        from drafter.tasks.draft_consistency import contradictions

        # Models only here, where the user asks and waits: not at every paragraph that is typed.
        encoder, inference = self._workspace.loaded_encoder, self._workspace.inference()
        context = dataclasses.replace(self._context(dossier), encoder=encoder, inference=inference)
        return contradictions(dossier, context, progress)

    def stale_in_bank(self, progress: Progress) -> StaleBank:
        """What no longer holds in the bank; what was found so far when `progress` asks to stop."""
        from drafter.bank_views.stale_bank import StaleBank, stale_in_bank

        return stale_in_bank(self._bank(), self._context(), progress) if self._workspace.has_bank else StaleBank()

    # -- files ---------------------------------------------------------------------------------------------------------

    def export(self, dossier: Dossier, path: Path, changes: bool) -> Path:
        """Write a dossier to .docx, .md, .html or .json; `changes` shows reuse as tracked changes in Word."""
        from drafter.export import ExportOptions, export_dossier

        written = self.settings.uitvoer
        options = ExportOptions(
            track_changes=changes,
            template=Path(written.sjabloon).expanduser() if written.sjabloon else None,
            author=self.settings.naam or written.auteur,
        )
        path = export_dossier(dossier, path, options)
        self.used_folder(path.parent)
        return path

    def word_edits(self, dossier: Dossier, path: Path) -> Imported:
        """`dossier` with what was changed in a Word file that was made of it."""
        from drafter.tasks.import_edits import edits_for

        return edits_for(dossier, path)

    def verify(self, dossier: Dossier) -> Verification:
        """Every quotation of a dossier against the bank."""
        from drafter.export.json.draft import draft_json
        from drafter.export.verify import verify_draft

        return verify_draft(draft_json(dossier), self._bank())

    def recent_folders(self) -> tuple[Path, ...]:
        """Folders that files were taken from last, newest first."""
        return recent_folders(self.bank_folder / FOLDER)

    def used_folder(self, folder: Path) -> None:
        """Remember a folder that a file was taken from; no harm is done when that fails."""
        remember_folder(self.bank_folder / FOLDER, folder)

    def close(self) -> None:
        """Let go of the bank."""
        self._workspace.close()


def _label(document: Document) -> str:
    return f"{document.title}{f', {short_date(document.date)}' if document.date else ''}"


def _sentence(text: str, position: int) -> str:
    from answers_bank.dutch.sentences import sentence_spans

    spans = sentence_spans(text)
    return next((text[start:end] for start, end in spans if start <= position < end), "")
