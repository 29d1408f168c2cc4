"""Reading in processes of their own: what asks for too much is set aside, and the rest of the folder is in the bank."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.bank_samples import make_document

from answers_bank.apart import readers as apart
from answers_bank.apart.readers import Readers, TooLongError
from answers_bank.documents import Document
from answers_bank.filling.filling import ingest
from answers_bank.store.bank import Bank
from embeddings.errors import Cancelled, InputError
from embeddings.progress import Silent

TEXT = """Vragen van het lid Vlieger (WIND) aan de Minister van Wind en Water over molens (ingezonden 1 april 2031).

Vraag 1
Hoeveel windmolens zijn er dit jaar gekeurd?

Antwoord 1
Er zijn er {number} gekeurd. De keuring is verplicht op grond van de Wet draaiende delen.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(6):
        (folder / f"goed-{number}.txt").write_text(TEXT.format(number=number), "utf-8")
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank.open(tmp_path / "bank", create=True)


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the reading process a file named "lang", "groot", "weg" or "stuk" does what its name says."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        "import answers_bank.reading.reader as reader\n"
        "real = reader.read_bytes\n"
        "def read(data, name):\n"
        "    if 'lang' in name:\n"
        "        while True: pass\n"
        "    if 'wacht' in name:\n"
        "        import time; time.sleep(60)\n"
        "    if 'groot' in name:\n"
        "        kept = []\n"
        "        while True: kept.append(bytearray(50_000_000))\n"
        "    if 'weg' in name:\n"
        "        import os; os._exit(3)\n"
        "    if 'stuk' in name:\n"
        "        raise KeyError('onvoorzien')\n"
        "    if 'diep' in name:\n"
        "        def down(n): return down(n + 1)\n"
        "        down(0)\n"
        "    return real(data, name)\n"
        "reader.read_bytes = read\n",
        "utf-8",
    )
    monkeypatch.setattr(sys, "path", [str(place), *sys.path])


BAD = ("a-lang.txt", "goed-1-groot.txt", "m-weg.txt", "n-stuk.txt", "z-diep.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_bad_files_are_set_aside_and_the_rest_is_in_the_bank(
    misbehaving: None, bank: Bank, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart.Readers.__init__, "__defaults__", (1, 1.0, 400_000_000, 20.0))
    for name in BAD:
        (folder / name).write_text(TEXT.format(number=name), "utf-8")
    report = ingest(bank, [folder])
    assert report.added == 6
    reasons = {Path(file).name: reason for file, reason in report.failed}
    assert set(reasons) == set(BAD)
    assert "duurt te lang" in reasons["a-lang.txt"]
    assert "geheugen" in reasons["goed-1-groot.txt"]
    assert "brak af" in reasons["m-weg.txt"]
    assert "KeyError" in reasons["n-stuk.txt"]
    assert "diep genest" in reasons["z-diep.txt"]
    assert [Path(path).name for path, _, _ in bank.all_set_aside()] == sorted(BAD)

    def tried(child: object, work: object) -> None:
        raise AssertionError(work)

    monkeypatch.setattr(apart._Child, "give", tried)
    again = ingest(bank, [folder])
    assert (again.unchanged, again.added) == (6, 0)
    assert all("--opnieuw" in reason for _, reason in again.failed)
    assert len(again.failed) == len(BAD)


def test_what_was_set_aside_is_tried_when_asked_and_when_it_changed(
    misbehaving: None, bank: Bank, folder: Path
) -> None:
    for name in ("a-weg.txt", "b-weg.txt"):
        (folder / name).write_text(TEXT.format(number=9), "utf-8")
    assert len(ingest(bank, [folder]).failed) == 2
    sys.path[:1] = []  # a newer program reads it
    (folder / "a-weg.txt").write_text(TEXT.format(number=10), "utf-8")
    assert [Path(f).name for f, _ in ingest(bank, [folder]).failed] == ["b-weg.txt"]
    assert not ingest(bank, [folder], again=True).failed
    assert bank.all_set_aside() == []


def test_a_file_that_waits_for_ever_is_given_up(misbehaving: None, tmp_path: Path) -> None:
    path = tmp_path / "wacht.txt"
    path.write_text("x", "utf-8")
    with Readers(wall=1.0) as readers, pytest.raises(TooLongError, match="duurt te lang"):
        readers.read_file(path)


