"""The frame of an HTML export: one self-contained file, readable on screen and on paper, without scripts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as _escape

from drafter.export.wording import printable, safe_link

_STYLE = """
:root { --ink: #1a1a1a; --soft: #555; --line: #c8c8c8; --blue: #154273; --warn: #8a6100; --warn-fill: #fff4d6; }
* { box-sizing: border-box; }
body { font: 16px/1.55 Verdana, "DejaVu Sans", sans-serif; color: var(--ink); background: #fff; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; color: var(--blue); }
h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; color: var(--blue); }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin: 1rem 0; }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
a { color: var(--blue); }
.question { font-weight: bold; white-space: pre-line; }
.text p { white-space: pre-line; margin: .6rem 0 .2rem; }
.text ul { margin: .3rem 0; }
.source { font-size: .8125rem; color: var(--soft); margin: 0 0 .3rem; padding-left: .9rem; }
.source { border-left: 3px solid var(--line); }
.finding, .empty, .remark { font-size: .875rem; margin: .3rem 0; padding: .4rem .8rem; }
.finding, .empty { background: var(--warn-fill); border-left: 4px solid var(--warn); }
.remark { border-left: 4px solid var(--blue); background: #eef3f8; }
.notes { font-size: .8125rem; border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: .5rem; }
sup a { text-decoration: none; }
ins { background: #d9efdc; color: #0b4a1b; text-decoration: underline; }
del { background: #f8dcdc; color: #7a1010; text-decoration: line-through; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  .text p, .source, .finding, tr { break-inside: avoid; }
  a { color: inherit; }
}
@page { margin: 2cm; }
"""


def escape(text: str) -> str:
    """`text` as HTML shows it, without control characters."""
    return _escape(printable(text), quote=True)


def link(text: str, url: str | None) -> str:
    """`text`, as a link where `url` is a plain web address."""
    safe = safe_link(url)
    return f'<a href="{escape(safe)}">{escape(text)}</a>' if safe else escape(text)


def table(headings: Iterable[str], rows: Iterable[Iterable[str]], caption: str = "") -> str:
    """A table; headings and cells are HTML already."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    title = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def page(title: str, parts: Iterable[str], style: str = "") -> str:
    """The whole page. Its policy forbids whatever would be fetched or run."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main>\n</body>\n</html>\n"
    )
