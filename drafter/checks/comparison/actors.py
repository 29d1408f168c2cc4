"""Differences in who: another ministry, authority or law, and two parties that changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from answers_bank.dutch.names.finder import NameMention, same_bearer
from answers_bank.dutch.names.known import COMMON
from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.words import fold
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statements.lexicon import any_of, fragments, prepositions, words
from drafter.checks.comparison.statements.statement import Statement
from drafter.checks.comparison.statements.words import is_filler, same_word, stem

_KINDS = {"ministry": "responsible_ministry", "law": "legal_basis"}
_WHAT = {
    "responsible_ministry": "Ander ministerie of andere portefeuille",
    "legal_basis": "Andere wettelijke grondslag",
    "named_authority": "Andere instantie of naam",
}
# Common nouns that may stand for any named body: their replacement by a name says more, not something else.
_LOOSE = frozenset(
    {
        "toezichthouder",
        "aanbieder",
        "bestuur",
        "kabinet",
        "bank",
        "lidstaat",
        "verdachte",
        "slachtoffer",
        "ouder",
    }
)


_PARLIAMENT = "Tweede Kamer"


def name_differences(pair: Pair) -> Iterator[Conflict]:
    """Conflicts where a name gave way to another of its sort."""
    olds, news = (*pair.old.names, *_replaced(pair, pair.old)), (*pair.new.names, *_replaced(pair, pair.new))
    lost = [name for name in olds if not stands_in(name, pair.new)]
    gained = [name for name in news if not stands_in(name, pair.old) and pair.new_is_shared(name.start, name.end)]
    for old in lost:
        candidates = [new for new in gained if _comparable(old, new)]
        if not candidates:
            continue
        new = max(
            candidates, key=lambda one: (one.sort == old.sort, pair.likeness(old.start, old.end, one.start, one.end))
        )
        gained.remove(new)
        kind = _KINDS.get(old.sort, _KINDS.get(new.sort, "named_authority"))
        yield pair.conflict(kind, ConflictType.CONTRADICTION, (new.start, new.end), (old.start, old.end), _WHAT[kind])


_SUBJECT = re.compile(r"(?P<name>[A-ZÀ-Þ][\w-]{3,})\s+(?:[a-zà-ÿ]{2,}t|is|zal|mag|kan|was|had|deed|gaf|nam|zag)\b")


def _replaced(pair: Pair, said: Statement) -> list[NameMention]:
    """Common nouns for who acts, where hardly anything else was changed: then another noun is another party."""
    changed = [w for w in (*pair.lost, *pair.gained) if not is_filler(w.text)]
    if len(changed) > 3:
        return []
    found = agents(said)
    opening = _SUBJECT.match(said.text)
    taken = any(one.start == 0 for one in said.names) or any(one.start == 0 for one in said.items)
    ordinary = opening is not None and (fold(opening["name"]) in words().stop or is_filler(opening["name"]))
    if opening and not taken and not ordinary and pair.closeness >= 0.6:
        # The capital of the sentence, or of a name: where the rest is the same, another word is another name.
        found.append(NameMention("other", fold(opening["name"]), 0, opening.end("name"), opening["name"]))
    return found


def stands_in(name: NameMention, other: Statement) -> bool:
    """Whether `other` names the same bearer, or holds its words in lower case."""
    if any(same_bearer(name, candidate) for candidate in other.names):
        return True
    if name.sort in ("ministry", "place"):
        return False
    words = [word for word in re.findall(r"\w+", name.text) if len(word) > 2]
    stems = {word.stem for word in other.words}
    if name.sort == "other":
        return bool(words) and all(any(same_word(stem(word), one) for one in stems) for word in words)
    return bool(words) and all(stem(word) in stems for word in words)


def _comparable(old: NameMention, new: NameMention) -> bool:
    if {old.key, new.key} & _LOOSE and {old.sort, new.sort} & set(COMMON):
        return False
    if _PARLIAMENT in (old.key, new.key):
        return "Eerste Kamer" in (old.key, new.key)
    if old.sort == new.sort:
        return True
    sorts = {old.sort, new.sort}
    if sorts == {"plan", "other"}:
        return True
    if sorts == {"role", "body"}:
        return True
    if not sorts <= {"ministry", "body", "actor", "other"} or sorts in ({"actor", "other"}, {"ministry", "other"}):
        return False
    # A body whose name holds the common noun is that noun by name: "de gemeente" and "gemeente Duindorp".
    if "actor" in sorts:
        actor, name = (old, new) if old.sort == "actor" else (new, old)
        return actor.key not in name.text.lower()
    return True


def listed_differences(pair: Pair) -> Iterator[Conflict]:
    """A conflict where a name that both texts have stands beside another in one of them only: "X" and "X en Y"."""
    for mine, theirs, dropped in ((pair.old, pair.new, True), (pair.new, pair.old, False)):
        for first, second in _joined_names(mine):
            for kept, extra in ((first, second), (second, first)):
                if extra.sort in COMMON or not stands_in(kept, theirs) or stands_in(extra, theirs):
                    continue
                alone = [name for name in theirs.names if same_bearer(name, kept)]
                if not alone or any(alone[0] in couple for couple in _joined_names(theirs)):
                    continue
                span, other = (extra.start, extra.end), (alone[0].start, alone[0].end)
                new, old = (other, span) if dropped else (span, other)
                what = "Er staat een naam minder bij" if dropped else "Er staat een naam meer bij"
                yield pair.conflict("listed", ConflictType.PRECISION, new, old, what)
                return


def _joined_names(said: Statement) -> list[tuple[NameMention, NameMention]]:
    """Neighbouring names with nothing but "en", "of" or a comma between them."""
    row = [name for name in said.names if name.sort in ("place", "body", "ministry", "other", "actor")]
    return [
        (first, second) for first, second in pairwise(row) if _JOINING.fullmatch(said.text[first.end : second.start])
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """The part a bearer plays in its clause."""

    key: str
    role: str
    """ "agent", "patient", or the preposition that binds it, in a few classes."""

    start: int
    end: int


_DETERMINERS = frozenset(fragments("determiners"))
_PASSIVE = re.compile(r"\b(?:wordt|worden|werd|werden|geworden)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:is|zijn|was|waren)\b", re.IGNORECASE)


_AGENTIVE = re.compile(
    r"\b(?i:de|het|een|alle|elke|iedere|door|aan|bij|van|met|naar|tegen)\s+(?:(?:[a-zà-ÿ]+(?:e|de|te))\s+)?"
    rf"(?P<noun>[a-zà-ÿ]{{3,}}{any_of('agent_endings')}s?(?:en|n)?)\b"
)
"""Nouns for persons and bodies that act, by their ending."""


def agents(said: Statement) -> list[NameMention]:
    """Common nouns for who acts that no lexicon holds: "de aannemer", "een apotheker"."""
    taken = [(name.start, name.end) for name in said.names] + [(item.start, item.end) for item in said.items]
    found = []
    for match in _AGENTIVE.finditer(said.text):
        span = match.span("noun")
        if not overlaps(taken, *span):
            found.append(NameMention("role", stem(match["noun"]), *span, match["noun"]))
    return found


def parts(statement: Statement) -> list[Part]:
    """Who does what in each clause, as far as word order and prepositions show it in Dutch.

    In a clause the first bearer without a preposition is the agent, in a passive clause the patient, whom "door" names
    the agent; a second one is the patient.
    """
    known = [name for name in statement.names if name.sort not in ("law", "plan")]
    bearers = sorted([*known, *agents(statement)], key=lambda name: name.start)
    found: list[Part] = []
    for start, end in statement.clauses:
        here = [name for name in bearers if start <= name.start < end]
        roles = []
        behind = start
        for name in here:
            roles.append((name, _binding(statement.text, start, behind, name.start)))
            behind = name.end
        clause = statement.text[start:end]
        has_agent = any(role == "door" for _, role in roles)
        passive = bool(_PASSIVE.search(clause)) or (has_agent and bool(_PERFECT.search(clause)))
        bare = 0
        last = ""
        for name, binding in roles:
            if binding == "joined":
                role = last
            elif binding == "door":
                role = "agent" if passive else "door"
            elif binding:
                role = binding
            else:
                role = ("patient" if passive else "agent") if bare == 0 else "patient"
                bare += 1
            last = role
            found.append(Part(name.key, role, name.start, name.end))
    return found


_JOINING = re.compile(
    r"(?:[\s,()]|\b(?:en|of|als|de|het|een|ook|\w{1,6}\))\b)*(?:en|of|als|,)(?:\s|\b(?:de|het|een)\b)*$", re.IGNORECASE
)


def _binding(text: str, clause: int, behind: int, position: int) -> str:
    """The preposition before the noun phrase at `position`, "joined" after another bearer and "en", "" for none."""
    if behind > clause and (not text[behind:position].strip() or _JOINING.fullmatch(text[behind:position])):
        return "joined"  # "de gemeente Duindorp" is one
    before = re.findall(r"[\w’']+|,", text[clause:position].lower())
    while before and before[-1] in _DETERMINERS and before[-1] != "van":
        before.pop()
    while len(before) >= 2 and before[-1] == "van" and before[-2] in _DETERMINERS:
        before = before[:-2]
        while before and before[-1] in _DETERMINERS and before[-1] != "van":
            before.pop()
    if not before:
        return ""
    return prepositions().get(before[-1], "")


MOST_BEARERS = 4
"""Bearers of one sentence that may have changed parts without changing places."""


def swapped_differences(pair: Pair) -> Iterator[Conflict]:
    """A conflict where two bearers took each other's place; never where words were only added or taken out."""
    if _within(pair.old.text, pair.new.text) or _within(pair.new.text, pair.old.text):
        return
    old_parts, new_parts = parts(pair.old), parts(pair.new)
    olds, news = _first(old_parts), _first(new_parts)
    order = [[key for key in side if key in olds and key in news] for side in (olds, news)]
    if len(order[0]) > MOST_BEARERS and order[0] == order[1]:
        return  # so many in one order are a list, in which word order tells no parts
    shared = [key for key in olds if key in news and olds[key].role != news[key].role]
    for at, first in enumerate(shared):
        for second in shared[at + 1 :]:
            if _exchanged(olds[first].role, olds[second].role, news[first].role, news[second].role):
                yield _swap(pair, olds[first], news[first])
                return
    # "zij zijn afhankelijk van X" against "X is afhankelijk van Y": the one takes the other's place.
    for key in shared:
        was, now = olds[key].role, news[key].role
        if "agent" in (was, now) and {was, now} & {"from", "to"}:
            other = was if now == "agent" else now
            texts = news if now == "agent" else olds
            against = olds if now == "agent" else news
            taker = [one for one in texts if one not in against and texts[one].role == other]
            if taker:
                yield _swap(pair, olds[key], news[key])
                return


def _within(short: str, long: str) -> bool:
    """Whether all words of `short` stand in `long`, in that order."""
    rest = iter(re.findall(r"\w+", fold(long)))
    return all(word in rest for word in re.findall(r"\w+", fold(short)))


def _exchanged(old_first: str, old_second: str, new_first: str, new_second: str) -> bool:
    """Whether the roles of two bearers changed places.

    Agent and patient are told apart only between themselves: which of them a bearer is beside one with a preposition
    depends on a verb that may stand in another clause.
    """
    if (old_first, old_second) == (new_second, new_first):
        return True
    core = {"agent", "patient"}
    before = ["core" if role in core else role for role in (old_first, old_second)]
    after = ["core" if role in core else role for role in (new_second, new_first)]
    return before == after and before[0] != before[1] and "" not in before


def _first(found: list[Part]) -> dict[str, Part]:
    out: dict[str, Part] = {}
    for part in found:
        out.setdefault(part.key, part)
    return out


def _swap(pair: Pair, old: Part, new: Part) -> Conflict:
    return pair.conflict(
        "swapped_actors",
        ConflictType.CONTRADICTION,
        (new.start, new.end),
        (old.start, old.end),
        "De rollen lijken verwisseld",
    )
