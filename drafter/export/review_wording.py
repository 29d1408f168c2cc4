"""The Dutch words of a review, the same in the terminal, in HTML and in Word."""

from __future__ import annotations

from answers_bank.dutch.time.dates import UNKNOWN_DATE, dutch_date
from drafter.checks.finding import warnings_in
from drafter.headings import questions_reference
from drafter.reuse.values import (
    Label,
    LabelCounts,
    NoteReview,
    PartSummary,
    ReuseForm,
    Review,
    SentenceReview,
    SentenceSource,
    word_shares,
)
from drafter.word_difference import Change
from drafter.wording import STATE_WORDS, count

MARKS = {Label.VERBATIM: "=", Label.EDITED: "~", Label.OWN: "+"}
"""One character before a sentence."""

RELATIONS = {
    ReuseForm.SAME: "woord voor woord",
    ReuseForm.EDITED: "bewerkt",
    ReuseForm.CONTAINED: "deel van een langere zin",
    ReuseForm.CONTAINS: "aangevuld",
    ReuseForm.JOINED: "uit twee zinnen samengevoegd",
    ReuseForm.SPLIT: "gesplitste zin",
    ReuseForm.PARAPHRASE: "in andere woorden",
}

CHANGE_KINDS = {
    "number": "ander getal",
    "date": "andere datum",
    "term": "andere termijn",
    "legal_basis": "andere grondslag",
    "citation": "andere vindplaats",
    "responsible_ministry": "ander ministerie",
    "named_authority": "andere instantie",
    "negation": "ontkenning",
    "modality": "plicht of bevoegdheid",
    "status": "stand van zaken",
    "dropped_condition": "voorwaarde",
    "scope": "reikwijdte",
    "direction": "richting",
    "swapped_actors": "wie wat doet",
    "name_variant": "andere naam",
    "footnote": "voetnoot",
}
"""Kinds of changes of meaning."""


def review_title(review: Review) -> str:
    """What was reviewed."""
    date = f" ({dutch_date(review.date)})" if review.date else ""
    return f"Beoordeling van {review.title}{date}"


def summary_line(review: Review) -> str:
    """The whole text in two sentences."""
    tally = review.tally
    if not tally.sentences:
        return "In dit stuk is geen tekst van een antwoord of brief gevonden."
    text = f"{tally.sentences} zinnen: {tally_line(tally)}. {shares_line(word_shares(review.sentences))} van de woorden"
    if review.oldest:
        text += f"; oudste bron {dutch_date(review.oldest)}"
    parts = [text + "."]
    if review.changes:
        parts.append(f"Veranderingen van betekenis: {review.changes}.")
    if warnings := warnings_in(review.findings):
        parts.append(f"Waarschuwingen: {len(warnings)}.")
    return " ".join(parts)


def shares_line(shares: dict[Label, int]) -> str:
    """Percentages by label."""
    return f"Overgenomen {shares[Label.VERBATIM]}%, bewerkt {shares[Label.EDITED]}%, eigen {shares[Label.OWN]}%"


def tally_line(tally: LabelCounts) -> str:
    """Counts by label."""
    return f"{tally.verbatim} letterlijk, {tally.edited} bewerkt, {tally.own} eigen tekst"


def part_line(part: PartSummary) -> str:
    """An answer in one line: counts, share taken over, how many documents, the oldest."""
    text = tally_line(part.tally)
    if part.documents:
        text += f"; {part.tally.reused:.0%} overgenomen uit {count(len(part.documents), 'stuk', 'stukken')}"
    if part.oldest:
        text += f", oudste van {dutch_date(part.oldest)}"
    return text


def parts_by_key(review: Review) -> dict[tuple[tuple[int, ...], str], PartSummary]:
    """The summaries by what the sentences of a part have in common."""
    return {(part.numbers, part.heading): part for part in review.parts}


def loses_meaning(change: Change, sentence: SentenceReview) -> bool:
    """Whether a deletion takes away words on which the meaning hangs."""
    if change.op != "delete":
        return False
    lost = (c.removed for c in sentence.changes if c.kind != "footnote" and c.removed)
    return any(removed in change.text or change.text.strip() in removed for removed in lost if change.text.strip())


def sources_lines(review: Review) -> list[str]:
    """One line for each document that was used."""
    return [
        f"{count(source.sentences, 'zin', 'zinnen')} uit {source.title or source.document}"
        + (f", {dutch_date(source.date)}" if source.date else "")
        for source in review.documents
    ]


def notes_line(review: Review) -> str:
    """The footnotes in one line; empty where there are none."""
    labels = [note.label for note in review.footnotes]
    counts = [f"{labels.count(label)} {STATE_WORDS[label]}" for label in (Label.VERBATIM, Label.EDITED, Label.OWN)]
    return f"Noten ({', '.join(counts)})" if labels else ""


def note_source_line(note: NoteReview) -> str:
    """Where a note comes from; empty where it is new."""
    if note.source is None:
        return ""
    date = f", {dutch_date(note.source.date)}" if note.source.date else ""
    return f"{note.source.title or note.source.document}{date}"


def source_line(source: SentenceSource) -> str:
    """Where a sentence comes from, how, and how much alike."""
    parts = [source.title or source.document]
    parts.append(dutch_date(source.date) if source.date else UNKNOWN_DATE)
    if source.numbers:
        parts.append(f"antwoord op {questions_reference(source.numbers)}")
    parts.append(f"alinea {source.passage}")
    return f"{', '.join(parts)}; {RELATIONS[source.relation]}, {source.similarity:.0%} gelijk"
