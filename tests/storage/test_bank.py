"""What goes into the bank comes out equal; a changed document replaces its old self; nothing is left behind."""

from __future__ import annotations

import datetime
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bank_samples import make_document, make_letter
from support.encoder import TinyEncoder

from answers_bank.documents import Answer, Document, Footnote, Kind, Passage, Question, Role, Section
from answers_bank.filling.encoding import encode_waiting
from answers_bank.store.bank import Bank
from answers_bank.store.stored import Filters, stored_passages
from embeddings.errors import BankError


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank.open(tmp_path / "bank", create=True)


def rows(bank: Bank) -> dict[str, int]:
    tables = (
        "document question answer section passage person see_also footnote piece encoded_text to_encode vector file"
    )
    return {t: bank.sql(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables.split()}  # noqa: S608


def test_a_document_comes_back_equal(bank: Bank) -> None:
    for document in (make_document(), make_letter()):
        assert bank.add(document) == "added"
        assert bank.document(document.id) == document
        assert document.id in bank


texts = st.text(st.characters(codec="utf-8"), max_size=30)


@given(texts, texts, texts, st.lists(st.integers(0, 99), max_size=3).map(tuple))
def test_any_text_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, one: str, two: str, three: str, numbers: tuple[int, ...]
) -> None:
    document = Document(
        id=f"x{one}",
        sha256="",
        source=two,
        kind=Kind.OTHER,
        text=one + two + three,
        subject=three or None,
        questions=(Question(numbers, one, 0, len(one)),),
        answers=(Answer(numbers, (Passage(two, len(one), len(one) + len(two)),)),),
        sections=(Section(one, (Passage(three, 0, 0),)),),
        footnotes=(Footnote("note", two, three, 0, 0),),
        properties={one: two},
    )
    with Bank.open(tmp_path_factory.mktemp("bank"), create=True) as bank:
        bank.add(document)
        assert bank.document(document.id) == document
        assert [p.text for p in bank.passages(document.id)] == [p.text for p in stored_passages(document)]


def test_adding_twice_changes_nothing(bank: Bank) -> None:
    bank.add(make_document())
    before, generation = rows(bank), bank.generation
    assert bank.add(make_document()) == "unchanged"
    assert rows(bank) == before
    assert bank.generation == generation


def test_a_changed_document_replaces_the_old_one(bank: Bank) -> None:
    bank.add(make_document(number=1))
    bank.add(make_letter())
    keys = {p.key for p in bank.passages("doc-1")}
    assert bank.add(make_document(number=2)) == "updated"
    assert bank.document("doc-1") == make_document(number=2)
    assert not keys & {p.key for p in bank.passages("doc-1")}, "keys are never used again"
    assert bank.find_words("1 mei 2031", match="phrase") == []
    assert bank.damage() == []


def test_removing_leaves_nothing_behind(bank: Bank) -> None:
    empty = rows(bank)
    bank.add(make_document())
    bank.remove("doc-1")
    assert rows(bank) == empty
    assert bank.find_words("windautoriteit") == []
    with pytest.raises(KeyError):
        bank.document("doc-1")
    with pytest.raises(KeyError):
        bank.remove("doc-1")


def test_passages_are_numbered_in_the_order_of_the_text(bank: Bank) -> None:
    bank.add(make_document())
    found = list(bank.passages("doc-1"))
    assert found == list(stored_passages(make_document()))
    assert [p.id for p in found] == [f"doc-1#{n}" for n in range(1, 7)]
    assert [p.role for p in found] == [Role.QUESTION, Role.ANSWER, Role.ANSWER] * 2
    assert [p.numbers for p in found] == [(1,)] * 3 + [(2,)] * 3
    text = make_document().text
    assert all(text[p.start : p.end] == p.text for p in found)
    assert bank.passage("doc-1#2") == found[1]
    for wrong in ("doc-1#99", "doc-1", "#", "doc-1#x", "nope#1"):
        with pytest.raises(KeyError):
            bank.passage(wrong)


