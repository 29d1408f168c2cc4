"""Registers as JSONL: what a record becomes, and what is wrong with a line."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Document, Kind
from answers_bank.sources.jsonl import BadRecord, count_lines, is_jsonl, parse, records
from embeddings.errors import InputError

RECORD: dict[str, Any] = {
    "id": "reg-7",
    "date": "2031-05-02",
    "title": "Keuring van  windmolens",
    "question": "Hoeveel windmolens zijn er gekeurd?\nEn waarom?",
    "answer": "Er zijn er 412 gekeurd.\n\nDe keuring is verplicht.",
    "minister": None,
    "portfolio": "Minister van Wind en Water",
    "askers": [{"name": "Vlieger, Anna", "party": "WIND"}, "Golf, Bert"],
    "themes": ["WIND", "KEURING"],
    "url": None,
}


def made(**changes: Any) -> Document:
    return parse(json.dumps({**RECORD, **changes}).encode(), "register.jsonl, regel 1")


def test_a_record_becomes_a_document_whose_spans_hold() -> None:
    document = made()
    assert document.id == "reg-7"
    assert document.kind is Kind.ANSWER
    assert document.received == datetime.date(2031, 5, 2)
    assert document.subject == "Keuring van windmolens"
    (question,), (answer,) = document.questions, document.answers
    assert question.text == "Hoeveel windmolens zijn er gekeurd? En waarom?"
    assert [p.text for p in answer.paragraphs] == ["Er zijn er 412 gekeurd.", "De keuring is verplicht."]
    for part in (question, *answer.paragraphs):
        assert document.text[part.start : part.end] == part.text
    assert [(a.name, a.party) for a in document.askers] == [("Vlieger, Anna", "WIND"), ("Golf, Bert", None)]
    assert document.ministers[0].portfolio == "Minister van Wind en Water"
    assert document.ministers[0].office == "minister"
    assert document.properties == {"themes": "WIND; KEURING"}


def test_without_a_question_it_is_a_letter() -> None:
    document = made(question=None)
    assert document.kind is Kind.LETTER
    assert document.questions == document.answers == ()
    assert len(document.sections[0].paragraphs) == 2


def test_only_id_and_answer_are_needed() -> None:
    document = parse(b'{"id": 12, "answer": "Ja."}', "x")
    assert document.id == "12"
    assert document.title == "x"
    assert document.date is None


def test_long_run_on_answers_are_cut_at_their_numbers() -> None:
    filler = "Dit is een zin over wind. " * 30
    document = made(answer=f"Vooraf dit. 1. {filler}2. {filler}Zie artikel 4. Daarna 3. {filler}")
    starts = [p.text[:12] for p in document.answers[0].paragraphs]
    assert starts == ["Vooraf dit.", "1. Dit is ee", "2. Dit is ee", "3. Dit is ee"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "geldige JSON"),
        (b"[1]", "geen JSON-object"),
        (b'{"answer": "x"}', "id"),
        (b'{"id": "", "answer": "x"}', "id"),
        (b'{"id": "a\\u001b[31m", "answer": "x"}', "onzichtbare"),
        (b'{"id": "a"}', "answer"),
        (b'{"id": "a", "answer": " "}', "answer"),
        (b'{"id": "a", "answer": 3}', "answer"),
        (b'{"id": "a", "answer": "x", "date": "2 mei"}', "JJJJ-MM-DD"),
        (b'{"id": "a", "answer": "x", "askers": "Jan"}', "lijst"),
        (b'{"id": "a", "answer": "\xff"}', "UTF-8"),
        (b"[" * 5000, "JSON"),
    ],
)
def test_what_is_wrong_with_a_line(line: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse(line, "x")


def test_a_bad_line_holds_nothing_up(tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl"
    lines = [json.dumps({**RECORD, "id": "a"}), "nonsense", "", json.dumps({**RECORD, "id": "b"})]
    path.write_text("\ufeff" + "\n".join(lines), "utf-8")
    found = list(records(path))
    assert [r.line if isinstance(r, BadRecord) else r.id for r in found] == ["a", 2, "b"]
    assert count_lines(path) == 3
    with gzip.open(tmp_path / "register.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    assert len(list(records(tmp_path / "register.jsonl.gz"))) == 3


def test_damaged_gzip_and_missing_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(RECORD).encode() * 500)[:60])
    with pytest.raises(InputError, match="beschadigd"):
        list(records(path))
    with pytest.raises(InputError, match="gelezen"):
        list(records(tmp_path / "none.jsonl"))


def test_names() -> None:
    assert is_jsonl(Path("A.JSONL"))
    assert is_jsonl(Path("a.jsonl.gz"))
    assert not is_jsonl(Path("a.json"))


@given(st.dictionaries(st.sampled_from(sorted(RECORD)), st.none() | st.integers() | st.text() | st.lists(st.text())))
def test_any_values_give_a_document_or_a_reason(changes: dict[str, Any]) -> None:
    try:
        document = made(**changes)
    except ValueError:
        return
    for part in document.answers or document.sections:
        assert all(document.text[p.start : p.end] == p.text for p in part.paragraphs)
