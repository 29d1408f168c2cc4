"""Rows that no honest program wrote: none of them breaks a bank, and what stands behind them comes all the same."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bank_samples import make_document
from support.postgres import TestServer

from answers_bank import json_values
from answers_bank.sharing.address import parse
from answers_bank.sharing.documents import check_whole
from answers_bank.sharing.server import Server
from drafter.tasks.together import sharing
from drafter.tasks.together.status import status_of
from drafter.tasks.workspace import Workspace

pytestmark = pytest.mark.sharing

User = Callable[[str], Workspace]


def packed(value: object, number: int = 0) -> tuple[bytes, bytes]:
    data = json.dumps(value).replace("kwaad-ID", f"kwaad-{number}").encode()
    return zlib.compress(data), hashlib.blake2b(data, digest_size=16).digest()


def changed(**changes: Any) -> Any:
    """The document "kwaad-ID", where ID becomes the number of the row."""
    return {**json_values.encode(make_document("kwaad-ID")), **changes}


def deep(value: Any, path: str, new: Any) -> Any:
    *way, last = path.split("/")
    target = value
    for step in way:
        target = target[int(step) if step.isdigit() else step]
    target[int(last) if last.isdigit() else last] = new
    return value


BOMB = zlib.compress(b" " * 140_000_000, 1)


def hostile(number: int) -> dict[str, tuple[bytes, bytes]]:
    """Contents and hashes of the document "kwaad-NUMBER" that nobody should take over."""
    whole, hash_ = packed(changed(), number)
    values: dict[str, Any] = {
        "a list": [1, 2],
        "another id": changed(id="anders"),
        "wrong types": changed(text=12),
        "wrong kind": changed(kind="virus"),
        "a number of 30 digits": changed(aanhangsel=10**30),
        "a number past SQLite": changed(aanhangsel=2**63),
        "an answer to question 2**70": deep(changed(), "answers/0/numbers", [2**70]),
        "a place outside": deep(changed(), "answers/0/paragraphs/0/end", 10**9),
        "a place that ends before it begins": deep(changed(), "answers/0/paragraphs/0/start", 10**6),
        "a negative place": deep(changed(), "questions/0/start", -5),
        "runs outside": deep(changed(), "answers/0/paragraphs/0/runs", [[0, 10**8, 50]]),
        "a note outside": deep(changed(), "answers/0/paragraphs/0/notes/0/position", 10**6),
        "half a character": deep(changed(), "answers/0/paragraphs/0/text", "\ud800 half"),
        "a date in the year 0": changed(received="0000-01-01"),
    }
    raw = {"no JSON": b"{", "nested": b"[" * 200_000, "nothing": b""}
    return {
        "no zlib": (b"niets", b"0" * 16),
        "another hash": (whole, b"0" * 16),
        "cut off": (whole[:-20], hash_),
        "a bomb": (BOMB, b"0" * 16),
        **{name: packed(value, number) for name, value in values.items()},
        **{name: (zlib.compress(data), hashlib.blake2b(data, digest_size=16).digest()) for name, data in raw.items()},
    }


def test_hostile_rows_are_put_down_and_whole_ones_behind_them_come(
    user: User, shared_bank: str, postgres: TestServer
) -> None:
    anna, bram = user("anna"), user("bram")
    sharing.join(bram, shared_bank)
    names = list(hostile(0))
    bad = [f"kwaad-{number}" for number in range(len(names))]
    with Server.connect(parse(shared_bank)) as server:
        for number, name in enumerate(names):
            content, hash_ = hostile(number)[name]
            put = "SELECT * FROM put_documents(%s, %b::bytea[], %b::bytea[], %s, %s::bigint[], false)"
            server.rows(put, [[bad[number]], [hash_], [content], [""], [0]])
    anna.bank().add(make_document("goed", number=2))
    sharing.join(anna, shared_bank)
    report = sharing.sync(bram)
    assert report is not None
    assert sorted(identifier for identifier, _ in report.refused) == sorted(bad)
    assert [summary.id for summary in bram.bank().documents()] == ["goed"]
    assert bram.bank().damage() == []
    assert sorted(status_of(bram).refused) == sorted(report.refused)  # type: ignore[union-attr]
    # Whole ones in their places are taken over.
    for identifier in bad:
        anna.bank().add(make_document(identifier))
    sharing.sync(anna)
    sharing.sync(bram)
    assert status_of(bram).refused == ()  # type: ignore[union-attr]
    assert all(bram.bank().document(identifier) == make_document(identifier) for identifier in bad)


@pytest.mark.parametrize("identifier", ["a\x1b[2Jb", "regel\nbreuk", "links\u202eom", "nul\x7f"])
def test_an_id_that_steers_a_terminal_is_refused(identifier: str) -> None:
    with pytest.raises(ValueError, match="terminal"):
        check_whole(make_document(identifier))
    check_whole(make_document("ah-tk-20302031-12 (bijlage)"))


@pytest.mark.parametrize("data", [b"", b"\x00" * 127, b"\x00" * 128, b"\xff" * 128, b"\x00\x7c" * 64])
def test_a_vector_that_is_none_is_computed_again(
    data: bytes, user: User, shared_bank: str, postgres: TestServer
) -> None:
    from answers_bank.filling.filling import encode

    anna, bram = user("anna"), user("bram")
    anna.bank().add(make_document("een"))
    encode(anna.bank(), anna.encoder())
    sharing.join(anna, shared_bank)
    postgres.sql(shared_bank.rpartition("/")[2], "UPDATE kamerantwoord.vector SET data = %s", data)
    report = sharing.join(bram, shared_bank)
    assert report.vectors_received == 0
    assert report.encoded > 0
    assert not bram.bank().vectors.waiting()


@given(st.data())
def test_whatever_is_changed_in_a_document_it_is_refused_or_can_be_stored(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any leaf of the JSON replaced by any other value: the bank stays whole."""
    from answers_bank.store.bank import Bank
    from answers_bank.store.following.shared import checked_content

    value = json_values.encode(make_document("kwaad"))
    leaves: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key, below in node.items() if isinstance(node, dict) else enumerate(node):
            leaves.append((node, key))
            if isinstance(below, dict | list):
                walk(below)

    walk(value)
    node, key = data.draw(st.sampled_from(leaves))
    node[key] = data.draw(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just([]), st.just({}))
    )
    content, hash_ = packed(value)
    with Bank.open(tmp_path_factory.mktemp("bank"), create=True) as bank:
        try:
            document = checked_content(content, hash_, "kwaad", 10**7)
            check_whole(document)
            with bank.transaction():
                bank.shared.put(document, 1, hash_)
        except ValueError:
            assert bank.documents() == []
        else:
            assert bank.document("kwaad") == document
        assert bank.damage() == []
