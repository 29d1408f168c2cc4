"""A review as a Word document: the text with what was edited as tracked changes, its sources as comments."""

from __future__ import annotations

import itertools

from drafter.checks.finding import warnings_in
from drafter.export.review_wording import (
    CHANGE_KINDS,
    part_line,
    parts_by_key,
    review_title,
    source_line,
    sources_lines,
    summary_line,
)
from drafter.export.word.frame import Frame
from drafter.export.word.notes import Comments, Footnotes
from drafter.export.word.ooxml import Element, Identifiers, MarkedText, Operation, Stamp, paragraph, text_run, w
from drafter.export.word.package import WordPackage
from drafter.export.word.styles import Style, WordStyles
from drafter.export.wording import finding_text
from drafter.reuse.values import Label, ReuseForm, Review, SentenceReview
from drafter.wording import STATE_WORDS

AUTHOR = "kamerantwoord"
# Equal reviews give equal files; a review without a date is dated as the files inside a package are.
_NO_DATE = "1980-01-01"


def review_word(review: Review) -> bytes:
    """The .docx as bytes; accepting all changes gives the text under review."""
    return _ReviewWriter(review).bytes()


class _ReviewWriter:
    def __init__(self, review: Review) -> None:
        self._review = review
        self._package = WordPackage.default()
        self._styles = WordStyles(self._package)
        date = review.date.isoformat() if review.date else _NO_DATE
        self._stamp = Stamp(AUTHOR, f"{date}T00:00:00Z")
        self._comments = Comments(self._styles, self._stamp.date)
        self._changes = Identifiers(1000)

    def bytes(self) -> bytes:
        title = review_title(self._review)
        answer = self._styles[Style.ANSWER]
        body = [
            paragraph(text_run(title), style=self._styles[Style.TITLE]),
            paragraph(text_run(summary_line(self._review)), style=answer),
        ]
        body += [
            paragraph(text_run(f"• {line}"), style=self._styles[Style.LIST_ITEM])
            for line in sources_lines(self._review)
        ]
        body.append(self._legend())
        parts = itertools.groupby(self._review.sentences, key=lambda s: (s.numbers, s.heading))
        summaries = parts_by_key(self._review)
        for key, sentences in parts:
            body.append(paragraph(text_run(key[1] or "Tekst"), style=self._styles[Style.QUESTION_HEADING]))
            body.append(paragraph(text_run(part_line(summaries[key])), style=self._styles[Style.TABLE_TEXT]))
            for _, group in itertools.groupby(sentences, key=lambda s: s.paragraph):
                body.append(paragraph(*self._runs(list(group)), style=answer))
        frame = Frame(title, AUTHOR, self._stamp.date, body, Footnotes(self._styles), self._comments)
        frame.fill(self._package)
        return self._package.to_bytes()

    def _legend(self) -> Element:
        return paragraph(
            text_run("Letterlijk overgenomen", style=self._styles[Style.VERBATIM]),
            text_run(" · "),
            text_run("bewerkt", style=self._styles[Style.EDITED]),
            text_run(" (het verschil met de bron als bijgehouden wijziging) · eigen tekst zonder kleur. "),
            text_run("De bron staat in een opmerking."),
            style=self._styles[Style.ANSWER],
        )

    def _runs(self, sentences: list[SentenceReview]) -> list[Element]:
        runs: list[Element] = []
        for number, sentence in enumerate(sentences):
            if number:
                runs.append(text_run(" "))
            text = self._marked(sentence)
            if sentence.best is not None:
                begin, close = self._comments.add(_comment(sentence), AUTHOR)
                text.mark(0, 2, begin)
                text.mark(text.length, 0, *close)
            runs.extend(text.runs(self._tracked))
        return runs

    def _marked(self, sentence: SentenceReview) -> MarkedText:
        if sentence.label is Label.OWN or sentence.best is None:
            return MarkedText.plain(sentence.text)
        if sentence.label is Label.VERBATIM:
            return MarkedText([("equal", sentence.text)], style=self._styles[Style.VERBATIM])
        if sentence.best.relation is ReuseForm.PARAPHRASE:
            # Word for word nothing would be left standing: the source is in the comment.
            return MarkedText([("equal", sentence.text)], style=self._styles[Style.EDITED])
        return MarkedText([(c.op, c.text) for c in sentence.diff], style=self._styles[Style.EDITED])

    def _tracked(self, operation: Operation, run: Element) -> Element:
        tag = "ins" if operation == "insert" else "del"
        return w(tag, run, id=self._changes.next(), author=self._stamp.author, date=self._stamp.date)


def _comment(sentence: SentenceReview) -> str:
    assert sentence.best is not None
    lines = [f"{STATE_WORDS[sentence.label].capitalize()}. Bron: {source_line(sentence.best)}."]
    if sentence.best.relation is ReuseForm.PARAPHRASE:
        lines.append(f"In de bron staat: “{sentence.best.text}”")
    lines += [f"Let op, {CHANGE_KINDS.get(c.kind, c.kind)}: {c.message}" for c in sentence.changes]
    lines += [finding_text(finding) for finding in warnings_in(sentence.findings)]
    others = [source for source in sentence.sources if source != sentence.best]
    if others:
        lines.append("Ook in: " + "; ".join(source_line(source) for source in others[:5]) + ".")
    return "\n".join(lines)
