"""The draft as JSON: what `draft --json` prints, what `-o draft.json` holds, what `verify` reads.

The form is published in schema/draft-1.json. A field may be added within a version; a field that changes its meaning
or goes away makes a new version.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from drafter.checks.finding import Coverage
from drafter.checks.json_values import as_json as finding_json
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin
from drafter.headings import answer_heading

DRAFT_SCHEMA = "kamerantwoord/draft/1"
"""Name and version of the form, in the field "schema"."""


def draft_json(dossier: Dossier) -> dict[str, Any]:
    """The draft in the published form."""
    questions = dossier.questions
    return {
        "schema": DRAFT_SCHEMA,
        "dossier": dossier.id,
        "subject": questions.subject,
        "case_number": questions.case_number,
        "submitted": _iso(questions.submitted),
        "due": _iso(dossier.due),
        "as_of": dossier.as_of.isoformat(),
        "askers": [{"name": asker.name, "party": asker.party} for asker in questions.askers],
        "questions": [_answer(dossier, answer) for answer in dossier.answers],
    }


def draft_bytes(dossier: Dossier) -> bytes:
    """The draft as the bytes of a UTF-8 file, the same for the same dossier."""
    return (json.dumps(draft_json(dossier), ensure_ascii=False, indent=2) + "\n").encode()


def _answer(dossier: Dossier, answer: DraftAnswer) -> dict[str, Any]:
    asked = [q for q in dossier.questions.questions if set(q.numbers) & set(answer.numbers)]
    return {
        "numbers": list(answer.numbers),
        "heading": answer_heading(answer.numbers),
        "question": "\n\n".join(question.text for question in asked),
        "blocks": [_block(block) for block in answer.blocks],
        "status": answer.status.value,
        "coverage": [_coverage(coverage) for coverage in answer.coverage],
        "findings": [finding_json(finding) for finding in answer.findings],
        "done": answer.done,
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "id": block.id,
        "text": block.text,
        "state": block.state.value,
        "origin": _origin(block.origin) if block.origin else None,
        "also": [_origin(origin) for origin in block.also],
        "notes": [{"position": note.position, "text": note.text} for note in block.notes],
        "findings": [finding_json(finding) for finding in block.findings],
        "intended": list(block.intended),
        "remark": block.remark,
        "accepted_by": block.accepted_by,
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "document": origin.document,
        "passage": origin.passage,
        "start": origin.start,
        "end": origin.end,
        "date": _iso(origin.date),
        "text": origin.text,
        "title": origin.title,
        "numbers": list(origin.numbers),
        "url": origin.url,
        "sha256": origin.sha256,
        "newer_of": origin.newer_of,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "question": coverage.question,
        "label": coverage.label,
        "text": coverage.text,
        "covered": coverage.covered,
        "block": coverage.block,
    }


def _iso(date: datetime.date | None) -> str | None:
    return None if date is None else date.isoformat()
