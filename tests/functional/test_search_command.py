"""`search` as its user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.encoder import TinyEncoder

from drafter.cli.main import run

BANK = Path(__file__).resolve().parents[2] / "samples" / "bank"


def test_an_older_version_of_a_standard_passage_names_the_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("embeddings.models.load_encoder", lambda name=None: TinyEncoder())
    bank = ["--bank", str(tmp_path / "bank")]
    assert run(["ingest", *bank, str(BANK)]) == 0
    capsys.readouterr()
    words = "bestuurlijke boete ten hoogste € 450.000 of 2% van de jaaromzet"
    assert run(["search", *bank, "--mode", "words", "-k", "20", words]) == 0
    shown = capsys.readouterr().out
    results = shown.split("\n\n")
    old = next(result for result in results if "450.000" in result)
    assert "nieuwere versie: ah-tk-20252026-9033#" in old
    newest = next(result for result in results if "   ah-tk-20252026-9033  " in result)
    assert "nieuwere versie" not in newest


def test_what_has_no_date_is_found_at_a_reference_date_and_marked_but_not_known_to_be_before_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("embeddings.models.load_encoder", lambda name=None: TinyEncoder())
    bank = ["--bank", str(tmp_path / "bank")]
    letter = tmp_path / "brief.txt"
    letter.write_text("Geachte voorzitter,\n\nDe Toeterfabriek in Oosterhoek blijft open.\n", "utf-8")
    queries = tmp_path / "vragen.jsonl"
    queries.write_text(
        '{"id": "a", "text": "Toeterfabriek"}\n{"id": "b", "text": "Toeterfabriek", "before": "2031-01-01"}\n', "utf-8"
    )
    assert run(["ingest", *bank, str(letter)]) == 0
    search = ["search", *bank, "--mode", "words"]
    capsys.readouterr()
    for day, found in (("--as-of", True), ("--before", False)):
        assert run([*search, day, "2031-01-01", "Toeterfabriek"]) == 0
        shown = capsys.readouterr().out
        assert ("blijft open" in shown, "datum onbekend" in shown) == (found, found)
    assert run([*search, "--as-of", "2031-01-01", "--queries", str(queries)]) == 0
    first, second = capsys.readouterr().out.split("== b")
    assert "blijft open" in first
    assert "blijft open" not in second
