"""Check, then act: two programs at once, each made to come between the look and the deed of the other."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.dossiers import dossier

from answers_bank.filling.filling import export as export_bank
from answers_bank.store import connection as connections
from answers_bank.store import schema
from answers_bank.store.bank import Bank
from answers_bank.store.fetching.ledger import Ledger
from drafter.backend.recent_folders import recent_folders, remember_folder
from drafter.export import export_dossier
from drafter.settings import file as settings_file
from drafter.settings.file import set_setting
from drafter.settings.values import load_settings
from embeddings.errors import BankError, UsageError


def at_once(count: int, work: Callable[[int], object]) -> list[BaseException]:
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        start.wait()
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_a_bank_that_another_makes_at_this_moment_is_waited_for(tmp_path: Path) -> None:
    """The other holds the file while it is switched over: SQLite would refuse at once."""
    folder = tmp_path / "bank"
    folder.mkdir()
    other = sqlite3.connect(folder / connections.FILE_NAME, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE x (y)")
    other.execute("DROP TABLE x")
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.4, lambda: (other.execute("COMMIT"), other.close()))
    release.start()
    with Bank.open(folder, create=True) as bank:
        bank.add(make_document("a"))
    release.join()


def test_a_bank_is_looked_at_in_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another makes the bank between the reading of its version and of its tables."""
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / connections.FILE_NAME).touch()
    real = schema.version
    once = iter([True])

    def version(connection: sqlite3.Connection) -> int:
        found = real(connection)
        if next(once, False):
            with sqlite3.connect(folder / connections.FILE_NAME, isolation_level=None) as other:
                schema.migrate(other)
            other.close()
        return found

    monkeypatch.setattr(schema, "version", version)
    Bank.open(folder, create=True).close()


def test_a_bank_that_is_being_made_is_told_as_no_bank_yet(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / connections.FILE_NAME)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with pytest.raises(BankError, match="nog geen bank"):
        Bank.open(tmp_path, read_only=True)


def test_many_make_a_bank_and_a_ledger_at_once(tmp_path: Path) -> None:
    def work(number: int) -> None:
        with Bank.open(tmp_path / "bank", create=True) as bank:
            bank.add(make_document(f"d{number}", number=number))
        with Ledger(tmp_path / "bank") as ledger:
            assert ledger.unfinished("x") == []

    for _ in range(3):
        assert at_once(6, work) == []
    with Bank.open(tmp_path / "bank") as bank:
        assert bank.info().documents == 6
        assert bank.damage() == []


def test_a_ledger_that_another_makes_at_this_moment_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "ophalen.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE x (y)")
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.4, lambda: (other.execute("COMMIT"), other.close()))
    release.start()
    with Ledger(tmp_path) as ledger:
        assert list(ledger.all()) == []
    release.join()


def test_a_ledger_that_is_none_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "ophalen.sqlite").write_bytes(b"iets anders" * 1000)
    with pytest.raises(BankError, match="kan niet worden geopend"):
        Ledger(tmp_path)


def test_two_settings_changed_at_once_are_both_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is changed while the first has been read and not yet written."""
    path = tmp_path / "instellingen.yaml"
    inside, other_began = threading.Event(), threading.Event()
    real = settings_file.changed_text

    def slow(old: str, key: str, value: str | int | tuple[str, ...] | None) -> str:
        if key == "naam":
            inside.set()
            other_began.wait(0.3)  # it cannot come in before this one is done
        return real(old, key, value)

    monkeypatch.setattr(settings_file, "changed_text", slow)
    first = threading.Thread(target=set_setting, args=("naam", "J. Zeegras", path))
    first.start()
    assert inside.wait(5)
    second = threading.Thread(target=lambda: (other_began.set(), set_setting("model", "m", path)))
    second.start()
    first.join()
    second.join()
    settings = load_settings(path)
    assert (settings.naam, settings.model) == ("J. Zeegras", "m")


def test_settings_keep_who_may_read_them_and_where_they_are(tmp_path: Path) -> None:
    real, link = tmp_path / "echt.yaml", tmp_path / "instellingen.yaml"
    real.write_text("naam: A\n", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    set_setting("model", "m", link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert load_settings(link).model == "m"


def test_settings_that_the_disk_refuses_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "instellingen.yaml"
    set_setting("naam", "A", path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="de schijf is vol"):
        set_setting("naam", "B", path)
    monkeypatch.undo()
    assert load_settings(path).naam == "A"


def test_settings_nested_very_deep_are_a_plain_error(tmp_path: Path) -> None:
    path = tmp_path / "instellingen.yaml"
    path.write_text("[" * 5000 + "]" * 5000, encoding="utf-8")
    with pytest.raises(UsageError, match="diep genest"):
        load_settings(path)


@pytest.mark.parametrize("text", ["{}", "5", '"tekst"', "[1, null, {}]", "[" * 5000, '["a\\u0000b"]', "\ud800"])
def test_an_odd_list_of_folders_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "laatste-mappen.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert recent_folders(tmp_path) == ()
    remember_folder(tmp_path, tmp_path)
    assert recent_folders(tmp_path) == (tmp_path.resolve(),)


def test_folders_remembered_at_once_are_all_kept(tmp_path: Path) -> None:
    folders = [tmp_path / str(n) for n in range(4)]
    assert at_once(4, lambda n: remember_folder(tmp_path, folders[n])) == []
    assert set(recent_folders(tmp_path)) == {folder.resolve() for folder in folders}


def test_exports_to_one_file_at_once_all_succeed_and_leave_nothing(tmp_path: Path) -> None:
    target = tmp_path / "uit" / "concept.docx"
    target.parent.mkdir()
    assert at_once(5, lambda _: export_dossier(dossier(), target)) == []
    assert [p.name for p in target.parent.iterdir()] == ["concept.docx"]
    lines = tmp_path / "uit" / "bank.jsonl"
    with Bank.open(tmp_path / "bank", create=True) as bank:
        bank.add(make_document("a"))
        assert at_once(4, lambda _: export_bank(bank, lines)) == []
    assert len(lines.read_text("utf-8").splitlines()) == 1
    assert sorted(p.name for p in target.parent.iterdir()) == ["bank.jsonl", "concept.docx"]


# --- reading while others write ---------------------------------------------------------------------------------------


def test_a_document_taken_out_between_two_reads_is_not_called_damaged(tmp_path: Path) -> None:
    """Found by the storm: its row was read, then it was taken out, and then its people were not there."""
    with Bank.open(tmp_path, create=True) as bank, Bank.open(tmp_path) as other:
        for number in (1, 2):
            bank.add(make_document(f"d{number}", number=number))

        def meanwhile(statement: str) -> None:
            if "FROM person" in statement and "d1" in other:
                other.remove("d1")

        bank.connection.set_trace_callback(meanwhile)
        assert {one.id for one in bank.documents()} == {"d1", "d2"}
        bank.connection.set_trace_callback(None)
        assert {one.id for one in bank.documents()} == {"d2"}


def test_nothing_is_written_where_it_would_be_undone(tmp_path: Path) -> None:
    with Bank.open(tmp_path, create=True) as bank:
        with bank.one_moment(), bank.one_moment(), pytest.raises(AssertionError):
            bank.add(make_document("d1"))
        assert bank.add(make_document("d1")) == "added"
