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
