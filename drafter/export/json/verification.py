"""A verification as JSON: what `verify --json` prints."""

from __future__ import annotations

from typing import Any

from drafter.export.verify import Verification


def verification_json(verification: Verification) -> dict[str, Any]:
    """What was proved, what was not and why, and which documents changed since the draft was made."""
    return {
        "verified": verification.verified,
        "failed": [
            {
                "numbers": list(failure.numbers),
                "block": failure.block,
                "document": failure.document,
                "passage": failure.passage,
                "reason": failure.reason,
                "message": failure.message,
            }
            for failure in verification.failed
        ],
        "changed": list(verification.changed),
        "own": verification.own,
        "edited": [
            {
                "numbers": list(block.numbers),
                "block": block.block,
                "document": block.document,
                "passage": block.passage,
                "proved": list(block.proved),
                "unproved": list(block.unproved),
            }
            for block in verification.edited
        ],
    }
