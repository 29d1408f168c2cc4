"""A review as JSON: what `review --json` prints."""

from __future__ import annotations

import json
from typing import Any

from answers_bank.json_values import fields_of
from drafter.checks.json_values import as_json as finding_json
from drafter.reuse.values import (
    LabelCounts,
    NoteReview,
    PartSummary,
    Review,
    SentenceReview,
    SentenceSource,
)

REVIEW_SCHEMA = "kamerantwoord/review/1"


def review_json(review: Review) -> dict[str, Any]:
    """The review in the form of schema/review-1.json."""
    return {
        "schema": REVIEW_SCHEMA,
        **fields_of(review, "title date"),
        "sentences": [_sentence(sentence) for sentence in review.sentences],
        "passages": [fields_of(p, "first last start end document date passages") for p in review.passages],
        "parts": [
            {**fields_of(part, "numbers heading"), **_counts(part.tally), **_documents(part)} for part in review.parts
        ],
        "summary": {
            **_counts(review.tally),
            **_documents(review),
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
        **fields_of(sentence, "text start end numbers label"),
        "similarity": round(sentence.similarity, 3),
        "relation": sentence.best.relation.value if sentence.best else None,
        "sources": [_source(source) for source in sentence.sources],
        "diff": [[change.op, change.text] for change in sentence.diff],
        "changes": [fields_of(change, "kind removed added message") for change in sentence.changes],
        "findings": [finding_json(finding) for finding in sentence.findings],
    }


def _note(note: NoteReview) -> dict[str, Any]:
    source = note.source
    return {
        **fields_of(note, "system mark text start end sentence label"),
        "similarity": round(note.similarity, 3),
        "source": {**fields_of(source, "document date title url"), "text": note.source_text} if source else None,
        "diff": [[change.op, change.text] for change in note.diff],
    }


def _source(source: SentenceSource) -> dict[str, Any]:
    return {
        **fields_of(source, "document date passage text"),
        "similarity": round(source.similarity, 3),
        **fields_of(source, "relation start end numbers title url"),
    }


def _counts(tally: LabelCounts) -> dict[str, Any]:
    return {**fields_of(tally, "verbatim edited own"), "reused": round(tally.reused, 3)}


def _documents(of: PartSummary | Review) -> dict[str, Any]:
    listed = [fields_of(document, "document title date url sentences") for document in of.documents]
    return {"documents": listed, **fields_of(of, "oldest")}
