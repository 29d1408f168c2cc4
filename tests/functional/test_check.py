"""`check` as scripts use it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from drafter.checks import rules
from drafter.cli.main import run

TEXT = """Antwoord van minister Zeewind (Wind en Water) (ontvangen 10 maart 2025)

Vraag 1
Hoe staat het met de kering?

Antwoord 1
Op 3 februari jl. is het onderzoek gestart. Ik zal uw Kamer hierover
voor het zomerreces informeren.

Vraag 2
Is dat veilig? Zo ja, waarom?

Antwoord 2
Ja.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "antwoord.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert run(["check", "--json", "--as-of", "2026-06-01", *arguments]) == 0
    return json.loads(capsys.readouterr().out)["findings"]


def test_json_has_all_that_scripts_rely_on(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = found(capsys, str(file))
    keys = {"check", "rule", "severity", "start", "end", "quote", "sentence", "question", "stale_from", "message",
            "suggestion", "evidence"}  # fmt: skip
    assert all(keys <= set(f) for f in findings)
    dated = next(f for f in findings if f["rule"] == "relative-date")
    assert TEXT[dated["start"] : dated["end"]] == "Op 3 februari jl."  # type: ignore[misc]
    assert dated["suggestion"] == "Op 3 februari 2025"
    promise = next(f for f in findings if f["rule"] == "promise")
    assert (promise["question"], promise["severity"]) == (1, "warning")
    assert {f["rule"] for f in findings if f["check"] == "coverage"} >= {"follow-up"}


def test_only_some_checks_and_rules(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {f["check"] for f in found(capsys, "--only", "staleness,citations", str(file))} == {"staleness"}
    rules = {f["rule"] for f in found(capsys, "--off", "staleness/promise", "--off", "coverage", str(file))}
    assert "promise" not in rules
    assert "follow-up" not in rules


def test_the_date_that_is_given_wins(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = found(capsys, "--date", "2024-12-01", str(file))
    assert next(f for f in findings if f["rule"] == "relative-date")["suggestion"] == "Op 3 februari 2024"


def test_exit_codes(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--as-of", "2026-06-01", "--fail-on", "warning", str(file)]) == 1
    clean = tmp_path / "schoon.txt"
    clean.write_text("Vraag 1\nIs dat zo?\n\nAntwoord 1\nJa.\n", encoding="utf-8")
    assert run(["check", "--as-of", "2026-06-01", "--date", "2025-03-10", "--fail-on", "info", str(clean)]) == 0
    assert run(["check", "--only", "spelling", str(file)]) == 2
    assert run(["check", "--off", "staleness/lnk", str(file)]) == 2
    assert "staleness/link" in capsys.readouterr().err
    assert run(["check", str(tmp_path / "weg.txt")]) == 3
    assert run(["check", "--bank", str(tmp_path / "geen"), str(file)]) == 4


def test_warnings_are_shown_and_the_rest_where_all_is_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXT.replace("Ja.", "Ja, zie Kamerstuk 12345, nr. 6."), encoding="utf-8")
    everything = found(capsys, str(file))
    quiet = [f for f in everything if f["severity"] == "info"]
    assert quiet
    assert run(["check", "--as-of", "2026-06-01", str(file)]) == 0
    shown = capsys.readouterr()
    assert "[info]" not in shown.out
    assert f"{len(everything) - len(quiet)} waarschuwing" in shown.err
    assert "--all" in shown.err
    assert run(["check", "--all", "--as-of", "2026-06-01", str(file)]) == 0
    shown = capsys.readouterr()
    assert shown.out.count("[info]") == len(quiet)
    assert "--all" not in shown.err


def test_no_english_names_of_rules_where_people_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--all", "--as-of", "2026-06-01", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "Datum zonder jaartal" in shown
    assert not any(rule.rule in shown for rule in rules() if "-" in rule.rule)


def test_for_people_it_names_place_and_proposal(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--as-of", "2026-06-01", str(file)]) == 0
    shown = capsys.readouterr()
    assert "vraag 1, regel 7" in shown.out
    assert "Voorstel: Op 3 februari 2025" in shown.out
    assert "waarschuwing" in shown.err


@pytest.mark.real
def test_it_holds_on_real_answers(shared: Path) -> None:
    scorer = shared / "eval" / "score_stale.py"
    if not scorer.is_file():
        pytest.skip("no real documents beside the project")
    command = f'{sys.executable} -c "from drafter.cli.main import main; main()"'
    done = subprocess.run(
        [sys.executable, str(scorer), "--command", command, "--min", "0.85"],
        capture_output=True,
        text=True,
        cwd=scorer.parent,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PATH": ""},
    )
    assert done.returncode == 0, done.stdout + done.stderr
