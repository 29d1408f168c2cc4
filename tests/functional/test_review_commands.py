"""The commands review, export, verify and import-edits, as a user runs them."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from support.dossiers import dossier

from answers_bank.store.bank import Bank
from drafter.cli.main import run
from drafter.dossier.judging.thread_edits import add_thread, reply
from drafter.dossier.store import DossierStore
from tests.unit.reuse.bank_of import HARBOUR, TURBINES, fill

ANSWER = (
    "Vragen van het lid Duin (ZEE) aan de minister van Wind en Water over de haven (ingezonden 3 maart 2031, "
    "2031Z00077).\n\nVraag 1\nHoe staat het met de haven?\n\nAntwoord op vraag 1\n"
    + HARBOUR.replace("drie dagen", "tien dagen")
    + "\n\nVraag 2\nEn met de schapen?\n\nAntwoord op vraag 2\nSchapen grazen op de dijk wanneer het hooi binnen is.\n"
)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    with Bank.open(folder, create=True) as opened:
        fill(opened)
    return folder


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "antwoord.txt"
    path.write_text(ANSWER, encoding="utf-8")
    return path


def test_review_in_a_pipe_is_plain_text(bank: Path, answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", str(answer), "--words", "--bank", str(bank)]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    lines = out.splitlines()
    assert any(line.startswith("~ De Havenwacht") and "[-!drie-] [+tien+] dagen" in line for line in lines)
    assert any(line.startswith("= De sluizen") for line in lines)
    assert any(line.startswith("+ Schapen") for line in lines)
    assert any("bron: onderwerp haven-nieuw, 1 mei 2030" in line for line in lines)


def test_review_as_json_has_offsets_into_the_file(bank: Path, answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", str(answer), "--words", "--json", "--bank", str(bank)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [sentence["label"] for sentence in data["sentences"]] == ["edited", "verbatim", "verbatim", "own"]
    assert {"verbatim", "edited", "own"} <= set(data["summary"])
    for sentence in data["sentences"]:
        assert ANSWER[sentence["start"] : sentence["end"]] == sentence["text"]
    assert ["delete", "drie"] in data["sentences"][0]["diff"]


def test_review_to_files(bank: Path, answer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, word = tmp_path / "b.html", tmp_path / "b.docx"
    arguments = ["review", str(answer), "--words", "--html", str(page), "-o", str(word), "--bank", str(bank)]
    assert run(arguments) == 0
    assert capsys.readouterr().out == ""
    shown = page.read_text(encoding="utf-8")
    assert ">drie</del>" in shown
    assert not re.search(r'(?:src|href)="(?!https?://|#)', shown)
    first = word.read_bytes()
    assert run(arguments) == 0
    assert word.read_bytes() == first


def test_review_of_a_dossier_by_name(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    DossierStore(bank).save(dossier())
    assert run(["review", dossier().id, "--words", "--bank", str(bank)]) == 0
    assert "Antwoord op vraag 2" in capsys.readouterr().out


def test_review_refuses_an_unknown_kind_of_file_before_it_works(
    bank: Path, answer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", str(answer), "-o", "b.xls", "--bank", str(bank)]) == 2
    assert "Onbekend soort" in capsys.readouterr().err


def test_a_dossier_goes_to_word_and_comes_back(bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import docx

    DossierStore(bank).save(dossier())
    path = tmp_path / "concept.docx"
    assert run(["export", dossier().id, "-o", str(path), "--provenance", "annex", "--bank", str(bank)]) == 0
    edited = docx.Document(str(path))
    paragraph = next(p for p in edited.paragraphs if p.text == "Ja.")
    paragraph.runs[0].text = "Ja, dat ken ik."
    edited.save(str(path))
    assert run(["import-edits", str(path), "--json", "--bank", str(bank)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["edited"], told["added"], told["removed"], told["conflicts"]) == (1, 0, 0, [])
    block = DossierStore(bank).load(dossier().id).block("b1")
    assert block is not None
    assert block.text == "Ja, dat ken ik."
    assert run(["changes", dossier().id, "--bank", str(bank)]) == 0
    shown = capsys.readouterr().out
    assert "was:  Ja." in shown
    assert "word: Ja, dat ken ik." in shown
    number = shown.split()[0]
    assert run(["changes", dossier().id, "--undo", "9.9", "--bank", str(bank)]) == 2
    assert "9.9" in capsys.readouterr().err
    assert run(["changes", dossier().id, "--accept", number, "--json", "--all", "--bank", str(bank)]) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["kind"], change["before"], change["decision"]) == ("edited", "Ja.", "accepted")
    assert run(["changes", dossier().id, "--undo", number, "--bank", str(bank)]) == 0
    assert "geen wijziging uit Word open" in capsys.readouterr().out
    block = DossierStore(bank).load(dossier().id).block("b1")
    assert block is not None
    assert block.text == "Ja."


def test_remarks_are_listed_called_done_and_opened_again(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moment = datetime.datetime(2031, 2, 3, 14, 10, tzinfo=datetime.UTC)
    held = add_thread(dossier(), "b1", "J. Zeegras", "Kan dit korter?", moment)
    block = held.block("b1")
    assert block is not None
    name = block.discussion[0].id
    DossierStore(bank).save(reply(held, "b1", name, "B. Veer", "Ja.", moment))
    arguments = [held.id, "--bank", str(bank)]
    assert run(["remarks", *arguments]) == 0
    shown = capsys.readouterr().out
    assert f"{name}  Vraag 1 · bij: Ja." in shown
    assert "opmerking: Klopt dit nog? Graag navragen." in shown, "one that an older version left"
    assert "J. Zeegras 3 feb" in shown
    assert shown.index("Kan dit korter?") < shown.index("↳ B. Veer 3 feb")
    assert run(["remarks", *arguments, "--done", "onbekend"]) == 2
    assert "geen opmerking onbekend" in capsys.readouterr().err
    assert run(["remarks", *arguments, "--done", name]) == 0
    assert name not in capsys.readouterr().out
    assert run(["remarks", *arguments, "--all", "--json"]) == 0
    remark, other = json.loads(capsys.readouterr().out)["remarks"]
    assert (remark["numbers"], remark["block"], remark["done"], remark["text"]) == ([1], "b1", True, "Kan dit korter?")
    assert [said["text"] for said in remark["replies"]] == ["Ja."]
    assert run(["remarks", *arguments, "--reopen", name, "--done", other["id"]]) == 0
    assert name in capsys.readouterr().out


def test_a_clean_export_says_nothing_of_how_it_was_made(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import zipfile

    DossierStore(bank).save(dossier())
    path = tmp_path / "antwoord.docx"
    assert run(["export", dossier().id, "-o", str(path), "--clean", "--bank", str(bank)]) == 1
    assert not path.exists()
    told = " ".join(capsys.readouterr().err.split())
    assert "2 vragen zonder antwoord (3 en 8)" in told
    assert "1 waarschuwing open (bij vraag 2)" in told
    assert run(["export", dossier().id, "-o", str(path), "--clean", "--ondanks", "--bank", str(bank)]) == 0
    with zipfile.ZipFile(path) as archive:
        assert not any(name.startswith("customXml") or "comments" in name for name in archive.namelist())
        assert b"Bron (" not in archive.read("word/footnotes.xml")
        assert b"Geen bron" not in archive.read("word/document.xml").replace(b"Geen bron</", b"")


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_a_clean_text_holds_no_words_of_the_program(bank: Path, tmp_path: Path, suffix: str) -> None:
    DossierStore(bank).save(dossier())
    path = tmp_path / f"antwoord.{suffix}"
    assert run(["export", dossier().id, "-o", str(path), "--clean", "--ondanks", "--bank", str(bank)]) == 0
    assert "Geen bron" not in path.read_text(encoding="utf-8")
    assert run(["export", dossier().id, "-o", str(path), "--bank", str(bank)]) == 0
    assert "Geen bron" in path.read_text(encoding="utf-8")


def test_the_screens_need_a_terminal_and_a_dossier_that_is_there(
    bank: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    assert run(["tui", "--bank", str(bank)]) == 2
    assert "terminal" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert run(["tui", "bestaatniet", "--bank", str(bank)]) == 4
    assert "Er is geen dossier bestaatniet." in capsys.readouterr().err


def test_a_path_that_is_not_there_is_an_error_also_beside_one_that_is(bank: Path, tmp_path: Path) -> None:
    there = tmp_path / "stuk.txt"
    there.write_text("Vraag 1\nIs dat zo?\n\nAntwoord 1\nJa, dat is zo.\n", encoding="utf-8")
    assert run(["ingest", str(there), str(tmp_path / "weg.txt"), "--bank", str(bank)]) == 3


def test_verify_ends_with_one_where_a_quotation_is_false(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Bank.open(bank) as opened:
        passage = next(opened.passages("molens"))
    origin = {
        "document": "molens", "passage": passage.id, "start": passage.start, "end": passage.end, "date": None
    }  # fmt: skip
    block = {"text": TURBINES, "origin": origin, "findings": []}
    path = tmp_path / "concept.json"
    path.write_text(json.dumps({"questions": [{"numbers": [1], "blocks": [block]}]}), encoding="utf-8")
    assert run(["verify", str(path), "--json", "--bank", str(bank)]) == 0
    assert json.loads(capsys.readouterr().out)["verified"] == 1
    block["text"] = TURBINES.replace("meer", "minder")
    path.write_text(json.dumps({"questions": [{"numbers": [1], "blocks": [block]}]}), encoding="utf-8")
    assert run(["verify", str(path), "--bank", str(bank)]) == 1
    assert "0 citaten kloppen, 1 niet" in capsys.readouterr().out


def test_text_from_documents_cannot_steer_the_terminal(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vals.txt"
    path.write_text(
        ANSWER.replace("haven (", "haven\x1b[2J (").replace("Schapen", "Schapen\x1b]0;x\x07"), encoding="utf-8"
    )
    assert run(["review", str(path), "--words", "--bank", str(bank)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_set_of_questions_has_no_text_to_review(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vragen.txt"
    path.write_text(ANSWER.split("Antwoord op vraag 1")[0], encoding="utf-8")
    assert run(["review", str(path), "--words", "--bank", str(bank)]) == 0
    assert "geen tekst van een antwoord" in capsys.readouterr().out
