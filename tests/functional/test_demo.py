"""The whole path on the samples: files, bank, draft, exports, proof."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.encoder import TinyEncoder

from answers_bank.documents import Kind
from answers_bank.filling.filling import ingest
from answers_bank.reading import read_file
from drafter.assembly.assemble import assemble
from drafter.cli import demo
from drafter.cli.main import run
from drafter.dossier.edits import insert
from drafter.dossier.store import DossierStore
from drafter.dossier.value import BlockState, Dossier, Status
from drafter.settings.values import Settings
from drafter.tasks.draft import keep
from drafter.tasks.workspace import Workspace

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
QUESTIONS = SAMPLES / "nieuwe-vragen.docx"
AS_OF = datetime.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def tiny_model(monkeypatch: pytest.MonkeyPatch, request: Any) -> None:
    """The command line finds the tiny encoder where it would load the model."""
    if "model" not in request.keywords:
        monkeypatch.setattr("embeddings.models.load_encoder", lambda name=None: TinyEncoder())


def filled(folder: Path, files: list[Path]) -> Workspace:
    workspace = Workspace(Settings(), folder, TinyEncoder())
    report = ingest(workspace.bank(create=True), files, workspace.encoder)
    assert report.added == 16
    assert not report.failed
    return workspace


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank with all samples, made once."""
    folder = tmp_path_factory.mktemp("samples") / "bank"
    filled(folder, [SAMPLES / "bank"]).close()
    return folder


@pytest.fixture
def workspace(bank: Path) -> Iterator[Workspace]:
    with Workspace(Settings(), bank, TinyEncoder()) as opened:
        yield opened


def draft(workspace: Workspace, questions: Path = QUESTIONS, as_of: datetime.date = AS_OF) -> Dossier:
    return assemble(read_file(questions), workspace.searcher(), as_of)


@pytest.fixture(scope="module")
def made(bank: Path) -> Dossier:
    """A draft of the sample questions, made once."""
    with Workspace(Settings(), bank, TinyEncoder()) as opened:
        return draft(opened)


def test_the_demo_runs_from_files_to_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.main(tmp_path / "demo") == 0
    shown = capsys.readouterr().out
    assert "Antwoord op vraag 2" in shown
    assert "tui" in shown
    for name in ("concept.docx", "concept.md", "concept.json"):
        assert (tmp_path / "demo" / name).stat().st_size > 1000


def test_every_block_stands_in_its_source(workspace: Workspace, made: Dossier) -> None:
    blocks = [block for answer in made.answers for block in answer.blocks]
    assert blocks
    for block in blocks:
        assert block.origin is not None
        assert block.state is BlockState.VERBATIM
        document = workspace.bank().document(block.origin.document)
        assert document.sha256 == block.origin.sha256
        assert block.text.split()[0] in document.text[block.origin.start : block.origin.end]


def test_all_questions_are_there_once_and_in_order(made: Dossier) -> None:
    numbers = [number for answer in made.answers for number in answer.numbers]
    assert numbers == list(range(1, 13))


def test_no_passage_stands_twice(made: Dossier) -> None:
    texts = [block.text for answer in made.answers for block in answer.blocks]
    assert len(texts) == len(set(texts))


def test_members_who_ask_for_separate_answers_get_them(made: Dossier) -> None:
    assert all(len(answer.numbers) == 1 for answer in made.answers)


def test_only_what_was_said_before_the_day_of_reference(workspace: Workspace) -> None:
    day = datetime.date(2025, 1, 1)
    origins = [b.origin for a in draft(workspace, as_of=day).answers for b in a.blocks]
    assert origins
    assert all(origin and origin.date and origin.date < day for origin in origins)


def test_a_set_is_never_its_own_source(workspace: Workspace) -> None:
    own = read_file(SAMPLES / "bank" / "01-vissterfte-zilte-bocht.txt")
    dossier = assemble(own, workspace.searcher(), AS_OF)
    assert own.id not in {b.origin.document for a in dossier.answers for b in a.blocks if b.origin}


