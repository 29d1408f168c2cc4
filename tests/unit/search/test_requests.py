"""Search requests in a file."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.store.stored import Filters
from drafter.search.requests import read_queries
from drafter.search.values import Mode, SearchQuery
from embeddings.errors import InputError

texts = st.text(st.characters(exclude_categories=["Cs"]))


def read(path: Path) -> list[tuple[str, SearchQuery]]:
    return read_queries(path, 5, Mode.HYBRID, Filters(), datetime.date(2026, 1, 1), "Wind en Molens")


@pytest.mark.parametrize("ascii_only", [True, False])
@given(st.lists(texts, max_size=5))
def test_every_text_comes_back_as_it_was_asked(
    tmp_path_factory: pytest.TempPathFactory, ascii_only: bool, asked: list[str]
) -> None:
    path = tmp_path_factory.mktemp("queries") / "queries.jsonl"
    rows = [json.dumps({"id": n, "text": text}, ensure_ascii=ascii_only) for n, text in enumerate(asked)]
    path.write_bytes("\r\n".join(rows).encode())
    assert [(name, query.text) for name, query in read(path)] == [(str(n), text) for n, text in enumerate(asked)]


def test_what_a_line_says_itself_goes_before_the_options(tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    rows = [{"text": "een", "before": "2020-02-02", "portfolio": "Dijken"}, {"text": "twee", "before": None, "x": 1}]
    path.write_text("\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    (one, first), (two, second) = read(path)
    assert (one, first.before, first.portfolio) == ("1", datetime.date(2020, 2, 2), "Dijken")
    assert (two, second.before, second.portfolio) == ("3", datetime.date(2026, 1, 1), "Wind en Molens")


@pytest.mark.parametrize("line", ["", "nee", "[]", '{"text": 3}', '{"id": 1}', '{"text": "a", "before": "gisteren"}'])
def test_what_is_no_request_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text(f'{{"text": "goed"}}\n{line}\n', encoding="utf-8")
    if not line:
        assert len(read(path)) == 1
        return
    with pytest.raises(InputError) as caught:
        read(path)
    assert "regel 2" in str(caught.value)
