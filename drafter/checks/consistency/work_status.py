"""How far a piece of work is by a sentence: a study announced, running, finished.

A matter is a noun with a course of its own ("evaluatie", "wetsvoorstel", "pilot") and what qualifies it: names and rare
words of its sentence, or of the sentence before where it is only pointed at ("dit onderzoek").
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from answers_bank.dutch.names.known import COMMON
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.time.moments import Moment
from answers_bank.dutch.words import fold
from drafter.checks.comparison.statements.items import ItemKind
from drafter.checks.comparison.statements.lexicon import words
from drafter.checks.comparison.statements.resolve import resolved
from drafter.checks.comparison.statements.statement import statement
from drafter.checks.comparison.statements.words import ContentWord, is_filler
from drafter.checks.comparison.tense import acts

SHARED_WORDS = 3
"""Words of their surroundings that two mentions of one matter share, where they share no name."""

SHARED_PART = 0.3
"""And which part of the words of the shorter one these must be."""

STAGES = ("planned", "preparation", "running", "awaited", "done", "sent")
"""Of a piece of work, in order; "awaited" says when it will be done, not how far it is."""

LAW_STAGES = (
    "announced", "preparation", "consultation", "council of state", "submitted", "upper house", "adopted", "published",
    "in force",
)  # fmt: skip
"""Of a bill, in order."""

_STATES = frozenset({"work status", "law status"})
LAWS = frozenset("wetsvoorstel besluit amvb regeling subsidieregeling verordening richtlijn".split())

_POINTING = re.compile(r"\b(?:dit|deze|dat|die)\s+$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:de|het)\s+$", re.IGNORECASE)
_EXPECTED = re.compile(
    r"\b(?:zal|zullen|verwacht\w*|naar\s+verwachting|voornemens|streef\w*|binnenkort|komende|moet\s+nog)\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:zal|zullen|verwacht\w*|naar\s+verwachting|voornemens|streef\w*|wordt|worden|vindt|vinden|voor\s+het\s+eind\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that says how far a matter is."""

    noun: str
    names: frozenset[str]
    laws: frozenset[str]
    """Those of `names` that are laws."""

    qualifiers: frozenset[str]
    stage: str
    """Of STAGES or LAW_STAGES; empty where the sentence gives no state."""

    law: bool
    expected: tuple[Moment, ...]
    """When it is to be there, where the sentence speaks of what is to come."""

    start: int
    end: int
    """Span of the noun in the text."""

    sentence: str
    context: str
    """The sentence, with those before it where it only points ("dit onderzoek")."""

    def same_matter(self, other: Mention) -> bool:
        """Whether both speak of one matter: the same noun, and a name or two rare words in common."""
        if not (self.noun.endswith(other.noun) or other.noun.endswith(self.noun)):
            return False
        if self.laws and other.laws and not any(_one_law(a, b) for a in self.laws for b in other.laws):
            return False
        if self.laws and other.laws:
            return True
        if self.names & other.names:
            return bool(self.qualifiers & other.qualifiers) or min(len(self.qualifiers), len(other.qualifiers)) < 2
        shared = self.qualifiers & other.qualifiers
        fewest = min(len(self.qualifiers), len(other.qualifiers))
        return len(shared) >= SHARED_WORDS and len(shared) >= SHARED_PART * fewest


def _one_law(first: str, second: str) -> bool:
    """Whether two names may be of one law: "Uitvoeringswet ABC" and "uitvoeringswet afval, bodem en chemie"."""
    if fold(first) == fold(second):
        return True
    short, long = sorted((fold(first).split(), fold(second).split()), key=len)
    if len(short) != 2 or short[0] != long[0]:
        return False
    initials = "".join(part[0] for part in re.split(r"[\s-]+", " ".join(long[1:])) if part)
    return 2 <= len(short[1]) <= 6 and _in_order(short[1], initials)


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def mentions(text: str, date: datetime.date | None = None) -> list[Mention]:
    """What `text`, a paragraph of a document of `date`, says of the state of matters, one a sentence and noun."""
    found: list[Mention] = []
    before: tuple[str, ...] = ()
    for start, end in sentence_spans(text):
        found += _in_sentence(text[start:end], start, before, date)
        before = (*before[-2:], text[start:end])
    return found


