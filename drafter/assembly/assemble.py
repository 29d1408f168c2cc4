"""How a draft is put together."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.assembly.answer_writer import AnswerWriter
from drafter.assembly.needs import wants_separate_answers
from drafter.assembly.question_candidates import QuestionCandidates, Terms, gather, joined, judged
from drafter.assembly.selection import select
from drafter.assembly.set_texts import SetTexts
from drafter.checks.coverage.meaning import AnswerNearness
from drafter.checks.finding import Context
from drafter.dossier.findings.remarks import across, with_remarks
from drafter.dossier.value import Dossier
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
    searcher = searcher.of_this_moment()
    with searcher.bank.one_moment():  # others may take out what was found
        return _assembled(questions, searcher, as_of, progress, off, exclude, registers)


def _assembled(
    questions: Document,
    searcher: Searcher,
    as_of: datetime.date,
    progress: Progress,
    off: frozenset[str],
    exclude: frozenset[str],
    registers: str | None,
) -> Dossier:
    exclude |= own_documents(questions, searcher.bank)
    terms = Terms(as_of, _portfolio(questions), exclude)
    finder = searcher.prepare()
    known = SetTexts(finder, as_of, terms.portfolio, exclude)
    subject = questions.subject or ""
    progress.start("Zoeken", len(questions.questions))
    gathered = []
    for question in questions.questions:
        if progress.cancelled():
            raise Cancelled
        gathered.append(gather(question, subject, searcher, terms, known))
        progress.advance()
    gathered = judged(gathered)
    if not wants_separate_answers(questions.questions):
        gathered = _grouped(gathered)
    near = AnswerNearness(searcher.bank, searcher.encoder) if searcher.encoder is not None else None
    context = Context(as_of, searcher.bank, off, registers, exclude, near)
    writer = AnswerWriter(finder, as_of, exclude, known)
    selected = tuple(select(gathered, [writer.usable(one.same) if one.same else () for one in gathered]))
    progress.start("Nakijken", len(selected))
    answers = []
    for answering in selected:
        if progress.cancelled():
            raise Cancelled
        answers.append(with_remarks(writer.answer(answering), answering.candidates.questions, context))
        progress.advance()
    # The day of reference and no clock: the same input gives the same draft.
    moment = datetime.datetime.combine(as_of, datetime.time(), datetime.UTC)
    dossier = Dossier(
        id=questions.case_number or questions.id,
        questions=questions,
        answers=tuple(answers),
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
        last = groups[-1][-1] if groups else None
        together = (
            best is not None
            and last is not None
            and last.best is not None
            and len(best.passages[0].numbers) > 1
            and best.unit == last.best.unit
            and candidates.has_source
            and last.has_source
        )
        if together:
            groups[-1].append(candidates)
        else:
            groups.append([candidates])
    return [group[0] if len(group) == 1 else joined(group) for group in groups]
