"""Every way in which a quotation can be false is found."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.dossiers import dossier

from answers_bank.documents import Answer, Document, Kind, Passage
from answers_bank.store.bank import Bank
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin, Status
from drafter.export.json.draft import draft_json
from drafter.export.json.verification import verification_json
from drafter.export.verify import verify_draft, verify_file
from embeddings.errors import InputError

# The file has a hyphen at a line end, a ligature and a note mark, which the reading view leaves out.
TEXT = "Kop\n\nDe haven-\nwacht controleert1 de koﬃe. Daarna\nvolgt een verslag.\n\nTweede alinea.\n"
VIEW = "De havenwacht controleert de koffie. Daarna volgt een verslag."


def _runs() -> tuple[tuple[int, int, int], ...]:
    parts = [("De haven", 0), ("wacht controleert", 0), (" de ko", 0), ("e. Daarna", 0), ("volgt een verslag.", 0)]
    runs, source = [], 0
    for part, _ in parts:
        source = TEXT.index(part, source)
        runs.append((VIEW.index(part), source, len(part)))
        source += len(part)
    return tuple(runs)


PASSAGES = (
    Passage(VIEW, 5, TEXT.index("\n\nTweede"), _runs()),
    Passage("Tweede alinea.", TEXT.index("Tweede"), TEXT.index("Tweede") + 14),
)
DOCUMENT = Document(
    id="haven",
    sha256="aa",
    source="haven.txt",
    kind=Kind.ANSWER,
    text=TEXT,
    received=datetime.date(2030, 1, 1),
    answers=(Answer((1,), PASSAGES),),
)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank.open(tmp_path / "bank", create=True) as opened:
        opened.add(DOCUMENT)
        yield opened


def origin(passage: Passage, position: int) -> Origin:
    return Origin("haven", f"haven#{position}", passage.start, passage.end, None, passage.text, sha256="aa")


def draft(*blocks: Block) -> dict[str, Any]:
    base: Dossier = dossier()
    answer = DraftAnswer((1,), blocks, Status.DRAFTED)
    return json.loads(json.dumps(draft_json(dataclasses.replace(base, answers=(answer,)))))  # type: ignore[no-any-return]


GOOD = draft(
    Block("b1", VIEW, origin(PASSAGES[0], 1)),
    Block("b2", "Tweede alinea.", origin(PASSAGES[1], 2)),
    Block("b3", "Daarna volgt een verslag.", origin(PASSAGES[0], 1)),
    Block("b4", "De havenwacht controleert niets.", origin(PASSAGES[0], 1)),
    Block("b5", "Eigen woorden."),
)


def test_a_true_draft_is_proved(bank: Bank) -> None:
    found = verify_draft(GOOD, bank)
    assert (found.verified, found.failed, found.own, found.changed) == (4, (), 1, ())


def test_an_edited_paragraph_is_proved_sentence_by_sentence(bank: Bank) -> None:
    said = "De havenwacht controleert de thee. Daarna volgt een verslag."
    data = draft(Block("b1", said, origin(PASSAGES[0], 1)))
    assert data["questions"][0]["blocks"][0]["state"] == "edited"
    found = verify_draft(data, bank)
    (block,) = found.edited
    assert (found.verified, found.failed) == (1, ())
    assert (block.document, block.passage) == ("haven", "haven#1")
    assert block.proved == ("Daarna volgt een verslag.",)
    assert block.unproved == ("De havenwacht controleert de thee.",)
    assert verification_json(found)["edited"][0]["unproved"] == list(block.unproved)
    # A paragraph that only calls itself edited is no more proved for that.
    data["questions"][0]["blocks"][0]["text"] = "Verzonnen."
    assert verify_draft(data, bank).edited[0].unproved == ("Verzonnen.",)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("text",), VIEW.replace("koffie", "thee"), "text_differs"),
        (("text",), "Daarna volgt een", "text_differs"),
        (("origin", "document"), "weg", "document_missing"),
        (("origin", "passage"), "haven#9", "passage_missing"),
        (("origin", "passage"), "haven#2", "span_outside"),
        (("origin", "start"), 0, "span_outside"),
        (("origin", "end"), 500, "span_outside"),
        (("origin", "text"), "Iets anders.", "source_differs"),
    ],
)
def test_what_is_false_is_found(bank: Bank, path: tuple[str, ...], value: object, reason: str) -> None:
    data = copy.deepcopy(GOOD)
    place = data["questions"][0]["blocks"][0]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    (failure,) = verify_draft(data, bank).failed
    assert failure.reason == reason
    assert failure.block == "b1"


def test_only_the_fields_of_the_contract_are_needed(bank: Bank) -> None:
    place = {"document": "haven", "passage": "haven#1", "start": 5, "end": PASSAGES[0].end}
    data = {"questions": [{"numbers": [1], "blocks": [{"text": VIEW, "origin": place}]}]}
    assert verify_draft(data, bank).verified == 1


def test_a_source_that_changed_is_told(bank: Bank) -> None:
    bank.add(dataclasses.replace(DOCUMENT, sha256="bb"))
    found = verify_draft(GOOD, bank)
    assert found.changed == ("haven",)
    assert found.verified == 4


@pytest.mark.parametrize("content", ["geen json", "[]", '{"questions": 3}', '{"questions": [{"numbers": [1]}]}'])
def test_what_is_no_draft_is_refused(bank: Bank, tmp_path: Path, content: str) -> None:
    path = tmp_path / "concept.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        verify_file(path, bank)
