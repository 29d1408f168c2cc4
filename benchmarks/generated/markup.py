"""The document as html, official XML, Markdown and plain text."""

from __future__ import annotations

import random
import textwrap
from html import escape

from benchmarks.generated.model import Drawn, Grid, Line, Text
from benchmarks.generated.shown import mark_shown, note_lines


def html(drawn: Drawn, chance: random.Random) -> bytes:
    """A page."""
    layout = drawn.layout
    body: list[str] = []
    for line in drawn.lines:
        if isinstance(line, Grid):
            body.append(_html_table(line))
            continue
        text = _html_text(line.text, drawn, chance)
        strong = layout.bold and (line.role.endswith("heading") or line.role == "question")
        text = f"<b>{text}</b>" if strong else text
        if line.role == "question" and layout.automatic:
            body.append(f'<ol start="{line.numbers[0]}"><li>{text}</li></ol>')
        elif line.role == "item" and layout.automatic:
            body.append(f"<ul><li>{text}</li></ul>")
        elif line.role == "item":
            body.append(f"<p>{layout.bullet}&nbsp;&nbsp;{text}</p>")
        elif line.role.endswith("heading") and chance.random() < 0.3:
            body.append(f"<h2>{text}</h2>")
        else:
            body.append(f"<p>{text}</p>")
    if layout.note_style == "page":
        body += [
            f'<p class="footnote"><sup><a href="#r{mark}" id="n{mark}">{mark}</a></sup> {escape(text)}</p>'
            for mark, text in drawn.notes
        ]
    body += [f"<p>{escape(text)}</p>" for text in note_lines(drawn)]
    page = "\n".join(body)
    head = '<head><meta charset="utf-8"><title>Stuk</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{page}</body></html>".encode()


_HIDDEN = [
    '<span style="display:none">{}</span>', '<span style="mso-hide:all">{}</span>', "<!-- {} -->", "<del>{}</del>",
    "<span hidden>{}</span>", '<span style="display: none !important">{}</span>',
]  # fmt: skip


def _html_text(text: Text, drawn: Drawn, chance: random.Random) -> str:
    found = []
    for piece in text:
        said = escape(piece.text, quote=False)
        if piece.kind == "note" and drawn.layout.note_style == "page":
            found.append(f'<sup><a href="#n{said}" id="r{said}">{said}</a></sup>')
        elif piece.kind == "note" and drawn.layout.mark_style == "1":
            found.append(f"<sup>{said}</sup>")
        elif piece.kind == "note":
            found.append(mark_shown(piece.text, drawn.layout))
        elif piece.kind == "hidden":
            found.append(chance.choice(_HIDDEN).format(said))
        else:
            found.append(said)
    return "".join(found)


def _html_table(grid: Grid) -> str:
    rows = []
    for row in grid.rows:
        cells = "".join(
            f"<td{f' colspan={cell.columns}' if cell.columns > 1 else ''}"
            f"{f' rowspan={cell.rows}' if cell.rows > 1 else ''}>"
            f"{escape(cell.text)}</td>"
            for cell in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


def xml(drawn: Drawn, chance: random.Random) -> bytes:
    """The official form; its head says what the lines of the head say."""
    notes = dict(drawn.notes)
    parts: list[str] = []
    head = [_said(line.text) for line in drawn.lines if isinstance(line, Line) and line.role == "head"]
    open_tag = ""
    for line in drawn.lines:
        role = line.role
        if role == "head":
            continue
        tag = "vraag" if role.startswith("question") else "antwoord"
        if isinstance(line, Line) and role.endswith("heading") and role != "notes heading":
            parts.append((f"</{open_tag}>" if open_tag else "") + f"<{tag}><nr>{escape(_said(line.text))}</nr>")
            open_tag = tag
        elif isinstance(line, Grid):
            parts.append(_cals(line))
        elif role == "closing":
            parts.append(
                (f"</{open_tag}>" if open_tag else "")
                + f"<ondertekening><al>{escape(_said(line.text))}</al></ondertekening>"
            )
            open_tag = ""
        elif role == "notes heading":
            continue
        else:
            lead = f"{drawn.layout.bullet} " if role == "item" else ""
            text = "".join(
                f'<noot type="voet" id="n{p.text}"><noot.nr>{p.text}</noot.nr>'
                f"<noot.al>{escape(notes[p.text])}</noot.al></noot>"
                if p.kind == "note"
                else escape(p.text)
                for p in line.text
            )
            parts.append(f"<al>{lead}{text}</al>")
    parts.append(f"</{open_tag}>" if open_tag else "")
    kinds = ["vraag", "antwoord"]
    described = "".join(
        f'<kamervraagomschrijving type="{kind}">{escape(text)}</kamervraagomschrijving>'
        for kind, text in zip(kinds, head, strict=False)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><metadata/><kamervragen><kamervraagkop>'
        f'<tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031</tekstregel></kamervraagkop>'
        f"{described}{''.join(parts)}"
        "</kamervragen></officiele-publicatie>"
    ).encode()


def _cals(grid: Grid) -> str:
    width = max(sum(cell.columns for cell in row) for row in grid.rows)
    specs = "".join(f'<colspec colname="c{n}" colnum="{n}"/>' for n in range(1, width + 1))
    rows = []
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(grid.rows):
        cells, x = [], 0
        for cell in row:
            while (y, x) in covered:
                x += 1
            span = f' namest="c{x + 1}" nameend="c{x + cell.columns}"' if cell.columns > 1 else f' colname="c{x + 1}"'
            more = f' morerows="{cell.rows - 1}"' if cell.rows > 1 else ""
            cells.append(f"<entry{span}{more}><al>{escape(cell.text)}</al></entry>")
            covered |= {(y + dy, x + dx) for dy in range(cell.rows) for dx in range(cell.columns)}
            x += cell.columns
        rows.append(f"<row>{''.join(cells)}</row>")
    return f'<table><tgroup cols="{width}">{specs}<tbody>{"".join(rows)}</tbody></tgroup></table>'


def _said(text: Text) -> str:
    return "".join(piece.text for piece in text if piece.kind == "plain")


def markdown(drawn: Drawn, chance: random.Random) -> bytes:
    """Markdown."""
    signs = chance.choice([("## ", ""), ("### ", ""), ("**", "**")])
    lines = []
    for line in drawn.lines:
        if isinstance(line, Grid):
            continue
        text = _text(line, drawn, chance)
        lines.append(f"{signs[0]}{text}{signs[1]}" if line.role.endswith("heading") else text)
    return "\n\n".join([*lines, *note_lines(drawn)]).encode()


def plain(drawn: Drawn, chance: random.Random) -> bytes:
    """Plain text, one line a paragraph or broken to a width."""
    separator = "\n\n" if chance.random() < 0.7 else "\n"
    lines = [_text(line, drawn, chance) for line in drawn.lines if isinstance(line, Line)]
    lines += note_lines(drawn)
    if drawn.layout.width:
        separator = "\n\n"
        lines = [
            textwrap.fill(line, drawn.layout.width, break_long_words=False, break_on_hyphens=False) for line in lines
        ]
    return separator.join(lines).encode()


def _text(line: Line, drawn: Drawn, chance: random.Random) -> str:
    raised = len(drawn.notes) % 2 == 0
    said = "".join(
        mark_shown(piece.text, drawn.layout, raised) if piece.kind == "note" else piece.text for piece in line.text
    )
    return f"{drawn.layout.bullet} {said}" if line.role == "item" else said
