"""Settings are changed one by one, with the user's other lines left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter.settings.file import changed_text, set_setting
from drafter.settings.usable import check_setting
from drafter.settings.values import parse_settings
from embeddings.errors import KamerantwoordError, UsageError

FILE = """# van mij
naam: De Vries  # zo heet ik
signalen:
  # wat ik niet hoef
  uit:
    - staleness/link
  # einde

thema: kamer-licht
"""
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)


def test_other_lines_and_remarks_stay() -> None:
    new = changed_text(FILE, "signalen.uit", ("staleness", "citations/style"))
    assert parse_settings(new).signalen.uit == ("staleness", "citations/style")
    kept = [line for line in FILE.splitlines() if line.strip() != "- staleness/link"]
    assert [line for line in new.splitlines() if line.strip() not in ("- staleness", "- citations/style")] == kept
    assert "naam: Anders\n" in changed_text(FILE, "naam", "Anders")
    assert changed_text(FILE, "signalen.registers", "/map").count("# einde") == 1


@pytest.mark.parametrize(
    ("old", "key", "value", "held"),
    [
        ("", "naam", "A", {"naam": "A"}),
        ("", "signalen.uit", ("x",), {"signalen": {"uit": ["x"]}}),
        ("naam: A", "uitvoer.sjabloon", "b.docx", {"naam": "A", "uitvoer": {"sjabloon": "b.docx"}}),
        ("signalen: {uit: [a, b]}\nnaam: A\n", "signalen.uit", ("c",), {"signalen": {"uit": ["c"]}, "naam": "A"}),
        ("signalen:\nnaam: A\n", "signalen.uit", ("c",), {"signalen": {"uit": ["c"]}, "naam": "A"}),
        ("naam: |\n  twee\n  regels\nthema: x\n", "naam", "een", {"naam": "een", "thema": "x"}),
        ("model: a\nnaam: A\n", "model", None, {"naam": "A"}),
        ("signalen:\n  registers: /a\n  uit: [b]\n", "signalen.registers", None, {"signalen": {"uit": ["b"]}}),
        ("signalen: {registers: /a}\n", "signalen.registers", None, None),
    ],
)
def test_any_form_of_file(old: str, key: str, value: str | tuple[str, ...] | None, held: object) -> None:
    assert yaml.safe_load(changed_text(old, key, value)) == held


@given(WORDS, st.lists(WORDS, max_size=3))
def test_what_is_put_in_is_read_back(name: str, off: list[str]) -> None:
    settings = parse_settings(changed_text(changed_text(FILE, "naam", name), "signalen.uit", tuple(off)))
    assert settings.naam == name
    assert settings.signalen.uit == tuple(off)
    assert settings.thema == "kamer-licht"


def test_a_file_that_is_not_understood_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "instellingen.yaml"
    path.write_text("naamm: A\n", encoding="utf-8")
    with pytest.raises(UsageError):
        set_setting("naam", "B", path)
    assert path.read_text(encoding="utf-8") == "naamm: A\n"


@pytest.mark.parametrize("key", ["model", "signalen.registers", "uitvoer.sjabloon"])
def test_what_cannot_be_used_is_refused(key: str, tmp_path: Path) -> None:
    with pytest.raises(KamerantwoordError):
        check_setting(key, str(tmp_path / "nergens"))
    check_setting(key, None)


def test_a_folder_without_a_model_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(KamerantwoordError, match="geen sentence-transformers-model"):
        check_setting("model", str(tmp_path))
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"")
    check_setting("model", str(tmp_path))


def test_a_rule_that_does_not_exist_cannot_be_switched_off() -> None:
    with pytest.raises(UsageError):
        check_setting("signalen.uit", ("staleness/bestaatniet",))
