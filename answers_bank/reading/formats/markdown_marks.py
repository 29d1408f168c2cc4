"""The marks of Markdown in plain text: what to leave out, footnote marks, footnote bodies."""

from __future__ import annotations

import itertools
import re

from answers_bank.documents import Footnote
from answers_bank.reading.mapped import Mapped, Mark

# Signs that a text is Markdown and no prose that happens to hold a star or a bar.
_IS_MARKDOWN = re.compile(r"^#{1,4} +(?:\*\*)?(?:Vra(?:ag|gen)|Antwoord(?:en)?)\b|^\[\^[\w-]{1,20}\]:", re.MULTILINE)
_HEADING = re.compile(r"^(?:#{1,6} +\S.*|\*\*[^*\n]+\*\*[ \t]*)$", re.MULTILINE)
_FEWEST_HEADINGS = 2
_REFERENCE = re.compile(r"\[\^([\w-]{1,20})\](?!:)")
_BODY = re.compile(r"^\[\^([\w-]{1,20})\]:[ \t]*(\S[^\n]*(?:\n(?:[ ]{2,4}|\t)\S[^\n]*)*)", re.MULTILINE)
_LEFT_OUT = re.compile(
    r"^[ ]{0,3}(?:>[ ]?)+"  # a quotation
    r"|\*\*(?=\S)|(?<=\S)\*\*"  # strong
    r"|\\(?=[\\`*_\[\]<>|&#+.)~-])"  # an escape
    r"|\\$"  # a hard line break
    r"|^#{1,6}[ \t]+(?=\S)"  # a heading
    r"|^[ ]{0,3}\|(?:[ :]*-{3,}[ :]*\|)+[ \t]*$",  # the line under the head of a table
    re.MULTILINE,
)


def markdown_marks(text: str) -> tuple[list[tuple[int, int]], list[Mark], list[Footnote]]:
    """Spans to leave out, marks and notes; all empty where the text is no Markdown."""
    if "#" not in text and "**" not in text and "[^" not in text:
        return [], [], []
    headings = itertools.islice(_HEADING.finditer(text), _FEWEST_HEADINGS)
    if not _IS_MARKDOWN.search(text) and len(list(headings)) < _FEWEST_HEADINGS:
        return [], [], []
    cuts: list[tuple[int, int]] = []
    notes: list[Footnote] = []
    for match in _BODY.finditer(text):
        cuts.append(match.span())
        body = Mapped.of(text, match.start(2), match.end()).fold()
        plain = re.sub(r"\\(?=[\\`*_\[\]<>|&#+.)~-])", "", body.text)
        notes.append(Footnote("note", match[1], plain, body.start, body.end))
    marks: list[Mark] = []
    for match in _REFERENCE.finditer(text):
        cuts.append(match.span())
        marks.append((match.start(), "note", match[1]))
    cuts += [match.span() for match in _LEFT_OUT.finditer(text) if match.end() > match.start()]
    return cuts, marks, notes
