"""`ingest`, `bank` and `doctor` as scripts use them."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from support.encoder import TinyEncoder

from drafter.cli.main import run
from drafter.tasks.upkeep import health
from drafter.tasks.workspace import Workspace

RECORD = {
    "id": "reg-1",
    "date": "2031-05-02",
    "title": "Keuring",
    "question": "Hoeveel molens zijn er gekeurd?",
    "answer": "Er zijn 412 molens gekeurd.",
    "portfolio": "Minister van Wind en Water",
    "minister": "T. Wervel",
    "askers": [{"name": "Vlieger", "party": "WIND"}],
}


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> list[TinyEncoder]:
    """The tiny encoder in place of the model; a test may put another one in the list."""
    used = [TinyEncoder()]
    monkeypatch.setattr(Workspace, "encoder", lambda _: used[-1])
    return used


@pytest.fixture
def bank(tmp_path: Path) -> str:
    return str(tmp_path / "bank")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.jsonl"
    other = {**RECORD, "id": "reg-2", "date": "2032-01-01", "answer": "Waterfietsen mogen op het meer."}
    path.write_text("\n".join(json.dumps(record) for record in (RECORD, other)), "utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert run([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_ingest_tells_what_became_of_each(bank: str, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = told(capsys, "ingest", "--bank", bank, str(register))
    assert (first["added"], first["unchanged"], first["updated"], first["failed"]) == (2, 0, 0, [])
    assert first["passages"] == 4
    assert first["embedded"] == 3, "the question is the same in both, and encoded once"
    again = told(capsys, "ingest", "--bank", bank, str(register))
    assert (again["added"], again["unchanged"], again["embedded"]) == (0, 2, 0)


def test_what_cannot_be_read_is_named(bank: str, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = str(register.parent / "weg.docx")
    report = told(capsys, "ingest", "--bank", bank, str(register), gone, code=3)
    assert [f["file"] for f in report["failed"]] == [gone]
    assert "bestaat niet" in report["failed"][0]["reason"]
    told(capsys, "ingest", "--bank", bank, gone, code=3)
    assert run(["ingest", "--bank", bank, gone]) == 3
    shown = capsys.readouterr()
    assert "weg.docx" in shown.err
    assert "Toegevoegd: 0" in shown.out


def test_another_model_is_refused_until_the_bank_is_rebuilt(
    bank: str, register: Path, encoder: list[TinyEncoder], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["ingest", "--bank", bank, str(register)])
    encoder.append(TinyEncoder(name="ander"))
    with register.open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({**RECORD, "id": "reg-3", "answer": "Een nieuw antwoord."}))
    assert run(["ingest", "--bank", bank, str(register)]) == 4
    assert "bank rebuild" in capsys.readouterr().err
    assert told(capsys, "bank", "rebuild", "--bank", bank)["model"] == "ander"
    assert told(capsys, "bank", "info", "--bank", bank)["to_encode"] == 0


def test_info_list_remove_export(bank: str, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["ingest", "--bank", bank, str(register)])
    capsys.readouterr()
    info = told(capsys, "bank", "info", "--bank", bank)
    assert (info["documents"], info["model"], info["first_date"]) == (2, "tiny", "2031-05-02")
    listed = told(capsys, "bank", "list", "--bank", bank, "--before", "2031-12-31", "--minister", "wervel")["documents"]
    assert [d["id"] for d in listed] == ["reg-1"]
    assert listed[0]["askers"] == [{"name": "Vlieger", "party": "WIND"}]
    out = register.parent / "alles.jsonl"
    assert told(capsys, "bank", "export", str(out), "--bank", bank)["documents"] == 2
    assert len(out.read_text("utf-8").splitlines()) == 2
    assert run(["bank", "remove", "reg-1", "weg", "--bank", bank]) == 2
    capsys.readouterr()
    assert told(capsys, "bank", "remove", "reg-1", "--bank", bank)["removed"] == ["reg-1"]
    assert told(capsys, "bank", "info", "--bank", bank)["documents"] == 1
    for arguments in (["info"], ["list"]):
        assert run(["bank", *arguments, "--bank", bank]) == 0
    assert "reg-2" in capsys.readouterr().out


def test_trouble_with_the_bank_ends_with_4(bank: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bank", "info", "--bank", bank]) == 4
    assert "ingest" in capsys.readouterr().err
    Path(bank).mkdir()
    (Path(bank) / "bank.sqlite").write_text("geen bank")
    for command in (["bank", "info"], ["ingest", bank]):
        assert run([*command, "--bank", bank]) == 4
        assert "beschadigd" in capsys.readouterr().err
    assert (Path(bank) / "bank.sqlite").read_text() == "geen bank"


def test_doctor_ends_with_4_when_something_is_wrong(
    bank: str, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_model", lambda *_: [])
    assert told(capsys, "doctor", "--bank", bank)["ok"]
    run(["ingest", "--bank", bank, str(register)])
    capsys.readouterr()
    report = told(capsys, "doctor", "--thorough", "--bank", bank)
    assert report["ok"]
    assert {check["state"] for check in report["checks"]} <= {"good", "note"}
    (Path(bank) / "bank.sqlite").write_text("geen bank")
    for extra in Path(bank).glob("bank.sqlite-*"):
        extra.unlink()
    assert not told(capsys, "doctor", "--bank", bank, code=4)["ok"]
    assert run(["doctor", "--bank", bank]) == 4
    assert "fout" in capsys.readouterr().out


LETTER = """Geachte voorzitter,

