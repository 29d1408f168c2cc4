"""Changes in the reuse that change what is said: found by the comparison of texts, and by the notes that came along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.reuse.values import MeaningChange, ReuseForm, SentenceSource

SOURCE_NOTE = ("Bron (letterlijk overgenomen):", "Bron (bewerkt):")
"""How the footnotes begin that this program's own exports put behind a passage."""


def meaning_changes(
    text: str, source: SentenceSource, notes: Sequence[str], source_notes: Sequence[str]
) -> tuple[MeaningChange, ...]:
    """What `text` says otherwise than its source, and which footnotes changed.

    A paraphrase is not taken apart: what it differs in is for a reader to judge.
    """
    found = list(_notes(notes, source_notes))
    if source.relation not in (ReuseForm.SAME, ReuseForm.PARAPHRASE):
        found += _differences(text, source)
    return tuple(found)


def _differences(text: str, source: SentenceSource) -> Iterator[MeaningChange]:
    from drafter.checks.comparison.compare import compare_sentences

    for conflict in compare_sentences(text, source.text, 0, 0):
        # The other half of a sentence that was split or shortened is not lost wording of this one, unless a condition.
        if source.relation is ReuseForm.SPLIT and not conflict.new.quote:
            continue
        yield MeaningChange(conflict.kind, conflict.old.quote, conflict.new.quote, conflict.message)


def _notes(notes: Sequence[str], source_notes: Sequence[str]) -> Iterator[MeaningChange]:
    mine = {plain_note(n): n for n in notes if not n.startswith(SOURCE_NOTE)}
    theirs = {plain_note(n): n for n in source_notes}
    lost = [note for key, note in theirs.items() if key not in mine]
    new = [note for key, note in mine.items() if key not in theirs]
    for old_note, new_note in zip(lost, new, strict=False):
        yield MeaningChange("footnote", old_note, new_note, "De voetnoot is een andere dan in de bron.")
    for note in lost[len(new) :]:
        yield MeaningChange("footnote", note, "", "De voetnoot van de bron is weggevallen.")
    for note in new[len(lost) :]:
        yield MeaningChange("footnote", "", note, "Er is een voetnoot bij gekomen die de bron niet heeft.")


def plain_note(note: str) -> str:
    """The letters and digits of a note: what two notes are compared by."""
    return "".join(c for c in note.lower() if c.isalnum())
