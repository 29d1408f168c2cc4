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
from answers_bank.dutch.clauses import plain_names
from drafter.assembly import passage_filters as filters
from drafter.assembly.excerpts import Excerpt, Versions
from drafter.assembly.needs import Ask, Need, ask_of, named_titles, needs
from drafter.assembly.scoring import NOTHING, SAME, SET_PHRASE, are_sources, nearness, worth
from drafter.search.values import SearchQuery, SearchResult

if TYPE_CHECKING:
    from drafter.search.searcher import Searcher

RESULTS = 30
"""Earlier answers looked at for each thing asked."""

LONGEST = 220
"""Words of passages that are kept together; what would be longer is taken apart."""

SAME_QUESTION = 82.0
"""From this likeness in words (0 to 100) on, an earlier question asks the same and its answer is taken as a whole."""

SAME_MEANING = 0.6
"""From this nearness in meaning on (cosine without what all questions share) an earlier question asks the same."""

PARTLY_SAME = 0.35
"""Share of its runs of four words from which a passage is an older version of a newer one."""

NEWER = 60
"""Days between two documents from which the later one tells a later position; closer ones only put it differently."""

STILL_GOOD = 0.5
"""The newer passage has to be worth this share of the older."""

Home = tuple[str, tuple[int, ...], str]
"""An earlier answer or section of a letter: document, numbers, heading."""

