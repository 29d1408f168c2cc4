"""What a review calls verbatim, edited and own, and where it says a sentence comes from."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.dossiers import dossier as sample_dossier
from support.encoder import TinyEncoder

from answers_bank.documents import Answer, Kind, Question, Section
from answers_bank.dutch.sentences import sentences
from answers_bank.filling.encoding import encode_waiting
from answers_bank.store.bank import Bank
from drafter.reuse.reviewer import Reviewer
from drafter.reuse.values import Label, ReuseForm
from embeddings.errors import BankError

from .bank_of import HARBOUR, TURBINES, document, fill

SUPERVISION, LOCKS, CHANCE = sentences(HARBOUR)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank.open(tmp_path / "bank", create=True) as opened:
        yield fill(opened)


def test_word_for_word(bank: Bank) -> None:
    review = Reviewer(bank).review(document("nieuw", LOCKS))
    (sentence,) = review.sentences
    assert sentence.label is Label.VERBATIM
    assert sentence.similarity == 1.0
    assert [source.document for source in sentence.sources] == ["haven-nieuw", "haven-oud"]
    assert sentence.best is not None
    assert sentence.best.document == "haven-nieuw"
    assert review.tally.reused == 1.0


def test_marks_capitals_and_quotes_are_no_edit(bank: Bank) -> None:
    review = Reviewer(bank).review(document("nieuw", LOCKS.replace("De sluizen", "de  sluizen").rstrip(".") + ";"))
    assert review.sentences[0].label is Label.VERBATIM


def test_edited_shows_the_words_that_differ_and_the_change_of_meaning(bank: Bank) -> None:
    review = Reviewer(bank).review(document("nieuw", SUPERVISION.replace("binnen drie dagen", "binnen tien dagen")))
    (sentence,) = review.sentences
    assert sentence.label is Label.EDITED
    changed = [(change.op, change.text) for change in sentence.diff if change.op != "equal"]
    assert changed == [("delete", "drie"), ("insert", "tien")]
    assert [change.kind for change in sentence.changes] == ["term"]


def test_the_difference_is_lossless(bank: Bank) -> None:
    text = "Ook de sluizen bij Westerdam worden in het voorjaar vervangen door exemplaren met dubbele houten deuren."
    (sentence,) = Reviewer(bank).review(document("nieuw", text)).sentences
    assert "".join(change.text for change in sentence.diff if change.op != "delete") == sentence.text
    assert sentence.best is not None
    assert "".join(change.text for change in sentence.diff if change.op != "insert") == sentence.best.text


def test_own_text_has_no_source(bank: Bank) -> None:
    review = Reviewer(bank).review(document("nieuw", "Schapen grazen op de dijk wanneer het hooi binnen is."))
    assert review.sentences[0].label is Label.OWN
    assert review.sentences[0].sources == ()
    assert review.tally.reused == 0.0


def test_a_part_of_a_sentence_is_found(bank: Bank) -> None:
    text = "De Havenwacht Zilverkust houdt toezicht op alle kademuren."
    (sentence,) = Reviewer(bank).review(document("nieuw", text)).sentences
    assert sentence.best is not None
    assert sentence.best.relation is ReuseForm.CONTAINED


def test_two_sentences_made_into_one(bank: Bank) -> None:
    text = (
        "De sluizen bij Oosterdam worden in het voorjaar vervangen door exemplaren met dubbele deuren, waarmee de kans "
        "op wateroverlast in de binnenstad aanzienlijk daalt."
    )
    (sentence,) = Reviewer(bank).review(document("nieuw", text)).sentences
    assert sentence.best is not None
    assert sentence.best.relation is ReuseForm.JOINED
    assert sentence.best.text == f"{LOCKS} {CHANCE}"


def test_one_sentence_made_into_two(bank: Bank) -> None:
    text = (
        "De Havenwacht Zilverkust houdt toezicht op alle kademuren. "
        "De Havenwacht Zilverkust meldt gebreken binnen drie dagen aan het ministerie."
    )
    first, second = Reviewer(bank).review(document("nieuw", text)).sentences
    assert first.best is not None
    assert second.best is not None
    assert first.best.relation is second.best.relation is ReuseForm.SPLIT


def test_a_short_sentence_follows_its_neighbour(bank: Bank) -> None:
    bank.add(document("kort", f"Dat klopt. {TURBINES}", date=datetime.date(2030, 7, 1)))
    with_neighbour = Reviewer(bank).review(document("nieuw", f"Dat klopt. {TURBINES}"))
    assert with_neighbour.sentences[0].label is Label.VERBATIM
    alone = Reviewer(bank).review(document("nieuw", "Dat klopt. Schapen grazen op de dijk wanneer het hooi binnen is."))
    assert alone.sentences[0].label is Label.OWN


def test_neighbouring_sentences_of_one_source_are_one_passage(bank: Bank) -> None:
    review = Reviewer(bank).review(document("nieuw", f"{HARBOUR} Dat is goed nieuws voor alle schapen.", TURBINES))
    assert [(p.first, p.last, p.document) for p in review.passages] == [(0, 2, "haven-nieuw"), (4, 5, "molens")]
    assert review.documents[0].document == "haven-nieuw"
    assert review.oldest == datetime.date(2030, 5, 1)


def test_footnotes_that_changed_are_told(bank: Bank) -> None:
    bank.add(
        document("noot", "Het baggeren van de vaargeul bij Loodshaven begint na de paling.", notes=((0, 20, "Stuk 1"),))
    )
    text = "Het baggeren van de vaargeul bij Loodshaven begint na de paling."
    lost = Reviewer(bank).review(document("nieuw", text)).sentences[0]
    assert [(c.kind, c.removed, c.added) for c in lost.changes] == [("footnote", "Stuk 1", "")]
    other = Reviewer(bank).review(document("nieuw", text, notes=((0, 20, "Stuk 2"),))).sentences[0]
    assert [(c.kind, c.removed, c.added) for c in other.changes] == [("footnote", "Stuk 1", "Stuk 2")]


def test_the_text_itself_is_no_source(bank: Bank) -> None:
    bank.add(document("zelf", TURBINES.replace("zee", "het wad"), case_number="2031Z00001"))
    review = Reviewer(bank).review(document("anders", TURBINES.replace("zee", "het wad"), case_number="2031Z00001"))
    assert all(source.document != "zelf" for sentence in review.sentences for source in sentence.sources)


def test_spans_point_into_the_text(bank: Bank) -> None:
    given = document("nieuw", HARBOUR, "Eigen woorden over schapen.")
    for sentence in Reviewer(bank).review(given).sentences:
        assert given.text[sentence.start : sentence.end] == sentence.text


def test_a_dossier_is_reviewed_block_by_block(bank: Bank) -> None:
    given = sample_dossier()
    review = Reviewer(bank).review(given)
    text = given.text
    assert [text[s.start : s.end] for s in review.sentences] == [s.text for s in review.sentences]
    assert review.sentences[-1].numbers == (2,)


def test_the_same_text_gives_the_same_review(bank: Bank) -> None:
    given = document("nieuw", HARBOUR, TURBINES)
    assert Reviewer(bank).review(given) == Reviewer(bank).review(given)


def test_an_empty_bank_finds_nothing(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "leeg", create=True) as empty:
        assert Reviewer(empty).review(document("nieuw", HARBOUR)).tally.own == 3


def test_meaning_finds_what_shares_no_run_of_words(bank: Bank) -> None:
    encoder = TinyEncoder()
    encode_waiting(bank, encoder)
    text = "Binnen drie dagen meldt Havenwacht Zilverkust, die alle kademuren toezicht geeft, het ministerie gebreken."
    by_words = Reviewer(bank).review(document("nieuw", text))
    by_meaning = Reviewer(bank, encoder).review(document("nieuw", text))
    assert by_words.sentences[0].label is Label.OWN
    assert by_meaning.sentences[0].label is Label.EDITED
    assert by_meaning.by_meaning


def test_another_model_is_refused(bank: Bank) -> None:
    encode_waiting(bank, TinyEncoder())
    with pytest.raises(BankError, match="taalmodel"):
        Reviewer(bank, TinyEncoder(name="ander"))


def note_bank(path: Path) -> Bank:
    """A bank with one answer that has notes."""
    bank = Bank.open(path, create=True)
    fill(bank)
    notes = (
        (0, len(HARBOUR), "Kamerstukken II 2029/30, 99001, nr. 7"),
        (1, len(TURBINES), "Teller van de Molenbond, stand van 2 maart 2030, te vinden op de website van de bond."),
    )
    bank.add(document("haven-noten", HARBOUR, TURBINES, date=datetime.date(2030, 8, 1), notes=notes))
    return bank


def test_footnotes_are_reviewed_too(tmp_path: Path) -> None:
    notes = (
        (0, len(HARBOUR), "Kamerstukken II, 2029/30, 99 001, nr. 9."),
        (0, len(HARBOUR), "Eigen waarneming van de dijkgraaf."),
        (1, len(CHANCE), "Teller van de Molenbond, stand van 2 maart 2030, te vinden op de website van de bond"),
    )
    with note_bank(tmp_path / "bank") as bank:
        review = Reviewer(bank).review(document("nieuw", HARBOUR, CHANCE, notes=notes))
    first, second, third = review.footnotes
    assert (first.label, first.source is not None and first.source.document) == (Label.EDITED, "haven-noten")
    assert first.source_text == "Kamerstukken II 2029/30, 99001, nr. 7"
    assert "".join(change.text for change in first.diff if change.op != "delete") == first.text
    assert (second.label, second.source, second.diff) == (Label.OWN, None, ())
    assert (third.label, third.similarity) == (Label.VERBATIM, 1.0)
    assert review.sentences[third.sentence].text == CHANCE
    # Notes are told apart; the sentences are counted as before.
    assert review.tally.sentences == len(review.sentences) == 4


def test_a_note_that_repeats_a_sentence_of_the_bank(bank: Bank) -> None:
    review = Reviewer(bank).review(
        document("nieuw", "De dijk is hoog.", notes=((0, 16, LOCKS), (0, 16, "Zie bijlage.")))
    )
    assert [(note.label, note.source_text) for note in review.footnotes] == [(Label.VERBATIM, LOCKS), (Label.OWN, "")]


def test_short_citations_of_other_papers_are_no_edits(tmp_path: Path) -> None:
    """Where no reused sentence ties them together, only an equal citation counts."""
    notes = ((0, 10, "Kamerstukken II 2029/30, 99001, nr. 8"), (1, 10, "Kamerstukken II 2029/30, 99001, nr. 7"))
    with note_bank(tmp_path / "bank") as bank:
        paragraphs = ("De dijk is hoog genoeg.", "Het water is laag genoeg.", HARBOUR)
        review = Reviewer(bank).review(document("nieuw", *paragraphs, notes=notes))
    assert [note.label for note in review.footnotes] == [Label.OWN, Label.VERBATIM]


def test_what_the_members_say_with_their_questions_is_no_text_under_review_and_no_source(bank: Bank) -> None:
    said = "Deze vragen dienen ter aanvulling op eerdere vragen over de sluizen bij Oosterdam van het lid Zeewier."
    asked = Question((1,), "Hoe staat het met de sluizen?", 0, 29)
    whole = document("nieuw", LOCKS, said)
    first, second = whole.answers[0].paragraphs
    for heading in ("Toelichting", "Toelichting bij deze vragen", "Mededeling"):
        added = dataclasses.replace(
            whole, questions=(asked,), answers=(Answer((1,), (first,)),), sections=(Section(heading, (second,)),)
        )
        assert [s.text for s in Reviewer(bank).review(added).sentences] == [LOCKS]
        letter = dataclasses.replace(added, questions=(), answers=())
        assert [s.text for s in Reviewer(bank).review(letter).sentences] == [said]
    bank.add(dataclasses.replace(added, id="met-toelichting", sha256="t"))
    assert Reviewer(bank).review(document("later", said)).sentences[0].label is Label.OWN
    late = dataclasses.replace(added, kind=Kind.DEFERRAL, answers=())
    assert [s.text for s in Reviewer(bank).review(late).sentences] == [said]


def test_a_shared_name_makes_no_sentence_an_edit_of_another(bank: Bank) -> None:
    name = "De Rijksdienst voor Duinen, Stranden en Kwelders (RDSK)"
    bank.add(document("rdsk", f"{name} onderhoudt de strekdammen langs de noordkust.", date=datetime.date(2030, 7, 1)))
    text = f"{name} heeft in het jaarbericht gewezen op een tekort aan vrijwilligers."
    assert Reviewer(bank).review(document("nieuw", text)).sentences[0].label is Label.OWN
    same = f"{name} onderhoudt de strekdammen langs de noordkust."
    assert Reviewer(bank).review(document("nieuw", same)).sentences[0].label is Label.VERBATIM


def test_a_sentence_beside_one_that_was_taken_over_is_looked_for_in_that_passage(bank: Bank) -> None:
    first = "Wanneer de kustwacht een boei zonder licht opmerkt, meldt zij dat aan de beheerder van de vaarweg."
    bank.add(
        document("melding", f"{first} De beheerder moet de boei binnen twee uur herstellen of uit het water halen.")
    )
    second = "Deze heeft daarna twee uur om die boei te herstellen of weg te halen."
    best = Reviewer(bank).review(document("nieuw", f"{first} {second}")).sentences[1].best
    assert best is not None
    assert best.relation is ReuseForm.PARAPHRASE
    assert "binnen twee uur" in best.text
    other = "De haven heeft daarna enkele weken geen bezoekers ontvangen."
    assert Reviewer(bank).review(document("nieuw", f"{first} {other}")).sentences[1].label is Label.OWN
