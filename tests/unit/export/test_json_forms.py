"""The JSON has the form that is published, and does not change unnoticed."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest
from support.dossiers import dossier

from answers_bank.store.bank import Bank
from drafter.export.json.draft import draft_bytes, draft_json
from drafter.export.json.review import review_json
from drafter.export.json.verification import verification_json
from drafter.export.schema import NAMES, schema
from drafter.export.verify import Unproved, Verification
from drafter.reuse.reviewer import Reviewer

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_a_draft_has_the_published_form() -> None:
    jsonschema.validate(draft_json(dossier()), schema("draft-1"))


def test_the_form_refuses_what_is_no_draft() -> None:
    data = copy.deepcopy(draft_json(dossier()))
    data["questions"][0]["status"] = "misschien"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema("draft-1"))


def test_a_review_has_the_published_form(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        data = review_json(Reviewer(bank).review(dossier()))
    jsonschema.validate(json.loads(json.dumps(data)), schema("review-1"))


def test_a_verification_has_the_published_form() -> None:
    failed = (Unproved((1,), "b1", "d", "d#1", "text_differs", "De tekst is anders."),)
    jsonschema.validate(verification_json(Verification(2, failed, ("d",), 1)), schema("verification-1"))


def test_the_draft_json_is_as_it_was() -> None:
    """Golden file: a change here is a change for everyone who reads our JSON."""
    golden = (GOLDEN / "concept.json").read_bytes()
    assert draft_bytes(dossier()) == golden
