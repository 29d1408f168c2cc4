"""Word patterns in YAML, made into something fast enough to run on every sentence.

A pattern is nearly plain text. `(a|b)` are alternatives, `(a )?` and `[a]` may be absent, `~` is the rest of a word
or a whole one, `…` up to a dozen words in between, `...` up to five and `..` up to three, `{name}` a word list, `^` the
start of a sentence; a space is any white space.
Each pattern has an *anchor*: words of which a sentence must hold one before the pattern is tried at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Generic, TypeVar

import yaml

GAP = r"(?:[^\n]{1,110}?[\s,;:)»”’(])??"
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_GAPS = frozenset({"…", "...", ".."})
What = TypeVar("What")


class WordPattern:
    """One pattern; its regular expression is made when it is first needed."""

    def __init__(self, source: str, lists: Mapping[str, Iterable[str]], whole: bool = False) -> None:
        self.source = source
        self._lists = lists
        self._whole = whole
        self.opens = source.startswith("^")
        chunks = source.split()
        if _GAPS & {chunks[0], chunks[-1]} or any(gap in chunk for chunk in {*chunks} - _GAPS for gap in _GAPS):
            raise ValueError(f"een gat staat niet tussen twee woorden: {source}")

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression; case does not count."""
        text = re.sub(r"\{(\w+)\}", lambda m: group(self._lists[m[1]]), self.source.strip().removeprefix("^"))
        text = re.sub(r"(?<!\\)\[([^\]]*)\] ", r"(?:\1 )?", text)
        text = text.replace(" .. ", r" (?:[\w’'-]+ ){0,3}").replace(" ... ", r" (?:[\w’'-]+ ){0,5}")
        text = re.sub(r"(?<=[ }])… ", lambda _: f"(?P<gap>{GAP})", text, count=1)
        text = re.sub(r"(?<=[ }])… ", lambda _: GAP, text)
        text = re.sub(r"(?<=[\w)])~", r"[\\w’'-]*", text)
        text = text.replace("~", r"[\w’'-]+")
        text = text.replace(" ", r"\s+")
        before = r"(?:\A|(?<=[.!?]\s))" if self.opens else r"(?<!\w)(?<!\w[’'/-])" if self._whole else r"(?<![\w-])"
        return re.compile(f"{before}(?:{text})" + (r"(?![’'/-]?\w)" if self._whole else r"(?!\w)"), re.IGNORECASE)

    def anchor(self) -> set[str] | None:
        """Words of which one must be there ("word~" for a beginning), or None where that cannot be told."""
        best: set[str] | None = None
        for element in _split(self.source.strip().removeprefix("^"), " "):
            words = self._first_words(element)
            if words and (best is None or _cost(words) < _cost(best)):
                best = words
        return best

    def _first_words(self, element: str) -> set[str] | None:
        while element.startswith("("):
            close = _closing(element)
            inner, mark, rest = element[1:close], element[close + 1 : close + 2], element[close + 1 :]
            alternatives = _split(inner, "|")
            apart = all(alternative.endswith(" ") for alternative in alternatives)
            if mark in {"?", "*"} and mark and apart:
                element = rest.lstrip("?*")  # "(de )?vraag": the word itself is what must be there
            elif not rest or (mark == "+" and apart):
                return self._words_of(alternatives)
            else:
                return None
        if not element or element in _GAPS or element.startswith("["):
            return None
        return self._words_of([element])

    def _words_of(self, alternatives: list[str]) -> set[str] | None:
        words: set[str] = set()
        for alternative in alternatives:
            if nested := re.fullmatch(r"\{(\w+)\}", alternative.split(" ")[0]):
                words |= {_WORD.findall(word.lower())[0] for word in self._lists[nested[1]]}
                continue
            head = re.match(r"[^\W_]+", alternative)
            if not head:
                return None
            word, following = head[0].lower(), alternative[head.end() : head.end() + 1]
            if following == "?":
                word, following = word[:-1], "~"
            if following in {"~", "(", "["}:
                if len(word) < 3:
                    return None
                word += "~"
            words.add(word)
        return words or None


