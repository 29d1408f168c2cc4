"""What the ranker of sentences learns from: questions with every sentence found, and whether it was taken over.

From a register of questions and answers: an answer that repeats whole sentences of another answer took these over. From
Dutch sets with known pairs: which sentence of which older text stands under which question.

Looking for the cases takes seconds each; each is kept in a file of its own, so that a run that was stopped goes on.
"""

from __future__ import annotations

import dataclasses
import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Document, Question
from benchmarks.drafting import COMMON, questions_of, related, sentence_keys
from benchmarks.drafting import letters_of as letters
from drafter.assembly.question_candidates import Terms, look_up
from drafter.assembly.sentence_numbers import SentenceNumbers
from drafter.assembly.set_texts import SetTexts
from drafter.search.searcher import Searcher

SOFT = 40
"""Letters and digits of a sentence that counts as taken over when trees are grown; judged is by the longer ones."""


class Kind(StrEnum):
    """Why a question is there."""

    REUSED = "reused"
    """Its answer repeats earlier answers; these may be used."""

    ALIKE = "alike"
    """Its answer shares sentences with any other answer of its period; all of that period may be used."""

    STRANGE = "strange"
    """Nothing of its portfolio or its themes may be used."""

    OTHER_THEME = "other_theme"
    """Nothing of its themes may be used."""


@dataclass(frozen=True)
class Case:
    """One question with what was found for it."""

    name: str
    kind: Kind
    date: datetime.date
    numbers: SentenceNumbers
    """Without the units themselves: `unit` is the number that each has in the bank."""

    taken: NDArray[np.bool_]
    """For each row whether its sentence stands in the real answer."""

    size: int
    """Units of the bank."""

    @property
    def homes(self) -> frozenset[int]:
        """Units that a sentence was taken over from."""
        return frozenset(self.numbers.unit[self.taken].tolist())


@dataclass(frozen=True)
class Asked:
    """What makes a case."""

    document: Document
    kind: Kind
    before: datetime.date
    exclude: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    """Sentences of its answer that were taken over, letters and digits only."""


def register_cases(asked: Sequence[Asked], searcher: Searcher, folder: Path | None) -> Iterator[Case]:
    """The cases of a register, each kept in `folder`, where those that are there already are read."""
    for one in asked:
        path = folder / f"{one.kind}-{one.document.id}.npz" if folder else None
        if path is not None and path.exists():
            yield _kept(path, one)
            continue
        case = _case(one, searcher)
        if path is not None:
            new = path.with_suffix(".new.npz")
            numbers = case.numbers
            np.savez_compressed(
                new,
                unit=numbers.unit,
                place=numbers.place,
                values=numbers.values,
                taken=case.taken,
                size=case.size,
            )
            new.replace(path)
        yield case


def _kept(path: Path, asked: Asked) -> Case:
    with np.load(path) as kept:
        numbers = SentenceNumbers((), kept["unit"], kept["place"], kept["values"])
        day = _day(asked.document)
        return Case(asked.document.id, asked.kind, day, numbers, kept["taken"], int(kept["size"]))


def asked_of_register(
    documents: Sequence[Document], since: datetime.date, parted: datetime.date, limit: int
) -> list[Asked]:
    """What is asked of a register.

    Args:
        documents: dated answers, each with one question.
        since: the first day that questions are asked.
        parted: the first day of the later part; no case of one part uses an answer of the other as "alike".
        limit: cases without a source, of each kind.
    """
    homes: dict[str, set[str]] = {}
    for document in documents:
        for key in sentence_keys(document.answers[0].text, SOFT):
            homes.setdefault(key, set()).add(document.id)
    dates = {document.id: document.date for document in documents}
    found = []
    for document in documents:
        day = _day(document)
        shared = tuple(key for key in sentence_keys(document.answers[0].text, SOFT) if 1 < len(homes[key]) <= COMMON)
        long = [key for key in shared if len(key) >= 80]
        if day >= since and any(dates[other] < day for key in long for other in homes[key]):  # type: ignore[operator]
            found.append(Asked(document, Kind.REUSED, day, keys=shared))
        part = frozenset(other for other, date in dates.items() if date and (date < parted) != (day < parted))
        if any(homes[key] - part - {document.id} for key in shared if len(key) >= 60):
            found.append(Asked(document, Kind.ALIKE, datetime.date.max, part, shared))
    others = [document for document in documents if _day(document) >= since]
    random.Random(7).shuffle(others)
    for document in others[:limit]:
        themed = frozenset(d.id for d in documents if _themes(d) & _themes(document))
        found.append(Asked(document, Kind.OTHER_THEME, _day(document), themed))
        strangers = frozenset(d.id for d in documents if related(d, document))
        found.append(Asked(document, Kind.STRANGE, _day(document), strangers))
    return found


