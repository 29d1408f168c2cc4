"""What the command line says when the disk refuses, and of what nobody foresaw: never more than the user should see."""

from __future__ import annotations

import errno
from pathlib import Path

import click
import pytest

from drafter.cli import main
from drafter.cli.shared.crash import keep_report
from embeddings.errors import ExitCode


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> object:
    def run(error: BaseException) -> int:
        def fail(**_: object) -> None:
            raise error

        monkeypatch.setattr(main.cli, "main", fail)
        return main.run([])

    return run


def test_a_full_disk_is_told_as_such(raising, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert raising(OSError(errno.ENOSPC, "No space left on device", "/x/y")) == ExitCode.BANK
    assert "De schijf is vol (/x/y)." in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_told(raising, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert raising(PermissionError(errno.EACCES, "Permission denied", "/x/y")) == ExitCode.BANK
    assert "/x/y" in capsys.readouterr().err


def test_the_end_of_a_file_is_no_wish_to_stop(
    raising, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("platformdirs.user_log_path", lambda _: tmp_path)
    stopped = click.Abort()
    assert raising(stopped) == 130
    ended = click.Abort()
    ended.__cause__ = EOFError("No data left in file")
    assert raising(ended) == ExitCode.BANK
    assert "niet had voorzien" in capsys.readouterr().err


def test_a_report_holds_no_words_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_log_path", lambda _: tmp_path)
    try:
        Path("~Geheime vraag van het lid Vlieger/").expanduser()
    except RuntimeError as error:
        report = keep_report(error).read_text(encoding="utf-8")
    assert "RuntimeError" in report
    assert "expanduser" in report
    assert "could not" not in report.lower() or "raise" in report
    assert "Could not determine home directory." not in [line.strip() for line in report.splitlines()]
    try:
        (tmp_path / "Geheime vraag van het lid").read_text(encoding="utf-8")
    except OSError as error:
        report = keep_report(error).read_text(encoding="utf-8")
    assert "FileNotFoundError (errno 2)" in report
    assert "Geheime vraag van het lid" not in [line for line in report.splitlines() if "Error" in line]
