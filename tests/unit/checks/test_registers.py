"""Registers: ours are sound, the user's stand beside them, and mistakes are told with their place."""

import datetime
import itertools
from pathlib import Path

import pytest
from unit.checks.samples import letter

from answers_bank.dutch.patterns import read_yaml
from answers_bank.dutch.time.calendar import DAY, Recess, recess
from drafter.checks import check_block, check_document
from drafter.checks.finding import Context, Finding
from drafter.checks.register_files import load_registers
from embeddings.errors import UsageError

D = datetime.date


def test_cabinets_adjoin_and_the_last_is_known_up_to_a_day() -> None:
    registers = load_registers()
    for first, second in itertools.pairwise(registers.cabinets):
        assert first.period.last == second.period.first - DAY
    assert registers.cabinet_on(D(2023, 1, 1)).name == "kabinet-Rutte IV"
    assert registers.cabinet_on(D(2026, 3, 1)).name == "kabinet-Jetten"
    assert registers.cabinet_on(D(2031, 1, 1)) is None


def test_a_successor_is_a_ministry_of_the_next_day() -> None:
    ministries = load_registers().ministries
    for ministry in ministries:
        for successor in ministry.successors:
            assert any(m.name == successor and ministry.period.last + DAY in m.period for m in ministries)


def test_no_two_hold_one_office_unless_side_by_side() -> None:
    entries = read_yaml("office_holders", "answers_bank.dutch")["entries"]
    for first, second in itertools.combinations(sorted(entries, key=lambda e: e["from"]), 2):
        if (first["office"], first["portfolio"]) == (second["office"], second["portfolio"]):
            apart = first.get("until", D.max) < second["from"]
            assert apart or first.get("shared") or second.get("shared") or first["name"] == second["name"]


def test_what_was_read_of_recesses_follows_the_rule() -> None:
    """Differences with the data are said there, as uncertain."""
    from answers_bank.dutch.time.calendar import _computed_recess

    for entry in read_yaml("recesses", "answers_bank.dutch")["entries"]:
        computed = _computed_recess(Recess(entry["kind"]), entry["year"])
        if computed and "uncertain" not in entry:
            assert entry.get("from", computed.first) == computed.first
            assert entry.get("until", computed.last) == computed.last


def test_an_election_recess_takes_the_place_of_the_autumn_recess_that_it_meets() -> None:
    assert recess(Recess.AUTUMN, 2025) == recess(Recess.ELECTION, 2025)
    assert recess(Recess.AUTUMN, 2023).last < recess(Recess.ELECTION, 2023).first
    assert recess(Recess.ELECTION, 2024) is None


AS_OF = D(2026, 10, 1)


def told(text: str, written: D, rule: str = "ministry", folder: Path | None = None) -> list[Finding]:
    context = Context(AS_OF, registers=str(folder) if folder else None)
    return [f for f in check_block(text, written, context) if f.rule == rule]


def test_a_ministry_that_came_back_is_not_called_gone() -> None:
    assert not told("Het ministerie van Economische Zaken en Klimaat betaalt.", D(2020, 3, 1))
    (gone,) = told("Het ministerie van Economische Zaken betaalt.", D(2025, 3, 1))
    assert "sinds 23 februari 2026 is dat Economische Zaken en Klimaat" in gone.message


def test_a_ministry_may_go_where_the_title_stays() -> None:
    (gone,) = told("Het ministerie van Asiel en Migratie betaalt.", D(2025, 3, 1))
    assert "Justitie en Veiligheid" in gone.message
    assert not told("De minister van Asiel en Migratie betaalt.", D(2025, 3, 1))


def test_what_followed_first_and_what_that_is_called_now() -> None:
    (gone,) = told("Het ministerie van Verkeer en Waterstaat betaalt.", D(2009, 3, 1))
    assert "is dat Infrastructuur en Milieu, nu Infrastructuur en Waterstaat" in gone.message


RETURNED = """
- {name: A.B. van Zeewind, office: minister, portfolio: Duinen, from: 2020-01-01, until: 2023-05-31, source: eigen}
- {name: C. Golfslag, office: minister, portfolio: Duinen, from: 2023-06-01, until: 2024-12-31, source: eigen}
- {name: A.B. van Zeewind, office: minister, portfolio: Duinen, from: 2025-01-01, source: eigen}
"""