class Patterns(Generic[What]):
    """Patterns, each with what it stands for."""

    def __init__(self) -> None:
        self.all: list[tuple[WordPattern, What]] = []
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._prefix: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []

    def add(self, pattern: WordPattern, what: What) -> None:
        """Adds one pattern."""
        number = len(self.all)
        self.all.append((pattern, what))
        anchor = pattern.anchor()
        if anchor is None:
            self._always.append(number)
        for word in anchor or ():
            (self._prefix[word[:-1]] if word.endswith("~") else self._exact[word]).append(number)

    @property
    def words(self) -> Iterable[str]:
        """The anchors that are whole words."""
        return self._exact.keys()

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(prefix) for prefix in self._prefix})

    def find(self, text: str) -> Iterator[tuple[What, list[re.Match[str]]]]:
        """What `text` holds, with its matches; in the order in which the patterns were added."""
        for number in self._candidates(text):
            pattern, what = self.all[number]
            if matches := list(pattern.regex.finditer(text)):
                yield what, matches

    def _candidates(self, text: str) -> list[int]:
        found = set(self._always)
        for word in {w.lower() for w in _WORD.findall(text)}:
            found.update(self._exact.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                found.update(self._prefix.get(word[:length], ()))
        return sorted(found)


@dataclass(frozen=True, eq=False)
class Entry:
    """One pattern of a rule."""

    rule: str
    months: int
    """How many months from the date of the document the words are taken to hold."""

    info: bool
    unless: tuple[WordPattern, ...]
    """Where the sentence matches one of these, the words mean something else."""

    softens: tuple[WordPattern, ...]
    """Where the sentence matches one of these, the finding is information only."""


@dataclass(frozen=True, slots=True)
class RuleHit:
    """An entry found in a sentence."""

    entry: Entry
    start: int
    end: int
    info: bool


class Lexicon:
    """The patterns of rules, and the word lists that they use."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.patterns: Patterns[Entry] = Patterns()
        lists = {name: [str(word) for word in words] for name, words in data.get("words", {}).items()}
        for rule, items in data["rules"].items():
            for item in items:
                if unknown := set(item) - {"pattern", "months", "info", "unless", "softens"}:
                    raise ValueError(f"{rule}: onbekende sleutel {', '.join(sorted(unknown))}")
                unless, softens = (
                    tuple(WordPattern(source, lists) for source in item.get(key, ())) for key in ("unless", "softens")
                )
                entry = Entry(rule, int(item.get("months", 0)), bool(item.get("info", False)), unless, softens)
                self.patterns.add(WordPattern(item["pattern"], lists), entry)

    @property
    def anchors(self) -> Iterable[str]:
        """The whole words that stand for a pattern, in lower case."""
        return self.patterns.words

    def hits(self, sentence: str) -> Iterator[RuleHit]:
        """All entries found in `sentence`, with spans in it."""
        for entry, matches in self.patterns.find(sentence):
            if not any(one.regex.search(sentence) for one in entry.unless):
                info = entry.info or any(one.regex.search(sentence) for one in entry.softens)
                for match in matches:
                    yield RuleHit(entry, *_told_span(match), info)


def _told_span(match: re.Match[str]) -> tuple[int, int]:
    """The words to show: the whole match, or its telling end where a date or much else stands in between."""
    gap = match.groupdict().get("gap")
    if not gap or len(gap) < 25 or (len(gap) < 90 and not re.search(r"\d{4}", gap)):
        return match.span()
    start, end = match.span("gap")
    head, tail = match.string[match.start() : start].strip(), match.string[end : match.end()].strip()
    return (
        (match.start(), match.start() + len(head)) if len(head) > len(tail) else (match.end() - len(tail), match.end())
    )


def _cost(words: set[str]) -> float:
    # Few and long words are rare words; short ones ("is", "de") are everywhere.
    return sum(1.0 / max(len(w) - 1, 1) ** 2 for w in words)


def _closing(text: str) -> int:
    """The place of the bracket that closes the first one."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return place
    raise ValueError(f"haakje niet gesloten: {text}")


def _split(text: str, separator: str) -> list[str]:
    """The parts of a pattern between separators that are not inside brackets."""
    parts, depth, current = [], 0, ""
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if char == separator and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    parts.append(current)
    return [part for part in parts if part]


def read_yaml(name: str, package: str) -> Any:
    """The content of `data/<name>.yaml` of a package."""
    text = resources.files(package).joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def group(words: Iterable[str]) -> str:
    """Words as a group of a regular expression, the longest first; a space is any white space."""
    return "(?:" + "|".join(sorted(map(str, words), key=len, reverse=True)).replace(" ", r"\s+") + ")"


@cache
def word_list(name: str) -> tuple[str, ...]:
    """A list of `data/words.yaml`, as written there."""
    return tuple(str(word) for word in read_yaml("words", "answers_bank.dutch")[name])


@cache
def one_of(name: str) -> str:
    """A list of `data/words.yaml` as a group of a regular expression."""
    return group(word_list(name))
