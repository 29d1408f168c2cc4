from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from drafter.cli.compare import command

OLD = "De Dienst Wadden beslist binnen vier weken."
NEW = "De Dienst Wadden beslist binnen zes weken."


def test_two_files_give_one_object_with_spans_in_their_texts(tmp_path: Path) -> None:
    (tmp_path / "nieuw.txt").write_text(NEW, encoding="utf-8")
    (tmp_path / "oud.txt").write_text(OLD, encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path / "nieuw.txt"), str(tmp_path / "oud.txt"), "--json"])
    assert result.exit_code == 0, result.output
    (conflict,) = json.loads(result.output)["conflicts"]
    assert set(conflict) == {"kind", "type", "new", "old", "message"}
    assert (conflict["kind"], conflict["type"]) == ("term", "contradiction")
    for side, text in (("new", NEW), ("old", OLD)):
        assert text[conflict[side]["start"] : conflict[side]["end"]] == conflict[side]["quote"]
    assert conflict["new"]["quote"] == "zes weken"


def test_pairs_give_one_line_each_with_their_id(tmp_path: Path) -> None:
    path = tmp_path / "paren.jsonl"
    records = [{"id": "a", "old": OLD, "new": NEW}, {"id": "b", "old": OLD, "new": OLD}]
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    result = CliRunner().invoke(command, ["--pairs", str(path), "--json"])
    lines = [json.loads(line) for line in result.output.splitlines()]
    assert [(line["id"], len(line["conflicts"])) for line in lines] == [("a", 1), ("b", 0)]


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    path = tmp_path / "paren.jsonl"
    path.write_text('{"id": "a", "old": 3}', encoding="utf-8")
    result = CliRunner().invoke(command, ["--pairs", str(path), "--json"])
    assert "regel 1" in str(result.exception)


def test_without_files_it_says_what_is_asked() -> None:
    result = CliRunner().invoke(command, [])
    assert result.exit_code != 0
    assert "twee bestanden" in str(result.exception)


HEADS = """Vragen van het lid Duinker over veerponten (ingezonden 6 mei 2025, 2025Z90417).

Antwoord van minister Rietkraag (Wind en Water) (ontvangen 2 juni 2025).

Vraag 1
Hoeveel storingen waren er?

Antwoord op vraag 1
Er zijn 47 storingen van veerponten gemeld. Dat is nog steeds zorgelijk.
"""


def test_headings_of_two_sets_contradict_nothing_and_other_figures_do(tmp_path: Path) -> None:
    old = HEADS.replace("5 maart 2025", "3 maart 2024").replace("27 maart 2025", "24 maart 2024")
    old = old.replace("2025Z", "2024Z").replace("47", "31").replace("nog steeds", "vaak")
    (tmp_path / "nieuw.txt").write_text(HEADS, encoding="utf-8")
    (tmp_path / "oud.txt").write_text(old, encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path / "nieuw.txt"), str(tmp_path / "oud.txt"), "--json"])
    (conflict,) = json.loads(result.output)["conflicts"]
    assert (conflict["new"]["quote"], conflict["old"]["quote"]) == ("47", "31")