De Toeterfabriek in Oosterhoek blijft open. Dat is besloten na overleg met de gemeente.
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brief over fabriek.txt"
    path.write_text(LETTER, "utf-8")
    return path


def test_ingest_ends_with_what_it_doubted_and_the_command_that_mends_it(
    bank: str, letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ingest", "--bank", bank, str(letter)]) == 0
    shown = capsys.readouterr().err
    assert "De datum is niet bekend." in shown
    (line,) = [line for line in shown.splitlines() if "bank set" in line]
    command = shlex.split(
        line.partition("kamerantwoord ")[2].replace("JJJJ-MM-DD", "2031-03-04").replace("…", "Fabriek")
    )
    assert run([*command, "--bank", bank]) == 0
    capsys.readouterr()
    again = told(capsys, "ingest", "--bank", bank, str(letter))
    assert again["doubted"] == []
    letter.write_text(LETTER + "\nEen alinea erbij over de fabriek.\n", "utf-8")
    again = told(capsys, "ingest", "--bank", bank, str(letter))
    assert (again["updated"], again["doubted"]) == (1, [])


def test_doubts_in_json_name_the_document_and_what_can_be_corrected(
    bank: str, letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (doubt,) = told(capsys, "ingest", "--bank", bank, str(letter))["doubted"]
    assert doubt["file"] == str(letter)
    assert doubt["correct"] == ["date", "title"]
    assert len(doubt["doubts"]) == len(doubt["advice"]) == 2
    assert told(capsys, "bank", "show", "--bank", bank, doubt["id"])["date"] is None


def test_a_document_is_corrected_shown_and_put_back(
    bank: str, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["ingest", "--bank", bank, str(register)])
    capsys.readouterr()
    before = told(capsys, "bank", "show", "--bank", bank, "reg-1")
    assert before["corrections"] == {}
    after = told(
        capsys, "bank", "set", "reg-1", "--bank", bank, "--date", "2031-06-01", "--title", "Andere naam", "--signer",
        "A. Duin; B. Zand", "--portfolio", "Wind en Water", "--kind", "brief",
    )  # fmt: skip
    assert (after["date"], after["title"], after["kind"]) == ("2031-06-01", "Andere naam", "letter")
    assert [one["name"] for one in after["ministers"]] == ["A. Duin", "B. Zand"]
    assert after["corrections"]["date"]["read"] == before["date"]
    assert set(after["corrections"]) == {"date", "title", "signer", "portfolio", "kind"}
    listed = {one["id"]: one for one in told(capsys, "bank", "list", "--bank", bank)["documents"]}
    assert listed["reg-1"]["corrected"] == ["date", "kind", "portfolio", "signer", "title"]
    assert listed["reg-2"]["corrected"] == []
    assert run(["bank", "show", "--bank", bank, "reg-1"]) == 0
    assert "verbeterd op" in capsys.readouterr().out
    run(["ingest", "--bank", bank, str(register)])
    capsys.readouterr()
    one = told(capsys, "bank", "set", "reg-1", "--bank", bank, "--terug", "date")
    assert (one["date"], one["title"]) == (before["date"], "Andere naam")
    assert told(capsys, "bank", "set", "reg-1", "--bank", bank, "--terug", "alles") == before


def test_what_was_read_already_is_no_correction(bank: str, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["ingest", "--bank", bank, str(register)])
    capsys.readouterr()
    assert told(capsys, "bank", "set", "reg-1", "--bank", bank, "--date", "2031-05-02")["corrections"] == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["reg-9", "--date", "2031-01-01"],
        ["reg-1"],
        ["reg-1", "--date", "gisteren"],
        ["reg-1", "--kind", "folder"],
        ["reg-1", "--title", ""],
        ["reg-1", "--terug", "kleur"],
    ],
)
def test_what_cannot_be_corrected_is_said_and_changes_nothing(
    arguments: list[str], bank: str, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["ingest", "--bank", bank, str(register)])
    capsys.readouterr()
    assert run(["bank", "set", "--bank", bank, *arguments]) == 2
    assert "Fout:" in capsys.readouterr().err
    assert told(capsys, "bank", "show", "--bank", bank, "reg-1")["corrections"] == {}


