"""The draft as JSON: what `draft --json` prints, what `-o draft.json` holds, what `verify` reads.

The form is published in schema/draft-1.json. A field may be added within a version; a field that changes its meaning
or goes away makes a new version.
"""

from __future__ import annotations

import json
from typing import Any

from answers_bank.json_values import fields_of
from drafter.checks.json_values import as_json as finding_json
from drafter.dossier.judging.threads import Thread
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin, WordChange
from drafter.headings import answer_heading

DRAFT_SCHEMA = "kamerantwoord/draft/1"
"""Name and version of the form, in the field "schema"."""


def draft_json(dossier: Dossier) -> dict[str, Any]:
    """The draft in the published form."""
    return {
        "schema": DRAFT_SCHEMA,
        "dossier": dossier.id,
        **fields_of(dossier.questions, "subject case_number submitted"),
        **fields_of(dossier, "due as_of"),
        "askers": [fields_of(asker, "name party") for asker in dossier.questions.askers],
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
        "coverage": [
            fields_of(part, "question label text covered block sentence doubtful") for part in answer.coverage
        ],
        "findings": [finding_json(finding) for finding in answer.findings],
        "done": answer.done,
        "near": [{"text": near.text, "origin": _origin(near.origin), "why": near.why} for near in answer.near],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        **fields_of(block, "id text state"),
        "origin": _origin(block.origin) if block.origin else None,
        "also": [_origin(origin) for origin in block.also],
        "notes": [fields_of(note, "position text") for note in block.notes],
        "findings": [finding_json(finding) for finding in block.findings],
        **fields_of(block, "intended remark accepted_by why"),
        # Only where there are any, so that a draft without them reads as it always did.
        **({"threads": [_thread(thread) for thread in block.threads]} if block.threads else {}),
    }


def _thread(thread: Thread) -> dict[str, Any]:
    replies = [fields_of(reply, "author at text") for reply in thread.replies]
    return {**fields_of(thread, "id author at text done"), "replies": replies}


def _origin(origin: Origin) -> dict[str, Any]:
    return fields_of(origin, "document passage start end date text title numbers url sha256 newer_of")


def remark_json(answer: DraftAnswer, block: Block, thread: Thread) -> dict[str, Any]:
    """A remark with its paragraph, as `remarks --json` tells it."""
    return {"numbers": list(answer.numbers), "block": block.id, "paragraph": block.text, **_thread(thread)}


def change_json(answer: DraftAnswer, change: WordChange) -> dict[str, Any]:
    """A change that came back from Word, as `changes --json` tells it."""
    told = fields_of(change, "id kind block before after author at file decision")
    return {"numbers": list(answer.numbers), **told}