_NOT_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class PassageGroup:
    """Pieces of one earlier answer or section that are taken or left together, in reading order."""

    excerpts: tuple[Excerpt, ...]
    worth: tuple[float, ...]
    """For each need what this is worth, see `scoring`; 0 and below: no source."""

    source: SearchResult
    whole: bool = False
    """Whether it is the whole answer to a question that asks the same."""

    set_phrase: bool = False
    """Whether it is a bare "Ja." to a question that comes back in every set."""

    repeated: float = 0.0
    """Share of it, 0 to 1, that stands in another document too."""

    near: float = NOTHING
    """How near it comes to the question, see `scoring`."""

    @property
    def words(self) -> int:
        """Length in words."""
        return sum(filters.words(excerpt.text) for excerpt in self.excerpts)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of its passages."""
        return tuple(excerpt.passage.id for excerpt in self.excerpts)

    @property
    def date(self) -> datetime.date | None:
        """Of its newest excerpt."""
        return max((excerpt.passage.date for excerpt in self.excerpts if excerpt.passage.date), default=None)

    @property
    def best(self) -> float:
        """The highest of its worths."""
        return max(self.worth, default=NOTHING)

    @property
    def home(self) -> Home:
        """Which earlier answer or section it comes from."""
        return _home(self.source)

    @property
    def order(self) -> tuple[int, str, int]:
        """To break ties: newest first, then by name and place."""
        date = self.excerpts[0].passage.date
        return -(date.toordinal() if date else 0), self.excerpts[0].passage.document, self.excerpts[0].passage.start


@dataclass(frozen=True, slots=True)
class QuestionCandidates:
    """Everything found for one question, or for several that are answered together."""

    questions: tuple[Question, ...]
    needs: tuple[Need, ...]
    needs_of: tuple[int, ...]
    """For each need the number of its question."""

    groups: tuple[PassageGroup, ...]
    best: SearchResult | None
    """The best earlier answer of all."""

    has_source: bool
    """Whether anything that was found is good enough to speak of a source."""

    nearest: float | None = None
    """How near the bank comes, see `scoring`: a source from 0 on; None where nothing of substance is asked."""

    certain: bool = False
    """Whether the same question was answered before, or a set phrase will do."""

    def nearness_of(self, result: SearchResult) -> float:
        """How near one earlier answer comes."""
        return max((group.near for group in self.groups if group.home == _home(result)), default=NOTHING)

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


def gather(question: Question, searcher: Searcher, terms: Terms, versions: Versions) -> QuestionCandidates:
    """Search for all that `question` asks; `versions` knows the versions of standard passages."""
    asked = needs(question)
    text = plain_names(question.text)
    stock = [_stock_phrase(need.text) for need in asked if need.ask in (Ask.ACQUAINTANCE, Ask.PROCEDURE)]
    texts = list(dict.fromkeys([text, *(need.search for need in asked), *stock]))
    found = dict(zip(texts, searcher.search_many([_query(text, terms) for text in texts]), strict=True))
    whole, apart = found[text], [found[need.search] for need in asked]
    results: dict[Home, SearchResult] = {}
    for result in sorted((r for each in found.values() for r in each), key=lambda r: (-r.score, r.rank)):
        results.setdefault(_home(result), result)
    by_whole, by_part = _valued(whole), [_valued(each) for each in apart]
    size = searcher.prepare().size
    near_whole, near_part = _nearness(whole, size), [_nearness(each, size) for each in apart]
    groups: list[PassageGroup] = []
    for home, result in results.items():
        worths, near = {}, NOTHING
        for passage in result.passages:
            key = (home, passage.id)
            # A short part of a question is near something by chance; the whole question then is not.
            worths[passage.id] = tuple((by_whole(key) + by_need(key)) / 2 for by_need in by_part)
            near = max([near, *((near_whole(key) + by_need(key)) / 2 for by_need in near_part)])
        groups += [
            dataclasses.replace(group, near=near) for group in _groups(question, asked, result, worths, versions)
        ]
    substance = any(need.ask is Ask.CONTENT and not need.conditional for need in asked)
    certain = any(group.whole or group.set_phrase for group in groups)
    nearest = max((group.near for group in groups), default=NOTHING) if substance else None
    return QuestionCandidates(
        (question,),
        asked,
        (question.numbers[0],) * len(asked),
        tuple(group for group in groups if not _overtaken(group, groups)),
        whole[0] if whole else None,
        has_source=certain or are_sources([nearest])[0],
        nearest=nearest,
        certain=certain,
    )


def judged(gathered: Sequence[QuestionCandidates]) -> list[QuestionCandidates]:
    """The gathered of a whole set, with whether each has a source judged in the light of the others."""
    sources = are_sources([candidates.nearest for candidates in gathered])
    return [
        dataclasses.replace(candidates, has_source=candidates.certain or source)
        for candidates, source in zip(gathered, sources, strict=True)
    ]


def joined(gathered: Sequence[QuestionCandidates]) -> QuestionCandidates:
    """The candidates of questions that are answered together."""
    before = 0
    total = sum(len(m.needs) for m in gathered)
    groups = []
    for candidates in gathered:
        after = total - before - len(candidates.needs)
        groups += [
            dataclasses.replace(u, worth=(NOTHING,) * before + u.worth + (NOTHING,) * after) for u in candidates.groups
        ]
        before += len(candidates.needs)
    merged: dict[tuple[str, ...], PassageGroup] = {}
    for group in groups:
        key = tuple(excerpt.passage.id for excerpt in group.excerpts)
        known = merged.get(key)
        worth = group.worth if known is None else tuple(map(max, known.worth, group.worth))
        merged[key] = dataclasses.replace(group, worth=worth, whole=group.whole or (known is not None and known.whole))
    return QuestionCandidates(
        tuple(q for m in gathered for q in m.questions),
        tuple(n for m in gathered for n in m.needs),
        tuple(n for m in gathered for n in m.needs_of),
        tuple(merged.values()),
        gathered[0].best,
        has_source=any(m.has_source for m in gathered),
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


def _overtaken(group: PassageGroup, groups: Sequence[PassageGroup]) -> bool:
    """Whether something newer says in part the same in almost the same words: the latest position wins."""
    if len(group.excerpts) > 1 or group.set_phrase or group.date is None:
        return False
    own = filters.shingles(group.excerpts[0].text)
    for other in groups:
        newer = other.home != group.home and other.date is not None and (other.date - group.date).days >= NEWER
        if newer and other.best >= STILL_GOOD * group.best:
            said = frozenset[int]().union(*(filters.shingles(excerpt.text) for excerpt in other.excerpts))
            if len(own & said) >= PARTLY_SAME * len(own):
                return True
    return False


def _stock_phrase(text: str) -> str:
    """The part of "Bent u bekend met het bericht …" that is the same in every set."""
    return " ".join(re.split(r"[‘'“\"«(]|\b(?:waarin|over|dat|van)\b", text)[0].split()[:9])


def _query(text: str, terms: Terms) -> SearchQuery:
    return SearchQuery(
        text, k=RESULTS, before=terms.as_of, portfolio=terms.portfolio, by_number=False, exclude=terms.exclude
    )


def _home(result: SearchResult) -> Home:
    return result.document, result.numbers, result.heading


def _valued(results: Sequence[SearchResult]) -> Callable[[tuple[Home, str]], float]:
    """What a passage is worth by one search; one that it did not find at most what the last that it found is worth."""
    return _known({(_home(result), p.id): worth(result, p) for result in results for p in result.passages})


def _nearness(results: Sequence[SearchResult], size: int) -> Callable[[tuple[Home, str]], float]:
    """How near a passage comes by one search, likewise."""
    return _known({(_home(result), p.id): nearness(result, p, size) for result in results for p in result.passages})


def _known(found: dict[tuple[Home, str], float]) -> Callable[[tuple[Home, str]], float]:
    least = min(found.values(), default=0.0)
    return lambda key: found.get(key, least)


def _groups(
    question: Question,
    asked: tuple[Need, ...],
    result: SearchResult,
    worths: dict[str, tuple[float, ...]],
    versions: Versions,
) -> list[PassageGroup]:
    """The groups of one earlier answer or section."""
    passages = result.passages
    same = asks_the_same(question.text, result.question) or result.scores.get("question", 0.0) >= SAME_MEANING
    kinds = [need.ask for need in asked]
    if any(kind is not Ask.CONTENT for kind in kinds):
        reply = _set_reply(question, asked, result)
        if reply:
            return [reply]
    if all(kind is not Ask.CONTENT for kind in kinds):
        return []
    # What is said of a publication or of a set of questions holds for that one alone.
    content = tuple(need.ask is Ask.CONTENT and not need.conditional for need in asked)
    if result.question and ask_of(result.question) is not Ask.CONTENT and not same and len(passages) == 1:
        return []
    worths = {k: tuple(w if c else NOTHING for w, c in zip(v, content, strict=True)) for k, v in worths.items()}
    if same and all(kind is Ask.CONTENT for kind in kinds):
        excerpts = tuple(versions.newest(p) for p in passages if not filters.refers_elsewhere(p.text))
        best = tuple(max(values) for values in zip(*worths.values(), strict=True)) if worths else ()
        return [PassageGroup(excerpts, tuple(max(w, SAME) for w in best), result, whole=True)] if excerpts else []
    groups = []
    for first, last in _stretches([p.text for p in passages]):
        taken = passages[first : last + 1]
        excerpts = tuple(_trimmed(versions.newest(p)) for p in taken)
        best = tuple(max(values) for values in zip(*(worths[p.id] for p in taken), strict=True))
        groups.append(PassageGroup(excerpts, best, result, repeated=max(map(versions.repeated, taken))))
    return groups


def _set_reply(question: Question, asked: tuple[Need, ...], result: SearchResult) -> PassageGroup | None:
    """The answer to "Bent u bekend met …" or "Kunt u deze vragen …".

    The whole earlier answer where that was about the very same publication; else no more than a bare "Ja." from a
    question of the same sort.
    """
    if not result.question or not result.passages:
        return None
    first = result.passages[0]
    if named_titles(question.text) & named_titles(result.question):
        best = tuple(NOTHING if need.ask is Ask.CONTENT else SAME for need in asked)
        return PassageGroup(tuple(Excerpt(p.passage) for p in result.passages), best, result, whole=True)
    earlier = ask_of(result.question)
    if earlier in (Ask.ACQUAINTANCE, Ask.PROCEDURE) and filters.is_bare(first.text):
        best = tuple(SET_PHRASE if need.ask is earlier else NOTHING for need in asked)
        return PassageGroup((Excerpt(first.passage),), best, result, set_phrase=True) if max(best) > 0 else None
    return None


def _stretches(texts: Sequence[str]) -> list[tuple[int, int]]:
    """First and last of the passages that belong together: an opening with its list, a "Dit …" with what it means."""
    found: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        if filters.says_nothing(text):
            continue
        leans = found and found[-1][1] == number - 1
        before = texts[number - 1]
        short = leans and sum(filters.words(t) for t in texts[found[-1][0] : number + 1]) <= LONGEST
        if short and (filters.announces(before) or filters.breaks_off(before) or filters.points_back(text)):
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [stretch for stretch in found if _is_whole(texts, *stretch)]


def _is_whole(texts: Sequence[str], first: int, last: int) -> bool:
    """Whether passages begin and end with a sentence; a page end or a note may have cut them."""
    cut = filters.starts_midway(texts[first]) or (first > 0 and filters.breaks_off(texts[first - 1]))
    return not cut and not filters.breaks_off(texts[last])


def _trimmed(excerpt: Excerpt) -> Excerpt:
    text = excerpt.passage.text
    skip = filters.leading_yes_or_no(text)
    cut = len(text) - filters.trailing_reference(text)
    return dataclasses.replace(excerpt, skip=skip, cut=cut if len(text) - cut > skip else 0)
