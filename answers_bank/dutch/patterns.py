"""Lexicons: word patterns in YAML, made into something fast enough to run on every sentence.

A pattern is nearly plain text. `(a|b)` are alternatives, `(a )?` and `[a]` may be absent, `~` is the rest of a word
or a whole one, `…` up to a dozen words in between and `..` up to three, `{name}` a word list of the same file; a space
is any white space.
Each pattern has an *anchor*: words of which a sentence must hold one before the pattern is tried at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

GAP = r"(?:[^\n]{1,110}?[\s,;:)»’”(])??"
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One pattern of a rule."""

    rule: str
    regex: re.Pattern[str]
    months: int
    """How many months from the date of the document the words are taken to hold."""

    info: bool
    unless: tuple[re.Pattern[str], ...]
    """Where the sentence matches one of these, the words mean something else."""

    softens: tuple[re.Pattern[str], ...]
    """Where the sentence matches one of these, the finding is information only."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a sentence."""

    entry: Entry
    start: int
    end: int
    info: bool


class Lexicon:
    """The entries of one file."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._words: dict[str, str] = {
            name: "(?:"
            + "|".join(re.escape(str(w)).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))
            + ")"
            for name, words in data.get("words", {}).items()
        }
        self._lists: dict[str, list[str]] = {k: [str(w) for w in v] for k, v in data.get("words", {}).items()}
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._prefix: dict[str, list[Entry]] = defaultdict(list)
        self._always: list[Entry] = []
        for rule, patterns in data["rules"].items():
            for item in patterns:
                self._add(rule, item)
        self._lengths = sorted({len(p) for p in self._prefix})

    def _add(self, rule: str, item: dict[str, Any]) -> None:
        unknown = set(item) - {"pattern", "months", "info", "unless", "softens"}
        if unknown:
            raise ValueError(f"{rule}: onbekende sleutel {', '.join(sorted(unknown))}")
        entry = Entry(
            rule,
            self.compile(item["pattern"]),
            int(item.get("months", 0)),
            bool(item.get("info", False)),
            tuple(self.compile(p) for p in item.get("unless", ())),
            tuple(self.compile(p) for p in item.get("softens", ())),
        )
        anchor = self._anchor(item["pattern"])
        if anchor is None:
            self._always.append(entry)
            return
        for word in anchor:
            if word.endswith("~"):
                self._prefix[word[:-1]].append(entry)
            else:
                self._exact[word].append(entry)

    def compile(self, pattern: str) -> re.Pattern[str]:
        """The regular expression of a pattern."""
        text = re.sub(r"\{(\w+)\}", lambda m: self._words[m[1]], pattern.strip())
        text = re.sub(r"(?<!\\)\[([^\]]*)\] ", r"(?:\1 )?", text)
        text = text.replace(" .. ", r" (?:[\w’'-]+ ){0,3}")
        text = re.sub(r"(?<=[ }])… ", lambda _: f"(?P<gap>{GAP})", text, count=1)
        text = re.sub(r"(?<=[ }])… ", lambda _: GAP, text)
        if "…" in text or ".. " in text:
            raise ValueError(f"een gat staat niet tussen twee spaties: {pattern}")
        text = re.sub(r"(?<=[\w)])~", r"[\\w’'-]*", text)
        text = text.replace("~", r"[\w’'-]+")
        text = text.replace(" ", r"\s+")
        return re.compile(rf"(?<![\w-])(?:{text})(?!\w)", re.IGNORECASE)

    def _anchor(self, pattern: str) -> set[str] | None:
        """Words of which one must be there, or None where that cannot be told."""
        best: set[str] | None = None
        for element in _elements(pattern):
            words = self._first_words(element)
            if words and (best is None or _cost(words) < _cost(best)):
                best = words
        return best

    def _first_words(self, element: str) -> set[str] | None:
        while element.startswith("("):
            close = _closing(element)
            inner, mark, rest = element[1:close], element[close + 1 : close + 2], element[close + 1 :]
            apart = all(alternative.endswith(" ") for alternative in _alternatives(inner))
            if mark in {"?", "*"} and mark and apart:
                element = rest.lstrip("?*")  # "(de )?vraag": the word itself is what must be there
            elif not rest or (mark == "+" and apart):
                return self._words_of(_alternatives(inner))
            else:
                return None
        if not element or element in {"…", ".."} or element.startswith("["):
            return None
        if match := re.fullmatch(r"\{(\w+)\}", element):
            return {_WORD.findall(w.lower())[0] for w in self._lists[match[1]]}
        return self._words_of([element])

    def _words_of(self, alternatives: list[str]) -> set[str] | None:
        words: set[str] = set()
        for alternative in alternatives:
            nested = re.fullmatch(r"\{(\w+)\}", alternative.split(" ")[0])
            if nested:
                words |= {_WORD.findall(w.lower())[0] for w in self._lists[nested[1]]}
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

    def hits(self, sentence: str) -> Iterator[Hit]:
        """All entries found in `sentence`, with spans in it."""
        seen: set[int] = set()
        for entry in self._candidates(sentence):
            if id(entry) in seen:
                continue
            seen.add(id(entry))
            matches = list(entry.regex.finditer(sentence))
            if not matches or any(p.search(sentence) for p in entry.unless):
                continue
            info = entry.info or any(p.search(sentence) for p in entry.softens)
            for match in matches:
                yield Hit(entry, *_told_span(match), info)

    def _candidates(self, sentence: str) -> Iterator[Entry]:
        yield from self._always
        for word in {w.lower() for w in _WORD.findall(sentence)}:
            yield from self._exact.get(word, ())
            for length in self._lengths:
                if length > len(word):
                    break
                yield from self._prefix.get(word[:length], ())


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


def _elements(pattern: str) -> list[str]:
    """The parts of a pattern between spaces that are not inside brackets."""
    return _split(pattern.strip(), " ")


def _alternatives(text: str) -> list[str]:
    return _split(text, "|")


def _closing(text: str) -> int:
    """The place of the bracket that closes the first one."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return place
    raise ValueError(f"haakje niet gesloten: {text}")


def _split(text: str, separator: str) -> list[str]:
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


@cache
def load(name: str, package: str) -> Lexicon:
    """The lexicon in `data/<name>.yaml` of a package."""
    return Lexicon(read_yaml(name, package))


def read_yaml(name: str, package: str) -> Any:
    """The content of `data/<name>.yaml` of a package."""
    text = resources.files(package).joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def word_list(name: str) -> tuple[str, ...]:
    """A list of `data/words.yaml`, as written there."""
    return tuple(str(word) for word in read_yaml("words", "answers_bank.dutch")[name])


@cache
def one_of(name: str) -> str:
    """A list of `data/words.yaml` as a group of a regular expression, the longest first."""
    return "(?:" + "|".join(sorted(word_list(name), key=len, reverse=True)).replace(" ", r"\s+") + ")"