def test_passages_can_be_followed(bank: Bank) -> None:
    bank.add(make_document("a"))
    first = [passage.key for passage in bank.passages_after(0)]
    assert first == sorted(first)
    assert all(p.role is not Role.QUESTION for p in bank.passages_after(0))
    assert len(list(bank.passages_after(0, roles=None))) == 6
    generation = bank.generation
    bank.add(make_letter())
    bank.remove("a")
    later = list(bank.passages_after(first[-1]))
    assert [p.document for p in later] == ["brief-1", "brief-1"]
    assert bank.passages_by_key([*first, later[0].key]) == {later[0].key: later[0]}
    ((passages, pieces),) = bank.removed_since(generation)
    assert passages is not None
    assert passages[0] <= first[0] <= first[-1] <= passages[1]
    assert pieces is not None
    assert bank.removed_since(bank.generation) == []


def test_words_are_found_by_their_stem_in_any_spelling(bank: Bank) -> None:
    bank.add(make_document())
    bank.add(make_letter())

    def documents(text: str, match: str = "all") -> set[str]:
        keys = [key for key, _ in bank.find_words(text, match=match)]  # type: ignore[arg-type]
        return {p.document for p in bank.passages_by_key(keys).values()}

    assert documents("keuren windmolens") == {"brief-1"}
    assert documents("toezichten") == {"doc-1"}
    assert documents("WINDAUTORITEITEN") == {"doc-1"}
    assert documents("draaiende delen", "phrase") == {"doc-1"}
    assert documents("delen draaiende", "phrase") == set()
    assert documents("wat vindt de minister van het toezicht en van alles wat er is", "any") == {"doc-1"}
    assert documents("in", "any") == {"brief-1"}, "function words count where there is nothing else"
    assert documents('" OR * NEAR(') == set()
    assert documents("") == set()


def test_filters(bank: Bank) -> None:
    bank.add(make_document("a", number=1))
    bank.add(make_document("b", number=2))
    bank.add(make_letter("c"))

    def found(**filters: object) -> list[str]:
        return [d.id for d in bank.documents(Filters(**filters))]  # type: ignore[arg-type]

    assert found() == ["c", "b", "a"]
    assert found(after=datetime.date(2031, 5, 3)) == ["c", "b"]
    assert found(before=datetime.date(2031, 5, 3)) == ["a"]
    assert found(portfolio="zeeen en fin") == ["b", "a"]
    assert found(minister="bries") == ["c"]
    assert found(party="wind") == ["b", "a"]
    assert found(party="win") == []
    assert found(kinds=frozenset({Kind.LETTER, Kind.ORAL})) == ["c"]
    assert found(dossier="99123") == found(dossier="99 123") == ["c"]
    summary = bank.documents()[1]
    assert summary.askers[0].party == "WIND"
    assert [m.name for m in summary.ministers] == ["T. Wervel", "B. Golf"]
    assert summary.portfolio == "Wind en Water"


def test_documents_by_official_numbers(bank: Bank) -> None:
    bank.add(make_document("a", number=1))
    bank.add(make_letter("c"))
    assert [d.id for d in bank.find_documents(case_number="2031Z00001")] == ["a"]
    assert [d.id for d in bank.find_documents(aanhangsel=101, session_year="2030-2031")] == ["a"]
    assert bank.find_documents(aanhangsel=101, session_year="2031-2032") == []
    assert [d.id for d in bank.find_documents(dossier="99 123", dossier_number="7")] == ["c"]
    assert bank.find_documents() == []


def test_who_signed_for_a_portfolio_last(bank: Bank) -> None:
    bank.add(make_document("a", number=1))
    bank.add(make_letter("c"))
    assert [s.name for s in bank.signatures("wind")] == ["K. Bries", "T. Wervel"]
    assert bank.signatures("wind", before=datetime.date(2032, 1, 1))[0].name == "T. Wervel"
    assert [s.name for s in bank.signatures("financien")] == ["B. Golf"]
    assert len(bank.signatures()) == 3


