"""The storage layer: whole or not at all, with the same readers, never over another, and one at a time."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from embeddings.files import changing, move_aside, place, reserve, write_whole


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "geheim.yaml"
    path.write_text("a", encoding="utf-8")
    path.chmod(0o600)
    write_whole(path, b"b")
    assert path.read_bytes() == b"b"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "echt", tmp_path / "koppeling"
    real.write_text("a", encoding="utf-8")
    link.symlink_to(real)
    write_whole(link, b"b")
    assert link.is_symlink()
    assert real.read_bytes() == b"b"


def test_a_stream_is_written_to_as_it_is(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), b"b")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_what_stood_there_stays_when_the_disk_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "bestand"
    path.write_text("a", encoding="utf-8")
    monkeypatch.setattr(step, full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"b")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("bestand", b"a")]


def test_a_name_of_the_longest_kind_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_whole(path, b"b")
    assert path.read_bytes() == b"b"


def test_nothing_is_put_over_another(tmp_path: Path) -> None:
    taken = tmp_path / "a.txt"
    taken.write_bytes(b"van een ander")
    assert reserve(taken).name == "a (2).txt"
    made = tmp_path / "nieuw"
    made.write_bytes(b"nieuw")
    assert place(made, taken).name == "a (3).txt"
    assert move_aside(tmp_path / "a (3).txt", taken).name == "a (4).txt"
    assert taken.read_bytes() == b"van een ander"
    assert (tmp_path / "a (4).txt").read_bytes() == b"nieuw"


def test_what_cannot_be_moved_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        move_aside(path, tmp_path / "b")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_who_reads_and_writes_under_the_lock_loses_no_change_of_another(tmp_path: Path) -> None:
    path = tmp_path / "lijst"
    write_whole(path, b"")
    start = threading.Barrier(6)

    def add(mark: bytes) -> None:
        start.wait()
        for _ in range(5):
            with changing(path):
                write_whole(path, path.read_bytes() + mark)

    threads = [threading.Thread(target=add, args=(bytes([65 + n]),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_bytes()) == sorted(b"ABCDEF" * 5)


def test_a_lock_that_is_held_for_long_is_told(tmp_path: Path) -> None:
    with changing(tmp_path / "a"), pytest.raises(TimeoutError, match="in gebruik"), changing(tmp_path / "a", 0.05):
        pass
