"""The draft as one HTML page."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.checks.finding import warnings_in
from drafter.dossier.value import Block, BlockNote, Dossier
from drafter.export.content import ANNEX_HEADINGS, AnswerContent, Content, content
from drafter.export.html.page import escape, link, page, table
from drafter.export.layout import LineGroup, line_groups
from drafter.export.options import ExportOptions, Provenance
from drafter.export.wording import NO_SOURCE_HINT, finding_text, provenance_text, safe_link
from drafter.headings import NO_SOURCE


def draft_html(dossier: Dossier, options: ExportOptions) -> str:
    """The draft as one self-contained page."""
    shown = content(dossier)
    writer = _PageWriter(options)
    return page(shown.title, [f"<h1>{escape(shown.title)}</h1>", *writer.parts(shown)])


def _laid_out(group: LineGroup) -> str:
    """A group of HTML text as a list, a table or a paragraph."""
    if group.form == "list":
        return "<ul>" + "".join(f"<li>{item}</li>" for item in group.items()) + "</ul>"
    if group.form == "table":
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in group.rows())
        return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"
    return "<p>" + "\n".join(group.lines) + "</p>"


class _PageWriter:
    def __init__(self, options: ExportOptions) -> None:
        self._options = options
        self._sources = bool(options.provenance & {Provenance.FOOTNOTES, Provenance.COMMENTS})
        self._notes: list[str] = []

    def parts(self, shown: Content) -> Iterator[str]:
        if self._options.cover:
            rows = (f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in shown.cover)
            yield "<table><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
        for answer in shown.answers:
            yield from self._answer(answer)
        if Provenance.ANNEX in self._options.provenance:
            yield "<h2>Herkomst</h2>"
            annex = [
                [link(cell, row.link) if column == 2 else escape(cell) for column, cell in enumerate(row.cells)]
                for row in shown.annex
            ]
            yield table(map(escape, ANNEX_HEADINGS), annex)
        if self._notes:
            items = "\n".join(f'<li id="noot-{n}">{escape(note)}</li>' for n, note in enumerate(self._notes, 1))
            yield f'<ol class="notes" aria-label="Voetnoten">\n{items}\n</ol>'

    def _answer(self, answer: AnswerContent) -> Iterator[str]:
        for question in answer.questions:
            yield f"<h2>{escape(question.heading)}</h2>"
            yield f'<p class="question">{self._with_notes(question.text, question.notes)}</p>'
        yield f"<h3>{escape(answer.heading)}</h3>"
        if answer.is_empty and self._options.placeholders:
            yield f'<p class="empty"><strong>{escape(NO_SOURCE)}</strong> {escape(NO_SOURCE_HINT)}</p>'
        for block in answer.blocks:
            yield from self._block(block)
        if self._options.findings:
            for finding in warnings_in(answer.findings):
                yield f'<p class="finding">{escape(finding_text(finding))}</p>'

    def _block(self, block: Block) -> Iterator[str]:
        shown = "\n".join(_laid_out(group) for group in line_groups(self._with_notes(block.text, block.notes)))
        yield f'<div class="text">{shown}</div>'
        if self._sources:
            shown = escape(provenance_text(block))
            for url in sorted({o.url for o in block.origins if o.url and safe_link(o.url)}):
                shown = shown.replace(escape(url), link(url, url))
            yield f'<p class="source">{shown}</p>'
        if self._options.findings:
            for finding in warnings_in(block.open_findings):
                yield f'<p class="finding">{escape(finding_text(finding))}</p>'
        if block.remark and self._options.remarks:
            yield f'<p class="remark">Opmerking: {escape(block.remark)}</p>'

    def _with_notes(self, text: str, notes: tuple[BlockNote, ...]) -> str:
        parts: list[str] = []
        begin = 0
        for note in sorted(notes, key=lambda note: note.position):
            self._notes.append(" ".join(note.text.split()))
            number = len(self._notes)
            parts.append(escape(text[begin : note.position]))
            parts.append(f'<sup><a href="#noot-{number}" aria-label="Voetnoot {number}">{number}</a></sup>')
            begin = max(begin, note.position)
        parts.append(escape(text[begin:]))
        return "".join(parts)