@lru_cache(maxsize=8192)
def _in_sentence(text: str, offset: int, before: tuple[str, ...], date: datetime.date | None) -> tuple[Mention, ...]:
    if not _speaks_of_a_matter(text):
        return ()
    said = resolved(statement(text), date)
    moments = tuple(item.value for item in said.items if item.kind is ItemKind.DATE and isinstance(item.value, Moment))
    expected = moments if is_expected(text) else ()
    working = any(_done_by(word.text) for word in said.words)
    if not expected and not working and not acts(said) and not any(hit.dimension in _STATES for hit in said.hits):
        return ()
    laws = frozenset(name.key for name in said.names if name.sort == "law")
    found: dict[str, Mention] = {}
    for word in said.words:
        noun = _matter(word.text) or _done_by(word.text)
        if not noun or noun in found:
            continue
        law = noun in LAWS
        stage = _stage(text, law) or _stage_of_verb(text, word)
        if not stage and not expected and not acts(said):
            continue
        names, qualifiers = _qualifiers(text, noun)
        ahead = text[: word.start]
        context = text
        if before and (_POINTING.search(ahead) or (_DEFINITE.search(ahead) and not names and len(qualifiers) < 4)):
            for sentence in before:
                more, extra = _qualifiers(sentence, noun)
                names, qualifiers = names | more, qualifiers | extra
            context = " ".join((*before, text))
        span = (offset + word.start, offset + word.end)
        found[noun] = Mention(noun, names, laws & names, qualifiers, stage, law, expected, *span, text, context)
    return tuple(found.values())


def is_expected(text: str) -> bool:
    """Whether a sentence speaks of what is to come."""
    return _COMING.search(text) is not None


def _speaks_of_a_matter(text: str) -> bool:
    """A quick look before the sentence is taken apart."""
    folded = fold(text)
    return any(noun in folded for noun in words().matters) or any(verb in folded for verb in _WORK)


def _matter(word: str) -> str:
    """The noun that `word` is or ends in; empty for any other word."""
    folded = fold(word)
    for ending in ("", "en", "s", "n"):
        singular = folded.removesuffix(ending) if ending else folded
        for noun in words().matters:
            if singular == noun or (len(noun) > 5 and singular.endswith(noun)):
                return noun
    return ""


# Verbs that tell of a piece of work without its noun: "het instituut onderzoekt of …".
_WORK = {
    "onderzoekt": "onderzoek", "onderzocht": "onderzoek", "evalueert": "evaluatie", "geevalueerd": "evaluatie",
    "verkent": "verkenning", "verkend": "verkenning",
}  # fmt: skip
_HELPERS = frozenset("is zijn heeft hebben heb werd werden was".split())


def _done_by(word: str) -> str:
    return _WORK.get(fold(word), "")


def _stage_of_verb(text: str, word: ContentWord) -> str:
    """ "onderzoekt" is running; "is onderzocht" is done; any other form says nothing."""
    folded = fold(word.text)
    if folded not in _WORK:
        return ""
    if folded.endswith("t") and folded not in ("onderzocht",):
        return "running"
    before = set(fold(text[: word.start]).split())
    return "done" if before & _HELPERS and "wordt" not in before and "worden" not in before else ""


@lru_cache(maxsize=8192)
def _qualifiers(text: str, noun: str) -> tuple[frozenset[str], frozenset[str]]:
    said = statement(text)
    generic = words().generic
    names = frozenset(
        name.key
        for name in said.names
        if name.sort not in (*COMMON, "place", "ministry") and name.key != "Tweede Kamer"
    )
    busy = {hit.start for hit in said.hits if hit.dimension in ("work status", "law status")}
    qualifiers = frozenset(
        word.stem
        for word in said.words
        if not is_filler(word.text)
        and fold(word.text) not in generic
        and not _matter(word.text).startswith(noun)
        and word.start not in busy
        and len(word.text) > 3
    )
    return names, qualifiers


def _stage(text: str, law: bool) -> str:
    """The state that a sentence gives of a bill or of a piece of work; what is expected is not yet done."""
    dimension = "law status" if law else "work status"
    said = statement(text)
    coming = [act for act in acts(said) if not act.done]
    hits = [hit for hit in said.hits if hit.dimension == dimension]
    # "is gestart en de resultaten worden gedeeld": what is still to be done says nothing of how far it is.
    now = [hit for hit in hits if not any(hit.start <= act.start < hit.end for act in coming)]
    names = {hit.name for hit in now or hits}
    if not names:
        return ""
    if not law and "preparation" in names:
        return "preparation"  # "de voorbereidingen zijn gestart"
    ladder = LAW_STAGES if law else ("announced", "started", *STAGES, "halted")
    best = max(names, key=lambda name: ladder.index(name) if name in ladder else -1)
    if best in ("done", "sent", "in force", "adopted") and _EXPECTED.search(text):
        return "preparation" if law else "awaited"
    # A study that was started is running; that it was announced says only that somebody said so.
    return {"started": "running", "announced": "announced" if law else ""}.get(best, best)
