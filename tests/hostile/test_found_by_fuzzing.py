"""What fuzzing found, kept small: each ended a command once; and some of what it tried to get there."""

from __future__ import annotations

import base64
import datetime
import json
from pathlib import Path

import pytest

from answers_bank.dutch.time.dates import parse_date
from answers_bank.dutch.time.expressions import find_moments, find_times
from answers_bank.reading import read_bytes
from benchmarks.fuzz_guided import TARGETS

EDGES = (datetime.date.max, datetime.date.min, datetime.date(9999, 1, 1), datetime.date(1, 2, 3), None)


@pytest.mark.parametrize("day", EDGES)
@pytest.mark.parametrize(
    "text",
    [
        "binnen zes weken na 1 mei 2031; begin volgende maand; de afgelopen vijf jaar; 29-2-2024",
        "over 9000 jaar, binnen 99999 maanden, de komende 12000 weken en in het voorjaar van 9999",
        "volgend jaar, vorig jaar, komend najaar, afgelopen winter, in het schooljaar 9999-10000, na het zomerreces",
        "op 31 december 9999, voor 1 januari 1, in week 53 van 9999, op Prinsjesdag 9999, in kwartaal 4 van 9999",
    ],
)
def test_times_at_the_edge_of_the_calendar_end_nothing(text: str, day: datetime.date | None) -> None:
    times = find_times(text, day)
    find_moments(text, [(time.start, time.end) for time in times])


@pytest.mark.parametrize("line", ["#", "-#-", "Pagina #", "# / #", "Kenmerk #"])
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_number_sign_is_no_page_number(line: str, ending: str) -> None:
    """Lines are compared with their figures as "#": one that stood there was read as a figure that was not."""
    text = "\n\f".join(f"Vraag {n}\nHoe luidt punt {n}?\n\nAntwoord {n}\nZo.\n\n{line}" for n in (1, 2, 3))
    document = read_bytes(text.encode(), f"a{ending}")
    assert len(document.questions) == 3
    counted = read_bytes(text.replace("#", "7").encode(), f"a{ending}")
    assert len(counted.questions) == 3


@pytest.mark.parametrize("text", ["3-3-" + "2" * 98, "2" * 40 + "-1-1", "9" * 5000 + ".1.1", "1 mei 20312031", "0-0-0"])
def test_figures_without_end_are_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert parse_date("3-3-2031") == datetime.date(2031, 3, 3)


CORPUS: dict[str, list[str]] = json.loads(Path(__file__).with_name("corpus.json").read_text("ascii"))
"""By target some of the inputs that reached new lines, in base64."""


@pytest.mark.parametrize("target", sorted(CORPUS))
def test_what_fuzzing_tried_ends_nothing(target: str) -> None:
    look = TARGETS[target]()
    for packed in CORPUS[target]:
        look(base64.b64decode(packed))
    assert sorted(CORPUS) == sorted(TARGETS)
