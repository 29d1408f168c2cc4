"""Search on an invented bank with a tiny encoder."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.encoder import TinyEncoder

from answers_bank.documents import Answer, Asker, Document, Kind, OfficeHolder, Passage, Question, Section
from answers_bank.filling.encoding import encode_waiting
from answers_bank.store.bank import Bank
from answers_bank.store.stored import Filters
from drafter.search.searcher import Searcher
from drafter.search.signals.portfolio import likeness
from drafter.search.values import Mode, SearchQuery
from embeddings.errors import UsageError

DAY = datetime.date(2031, 5, 1)
WATER = OfficeHolder("Kolk", "Wind en Water", "minister")
BREAD = OfficeHolder("Meel", "Brood en Spelen", "minister")


def answer(
    identifier: str, date: datetime.date, minister: OfficeHolder, subject: str, *pairs: tuple[str, str]
) -> Document:
    """A set of questions and answers; the text is what stands in it, in order."""
    text = ""
    questions, answers = [], []
    for number, (asked, said) in enumerate(pairs, 1):
        questions.append(Question((number,), asked, len(text), len(text) + len(asked)))
        text += asked + "\n"
        paragraphs = []
        for part in said.split("\n"):
            paragraphs.append(Passage(part, len(text), len(text) + len(part)))
            text += part + "\n"
        answers.append(Answer((number,), tuple(paragraphs)))
    return Document(
        id=identifier,
        sha256=identifier,
        source=f"{identifier}.txt",
        kind=Kind.ANSWER,
        text=text,
        subject=subject,
        received=date,
        askers=(Asker("Duin", "ZEE"),),
        ministers=(minister,),
        questions=tuple(questions),
        answers=tuple(answers),
        url=f"https://voorbeeld.example/{identifier}",
    )


MILLS_AT_BROOK = ("Hoeveel molens staan er aan de Zilverbeek?", "Er staan twaalf molens aan de Zilverbeek.")
MILLS = answer(
    "ah-1",
    DAY,
    WATER,
    "Vergunningen voor molens",
    (
        "Hoe lang duurt het verlenen van een molenvergunning?",
        "Een vergunning voor molens duurt acht weken.\nDat is zo.",
    ),
    MILLS_AT_BROOK,
)
BREADS = answer(
    "ah-2",
    DAY.replace(year=2032),
    BREAD,
    "Broodprijzen",
    ("Wat kost een brood?", "Een brood kost drie gulden, zegt de bakker."),
)
NEWER = answer(
    "ah-3",
    DAY.replace(year=2033),
    WATER,
    "Molens",
    MILLS_AT_BROOK,
)
LETTER_TEXT = "De dijken bij Kerkeveer worden dit jaar verhoogd met twee voet."
LETTER = Document(
    "kst-9",
    "kst-9",
    "brief.txt",
    Kind.LETTER,
    LETTER_TEXT,
    subject="Voortgang dijken",
    received=DAY.replace(year=2032),
    ministers=(WATER,),
    sections=(Section("Dijken", (Passage(LETTER_TEXT, 0, len(LETTER_TEXT)),)),),
)


@pytest.fixture
def bank(tmp_path: Path, encoder: TinyEncoder) -> Iterator[Bank]:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        for document in (MILLS, BREADS, LETTER):
            bank.add(document)
        encode_waiting(bank, encoder)
        yield bank


@pytest.fixture(params=[Mode.HYBRID, Mode.MEANING, Mode.WORDS])
def mode(request: pytest.FixtureRequest) -> Mode:
    return Mode(request.param)


def test_the_right_answer_comes_first_in_every_mode(bank: Bank, encoder: TinyEncoder, mode: Mode) -> None:
    found = Searcher(bank, encoder).search(SearchQuery("Hoe lang duurt een vergunning voor een molen?", mode=mode))
    first = found[0]
    assert (first.document, first.numbers, first.rank) == ("ah-1", (1,), 1)
    assert first.question == "Hoe lang duurt het verlenen van een molenvergunning?"
    assert [p.text for p in first.passages] == ["Een vergunning voor molens duurt acht weken.", "Dat is zo."]
    assert [MILLS.text[p.passage.start : p.passage.end] for p in first.passages] == [p.text for p in first.passages]
    assert first.passages[0].score > first.passages[1].score
    assert all(a.score >= b.score for a, b in itertools.pairwise(found))
    assert all(0 <= r.score <= 1 for r in found)


def test_sections_of_letters_are_found_as_units(bank: Bank, encoder: TinyEncoder) -> None:
    first = Searcher(bank, encoder).search(SearchQuery("verhoging van de dijken bij Kerkeveer"))[0]
    assert (first.document, first.heading, first.question, first.numbers) == ("kst-9", "Dijken", None, ())


def test_what_has_no_question_is_found_by_its_subject(bank: Bank, encoder: TinyEncoder) -> None:
    found = {r.document: r for r in Searcher(bank, encoder).search(SearchQuery("Voortgang dijken Dijken"))}
    assert found["kst-9"].scores["subject"] > found["kst-9"].scores["answer"]
    assert "question" not in found["kst-9"].scores
    assert "onderwerp lijkt erop" in found["kst-9"].why.lower()
    assert "subject" not in found["ah-1"].scores


def test_it_says_why(bank: Bank, encoder: TinyEncoder) -> None:
    searcher = Searcher(bank, encoder)
    first = searcher.search(SearchQuery("Wat kost een brood bij de bakker?", portfolio="Brood en Spelen"))[0]
    assert "zelfde portefeuille" in first.why
    assert "brood" in first.why
    assert first.why[0].isupper()


def test_the_addressee_is_a_preference_and_filters_are_not(bank: Bank, encoder: TinyEncoder) -> None:
    searcher = Searcher(bank, encoder)
    text = "Wat kost een molen?"
    everyone = {r.document for r in searcher.search(SearchQuery(text, portfolio="Brood en Spelen"))}
    assert {"ah-1", "ah-2"} <= everyone
    only = searcher.search(SearchQuery(text, filters=Filters(portfolio="brood")))
    assert {r.document for r in only} == {"ah-2"}
    letters = searcher.search(SearchQuery("dijken molens", filters=Filters(kinds=frozenset({Kind.LETTER}))))
    assert {r.document for r in letters} == {"kst-9"}


def test_before_after_and_exclude(bank: Bank, encoder: TinyEncoder) -> None:
    searcher = Searcher(bank, encoder)
    day = datetime.date(2032, 5, 1)
    assert {r.document for r in searcher.search(SearchQuery("molens brood dijken", before=day))} == {"ah-1"}
    later = searcher.search(SearchQuery("molens brood dijken", filters=Filters(after=day)))
    assert {r.document for r in later} == {"ah-2", "kst-9"}
    rest = searcher.search(SearchQuery("molens brood dijken", exclude=frozenset({"ah-1"})))
    assert {r.document for r in rest} == {"ah-2", "kst-9"}


def test_the_newest_comes_first_among_equals(bank: Bank, encoder: TinyEncoder) -> None:
    bank.add(answer("ah-0", NEWER.date or DAY, WATER, "Molens", ("Hoeveel molens?", "Er staan twaalf molens bij Loo.")))
    bank.add(answer("ah-4", DAY, WATER, "Molens", ("Hoeveel molens?", "Er staan twaalf molens bij Loo.")))
    encode_waiting(bank, encoder)
    found = Searcher(bank, encoder).search(SearchQuery("Hoeveel molens bij Loo?"))
    assert [r.document for r in found[:2]] == ["ah-0", "ah-4"]


def test_the_search_follows_the_bank(bank: Bank, encoder: TinyEncoder, mode: Mode) -> None:
    searcher = Searcher(bank, encoder)
    query = SearchQuery("Hoeveel molens staan er aan de Zilverbeek?", mode=mode)
    assert searcher.search(query)[0].document == "ah-1"
    bank.add(NEWER)
    encode_waiting(bank, encoder)
    assert searcher.search(query)[0].document == "ah-3"
    bank.remove("ah-3")
    assert searcher.search(query)[0].document == "ah-1"
    assert "ah-3" not in {r.document for r in searcher.search(query)}


def test_each_of_many_gives_what_it_gives_alone(bank: Bank, encoder: TinyEncoder) -> None:
    searcher = Searcher(bank, encoder)
    queries = [SearchQuery("molens"), SearchQuery("brood", mode=Mode.WORDS), SearchQuery("dijken bij Kerkeveer")]
    assert searcher.search_many(queries) == [searcher.search(query) for query in queries]


def test_passages_of_all_units_best_first(bank: Bank, encoder: TinyEncoder) -> None:
    found = Searcher(bank, encoder).passages(SearchQuery("twaalf molens aan de Zilverbeek", k=3))
    assert found[0].text == "Er staan twaalf molens aan de Zilverbeek."
    assert len(found) == 3
    assert found[0].score > found[1].score


def test_without_a_model_words_still_serve_and_meaning_says_so(bank: Bank) -> None:
    searcher = Searcher(bank)
    assert searcher.search(SearchQuery("molenvergunning"))[0].document == "ah-1"
    with pytest.raises(UsageError, match="taalmodel"):
        searcher.search(SearchQuery("molen", mode=Mode.MEANING))


def test_compounds_are_found_by_their_parts(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        for n in range(3):
            said = "De molen kreeg een vergunning." if n else "Over de molenvergunning is beslist."
            bank.add(answer(f"ah-{n}", DAY, WATER, f"Zaak {n}", ("Wat nu?", said)))
            bank.add(answer(f"b-{n}", DAY, WATER, f"Molen {n}", ("Een vergunning?", "Een molen zonder vergunning.")))
        found = Searcher(bank).search(SearchQuery("beslist vergunning"))
        assert found[0].document == "ah-0"


@pytest.mark.parametrize("text", ["", "   ", "…", "zzz qqq", "\x1b[31m"])
def test_nothing_to_go_by_gives_no_error(bank: Bank, text: str) -> None:
    assert Searcher(bank).search(SearchQuery(text)) == ()


def test_an_empty_bank_gives_nothing(tmp_path: Path, encoder: TinyEncoder) -> None:
    with Bank.open(tmp_path / "leeg", create=True) as bank:
        assert Searcher(bank, encoder).search(SearchQuery("molens")) == ()
        assert Searcher(bank, encoder).passages(SearchQuery("molens")) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Justitie en Veiligheid", "Veiligheid en Justitie", 1.0),
        ("Minister van Justitie en Veiligheid", "Justitie en Veiligheid", 1.0),
        ("Wind en Water, belast met de Molens", "minister van Wind en Water", 1.0),
        ("Wind en Water", "Brood en Spelen", 0.0),
        ("Wind en Water", None, 0.0),
        ("Minister-president", "minister-president", 1.0),
        ("VWS", "Volksgezondheid, Welzijn en Sport", 1.0),
        ("minister van BZK", "Binnenlandse Zaken en Koninkrijksrelaties", 1.0),
        ("J&V", "minister van Justitie en Veiligheid", 1.0),
        ("JenV", "Justitie en Veiligheid", 1.0),
        ("staatssecretaris van I en W", "Infrastructuur en Waterstaat", 1.0),
        ("VWS", "Sociale Zaken en Werkgelegenheid", 0.0),
        ("D", "Defensie", 0.0),
    ],
)
def test_likeness_of_portfolios(one: str, other: str | None, alike: float) -> None:
    assert likeness(one, other) == alike
    assert 0 < likeness("Economische Zaken", "Economische Zaken en Klimaat") < 1
