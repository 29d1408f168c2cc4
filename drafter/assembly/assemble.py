"""How a draft is put together."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.assembly.asking import wants_separate_answers
from drafter.assembly.blocks import BlockMaker
from drafter.assembly.material import Material, Terms, Unit, gather, joined
from drafter.assembly.selection import FLOOR, Answering, select
from drafter.dossier import Block, Coverage, Dossier, DraftAnswer, Status
from embeddings.errors import Cancelled, UsageError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.bank import Bank
    from drafter.search import Searcher


def assemble(questions: Document, searcher: Searcher, as_of: datetime.date, progress: Progress = SILENT) -> Dossier:
    """A draft of the answers to `questions` from what was said before `as_of`.

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
    exclude = own_documents(questions, searcher.bank)
    terms = Terms(as_of, _portfolio(questions), exclude)
    maker = BlockMaker(searcher.bank, as_of, exclude)
    progress.start("Zoeken", len(questions.questions))
    materials = []
    for question in questions.questions:
        if progress.cancelled():
            raise Cancelled
        materials.append(gather(question, searcher, terms, maker.newest))
        progress.advance()
    if not wants_separate_answers(questions.questions):
        materials = _grouped(materials)
    answers = tuple(_draft_answer(answering, maker) for answering in select(materials))
    # The day of reference and no clock: the same input gives the same draft.
    moment = datetime.datetime.combine(as_of, datetime.time(), datetime.UTC)
    return Dossier(
        id=questions.case_number or questions.id,
        questions=questions,
        answers=answers,
        as_of=as_of,
        created=moment,
        changed=moment,
    )


def own_documents(questions: Document, bank: Bank) -> frozenset[str]:
    """Ids of what the bank holds of this very set: it must never be its own source."""
    own = {questions.id}
    for summary in bank.documents():
        same_case = questions.case_number is not None and summary.case_number == questions.case_number
        if same_case or summary.sha256 == questions.sha256:
            own.add(summary.id)
    return frozenset(own)


def _portfolio(questions: Document) -> str | None:
    return next((holder.portfolio for holder in questions.addressees if holder.portfolio), None)


def _grouped(materials: Sequence[Material]) -> list[Material]:
    """Neighbouring questions together where one earlier answer, to several questions, is the best for each of them."""
    groups: list[list[Material]] = []
    for material in materials:
        best = material.best
        last = groups[-1][-1].best if groups else None
        together = (
            best is not None
            and last is not None
            and len(best.numbers) > 1
            and (best.document, best.numbers) == (last.document, last.numbers)
            and min(best.score, last.score) >= FLOOR
        )
        if together:
            groups[-1].append(material)
        else:
            groups.append([material])
    return [group[0] if len(group) == 1 else joined(group) for group in groups]


def _draft_answer(answering: Answering, maker: BlockMaker) -> DraftAnswer:
    material = answering.material
    blocks: list[Block] = []
    taken_up: dict[int, str] = {}
    for unit in _reading_order(answering.chosen):
        made = [maker.block(piece) for piece in unit.pieces]
        blocks += made
        for number, worth in enumerate(unit.worth):
            if worth >= FLOOR:
                taken_up.setdefault(number, made[0].id)
    coverage = tuple(
        Coverage(of, need.label, need.text, number in taken_up, taken_up.get(number))
        for number, (need, of) in enumerate(zip(material.needs, material.needs_of, strict=True))
    )
    return DraftAnswer(
        numbers=material.numbers,
        blocks=tuple(blocks),
        status=Status.DRAFTED if blocks else Status.NO_SOURCE,
        coverage=coverage,
        note="" if blocks else _why_empty(answering),
    )


def _why_empty(answering: Answering) -> str:
    if not answering.elsewhere:
        return ""
    numbers = " en ".join(str(number) for number in sorted(answering.elsewhere))
    return f"Wat hier het best past, staat al bij het antwoord op vraag {numbers}."


def _reading_order(units: Sequence[Unit]) -> list[Unit]:
    """In the order of what is asked; what comes from one earlier answer stays together, in its own order."""
    first: dict[tuple[str, tuple[int, ...], str], tuple[int, float]] = {}
    for unit in units:
        need = max(range(len(unit.worth)), key=lambda n: unit.worth[n])
        place = (need, -unit.best)
        first[unit.home] = min(first.get(unit.home, place), place)
    return sorted(units, key=lambda u: (first[u.home], u.home, u.pieces[0].passage.start))


def with_blocks(dossier: Dossier, blocks: dict[str, Block]) -> Dossier:
    """`dossier` with some blocks put in the place of those with the same id."""
    answers = tuple(
        dataclasses.replace(a, blocks=tuple(blocks.get(b.id, b) for b in a.blocks)) for a in dossier.answers
    )
    return dataclasses.replace(dossier, answers=answers)