def test_a_new_title_is_found_by_meaning_at_once(bank: str, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["ingest", "--bank", bank, str(register)])
    capsys.readouterr()
    run(["bank", "set", "reg-1", "--bank", bank, "--title", "Andere naam"])
    capsys.readouterr()
    assert told(capsys, "bank", "info", "--bank", bank)["to_encode"] == 0


def test_corrections_travel_in_a_backup(
    bank: str, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["ingest", "--bank", bank, str(register)])
    run(["bank", "set", "reg-1", "--bank", bank, "--date", "2031-06-01"])
    copy, other = str(tmp_path / "kopie.zip"), str(tmp_path / "andere" / "bank")
    assert run(["bank", "backup", "--bank", bank, copy]) == 0
    assert run(["bank", "restore", "--bank", other, copy]) == 0
    capsys.readouterr()
    assert told(capsys, "bank", "show", "--bank", other, "reg-1")["date"] == "2031-06-01"


def test_a_standard_passage_gets_an_owner_a_note_and_a_day(
    bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Geachte voorzitter,\n\nMolen {} is gekeurd.\n\nDe Windautoriteit houdt toezicht op alle draaiende molens.\n"
    for number in (1, 2):
        (tmp_path / f"brief-{number}.txt").write_text(text.format(number), "utf-8")
    run(["ingest", "--bank", bank, str(tmp_path / "brief-1.txt"), str(tmp_path / "brief-2.txt")])
    capsys.readouterr()
    (cluster,) = told(capsys, "passages", "--bank", bank, "toezicht")["clusters"]
    assert cluster["care"] is None
    given = ["--owner", "Directie Wind", "--note", "Let op.", "--review-by", "2031-05-01"]
    after = told(capsys, "bank", "passage", cluster["id"], "--bank", bank, *given)
    assert after["care"] == {"owner": "Directie Wind", "note": "Let op.", "review_by": "2031-05-01"}
    (again,) = told(capsys, "passages", "--bank", bank, "toezicht")["clusters"]
    assert again["care"] == after["care"]
    assert run(["passages", "--bank", bank, "toezicht"]) == 0
    shown = capsys.readouterr().out
    assert cluster["id"] in shown
    assert "nakijken vóór 1 mei 2031" in shown
    assert told(capsys, "bank", "passage", cluster["id"], "--bank", bank, "--terug", "alles")["care"] is None
    assert run(["bank", "passage", "niets#1", "--bank", bank]) == 2
    assert run(["bank", "passage", cluster["id"], "--bank", bank, "--terug", "kleur"]) == 2
