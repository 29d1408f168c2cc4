"""The draft as Markdown (CommonMark with footnotes and tables, as pandoc and most editors read it)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.finding import warnings_in
from drafter.dossier.value import Block, BlockNote, Dossier
from drafter.export.content import ANNEX_HEADINGS, AnswerContent, Content, content
from drafter.export.layout import BULLETS, LineGroup, line_groups
from drafter.export.options import ExportOptions, Provenance
from drafter.export.wording import NO_SOURCE_HINT, finding_text, printable, provenance_text, safe_link
from drafter.headings import NO_SOURCE

# What stands between the cells of a row, after escaping.
_BAR = r"\|"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|&])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s)|[+-](?=\s)|(?:=+|-+)\s*$|~{3,})", re.MULTILINE)
_ORDERED = re.compile(r"^(\s*\d{1,9})([.)])(?=\s)", re.MULTILINE)


def escape(text: str) -> str:
    """`text` so that Markdown shows exactly these characters."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _ORDERED.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))


def markdown_text(dossier: Dossier, options: ExportOptions) -> str:
    """The draft as one Markdown text."""
    return _MarkdownWriter(content(dossier), options).text()


class _MarkdownWriter:
    def __init__(self, shown: Content, options: ExportOptions) -> None:
        self._shown = shown
        self._options = options
        self._sources = bool(options.provenance & {Provenance.FOOTNOTES, Provenance.COMMENTS})
        self._footnotes: list[str] = []

    def text(self) -> str:
        parts = [f"# {escape(self._shown.title)}", self._cover() if self._options.cover else ""]
        for answer in self._shown.answers:
            parts.extend(self._answer(answer))
        if Provenance.ANNEX in self._options.provenance:
            parts.extend(self._annex())
        parts.append("\n".join(f"[^{n}]: {escape(note)}" for n, note in enumerate(self._footnotes, 1)))
        return "\n\n".join(part for part in parts if part) + "\n"

    def _cover(self) -> str:
        rows = [f"| {escape(label)} | {escape(value)} |" for label, value in self._shown.cover]
        return "\n".join(["| Gegeven | Waarde |", "|---|---|", *rows])

    def _answer(self, answer: AnswerContent) -> Iterator[str]:
        for question in answer.questions:
            yield f"## {question.heading}"
            body = self._with_notes(question.text, question.notes)
            yield "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
        yield f"## {answer.heading}"
        if answer.is_empty and self._options.placeholders:
            yield f"**{NO_SOURCE}** *{NO_SOURCE_HINT}*"
        for block in answer.blocks:
            yield from self._block(block)
        if self._options.findings:
            for finding in warnings_in(answer.findings):
                yield _remark(finding_text(finding))

    def _block(self, block: Block) -> Iterator[str]:
        notes = block.notes
        if self._sources and block.origin is not None:
            notes = (*notes, BlockNote(len(block.text), provenance_text(block)))
        yield self._with_notes(block.text, notes)
        if self._options.findings:
            for finding in warnings_in(block.open_findings):
                yield _remark(finding_text(finding))
        if block.remark and self._options.remarks:
            yield _remark(f"Opmerking: {block.remark}")

    def _with_notes(self, text: str, notes: tuple[BlockNote, ...]) -> str:
        parts: list[str] = []
        begin = 0
        for note in sorted(notes, key=lambda note: note.position):
            parts.append(printable(text[begin : note.position]))
            self._footnotes.append(" ".join(note.text.split()))
            parts.append(f"\0{len(self._footnotes)}\0")
            begin = max(begin, note.position)
        parts.append(printable(text[begin:]))
        # The marks go in after the escaping, which would take them for text.
        shown = [_laid_out(group) for group in line_groups(escape("".join(parts)), _is_bullet, _BAR)]
        return re.sub("\0(\\d+)\0", r"[^\1]", "\n\n".join(shown))

    def _annex(self) -> Iterator[str]:
        yield "## Herkomst"
        head = [f"| {' | '.join(ANNEX_HEADINGS)} |", f"|{'---|' * len(ANNEX_HEADINGS)}"]
        rows: list[str] = []
        for row in self._shown.annex:
            cells = [escape(cell) for cell in row.cells]
            if link := safe_link(row.link):
                cells[2] = f"[{cells[2]}](<{link}>)"
            rows.append(f"| {' | '.join(cells)} |")
        yield "\n".join([*head, *rows])


def _is_bullet(line: str) -> bool:
    return line.lstrip().removeprefix("\\").startswith(BULLETS)


def _laid_out(group: LineGroup) -> str:
    if group.form == "list":
        return "\n".join(f"- {line.lstrip().removeprefix(chr(92))[2:].strip()}" for line in group.lines)
    if group.form == "table":
        head, *rows = group.rows(_BAR)
        return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
    return "\\\n".join(group.lines)


def _remark(text: str) -> str:
    return f"> **Let op:** {escape(' '.join(text.split()))}"
