"""The samples are what samples/README.md says, and can be made again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from answers_bank.documents import Kind
from answers_bank.reading import read_file

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_made_again_they_are_the_same(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), str(tmp_path)], check=True, capture_output=True)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == 17
    for name in made:
        if name.suffix in (".txt", ".html", ".xml"):  # the others also depend on the version of a library
            assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes(), name


def test_they_are_read_as_what_they_are() -> None:
    kinds = [read_file(path).kind for path in sorted((SAMPLES / "bank").iterdir())]
    assert kinds.count(Kind.ANSWER) == 11
    assert kinds.count(Kind.LETTER) == 3
    assert kinds.count(Kind.DEFERRAL) == 1
    assert kinds.count(Kind.QUESTIONS) == 1


@pytest.mark.parametrize("path", sorted((SAMPLES / "bank").iterdir()), ids=lambda path: path.stem)
def test_every_question_has_an_answer(path: Path) -> None:
    document = read_file(path)
    if document.kind is Kind.ANSWER:
        assert all(document.answer(number) for question in document.questions for number in question.numbers)
