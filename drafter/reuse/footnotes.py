"""Reviews the footnotes of a text: which come from the documents that its sentences come from, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from answers_bank.documents import Document
from answers_bank.dutch.sentences import sentence_spans
from drafter.reuse.changes import SOURCE_NOTE, plain_note
from drafter.reuse.sources import Sources
from drafter.reuse.text import ReadSentence
from drafter.reuse.values import Label, NoteReview, ReuseForm, SentenceReview, SentenceSource
from drafter.word_difference import word_diff

_BOUND = 0.6
"""Likeness (indel ratio of letters and digits) from which a note at a reused sentence is an edit of the source's."""

_ELSEWHERE = 0.9
"""The same for a note that stands elsewhere in a source: citations of one kind are alike by themselves."""

_LONG = 60
"""Letters and digits from which a note elsewhere may have been edited; shorter ones count when they are equal."""

_TELLING = 8
"""Words from which a sentence of a note is looked for among the sentences of the bank."""


def review_notes(
    text: object, sentences: Sequence[ReadSentence], reviewed: Sequence[SentenceReview], sources: Sources
) -> tuple[NoteReview, ...]:
    """The footnotes of the answers, in the order of their marks; those that this program's exports added left out.

    A note is compared with those at the sources of its own sentence, then with all notes of the documents that the
    review found, and at last, sentence by sentence, with the text of the bank.
    """
    bodies = {(note.system, note.mark): note for note in text.footnotes} if isinstance(text, Document) else {}
    documents = dict.fromkeys(source.document for one in reviewed for source in one.sources)
    elsewhere = [(document, note) for document in documents for note in sources.footnotes(document)]
    found: list[NoteReview] = []
    seen: set[tuple[str, str]] = set()
    for index, sentence in enumerate(sentences):
        for system, mark, said in _marked(sentence, len(found)):
            body = bodies.get((system, mark))
            if said.startswith(SOURCE_NOTE) or (body is not None and (system, mark) in seen):
                continue
            seen.add((system, mark))
            bound = [(source, note) for source in reviewed[index].sources for note in sources.notes(source)]
            label, source, source_text, likeness = _origin(said, bound, elsewhere, sources)
            found.append(
                NoteReview(
                    system,
                    mark,
                    said,
                    start=body.start if body else None,
                    end=body.end if body else None,
                    sentence=index,
                    label=label,
                    similarity=likeness,
                    source=source,
                    source_text=source_text,
                    diff=word_diff(source_text, said) if label is not Label.OWN else (),
                )
            )
    return tuple(found)


def _marked(sentence: ReadSentence, count: int) -> Iterator[tuple[str, str, str]]:
    """System, mark and text of a sentence's notes; a dossier numbers them by their order."""
    for number, said in enumerate(sentence.notes):
        system, mark = sentence.marks[number] if sentence.marks else ("note", str(count + number + 1))
        yield system, mark, said


def _origin(
    said: str,
    bound: Sequence[tuple[SentenceSource, str]],
    elsewhere: Sequence[tuple[str, str]],
    sources: Sources,
) -> tuple[Label, SentenceSource | None, str, float]:
    """Label, source, its text and the likeness."""
    best: tuple[float, SentenceSource | None, str] = (0.0, None, "")
    for source, note in bound:
        likeness = _likeness(said, note)
        if likeness >= _BOUND and likeness > best[0]:
            best = (likeness, source, note)
    if best[0] < 1:
        for document, note in elsewhere:
            likeness = _likeness(said, note)
            least = _ELSEWHERE if len(plain_note(said)) >= _LONG else 1.0
            if likeness >= least and likeness > best[0]:
                best = (likeness, sources.whole(document, note), note)
    if best[1] is not None:
        return (Label.VERBATIM if best[0] == 1 else Label.EDITED), best[1], best[2], best[0]
    for start, end in sentence_spans(said):
        if len(said[start:end].split()) < _TELLING:
            continue
        held = sources.find(said[start:end])
        if held:
            source = sources.described(held[0])
            whole = source.relation is ReuseForm.SAME and end - start == len(said)
            return (Label.VERBATIM if whole else Label.EDITED), source, source.text, source.similarity
    return Label.OWN, None, "", 0.0


def _likeness(one: str, two: str) -> float:
    mine, theirs = plain_note(one), plain_note(two)
    if not mine or not theirs:
        return 0.0
    return 1.0 if mine == theirs else min(fuzz.ratio(mine, theirs) / 100, 0.999)
