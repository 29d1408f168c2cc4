"""Numbers, dates, references and names: what a text says, however it is written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.dutch.names.abbreviations import abbreviates
from answers_bank.dutch.names.finder import find_names, same_bearer
from answers_bank.dutch.numbers import figures, half, number_word, ordinal, part
from answers_bank.dutch.time.expressions import find_moments
from drafter.checks.comparison.statements.items import ItemKind
from drafter.checks.comparison.statements.quantities import quantities
from drafter.checks.comparison.statements.references import references
from drafter.checks.comparison.statements.statement import statement

_SMALL = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien "
    "vijftien zestien zeventien achttien negentien"
).split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()


def spell(number: int) -> str:
    """A number in Dutch words, one word, as the spelling rules have it."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, unit = _TENS[number // 10 - 2], number % 10
        joint = "ën" if unit in (2, 3) else "en"
        return tens if not unit else _SMALL[unit] + joint + tens
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return ("" if hundreds == 1 else _SMALL[hundreds]) + "honderd" + (spell(rest) if rest else "")
    thousands, rest = divmod(number, 1000)
    return ("" if thousands == 1 else spell(thousands)) + "duizend" + (spell(rest) if rest else "")


@given(st.integers(0, 999_999))
def test_every_number_word_is_read(number: int) -> None:
    assert number_word(spell(number)) == number


@given(st.integers(0, 10**12))
def test_figures_with_points_are_read(number: int) -> None:
    assert figures(f"{number:,}".replace(",", ".")) == number


@given(st.text("abcdefghijklmnopqrstuvwxyz ", max_size=12))
def test_other_words_are_no_numbers_or_have_one_value(word: str) -> None:
    value = number_word(word)
    assert value is None or value >= 0


@pytest.mark.parametrize("word", ["paard", "vierkant", "eenheid", "honderden", "tientallen", "zesje", "miljoen", ""])
def test_words_that_only_look_like_numbers(word: str) -> None:
    assert number_word(word) is None


def test_parts_halves_and_ranks() -> None:
    assert (part("tweederde"), part("driekwart"), part("kwart"), part("bord")) == (
        Fraction(2, 3),
        Fraction(3, 4),
        Fraction(1, 4),
        None,
    )
    assert (half("anderhalf"), half("tweeënhalf"), half("heel")) == (Fraction(3, 2), Fraction(5, 2), None)
    assert (ordinal("derde"), ordinal("12e"), ordinal("lid")) == (3, 12, None)
    assert figures("1,5") == Decimal("1.5")
    assert figures("2.7.59") is None


def said(text: str, kind: ItemKind) -> list[object]:
    return [item.value for item in statement(text).items if item.kind is kind]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Het kost € 1.100.000.", "Het kost 1,1 miljoen euro.", ItemKind.AMOUNT),
        ("Het kost € 25 mln.", "Het kost vijfentwintig miljoen euro.", ItemKind.AMOUNT),
        ("Dat is 50 procent.", "Dat is de helft.", ItemKind.SHARE),
        ("Dat is één op de vijf.", "Dat is 20%.", ItemKind.SHARE),
        ("Binnen een half jaar.", "Binnen zes maanden.", ItemKind.TERM),
        ("Binnen twee weken.", "Binnen 14 dagen.", ItemKind.TERM),
        ("Binnen een kwartier.", "Binnen vijftien minuten.", ItemKind.TERM),
        ("Elk jaar.", "Jaarlijks.", ItemKind.FREQUENCY),
        ("Er zijn 1 100 000 eieren.", "Er zijn 1.100.000 eieren.", ItemKind.NUMBER),
        ("Artikel 18, vierde lid.", "Het vierde lid van artikel 18.", ItemKind.ARTICLE),
        ("Art. 5, lid 2, onder b.", "Artikel 5, tweede lid, onderdeel b.", ItemKind.ARTICLE),
        ("Kamerstuk 99 999, nr. 7.", "Kamerstukken II 2030/31, 99999, nr. 7.", ItemKind.CITATION),
    ],
)
def test_two_notations_give_one_value(first: str, second: str, kind: ItemKind) -> None:
    assert said(first, kind) == said(second, kind) != []


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("8 september 2025", "8-9-2025", True),
        ("10 maart jl.", "10 maart 2026", True),
        ("10 maart jl.", "12 maart 2026", False),
        ("eind oktober jl.", "eind oktober 2025", True),
        ("in het vierde kwartaal van 2024", "in Q4 2024", True),
        ("het voorjaar van 2026", "april 2026", True),
        ("het voorjaar van 2026", "het najaar van 2026", False),
        ("de eerste helft van 2026", "de tweede helft van 2026", False),
        ("dit jaar", "volgend jaar", False),
        ("dit jaar", "2026", True),
        ("in juni", "in juli", False),
        ("12 mrt 2026", "2026-03-12", True),
        ("12 mrt 2026", "12 dec. 2026", False),
        ("eind juni", "begin juni", False),
        ("het zomerreces", "het kerstreces", False),
    ],
)
def test_moments_agree_as_far_as_they_are_fixed(first: str, second: str, agree: bool) -> None:
    ((one,), (other,)) = (mention.moments for text in (first, second) for mention in find_moments(text, []))
    assert one.agrees(other) is agree
    assert other.agrees(one) is agree