def test_a_file_that_came_too_late_is_tried_again_the_next_time(
    misbehaving: None, bank: Bank, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been the disk, or the computer: that is nothing to hold against the file."""
    usual = apart.Readers.__init__.__defaults__
    monkeypatch.setattr(apart.Readers.__init__, "__defaults__", (1, 60.0, 700_000_000, 4.0))
    (folder / "wacht.txt").write_text(TEXT.format(number=9), "utf-8")
    report = ingest(bank, [folder])
    assert report.added == 6
    assert [reason for _, reason in report.failed if "duurt te lang" in reason] != []
    assert bank.all_set_aside() == []
    sys.path[:1] = []  # this time the disk answers
    monkeypatch.setattr(apart.Readers.__init__, "__defaults__", usual)
    assert ingest(bank, [folder]).added == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are there on Unix")
def test_what_has_no_end_and_what_is_far_too_large_hold_nothing_up(
    bank: Bank, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe waits for ever, a device gives for ever, and a sum over twenty gigabytes takes minutes."""
    os.mkfifo(tmp_path / "pijp.txt")
    os.mkfifo(folder / "pijp.txt")
    (folder / "nul.txt").symlink_to("/dev/zero")
    (folder / "kring").symlink_to(folder)
    (folder / "los.txt").symlink_to("er-niet.txt")
    with (folder / "ijl.txt").open("wb") as huge:
        huge.truncate(20_000_000_000)
    summed: list[str] = []
    real = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", lambda file, kind: summed.append(file.name) or real(file, kind))
    report = ingest(bank, [folder, tmp_path / "pijp.txt", Path("/dev/zero")])
    assert report.added == 6
    reasons = {Path(file).name: reason for file, reason in report.failed}
    assert "geen gewoon bestand" in reasons["pijp.txt"]
    assert "geen gewoon bestand" in reasons["zero"]
    assert "groter dan" in reasons["ijl.txt"]
    assert not [name for name in summed if "goed" not in name]


def test_no_file_may_hold_up_the_others_for_more_than_twenty_seconds() -> None:
    assert max(apart.SECONDS, apart.WALL) < 20
    with Readers() as readers:
        readers._helped = True  # a program that reads scans and old Word files is there: it has limits of its own
        assert {readers._time_of(name) for name in ("a.docx", "A.TXT", "b.html")} == {apart.WALL}
        assert readers._time_of("scan.pdf") > 600


def test_good_files_are_on_disk_while_a_bad_one_is_tried(
    misbehaving: None, bank: Bank, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart.Readers.__init__, "__defaults__", (1, 60.0, 700_000_000, 60.0))
    (folder / "z-wacht.txt").write_text("x", "utf-8")
    seen: list[int] = []

    class Watch(Silent):
        def cancelled(self) -> bool:
            with Bank.open(bank.folder, read_only=True) as other:
                seen.append(len(other.documents()))
            return seen[-1] == 6

    with pytest.raises(Cancelled):
        ingest(bank, [folder], progress=Watch())
    assert seen[-1] == 6


def test_documents_come_in_the_order_of_the_files_whoever_is_first(folder: Path) -> None:
    big = TEXT.format(number=1) + "\n".join(
        f"Alinea {n} over de keuring van molens en hun wieken." for n in range(4000)
    )
    (folder / "aaa.txt").write_text(big, "utf-8")
    files = sorted(folder.iterdir())
    with Readers(3) as readers:
        found = list(readers.read_all(files))
    assert [path for path, _ in found] == files
    assert all(isinstance(document, Document) for _, document in found)


def test_reading_apart_gives_what_reading_gives(folder: Path) -> None:
    from answers_bank.reading import read_file

    for path in folder.iterdir():
        assert apart.read_file(path) == read_file(path)
    with pytest.raises(InputError, match="bestaat niet"):
        apart.read_file(folder / "er-niet.txt")
    assert apart.read_bytes(b"Vraag 1\nWat?\n", "x.txt").questions


def test_what_lies_in_the_folder_of_the_user_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lxml.py").write_text("open('uitgevoerd', 'w')\n", "utf-8")
    (tmp_path / "pickle.py").write_text("open('uitgevoerd', 'w')\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    with Readers() as readers:
        assert readers.read_bytes(b"<html><body><p>Vraag 1</p></body></html>", "a.html").text
    assert not (tmp_path / "uitgevoerd").exists()


def test_a_file_name_in_another_encoding_holds_nothing_up(bank: Bank, folder: Path) -> None:
    name = os.fsencode(str(folder)) + b"/antwoord-caf\xe9.txt"
    try:
        with open(name, "wb") as file:
            file.write(TEXT.format(number=8).encode())
    except OSError:
        pytest.skip("this disk has names in UTF-8 only")
    report = ingest(bank, [folder])
    assert (report.added, report.failed) == (7, ())
    assert ingest(bank, [folder]).unchanged == 7


def test_a_number_that_no_database_holds_is_refused_alone(bank: Bank, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "answer": "Ja."},
        {"id": "b", "answer": "Ja.", "aanhangsel": 10**30},
        {"id": "c", "answer": "Ja.", "aanhangsel": "9" * 31},
        {"id": "e", "answer": "Ja."},
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines) + '{"id": "d", "answer": ' + "9" * 5000 + "}\n"
    (tmp_path / "r.jsonl").write_text(text, "utf-8")
    report = ingest(bank, [tmp_path / "r.jsonl"])
    assert report.added == 2
    assert len(report.failed) == 3
    assert all("Unexpected" not in reason and "digits" not in reason for _, reason in report.failed)


def test_a_document_that_no_database_holds_is_refused_alone(bank: Bank) -> None:
    from answers_bank.filling.intake import taking

    with taking(bank, "1") as intake:
        intake.take(make_document("a"))
        intake.take(make_document("b", aanhangsel=10**30))
        intake.take(make_document("c"))
    assert intake.tally.added == 2
    assert [d.id for d in bank.documents()] == ["a", "c"]
    assert len(intake.tally.failed) == 1
    assert bank.damage() == []


def _form_that_refers_to_itself() -> bytes:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /F 4 0 R >> >> "
        b"/Contents 5 0 R >>",
    ]
    body = b"/F Do /F Do /F Do"
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /F 4 0 R >> >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (len(body), body)
    )
    parts += [form, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


def _nested_tables(depth: int) -> bytes:
    import io

    around = ("table", "table-row", "table-cell")
    opening = "".join(f"<table:{name}>" for name in around)
    closing = "".join(f"</table:{name}>" for name in reversed(around))
    inner = opening * depth + "<text:p>Diep</text:p>" + closing * depth
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:text="{names}text:1.0" '
        f'xmlns:table="{names}table:1.0">'
        f"<office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", content)
    return out.getvalue()


