"""The resolver: which days an expression means, seen from the date of the document."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.dutch.time.calendar import Recess, Season, month, prinsjesdag, quarter, recess, season, session_year
from answers_bank.dutch.time.dates import MONTHS
from answers_bank.dutch.time.expressions import TimeKind, find_times
from answers_bank.dutch.time.relations import Relation

D = datetime.date
DATES = st.dates(min_value=D(2005, 1, 1), max_value=D(2045, 12, 31))
DAY_MONTHS = st.dates(min_value=D(2023, 1, 1), max_value=D(2023, 12, 31)).map(
    lambda d: f"{d.day} {MONTHS[d.month - 1]}"
)


def only(text: str, date: datetime.date | None):
    found = find_times(text, date)
    assert len(found) == 1, [text[t.start : t.end] for t in found]
    return found[0]


@given(DAY_MONTHS, DATES)
def test_jl_is_the_latest_such_day_and_never_in_the_future(words: str, date: datetime.date) -> None:
    found = only(f"Op {words} jl. is dit besproken.", date)
    assert found.kind is TimeKind.LAST
    assert found.interval is not None
    assert found.interval.first == found.interval.last <= date
    # 29 February apart, the same day comes back each year: nothing later could have been meant.
    assert (date - found.interval.last).days <= (366 if "29 februari" not in words else 8 * 366)
    assert found.rewrite == f"Op {words} {found.interval.first.year}"


@given(DAY_MONTHS, DATES)
def test_as_is_the_first_such_day_and_never_in_the_past(words: str, date: datetime.date) -> None:
    found = only(f"Het debat van {words} a.s. gaat door.", date)
    assert found.kind is TimeKind.NEXT
    assert found.interval is not None
    assert found.interval.first >= date


@given(st.sampled_from(MONTHS), st.sampled_from(["", "begin ", "medio ", "eind "]), DATES)
def test_month_jl_is_never_in_the_future(name: str, phase: str, date: datetime.date) -> None:
    found = only(f"Sinds {phase}{name} jl. is dat zo.", date)
    assert found.interval is not None
    assert found.interval.last <= date
    assert found.interval.first.month == MONTHS.index(name) + 1


@given(DATES)
def test_this_year_holds_the_document_and_ends_with_the_year(date: datetime.date) -> None:
    found = only("Dat is dit jaar gebeurd.", date)
    assert found.interval is not None
    assert date in found.interval
    assert found.over == D(date.year + 1, 1, 1)
    assert found.rewrite == f"in {date.year}"


@given(st.sampled_from(["dit", "vorig", "volgend", "komend", "afgelopen"]), DATES)
def test_words_for_years_point_the_right_way(word: str, date: datetime.date) -> None:
    interval = only(f"Het plan is {word} jaar besproken.", date).interval
    assert interval is not None
    if word in {"vorig", "afgelopen"}:
        assert interval.first < date
        assert interval.last <= date
    elif word == "dit":
        assert date in interval
    else:
        assert interval.last > date


@given(st.sampled_from(["voorjaar", "zomer", "najaar"]), DATES)
def test_seasons_past_and_coming(name: str, date: datetime.date) -> None:
    past = only(f"afgelopen {name} is begonnen", date).interval
    coming = only(f"komend {name} volgt meer", date).interval
    assert past is not None
    assert coming is not None
    assert past.last <= date < coming.first


@given(st.integers(1, 20), st.sampled_from(["weken", "maanden", "jaar"]), DATES)
def test_stretches_touch_the_document(count: int, unit: str, date: datetime.date) -> None:
    past = only(f"in de afgelopen {count} {unit}", date).interval
    coming = only(f"de komende {count} {unit}", date).interval
    assert past is not None
    assert past.last == date
    assert coming is not None
    assert coming.first == date


@given(DATES)
def test_before_the_summer_recess_is_over_when_the_recess_begins(date: datetime.date) -> None:
    found = only("Ik informeer uw Kamer vóór het zomerreces.", date)
    assert found.relation is Relation.BEFORE
    assert found.interval is not None
    assert found.interval.last >= date
    assert found.over == found.interval.first


@given(st.text(max_size=80), DATES)
def test_any_text_is_survived_and_spans_are_in_order(text: str, date: datetime.date) -> None:
    found = find_times(text, date)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


WRITTEN = D(2025, 12, 10)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("op 14 juli jl.", D(2025, 7, 14), D(2025, 7, 14)),
        ("op 17 december jl.", D(2024, 12, 17), D(2024, 12, 17)),
        ("op 10 december jl.", D(2025, 12, 10), D(2025, 12, 10)),
        ("op 13 en 14 mei jl.", D(2025, 5, 13), D(2025, 5, 14)),
        ("eind oktober jl.", D(2025, 10, 21), D(2025, 10, 31)),
        ("oktober jongstleden", D(2025, 10, 1), D(2025, 10, 31)),
        ("dit najaar", D(2025, 9, 22), D(2025, 12, 20)),
        ("komend voorjaar", D(2026, 3, 20), D(2026, 6, 20)),
        ("in het najaar van dit jaar", D(2025, 9, 22), D(2025, 12, 20)),
        ("het tweede kwartaal van volgend jaar", D(2026, 4, 1), D(2026, 6, 30)),
        ("Q3 2026", D(2026, 7, 1), D(2026, 9, 30)),
        ("in 2027", D(2027, 1, 1), D(2027, 12, 31)),
        ("de periode 2026-2030", D(2026, 1, 1), D(2030, 12, 31)),
        ("schooljaar 2026-2027", D(2026, 8, 1), D(2027, 7, 31)),
        ("dit schooljaar", D(2025, 8, 1), D(2026, 7, 31)),
        ("vorige week", D(2025, 12, 1), D(2025, 12, 7)),
        ("afgelopen maandag", D(2025, 12, 8), D(2025, 12, 8)),
        ("na Prinsjesdag", D(2026, 9, 15), D(2026, 9, 15)),
    ],
)
def test_examples(text: str, first: datetime.date, last: datetime.date) -> None:
    interval = only(text, WRITTEN).interval
    assert interval is not None
    assert (interval.first, interval.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        ("Op 14 juli jl.", "Op 14 juli 2025."),
        ("eind oktober jl. was", "eind oktober 2025"),
        ("Dit najaar", "In het najaar van 2025"),
        ("voor het einde van het jaar", "voor het einde van 2025"),
        ("begin volgend jaar", "begin 2026"),
        ("in het voorjaar van volgend jaar", "in het voorjaar van 2026"),
        ("het afgelopen jaar", None),
    ],
)
def test_rewrites_only_what_is_certain(text: str, rewrite: str | None) -> None:
    assert only(text, WRITTEN).rewrite == rewrite


@pytest.mark.parametrize(
    "text",
    [
        "kinderen van 7 en 12 jaar",
        "binnen één uur",
        "artikel 2.8.8 Sv",
        "in die periode",
        "gevangenisstraf van vier jaar",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text, WRITTEN) == []


def test_without_a_date_only_what_is_written_in_full_is_resolved() -> None:
    assert only("op 14 juli jl.", None).interval is None
    assert only("dit jaar", None).interval is None
    assert only("op 14 juli 2025", None).interval is not None


@given(st.integers(1900, 2100))
def test_prinsjesdag_is_the_third_tuesday_of_september(year: int) -> None:
    day = prinsjesdag(year)
    assert (day.month, day.weekday()) == (9, 1)
    assert 15 <= day.day <= 21


def test_session_years_turn_on_prinsjesdag() -> None:
    assert session_year(D(2025, 9, 15)) == "2024-2025"
    assert session_year(D(2025, 9, 16)) == "2025-2026"


@given(st.integers(2000, 2060))
def test_recesses_follow_each_other_through_the_year(year: int) -> None:
    order = [recess(kind, year) for kind in (Recess.SPRING, Recess.MAY, Recess.SUMMER, Recess.AUTUMN, Recess.CHRISTMAS)]
    assert all(a.last < b.first for a, b in itertools.pairwise(order))
    assert D(year, 12, 25) in order[-1]
    assert season(Season.SUMMER, year).last < season(Season.AUTUMN, year).last
    assert quarter(year, 4).last == month(year, 12).last == D(year, 12, 31)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("eerder deze maand", D(2025, 12, 1), D(2025, 12, 31)),
        ("volgende maand", D(2026, 1, 1), D(2026, 1, 31)),
        ("dit kwartaal", D(2025, 10, 1), D(2025, 12, 31)),
        ("vorig kwartaal", D(2025, 7, 1), D(2025, 9, 30)),
    ],
)
def test_calendar_units(text: str, first: datetime.date, last: datetime.date) -> None:
    interval = only(text, WRITTEN).interval
    assert interval is not None
    assert (interval.first, interval.last) == (first, last)


NAMED = (
    "op 14 juli jl.", "eind oktober jl.", "in het voorjaar jl.", "op 3 en 4 mei jl.", "op 2 juni a.s.",
    "per 1 januari a.s.", "dit jaar", "vorig jaar", "volgend jaar", "begin dit jaar", "eind vorig jaar",
    "in de loop van dit jaar",
    "voor het einde van dit jaar", "dit voorjaar", "afgelopen zomer", "komend najaar", "deze winter", "vorige winter",
    "afgelopen september", "komende maart", "deze maand", "vorige maand", "volgende maand", "eind vorige maand",
    "dit kwartaal", "vorig kwartaal", "volgend kwartaal", "dit schooljaar", "vorig schooljaar", "volgend schooljaar",
    "gisteren", "eergisteren", "vandaag", "in het najaar van dit jaar", "in het tweede kwartaal van volgend jaar",
    "afgelopen woensdag", "vrijdag a.s.",
)  # fmt: skip


@given(st.sampled_from(NAMED), DATES)
def test_what_is_offered_instead_means_the_same_days_for_ever(words: str, date: datetime.date) -> None:
    meant = only(f"Dat is {words} zo.", date)
    if meant.rewrite is None:
        return
    (again,) = find_times(f"Dat is {meant.rewrite} zo.", None)
    assert again.kind is TimeKind.ABSOLUTE
    assert again.interval is not None
    assert meant.interval is not None
    # Of what has begun only the part up to the day of writing is meant; the winter is named by its two years.
    assert again.interval.first <= meant.interval.first
    assert meant.interval.last <= again.interval.last


PAST = [w for w in NAMED if "jl." in w or w.startswith(("vorig", "afgelopen", "gisteren", "eergisteren", "eind vorig"))]
COMING = [w for w in NAMED if "a.s." in w or w.startswith(("volgend", "komend"))]


@given(st.sampled_from(PAST), DATES)
def test_the_past_has_been(words: str, date: datetime.date) -> None:
    interval = only(f"Dat is {words} gebeurd.", date).interval
    assert interval is not None
    assert interval.last <= date


@given(st.sampled_from(COMING), DATES)
def test_what_comes_is_not_over(words: str, date: datetime.date) -> None:
    interval = only(f"Dat gaat {words} in.", date).interval
    assert interval is not None
    assert interval.last >= date


@given(st.sampled_from(["maandag", "woensdag", "zondag"]), DATES)
def test_weekdays_lie_within_a_week(name: str, date: datetime.date) -> None:
    past = only(f"afgelopen {name} is dat besproken", date).interval
    coming = only(f"komende {name} is het debat", date).interval
    assert past is not None
    assert coming is not None
    assert 1 <= (date - past.last).days <= 7
    assert 1 <= (coming.first - date).days <= 7


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Op 14 juli jl. is dat gemeld.", "Op 14 juli 2025 is dat gemeld."),
        ("Dat was op 14 juli jl.", "Dat was op 14 juli 2025."),
        ("Dat was op 14 juli jl. De dijk hield.", "Dat was op 14 juli 2025. De dijk hield."),
        ("De brief (van 14 juli jl.) is er.", "De brief (van 14 juli 2025) is er."),
        ("Dit jaar is dat gebeurd.", "In 2025 is dat gebeurd."),
        ("De cijfers van vorig jaar.", "De cijfers van 2024."),
        ("Vorige maand is dat gemeld.", "In november 2025 is dat gemeld."),
        ("Sinds vorige maand geldt dat.", "Sinds november 2025 geldt dat."),
        ("Afgelopen zomer was dat zo.", "In de zomer van 2025 was dat zo."),
        ("Dat is eind vorige maand besloten.", "Dat is eind november 2025 besloten."),
        ("Gisteren sloot de sluis.", "Op 9 december 2025 sloot de sluis."),
        ("Nog dit jaar volgt een brief.", "Nog in 2025 volgt een brief."),
        ("Het afgelopen voorjaar was droog.", "Het afgelopen voorjaar was droog."),
        ("Vorig voorjaar was droog.", "Vorig voorjaar was droog."),
        ("Volgend voorjaar is er meer.", "In het voorjaar van 2026 is er meer."),
        ("Dit najaar was droog.", "In het najaar van 2025 was droog."),
    ],
)
def test_the_sentence_stays_a_sentence(text: str, after: str) -> None:
    for found in reversed(find_times(text, WRITTEN)):
        if found.rewrite is not None:
            text = text[: found.start] + found.rewrite + text[found.end :]
    assert text == after


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("op 12 mrt 2026", D(2026, 3, 12), D(2026, 3, 12)),
        ("12 dec. jl.", D(2025, 12, 12), D(2025, 12, 12)),
        ("2026-03-12", D(2026, 3, 12), D(2026, 3, 12)),
        ("31-12-1999", D(1999, 12, 31), D(1999, 12, 31)),
        ("over anderhalf jaar", D(2025, 12, 20), D(2027, 6, 20)),
        ("binnen achttien maanden", D(2025, 12, 20), D(2027, 6, 20)),
    ],
)
def test_one_moment_in_several_ways_of_writing(text: str, first: datetime.date, last: datetime.date) -> None:
    found = only(text, D(2025, 12, 20))
    assert found.interval is not None
    assert (found.interval.first, found.interval.last) == (first, last)


@pytest.mark.parametrize("text", ["de jan van dit huis", "dec", "in feb", "vergaderjaar 2024/25"])
def test_what_is_no_moment(text: str) -> None:
    assert [t for t in find_times(text, D(2025, 12, 20)) if t.interval] == []


MONDAY = D(2025, 3, 24)


@pytest.mark.parametrize(
    ("text", "words", "first", "rewrite"),
    [
        ("Vorig jaar zomer was de brug dicht.", "Vorig jaar zomer", D(2024, 6, 21), "In de zomer van 2024"),
        ("Sinds vorig jaar najaar is dat zo.", "Sinds vorig jaar najaar", D(2024, 9, 22), "Sinds het najaar van 2024"),
        ("Volgend jaar maart is de brug klaar.", "Volgend jaar maart", D(2026, 3, 1), "In maart 2026"),
        ("Dat komt volgend jaar eind mei.", "volgend jaar eind mei", D(2026, 5, 21), "eind mei 2026"),
        ("Dit jaar maart is zij gekeurd.", "Dit jaar maart", D(2025, 3, 1), "In maart 2025"),
        (
            "Vorige week donderdag kwam er een brief.",
            "Vorige week donderdag",
            D(2025, 3, 20),
            "Op donderdag 20 maart 2025",
        ),
        ("Wij spreken woensdag volgende week.", "woensdag volgende week", D(2025, 4, 2), "op woensdag 2 april 2025"),
        ("Het overleg van vorige week vrijdag.", "vorige week vrijdag", D(2025, 3, 21), "vrijdag 21 maart 2025"),
        ("Gisteravond was de sluis dicht.", "Gisteravond", D(2025, 3, 23), "In de avond van 23 maart 2025"),
        ("De brief kwam vanochtend.", "vanochtend", D(2025, 3, 24), "in de ochtend van 24 maart 2025"),
        ("Morgenmiddag is er overleg.", "Morgenmiddag", D(2025, 3, 25), "In de middag van 25 maart 2025"),
        ("Ik spreek morgen met de schippers.", "morgen", D(2025, 3, 25), "op 25 maart 2025"),
        ("Vanaf heden geldt dit.", "heden", D(2025, 3, 24), "24 maart 2025"),
        ("Op 12 mrt jl. is zij gekeurd.", "Op 12 mrt jl.", D(2025, 3, 12), "Op 12 maart 2025"),
        ("Op 12-03 jl. is zij gekeurd.", "Op 12-03 jl.", D(2025, 3, 12), "Op 12 maart 2025"),
        ("Na Pinksteren volgt meer.", "Na Pinksteren", D(2025, 6, 8), None),
        ("Dat was twee weken terug.", "twee weken terug", D(2025, 2, 24), None),
        ("Vannacht is de dijk versterkt.", "Vannacht", D(2025, 3, 23), None),
        ("Vorig jaar winter was het koud.", "Vorig jaar winter", D(2023, 12, 21), None),
    ],
)
def test_expressions_of_several_words_and_short_ones(
    text: str, words: str, first: datetime.date, rewrite: str | None
) -> None:
    found = only(text, MONDAY)
    assert text[found.start : found.end] == words
    assert found.interval is not None
    assert found.interval.first == first
    assert found.rewrite == rewrite


@pytest.mark.parametrize(
    "text",
    [
        "Op een morgen is de sluis gebouwd.",
        "Heden ten dage is dat anders.",
        "De borg komt na drie maanden terug.",
        "Het heden en het verleden verschillen.",
        "De verhouding is 12-03.",
    ],
)
def test_words_that_only_look_like_a_day(text: str) -> None:
    assert find_times(text, MONDAY) == []
