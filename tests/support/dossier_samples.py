"""Invented dossiers, and strategies that make more of them."""

from __future__ import annotations

import dataclasses
import datetime

from hypothesis import strategies as st

from answers_bank.documents import Asker, Document, Kind, OfficeHolder, Question
from drafter.checks.finding import Coverage, Finding, Severity
from drafter.dossier.value import Block, BlockNote, Dossier, DraftAnswer, Origin, Status

MOMENT = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
SOURCE = "De windmeting loopt. In het najaar volgt een rapport. Daarna kiest het kabinet."


def clock() -> datetime.datetime:
    return MOMENT


def origin(text: str = SOURCE, start: int = 100) -> Origin:
    return Origin(
        document="ah-wind-1",
        passage="ah-wind-1#3",
        start=start,
        end=start + len(text),
        date=datetime.date(2025, 4, 1),
        text=text,
        title="Wind boven water",
        numbers=(2, 3),
    )


def finding(text: str, quote: str, suggestion: str | None = None, rule: str = "relative-date") -> Finding:
    start = text.index(quote)
    return Finding(
        check="staleness",
        rule=rule,
        severity=Severity.WARNING,
        start=start,
        end=start + len(quote),
        quote=quote,
        message="Dit moment is voorbij.",
        suggestion=suggestion,
    )


def questions(count: int = 4) -> Document:
    texts = [f"Hoe staat het met molen {n}?" for n in range(1, count + 1)]
    text = "\n".join(texts)
    starts = [text.index(t) for t in texts]
    return Document(
        id="set-1",
        sha256="0" * 64,
        source="vragen.txt",
        kind=Kind.QUESTIONS,
        text=text,
        subject="Molens boven water",
        submitted=datetime.date(2026, 2, 11),
        case_number="2026Z00001",
        askers=(Asker("Zeewier", "Partij voor de Kust"),),
        addressees=(OfficeHolder(None, "Wind en Water", "minister"),),
        questions=tuple(
            Question((n,), t, s, s + len(t)) for n, (t, s) in enumerate(zip(texts, starts, strict=True), start=1)
        ),
    )


def dossier() -> Dossier:
    note = BlockNote(len("De windmeting loopt."), "Zie het meetplan.")
    found = finding(SOURCE, "In het najaar", "In het najaar van 2025")
    blocks = (
        Block("b1", SOURCE, origin(), notes=(note,), findings=(found,)),
        Block("b2", "Eigen woorden.", seen=True),
        Block("b3", "De windmeting liep.", origin("De windmeting loopt.")),
    )
    answers = (
        DraftAnswer((1,), blocks, Status.DRAFTED, (Coverage(1, None, "Hoe staat het?", True, "b1"),)),
        *(DraftAnswer((n,)) for n in (2, 3, 4)),
    )
    return Dossier(
        id="wind",
        questions=questions(),
        answers=answers,
        as_of=datetime.date(2026, 3, 2),
        created=MOMENT,
        changed=MOMENT,
    )


_TEXT = st.text(max_size=40)
_DATES = st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))
_ORIGINS = st.builds(Origin, document=_TEXT, passage=_TEXT, date=_DATES, text=_TEXT, url=st.none() | _TEXT)
_FINDINGS = st.builds(Finding, check=_TEXT, rule=_TEXT, quote=_TEXT, message=_TEXT, stale_from=_DATES)
_BLOCKS = st.builds(
    Block,
    id=_TEXT,
    text=_TEXT,
    origin=st.none() | _ORIGINS,
    also=st.lists(_ORIGINS, max_size=2).map(tuple),
    notes=st.lists(st.builds(BlockNote, position=st.integers(0, 99), text=_TEXT), max_size=2).map(tuple),
    findings=st.lists(_FINDINGS, max_size=2).map(tuple),
    intended=st.lists(_TEXT, max_size=2).map(tuple),
)
_ANSWERS = st.builds(
    DraftAnswer,
    numbers=st.lists(st.integers(1, 60), min_size=1, max_size=3).map(tuple),
    blocks=st.lists(_BLOCKS, max_size=3).map(tuple),
    coverage=st.lists(
        st.builds(Coverage, question=st.integers(1, 60), label=st.none() | _TEXT, text=_TEXT, covered=st.booleans()),
        max_size=2,
    ).map(tuple),
)
DOSSIERS = st.builds(
    lambda answers, deferred, properties: dataclasses.replace(
        dossier(), answers=tuple(answers), deferred=deferred, properties=properties
    ),
    st.lists(_ANSWERS, max_size=4),
    st.booleans(),
    st.dictionaries(_TEXT, _TEXT, max_size=2),
)
