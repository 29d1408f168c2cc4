"""What a document leaves unknown is told, with what to do; what is whole is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.bank_samples import make_document

from answers_bank.documents import Detail, Kind, ReadWarning
from answers_bank.reading.uncertain import ADVICE, uncertainties

PAGE = Path(__file__).resolve().parents[3] / "docs" / "lezen.md"


def codes(**changes: object) -> dict[str, Detail | None]:
    return {one.code: one.detail for one in uncertainties(make_document(**changes))}  # type: ignore[arg-type]


def test_a_whole_document_leaves_nothing_to_look_at() -> None:
    assert codes(warnings=()) == {}


@pytest.mark.parametrize(
    ("changes", "code", "detail"),
    [
        ({"received": None, "submitted": None}, "no-date", Detail.DATE),
        ({"warnings": (ReadWarning("no-date", "Geen datum."),)}, "no-date", Detail.DATE),
        ({"subject": None}, "no-subject", Detail.TITLE),
        ({"kind": Kind.OTHER}, "no-kind", Detail.KIND),
        ({"questions": 0}, "no-text", None),
        ({"warnings": (ReadWarning("order", "Volgorde."),)}, "order", None),
    ],
)
def test_what_is_unknown_is_told_once(changes: dict[str, object], code: str, detail: Detail | None) -> None:
    changes = {"warnings": (), **changes}
    found = [one for one in uncertainties(make_document(**changes)) if one.code == code]  # type: ignore[arg-type]
    assert [one.detail for one in found] == [detail]
    assert found[0].grave


def test_the_page_gives_the_same_advice() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert {code: rows.get(code) for code in ADVICE} == ADVICE
