"""Citations: form, session years, one style, articles."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.checks.samples import LATER, WRITTEN, letter

from answers_bank.dutch.citations.official_sources import find_sources
from answers_bank.dutch.citations.papers import find_citations
from drafter.checks import check_block, check_document
from drafter.checks.finding import Context

CONTEXT = Context(LATER)


def only(text: str):
    found = list(find_citations(text))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "official", "identifier"),
    [
        ("Kamerstukken II 2025/26, 12345, nr. 774", "Kamerstukken II 2025/26, 12345, nr. 774", "kst-12345-774"),
        ("Kamerstukken II, 2025/2026, 12 345, nr. 774", "Kamerstukken II 2025/26, 12345, nr. 774", "kst-12345-774"),
        ("Kamerstukken II 2025–2026, 12345 nr. 774", "Kamerstukken II 2025/26, 12345, nr. 774", "kst-12345-774"),
        ("Kamerstuk 12 345, nr. 774", None, "kst-12345-774"),
        (
            "Kamerstukken II 2024/25, 36410 XIII, nr. 5",
            "Kamerstukken II 2024/25, 36410 XIII, nr. 5",
            "kst-36410-XIII-5",
        ),
        ("Kamerstukken I 2024/25, 36410, A", "Kamerstukken I 2024/25, 36410, A", "kst-36410-A"),
        ("Kamerstukken II 1999/00, 12345, nr. 6", "Kamerstukken II 1999/00, 12345, nr. 6", "kst-12345-6"),
        (
            "Aanhangsel van de Handelingen, vergaderjaar 2024–2025, nr. 594",
            "Aanhangsel Handelingen II 2024/25, nr. 594",
            "ah-tk-20242025-594",
        ),
    ],
)
def test_every_way_of_writing(text: str, official: str | None, identifier: str) -> None:
    citation = only(f"Zie {text}.")
    assert citation.text == text
    assert citation.official() == official
    assert citation.identifier == identifier


@given(st.integers(1990, 2089), st.integers(10000, 99999), st.integers(1, 3000))
def test_the_official_form_reads_back_as_itself(start: int, dossier: int, number: int) -> None:
    written = f"Kamerstukken II {start}/{(start + 1) % 100:02d}, {dossier}, nr. {number}"
    citation = only(written)
    assert citation.consecutive
    assert citation.official() == written


def rules_of(text: str, date: datetime.date | None = WRITTEN) -> list[tuple[str, str | None]]:
    return [(f.rule, f.suggestion) for f in check_block(text, date, CONTEXT) if f.check == "citations"]


def test_session_year_against_the_date_of_the_letter() -> None:
    text = "In mijn brief van 4 september 2024 staat dit (Kamerstukken II 2024/25, 12345, nr. 6)."
    assert rules_of(text) == [("session-year", "Kamerstukken II 2023/24, 12345, nr. 6")]
    assert rules_of(text.replace("4 september", "18 september")) == []


def test_form_and_style() -> None:
    assert rules_of("Kamerstukken II 2024/25, 12345 nr. 6") == [("form", "Kamerstukken II 2024/25, 12345, nr. 6")]
    mixed = "Kamerstukken II 2023/24, 12345, nr. 6; Kamerstukken II 2024/2025, 12345, nr. 7."
    assert rules_of(mixed) == [("style", "Kamerstukken II 2024/25, 12345, nr. 7")]


def test_article_in_text_and_note() -> None:
    document = letter(
        "Daarvoor is een bevoegdheid gegeven (artikel 2.7.1 Wvw).^1 Meer niet.",
        notes=(("1", "Artikel 2.7.2 Wvw regelt de bevoegdheid."),),
    )
    found = check_document(document, CONTEXT, ["citations"])
    assert [(f.rule, f.quote[:13]) for f in found] == [("article", "artikel 2.7.1"), ("article", "Artikel 2.7.2")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kamerstukken II 2023/24, 12345, nr 874", "punt"),
        ("Kamerstukken ll 2023/24, 12345, nr. 874", "hoofdletters"),
        ("Kamerstukken II 2023/24, 12345 nr. 874", "komma"),
    ],
)
def test_small_flaws(text: str, told: str) -> None:
    found = [f for f in check_block(text, WRITTEN, CONTEXT) if f.rule == "form"]
    assert [f.suggestion for f in found] == ["Kamerstukken II 2023/24, 12345, nr. 874"]
    assert told in found[0].message


@pytest.mark.parametrize(
    ("text", "official", "link"),
    [
        ("Stb. 2023, 12", "Stb. 2023, 12", "stb-2023-12.html"),
        ("Staatsblad 2023, nr. 12", "Stb. 2023, 12", "stb-2023-12.html"),
        ("Stcrt 2024 12345", "Stcrt. 2024, 12345", "stcrt-2024-12345.html"),
        ("ECLI:NL:RVS:2022:31", "ECLI:NL:RVS:2022:31", "uitspraak?id=ECLI:NL:RVS:2022:31"),
        ("ecli:eu:c:2023:512", "ECLI:EU:C:2023:512", "uri=ecli:ECLI:EU:C:2023:512"),
        ("Verordening (EU) 2022/2065", "Verordening (EU) 2022/2065", "CELEX:32022R2065"),
        ("Verordening (EU) nr. 2016/679", "Verordening (EU) 2016/679", "CELEX:32016R0679"),
        ("Verordening (EU) nr. 1308/2013", "Verordening (EU) nr. 1308/2013", "CELEX:32013R1308"),
        ("Verordening (EG) nr. 974/98", "Verordening (EG) nr. 974/98", "CELEX:31998R0974"),
        ("Richtlijn 92/43/EEG", "Richtlijn 92/43/EEG", "CELEX:31992L0043"),
        ("Richtlijn 2000/31/EG", "Richtlijn 2000/31/EG", "CELEX:32000L0031"),
        ("Richtlijn (EU) 680/2016", "Richtlijn (EU) 2016/680", "CELEX:32016L0680"),
        ("Besluit (GBVB) 2020/1999", "Besluit (GBVB) 2020/1999", "CELEX:32020D1999"),
        ("Kaderbesluit 2002/584/JBZ", "Kaderbesluit 2002/584/JBZ", "CELEX:32002F0584"),
        ("PbEU 2016, L 119", "PbEU 2016, L 119", "OJ:L:2016:119:TOC"),
    ],
)
def test_official_sources(text: str, official: str, link: str) -> None:
    (found,) = find_sources(f"Dat staat in {text}, zo bleek.")
    assert found.text == text
    assert found.official == official
    assert found.url.endswith(link)


@pytest.mark.parametrize(
    "text", ["besluit 12/34", "de verhouding 50/50", "artikel 3/4", "op 5/6 mei", "Stb. volgt", "24/7"]
)
def test_no_official_source(text: str) -> None:
    assert not list(find_sources(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Stb. 2023, 12 en Verordening (EU) 2016/679.", []),
        ("Stb 2023, 12.", ["Stb. 2023, 12"]),
        ("Stb. 2031, 12.", [None]),
        ("Verordening (EU) 2022/2065 en Richtlijn (EU) 2022/2065.", [None, None]),
    ],
)
def test_what_is_said_of_official_sources(text: str, told: list[str | None]) -> None:
    found = check_block(text, WRITTEN, Context(LATER))
    assert [f.suggestion for f in found if f.rule == "official-source"] == told


@pytest.mark.parametrize(
    ("text", "official", "link"),
    [
        (
            "Kamerstukken II 2024/25, 21501-20, nr. 2150",
            "Kamerstukken II 2024/25, 21501-20, nr. 2150",
            "kst-21501-20-2150",
        ),
        ("Kamerstukken II, 2022-2023, 29628-1150", "Kamerstukken II 2022/23, 29628, nr. 1150", "kst-29628-1150"),
        ("TK 2022–2023, 29 628, nr. 1150", "Kamerstukken II 2022/23, 29628, nr. 1150", "kst-29628-1150"),
        (
            "Kamerstukken II 2024/25, 36 600, hoofdstuk VII, nr. 12",
            "Kamerstukken II 2024/25, 36600 VII, nr. 12",
            "kst-36600-VII-12",
        ),
        (
            "Kamerstukken II 2008/09, 31700 VI, nrs. 5, 6 en 8",
            "Kamerstukken II 2008/09, 31700 VI, nrs. 5, 6 en 8",
            "kst-31700-VI-5",
        ),
        ("Kamerstukken I 2024/25, 36067, C", "Kamerstukken I 2024/25, 36067, C", "kst-36067-C"),
        (
            "Aanhangsel der Handelingen II 2023/24, 1401",
            "Aanhangsel Handelingen II 2023/24, nr. 1401",
            "ah-tk-20232024-1401",
        ),
        ("Handelingen II 2024/25, nr. 12, item 5", "Handelingen II 2024/25, nr. 12, item 5", "h-tk-20242025-12-5"),
    ],
)
def test_forms_met_in_practice(text: str, official: str, link: str) -> None:
    (found,) = find_citations(f"(zie {text}).")
    assert found.text == text
    assert found.official() == official
    assert found.url == f"https://zoek.officielebekendmakingen.nl/{link}.html"


def test_the_other_way_of_writing_is_shown() -> None:
    cited = ("2024/25, 12345, nr. 6", "2024/25, 12345, nr. 7", "2024/2025, 12345, nr. 8")
    text = "; ".join(f"Kamerstukken II {one}" for one in cited)
    (found,) = [f for f in check_block(text, WRITTEN, CONTEXT) if f.rule == "style"]
    assert [e.quote for e in found.evidence] == ["Kamerstukken II 2024/25, 12345, nr. 6"]
    assert found.evidence[0].document == ""
