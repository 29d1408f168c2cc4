"""What is seen at the terminal: that a password is asked, and of a watcher each trouble once."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from answers_bank.store.bank import Bank
from answers_bank.store.following.shared import Following
from drafter.cli.main import run
from drafter.cli.shared.output import progress_bar
from drafter.cli.shared.sharing import tell_refused
from drafter.tasks.together import keeping_up, sharing
from embeddings.errors import BankError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_paints_nothing_over_a_question_that_comes_before_the_first_stage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar() as progress:
        assert terminal.getvalue() == ""
        progress.start("Uitwisselen", 2)
        progress.advance()
    assert "Uitwisselen" in terminal.getvalue()
    monkeypatch.setattr(sys, "stderr", silent := Terminal())
    with progress_bar():
        pass
    assert silent.getvalue() == ""


def test_a_watcher_tells_a_trouble_once_and_that_it_is_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    away = BankError("De server is weg.", "Later beter.")

    def follow(workspace: object, stop: object, ask: object, tell: keeping_up.Tell) -> None:
        for error in (away, away, None, None, away):
            tell(error, None if error else sharing.SyncReport())
        tell(None, sharing.SyncReport(dossiers_received=("een",), dossiers_new=("een",)))

    monkeypatch.setattr(keeping_up, "follow_along", follow)
    with Bank.open(tmp_path, create=True) as bank:
        bank.shared.follow(Following("postgresql://jan@server/bank", "een"))
    assert run(["sync", "--watch", "--bank", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == ["De server is weg. Later beter.", "Weer verbonden."] * 2
    assert said.out == "Dossier een: nieuw bij u.\n"


def test_what_was_refused_is_told_without_its_escape_codes_and_not_by_the_hundred(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_refused(())
    assert capsys.readouterr().err == ""
    tell_refused((("kwaad\x1b[2J", "too large"),))
    said = capsys.readouterr().err
    assert said.startswith("Niet overgenomen: kwaad")
    assert "\x1b" not in said
    assert "Meld dit" in said
    tell_refused(tuple((f"kwaad-{n}", "too large") for n in range(100)))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 22
    assert lines[-2].startswith("En 80 andere")
