"""From values to styled text. Text of documents goes through `plain` and is never read as markup."""

from __future__ import annotations

import functools
import unicodedata

from textual.content import Content, Span

from drafter.checks.finding import Finding, Severity
from drafter.word_difference import Change, word_diff

SIGN = {Severity.WARNING: "⚠", Severity.INFO: "ℹ"}
STYLE = {Severity.WARNING: "underline $text-warning", Severity.INFO: "underline $text-secondary"}

# Kept although of a "format" category: joiners inside a character, and the soft hyphen, which a terminal shows as one.
_FORMAT_KEPT = "\u200d"


@functools.lru_cache(maxsize=4096)
def plain(text: str, breaks: bool = True) -> str:
    """`text` with a visible mark for each character that could steer a terminal or hide what is shown.

    Positions stay the same: one character for one. Line breaks become spaces unless `breaks`.
    """
    return "".join(map(_plain_character if breaks else _plain_character_on_a_line, text))


def _plain_character(character: str) -> str:
    if character == "\n" or (character >= " " and character < "\x7f"):
        return character
    if character in "\t\u00a0\u2028\u2029\r\x0b\x0c\x85":
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character not in _FORMAT_KEPT:
        return "�"
    return character


def _plain_character_on_a_line(character: str) -> str:
    return " " if character == "\n" else _plain_character(character)


def line(text: str, style: str = "") -> Content:
    """Document text on one line."""
    return Content.styled(" ".join(plain(text, breaks=False).split()), style)


def prose(text: str, style: str = "") -> Content:
    """Document text with its own line breaks."""
    return Content.styled(plain(text), style)


def with_findings(text: str, findings: tuple[Finding, ...], chosen: Finding | None = None) -> Content:
    """A text with its findings underlined; the chosen one reversed."""
    spans = [
        Span(f.start, f.end, STYLE[f.severity] + (" reverse" if f == chosen else ""))
        for f in findings
        if 0 <= f.start < f.end <= len(text)
    ]
    return Content(plain(text), spans)


def difference(old: str, new: str) -> Content:
    """What changed from `old` to `new`, see `changed_words`."""
    return changed_words(word_diff(old, new))


def changed_words(changes: tuple[Change, ...]) -> Content:
    """Changes as ``[-gone-]`` and ``[+added+]``, so that they can be read without colour."""
    pieces: list[Content] = []
    for change in changes:
        text = plain(change.text)
        if change.op == "equal":
            pieces.append(Content(text))
        elif change.op == "insert":
            pieces.append(Content.styled(f"[+{text}+]", "$text-success bold"))
        else:
            pieces.append(Content.styled(f"[-{text}-]", "$text-error strike"))
    return Content("").join(pieces) if pieces else Content("")


def highlighted(text: str, words: frozenset[str]) -> Content:
    """A text in which each of `words` (lower case) is lit up."""
    from drafter.word_difference import tokens

    spans = [Span(t.start, t.end, "bold $text-accent") for t in tokens(text) if t.is_word and t.text.lower() in words]
    return Content(plain(text), spans)


def hanging(row: Content, width: int, indent: int = 3) -> list[Content]:
    """`row` on as many lines of `width` cells as it takes, the later ones `indent` cells further in."""
    first, *rest = row.wrap(max(width - indent, 10))
    return [first, *(Content(" " * indent) + part for part in rest)]


def indented(text: str, width: int, most: int, indent: str = "     ") -> Content:
    """Document text wrapped to `width` cells, at most `most` lines, the later ones indented."""
    words = line(text)
    rows = words.wrap(width)
    if len(rows) > most:
        rows = [
            *rows[: most - 1],
            words[sum(len(row) + 1 for row in rows[: most - 1]) :].truncate(width, ellipsis=True),
        ]
    return Content("\n" + indent).join(rows)