@pytest.mark.slow
def test_forms_and_tables_within_themselves_take_no_more_than_they_may(bank: Bank, folder: Path) -> None:
    (folder / "zelf.pdf").write_bytes(_form_that_refers_to_itself())
    (folder / "diep.odt").write_bytes(_nested_tables(30))
    report = ingest(bank, [folder])
    assert report.added >= 6
    for file, reason in report.failed:  # over a limit, and told as such; within it, both are read
        assert Path(file).name in ("zelf.pdf", "diep.odt")
        assert "opzij gezet" in reason
    names = {document.source for document in bank.documents()}
    assert {f"goed-{n}.txt" for n in range(6)} <= names


def test_who_has_others_read_does_not_load_the_reader() -> None:
    """It would cost every filling a third of a second for nothing."""
    code = "import sys, answers_bank.filling.filling; print('answers_bank.reading.composition' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "False"


def test_a_second_process_is_begun_only_when_there_is_much_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(6)]
    for path in paths:
        path.write_text("Vraag 1\nHoe?\n\nAntwoord 1\nZo.\n", encoding="utf-8")
    monkeypatch.setattr(apart, "ANOTHER_AFTER", 600.0)
    with apart.Readers(2) as readers:
        assert [path for path, _ in readers.read_all(paths)] == paths
        assert len(readers._children) == 1
        monkeypatch.setattr(apart, "ANOTHER_AFTER", 0.0)
        assert [path for path, _ in readers.read_all(paths, left=lambda: 1)] == paths
        assert len(readers._children) == 1  # little is left: it would have to load a reader of its own
        assert [path for path, _ in readers.read_all(paths, left=lambda: 1_000_000)] == paths
        assert len(readers._children) == 2
