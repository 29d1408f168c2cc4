"""Standard passages of an invented bank."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.encoder import TinyEncoder

from answers_bank.filling.encoding import encode_waiting
from answers_bank.index.standard_passages import StandardPassages, clusters
from answers_bank.store.bank import Bank
from drafter.bank_views.passage_timelines import timelines
from drafter.search.searcher import Searcher
from drafter.search.values import SearchQuery
from tests.unit.search.test_search import BREAD, DAY, WATER, answer

FIRST = "De keringen langs de Zilverbeek worden elk jaar door het waterschap bekeken op scheuren en verzakking."
SECOND = "Het waterschap meldt mij de uitkomsten van die ronde binnen een maand en herstelt wat nodig is."
EDITED = FIRST.replace("elk jaar", "twee keer per jaar")
OTHER = "Over de prijs van het brood ga ik niet, want die bepalen de bakkers van het land samen met elkaar."


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        bank.add(answer("ah-1", DAY, WATER, "Dijken", ("Is het veilig?", f"Ja. {FIRST} {SECOND}")))
        bank.add(answer("ah-2", DAY.replace(year=2032), WATER, "Dijken", ("Is het nu veilig?", f"{FIRST} {SECOND}")))
        bank.add(answer("ah-3", DAY.replace(year=2033), BREAD, "Brood", ("En de dijk?", f"{EDITED} {SECOND}\n{OTHER}")))
        yield bank


def test_sentences_that_recur_together_are_one_passage_with_its_history(bank: Bank) -> None:
    (cluster,) = clusters(bank)
    assert (cluster.documents, cluster.uses, cluster.users) == (3, 3, ("Wind en Water", "Brood en Spelen"))
    old, new = cluster.variants
    assert old.text == f"{FIRST} {SECOND}"
    assert [use.document for use in old.uses] == ["ah-1", "ah-2"]
    assert new.text == f"{EDITED} {SECOND}"
    assert [old.newest, new.newest] == [False, True]
    use = old.uses[0]
    assert bank.passage(use.passage).text[use.start : use.end] == old.text


def test_the_word_difference_from_one_variant_to_the_next(bank: Bank) -> None:
    (timeline,) = timelines(bank)
    assert timeline.differences[0] is None
    changes = timeline.differences[1] or ()
    assert "".join(c.text for c in changes if c.op != "insert") == f"{FIRST} {SECOND}"
    assert "".join(c.text for c in changes if c.op != "delete") == f"{EDITED} {SECOND}"
    shown = json.loads(json.dumps(timeline.json))
    assert shown["variants"][1]["newest"] is True
    assert timelines(bank, words="kering verzakkingen")
    assert not timelines(bank, words="brood")
    assert not timelines(bank, least=4)


def test_the_newest_variant_of_a_passage(bank: Bank) -> None:
    found = StandardPassages.open(bank)
    old = bank.passage("ah-2#2")
    (newest,) = found.newest_variants([old])
    assert newest is not None
    assert newest.document == "ah-3"
    assert found.newest_variants([newest]) == [None]
    assert found.newest_variants([old], before=DAY.replace(year=2033)) == [None]


def test_links_follow_the_bank(bank: Bank) -> None:
    StandardPassages.open(bank)
    bank.add(answer("ah-4", DAY.replace(year=2034), WATER, "Dijken", ("Nog eens?", f"{EDITED} {OTHER}")))
    assert StandardPassages.open(bank).clusters()[0].documents == 4
    bank.remove("ah-4")
    bank.remove("ah-3")
    (cluster,) = clusters(bank)
    assert [v.newest for v in cluster.variants] == [True]


def test_search_tells_that_there_is_a_newer_variant(bank: Bank, encoder: TinyEncoder) -> None:
    encode_waiting(bank, encoder)
    found = Searcher(bank, encoder).search(SearchQuery("Is het veilig bij de dijk langs de Zilverbeek?"))
    passages = {p.passage.document: p for r in found for p in r.passages if "keringen" in p.text}
    assert passages["ah-2"].newest == passages["ah-3"].id
    assert passages["ah-3"].newest is None
    why = {r.document: r.why.lower() for r in found}
    assert "deze alinea staat ook in het antwoord van 1 mei 2033 (brood) en in nog 1 stuk" in why["ah-1"]
    assert "een alinea hiervan staat ook in het antwoord van 1 mei 2032 (dijken) en in nog 1 stuk" in why["ah-3"]


@pytest.fixture
def repeated(bank: Bank, encoder: TinyEncoder) -> Callable[[datetime.date | None], dict[str, float]]:
    encode_waiting(bank, encoder)
    searcher = Searcher(bank, encoder)

    def found(before: datetime.date | None = None) -> dict[str, float]:
        return {r.document: r.scores["repeated"] for r in searcher.search(SearchQuery("keringen dijk", before=before))}

    return found


def test_what_was_not_there_yet_does_not_count_as_repeated(
    repeated: Callable[[datetime.date | None], dict[str, float]],
) -> None:
    assert repeated(None)["ah-1"] > repeated(DAY.replace(year=2033))["ah-1"] > 0
    assert repeated(DAY.replace(year=2032)) == {"ah-1": 0.0}


def test_what_was_taken_out_does_not_count_as_repeated(
    bank: Bank, encoder: TinyEncoder, repeated: Callable[[datetime.date | None], dict[str, float]]
) -> None:
    both = repeated(None)
    bank.remove("ah-3")
    one = repeated(None)
    assert both["ah-1"] > one["ah-1"] > 0
    bank.remove("ah-2")
    assert repeated(None) == {"ah-1": 0.0}
    (alone,) = Searcher(bank, encoder).search(SearchQuery("keringen dijk"))
    assert "ook in" not in alone.why


def test_a_document_that_was_renewed_does_not_repeat_itself(bank: Bank, encoder: TinyEncoder) -> None:
    alone = answer("ah-9", DAY, BREAD, "Bakkers", ("Wie bakt er?", OTHER.replace("brood", "gebak")))
    bank.remove("ah-3")
    bank.add(alone)
    bank.remove("ah-9")
    bank.add(dataclasses.replace(alone, sha256="nieuw"))
    encode_waiting(bank, encoder)
    found = {r.document: r for r in Searcher(bank, encoder).search(SearchQuery("gebak van bakkers"))}
    assert found["ah-9"].scores["repeated"] == 0
    assert "ook in" not in found["ah-9"].why


def test_nothing_recurs_in_an_empty_bank(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "leeg", create=True) as bank:
        assert clusters(bank) == ()
