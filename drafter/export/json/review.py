"""A review as JSON: what `review --json` prints."""

from __future__ import annotations

import datetime
import json
from typing import Any

from drafter.checks.json_values import as_json as finding_json
from drafter.reuse.values import (
    LabelCounts,
    NoteReview,
    PartSummary,
    Review,
    SentenceReview,
    SentenceSource,
    SourceTally,
)

REVIEW_SCHEMA = "kamerantwoord/review/1"


def review_json(review: Review) -> dict[str, Any]:
    """The review in the form of schema/review-1.json."""
    return {
        "schema": REVIEW_SCHEMA,
        "title": review.title,
        "date": _iso(review.date),
        "sentences": [_sentence(sentence) for sentence in review.sentences],
        "passages": [
            {
                "first": passage.first,
                "last": passage.last,
                "start": passage.start,
                "end": passage.end,
                "document": passage.document,
                "date": _iso(passage.date),
                "passages": list(passage.passages),
            }
            for passage in review.passages
        ],
        "parts": [_part(part) for part in review.parts],
        "summary": {
            **_tally(review.tally),
            "documents": [_document(document) for document in review.documents],
            "oldest": _iso(review.oldest),
            "changes": review.changes,
            "findings": len(review.findings),
        },
        "footnotes": [_note(note) for note in review.footnotes],
        "by_meaning": review.by_meaning,
    }


def review_bytes(review: Review) -> bytes:
    """The review as the bytes of a UTF-8 file."""
    return (json.dumps(review_json(review), ensure_ascii=False, indent=2) + "\n").encode()


def _sentence(sentence: SentenceReview) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "numbers": list(sentence.numbers),
        "label": sentence.label.value,
        "similarity": round(sentence.similarity, 3),
        "relation": sentence.best.relation.value if sentence.best else None,
        "sources": [_source(source) for source in sentence.sources],
        "diff": [[change.op, change.text] for change in sentence.diff],
        "changes": [
            {"kind": c.kind, "removed": c.removed, "added": c.added, "message": c.message} for c in sentence.changes
        ],
        "findings": [finding_json(finding) for finding in sentence.findings],
    }


def _note(note: NoteReview) -> dict[str, Any]:
    source = note.source
    return {
        "system": note.system,
        "mark": note.mark,
        "text": note.text,
        "start": note.start,
        "end": note.end,
        "sentence": note.sentence,
        "label": note.label.value,
        "similarity": round(note.similarity, 3),
        "source": {
            "document": source.document,
            "date": _iso(source.date),
            "title": source.title,
            "url": source.url,
            "text": note.source_text,
        }
        if source
        else None,
        "diff": [[change.op, change.text] for change in note.diff],
    }


def _source(source: SentenceSource) -> dict[str, Any]:
    return {
        "document": source.document,
        "date": _iso(source.date),
        "passage": source.passage,
        "text": source.text,
        "similarity": round(source.similarity, 3),
        "relation": source.relation.value,
        "start": source.start,
        "end": source.end,
        "numbers": list(source.numbers),
        "title": source.title,
        "url": source.url,
    }


def _part(part: PartSummary) -> dict[str, Any]:
    return {
        "numbers": list(part.numbers),
        "heading": part.heading,
        **_tally(part.tally),
        "documents": [_document(document) for document in part.documents],
        "oldest": _iso(part.oldest),
    }


def _tally(tally: LabelCounts) -> dict[str, Any]:
    return {
        "verbatim": tally.verbatim,
        "edited": tally.edited,
        "own": tally.own,
        "reused": round(tally.reused, 3),
    }


def _document(document: SourceTally) -> dict[str, Any]:
    return {
        "document": document.document,
        "title": document.title,
        "date": _iso(document.date),
        "url": document.url,
        "sentences": document.sentences,
    }


def _iso(date: datetime.date | None) -> str | None:
    return None if date is None else date.isoformat()
