"""What the screens are given of a real bank."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

from support.encoder import TinyEncoder

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_file
from drafter.backend.bank import search_words
from drafter.backend.local import Backend
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
