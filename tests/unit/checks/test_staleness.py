"""Staleness on sentences of many kinds of administrative prose, all invented."""

import dataclasses
import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.checks.samples import LATER, WRITTEN, answered, letter

from drafter.checks import check_block, check_document
from drafter.checks.finding import Context, Grade, Severity

CONTEXT = Context(LATER)


def warned(text: str, date: datetime.date | None = WRITTEN, as_of: datetime.date = LATER) -> set[str]:
    return {f.rule for f in check_block(text, date, Context(as_of)) if f.severity is Severity.WARNING}


@pytest.mark.parametrize(
    "text",
    [
        "Op het moment dat het water stijgt, sluit de kering.",
        "De wet geldt sinds 1 september 2023.",
        "Op 8 september 2024 is de brug geopend.",
        "Kinderen van 7 tot en met 12 jaar kunnen meedoen.",
        "De aanvrager moet binnen zes weken bezwaar maken.",
        "Op grond van artikel 3 van de Waterwet 2009 is dat verboden.",
        "De rechter kan een gevangenisstraf van vier jaar opleggen.",
        "Vroeger was dat anders dan voorheen.",
        "Veiligheid gaat voor alles.",
        "Indien verdachten recente banden hebben, geldt dit ook.",
        "In 2022 waren er 412 meldingen.",
        "Iedere gemeente beslist daar zelf over.",
        "Het artikel ‘Nu nog geen oplossing voor de dijken’ is bekend.",
        "De Kamer is hierover op 3 maart 2024 geïnformeerd.",
        "Tot en met maart 2023 waren 1.204 aanvragen ontvangen.",
        "Er zijn drie manieren om de dijk te versterken.",
        "In Zeeland mogen alleen nog schepen met een vergunning varen.",
        "Dat betekent nog niet dat alles mag.",
        "De leidingen voorzien in aanmerking komende huizen van water.",
        "Mensen die te maken hebben met overlast, kunnen dat melden.",
        "De wet voorziet in een boete.",
        "Iedere vrijdag is de haven open.",
        "Dat staat in het verslag (Senaat, 2024-2025).",
        "Het gemaal is over het algemeen gesloten.",
        "Een sluis is van hoog belang als er schepen varen.",
        "Als de zitting wordt verlengd, blijft de zaal open.",
        "Meldt een beheerder een storing niet, dan kan de dienst een waarschuwing geven.",
        "Meldt hij weer niet, dan volgt een boete.",
        "Mede dankzij ons is deze oproep door 26 landen ondertekend.",
        "Dit wordt door deze drie organisaties onder de aandacht gebracht.",
        "Op 3 maart 2024 heeft minister Duinhelm dat genoemd.",
        "Ik heb op 3 maart 2024 met de commissaris van de Koning van Zeegat gesproken.",
        "Op grond van de regeling worden tegoeden bevroren.",
        "Sommige schippers gaven aan nog niet te weten of zij varen.",
    ],
)
def test_what_stays_true(text: str) -> None:
    assert warned(text) == set()


def test_a_rewrite_is_put_in_place_of_the_words() -> None:
    text = "De dijkgraven hebben op 3 februari jl. overlegd."
    found = next(f for f in check_block(text, WRITTEN, CONTEXT) if f.rule == "relative-date")
    assert text[found.start : found.end] == "op 3 februari jl."
    assert found.suggestion == "op 3 februari 2025"


def test_a_matter_of_two_sentences_is_told_by_its_words_and_not_by_all_that_stands_between() -> None:
    text = (
        "De dijkgraaf heeft het hoger beroep ingetrokken. Met de andere waterschappen langs de Zilte Bocht en de Kust "
        "steun ik de haven in het hoger beroep dat loopt."
    )
    (found,) = (one for one in check_block(text, WRITTEN, CONTEXT) if one.rule == "pending")
    assert found.quote.startswith("hoger beroep ingetrokken. Met")
    assert found.line == found.message
    assert "waterschappen" not in found.message


def test_the_date_that_is_meant_ends_its_message_with_one_full_stop() -> None:
    (found,) = check_block("Dat staat in de brief van 5 januari jl.", WRITTEN, CONTEXT)
    assert found.message.endswith("5 januari 2025.")
    assert found.suggestion == "5 januari 2025."
    assert found.grade is Grade.ADAPT


