"""What the screens are given of a real bank."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

from support.encoder import TinyEncoder

from answers_bank.documents import Document, Kind, ReadWarning
from answers_bank.reading import read_file
from drafter.backend.bank import reading, search_words
from drafter.backend.local import Backend
from drafter.backend.workbench import source_doubts
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace

BANK = Path(__file__).resolve().parents[3] / "samples" / "bank"


def test_an_answer_to_the_set_itself_is_no_earlier_answer(tmp_path: Path) -> None:
    answered = read_file(BANK / "09-storingen-in-2024.txt")
    asked: Document = dataclasses.replace(answered, kind=Kind.QUESTIONS, answers=())
    with Workspace(Settings(), tmp_path / "bank", TinyEncoder()) as workspace:
        bank = workspace.bank(create=True)
        for path in sorted(BANK.iterdir()):
            bank.add(read_file(path))
        backend = Backend(workspace, datetime.date(2026, 5, 20))
        text = asked.questions[0].text
        found = {result.document for result in backend.ask(search_words, text)}
        others = {result.document for result in backend.ask(search_words, text, questions=asked)}
    assert answered.id in found
    assert answered.id not in others
    assert others


def test_what_was_in_doubt_when_a_source_was_read_is_told(tmp_path: Path) -> None:
    sure = read_file(BANK / "09-storingen-in-2024.txt")
    doubt = ReadWarning("note", "Noot 3 staat niet in de tekst.")
    doubted = dataclasses.replace(sure, id="ah-twijfel", warnings=(doubt,))
    unknown = dataclasses.replace(sure, id="ah-onderwerp", subject=None)
    with Workspace(Settings(), tmp_path / "bank", TinyEncoder()) as workspace:
        bank = workspace.bank(create=True)
        bank.add(sure)
        bank.add(doubted)
        bank.add(unknown)
        backend = Backend(workspace, datetime.date(2026, 5, 20))
        told = backend.ask(source_doubts, (sure.id, doubted.id, unknown.id, "ah-is-er-niet-meer"))
        assert told == {"ah-twijfel": "Noot 3 staat niet in de tekst."}
        assert backend.ask(reading, "ah-twijfel").doubts == ("Noot 3 staat niet in de tekst.",)
        assert backend.ask(reading, sure.id).doubts == ()