def _case(asked: Asked, searcher: Searcher) -> Case:
    document = asked.document
    questions = questions_of(document)
    holder = next((one.portfolio for one in questions.addressees if one.portfolio), None)
    terms = Terms(asked.before, holder, asked.exclude | {document.id})
    known = SetTexts(searcher.prepare(), asked.before, holder, terms.exclude)
    _, numbers = look_up(questions.questions[0], questions.subject or "", searcher, terms, known)
    taken = taken_over(numbers, known, asked.keys)
    in_bank = np.array([unit.unit for unit in numbers.units], np.int64)
    bare = dataclasses.replace(numbers, units=(), unit=in_bank[numbers.unit])
    return Case(document.id, asked.kind, _day(document), bare, taken, known.finder.size)


def set_cases(
    questions: Sequence[Question],
    subject: str,
    wanted: Mapping[int, Sequence[str]],
    searcher: Searcher,
    terms: Terms,
) -> list[tuple[SentenceNumbers, NDArray[np.bool_]]]:
    """For each question of a set its numbers, and whether each sentence stands under that question.

    Args:
        questions: of the set.
        subject: of the set.
        wanted: by number of a question the sentences that its real answer took over, letters and digits only.
        searcher: of the bank.
        terms: what may be used.
    """
    known = SetTexts(searcher.prepare(), terms.as_of, terms.portfolio, terms.exclude)
    found = []
    for question in questions:
        _, numbers = look_up(question, subject, searcher, terms, known)
        keys = [key for number in question.numbers for key in wanted.get(number, ())]
        found.append((numbers, taken_over(numbers, known, keys)))
    return found


def taken_over(numbers: SentenceNumbers, known: SetTexts, keys: Sequence[str]) -> NDArray[np.bool_]:
    """For each row whether its sentence holds most of one of `keys` or stands in it for the most part."""
    places: dict[int, set[int]] = {}
    for unit in numbers.units:
        spans, body = [], ""
        for sentence in known.read(unit).text.sentences:
            own = letters(sentence.text)
            spans.append((len(body), len(body) + len(own)))
            body += own
        held = places.setdefault(unit.unit, set())
        for key in keys:
            at = body.find(key)
            while at >= 0:
                for place, (start, end) in enumerate(spans):
                    shared = min(end, at + len(key)) - max(start, at)
                    if shared > 0 and shared >= 0.5 * min(end - start, len(key)):
                        held.add(place)
                at = body.find(key, at + 1)
    rows = zip(numbers.unit.tolist(), numbers.place.tolist(), strict=True)
    return np.array([place in places[numbers.units[unit].unit] for unit, place in rows], np.bool_)


def smaller(case: Case, share: float, chance: random.Random) -> Case | None:
    """The case as it would be in a bank of a `share` of the size, with one of its sources; None where nothing is left.

    The numbers that depend on what else was found are made again.
    """
    from drafter.assembly.sentence_numbers import COLUMN, SHARED

    kept_source = min(case.homes, default=None)
    kept = [unit for unit in np.unique(case.numbers.unit).tolist() if unit == kept_source or chance.random() < share]
    rows = np.flatnonzero(np.isin(case.numbers.unit, kept))
    if not len(rows):
        return None
    values = case.numbers.values[rows].copy()
    for name in ("sum", "own_sum", "part_sum"):
        below = COLUMN[name.replace("sum", "below") if name != "sum" else "sum_below"]
        values[:, below] = values[:, COLUMN[name]] - values[:, COLUMN[name]].max()
    values[:, COLUMN["parts_below"]] -= values[:, COLUMN["parts_below"]].max()
    for name in ("rank", "best_rank"):
        _, place = np.unique(values[:, COLUMN[name]], return_inverse=True)
        values[:, COLUMN[name]] = np.log(place + 1)
    for name in SHARED:
        values[:, COLUMN[f"share_of_{name}"]] = values[:, COLUMN[name]] / max(values[:, COLUMN[name]].max(), 1e-6)
    numbers = dataclasses.replace(
        case.numbers, unit=case.numbers.unit[rows], place=case.numbers.place[rows], values=values
    )
    size = max(round(case.size * share), 1)
    return dataclasses.replace(case, numbers=numbers, taken=case.taken[rows], size=size)


def _day(document: Document) -> datetime.date:
    assert document.date is not None
    return document.date


def _themes(document: Document) -> frozenset[str]:
    return frozenset(filter(None, document.properties.get("themes", "").split("; ")))
