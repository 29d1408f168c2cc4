"""The `read` command: outline for people, JSON for programs, and the text that spans point into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.cli.main import run
from embeddings.errors import ExitCode

TEXT = (
    "Vragen van het lid Wiekstra (PvW) aan de minister van Wind en Water over molens (ingezonden 3 maart 2031, "
    "2031Z01234)\n\nVraag 1\nKent u het bericht? Zo ja, wat vindt u ervan?\n\nAntwoord 1\nJa.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vragen.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_outline(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(file)]) == ExitCode.OK
    shown = capsys.readouterr().out
    for part in (
        "Antwoorden op Kamervragen",
        "Wiekstra (PvW)",
        "2031Z01234",
        "Vraag 1: Kent u",
        "2 deelvragen",
        "[no-date]",
    ):
        assert part in shown


def test_json_in_the_order_given_with_errors_in_place(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = file.with_name("weg.docx")
    assert run(["read", "--json", str(missing), str(file)]) == ExitCode.OK
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert set(documents[0]) == {"file", "error"}
    assert documents[1]["kind"] == "answer"
    assert documents[1]["questions"][0]["numbers"] == [1]
    question = documents[1]["questions"][0]
    assert TEXT[question["start"] : question["end"]] == question["text"]
    assert documents[1]["answers"] == [
        {"numbers": [1], "paragraphs": [{"text": "Ja.", "start": TEXT.index("Ja."), "end": TEXT.index("Ja.") + 3}]}
    ]


def test_exit_code_when_nothing_could_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(tmp_path / "weg.txt")]) == ExitCode.INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "bestaat niet" in captured.err


def test_text_is_exactly_the_decoded_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--text", str(file)]) == ExitCode.OK
    assert capsys.readouterr().out == TEXT


def test_text_of_more_files_is_refused(file: Path) -> None:
    assert run(["read", "--text", str(file), str(file)]) == ExitCode.USAGE
