"""A verification as JSON: what `verify --json` prints."""

from __future__ import annotations

from typing import Any

from answers_bank.json_values import fields_of
from drafter.export.verify import Verification


def verification_json(verification: Verification) -> dict[str, Any]:
    """What was proved, what was not and why, and which documents changed since the draft was made."""
    return {
        "verified": verification.verified,
        "failed": [fields_of(one, "numbers block document passage reason message") for one in verification.failed],
        **fields_of(verification, "changed own"),
        "edited": [fields_of(one, "numbers block document passage proved unproved") for one in verification.edited],
    }
