"""People who share a bank, and a dossier of theirs."""

from __future__ import annotations

import dataclasses
import datetime

from drafter.dossier.store import DossierStore
from drafter.dossier.value import Block, Dossier, DraftAnswer
from drafter.tasks.together import sharing
from drafter.tasks.workspace import Workspace
from support.bank_samples import make_document

NAME = "2031Z00001"


def new_dossier(questions: int = 4) -> Dossier:
    document = make_document("vragen", questions=questions)
    moment = datetime.datetime(2031, 6, 1, tzinfo=datetime.UTC)
    answers = tuple(DraftAnswer((n,), (Block(f"b{n}", f"Eerste tekst {n}."),)) for n in range(1, questions + 1))
    return Dossier(NAME, document, answers, datetime.date(2031, 6, 1), moment, moment)


def written(dossier: Dossier, number: int, text: str) -> Dossier:
    answers = tuple(
        dataclasses.replace(a, blocks=(Block(f"b{number}", text),)) if number in a.numbers else a
        for a in dossier.answers
    )
    return dataclasses.replace(dossier, answers=answers)


def text(dossier: Dossier, number: int) -> str:
    answer = dossier.answer(number)
    assert answer is not None
    return "".join(block.text for block in answer.blocks)


class Person:
    """A user with a dossier store and an account on the server."""

    def __init__(self, workspace: Workspace, address: str) -> None:
        self.workspace = workspace
        self.bank = workspace.bank()
        self.store = DossierStore(workspace.bank_folder)
        sharing.join(workspace, address)

    def write(self, number: int, words: str) -> None:
        with self.store.open(NAME) as session:
            session.record(written(session.dossier, number, words), "geschreven")

    def texts(self) -> list[str]:
        dossier = self.store.load(NAME)
        return [text(dossier, n) for n in (1, 2, 3, 4)]

    def sync(self) -> sharing.SyncReport:
        report = sharing.sync(self.workspace)
        assert report is not None
        return report
