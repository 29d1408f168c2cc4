"""The published forms of the JSON that the program gives, as JSON Schema (draft 2020-12)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

NAMES = ("draft-1", "review-1", "verification-1")
"""Form and version; a form changes its version when a field goes away or changes its meaning."""


def schema(name: str) -> dict[str, Any]:
    """The schema called `name`, one of `NAMES`."""
    loaded: dict[str, Any] = json.loads((files("drafter.export.schema") / f"{name}.json").read_text(encoding="utf-8"))
    return loaded