HOLDERS = """
- {name: A.B. van Zeewind, office: minister, portfolio: Duinen, from: 2020-01-01, until: 2021-12-31, source: eigen}
- {name: A.B. van Zeewind, office: minister, portfolio: Duinen, from: 2022-01-01, until: 2023-05-31, source: eigen}
- {name: C. Golfslag, office: minister, portfolio: Duinen, from: 2023-06-01, source: eigen}
- {name: D. Schelp, office: staatssecretaris, portfolio: Kust, from: 2020-01-01, source: eigen}
"""


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        (
            "De minister van Duinen betaalt.",
            "A.B. van Zeewind was dat tot en met 31 mei 2023; sinds 1 juni 2023 is dat C. Golfslag.",
        ),
        ("Minister Van Zeewind betaalt.", "A.B. van Zeewind was dat tot en met 31 mei 2023"),
        ("De staatssecretaris voor Kust betaalt.", None),
        ("De minister van Duinen Anna Schelp betaalt.", None),
        ("De burgemeester van Schelpdam betaalt.", None),
    ],
)
def test_who_held_an_office_and_who_does_now(tmp_path: Path, text: str, detail: str | None) -> None:
    (tmp_path / "bewindspersonen.yaml").write_text(HOLDERS)
    (found,) = told(text, D(2021, 3, 1), "office-holder", tmp_path)
    assert (detail or "") in found.message
    assert ("was dat tot en met" in found.message) == (detail is not None)


def test_who_signed_is_looked_up_by_surname(tmp_path: Path) -> None:
    (tmp_path / "bewindspersonen.yaml").write_text(HOLDERS)
    document = letter("Dat is zo.", signer="A.B. van Zeewind", portfolio="Duinen", date=D(2021, 3, 1))
    (found,) = check_document(document, Context(AS_OF, registers=str(tmp_path)), ["staleness"])
    assert found.stale_from == D(2023, 6, 1)


@pytest.mark.parametrize(
    ("entry", "after", "following"),
    [
        ("every: 6, months: [6, 12]", D(2025, 12, 10), D(2026, 7, 1)),
        ("every: 12, months: [7, 10]", D(2025, 8, 10), D(2025, 11, 1)),
        ("every: 24, editions: [2018-12-14]", D(2021, 3, 1), D(2022, 12, 14)),
        ("every: 24, editions: [2018-12-14]", D(2015, 3, 1), D(2016, 12, 14)),
        ("every: 48, editions: [2014-06-30, 2018-12-31, 2024-11-30]", D(2021, 3, 1), D(2024, 11, 30)),
        ("every: 6, earlier: {until: 2021-01-01, every: 4}", D(2020, 3, 1), D(2020, 7, 1)),
        ("every: 6, earlier: {until: 2021-01-01, every: 4}", D(2021, 3, 1), D(2021, 9, 1)),
        ("every: 24, replaced: 2024-10-17", D(2024, 3, 1), D(2024, 10, 17)),
    ],
)
def test_when_the_next_edition_has_appeared(tmp_path: Path, entry: str, after: D, following: D) -> None:
    (tmp_path / "publicaties.yaml").write_text(f"- {{name: Golfmonitor, {entry}, source: eigen}}")
    publication = next(p for p in load_registers(str(tmp_path)).publications if p.name == "Golfmonitor")
    assert publication.next_edition(after) == following


def test_the_users_entry_wins(tmp_path: Path) -> None:
    (tmp_path / "kabinetten.yaml").write_text(
        "- {name: kabinet-Schoof, from: 2024-07-02, until: 2030-01-01, source: eigen}\n"
        "- {name: kabinet-Golfslag, from: 2030-01-02, source: eigen}\n"
    )
    registers = load_registers(str(tmp_path))
    assert registers.cabinet_on(D(2031, 1, 1)).name == "kabinet-Golfslag"


def test_a_new_cabinet_of_the_user_ends_the_last_of_ours(tmp_path: Path) -> None:
    (tmp_path / "kabinetten.yaml").write_text("- {name: kabinet-Golfslag, from: 2030-01-02, source: eigen}\n")
    registers = load_registers(str(tmp_path))
    assert registers.cabinet_on(D(2029, 1, 1)).period.last == D(2030, 1, 1)


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


def test_a_name_that_is_back_in_office_is_no_finding_until_it_goes_again(tmp_path: Path) -> None:
    (tmp_path / "bewindspersonen.yaml").write_text(RETURNED)
    text = "Dat heeft minister Van Zeewind gezegd."
    written = D(2021, 3, 1)
    between, back = (Context(day, registers=str(tmp_path)) for day in (D(2023, 12, 1), D(2025, 6, 1)))
    assert [f.rule for f in check_block(text, written, between, only=["staleness"])] == ["office-holder"]
    assert check_block(text, written, back, only=["staleness"]) == ()
    signed = letter("Dat is zo.", signer="A.B. van Zeewind", portfolio="Duinen", date=written)
    assert check_document(signed, back, ["staleness"]) == ()
