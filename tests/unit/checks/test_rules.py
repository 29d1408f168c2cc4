"""The rules: each has its place in the documentation, and examples on which it speaks or is silent."""

import dataclasses
import datetime
import importlib
import re
from pathlib import Path

import pytest
from unit.checks.examples import document_of
from unit.checks.samples import letter

from answers_bank.store.annotations.passage_care import CareField, care_annotations
from answers_bank.store.bank import Bank
from drafter.checks import check_block, check_document, check_rule_names, rules
from drafter.checks.finding import Context, Finding, Severity
from drafter.checks.rules import Example, Rule
from drafter.checks.rules_page import page
from embeddings.errors import UsageError

ROOT = Path(__file__).resolve().parents[3]
MOMENT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
DEEDS = re.compile(
    r"\b(?:ga na|geef|haal|houd|kies|kijk|laat|neem|noem|open|pas|reken|schrijf|vergelijk|verwijs|vul|zeg|zet)\b",
    re.IGNORECASE,
)
"""What a message tells the reader to do."""

CONTEXT = Context(datetime.date(2026, 11, 1))


def speaking(rule: Rule, example: Example, folder: Path, off: frozenset[str] = frozenset()) -> list[Finding]:
    """What a rule says of an example."""
    document = document_of(example)
    if not example.bank:
        found = check_document(document, Context(example.as_of, off=off, terms=example.terms), [rule.check])
    else:
        with Bank.open(folder / "bank", create=True) as bank:
            for number, one in enumerate(example.bank, 1):
                bank.add(document_of(one, f"eerder-{number}"))
                if one.review_by:
                    bank.annotate(care_annotations(one.text, {CareField.REVIEW_BY: str(one.review_by)}, "", MOMENT))
            found = check_document(document, Context(example.as_of, bank, off), [rule.check])
    return [finding for finding in found if finding.rule == rule.rule]


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id} {number}")
        for rule in rules()
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), examples("speaks"))
def test_a_rule_speaks(rule: Rule, example: Example, tmp_path: Path) -> None:
    found = speaking(rule, example, tmp_path)
    assert found, example.shown
    assert [finding.message for finding in found if not DEEDS.search(finding.message)] == []
    if example is rule.speaks[0]:
        assert {finding.severity for finding in found} == {rule.severity}
        assert speaking(rule, example, tmp_path / "off", frozenset({rule.id})) == []


@pytest.mark.parametrize(("rule", "example"), examples("silent"))
def test_a_rule_is_silent(rule: Rule, example: Example, tmp_path: Path) -> None:
    assert [finding.message for finding in speaking(rule, example, tmp_path)] == []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_an_entry_is_complete(rule: Rule) -> None:
    assert min(len(rule.speaks), len(rule.silent)) >= 2
    assert rule.title
    assert rule.message
    assert rule.help
    assert rule.patterns or rule.found_by
    if rule.found_by:
        module, _, function = f"drafter.checks.{rule.found_by}".rpartition(".")
        assert callable(getattr(importlib.import_module(module), function))


def test_the_page_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "signalen.md").read_text(encoding="utf-8") == page(), (
        "python -m drafter.checks.rules_page > docs/signalen.md"
    )


def test_identifiers_are_unique() -> None:
    identifiers = [rule.id for rule in rules()]
    assert len(set(identifiers)) == len(identifiers)


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


def test_a_warning_says_what_to_do() -> None:
    told = [
        rule for rule in rules() if rule.check == "staleness" and rule.message.strip("“”: ") != "{quote}”: {detail}"
    ]
    assert len(told) > 15
    assert [rule.rule for rule in told if not DEEDS.search(rule.message)] == []


def test_a_line_on_a_finding_names_its_words_once() -> None:
    finding = Finding("staleness", "ongoing", Severity.WARNING, 0, 3, "nog", "“nog” beschrijft de stand.")
    assert finding.line == "“nog” beschrijft de stand."
    assert dataclasses.replace(finding, message="Ga na wie.").line == "“nog”: Ga na wie."
    assert dataclasses.replace(finding, quote="", message="Ga na wie.").line == "Ga na wie."