@given(st.text(max_size=80))
def test_any_text_can_be_taken_apart(text: str) -> None:
    found = statement(text)
    spans = [(i.start, i.end) for i in found.items] + [(n.start, n.end) for n in found.names] + list(found.negations)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert references(text) is not None
    assert quantities(text, []) is not None


@pytest.mark.parametrize(
    "text", ["Noot ¹ en ², deel ③.", "½ miljoen", "٣ dagen", "artikel ⁴, lid ⁵", "€ ²", "1 ²³⁴ 567"]
)
def test_digits_of_other_kinds_do_no_harm(text: str) -> None:
    assert statement(text).text == text


def test_a_name_and_its_short_form_are_one_bearer() -> None:
    (full,) = find_names("De Autoriteit Duinen en Dijken (hierna: ADD) is onafhankelijk.", [])
    (short,) = find_names("Dat doet de ADD.", [])
    (other,) = find_names("Dat doet de AZW.", [])
    assert same_bearer(full, short)
    assert not same_bearer(full, other)


def test_initials() -> None:
    assert abbreviates("ADD", "Autoriteit Duinen en Dijken")
    assert not abbreviates("XYZ", "Autoriteit Duinen en Dijken")


def test_a_ministry_is_known_by_name_and_letters() -> None:
    (name,) = find_names("het ministerie van Economische Zaken en Klimaat (EZK)", [])
    assert (name.sort, name.key) == ("ministry", "EZK")


@pytest.mark.parametrize(
    "text",
    [
        "Vragen van het lid Duinker over veerponten (ingezonden 6 mei 2025, 2025Z90417).",
        "Antwoord van minister Rietkraag (Wind en Water) (ontvangen 2 juni 2025).",
        "Hierbij zend ik u de antwoorden op de vragen van het lid Duinker, ingezonden op 6 mei 2025 (2025Z90417).",
        "In antwoord op uw brief met kenmerk 2025Z90417 van 6 mei 2025 deel ik u het volgende mee.",
        "De vragen die op 6 mei 2025 zijn ingezonden, gaan over veerponten (zaaknummer 2025Z90417).",
        "Datum 2 juni 2025",
        "Den Haag, 2 juni 2025",
    ],
)
def test_what_tells_a_set_apart_is_never_compared(text: str) -> None:
    assert {item.kind for item in statement(text).items} <= {ItemKind.INTERNAL}


@pytest.mark.parametrize(
    "text",
    [
        "De aanvraag is op 6 mei 2025 ingezonden bij het waterschap.",
        "Op 6 mei 2025 is de vergunning verleend.",
        "In antwoord op vragen meldde mijn voorganger dat de sluis op 6 mei 2025 opengaat.",
        "Wadland, 6 mei 2025 en Duinland volgen later.",
    ],
)
def test_other_days_are_compared(text: str) -> None:
    assert ItemKind.DATE in {item.kind for item in statement(text).items}
