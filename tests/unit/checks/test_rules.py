"""The rules: each has its place in the documentation and an example that sets it off."""

import datetime
from pathlib import Path

import pytest
from unit.checks.samples import letter

from drafter.checks import CHECK_NAMES, check_block, check_document, check_rule_names, rules
from drafter.checks.finding import Context
from drafter.checks.rules_page import page
from embeddings.errors import UsageError

ROOT = Path(__file__).resolve().parents[3]
CONTEXT = Context(datetime.date(2026, 11, 1))
# These need a note or a bank.
BESIDES = {"article", "title", "not-in-bank", "newer-passage", "newer-answer", "moved-subject"}
SPOKEN = [r for r in rules() if r.check in {"staleness", "citations"} and r.rule not in BESIDES]


def test_the_page_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "signalen.md").read_text(encoding="utf-8") == page(), (
        "python -m drafter.checks.rules_page > docs/signalen.md"
    )


def test_identifiers_are_unique_and_of_a_known_check() -> None:
    identifiers = [rule.id for rule in rules()]
    assert len(set(identifiers)) == len(identifiers)
    assert {rule.check for rule in rules()} <= {*CHECK_NAMES, "consistency"}


@pytest.mark.parametrize("rule", SPOKEN, ids=lambda rule: rule.id)
def test_the_example_sets_the_rule_off(rule) -> None:
    found = check_block(rule.example, datetime.date(2024, 3, 10), CONTEXT)
    assert rule.rule in {f.rule for f in found}, [(f.rule, f.quote) for f in found]
    assert all(f.severity == rule.severity for f in found if f.rule == rule.rule)


@pytest.mark.parametrize("rule", SPOKEN, ids=lambda rule: rule.id)
def test_a_rule_can_be_switched_off(rule) -> None:
    context = Context(CONTEXT.as_of, off=frozenset({rule.id}))
    assert rule.rule not in {f.rule for f in check_block(rule.example, datetime.date(2024, 3, 10), context)}


def test_a_rule_can_be_meant_on_one_passage() -> None:
    found = check_block("Op dit moment is dat zo.", datetime.date(2024, 3, 10), CONTEXT, ["ongoing: bewust zo"])
    assert found == ()


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    assert check_rule_names(["staleness/link", "coverage"]) == {"staleness/link", "coverage"}
    with pytest.raises(UsageError) as error:
        check_rule_names(["staleness/lnk"])
    assert "staleness/link" in error.value.hint


@pytest.mark.parametrize("text", ["noot¹ en m² water", "op ³ juli", "½ liter, ٣ mensen", "vraag ²"])
def test_raised_and_foreign_digits_are_survived(text: str) -> None:
    assert check_block(text, datetime.date(2024, 3, 10), CONTEXT) is not None
    assert check_document(letter(text), CONTEXT) is not None
