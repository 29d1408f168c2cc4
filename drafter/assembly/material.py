"""What the bank offers for one question: passages, with what each is worth for each thing that is asked."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from answers_bank.documents import Question
from drafter.assembly import usable
from drafter.assembly.asking import Ask, Need, ask_of, named_titles, needs
from drafter.search.values import FoundPassage, SearchQuery, SearchResult

if TYPE_CHECKING:
    from drafter.search import Searcher

RESULTS = 12
"""Earlier answers looked at for each thing asked."""

SAME_QUESTION = 82.0
"""From this likeness in words (0 to 100) on, an earlier question asks the same and its answer is taken as a whole."""

WHOLE_SEARCH = 0.75
"""What a passage found with the whole question counts for one of its parts."""

SET_PHRASE = 0.5
"""What a bare "Ja." from another set is worth."""

_NOT_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage that may go into the draft."""

    passage: FoundPassage
    skip: int = 0
    """Characters at its beginning that are left out: a "Ja." that answered another question."""

    older: str | None = None
    """Id of the older version that was found, where this is the newest version of a standard passage."""

    @property
    def text(self) -> str:
        """What would stand in the draft."""
        return self.passage.text[self.skip :]


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces of one earlier answer or section that are taken or left together, in reading order."""

    pieces: tuple[Piece, ...]
    worth: tuple[float, ...]
    """For each need the chance, 0 to 1, that this is of use."""

    source: SearchResult
    whole: bool = False
    """Whether it is the whole answer to a question that asks the same."""

    set_phrase: bool = False
    """Whether it is a bare "Ja." to a question that comes back in every set."""

    @property
    def words(self) -> int:
        """Length in words."""
        return sum(usable.words(piece.text) for piece in self.pieces)

    @property
    def date(self) -> datetime.date | None:
        """Of its newest piece."""
        return max((piece.passage.date for piece in self.pieces if piece.passage.date), default=None)

    @property
    def best(self) -> float:
        """The highest of its worths."""
        return max(self.worth, default=0.0)

    @property
    def home(self) -> tuple[str, tuple[int, ...], str]:
        """Which earlier answer or section it comes from."""
        return self.source.document, self.source.numbers, self.source.heading

    @property
    def order(self) -> tuple[int, str, int]:
        """To break ties: newest first, then by name and place."""
        date = self.pieces[0].passage.date
        return -(date.toordinal() if date else 0), self.pieces[0].passage.document, self.pieces[0].passage.start


@dataclass(frozen=True, slots=True)
class Material:
    """Everything found for one question, or for several that are answered together."""

    questions: tuple[Question, ...]
    needs: tuple[Need, ...]
    needs_of: tuple[int, ...]
    """For each need the number of its question."""

    units: tuple[Unit, ...]
    best: SearchResult | None
    """The best earlier answer of all."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the questions."""
        return tuple(n for question in self.questions for n in question.numbers)


@dataclass(frozen=True, slots=True)
class Terms:
    """What may serve as a source."""

    as_of: datetime.date
    portfolio: str | None
    exclude: frozenset[str]


def gather(question: Question, searcher: Searcher, terms: Terms, newest: Callable[[FoundPassage], Piece]) -> Material:
    """Search for all that `question` asks; `newest` gives the newest version of a passage."""
    asked = needs(question)
    whole = _search(searcher, question.text, terms)
    apart = [whole if need.search == question.text else _search(searcher, need.search, terms) for need in asked]
    results: dict[tuple[str, tuple[int, ...], str], SearchResult] = {}
    for result in sorted([*whole, *(r for found in apart for r in found)], key=lambda r: (-r.score, r.rank)):
        results.setdefault((result.document, result.numbers, result.heading), result)
    units: list[Unit] = []
    for key, result in results.items():
        seen = [_scores(found, key) for found in apart]
        overall = _scores(whole, key)
        worths = {
            passage.id: tuple(
                max(scores.get(passage.id, 0.0), overall.get(passage.id, 0.0) * (WHOLE_SEARCH if len(asked) > 1 else 1))
                for scores in seen
            )
            for passage in result.passages
        }
        units += _units(question, asked, result, worths, newest)
    number = question.numbers[0]
    return Material((question,), asked, (number,) * len(asked), tuple(units), next(iter(results.values()), None))


def joined(materials: Sequence[Material]) -> Material:
    """The material of questions that are answered together."""
    before = 0
    total = sum(len(m.needs) for m in materials)
    units = []
    for material in materials:
        after = total - before - len(material.needs)
        units += [dataclasses.replace(u, worth=(0.0,) * before + u.worth + (0.0,) * after) for u in material.units]
        before += len(material.needs)
    merged: dict[tuple[str, ...], Unit] = {}
    for unit in units:
        key = tuple(piece.passage.id for piece in unit.pieces)
        known = merged.get(key)
        worth = unit.worth if known is None else tuple(map(max, known.worth, unit.worth))
        merged[key] = dataclasses.replace(unit, worth=worth, whole=unit.whole or (known is not None and known.whole))
    return Material(
        tuple(q for m in materials for q in m.questions),
        tuple(n for m in materials for n in m.needs),
        tuple(n for m in materials for n in m.needs_of),
        tuple(merged.values()),
        materials[0].best,
    )


