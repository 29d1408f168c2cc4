"""How a draft is put together."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.assembly.draft_passages import quotation
from drafter.assembly.excerpts import Excerpt, Versions
from drafter.assembly.needs import wants_separate_answers
from drafter.assembly.question_candidates import PassageGroup, QuestionCandidates, Terms, gather, joined, judged
from drafter.assembly.selection import Answering, select
from drafter.checks.coverage.meaning import AnswerNearness
from drafter.checks.finding import Context
from drafter.dossier.remarks import across, with_remarks
from drafter.dossier.value import Block, Dossier, DraftAnswer, Status
from drafter.headings import enumeration
from embeddings.errors import Cancelled, UsageError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from drafter.search.searcher import Searcher


def assemble(
    questions: Document,
    searcher: Searcher,
    as_of: datetime.date,
    progress: Progress = SILENT,
    off: frozenset[str] = frozenset(),
    exclude: frozenset[str] = frozenset(),
    registers: str | None = None,
) -> Dossier:
    """A draft of the answers to `questions` from what was said before `as_of`, checked but for the rules in `off`.

    Documents with an id in `exclude` are left out, and always those of the same case. `registers` is the folder with
    the user's own registers for the checks.

    The same questions and the same bank give the same dossier. Nothing in it is new text: every block is a passage of
    the bank, word for word. A question without a source stays empty.

    Raises:
        UsageError: `questions` holds no questions.
        Cancelled: `progress` asked to stop.
    """
    if not questions.questions:
        raise UsageError(
            f"In {questions.source} zijn geen vragen gevonden.",
            f"Bekijk met 'kamerantwoord read {questions.source}' hoe het bestand wordt begrepen.",
        )
    exclude |= own_documents(questions, searcher.bank)
    terms = Terms(as_of, _portfolio(questions), exclude)
    versions = Versions(searcher, as_of, exclude)
    progress.start("Zoeken", len(questions.questions))
    gathered = []
    for question in questions.questions:
        if progress.cancelled():
            raise Cancelled
        gathered.append(gather(question, searcher, terms, versions))
        progress.advance()
    gathered = judged(gathered)
    if not wants_separate_answers(questions.questions):
        gathered = _grouped(gathered)
    progress.start("Nakijken", None)
    document = lru_cache(maxsize=None)(searcher.bank.document)
    names = (f"b{number}" for number in count(1))
    near = AnswerNearness(searcher.bank, searcher.encoder) if searcher.encoder is not None else None
    context = Context(as_of, searcher.bank, off, registers, exclude, near)
    answers = tuple(
        with_remarks(_draft_answer(answering, document, names), answering.candidates.questions, context)
        for answering in select(gathered)
    )
    # The day of reference and no clock: the same input gives the same draft.
    moment = datetime.datetime.combine(as_of, datetime.time(), datetime.UTC)
    dossier = Dossier(
        id=questions.case_number or questions.id,
        questions=questions,
        answers=answers,
        as_of=as_of,
        created=moment,
        changed=moment,
    )
    return across(dossier, context)


def own_documents(questions: Document, bank: Bank) -> frozenset[str]:
    """Ids of what the bank holds of this very set: it must never be its own source."""
    same_case = bank.find_documents(case_number=questions.case_number) if questions.case_number else []
    return frozenset({questions.id, *(summary.id for summary in same_case)})


def _portfolio(questions: Document) -> str | None:
    return next((holder.portfolio for holder in questions.addressees if holder.portfolio), None)


def _grouped(gathered: Sequence[QuestionCandidates]) -> list[QuestionCandidates]:
    """Neighbouring questions together where one earlier answer, to several questions, is the best for each of them."""
    groups: list[list[QuestionCandidates]] = []
    for candidates in gathered:
        best = candidates.best
        last = groups[-1][-1].best if groups else None
        together = (
            best is not None
            and last is not None
            and len(best.numbers) > 1
            and (best.document, best.numbers) == (last.document, last.numbers)
            and min(candidates.nearness_of(best), groups[-1][-1].nearness_of(best)) >= 0
        )
        if together:
            groups[-1].append(candidates)
        else:
            groups.append([candidates])
    return [group[0] if len(group) == 1 else joined(group) for group in groups]


def _draft_answer(answering: Answering, document: Callable[[str], Document], names: Iterator[str]) -> DraftAnswer:
    candidates = answering.candidates
    groups = _reading_order(answering.chosen)
    blocks = tuple(_block(excerpt, document, next(names)) for group in groups for excerpt in group.excerpts)
    return DraftAnswer(
        numbers=candidates.numbers,
        blocks=blocks,
        status=Status.DRAFTED if blocks else Status.NO_SOURCE,
        note=_note(answering),
    )


def _block(excerpt: Excerpt, document: Callable[[str], Document], name: str) -> Block:
    passage = excerpt.passage
    last = len(passage.text) - excerpt.cut
    return quotation(document(passage.document), passage, excerpt.skip, last, name, excerpt.older)


def _note(answering: Answering) -> str:
    if not answering.chosen and answering.elsewhere:
        numbers = enumeration(str(number) for number in sorted(answering.elsewhere))
        return f"Wat hier het best past, staat al bij het antwoord op vraag {numbers}."
    if any(group.set_phrase for group in answering.chosen):
        return "Dit is een vast antwoord uit een eerder stuk. Ga na of het ook hier klopt."
    return ""


def _reading_order(groups: Sequence[PassageGroup]) -> list[PassageGroup]:
    """In the order of what is asked; what comes from one earlier answer stays together, in its own order."""
    first: dict[tuple[str, tuple[int, ...], str], tuple[int, float]] = {}
    for group in groups:
        need = max(range(len(group.worth)), key=lambda n: group.worth[n])
        place = (need, -group.best)
        first[group.home] = min(first.get(group.home, place), place)
    return sorted(groups, key=lambda u: (first[u.home], u.home, u.excerpts[0].passage.start))
