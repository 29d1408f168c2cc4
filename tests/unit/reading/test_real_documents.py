"""Real documents beside the project, where they are present: forms agree, and every span holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_file

DATA = Path(os.environ.get("KAMERANTWOORD_SHARED", Path(__file__).resolve().parents[3].parent / "shared")) / "data"

pytestmark = [pytest.mark.real, pytest.mark.skipif(not DATA.is_dir(), reason="no real documents beside the project")]


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def pieces(document: Document) -> list[tuple[str, tuple[int, ...], str]]:
    asked = [("v", question.numbers, letters(question.text)) for question in document.questions]
    return asked + [("a", answer.numbers, letters(answer.text)) for answer in document.answers]


def test_the_four_official_forms_of_one_answer_agree() -> None:
    forms = [read_file(DATA / "official" / f"ah-tk-20202021-3235.{form}") for form in ("xml", "html", "pdf", "odt")]
    assert len(pieces(forms[0])) == 18
    for form in forms[1:]:
        assert pieces(form) == pieces(forms[0])
        assert (form.id, form.submitted, form.received) == (forms[0].id, forms[0].submitted, forms[0].received)
        assert (form.askers, form.ministers) == (forms[0].askers, forms[0].ministers)


def readable() -> list[Path]:
    suffixes = (".txt", ".docx", ".pdf", ".odt", ".html", ".xml")
    found = [path for path in sorted(DATA.rglob("*")) if path.suffix in suffixes] if DATA.is_dir() else []
    odd = ("sru", "metadata")
    return [p for p in found if not any(part in p.name for part in odd) and p.parent.name != "hostile"]


@pytest.mark.parametrize("path", readable(), ids=lambda path: path.name[:40])
def test_spans_hold(path: Path) -> None:
    document = read_file(path)
    answers = [passage for answer in document.answers for passage in answer.paragraphs]
    sections = [passage for section in document.sections for passage in section.paragraphs]
    for passage in (*document.questions, *answers, *sections):
        for view, source, length in passage.runs or ((0, passage.start, len(passage.text)),):
            assert document.text[source : source + length] == passage.text[view : view + length]
            assert passage.start <= source
            assert source + length <= passage.end
    for note in document.footnotes:
        assert letters(document.text[note.start : note.end]) == letters(note.text)


@pytest.mark.parametrize("path", [p for p in readable() if p.parent.name in ("docx", "pdf")], ids=lambda p: p.name[:40])
def test_published_answers_are_read_without_grave_doubts(path: Path) -> None:
    document = read_file(path)
    assert document.kind in (Kind.ANSWER, Kind.DEFERRAL)
    assert document.questions
    assert not {"unanswered", "unknown-question", "missing-question"} & {warning.code for warning in document.warnings}