def test_a_deferral_and_questions_alone_are_never_a_source(workspace: Workspace, made: Dossier) -> None:
    blocks = [b for a in made.answers for b in a.blocks]
    kinds = {workspace.bank().document(b.origin.document).kind for b in blocks if b.origin}
    assert kinds <= {Kind.ANSWER, Kind.LETTER}


def test_the_same_input_gives_the_same_bytes(bank: Path, tmp_path: Path) -> None:
    made = []
    for number in ("1", "2"):
        files = [tmp_path / f"{number}.{suffix}" for suffix in ("docx", "md", "json")]
        outputs = [part for file in files for part in ("-o", str(file))]
        assert run(["draft", "--bank", str(bank), "--as-of", AS_OF.isoformat(), str(QUESTIONS), *outputs]) == 0
        made.append([file.read_bytes() for file in files])
    assert made[0] == made[1]


def test_the_order_of_filling_does_not_matter(tmp_path: Path, made: Dossier) -> None:
    with filled(tmp_path / "bank", sorted((SAMPLES / "bank").iterdir(), reverse=True)) as other:
        assert draft(other) == made


def test_json_on_standard_output_and_nothing_else(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["draft", "--bank", str(bank), "--as-of", AS_OF.isoformat(), "--json", "--no-save", str(QUESTIONS)])
    assert code == 0
    found = json.loads(capsys.readouterr().out)["questions"]
    assert {q["status"] for q in found} <= {"drafted", "no_source"}
    assert all(bool(q["blocks"]) is (q["status"] == "drafted") for q in found)


def test_work_in_progress_is_never_overwritten(tmp_path: Path, made: Dossier) -> None:
    store = DossierStore(tmp_path)
    first = keep(store, made)
    assert keep(store, made).id == first.id
    edited, _ = insert(store.load(first.id), 7, "Eigen tekst.")
    store.save(edited)
    second = keep(store, made)
    assert second.id != first.id
    assert any(block.text == "Eigen tekst." for a in store.load(first.id).answers for block in a.blocks)
    assert keep(store, made).id == second.id


def test_a_file_without_questions_is_refused(bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text("Geachte voorzitter,\n\nHierbij stuur ik u het jaarverslag.\n", encoding="utf-8")
    assert run(["draft", "--bank", str(bank), str(letter)]) == 3
    assert "geen vragen" in capsys.readouterr().err


def test_without_a_bank_the_user_is_told_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", "--bank", str(tmp_path / "leeg"), str(QUESTIONS)]) == 4
    assert "ingest" in capsys.readouterr().err


def test_the_word_file_has_a_heading_for_every_answer(bank: Path, tmp_path: Path) -> None:
    from docx import Document

    path = tmp_path / "concept.docx"
    assert run(["draft", "--bank", str(bank), "--as-of", AS_OF.isoformat(), str(QUESTIONS), "-o", str(path)]) == 0
    texts = [paragraph.text for paragraph in Document(io.BytesIO(path.read_bytes())).paragraphs]
    assert [n for n in range(1, 13) if f"Antwoord op vraag {n}" not in texts] == []


@pytest.mark.model
@pytest.mark.slow
def test_drafts_of_the_samples_with_the_real_model(tmp_path: Path) -> None:
    with Workspace(Settings(), tmp_path / "bank") as workspace:
        ingest(workspace.bank(create=True), [SAMPLES / "bank"], workspace.encoder)
        answers = {a.numbers[0]: a for a in draft(workspace).answers}
    sources = {n: {b.origin.document for b in a.blocks if b.origin} for n, a in answers.items()}
    text = {n: " ".join(b.text for b in a.blocks) for n, a in answers.items()}
    assert [n for n, a in answers.items() if a.status is Status.NO_SOURCE and n != 12] == [7, 11]
    assert "langer dan een uur" in text[2]
    assert "langer dan twee uur" not in text[2]
    assert "€ 900.000" in text[4]
    assert "€ 450.000" not in text[4]
    assert "Kustalarm" in text[6]
    assert "97%" in text[8]
    assert "ah-tk-20242025-9096" in sources[10]
