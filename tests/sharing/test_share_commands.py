"""The commands of `share` that are about dossiers, on a real server: what they say, and what they refuse."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest
from support.postgres import TestServer
from support.shared_dossiers import NAME, Person

from answers_bank.sharing.dossiers import assign
from drafter.cli.main import run
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin
from drafter.tasks.together import history, sharing

pytestmark = pytest.mark.sharing

PROMISE = "Ik informeer uw Kamer vóór 1 maart 2029 over de uitkomsten van het onderzoek."
SOURCE = Origin("van-toen", "van-toen#1", 0, len(PROMISE), datetime.date(2028, 6, 1), PROMISE)
"""What was promised then, and is past on the day of the dossier, in 2031."""


class Said:
    """Runs commands for someone, and gives what they say."""

    def __init__(self, person: Person, capsys: pytest.CaptureFixture[str]) -> None:
        self._bank = ["--bank", str(person.workspace.bank_folder)]
        self._capsys = capsys

    def __call__(self, *command: str, code: int = 0) -> str:
        found = run([*command, *self._bank])
        said = self._capsys.readouterr()
        assert found == code, said
        return said.out + said.err


def rules(dossier: Dossier) -> list[tuple[int, str]]:
    return [
        (answer.numbers[0], finding.rule)
        for answer in dossier.answers
        for block in answer.blocks
        for finding in block.findings
        if finding.is_warning
    ]


def test_what_is_assigned_must_be_there_and_may_be_done(
    two: tuple[Person, Person], postgres: TestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    anna = Said(two[0], capsys)
    postgres.user("dossier_lezer", "lezer")
    for stranger in ("niemand", "dossier_lezer", "Dossier_Bram"):
        said = anna("share", "assign", NAME, stranger, code=2)
        assert f"{stranger} kan op de gedeelde bank niet aan dossiers werken" in said
        assert "dossier_anna, dossier_bram" in said
    said = anna("share", "assign", NAME, "dossier_bram", "--question", "4", "--question", "9", code=2)
    assert "heeft geen vraag 9" in said
    assert "vragen 1 t/m 4" in said
    assert f"Vraag 4 van dossier {NAME} is toegewezen" in anna(
        "share", "assign", NAME, "dossier_bram", "--question", "4"
    )
    assert f"Dossier {NAME} is niet meer toegewezen" in anna("share", "assign", NAME, "dossier_bram", "--remove")
    # Who has left can still be taken off.
    with sharing.connected(two[0].workspace) as server:
        assert assign(server, NAME, [2], "vertrokken")
    said = anna("share", "assign", NAME, "vertrokken", "--question", "2", "--remove")
    assert f"Vraag 2 van dossier {NAME} is niet meer toegewezen aan vertrokken" in said
    assert "nu de eigenaar" in anna("share", "assign", NAME, "dossier_bram", "--owner")


def test_who_only_reads_is_told_that_dossiers_are_for_others(
    two: tuple[Person, Person], postgres: TestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    anna = two[0]
    postgres.user("dossier_lezer", "lezer")
    following = anna.bank.shared.following()
    assert following is not None
    anna.bank.shared.readdress(following.address.replace("dossier_anna", "dossier_lezer"))
    said = Said(anna, capsys)
    for command in (["dossiers"], ["open", NAME], ["history", NAME], ["assign", NAME, "dossier_bram"]):
        assert "u mag op de gedeelde bank alleen lezen" in said("share", *command, code=4)


def test_a_name_that_is_not_here_leads_to_the_list(
    two: tuple[Person, Person], capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(two[0], capsys)("share", "history", "2031Z99999", code=2)
    assert "geen dossier 2031Z99999" in said
    assert "share dossiers" in said


def test_sync_says_what_is_new_and_that_there_was_nothing(
    two: tuple[Person, Person], capsys: pytest.CaptureFixture[str]
) -> None:
    bram = Said(two[1], capsys)
    assert "niets uit te wisselen" in bram("sync")
    two[1].store.delete(NAME)
    two[1].bank.shared_dossiers.unlink(NAME)
    assert f"Dossier {NAME}: nieuw bij u." in bram("sync")
    two[0].write(1, "Anders.")
    two[0].sync()
    assert f"Dossier {NAME}: bijgewerkt met wat anderen deden." in bram("sync")


def test_what_waits_is_told_and_who_leaves_and_comes_back_finds_the_same_dossier(
    two: tuple[Person, Person], shared_bank: str, postgres: TestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    anna, bram = two
    said = Said(bram, capsys)
    anna.write(1, "Van Anna.")
    anna.sync()
    bram.write(1, "Van Bram.")
    bram.write(2, "Ook van Bram.")
    assert f"Nog te delen:  dossier {NAME}" in said("share", "status")
    assert "Bij 1 antwoord wijzigde een ander hetzelfde" in said("sync")
    assert "Te kiezen:     1 antwoord" in said("share", "status")
    bram.write(3, "Nog van Bram.")
    assert "1 wijziging was nog niet verstuurd" in said("share", "leave")
    anna.write(4, "Nog van Anna.")
    anna.sync()
    joined = said("share", "join", postgres.url(shared_bank.rpartition("/")[2], "dossier_bram"))
    assert f"Dossier {NAME}: uw wijzigingen zijn gedeeld." in joined
    assert [summary.id for summary in bram.store.list()] == [NAME]
    assert bram.texts() == ["Van Anna.", "Ook van Bram.", "Nog van Bram.", "Nog van Anna."]
    # On another shared bank it is another dossier.
    other = postgres.new_database()
    sharing.init(postgres.url(other))
    said("share", "leave")
    said("share", "join", postgres.url(other, "dossier_bram"))
    assert bram.bank.shared_dossiers.links() == []


def test_going_back_is_told_in_the_history(two: tuple[Person, Person], capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(two[0], capsys)
    two[0].write(1, "Anders.")
    two[0].sync()
    assert f"Dossier {NAME} is terug naar stap 1." in said("share", "history", NAME, "--back", "1")
    assert said("share", "history", NAME).splitlines()[-1].endswith("terug naar stap 1")
    assert two[0].texts()[0] == "Eerste tekst 1."
    assert "geen stap 77" in said("share", "history", NAME, "--back", "77", code=4)


def test_what_comes_from_others_is_checked_here(
    two: tuple[Person, Person], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    anna, bram = two
    with anna.store.open(NAME) as session:
        block = Block("b9", PROMISE, SOURCE)
        answers = (session.dossier.answers[0], DraftAnswer((2,), (block,)), *session.dossier.answers[2:])
        session.record(dataclasses.replace(session.dossier, answers=answers), "ingevoegd")
    anna.sync()
    bram.sync()
    found = rules(bram.store.load(NAME))
    assert [number for number, _ in found] == [2]
    assert all(answer.coverage for answer in bram.store.load(NAME).answers)
    said = Said(bram, capsys)("export", NAME, "--clean", "-o", f"{tmp_path}/schoon.docx", code=1)
    assert "nog niet klaar" in said
    # What another changes in that answer takes nothing away of what is said of the rest.
    anna.write(3, "Iets anders.")
    anna.sync()
    bram.sync()
    assert rules(bram.store.load(NAME)) == found
    # Also where it is brought here, and where one goes back to it.
    bram.store.delete(NAME)
    bram.bank.shared_dossiers.unlink(NAME)
    bram.sync()
    assert rules(bram.store.load(NAME)) == found
    anna.write(2, "Dat weet ik nog niet.")
    anna.sync()
    bram.sync()
    assert rules(bram.store.load(NAME)) == []
    link = bram.bank.shared_dossiers.link_of(NAME)
    assert link is not None
    with sharing.connected(bram.workspace) as server:
        history.go_back(bram.store, server, link, 2, bram.workspace.check_new)
    assert rules(bram.store.load(NAME)) == found
