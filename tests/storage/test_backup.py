"""A backup: of one moment while others write, checked after writing, and put back without overwriting anything."""

from __future__ import annotations

import datetime
import hashlib
import json
import threading
import zipfile
from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.dossier_samples import dossier
from support.encoder import TinyEncoder

from answers_bank.documents import Kind
from answers_bank.filling.filling import encode
from answers_bank.store.bank import Bank
from answers_bank.store.fetching.fetched import Body, Record, StoredBody
from answers_bank.store.fetching.ledger import Ledger
from drafter.dossier import edits
from drafter.dossier.store import DossierStore
from drafter.tasks.upkeep import backup as module
from drafter.tasks.upkeep.backup import backup, check, restore
from embeddings.errors import BankError, InputError, UsageError

TODAY = datetime.date(2031, 5, 6)
MOMENT = datetime.datetime(2031, 5, 6, 7, 8, 9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    with Bank.open(folder, create=True) as bank:
        for number in (1, 2):
            bank.add(make_document(f"d{number}", number=number))
        encode(bank, TinyEncoder())
    store = DossierStore(folder)
    store.create(dossier()).close()
    with store.open("wind") as session:
        session.record(edits.edit_text(session.dossier, "b2", "Het laatste werk."), "tekst")
    with Ledger(folder) as ledger:
        record = Record("bron", "1", Kind.ANSWER, "Titel", TODAY, "x", (Body("xml", "http://bron/1"),))
        ledger.note(record)
        content = b"<officiele-publicatie/>"
        digest = hashlib.sha256(content).hexdigest()
        ledger.keep_body(record, StoredBody("xml", "http://bron/1", digest), content)
    return folder


def test_a_backup_comes_back_as_it_was(folder: Path, tmp_path: Path) -> None:
    report = backup(folder, tmp_path / "uit.zip", TODAY)
    assert (report.documents, report.dossiers, report.raw, report.problems) == (2, 1, 1, ())
    other = tmp_path / "terug"
    back = restore(other, report.file, MOMENT)
    assert (back.documents, back.dossiers, back.aside) == (2, 1, None)
    with Bank.open(folder) as one, Bank.open(other) as two:
        assert [one.document(d.id) for d in one.documents()] == [two.document(d.id) for d in two.documents()]
        assert one.mark == two.mark
        assert two.damage() == []
    assert DossierStore(other).load("wind") == DossierStore(folder).load("wind")
    with Ledger(other) as ledger:
        [known] = ledger.all()
        assert ledger.content(known.bodies[0].sha256) == b"<officiele-publicatie/>"
    assert not list(other.glob(".herstel*"))


def test_a_backup_is_of_one_moment_while_others_write(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another fills the bank and works on the dossier between the copies; each is whole all the same."""
    real = module.snapshot

    def busy(source: Path, target: Path) -> None:
        with Bank.open(folder) as bank:
            bank.add(make_document(f"laat-{source.name}", number=7))
        with DossierStore(folder).open("wind") as session:
            session.record(edits.edit_text(session.dossier, "b2", f"Na {source.name}."), "tekst")
        real(source, target)

    monkeypatch.setattr(module, "snapshot", busy)
    with DossierStore(folder).open("wind", read_only=True):
        report = backup(folder, tmp_path / "uit.zip", TODAY)
    assert report.documents == 4
    restore(tmp_path / "terug", report.file, MOMENT)


def test_a_backup_while_many_write(folder: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 10
        with Bank.open(folder) as bank:
            while not stop.is_set():
                bank.add(make_document(f"d{number}", number=number))
                bank.remove(f"d{number}")
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(3):
            assert backup(folder, tmp_path / f"{n}.zip", TODAY).documents in (2, 3)
    finally:
        stop.set()
        writer.join()


def test_work_that_stands_beside_a_dossier_is_in_the_backup(folder: Path, tmp_path: Path) -> None:
    with DossierStore(folder).open("wind") as session:  # open and typed in, not closed
        session.record(edits.edit_text(session.dossier, "b2", "Net getypt."), "tekst")
        report = backup(folder, tmp_path / "uit.zip", TODAY)
    restore(tmp_path / "terug", report.file, MOMENT)
    block = DossierStore(tmp_path / "terug").load("wind").block("b2")
    assert block is not None
    assert block.text == "Net getypt."


def test_a_backup_is_never_overwritten_and_named_in_a_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    assert backup(folder, tmp_path / "uit", TODAY).file.name == "kamerantwoord 2031-05-06.zip"
    with pytest.raises(UsageError, match="is er al"):
        backup(folder, tmp_path / "uit", TODAY)
    assert len(list((tmp_path / "uit").iterdir())) == 1


def test_what_stands_there_is_refused_or_set_aside(folder: Path, tmp_path: Path) -> None:
    report = backup(folder, tmp_path / "uit.zip", TODAY)
    with Bank.open(folder) as bank:
        bank.add(make_document("later", number=5))
    with pytest.raises(UsageError, match="staat al"):
        restore(folder, report.file, MOMENT)
    back = restore(folder, report.file, MOMENT, aside=True)
    assert back.aside is not None
    with Bank.open(folder) as bank, Bank.open(back.aside) as before:
        assert "later" not in bank
        assert "later" in before
    assert DossierStore(back.aside).load("wind")
    assert restore(folder, report.file, MOMENT, aside=True).aside != back.aside


@pytest.mark.parametrize("at", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_damaged_backup_is_refused_and_changes_nothing(folder: Path, tmp_path: Path, at: float) -> None:
    report = backup(folder, tmp_path / "uit.zip", TODAY)
    whole = report.file.read_bytes()
    for harmed in (whole[: int(len(whole) * at)], _flipped(whole, int(len(whole) * at)), b"", b"geen zip"):
        report.file.write_bytes(harmed)
        try:
            check(report.file)
        except InputError:
            with pytest.raises(InputError):
                restore(tmp_path / "terug", report.file, MOMENT)
            assert not (tmp_path / "terug").exists()


def _flipped(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 0x20
    return bytes(changed)


@pytest.mark.parametrize("name", ["../uit", "/etc/x", "dossiers/../../x.dossier", "x.exe", "ruw/a/../b", "dossiers\\x"])
def test_nothing_is_written_outside_the_folder(folder: Path, tmp_path: Path, name: str) -> None:
    report = backup(folder, tmp_path / "uit.zip", TODAY)
    with zipfile.ZipFile(report.file) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    content = json.loads(parts["inhoud.json"])
    parts[name] = b"x"
    content["files"][name] = {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    parts["inhoud.json"] = json.dumps(content).encode()
    with zipfile.ZipFile(report.file, "w") as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    with pytest.raises(InputError):
        restore(tmp_path / "terug", report.file, MOMENT)
    assert not (tmp_path / "terug").exists()


def test_a_damaged_bank_gives_no_backup_and_a_damaged_dossier_is_told(folder: Path, tmp_path: Path) -> None:
    path = DossierStore(folder).path("wind")
    path.write_bytes(path.read_bytes()[:5000])
    report = backup(folder, tmp_path / "uit.zip", TODAY)
    assert "wind" in report.problems[0]
    with Bank.open(folder) as bank, bank.transaction() as connection:
        connection.execute("UPDATE passage SET text = 'x'")
    with pytest.raises(BankError, match="beschadigd"):
        backup(folder, tmp_path / "uit2.zip", TODAY)
    assert not (tmp_path / "uit2.zip").exists()


def test_a_full_disk_leaves_no_half_backup(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "uit").mkdir()
    monkeypatch.setattr("embeddings.files.os.fsync", full)
    with pytest.raises(UsageError, match="de schijf is vol"):
        backup(folder, tmp_path / "uit" / "a.zip", TODAY)
    assert list((tmp_path / "uit").iterdir()) == []
