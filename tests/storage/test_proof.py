"""What is read is what was written: a change in a row that SQLite cannot see is seen by us."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.encoder import TinyEncoder

from answers_bank.documents import Detail
from answers_bank.filling.filling import encode
from answers_bank.index.meaning import MeaningIndex
from answers_bank.store import connection as connecting
from answers_bank.store import schema
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.bank import Bank
from answers_bank.store.connection import FILE_NAME
from embeddings.errors import BankError

MOMENT = datetime.datetime(2031, 5, 6, 12, tzinfo=datetime.UTC)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    bank = Bank.open(tmp_path / "bank", create=True)
    for number in (1, 2, 3):
        bank.add(make_document(f"d{number}", number=number))
    encode(bank, TinyEncoder())
    return bank


def harm(bank: Bank, change: str) -> None:
    with closing(sqlite3.connect(bank.folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute(change)


def test_a_whole_bank_has_no_damage(bank: Bank) -> None:
    bank.add(make_document("d2", number=9))
    bank.remove("d1")
    bank.add(make_document("d1", number=4))
    assert bank.damage() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE passage SET text = replace(text, 'mei', 'juni') WHERE document = 2", "d2"),
        ("UPDATE passage SET start = start + 1 WHERE document = 2", "d2"),
        ("UPDATE document SET title = 'Anders' WHERE id = 'd2'", "d2"),
        ("UPDATE document SET date = '2001-01-01' WHERE id = 'd2'", "d2"),
        ("UPDATE person SET name = 'Iemand Anders' WHERE document = 2", "d2"),
        ("UPDATE answer SET numbers = '[7]' WHERE document = 2", "d2"),
        ("UPDATE document SET content = (SELECT content FROM document WHERE id = 'd1') WHERE id = 'd2'", "d2"),
        ("UPDATE document SET content = zeroblob(200) WHERE id = 'd2'", "d2"),
        ("UPDATE vector SET data = zeroblob(128)", "vectoren"),
        ("DELETE FROM document WHERE id = 'd2'", "d2"),
        ("UPDATE history SET change = replace(change, 'd2', 'd7')", "sluit niet aan"),
        ("DELETE FROM history WHERE generation = 2", "sluit niet aan"),
    ],
)
def test_every_change_that_the_program_did_not_make_is_found(bank: Bank, change: str, told: str) -> None:
    harm(bank, change)
    assert any(told in line for line in bank.damage()) or any("foreign key" in line for line in bank.damage())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE passage SET text = replace(text, 'mei', 'juni')",
        'UPDATE passage SET "end" = "end" + 1',
        "UPDATE section SET heading = 'x'",
        "UPDATE answer SET numbers = '[7]'",
    ],
)
def test_a_passage_that_changed_is_never_given(bank: Bank, change: str) -> None:
    harm(bank, change)
    if "section" in change:
        assert list(bank.passages())  # this bank has none
        return
    with pytest.raises(BankError, match="beschadigd"):
        list(bank.passages())


@pytest.mark.parametrize("change", ["UPDATE document SET title = 'x'", "UPDATE person SET portfolio = 'x'"])
def test_a_document_that_changed_is_never_given(bank: Bank, change: str) -> None:
    harm(bank, change)
    with pytest.raises(BankError, match="beschadigd"):
        bank.documents()


@pytest.mark.parametrize("column", ["title", "id", "source"])
def test_a_text_that_is_none_is_damage(bank: Bank, column: str) -> None:
    harm(bank, f"UPDATE document SET {column} = CAST(x'61ff80c3' AS TEXT) WHERE id = 'd2'")  # noqa: S608
    with pytest.raises(BankError, match="beschadigd"):
        bank.documents()
    assert bank.damage() if column != "id" else True


def test_a_content_in_the_place_of_another_is_never_given(bank: Bank) -> None:
    harm(bank, "UPDATE document SET content = (SELECT content FROM document WHERE id = 'd1')")
    with pytest.raises(BankError, match="beschadigd"):
        bank.document("d2")


def test_a_vector_that_changed_is_never_taken_up(bank: Bank) -> None:
    harm(bank, "UPDATE vector SET data = zeroblob(128)")
    shutil.rmtree(bank.folder / "cache")
    with pytest.raises(BankError, match="beschadigd"):
        MeaningIndex.open(bank)


def test_a_bank_of_before_is_proved_from_then_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as old:
        first = schema.migrations()[:2]
        with closing(sqlite3.connect(":memory:")) as empty:
            assert schema.version(empty) == 0
        old.setattr(schema, "migrations", lambda: first)
        folder = tmp_path / "old"
        folder.mkdir()
        with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
            schema.migrate(connection)
    # Filled as the program does now, and then put back into the shape of before.
    with Bank.open(tmp_path / "new", create=True) as new:
        for number in (1, 2):
            new.add(make_document(f"d{number}", number=number))
        encode(new, TinyEncoder())
        shared = {
            table: [row[1] for row in new.sql(f"PRAGMA table_info({table})") if row[1] != "crc"]
            for (table,) in new.sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words%' "
                "AND name NOT LIKE 'sqlite%' AND name NOT IN ('migration', 'history')"
            ).fetchall()
        }
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS new", (str(tmp_path / "new" / FILE_NAME),))
        there = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_master")}
        for table, columns in shared.items():
            if table not in there:  # of a later migration
                continue
            names = ", ".join(f'"{name}"' for name in columns)
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")  # noqa: S608
    with Bank.open(folder) as bank:
        assert bank.damage() == []
        assert [d.id for d in bank.documents()] == ["d2", "d1"]
        assert len(list(bank.passages())) == 12
        assert bank.mark.mark
        bank.rebuild_words()
        bank.remove("d1")
        assert bank.damage() == []
        harm(bank, "UPDATE passage SET text = 'x'")
        assert bank.damage()


def test_a_bank_that_is_empty_all_at_once_is_damage_and_not_a_new_bank(bank: Bank) -> None:
    bank.close()
    for path in bank.folder.glob("bank.sqlite*"):
        path.unlink()
    (bank.folder / FILE_NAME).touch()
    (bank.folder / "cache").mkdir(exist_ok=True)
    for create in (True, False):
        with pytest.raises(BankError, match="leeg"):
            Bank.open(bank.folder, create=create)


def test_an_empty_file_is_no_bank_unless_one_is_to_be_made(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(BankError, match="nog geen bank"):
        Bank.open(tmp_path)
    Bank.open(tmp_path, create=True).close()


# --- a file that is not as the program left it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document SET date = '2001-01-01' WHERE id = 'd2'",
        "UPDATE passage SET text = replace(text, 'mei', 'juni') WHERE document = 2",
        "UPDATE piece SET first = first + 1, last = last + 1 WHERE document = 2",
        "ALTER TABLE section RENAME COLUMN heading TO headinh",
        "PRAGMA foreign_keys = 0; UPDATE passage SET answer = 99 WHERE document = 2 AND answer IS NOT NULL",
    ],
)
def test_a_strange_file_is_looked_over_before_anything_is_read_of_it(bank: Bank, change: str) -> None:
    bank.close()
    for statement in change.split(";"):
        harm(bank, statement)
    for read_only in (False, True):
        with pytest.raises(BankError, match="beschadigd"):
            Bank.open(bank.folder, read_only=read_only)


@pytest.mark.parametrize("change", ["value = 'Anders'", "value = NULL", "subject = 'd1'", "field = 'signer'"])
def test_a_correction_that_nobody_made_is_told(bank: Bank, change: str) -> None:
    said = Annotation(About.DOCUMENT, "d2", Detail.TITLE, "Verbeterd", "J. Zeegras", MOMENT)
    bank.annotate([said])
    bank.close()
    with Bank.open(bank.folder) as again:
        assert again.document("d2").title == "Verbeterd"
    harm(bank, f"UPDATE annotation SET {change}")  # noqa: S608
    with pytest.raises(BankError, match="verbetering"):
        Bank.open(bank.folder)


def test_rows_that_sqlite_passes_over_are_missed(bank: Bank) -> None:
    """Found by damage at random: of a page full of rows some became rows without a number, and none was told."""
    bank.close()
    path = bank.folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passage'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    first = int.from_bytes(data[(page - 1) * size + 8 :][:2], "big")  # where the first row stands in its page
    data[(page - 1) * size + first : (page - 1) * size + first + 40] = bytes(40)
    path.write_bytes(data)
    with pytest.raises(BankError, match="beschadigd"):
        Bank.open(bank.folder)


def test_a_file_as_it_was_left_is_not_looked_over_again(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    bank.add(make_document("d4", number=4))
    bank.close()
    monkeypatch.setattr("answers_bank.store.database.first_fault", lambda _: "wel gekeken")
    with Bank.open(bank.folder) as again:
        again.add(make_document("d5", number=5))
    Bank.open(bank.folder, read_only=True).close()
    harm(bank, "CREATE TABLE strange (x)")
    with pytest.raises(BankError, match="wel gekeken"):
        Bank.open(bank.folder)


@pytest.mark.parametrize(("column", "value"), [("mark", "NULL"), ("mark", "7"), ("mark", "'tekst'")])
def test_a_link_of_the_chain_that_is_no_mark_is_told(bank: Bank, column: str, value: str) -> None:
    harm(bank, "CREATE TABLE loose AS SELECT * FROM history")
    harm(bank, "DROP TABLE history")
    harm(bank, "ALTER TABLE loose RENAME TO history")
    harm(bank, f"UPDATE history SET {column} = {value}")  # noqa: S608
    with pytest.raises(BankError, match="keten"):
        _ = bank.mark
    with pytest.raises(BankError, match="keten"):
        bank.add(make_document("d9", number=9))


# --- a disk that is full ----------------------------------------------------------------------------------------------


def test_a_bad_disk_is_not_called_damage_and_a_full_one_is_called_full(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = sqlite3.OperationalError("disk I/O error")
    assert "reageert niet goed" in str(connecting._translate(refusal, bank.folder / FILE_NAME))
    monkeypatch.setattr(connecting, "is_full", lambda _: True)
    assert "is vol" in str(connecting._translate(refusal, bank.folder / FILE_NAME))
    assert "beschadigd" in str(connecting._translate(sqlite3.DatabaseError("malformed"), bank.folder / FILE_NAME))