def test_a_text_is_encoded_once_and_kept_for_all(bank: Bank) -> None:
    encoder = TinyEncoder()
    bank.add(make_document("a", number=1))
    bank.add(make_document("b", number=1))
    distinct = bank.vectors.waiting()
    assert encode_waiting(bank, encoder) == distinct == encoder.encoded
    assert bank.info().pieces == 2 * distinct
    bank.remove("a")
    assert bank.info().vectors == distinct
    assert encode_waiting(bank, encoder) == 0
    bank.remove("b")
    assert bank.info().vectors == 0


def test_vectors_of_two_models_never_mix(bank: Bank) -> None:
    bank.add(make_document("a", number=1))
    encode_waiting(bank, TinyEncoder())
    bank.add(make_document("b", number=2))
    with pytest.raises(BankError, match="bank rebuild"):
        encode_waiting(bank, TinyEncoder(name="other"))
    with pytest.raises(BankError, match="andere gewichten"):
        bank.vectors.check_model(TinyEncoder(dimension=32).identity)
    bank.vectors.forget()
    waiting = bank.vectors.waiting()
    assert encode_waiting(bank, TinyEncoder(name="other")) == waiting == bank.info().vectors
    assert bank.info().model == "other"


def test_read_only_sees_what_is_added_and_writes_nothing(bank: Bank) -> None:
    bank.add(make_document("a"))
    with Bank.open(bank.folder, read_only=True) as reader:
        assert "a" in reader
        bank.add(make_document("b", number=2))
        assert "b" in reader
        assert reader.generation == bank.generation
        assert reader.cache_folder is not None
        assert bank.folder not in reader.cache_folder.parents
        with pytest.raises(BankError, match="lezen"):
            reader.add(make_document("c"))


def test_many_threads_read_while_one_writes(bank: Bank) -> None:
    bank.add(make_document("a"))
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                whole = {p.document for p in bank.passages()}
                assert "a" in whole
                assert len(list(bank.passages("a"))) == 6
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(30):
        bank.add(make_document(f"b{number}", number=number))
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert bank.info().documents == 31


def test_an_exception_undoes_the_whole_transaction(bank: Bank) -> None:
    bank.add(make_document("a"))
    before = rows(bank)

    def fail() -> None:
        with bank.transaction():
            bank.add(make_document("b", number=2))
            bank.remove("a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows(bank) == before
    assert bank.damage() == []


def test_words_are_made_again_when_their_stems_are_of_another_version(bank: Bank) -> None:
    bank.add(make_document("a"))
    with bank.transaction():
        bank.sql("INSERT INTO words (words) VALUES ('delete-all')")
        bank.set_meta("word_version", "an older one")
    bank.close()
    with Bank.open(bank.folder) as again:
        assert again.find_words("windautoriteit")


def test_info_counts(bank: Bank) -> None:
    bank.add(make_document("a"))
    bank.add(make_letter("c"))
    info = bank.info()
    assert (info.documents, info.questions, info.answers, info.passages) == (2, 2, 2, 8)
    assert info.kinds == {"answer": 1, "letter": 1}
    assert (info.first_date, info.last_date) == (datetime.date(2031, 5, 2), datetime.date(2032, 2, 2))
    assert info.model is None
    assert info.bytes > 0


def test_a_closed_bank_says_so(bank: Bank) -> None:
    bank.close()
    bank.close()
    with pytest.raises(BankError, match="gesloten"):
        bank.info()


def test_a_bank_that_cannot_be_written_is_opened_to_read(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    bank.add(make_document())
    bank.close()
    monkeypatch.setattr("os.access", lambda path, mode: not (mode & os.W_OK and bank.folder in (path, path.parent)))
    with Bank.open(bank.folder) as shared:
        assert shared.read_only
        assert shared.document("doc-1") == make_document()
        with pytest.raises(BankError, match="lezen"):
            shared.remove("doc-1")