def test_figures_of_sentences_in_a_row_are_one_matter() -> None:
    text = "Er wachten 8.500 schippers op een ligplaats. Daarvan hebben ruim 1.200 schippers een boot van hout."
    (found,) = check_block(text, WRITTEN, CONTEXT)
    assert "8.500" in found.quote
    assert "1.200" in found.quote


def test_the_newest_of_a_told_day_is_one_matter_with_that_day() -> None:
    (found,) = check_block("Tijdens de meest recente vergadering (24 januari jl.) is dat besproken.", WRITTEN, CONTEXT)
    assert found.rule == "relative-date"


def test_what_has_passed_is_called_expired() -> None:
    text = "Het rapport is naar verwachting in het najaar van 2025 gereed."
    past = next(f for f in check_block(text, WRITTEN, CONTEXT) if f.rule == "expectation")
    assert past.grade is Grade.EXPIRED
    assert past.stale_from == datetime.date(2025, 12, 21)
    coming = next(f for f in check_block(text, WRITTEN, Context(datetime.date(2025, 6, 1))) if f.rule == "expectation")
    assert coming.grade is Grade.UNCERTAIN


def test_a_text_of_today_speaks_of_its_own_present() -> None:
    assert warned("Momenteel loopt het onderzoek; op 3 februari jl. is het gestart.", as_of=WRITTEN) == set()


def test_without_a_date_the_words_still_count() -> None:
    assert warned("Op dit moment is de voorraad toereikend, zie het antwoord op vraag 3.", date=None) >= {
        "ongoing",
        "internal-reference",
    }


def test_questions_and_quotations_are_left_alone() -> None:
    document = answered(("Wat is momenteel de stand van zaken?", "Dat is bekend."))
    assert check_document(document, CONTEXT, ["staleness"]) == ()


def test_places_are_in_the_text_of_the_document() -> None:
    document = answered(("Hoe staat het?", "Ja."), ("En nu?", "Het onderzoek loopt momenteel nog."))
    found = check_document(document, CONTEXT, ["staleness"])
    assert found
    assert all(" ".join(document.text[f.start : f.end].split()) == f.quote for f in found)
    assert {f.question for f in found} == {2}


def test_line_ends_do_not_hide_words() -> None:
    assert "ongoing" in warned("De stand is op dit\nmoment onbekend.")
    assert "pending" in warned("Dit wordt door de in-\nspectie onder-\nzocht.")


def test_signatures_are_told_apart_from_the_text() -> None:
    found = check_document(letter("Dat is zo.", signer="A. van Zeewind"), CONTEXT, ["staleness"])
    assert [(f.rule, f.quote) for f in found] == [("office-holder", "A. van Zeewind")]


def test_names_of_ministries_follow_the_register() -> None:
    text = "Het ministerie van Landbouw, Natuur en Voedselkwaliteit betaalt dit."
    found = next(f for f in check_block(text, datetime.date(2023, 1, 1), CONTEXT) if f.rule == "ministry")
    assert found.stale_from == datetime.date(2024, 7, 2)
    assert "Visserij" in found.message
    # A name that the text uses after our register says it ended: we know too little.
    assert "ministry" not in warned(text, date=datetime.date(2025, 6, 1))


@given(st.text(max_size=300), st.dates(datetime.date(2000, 1, 1), datetime.date(2040, 1, 1)))
def test_any_text_is_survived(text: str, date: datetime.date) -> None:
    for found in check_block(text, date, CONTEXT):
        assert 0 <= found.start <= found.end <= len(text)


@given(
    st.lists(st.sampled_from(["Dit jaar ", "op 3 mei jl. ", "zal ik uw Kamer ", "informeren. ", "momenteel ", "\n"]))
)
def test_findings_are_apart(words: list[str]) -> None:
    found = [f for f in check_block("".join(words), WRITTEN, CONTEXT) if f.check == "staleness"]
    for first, second in itertools.pairwise(found):
        assert first.end <= second.start


def test_what_the_reader_left_out_is_checked_all_the_same() -> None:
    document = answered(("Hoe staat het?", "Goed."), ("En nu?", "Ook goed."))
    lost = "Het onderzoek loopt momenteel nog. " * 12
    longer = dataclasses.replace(document, text=document.text + "\nVraag drie\n" + lost)
    assert any(f.rule == "pending" for f in check_document(longer, CONTEXT, ["staleness"]))
    assert check_document(document, CONTEXT, ["staleness"]) == ()


def told(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.quote) for f in check_block(text, WRITTEN, CONTEXT, only=["staleness"]) if f.is_warning]


