"""A review as one HTML page: the text on the left, its source on the right, to read and to print."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from answers_bank.dutch.time.dates import UNKNOWN_DATE, dutch_date
from drafter.checks.finding import warnings_in
from drafter.export.html.page import escape, link, page, table
from drafter.export.review_wording import (
    CHANGE_KINDS,
    RELATIONS,
    loses_meaning,
    note_source_line,
    notes_line,
    part_line,
    parts_by_key,
    review_title,
    source_line,
    summary_line,
)
from drafter.export.wording import finding_text
from drafter.headings import questions_reference
from drafter.reuse.values import Label, ReuseForm, Review, SentenceReview, SentenceSource
from drafter.word_difference import Change
from drafter.wording import STATE_WORDS

_STYLE = """
main { max-width: 82rem; }
.row { display: grid; grid-template-columns: 6.5rem minmax(0, 3fr) minmax(0, 2fr); gap: 0 1rem; padding: .45rem 0;
  border-bottom: 1px solid var(--line); }
.filter { font-size: .875rem; margin: 1rem 0; }
.filter label { margin-right: 1rem; }
main:has(#toon-bewerkt:checked) .row:not(.edited), main:has(#toon-eigen:checked) .row:not(.own),
main:has(#toon-let-op:checked) .row:not(.warn) { display: none; }
.label { font-size: .75rem; padding-top: .2rem; }
.label span { display: inline-block; border-radius: .2rem; padding: .05rem .4rem; border: 1px solid var(--line); }
.verbatim .label span { background: #dce8f4; }
.edited .label span { background: var(--warn-fill); }
.where { font-size: .8125rem; color: var(--soft); }
.where details { margin-top: .2rem; }
.change { font-size: .8125rem; color: var(--warn); margin: .25rem 0 0; }
del.meaning { outline: 2px solid #7a1010; font-weight: bold; }
.bar { display: flex; height: .5rem; max-width: 20rem; border: 1px solid var(--line); margin: .2rem 0 .6rem; }
.bar i { display: block; }
.bar .v { background: #6d9dcb; }
.bar .e { background: #e0b040; }
@media (max-width: 50rem) { .row { grid-template-columns: 1fr; } }
@media print { .row { break-inside: avoid; } .filter { display: none; } }
"""

# Works without scripts; a browser that does not know :has shows everything.
_FILTER = "".join(
    f'<input type="radio" name="toon" id="toon-{name}"{" checked" if name == "alles" else ""}>'
    f'<label for="toon-{name}">{words}</label>'
    for name, words in (
        ("alles", "alles"),
        ("bewerkt", "alleen bewerkt"),
        ("eigen", "alleen eigen tekst"),
        ("let-op", "alleen wat aandacht vraagt"),
    )
)
_FILTER = f'<fieldset class="filter"><legend>Toon</legend>{_FILTER}</fieldset>'


def review_html(review: Review) -> str:
    """The review as one self-contained page."""
    return page(review_title(review), _parts(review), _STYLE)


def _parts(review: Review) -> Iterator[str]:
    yield f"<h1>{escape(review_title(review))}</h1>"
    yield f"<p>{escape(summary_line(review))}</p>"
    if review.documents:
        yield table(
            ("Bron", "Datum", "Zinnen"),
            (
                (
                    link(source.title or source.document, source.url),
                    escape(dutch_date(source.date) if source.date else UNKNOWN_DATE),
                    str(source.sentences),
                )
                for source in review.documents
            ),
            "Waar de overgenomen zinnen vandaan komen",
        )
    yield _FILTER
    summaries = parts_by_key(review)
    for key, sentences in itertools.groupby(review.sentences, key=lambda s: (s.numbers, s.heading)):
        tally = summaries[key].tally
        yield f"<h2>{escape(key[1] or 'Tekst')}</h2>"
        shares = (("v", tally.share(Label.VERBATIM)), ("e", tally.share(Label.EDITED)))
        bar = "".join(f'<i class="{name}" style="width:{share:.1%}"></i>' for name, share in shares)
        yield f'<p class="where">{escape(part_line(summaries[key]))}</p><div class="bar" aria-hidden="true">{bar}</div>'
        for sentence in sentences:
            yield _row(sentence)
    if review.footnotes:
        yield f"<h2>{escape(notes_line(review))}</h2>"
    for note in review.footnotes:
        said = escape(note.text)
        if note.label is Label.EDITED:
            said = "".join(_change(change, False) for change in note.diff)
        yield (
            f'<div class="row {note.label.value}"><div class="label"><span>{STATE_WORDS[note.label]}</span></div>'
            f'<div>{escape(note.mark)} {said}</div><div class="where">{escape(note_source_line(note))}</div></div>'
        )


def _row(sentence: SentenceReview) -> str:
    notes = [f"Let op, {CHANGE_KINDS.get(c.kind, c.kind)}: {c.message}" for c in sentence.changes]
    notes += [finding_text(finding) for finding in warnings_in(sentence.findings)]
    shown = "".join(f'<p class="change">{escape(note)}</p>' for note in notes)
    label = sentence.label.value + (" warn" if notes else "")
    return (
        f'<div class="row {label}"><div class="label"><span>{STATE_WORDS[sentence.label]}</span></div>'
        f'<div>{_difference(sentence)}{shown}</div><div class="where">{_sources(sentence)}</div></div>'
    )


def _difference(sentence: SentenceReview) -> str:
    if sentence.label is not Label.EDITED or sentence.best is None or sentence.best.relation is ReuseForm.PARAPHRASE:
        return escape(sentence.text)
    return "".join(_change(change, loses_meaning(change, sentence)) for change in sentence.diff)


def _change(change: Change, loses: bool) -> str:
    text = escape(change.text)
    match change.op:
        case "insert":
            return f"<ins>{text}</ins>"
        case "delete":
            mark = ' class="meaning" title="verandert de betekenis"' if loses else ""
            return f"<del{mark}>{text}</del>"
    return text


def _sources(sentence: SentenceReview) -> str:
    if sentence.best is None:
        return ""
    others = [source for source in sentence.sources if source != sentence.best]
    more = ""
    if others:
        items = "".join(f"<li>{escape(source_line(source))}</li>" for source in others)
        more = f"<details><summary>Ook op {len(others)} andere plaats{'en' if len(others) > 1 else ''}</summary>"
        more += f"<ul>{items}</ul></details>"
    quote = ""
    if sentence.best.relation is ReuseForm.PARAPHRASE:
        quote = f"<p>In de bron staat: “{escape(sentence.best.text)}”</p>"
    return _source(sentence.best) + quote + more


def _source(source: SentenceSource) -> str:
    parts = [link(source.title or source.document, source.url)]
    parts.append(escape(dutch_date(source.date) if source.date else UNKNOWN_DATE))
    if source.numbers:
        parts.append(escape(f"antwoord op {questions_reference(source.numbers)}"))
    parts.append(escape(f"alinea {source.passage}"))
    return f"{', '.join(parts)}<br>{escape(RELATIONS[source.relation])}, {source.similarity:.0%} gelijk"
