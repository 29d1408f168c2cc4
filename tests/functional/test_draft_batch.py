"""`draft --batch` as a script sees it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from support.encoder import TinyEncoder

from drafter.cli.main import run
from drafter.tasks.draft_batch import BadRequest, DraftRequest, read_requests
from embeddings.errors import ModelError

BANK = Path(__file__).resolve().parents[2] / "samples" / "bank"
DAY = datetime.date(2026, 5, 20)
ASKED = "Hoeveel storingen waren er in 2024 op het net van de getijdencentrales?"


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    monkeypatch.setattr("embeddings.models.load_encoder", lambda name=None: TinyEncoder())
    found = ["--bank", str(tmp_path / "bank")]
    assert run(["ingest", *found, str(BANK)]) == 0
    capsys.readouterr()
    return found


def batch_file(folder: Path, *rows: object) -> str:
    path = folder / "sets.jsonl"
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return str(path)


def test_every_set_gets_its_draft_in_the_order_of_the_file(
    bank: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {
            "id": "een",
            "as_of": "2026-05-20",
            "portfolio": "Golf en Getij",
            "title": "storingen",
            "questions": [ASKED, ASKED],
        },
        {"id": "twee", "as_of": "2026-05-20", "questions": ["Wat kost een ijsje op de maan?"]},
    ]
    assert run(["draft", *bank, "--json", "--batch", batch_file(tmp_path, *rows)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert [first["id"], second["id"]] == ["een", "twee"]
    assert [question["numbers"] for question in first["questions"]] == [[1], [2]]
    assert first["questions"][0]["blocks"]
    assert second["questions"][0]["question"] == "Wat kost een ijsje op de maan?"
    assert not list((tmp_path / "bank").glob("dossiers/*"))


def test_what_is_excluded_is_not_used(bank: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "x", "as_of": "2026-05-20", "questions": [ASKED]}
    run(["draft", *bank, "--json", "--batch", batch_file(tmp_path, row)])
    (question,) = json.loads(capsys.readouterr().out)["questions"]
    used = {block["origin"]["document"] for block in question["blocks"]}
    run(["draft", *bank, "--json", "--batch", batch_file(tmp_path, {**row, "exclude": sorted(used)})])
    (question,) = json.loads(capsys.readouterr().out)["questions"]
    assert used.isdisjoint(block["origin"]["document"] for block in question["blocks"])


def test_a_bad_line_is_told_and_the_rest_goes_on(
    bank: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["geen json", {"id": "leeg", "questions": []}, {"id": "goed", "as_of": "2026-05-20", "questions": [ASKED]}]
    assert run(["draft", *bank, "--json", "--batch", batch_file(tmp_path, *rows)]) == 3
    shown = capsys.readouterr()
    lines = [json.loads(line) for line in shown.out.splitlines()]
    assert [line["id"] for line in lines] == ["1", "leeg", "goed"]
    assert [("error" in line) for line in lines] == [True, True, False]
    assert "sets.jsonl: Regel 1" in shown.err


def test_people_see_text(bank: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "een", "as_of": "2026-05-20", "questions": [ASKED]}
    assert run(["draft", *bank, "--batch", batch_file(tmp_path, row)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("== een\n")
    assert "Antwoord op vraag 1" in shown


@pytest.mark.parametrize(
    "arguments", [[], ["vragen.txt", "--batch", "x.jsonl"], ["--batch", "x.jsonl", "-o", "uit.docx"]]
)
def test_wrong_use(arguments: list[str]) -> None:
    assert run(["draft", *arguments]) == 2


def test_a_line_is_read_as_a_set_of_questions(tmp_path: Path) -> None:
    path = batch_file(
        tmp_path,
        {"id": 7, "questions": ["Klopt dat?  Zo ja,\nwaarom?", "Tweede vraag?"], "title": "de pont", "exclude": ["a"]},
    )
    (request,) = read_requests(Path(path), DAY)
    assert isinstance(request, DraftRequest)
    assert (request.id, request.as_of, request.exclude) == ("7", DAY, frozenset({"a"}))
    document = request.questions
    assert document.subject == "de pont"
    assert [question.numbers for question in document.questions] == [(1,), (2,)]
    assert len(document.questions[0].sub_questions) == 2
    for question in document.questions:
        assert document.text[question.start : question.end] == question.text


@pytest.mark.parametrize(
    "row",
    [
        "[1]",
        '{"questions": "los"}',
        '{"questions": [1]}',
        '{"questions": ["a?"], "as_of": "31 mei"}',
        '{"questions": ["a?"], "as_of": 20}',
        '{"questions": ["a?"], "title": 3}',
        '{"questions": ["a?"], "exclude": "x"}',
    ],
)
def test_lines_that_ask_for_no_draft(tmp_path: Path, row: str) -> None:
    (request,) = read_requests(Path(batch_file(tmp_path, row)), DAY)
    assert isinstance(request, BadRequest)
    assert request.reason.startswith("Regel 1: ") or request.reason.startswith("Regel 1 ")


def test_without_a_model_the_draft_goes_by_words_and_says_so(
    bank: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def missing(name: str | None = None) -> TinyEncoder:
        raise ModelError("Het taalmodel is er niet.", "Haal het op met: kamerantwoord model get")

    monkeypatch.setattr("embeddings.models.load_encoder", missing)
    rows = [
        {"id": "bekend", "as_of": "2026-05-20", "portfolio": "Golf en Getij", "questions": [ASKED]},
        {
            "id": "vreemd",
            "as_of": "2026-05-20",
            "questions": ["Welke maatregelen neemt u tegen de stijgende huren van studentenkamers?"],
        },
    ]
    assert run(["draft", *bank, "--json", "--batch", batch_file(tmp_path, *rows)]) == 0
    known, strange = (json.loads(line)["questions"][0] for line in capsys.readouterr().out.splitlines())
    assert any("2024" in block["text"] for block in known["blocks"])
    assert not strange["blocks"]
    assert "op woorden alleen" in caplog.text
    assert "model get" in caplog.text
