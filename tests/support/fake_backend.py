"""A backend with an invented bank, quick and always the same."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from answers_bank.documents import Detail, Document, Kind, Role
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.reading.uncertain import Uncertainty
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.annotations.corrections import checked_value, corrected
from answers_bank.store.annotations.passage_care import CareField, PassageCare
from answers_bank.store.stored import DocumentSummary, Filters, PersonSummary, StoredPassage
from drafter.backend.bank import BankLine, FillReport, load_model
from drafter.backend.local import Backend
from drafter.bank_views.document_card import DocumentCard
from drafter.bank_views.doubted import DoubtfulBank, DoubtfulDocument
from drafter.bank_views.office_holders import OfficeTerm
from drafter.bank_views.passage_list import StandardPassage, Wording
from drafter.bank_views.reading_view import ReadingParagraph, ReadingView
from drafter.bank_views.stale_bank import StaleBank, StalePlace
from drafter.checks.finding import Coverage, Evidence, Finding, Grade, Severity
from drafter.dossier import edits as edits
from drafter.dossier.judging.word_changes import with_changes
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin, Status
from drafter.export.verify import Unproved, Verification
from drafter.export.word.edits import Imported
from drafter.reuse.text import dossier_sentences
from drafter.reuse.values import (
    Label,
    LabelCounts,
    MeaningChange,
    ReuseForm,
    Review,
    SentenceReview,
    SentenceSource,
)
from drafter.search.typed_query import parse_query
from drafter.search.values import FoundPassage, SearchResult
from drafter.settings.values import Settings
from drafter.tasks.contradictions import Contradiction, Quoted
from drafter.tasks.open_questions import OpenSet
from drafter.tasks.workspace import Workspace
from embeddings.errors import Cancelled, InputError
from embeddings.progress import Progress
from support.dossier_samples import MOMENT, clock, questions

DAY = datetime.date(2025, 4, 1)
TEXTS = {
    "ah-wind-1#2": "Ja, het Ministerie van Wind en Water kent het bericht over de molens van Zeewier.",
    "ah-wind-1#4": "De windmeting loopt. In het najaar volgt een rapport. Daarna kiest het kabinet.",
    "ah-wind-1#5": "Per molen gelden drie eisen: geluid, schaduw en afstand tot de vaarweg.",
    "kst-golf-9#1": "De Zilte Bocht telt 47 molens, waarvan er 12 stilstaan.",
    "ah-wind-2#3": "De meldplicht voor storingen geldt sinds 1 januari 2024 binnen 24 uur.",
    "ah-wind-3#3": "De meldplicht voor storingen geldt sinds 1 januari 2024 binnen 12 uur.",
}
DATES = {"ah-wind-1": DAY, "kst-golf-9": datetime.date(2024, 9, 12), "ah-wind-2": datetime.date(2024, 3, 5)}
TITLES = {
    "ah-wind-1": "Wind boven water",
    "kst-golf-9": "Voortgang molens Zilte Bocht",
    "ah-wind-2": "Storingen bij molens",
    "ah-wind-3": "Storingen bij molens op zee",
}


def origin(passage: str) -> Origin:
    text = TEXTS[passage]
    document = passage.partition("#")[0]
    return Origin(
        document=document,
        passage=passage,
        start=10,
        end=10 + len(text),
        date=DATES.get(document, datetime.date(2026, 1, 20)),
        text=text,
        title=TITLES[document],
        numbers=() if document.startswith("kst") else (2, 3),
        url=f"https://voorbeeld.invalid/{document}",
    )


def _quoted(named: str) -> Block:
    """A passage, or with ``@first-last`` a part of it."""
    passage, _, span = named.partition("@")
    first, last = (int(n) for n in span.split("-")) if span else (0, len(TEXTS[passage]))
    text, whole = TEXTS[passage][first:last], origin(passage)
    return Block("", text, dataclasses.replace(whole, text=text, start=whole.start + first, end=whole.start + last))


def found(passage: str, score: float, newest: str | None = None) -> FoundPassage:
    o = origin(passage)
    position = int(passage.rpartition("#")[2])
    held = StoredPassage(passage, o.document, o.date, Role.ANSWER, o.numbers, "", o.text, o.start, o.end, position)
    return FoundPassage(held, score, newest=newest)


def result(rank: int, passages: tuple[FoundPassage, ...], question: str | None, why: str) -> SearchResult:
    first = passages[0]
    return SearchResult(
        rank=rank,
        score=1 - rank / 10,
        scores={},
        document=first.passage.document,
        title=origin(first.id).title,
        date=first.passage.date,
        numbers=first.passage.numbers,
        heading="" if question else "Stand van zaken",
        question=question,
        passages=passages,
        url=None,
        portfolio="Wind en Water",
        why=why,
    )


WORDS = (
    result(1, (found("ah-wind-1#4", 0.8), found("ah-wind-1#5", 0.5)), "Wanneer komt er een rapport?", "zelfde woorden"),
    result(2, (found("ah-wind-2#3", 0.4, "ah-wind-3#3"),), "Welke meldplicht geldt er?", "zelfde woorden"),
)
MEANING = (
    result(1, (found("kst-golf-9#1", 0.9),), None, "zelfde onderwerp"),
    *(dataclasses.replace(r, rank=r.rank + 1) for r in WORDS),
)


def check(text: str) -> tuple[Finding, ...]:
    """Two rules that speak of fixed words."""
    rules = (
        ("In het najaar", "relative-date", "Dit najaar is voorbij sinds 21 december 2025.", "In het najaar van 2025"),
        ("47 molens", "other-number", "Een later stuk noemt 43 molens.", None),
    )
    return tuple(
        Finding(
            check="staleness",
            rule=rule,
            severity=Severity.WARNING,
            start=text.index(quote),
            end=text.index(quote) + len(quote),
            quote=quote,
            message=message,
            suggestion=suggestion,
            evidence=(Evidence("ah-wind-1", DAY, "43 molens"),) if suggestion is None else (),
            grade=Grade.EXPIRED,
        )
        for quote, rule, message, suggestion in rules
        if quote in text
    )


def reused(text: str, passage: str) -> SentenceSource | None:
    """The sentence of a passage that `text` was taken from, if it was."""
    for start, end in sentence_spans(TEXTS[passage]):
        theirs = TEXTS[passage][start:end]
        if theirs == text or theirs.startswith(text.removesuffix(".") + ","):
            o = origin(passage)
            relation = ReuseForm.SAME if theirs == text else ReuseForm.CONTAINED
            return SentenceSource(
                o.document, passage, o.date, o.title, o.numbers, o.url, theirs, start, end, 0.9, relation
            )
    return None


class FakeBackend(Backend):
    """Each call is answered by the method here with its name; one that takes long gets its progress last."""

    model_name = "proefmodel"

    def __init__(self, folder: Path, empty: bool = False) -> None:
        super().__init__(Workspace(Settings(naam="De Vries"), folder), datetime.date(2026, 3, 2), clock)
        self.empty = empty
        self.model_may_load = threading.Event()
        self.model_may_load.set()
        self.gate = threading.Event()
        """Long work waits for it, so that tests can look at it half-way."""
        self.gate.set()
        self.exported: list[tuple[Path, bool]] = []
        self.removed: list[str] = []
        self.said: dict[Detail, Annotation] = {}
        self.care: PassageCare | None = None
        self.fail: Exception | None = None
        self.settings_kept: dict[str, str | int | tuple[str, ...] | None] = {}

    def ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if call is load_model:
            return self.model_may_load.wait(10)
        return getattr(self, call.__name__)(*args, **kwargs)

    def work(self, task: Callable[..., Any], progress: Progress, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, task.__name__)(*args, progress, **kwargs)

    def _work(self, progress: Progress, label: str, steps: int = 3) -> None:
        progress.start(label, steps)
        for _ in range(steps):
            if not self.gate.wait(10) or progress.cancelled():
                raise Cancelled
            progress.advance()
        if progress.cancelled():
            raise Cancelled

    @property
    def has_bank(self) -> bool:
        return not self.empty

    def bank_line(self) -> BankLine:
        if self.empty:
            return BankLine()
        return BankLine(4, 57, datetime.date(2024, 3, 5), datetime.date(2026, 1, 20), MOMENT, has_sample=True)

    def entries(self, words: str = "", filters: Filters | None = None) -> tuple[DocumentSummary, ...]:
        rows = [] if self.empty else list(TITLES.items())
        people = (PersonSummary("minister", "Minister Zilt", None, "Wind en Water"),)
        return tuple(
            DocumentSummary(
                id=key,
                key=number,
                title=title,
                source="",
                kind=Kind.LETTER if key.startswith("kst") else Kind.ANSWER,
                date=DATES.get(key, datetime.date(2026, 1, 20)),
                people=people,
            )
            for number, (key, title) in enumerate(rows)
            if all(word.lower() in title.lower() for word in words.split())
            and (filters is None or not filters.kinds or Kind.LETTER in filters.kinds)
        )

    def reading(self, document: str) -> ReadingView:
        if document not in TITLES:
            raise InputError(f"Het stuk {document} staat niet meer in de bank.", "Zoek opnieuw.")
        parts = []
        for number, (passage, text) in enumerate(TEXTS.items(), start=1):
            if passage.startswith(document):
                parts.append(ReadingParagraph(f"Vraag {number}", "Hoe staat het met de molens?", question=True))
                parts.append(ReadingParagraph(f"Antwoord {number}", text, passage=passage))
        told = ("datum",) if Detail.DATE in self.said else ()
        doubts = tuple(self.source_doubts((document,)).values())
        return ReadingView(
            TITLES[document], "antwoord · Minister Zilt", tuple(parts), "https://voorbeeld.invalid", doubts, told
        )

    def source_doubts(self, documents: tuple[str, ...]) -> dict[str, str]:
        return {one: "Noot 3 staat niet in de tekst." for one in documents if one == "kst-golf-9"}

    def passages(self, named: tuple[str, ...]) -> tuple[Block, ...]:
        if self.fail:
            raise self.fail
        return tuple(_quoted(p) for p in named)

    def fill(self, paths: tuple[Path, ...], progress: Progress) -> FillReport:
        self._work(progress, "Lezen")
        self.empty = False
        return FillReport(added=3, failed=(("kapot.pdf", "het bestand is beschadigd"),))

    def read_questions(self, path: Path) -> Document:
        if path.suffix == ".pdf":
            raise InputError(f"{path.name} kan niet worden gelezen: het bestand is beschadigd.", "Sla het opnieuw op.")
        return questions()

    def questions_from_text(self, text: str) -> Document:
        return dataclasses.replace(questions(), questions=() if "?" not in text else questions().questions)

    def read_document(self, path: Path) -> Document:
        return questions()

    def document(self, identifier: str) -> Document:
        return questions()

    def card(self, identifier: str) -> DocumentCard:
        known = dataclasses.replace(questions(), id=identifier, kind=Kind.OTHER, subject=TITLES.get(identifier))
        return DocumentCard(corrected(known, tuple(self.said.values())), ("/map/wind.docx",))

    def correct_details(self, identifier: str, values: Mapping[Detail, str], back: Collection[Detail]) -> DocumentCard:
        for detail in back:
            self.said.pop(detail, None)
        for detail, typed in values.items():
            value = checked_value(detail, typed)
            self.said[detail] = Annotation(About.DOCUMENT, identifier, detail.value, value, "De Vries", MOMENT)
        return self.card(identifier)

    def encode_waiting_texts(self) -> int:
        return 0

    def doubtful_in_bank(self, progress: Progress) -> DoubtfulBank:
        self._work(progress, "Bank nalopen")
        doubts = (
            Uncertainty("no-date", "De datum is niet bekend.", Detail.DATE),
            Uncertainty("order", "Vraag 3 staat achter vraag 4."),
        )
        return DoubtfulBank((DoubtfulDocument("kst-golf-9", TITLES["kst-golf-9"], None, "low", doubts),), 4, 4)

    def remove(self, document: str) -> None:
        self.removed.append(document)

    def questions_of(self, document: str) -> Document:
        return questions()

    def open_sets(self) -> tuple[OpenSet, ...]:
        if self.empty:
            return ()
        late = OpenSet(
            "ah-wind-3",
            "2026Z00004",
            "getijdencentrales in de Oosterhoek",
            ("Schelp (Partij van de Wind)",),
            ("Wind en Water",),
            datetime.date(2026, 1, 5),
            datetime.date(2026, 1, 26),
            False,
            -35,
        )
        running = dataclasses.replace(
            late,
            document="ah-wind-1",
            case_number="2026Z00001",
            subject="molens boven water",
            due=datetime.date(2026, 3, 9),
            deferred=True,
            days_left=7,
        )
        return (late, running)

    def draft(self, questions: Document, progress: Progress) -> Dossier:
        self._work(progress, "Opstellen")
        dossier = self.store.start(questions, self.as_of)
        first = Block("b1", TEXTS["ah-wind-1#4"], origin("ah-wind-1#4"), why="Deelt met de vraag: molen.")
        second = Block("b2", "De Zilte Bocht telt 47 molens.", origin("kst-golf-9#1"))
        blocks = tuple(dataclasses.replace(b, findings=check(b.text)) for b in (first, second))
        coverage = (
            Coverage(1, "a", "Wanneer komt het rapport?", True, "b1"),
            Coverage(1, "b", "Hoeveel molens staan stil?", False),
        )
        answer = DraftAnswer((1,), blocks, Status.DRAFTED, coverage)
        return dataclasses.replace(dossier, answers=(answer, *dossier.answers[1:]))

    def search_words(self, text: str, *_: Any, **__: Any) -> tuple[SearchResult, ...]:
        return self._search(text, WORDS)

    def search_meaning(self, text: str, *_: Any, **__: Any) -> tuple[SearchResult, ...]:
        return self._search(text, MEANING)

    def _search(self, text: str, found: tuple[SearchResult, ...]) -> tuple[SearchResult, ...]:
        if self.fail:
            raise self.fail
        parse_query(text)
        return () if "niets" in text or "molen 4" in text else found

    def standard_passages(self) -> tuple[StandardPassage, ...]:
        variants = (
            Wording("ah-wind-3#3", TEXTS["ah-wind-3#3"], datetime.date(2026, 1, 20), datetime.date(2026, 1, 20), 1),
            Wording("ah-wind-2#3", TEXTS["ah-wind-2#3"], datetime.date(2024, 3, 5), datetime.date(2025, 3, 5), 4),
        )
        older = Wording("kst-golf-9#1", TEXTS["kst-golf-9#1"], DATES["kst-golf-9"], DATES["kst-golf-9"], 2)
        return (
            StandardPassage("c2", "Aantal molens in de Zilte Kom", 7, (older,)),
            StandardPassage(
                "c1", "Meldplicht voor storingen", 5, variants, frozenset({"ah-wind-2#3", "ah-wind-3#3"}), self.care
            ),
        )

    def say_of_passage(self, identifier: str, values: Mapping[CareField, str | None]) -> None:
        assert identifier == "c1"
        for name, value in values.items():
            known = self.care or PassageCare("c1", "")
            if name is CareField.REVIEW_BY:
                self.care = dataclasses.replace(known, review_by=datetime.date.fromisoformat(value) if value else None)
            else:
                self.care = dataclasses.replace(known, **{name.value: value or ""})

    def office_terms(self) -> tuple[OfficeTerm, ...]:
        return (OfficeTerm("Zilt", "Wind en Water", "minister", datetime.date(2024, 3, 5), DAY, 4, "ah-wind-1"),)

    def set_setting(self, key: str, value: str | int | tuple[str, ...] | None) -> None:
        if key == "model" and value is not None and not (Path(str(value)) / "config.json").exists():
            raise InputError(f"In de map {value} staat geen model.", "Kies een andere map.")
        self.settings_kept[key] = value
        group, _, last = key.rpartition(".")
        if group:
            inner = dataclasses.replace(getattr(self.settings, group), **{last: value})
            self.settings = dataclasses.replace(self.settings, **{group: inner})
        else:
            self.settings = dataclasses.replace(self.settings, **{last: value})

    def check_again(self, dossier: Dossier, changed: tuple[str, ...]) -> Dossier:
        return self._checked(dossier)

    def check_dossier(self, dossier: Dossier, progress: Progress) -> Dossier:
        self._work(progress, "Controleren")
        return self._checked(dossier)

    def _checked(self, dossier: Dossier) -> Dossier:
        for answer in dossier.answers:
            for block in answer.blocks:
                dossier = edits.set_findings(dossier, block.id, check(block.text))
        return dossier

    def _contradiction(self, block: str = "") -> Contradiction:
        return Contradiction(
            "getal",
            "Het aantal molens verschilt.",
            Quoted("", "Concept, vraag 1", "47 molens", "De Zilte Bocht telt 47 molens."),
            Quoted("ah-wind-1", "Wind boven water, 1 april 2025", "43 molens", "De Zilte Bocht telt 43 molens."),
            block,
        )

    def review(self, dossier: Dossier, progress: Progress) -> Review:
        self._work(progress, "Zinnen vergelijken met de bank")
        parts, sentences = dossier_sentences(dossier)
        found = []
        for sentence in sentences:
            source = next((s for passage in TEXTS if (s := reused(sentence.text, passage))), None)
            label = Label.OWN if source is None else Label.VERBATIM
            if source is not None and source.text != sentence.text:
                label = Label.EDITED
            found.append(
                SentenceReview(
                    sentence.text,
                    sentence.start,
                    sentence.end,
                    parts[sentence.part].numbers,
                    parts[sentence.part].heading,
                    sentence.paragraph,
                    label,
                    (source,) if source else (),
                    source,
                    changes=(MeaningChange("dropped_condition", "waarvan er 12 stilstaan", "", "Een bijzin viel weg."),)
                    if label is Label.EDITED
                    else (),
                )
            )
        return Review("Molens", DAY, tuple(found), (), (), LabelCounts.of(found), (), None)

    def review_file(self, path: Path, progress: Progress) -> Review:
        return self.review(self.draft(questions(), progress), progress)

    def compare(self, new: Document, old: Document) -> tuple[Contradiction, ...]:
        return (self._contradiction(),)

    def consistency(self, dossier: Dossier, progress: Progress) -> tuple[Contradiction, ...]:
        self._work(progress, "Samenhang nagaan")
        blocks = [b.id for a in dossier.answers for b in a.blocks]
        return (self._contradiction(blocks[-1]),) if blocks else ()

    def stale_in_bank(self, progress: Progress) -> StaleBank:
        self._work(progress, "Bank nalopen")
        standard = StalePlace(
            "ah-wind-1",
            "ah-wind-1#4",
            "Wind boven water, 1 apr 2025",
            "In het najaar",
            "Dit najaar is voorbij.",
            "Verwachting",
            DAY,
            3,
        )
        return StaleBank((standard, dataclasses.replace(standard, quote="in 2025", times=0)), 4, 4)

    def export(self, dossier: Dossier, path: Path, changes: bool, clean: bool = False) -> Path:
        if path.suffix not in (".docx", ".md", ".json"):
            raise InputError("Dit soort bestand kan niet worden geschreven.", "Kies .docx, .md of .json.")
        self.exported.append((path, changes))
        self.exported_clean = clean
        return path

    def word_edits(self, dossier: Dossier, path: Path) -> Imported:
        after = edits.edit_text(dossier, "b1", "In Word geschreven.")
        after, _ = edits.insert(after, 2, "Nieuw in Word.")
        changed = with_changes(dossier, after, path.name, {"b1": ("Anna Dijk", MOMENT)}, ("Bas Veer", None))
        return Imported(changed, 1, 1, 0, 0, ())

    def verify(self, dossier: Dossier) -> Verification:
        wrong = Unproved(
            (1,), "b2", "kst-golf-9", "kst-golf-9#1", "text_differs", "De tekst is niet letterlijk gelijk."
        )
        return Verification(1, (wrong,), ())

    def recent_folders(self) -> tuple[Path, ...]:
        return (self.bank_folder,)

    def recent_files(self) -> tuple[Path, ...]:
        return ()

    def used_file(self, file: Path) -> None:
        pass

    def used_folder(self, folder: Path) -> None:
        pass
