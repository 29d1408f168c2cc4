"""One record of a list that nobody foresaw does not hold up the others."""

from __future__ import annotations

import logging

import pytest

from answers_bank.sources.fetching import FetchReport, _alone
from answers_bank.sources.records import entry_or_none
from answers_bank.sources.tweedekamer import ChamberData
from embeddings.errors import BankError, Cancelled


def test_what_nobody_foresaw_is_reported_and_the_next_has_its_turn() -> None:
    report = FetchReport()
    with _alone("ah-tk\n1", report):
        raise OverflowError("Python int too large")
    assert [(failure.name, "OverflowError" in failure.reason) for failure in report.failed] == [("ah-tk 1", True)]


@pytest.mark.parametrize("error", [BankError("vol"), Cancelled(), OSError(28, "vol")])
def test_the_bank_the_disk_and_the_user_are_listened_to(error: Exception) -> None:
    with pytest.raises(type(error)), _alone("x", FetchReport()):
        raise error


@pytest.mark.parametrize("entry", [{"Id": "a", "Soort": "Brief regering", "Volgnummer": "x", "Kamerstukdossier": [5]}])
def test_an_entry_in_another_form_is_passed_over_and_told(
    entry: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    source = ChamberData.__new__(ChamberData)
    with caplog.at_level(logging.WARNING, "kamerantwoord"):
        assert entry_or_none(source._record, entry, "tweedekamer") is None
    assert caplog.messages or source._record(entry) is None
