"""Fixed terms: read strictly, told of the drafter's own words, with what to write."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.bank_samples import make_document

from drafter.checks import check_block
from drafter.checks.finding import Context, Finding
from drafter.checks.term_list import load_terms
from drafter.cli.main import run
from drafter.dossier.findings.remarks import checked
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin
from embeddings.errors import UsageError

DAY = datetime.date(2031, 6, 1)
MOMENT = datetime.datetime(2031, 6, 1, tzinfo=datetime.UTC)
TERMS = (("kids", "kinderen"), ("molen eigenaren", "moleneigenaren"))
CONTEXT = Context(DAY, terms=TERMS)
WORD = st.text(st.characters(categories=["L"]), min_size=1, max_size=12).filter(lambda word: word.isprintable())


def told(found: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(one.quote, one.suggestion) for one in found if one.rule == "fixed-term"]


@given(terms=st.dictionaries(WORD, WORD, max_size=6))
def test_what_is_written_in_either_form_reads_back(
    terms: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("termen")
    (folder / "t.yaml").write_text(yaml.safe_dump(terms, allow_unicode=True), "utf-8")
    for mark in ";,":
        out = io.StringIO()
        csv.writer(out, delimiter=mark).writerows([("term", "schrijf zo"), *terms.items()])
        (folder / f"t{ord(mark)}.csv").write_text(out.getvalue(), "utf-8")
        assert dict(load_terms(str(folder / f"t{ord(mark)}.csv"))) == terms
    assert dict(load_terms(str(folder / "t.yaml"))) == terms


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.yaml", "- kids"),
        ("t.yaml", "kids: [kinderen]"),
        ("t.yaml", "kids: "),
        ("t.yaml", "no: yes"),
        ("t.yaml", "kids: {"),
        ("t.csv", "kids\n"),
        ("t.csv", "kids;\n"),
    ],
)
def test_a_list_that_is_none_is_refused_with_the_name_of_the_file(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(UsageError) as error:
        load_terms(str(tmp_path / name))
    assert name in error.value.message


def test_a_file_that_is_gone_is_said_and_a_changed_one_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    with pytest.raises(UsageError):
        load_terms(str(path))
    path.write_text("kids: kinderen", "utf-8")
    assert load_terms(str(path)) == (("kids", "kinderen"),)
    path.write_text("kids: jongeren en kinderen", "utf-8")
    assert load_terms(str(path)) == (("kids", "jongeren en kinderen"),)
    assert load_terms(None) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kids en molen\neigenaren.", [("Kids", "Kinderen"), ("molen eigenaren", "moleneigenaren")]),
        ("De kids.", [("kids", "kinderen")]),
        ("De skids en de kids-club.", []),
        ("Hij zei: “kids mogen mee”, en dat klopt.", []),
    ],
)
def test_what_is_told(text: str, found: list[tuple[str, str]]) -> None:
    assert told(check_block(text, DAY, CONTEXT)) == found


def test_only_what_the_drafter_wrote_is_held_to_the_list() -> None:
    taken = "De kids in het dorp gaan met de veerpont naar school."
    origin = Origin("d", "d#1", 0, len(taken), DAY, taken, "Veerpont")
    blocks = (
        Block("b1", taken, origin),
        Block("b2", "Ook de kids op het eiland."),
        Block("b3", taken.replace("school.", "school met andere kids."), origin),
    )
    dossier = Dossier("x", make_document(questions=1), (DraftAnswer((1,), blocks),), DAY, MOMENT, MOMENT)
    (answer,) = checked(dossier, CONTEXT).answers
    assert [told(block.findings) for block in answer.blocks] == [
        [],
        [("kids", "kinderen")],
        [("kids", "kinderen")],
    ]
    assert all(not one.is_warning for b in answer.blocks for one in b.findings if one.rule == "fixed-term")


def test_the_command_uses_the_list_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "termen.csv").write_text("term;schrijf zo\nkids;kinderen\n", "utf-8")
    (tmp_path / "i.yaml").write_text(f"signalen:\n  termen: {tmp_path / 'termen.csv'}\n", "utf-8")
    (tmp_path / "brief.txt").write_text("Geachte voorzitter,\n\nDe kids gaan met de veerpont.\n", "utf-8")
    monkeypatch.setenv("KAMERANTWOORD_INSTELLINGEN", str(tmp_path / "i.yaml"))
    assert run(["check", str(tmp_path / "brief.txt"), "--date", "2031-05-01", "--as-of", "2031-06-01", "--json"]) == 0
    found = [one for one in json.loads(capsys.readouterr().out)["findings"] if one["rule"] == "fixed-term"]
    assert [(one["quote"], one["suggestion"], one["severity"]) for one in found] == [("kids", "kinderen", "info")]
