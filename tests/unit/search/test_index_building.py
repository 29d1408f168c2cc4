"""Indexes are made in bounded memory: in whatever parts they are written, they give what they give as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers_bank.index import linking, sentence_runs, unit_index
from answers_bank.index import repeated_text as reuse_index
from answers_bank.index.arrays import merging
from answers_bank.index.arrays.segments import CacheSegment, CacheState, SegmentCache
from answers_bank.index.repeated_text import ReuseIndex
from answers_bank.index.standard_passages import StandardPassages
from answers_bank.index.unit_index import UnitIndex
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from embeddings.errors import Cancelled
from embeddings.index import inverted_file
from embeddings.index.inverted_file import Rows, build
from embeddings.progress import Silent

RUNS = st.lists(st.tuples(st.integers(0, 6) | st.just(2**32 - 1), st.integers(0, 40)), max_size=30)
WORDS = st.dictionaries(st.integers(0, 8) | st.just(2**32 - 1), st.integers(1, 5), max_size=8)

SENTENCES = (
    "De keringen langs de Zilverbeek worden elk jaar door het waterschap op scheuren nagekeken.",
    "De keringen langs de Zilverbeek worden twee keer per jaar door het waterschap op scheuren nagekeken.",
    "Voor nieuwe molens geldt een vergunning van het Windloket, die binnen acht weken wordt verleend.",
    "Voor alle nieuwe molens geldt een vergunning van het Windloket, die binnen zes weken wordt verleend.",
    "De gegevens over de molenvergunningen worden pas in het voorjaar openbaar gemaakt door het Windloket.",
    "Ja.",
    "Ik deel die mening niet en zie geen aanleiding om het beleid voor keringen en molens aan te passen.",
)


def runs_segment(number: int, postings: list[tuple[int, int]]) -> CacheSegment:
    codes = sorted({run << 32 | sentence for run, sentence in postings})
    return CacheSegment(str(number), {"runs": np.array(codes, np.uint64), "passage": np.arange(41)})


@given(parts=st.lists(RUNS, min_size=1, max_size=5), block=st.integers(1, 50))
def test_runs_come_in_order_and_whole_however_many_at_a_time(parts: list[list[tuple[int, int]]], block: int) -> None:
    segments = [runs_segment(n, part) for n, part in enumerate(parts)]
    offsets = [41 * n for n in range(len(segments))]
    blocks = list(merging.run_blocks(segments, offsets, block))
    whole = [s.arrays["runs"] + np.uint64(offset) for s, offset in zip(segments, offsets, strict=True)]
    expected = np.sort(np.concatenate(whole))
    found = np.concatenate([np.empty(0, np.uint64), *blocks])
    assert found.tolist() == expected.tolist()
    last = [int(b[-1]) >> 32 for b in blocks]
    assert len(set(last)) == len(last)  # no run is cut in two
    assert all(int(b[0]) >> 32 > before for b, before in zip(blocks[1:], last, strict=False))


@given(parts=st.lists(WORDS, min_size=1, max_size=4), block=st.integers(1, 30))
def test_words_come_in_order_and_whole_however_many_at_a_time(parts: list[dict[int, int]], block: int) -> None:
    segments, offsets, expected = [], [], {}
    for n, part in enumerate(parts):
        words = sorted(part)
        units = [unit for word in words for unit in range(part[word])]
        for word in words:
            expected.setdefault(word, []).extend(10 * n + unit for unit in range(part[word]))
        segments.append(
            CacheSegment(
                str(n),
                {
                    "term": np.array(words, np.uint32),
                    "offset": np.cumsum([0, *(part[word] for word in words)]),
                    "unit": np.array(units, np.int32),
                    "impact": np.array(units, np.uint8),
                },
            )
        )
        offsets.append(10 * n)
    found: dict[int, list[int]] = {}
    for words_, counts, units_, impacts in merging.word_blocks(segments, offsets, block):
        assert (units_ % 10 == impacts).all()
        for word, own in zip(words_.tolist(), np.split(units_, np.cumsum(counts)[:-1]), strict=True):
            assert word not in found
            found[word] = own.tolist()
    assert found == expected
    assert list(found) == sorted(found)


@given(added=st.lists(st.integers(1, 50), max_size=60))
def test_the_number_of_segments_stays_small(added: list[int]) -> None:
    sizes: list[int] = []
    for size in added:
        sizes.append(size)
        start = merging.last_to_merge(sizes)
        sizes[start:] = [sum(sizes[start:])]
    assert sum(sizes) == sum(added)
    assert len(sizes) <= 1 + np.log2(max(sum(sizes), 1))


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_segment_written_in_parts_is_read_in_parts(tmp_path: Path, on_disk: bool) -> None:
    cache = SegmentCache(tmp_path / "cache" if on_disk else None, "1")
    writer = cache.writer("numbers", {"one": np.int32, "none": np.uint64})
    for start in (0, 3, 9):
        writer.append("one", np.arange(start, start + 3))
    segment = writer.finish()
    assert segment.arrays["one"].tolist() == [0, 1, 2, 3, 4, 5, 9, 10, 11]
    assert segment.part("one", 2, 7).tolist() == [2, 3, 4, 5, 9]
    assert segment.part("none", 0, 0).tolist() == []
    cache.commit(CacheState(1, "", 1, (segment,)))
    if on_disk:
        again = SegmentCache(tmp_path / "cache", "1").load().segments[0]
        assert again.arrays["one"].tolist() == segment.arrays["one"].tolist()
        assert again.arrays["none"].dtype == np.uint64
        assert not list((tmp_path / "cache").glob("*.tmp"))


def test_segments_that_were_joined_leave_no_files(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path, "1")
    parts = tuple(cache.write("part", {"a": np.arange(3)}) for _ in range(3))
    whole = cache.write("part", {"a": np.arange(9)})
    cache.discard(parts)
    cache.commit(CacheState(1, "", 1, (whole,)))
    assert {path.name.partition(".")[0] for path in tmp_path.glob("*.npy")} == {whole.name}


answers = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=1, max_size=6)


def bank_of(folder: Path, documents: list[list[str]]) -> Bank:
    bank = Bank.open(folder, create=True)
    for n, sentences in enumerate(documents):
        half = len(sentences) // 2
        answer = "\n".join(" ".join(part) for part in (sentences[:half], sentences[half:]) if part)
        record = {"id": f"stuk-{n}", "date": f"2031-03-{n + 1:02}", "question": "Hoe zit dat?", "answer": answer}
        bank.add(parse(json.dumps(record).encode(), "register"))
    return bank


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=answers, small=st.integers(1, 3))
def test_indexes_in_small_parts_give_what_they_give_as_a_whole(
    tmp_path_factory: pytest.TempPathFactory, documents: list[list[str]], small: int
) -> None:
    folder = tmp_path_factory.mktemp("bank")
    with bank_of(folder / "whole", documents) as bank:
        expected = outcome(bank)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit_index, "CHUNK", small)
        patch.setattr(unit_index, "_DOCUMENTS", small)
        patch.setattr(sentence_runs, "CHUNK", small)
        patch.setattr(merging.run_blocks, "__defaults__", (small,))
        patch.setattr(merging.word_blocks, "__defaults__", (small,))
        patch.setattr(linking, "PART", 5 * small)
        patch.setattr(linking, "_GROUP", small)
        patch.setattr(linking._Texts, "_MOST", small)
        with bank_of(folder / "parts", documents) as bank:
            assert outcome(bank) == expected
        # Joined as little as possible: results do not depend on how many segments there are.
        patch.setattr(reuse_index, "last_to_merge", len)
        patch.setattr(unit_index, "last_to_merge", len)
        with bank_of(folder / "apart", documents) as bank:
            assert outcome(bank) == expected


def outcome(bank: Bank) -> object:
    """What the three indexes say of a bank."""
    units = UnitIndex.open(bank)
    reuse = ReuseIndex.open(bank)
    standard = StandardPassages.open(bank)
    weights = dict.fromkeys(units.analyser.terms(" ".join(SENTENCES)), 1.0)
    hits = [
        [(hit.passage, hit.start, hit.end, hit.score) for hit in reuse.candidates(sentence)] for sentence in SENTENCES
    ]
    keys = [passage.key for passage in bank.passages()]
    return (
        np.round(units.scores(weights), 5).tolist(),
        [found.tolist() for found in units.members(np.arange(len(units)))],
        units.unit_of(np.array(keys)).tolist(),
        hits,
        [
            (cluster.id, [(v.text, [u.passage for u in v.uses]) for v in cluster.variants])
            for cluster in standard.clusters()
        ],
        [standard.relatives(key) for key in keys],
        standard.repeats(np.array(keys)).tolist(),
    )


def test_the_index_of_repeated_sentences_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StopsAtOnce(Silent):
        def cancelled(self) -> bool:
            return True

    monkeypatch.setattr(sentence_runs, "CHUNK", 2)
    with bank_of(tmp_path, [[sentence] for sentence in SENTENCES]) as bank:
        with pytest.raises(Cancelled):
            ReuseIndex.open(bank, StopsAtOnce())
        index = ReuseIndex.open(bank)
        assert index.sentences == len(SENTENCES)
        assert index.candidates(SENTENCES[2])[0].text == SENTENCES[2]


def unit_vectors(count: int, seed: int) -> np.ndarray[Any, Any]:
    vectors = np.random.default_rng(seed).standard_normal((count, 16)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype("<f2")


def entries(path: Path) -> list[set[int]]:
    """The rows in each list of an inverted file."""
    import faiss

    index = faiss.read_index(str(path))
    lists = index.invlists
    return [
        set(faiss.rev_swig_ptr(lists.get_ids(n), lists.list_size(n)).tolist()) if lists.list_size(n) else set()
        for n in range(index.nlist)
    ]


def test_an_inverted_file_is_the_same_in_whatever_parts_it_is_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit_vectors(3000, 1).tofile(tmp_path / "vectors")
    rows = Rows(tmp_path / "vectors", 3000, 16)
    build(rows, tmp_path / "whole.faiss", None, 0)
    monkeypatch.setattr(inverted_file, "_CHUNK", 700)
    monkeypatch.setattr(inverted_file, "_GATHERED", 100)
    build(rows, tmp_path / "parts.faiss", None, 0)
    assert (tmp_path / "whole.faiss").read_bytes() == (tmp_path / "parts.faiss").read_bytes()
    assert sum(map(len, entries(tmp_path / "parts.faiss"))) == 3000


def test_rows_are_added_to_an_inverted_file(tmp_path: Path) -> None:
    unit_vectors(3000, 1).tofile(tmp_path / "vectors")
    path, added = tmp_path / "first.faiss", tmp_path / "added.faiss"
    build(Rows(tmp_path / "vectors", 2500, 16), path, None, 0)
    build(Rows(tmp_path / "vectors", 3000, 16), added, path, 2500)
    before, after = entries(path), entries(added)
    assert all(one <= other for one, other in zip(before, after, strict=True))
    assert set().union(*after) == set(range(3000))
    assert not [entry for entry in tmp_path.iterdir() if entry.is_dir()]
