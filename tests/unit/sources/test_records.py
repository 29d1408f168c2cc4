"""Records of the official sources: their identifiers, and which of them are the same document."""

from __future__ import annotations

import dataclasses
import datetime
import json
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank import json_values
from answers_bank.documents import Asker, Kind, OfficeHolder
from answers_bank.sources.records import in_order, official_aanhangsel
from answers_bank.sources.tweedekamer import _amsterdam
from answers_bank.store.fetching.fetched import Body, Record, same_document

DAY = datetime.date(2025, 6, 6)


def record(**changes: object) -> Record:
    base = Record("tweedekamer", "k1", Kind.ANSWER, "Antwoord", DAY, "m1", case_number="2025Z00001")
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "identifier"),
    [
        ("242502376", "ah-tk-20242025-2376"),
        ("202103235", "ah-tk-20202021-3235"),
        ("252600001", "ah-tk-20252026-1"),
        ("", None),
        (None, None),
        ("x", None),
    ],
)
def test_the_chambers_number_gives_the_official_identifier(number: str | None, identifier: str | None) -> None:
    assert official_aanhangsel(number) == identifier


def test_bodies_stand_in_the_order_in_which_they_read_best() -> None:
    bodies = [Body("pdf", "p"), Body("metadata", "m"), Body("xml", "x"), Body("html", "h")]
    assert [body.format for body in in_order(bodies)] == ["xml", "html", "pdf"]


@given(
    st.text(max_size=20),
    st.dates(),
    st.lists(st.tuples(st.text(max_size=9), st.none() | st.text(max_size=5)), max_size=3),
    st.booleans(),
)
def test_a_record_survives_json(
    title: str, date: datetime.date, askers: list[tuple[str, str | None]], deleted: bool
) -> None:
    made = record(
        title=title,
        date=date,
        submitted=date,
        deleted=deleted,
        askers=tuple(Asker(*asker) for asker in askers),
        signers=(OfficeHolder("Duinkerk", "Wind en Water", "minister"),),
        bodies=(Body("xml", "u"),),
    )
    assert json_values.decode(Record, json.loads(json.dumps(json_values.encode(made)))) == made


def test_a_record_as_earlier_versions_kept_it_is_read() -> None:
    kept = dataclasses.asdict(record(askers=(Asker("Duinkerk"),), bodies=(Body("xml", "u"),)))
    kept = json.loads(json.dumps(kept, default=str))
    assert json_values.decode(Record, kept) == record(askers=(Asker("Duinkerk"),), bodies=(Body("xml", "u"),))


@given(st.datetimes(datetime.datetime(1996, 11, 1), datetime.datetime(2037, 1, 1)))
def test_amsterdam_time_is_that_of_the_time_zone_tables(moment: datetime.datetime) -> None:
    utc = moment.replace(tzinfo=datetime.UTC)
    assert _amsterdam(utc).replace(tzinfo=None) == utc.astimezone(ZoneInfo("Europe/Amsterdam")).replace(tzinfo=None)


class TestSameDocument:
    def test_two_sources_of_one_answer(self) -> None:
        official = record(source="officielebekendmakingen", key="ah-tk-20242025-9", identifier="ah-tk-20242025-9")
        assert same_document(official, record())
        assert same_document(record(), official)

    def test_an_answer_and_its_deferral_are_two(self) -> None:
        assert not same_document(record(), record(source="officielebekendmakingen", kind=Kind.DEFERRAL))

    def test_a_supplement_is_another_answer(self) -> None:
        other = record(source="officielebekendmakingen", key="k2", supplement=True)
        assert not same_document(record(), other)

    def test_two_final_identifiers_differ(self) -> None:
        one = record(identifier="ah-tk-20242025-1")
        two = record(source="officielebekendmakingen", key="k2", identifier="ah-tk-20242025-2")
        assert not same_document(one, two)

    def test_a_final_number_replaces_a_provisional_one(self) -> None:
        early = record(source="officielebekendmakingen", key="ah-1001", identifier="ah-1001", provisional=True)
        final = record(
            source="officielebekendmakingen", key="ah-tk-20242025-1", identifier="ah-tk-20242025-1", modified="m2"
        )
        assert same_document(early, final)

    def test_answers_of_one_case_far_apart_are_two(self) -> None:
        later = record(source="officielebekendmakingen", key="k2", date=DAY + datetime.timedelta(days=60))
        assert not same_document(record(), later)

    def test_one_source_that_keeps_two_apart_is_believed(self) -> None:
        assert not same_document(record(), record(key="k2"))