def asks_the_same(question: str, earlier: str | None) -> bool:
    """Whether an earlier question asks the same thing in about the same words."""
    if earlier is None:
        return False
    # Short questions are alike by chance: "Deelt u deze mening?"
    enough = min(len(question.split()), len(earlier.split())) >= 6
    return enough and fuzz.token_sort_ratio(_plain(question), _plain(earlier)) >= SAME_QUESTION


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text).lower().strip()


def _search(searcher: Searcher, text: str, terms: Terms) -> tuple[SearchResult, ...]:
    query = SearchQuery(text, k=RESULTS, before=terms.as_of, portfolio=terms.portfolio, exclude=terms.exclude)
    return searcher.search(query)


def _scores(results: Sequence[SearchResult], key: tuple[str, tuple[int, ...], str]) -> dict[str, float]:
    """What each passage of one earlier answer is worth by one search."""
    for result in results:
        if (result.document, result.numbers, result.heading) == key:
            return {p.id: (result.score * p.score) ** 0.5 for p in result.passages}
    return {}


def _units(
    question: Question,
    asked: tuple[Need, ...],
    result: SearchResult,
    worths: dict[str, tuple[float, ...]],
    newest: Callable[[FoundPassage], Piece],
) -> list[Unit]:
    """The units of one earlier answer or section."""
    passages = result.passages
    same = asks_the_same(question.text, result.question)
    kinds = [need.ask for need in asked]
    if any(kind is not Ask.CONTENT for kind in kinds):
        reply = _set_reply(question, asked, result)
        if reply:
            return [reply]
    if all(kind is not Ask.CONTENT for kind in kinds):
        return []
    # What is said of a publication or of a set of questions holds for that one alone.
    content = tuple(kind is Ask.CONTENT for kind in kinds)
    if result.question and ask_of(result.question) is not Ask.CONTENT and not same and len(passages) == 1:
        return []
    worths = {k: tuple(w if c else 0.0 for w, c in zip(v, content, strict=True)) for k, v in worths.items()}
    if same and all(content):
        pieces = tuple(newest(p) for p in passages if not usable.refers_elsewhere(p.text))
        worth = tuple(max(values) for values in zip(*worths.values(), strict=True)) if worths else ()
        return [Unit(pieces, tuple(max(w, result.score) for w in worth), result, whole=True)] if pieces else []
    units = []
    for first, last in _stretches([p.text for p in passages]):
        taken = passages[first : last + 1]
        pieces = tuple(_without_yes_or_no(newest(p)) if n == 0 else newest(p) for n, p in enumerate(taken, first))
        worth = tuple(max(values) for values in zip(*(worths[p.id] for p in taken), strict=True))
        units.append(Unit(pieces, worth, result))
    return units


def _set_reply(question: Question, asked: tuple[Need, ...], result: SearchResult) -> Unit | None:
    """The answer to "Bent u bekend met …" or "Kunt u deze vragen …".

    The whole earlier answer where that was about the very same publication; else no more than a bare "Ja." from a
    question of the same sort.
    """
    if not result.question or not result.passages:
        return None
    first = result.passages[0]
    if named_titles(question.text) & named_titles(result.question):
        worth = tuple(0.0 if need.ask is Ask.CONTENT else 1.0 for need in asked)
        return Unit(tuple(Piece(p) for p in result.passages), worth, result, whole=True)
    earlier = ask_of(result.question)
    if earlier in (Ask.ACQUAINTANCE, Ask.PROCEDURE) and usable.is_bare(first.text):
        worth = tuple(SET_PHRASE if need.ask is earlier else 0.0 for need in asked)
        return Unit((Piece(first),), worth, result, set_phrase=True) if any(worth) else None
    return None


def _stretches(texts: Sequence[str]) -> list[tuple[int, int]]:
    """First and last of the passages that belong together: an opening with its list, a "Dit …" with what it means."""
    found: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        if usable.is_yes_or_no(text) or usable.refers_elsewhere(text):
            continue
        leans = found and found[-1][1] == number - 1
        if leans and (usable.announces(texts[number - 1]) or usable.points_back(text)):
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _without_yes_or_no(piece: Piece) -> Piece:
    skip = usable.leading_yes_or_no(piece.passage.text)
    return dataclasses.replace(piece, skip=skip)
