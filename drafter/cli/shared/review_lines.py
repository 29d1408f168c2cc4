"""A review as lines for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator

import click

from drafter.checks.finding import warnings_in
from drafter.checks.rules import title_of
from drafter.cli.shared.plain import plain
from drafter.export.review_wording import (
    CHANGE_KINDS,
    MARKS,
    loses_meaning,
    note_source_line,
    notes_line,
    part_line,
    parts_by_key,
    review_title,
    source_line,
    sources_lines,
    summary_line,
)
from drafter.reuse.values import Label, NoteReview, ReuseForm, Review, SentenceReview

_COLOURS = {Label.VERBATIM: "cyan", Label.EDITED: "yellow", Label.OWN: None}


def review_lines(review: Review, *, colour: bool, width: int | None) -> Iterator[str]:
    """The lines of a review.

    Args:
        review: what to show.
        colour: show labels and differences in colour; else with marks: [-gone-] and [+new+].
        width: columns to wrap at; None leaves every sentence on one line, for a pipe.
    """
    writer = _LineWriter(colour, width)
    yield writer.bold(review_title(review))
    yield from writer.wrapped(summary_line(review), "")
    for line in sources_lines(review):
        yield from writer.wrapped(plain(line), "  ")
    part: tuple[tuple[int, ...], str] | None = None
    parts = parts_by_key(review)
    for sentence in review.sentences:
        if (sentence.numbers, sentence.heading) != part:
            part = (sentence.numbers, sentence.heading)
            yield ""
            heading = sentence.heading or "Tekst"
            yield writer.bold(f"{heading} ({part_line(parts[part])})")
        yield from writer.sentence(sentence)
    if review.footnotes:
        yield ""
        yield writer.bold(notes_line(review))
    for note in review.footnotes:
        yield from writer.note(note)


class _LineWriter:
    def __init__(self, colour: bool, width: int | None) -> None:
        self._colour = colour
        self._width = width

    def bold(self, text: str) -> str:
        text = plain(text)
        return click.style(text, bold=True) if self._colour else text

    def sentence(self, sentence: SentenceReview) -> Iterator[str]:
        mark = MARKS[sentence.label]
        if self._colour and (colour := _COLOURS[sentence.label]):
            mark = click.style(mark, fg=colour, bold=True)
        yield from self.wrapped(self._difference(sentence), "  ", first=f"{mark} ")
        if sentence.best is None:
            return
        others = len(sentence.sources) - 1
        more = f" (en {others} andere {'plaats' if others == 1 else 'plaatsen'})" if others else ""
        yield from self.wrapped(self._dim(plain(f"bron: {source_line(sentence.best)}{more}")), "    ")
        if sentence.best.relation is ReuseForm.PARAPHRASE:
            yield from self.wrapped(self._dim(plain(f"in de bron: {sentence.best.text}")), "    ")
        for change in sentence.changes:
            yield from self.wrapped(
                self._warn(f"! {CHANGE_KINDS.get(change.kind, change.kind)}: {change.message}"), "    "
            )
        for finding in warnings_in(sentence.findings):
            yield from self.wrapped(self._warn(f"! {title_of(finding)}: {finding.message}"), "    ")

    def note(self, note: NoteReview) -> Iterator[str]:
        mark = MARKS[note.label]
        if self._colour and (colour := _COLOURS[note.label]):
            mark = click.style(mark, fg=colour, bold=True)
        said = plain(note.text)
        if note.label is Label.EDITED:
            said = "".join(self._change(change.op, plain(change.text), False) for change in note.diff)
        yield from self.wrapped(f"{plain(note.mark)} {said}", "  ", first=f"{mark} ")
        if note.source is not None:
            yield from self.wrapped(self._dim(plain(f"bron: {note_source_line(note)}")), "    ")

    def wrapped(self, text: str, indent: str, first: str | None = None) -> Iterator[str]:
        begin = indent if first is None else first
        if self._width is None:
            yield begin + text
            return
        lines = _wrap(text, max(self._width - len(indent), 30))
        for number, line in enumerate(lines or [""]):
            yield (begin if number == 0 else indent) + line

    def _difference(self, sentence: SentenceReview) -> str:
        if sentence.label is not Label.EDITED or (sentence.best and sentence.best.relation is ReuseForm.PARAPHRASE):
            return plain(sentence.text)
        shown, before = "", ""
        for change in sentence.diff:
            text = plain(change.text)
            if before == "delete" and change.op == "insert" and not shown[-1:].isspace():
                shown += " "  # what went and what came in its place are two words
            shown += self._change(change.op, text, loses_meaning(change, sentence))
            before = change.op
        return shown

    def _change(self, operation: str, text: str, loses: bool) -> str:
        if operation == "equal" or not text.strip():
            return "" if operation == "delete" else text
        # The blank before or after a changed word stays outside the marks.
        core = text.strip()
        before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
        if self._colour:
            style = (
                {"fg": "green", "underline": True} if operation == "insert" else {"fg": "red", "strikethrough": True}
            )
            shown = click.style(core, **style)  # type: ignore[arg-type]
        else:
            shown = f"[+{core}+]" if operation == "insert" else f"[-{'!' if loses else ''}{core}-]"
        return f"{before}{shown}{after}"

    def _dim(self, text: str) -> str:
        return click.style(text, dim=True) if self._colour else text

    def _warn(self, text: str) -> str:
        text = plain(text)
        return click.style(text, fg="yellow") if self._colour else text


def _wrap(text: str, width: int) -> list[str]:
    """Wraps by what is seen: colour codes take no room."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        seen = len(click.unstyle(word))
        if used and used + 1 + seen > width:
            lines.append(line)
            line, used = word, seen
        else:
            line, used = (f"{line} {word}", used + 1 + seen) if line else (word, seen)
    return [*lines, line] if line else lines
