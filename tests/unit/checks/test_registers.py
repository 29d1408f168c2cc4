"""Registers: ours are sound, the user's stand beside them, and mistakes are told with their place."""

import datetime
import itertools
from pathlib import Path

import pytest

from drafter.checks.registers import load_registers
from embeddings.errors import UsageError


def test_ours_are_sound() -> None:
    registers = load_registers()
    assert registers.cabinet_on(datetime.date(2023, 1, 1)).name == "kabinet-Rutte IV"
    in_order = sorted(registers.cabinets, key=lambda c: c.first)
    for first, second in itertools.pairwise(in_order):
        assert first.last is not None
        assert second.first - first.last == datetime.timedelta(days=1)
    names = {m.name for m in registers.ministries}
    assert all(
        successor in names or successor == "Economische Zaken"
        for m in registers.ministries
        for successor in m.successors
    )
    june = next(p for p in registers.publications if p.months == (6, 12))
    assert june.next_edition(datetime.date(2025, 12, 10)) == datetime.date(2026, 7, 1)


def test_of_what_came_after_they_say_nothing() -> None:
    registers = load_registers()
    assert registers.cabinet_on(datetime.date(2025, 6, 1)).name == "kabinet-Schoof"
    assert registers.cabinet_on(datetime.date(2026, 3, 1)) is None


def test_the_users_entry_wins(tmp_path: Path) -> None:
    (tmp_path / "kabinetten.yaml").write_text(
        "- {name: kabinet-Schoof, from: 2024-07-02, until: 2030-01-01, source: eigen}\n"
        "- {name: kabinet-Golfslag, from: 2030-01-02, source: eigen}\n"
    )
    registers = load_registers(str(tmp_path))
    assert registers.cabinet_on(datetime.date(2031, 1, 1)).name == "kabinet-Golfslag"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {name: X, from: 2024-07-02}", "source"),
        ("- {name: X, from: 2024-07-02, source: Y, tot: 3}", "tot"),
        ("- {name: X, from: morgen, source: Y}", "from"),
        ("- {name: X, from: 2024-07-02, until: 2023-01-01, source: Y}", "until"),
        ("name: X", "lijst"),
        ("- [", "YAML"),
        ("- losse tekst", "sleutels"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "kabinetten.yaml").write_text(text)
    with pytest.raises(UsageError) as error:
        load_registers(str(tmp_path))
    assert told in error.value.message
    assert "kabinetten.yaml" in error.value.message


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_registers(str(tmp_path / "weg"))