def test_what_one_sentence_says_of_a_matter_is_one_warning() -> None:
    assert told(
        "De dijkinspectie wordt momenteel afgerond en zal binnenkort met uw Kamer worden besproken en gedeeld."
    ) == [("promise", "wordt momenteel afgerond en zal binnenkort met uw Kamer worden besproken en gedeeld")]
    assert len(told("De verwachting is dat het wetsvoorstel eind 2025 nog naar uw Kamer komt.")) == 1
    assert told("Zoals geschetst in het antwoord op vraag 9 is dat zo.") == [
        ("internal-reference", "Zoals geschetst in het antwoord op vraag 9")
    ]


def test_what_is_about_something_else_stays_apart() -> None:
    rules = [
        rule for rule, _ in told("Op 3 februari jl. heb ik u gemeld dat mijn ambtsvoorganger dit nu nog onderzoekt.")
    ]
    assert rules[0] == "relative-date"
    assert "cabinet" in rules


def test_a_promise_is_not_rewritten() -> None:
    text = "Ik zal uw Kamer voor het einde van dit jaar informeren."
    (found,) = [f for f in check_block(text, WRITTEN, CONTEXT) if f.is_warning]
    assert (found.rule, found.suggestion) == ("promise", None)


def test_what_still_lies_ahead_is_only_worth_a_look() -> None:
    text = "De middelen lopen tot half 2027."
    assert "expectation" not in warned(text)
    assert "expectation" in warned(text, as_of=datetime.date(2028, 1, 1))
    # A year that has begun may have brought it.
    assert "expectation" in warned("In 2026 wordt het programma voortgezet.", as_of=datetime.date(2026, 11, 1))


@pytest.mark.parametrize(
    "text",
    [
        "De school onderzoekt welke lessen helpen.",
        "De gevangenis is op dit moment vol.",
        "Het hoger beroep van de visser is onder de rechter.",
        "De inspectie laat een onderzoek doen naar de wachtlijsten.",
        "Het wetsvoorstel over huurtoeslag zal de armoede verminderen.",
        "Onlangs is een akkoord bereikt over de tekst van de richtlijn.",
        "De volgende Europese Commissie beslist daarover.",
        "U wordt hierover zo spoedig mogelijk geïnformeerd.",
        "Dit is de langste brug van Europa.",
        "In de komende jaren krijgt de veerdienst twee schepen.",
    ],
)
def test_what_a_signer_would_insist_on(text: str) -> None:
    assert warned(text)


@pytest.mark.parametrize(
    "text",
    [
        "De politie werkt aan uniforme opleidingen.",
        "De afgelopen jaren is veel bereikt.",
        "Zoals aangegeven in de brief van 26 juni 2023 is dat anders.",
        "Zo spoedig mogelijk na de storing is de dijk hersteld.",
        "Er zijn geen signalen dat de capaciteit tekortschiet.",
        "De Minister van Financiën gaat daarover.",
        "In dat geval wordt bekeken of de schade wordt vergoed.",
        "De sluiswachter mag in de afgelopen vijf jaar geen schip hebben gehad.",
        "Op 1 februari 2024 is besloten tot een bijdrage van 2 miljard euro.",
        "Daaronder valt ook de kade; de pier valt hieronder.",
        "De leden stelden de vragen aan de minister van Landbouw, Natuur en Voedselkwaliteit.",
    ],
)
def test_what_is_only_worth_a_look_or_nothing(text: str) -> None:
    assert warned(text, date=datetime.date(2024, 6, 1)) == set()


def test_one_law_in_one_sentence_is_one_signal_however_far_apart() -> None:
    far = "met wat daarover in de memorie van toelichting bij dat voorstel en in de adviezen van de diensten is gezegd"
    text = f"Het wetsvoorstel wordt nu behandeld, {far}, en het wetsvoorstel ligt nu bij de Kamer."
    found = [f for f in check_block(text, WRITTEN, CONTEXT) if f.rule == "law-status"]
    assert len(found) == 1
    apart = f"{text} De haven is open. Het wetsvoorstel over de kust ligt nu bij de Kamer."
    assert len([f for f in check_block(apart, WRITTEN, CONTEXT) if f.rule == "law-status"]) == 2


def test_a_term_with_a_day_of_its_own_asks_no_date_of_the_text() -> None:
    own = "De wet wordt binnen drie jaar na inwerkingtreding geëvalueerd."
    assert warned(own, None) == {"term"}
    assert "undated" in warned(f"{own} Vorige week is dat gemeld.", None)
