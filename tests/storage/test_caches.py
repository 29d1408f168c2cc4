"""Caches prove whose they are, and one that is damaged is made again: no passage of another bank, no silent harm."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from support.bank_samples import make_document
from support.encoder import TinyEncoder

from answers_bank.filling.filling import encode, rebuild, refresh_caches
from answers_bank.index.arrays import following
from answers_bank.index.arrays.segments import CacheState, SegmentCache
from answers_bank.index.meaning import MeaningIndex
from answers_bank.index.repeated_text import ReuseIndex
from answers_bank.index.standard_passages import StandardPassages
from answers_bank.index.unit_index import UnitIndex
from answers_bank.index.word_weights import load_weights
from answers_bank.store.bank import Bank
from answers_bank.store.connection import FILE_NAME
from drafter.search.signals.generic import generic_vector
from embeddings.progress import SILENT
from embeddings.sums import CHECKED_NAME

ENCODER = TinyEncoder()


def fill(folder: Path, *numbers: int) -> None:
    with Bank.open(folder, create=True) as bank:
        for number in numbers:
            bank.add(make_document(f"d{number}", number=number))
        encode(bank, ENCODER)
        found(bank)


def found(bank: Bank) -> list[object]:
    """What every cache finds for the same questions, in values that can be compared."""
    units = UnitIndex.open(bank)
    scores = units.scores({"windautoriteit": 1.0, "overlegd": 1.0})
    best = np.argsort(-scores, kind="stable").tolist()
    meaning = MeaningIndex.open(bank)
    assert meaning is not None
    rows, likeness = meaning.search(ENCODER.encode_queries(["Over de keuring van molens is overlegd, punt 2."]), 5)
    hits = ReuseIndex.open(bank).candidates("De Windautoriteit houdt toezicht op grond van de Wet draaiende delen.", 20)
    weights = load_weights(bank)
    stored = bank.passages_by_key(units.answer_key[best].tolist())
    return [
        [stored[key].text for key in units.answer_key[best].tolist()],
        [bank.passages_by_key([key])[key].text for key in meaning.first[rows[0]].tolist()],
        np.round(likeness, 5).tolist(),
        [(hit.passage, hit.text) for hit in hits],
        [(c.id, c.newest.text, c.documents) for c in StandardPassages.open(bank).clusters()],
        (weights.sentences, weights.weight("windautoriteit")),
        np.round(generic_vector(bank, ENCODER), 5).tolist(),
    ]


def fresh(folder: Path, place: Path) -> list[object]:
    """The same from a bank without caches."""
    place.mkdir()
    shutil.copy(folder / FILE_NAME, place)
    with Bank.open(place) as bank:
        return found(bank)


def kept(folder: Path, place: Path) -> Path:
    """A backup of the bank alone."""
    place.mkdir()
    return Path(shutil.copy(folder / FILE_NAME, place))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "bank", 1, 2, 3)
    return tmp_path / "bank"


@pytest.mark.parametrize("later", [(4,), (4, 5), (4, 5, 6)])
@pytest.mark.parametrize("then", [(7,), (7, 8), (7, 8, 9), ()])
def test_a_backup_put_back_gives_its_own_passages(
    tmp_path: Path, folder: Path, later: tuple[int, ...], then: tuple[int, ...]
) -> None:
    backup = kept(folder, tmp_path / "backup")
    fill(folder, *later)
    shutil.copy(backup, folder / FILE_NAME)
    if then:
        with Bank.open(folder) as bank:
            for number in then:
                bank.add(make_document(f"d{number}", number=number))
            encode(bank, ENCODER)
    with Bank.open(folder) as bank:
        assert found(bank) == fresh(folder, tmp_path / "fresh")


def test_a_copy_of_a_colleague_in_its_place_gives_its_own_passages(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "colleague"
    shutil.copytree(folder, other)
    fill(folder, 4, 5)
    fill(other, 6, 7)
    shutil.copy(other / FILE_NAME, folder / FILE_NAME)
    with Bank.open(folder) as bank:
        assert found(bank) == fresh(other, tmp_path / "fresh")


def test_two_copies_that_are_read_only_do_not_share_a_cache(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERANTWOORD_CACHE", str(tmp_path / "user"))
    other = tmp_path / "colleague"
    shutil.copytree(folder, other)
    fill(other, 6)
    with Bank.open(folder, read_only=True) as one, Bank.open(other, read_only=True) as two:
        assert one.identifier == two.identifier
        assert one.cache_folder != two.cache_folder
        assert found(one) == fresh(folder, tmp_path / "first")
        assert found(two) == fresh(other, tmp_path / "second")


def test_additions_are_added_and_not_made_anew(folder: Path) -> None:
    before = {path.name for path in (folder / "cache").rglob("*.npy")}
    fill(folder, 4)
    with Bank.open(folder) as bank:
        assert bank.followed(*bank.first_mark)
        assert bank.followed(*bank.mark)
        assert not bank.followed(bank.mark.generation, "0" * 32)
    stamp = next((folder / "cache" / "vectors").glob("ids-*")).name
    fill(folder, 5)
    assert (folder / "cache" / "vectors" / stamp).exists()
    assert before


def _empty(data: bytes) -> bytes:
    return b""


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _zeroed(data: bytes) -> bytes:
    return bytes(len(data))


def _one_bit(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[-5] ^= 1
    return bytes(changed)


def _begin(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[len(changed) // 3] ^= 0x10
    return bytes(changed)


@pytest.mark.parametrize("harm", [_empty, _cut, _zeroed, _one_bit, _begin])
def test_every_file_of_a_cache_that_is_damaged_is_made_again(
    tmp_path: Path, folder: Path, harm: Callable[[bytes], bytes]
) -> None:
    expected = fresh(folder, tmp_path / "fresh")
    files = [p for p in sorted((folder / "cache").rglob("*")) if p.is_file() and p.stat().st_size > 8]
    assert len(files) > 15
    for path in files:
        if not path.exists():
            continue  # replaced when another was mended
        path.write_bytes(harm(path.read_bytes()))
        with Bank.open(folder) as bank:
            assert found(bank) == expected, path.name


def test_a_list_of_removed_rows_that_is_damaged_is_made_again(folder: Path) -> None:
    with Bank.open(folder) as bank:
        bank.remove("d2")
        encode(bank, ENCODER)
        index = MeaningIndex.open(bank)
        assert index is not None
        documents = sorted(set(index.documents[index.alive].tolist()))
        [removed] = (folder / "cache" / "vectors").glob("removed-*")
        removed.write_bytes(bytes(len(removed.read_bytes())))
        again = MeaningIndex.open(bank)
        assert again is not None
        assert sorted(set(again.documents[again.alive].tolist())) == documents == [1, 3]


def test_damage_is_told_in_a_line(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kamerantwoord"), Bank.open(folder) as bank:
        found(bank)
        assert not caplog.messages
        for name in ("units", "reuse", "standard"):
            array = max((folder / "cache" / name).glob("*.npy"), key=lambda path: path.stat().st_size)
            array.write_bytes(b"")
        next((folder / "cache" / "vectors").glob("vectors-*")).write_bytes(b"")
        found(bank)
        assert sorted(line.split(" was beschadigd")[0] for line in caplog.messages) == [
            "De index van betekenissen",
            "De index van herhaalde tekst",
            "De index van standaardpassages",
            "De index van woorden",
        ]
        caplog.clear()
        found(bank)
        assert not caplog.messages


def test_a_cache_that_is_not_there_yet_is_not_called_damaged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.rmtree(folder / "cache")
    with caplog.at_level(logging.WARNING, "kamerantwoord"), Bank.open(folder) as bank:
        found(bank)
    assert not caplog.messages


def test_what_was_checked_once_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        raise AssertionError("read again")

    with Bank.open(folder) as bank:
        found(bank)
        monkeypatch.setattr("embeddings.sums.sum_of", read)
        found(bank)
        monkeypatch.undo()
        for path in (folder / "cache").rglob(CHECKED_NAME):
            path.unlink()
        found(bank)
        assert len(list((folder / "cache").rglob(CHECKED_NAME))) == 4


def test_rebuild_deletes_before_it_makes(tmp_path: Path, folder: Path) -> None:
    stray = folder / "cache" / "units" / "van-een-ander.npy"
    stray.write_bytes(b"x")
    with Bank.open(folder) as bank:
        rebuild(bank, ENCODER)
        assert not stray.exists()
        assert found(bank) == fresh(folder, tmp_path / "fresh")


def test_a_disk_that_refuses_the_cache_does_not_stop_a_search(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    expected = fresh(folder, tmp_path / "fresh")
    shutil.rmtree(folder / "cache")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("embeddings.files.os.fsync", full)
    with caplog.at_level(logging.WARNING, "kamerantwoord"), Bank.open(folder) as bank:
        assert found(bank) == expected
    assert any("de schijf is vol" in line for line in caplog.messages)
    monkeypatch.undo()
    with Bank.open(folder) as bank:
        assert found(bank) == expected


def test_two_first_searches_at_once_make_one_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one begins while the first is at work, and then finds it done."""
    shutil.rmtree(folder / "cache")
    built: list[int] = []
    begun, second = threading.Event(), threading.Event()
    real = UnitIndex._build

    def slow(self: UnitIndex, *rest: object) -> CacheState:
        built.append(os.getpid())
        begun.set()
        second.wait(5)
        return real(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(UnitIndex, "_build", slow)
    sizes: list[int] = []
    with Bank.open(folder) as one, Bank.open(folder) as two:
        first = threading.Thread(target=lambda: sizes.append(len(UnitIndex.open(one))))
        first.start()
        assert begun.wait(5)
        other = threading.Thread(target=lambda: sizes.append(len(UnitIndex.open(two))))
        other.start()
        second.set()
        first.join()
        other.join()
    assert sizes == [6, 6]
    assert len(built) == 1


def test_who_waits_for_another_can_stop(tmp_path: Path) -> None:
    from embeddings.errors import Cancelled
    from embeddings.progress import Silent

    class Stopped(Silent):
        def cancelled(self) -> bool:
            return True

    with following.alone(tmp_path / "x", SILENT), pytest.raises(Cancelled), following.alone(tmp_path / "x", Stopped()):
        pass


def _states(tmp_path: Path) -> Iterator[tuple[SegmentCache, CacheState]]:
    for place in (tmp_path / "cache", None):
        yield SegmentCache(place, "1"), CacheState()


def test_a_segment_without_elements_is_kept(tmp_path: Path) -> None:
    for cache, _ in _states(tmp_path):
        segment = cache.write("leeg", {"numbers": np.empty(0, np.int32)})
        cache.commit(CacheState(1, "m", 0, (segment,)))
        assert cache.load().segments[0].arrays["numbers"].tolist() == []
        assert not cache.damaged


def test_refreshing_a_bank_that_nobody_changed_does_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (folder / "cache").rglob("*") if path.is_file()}
    with Bank.open(folder) as bank:
        refresh_caches(bank)
    assert before == {path: path.stat().st_mtime_ns for path in (folder / "cache").rglob("*") if path.is_file()}
