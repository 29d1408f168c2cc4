"""Sentences under review: each with its label beside it, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from answers_bank.dutch.time.dates import UNKNOWN_DATE
from drafter.dossier.value import Block
from drafter.reuse.rows import ReviewedParagraph
from drafter.reuse.summary import ReviewSummary
from drafter.reuse.values import Label, SentenceReview, SentenceSource
from drafter.wording import STATE_WORDS, accepted_words, count, question_words, sentence_case, short_date
from tui.text import SIGN, changed_words, hanging, line, prose
from tui.widgets.threads import thread_rows

STYLE = {Label.VERBATIM: "$text-success", Label.EDITED: "$text-warning", Label.OWN: "$text-secondary"}
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A line of the list: a heading (no sentence), or a sentence of a passage."""

    numbers: tuple[int, ...]
    heading: str
    passage: ReviewedParagraph | None = None
    sentence: SentenceReview | None = None
    first: bool = False
    """Whether it is the first of its passage that is shown."""

    last: bool = False

    @property
    def block(self) -> Block | None:
        """The block it stands in, where it is of a dossier."""
        return self.passage.block if self.passage else None


def rows_of(
    passages: tuple[ReviewedParagraph, ...], headings: tuple[tuple[tuple[int, ...], str], ...], which: str
) -> list[SentenceRow]:
    """The rows of what `which` lets through: "" all, "edited", "warned" or "open" (not accepted yet).

    `headings` are those of the answers, also of empty ones; none for a file, which has only what is in `passages`.
    """
    rows: list[SentenceRow] = []
    for numbers, heading in headings or dict.fromkeys((p.numbers, p.heading) for p in passages):
        inside: list[SentenceRow] = []
        for passage in passages:
            if (passage.numbers, passage.heading) != (numbers, heading):
                continue
            shown = [s for s in passage.sentences if _kept(passage, s, which)]
            inside += [
                SentenceRow(numbers, heading, passage, sentence, index == 0, index == len(shown) - 1)
                for index, sentence in enumerate(shown)
            ]
        if inside or not which:
            rows += [SentenceRow(numbers, heading), *inside]
    return rows


def _kept(passage: ReviewedParagraph, sentence: SentenceReview, which: str) -> bool:
    if which == "edited":
        return sentence.label is not Label.VERBATIM
    if which == "open":
        return passage.block is None or not passage.block.accepted_by
    return which != "warned" or sentence.warned


def words_of(row: SentenceRow, question: str, inline: bool, width: int) -> Content:
    """A row as it is shown, wrapped to `width` cells."""
    if row.sentence is None:
        head = Content.styled(sentence_case(row.heading or "Tekst"), "bold $text-primary")
        return Content("\n").join([head, line(question, "italic $foreground-muted")]) if question else head
    sentence = row.sentence
    rows: list[Content] = []
    if row.first and (judged := _judged(row.block)):
        rows.append(judged)
    label = STATE_WORDS[sentence.label] + (f" ±{sentence.edits}" if sentence.label is Label.EDITED else "")
    margin = Content.styled(f"{label:<{_MARGIN - 1}}"[: _MARGIN - 1], STYLE[sentence.label])
    words = changed_words(sentence.diff) if inline and sentence.label is Label.EDITED else prose(sentence.text)
    for number, part in enumerate(words.wrap(max(width - _MARGIN - 2, 20))):
        rows.append((margin if number == 0 else Content(" " * (_MARGIN - 1))) + Content("│ ") + part)
    told = [(SIGN[f.severity], f.message) for f in sentence.findings]
    told += [("⚠", change.message) for change in sentence.changes]
    for sign, message in told:
        wrapped = line(message).wrap(max(width - _MARGIN - 4, 20))
        for number, part in enumerate(wrapped):
            rows.append(Content(" " * _MARGIN) + Content.styled(f"{sign} " if number == 0 else "  ") + part)
        rows[-len(wrapped) :] = [row.stylize("$text-warning") for row in rows[-len(wrapped) :]]
    if row.last:
        said = [part for thread in row.block.discussion for part in thread_rows(thread)] if row.block else []
        rows += [part for one in said for part in hanging(Content(" ") + one, width - 2, 4)]
        rows.append(Content(""))
    return Content("\n").join(rows)


def _judged(block: Block | None) -> Content | None:
    if block is None:
        return None
    if block.accepted_by:
        return Content.styled(f"  ✓ akkoord ({accepted_words(block)})", "$text-success")
    return None


def source_of(sentence: SentenceReview, passage: str) -> Content:
    """Where a sentence comes from: the source's sentence with what is gone marked, and the passage around it.

    `passage` is the reading view of what was taken over; empty where that is not known.
    """
    if sentence.best is None:
        return Content.styled("Eigen tekst: er is geen bron gevonden.", "$foreground-muted")
    place = sentence.best
    parts = [line(_named(place), "bold $text-primary")]
    if place.url:
        parts.append(line(place.url, "$foreground-muted"))
    parts.append(Content(""))
    if sentence.label is Label.EDITED:
        parts += [Content.styled("Zo stond het er:", "bold"), prose(place.text)]
        parts += [Content(""), Content.styled("Van bron naar concept:", "bold"), changed_words(sentence.diff)]
    else:
        parts += [Content.styled("Zo staat het er:", "bold"), prose(place.text)]
    parts += [Content.styled("⚠ ", "$text-warning") + line(c.message, "$text-warning") for c in sentence.changes]
    if passage and " ".join(passage.split()) != place.text:
        at = passage.find(place.text)
        around = prose(passage, "$foreground-muted")
        if at >= 0:
            around = around.stylize("bold", at, at + len(place.text))
        parts += [Content(""), Content.styled("In de alinea:", "bold"), around]
    if sentence.others:
        parts += [Content(""), Content.styled("Staat ook in:", "bold")]
        parts += [line(_named(other)) for other in sentence.others[:5]]
        if len(sentence.others) > 5:
            parts.append(line(f"en op {len(sentence.others) - 5} andere plaatsen", "$foreground-muted"))
    return Content("\n").join(parts)


def _named(place: SentenceSource) -> str:
    parts = [sentence_case(place.title or place.document)]
    if place.numbers:
        parts.append(question_words(place.numbers))
    parts.append(short_date(place.date) if place.date else UNKNOWN_DATE)
    return ", ".join(parts)


def summary_words(summary: ReviewSummary, which: str, dossier: bool) -> Content:
    """The summary in a line."""
    parts = [
        Content.styled(f"overgenomen {summary.verbatim}%", "$text-success"),
        Content.styled(f"bewerkt {summary.edited}%", "$text-warning"),
        Content.styled(f"eigen {summary.own}%", "$text-secondary"),
    ]
    if summary.oldest is not None:
        parts.append(Content(f"oudste bron {short_date(summary.oldest)}"))
    if dossier:
        parts.append(Content(f"{summary.accepted} van {summary.passages} akkoord"))
    if summary.warnings:
        parts.append(Content.styled(f"⚠ {summary.warnings} waarschuwingen", "$text-warning"))
    if summary.changes:
        parts.append(Content.styled(f"⚠ {summary.changes} met andere betekenis", "$text-warning"))
    if summary.remarks:
        parts.append(Content(f"✎ {count(summary.remarks, 'opmerking', 'opmerkingen')} open"))
    if which:
        shown = {
            "edited": "alleen bewerkt en eigen tekst",
            "warned": "alleen waarschuwingen",
            "open": "alleen nog niet akkoord",
        }
        parts.append(Content.styled(f"▼ {shown[which]}", "bold $text-accent"))
    return Content(" · ").join(parts)
