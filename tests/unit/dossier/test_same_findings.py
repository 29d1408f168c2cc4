"""Whatever is done to a draft, the same is said of it on screen, of its Word file, and in its other exports."""

from __future__ import annotations

import datetime
import html
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers_bank.documents import Answer, Document, Kind, Passage, Question
from answers_bank.store.bank import Bank
from drafter.checks.finding import Context
from drafter.dossier import answer_edits, edits, waiver_edits
from drafter.dossier.findings.remarks import checked, checked_again
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin, Status
from drafter.dossier.waivers import key_of
from drafter.export import ExportOptions, Provenance, export_bytes
from drafter.export.json.draft import draft_json
from drafter.tasks.check import check_file

WRITTEN = datetime.date(2025, 3, 10)
DAY = datetime.date(2026, 6, 1)
MOMENT = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)

ASKED = (
    "Hoe hoog is de dijk bij Schorrenland, en wanneer wordt de kademuur vervangen?",
    "Klopt het dat vijftien visscholen zijn gesloten? Zo nee, waarom niet?",
    "Welke termijn geldt voor een aanvraag van een mosselkweker?",
    "Kunt u deze vragen afzonderlijk beantwoorden?",
)
TEXTS = (
    "De dijk bij Schorrenland is vijf meter hoog. Dit najaar wordt daarover een brief verstuurd.",
    "Er zijn zestien visscholen gesloten, zie het antwoord op vraag 9.",
    "De Dienst Wadden beslist in alle gevallen binnen vier weken op een aanvraag van een mosselkweker.",
    "De Dienst Wadden beslist in alle gevallen binnen zes weken op een aanvraag van een mosselkweker.",
    "Nee.",
    "Op 12 maart jl. is het wetsvoorstel ingediend; het ligt nu bij de Raad van State.",
    "Er zijn twaalf bedrijven gecontroleerd, waarvan negen in Duinland en vijf in Wadland.",
    "Hierover doe ik geen mededelingen. Zie ook Kamerstuk 12345, nr. 6.",
    "",
)


@pytest.fixture(scope="module")
def bank() -> Bank:
    folder = tempfile.mkdtemp()
    held = Bank.open(Path(folder) / "bank", create=True)
    said = "De Dienst Wadden beslist in alle gevallen binnen acht weken op een aanvraag van een mosselkweker."
    passage = Passage(said, 0, len(said))
    held.add(
        Document(
            "brief-2",
            "",
            "brief-2",
            Kind.ANSWER,
            said,
            received=datetime.date(2026, 1, 5),
            questions=(Question((1,), "Welke termijn?", 0, 0),),
            answers=(Answer((1,), (passage,)),),
        )
    )
    return held


def taken(text: str) -> Origin:
    return Origin("brief-1", "brief-1#1", 0, len(text), WRITTEN, text, "Brief over dijken")


def draft(texts: list[tuple[str, bool]]) -> Dossier:
    questions = tuple(Question((n,), asked, 0, len(asked)) for n, asked in enumerate(ASKED, 1))
    document = Document("vragen", "", "vragen.txt", Kind.QUESTIONS, "", subject="dijken", questions=questions)
    answers = []
    for number in range(1, len(ASKED) + 1):
        here = texts[number - 1 :: len(ASKED)]
        blocks = tuple(
            Block(f"b{number}-{n}", text, taken(text) if quoted else None)
            for n, (text, quoted) in enumerate(here)
            if text
        )
        answers.append(DraftAnswer((number,), blocks, Status.DRAFTED if blocks else Status.NO_SOURCE))
    return Dossier("dijken", document, tuple(answers), DAY, MOMENT, MOMENT)


def said(dossier: Dossier) -> Counter[tuple[str, ...]]:
    """What is open, wherever it stands."""
    return Counter(
        (one.check, one.rule, one.severity, one.quote, one.message)
        for answer in dossier.answers
        for one in (*answer.open_findings, *(f for block in answer.blocks for f in block.open_findings))
    )


ids = st.integers(0, 11)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("type"), ids, st.sampled_from(TEXTS)),
        st.tuples(st.just("add"), ids, st.sampled_from(TEXTS)),
        st.tuples(st.just("remove"), ids, st.just("")),
        st.tuples(st.just("move"), ids, st.just("")),
        st.tuples(st.just("combine"), ids, st.just("")),
        st.tuples(st.just("mean"), ids, st.just("")),
    ),
    max_size=5,
)


def changed(dossier: Dossier, what: str, at: int, text: str) -> tuple[Dossier, tuple[str, ...]]:
    blocks = [block for answer in dossier.answers for block in answer.blocks]
    block = blocks[at % len(blocks)] if blocks else None
    if what == "add":
        number = dossier.answers[at % len(dossier.answers)].numbers[0]
        new, name = edits.insert(dossier, number, text)
        return new, (name,)
    if what == "combine":
        first = dossier.answers[0].numbers[0]
        other = dossier.answers[at % len(dossier.answers)].numbers[0]
        return (answer_edits.combine(dossier, (first, other)) if other != first else dossier), ()
    if block is None:
        return dossier, ()
    if what == "type":
        return edits.edit_text(dossier, block.id, text), (block.id,)
    if what == "remove":
        return edits.remove(dossier, block.id), ()
    if what == "move":
        return edits.move_to_answer(dossier, block.id, dossier.answers[at % len(dossier.answers)].numbers[0]), ()
    if block.findings:
        return waiver_edits.waive(dossier, block.id, key_of(block.findings[0])), ()
    return dossier, ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.booleans()), max_size=8), steps)
def test_the_same_is_said_after_any_edits_wherever_it_is_asked(
    bank: Bank, texts: list[tuple[str, bool]], row: list[tuple[str, int, str]]
) -> None:
    context = Context(DAY, bank, exclude=frozenset({"vragen"}))
    dossier = checked(draft(texts), context)
    for step in row:
        dossier, new = changed(dossier, *step)
        dossier = checked_again(dossier, context, new)
    assert said(dossier) == said(checked(dossier, context)), "after single changes and of the whole"

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "concept.docx"
        options = ExportOptions(provenance=frozenset(Provenance), track_changes=True)
        file.write_bytes(export_bytes(dossier, ".docx", options))
        found = check_file(file, DAY, bank=bank)
    there = Counter((one.check, one.rule, one.severity, one.quote, one.message) for one in found.findings)
    assert there == said(dossier), "of the Word file"
    for one in found.findings:
        assert 0 <= one.start <= one.end <= len(found.text)

    as_json = draft_json(dossier)["questions"]
    listed = [f for q in as_json for f in (*q["findings"], *(f for b in q["blocks"] for f in b["findings"]))]
    assert {message for *_, message in there} <= {f["message"] for f in listed}, "in JSON"
    page = html.unescape(export_bytes(dossier, ".html", ExportOptions()).decode())
    assert all(one.message in page for one in found.findings if one.is_warning), "on the page"


def test_all_that_is_said_of_these_texts_is_looked_for(bank: Bank) -> None:
    found = said(checked(draft([(text, True) for text in TEXTS[:8]]), Context(DAY, bank)))
    assert "sub-question" in {rule for _, rule, *_ in said(checked(draft([(TEXTS[5], True)]), Context(DAY, bank)))}
    rules = {rule for _, rule, *_ in found}
    assert {"internal-reference", "refusal", "question-figure", "term", "sum", "relative-date"} <= rules


def test_a_number_of_the_old_set_is_no_answer_that_is_lacking(bank: Bank) -> None:
    taken = {rule for _, rule, *_ in said(checked(draft([(TEXTS[1], True)]), Context(DAY, bank)))}
    assert "internal-reference" in taken
    assert "points-nowhere" not in taken
    typed = {rule for _, rule, *_ in said(checked(draft([(TEXTS[1], False)]), Context(DAY, bank)))}
    assert "points-nowhere" in typed


def test_words_that_were_just_typed_are_of_today_and_the_rest_of_its_source(bank: Bank) -> None:
    text = "Dit najaar komt er een brief. De dijk is sterk."
    dossier = draft([(text, True)])
    typed = edits.edit_text(dossier, "b1-0", f"{text} Deze zomer volgt nog een brief.")
    quotes = [one.quote for block in checked(typed, Context(DAY, bank)).answers[0].blocks for one in block.findings]
    assert any("Dit najaar" in quote for quote in quotes)
    assert not any("Deze zomer" in quote for quote in quotes)


def test_sources_and_empty_places_are_no_text_of_the_minister(bank: Bank, tmp_path: Path) -> None:
    dossier = checked(draft([(TEXTS[2], True)]), Context(DAY, bank))
    options = ExportOptions(provenance=frozenset(Provenance), embed=False, findings=False)
    file = tmp_path / "concept.docx"
    file.write_bytes(export_bytes(dossier, ".docx", options))
    found = check_file(file, DAY, date=WRITTEN, bank=bank)
    assert "Bron (letterlijk overgenomen)" in found.text
    assert not [one for one in found.findings if "Bron (" in one.sentence or "bron gevonden" in one.sentence]


def test_the_day_of_a_text_is_asked_for_where_it_is_not_known(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text("Vraag 1\nHoe hoog is de dijk?\n\nAntwoord op vraag 1\nVijf meter.\n", encoding="utf-8")
    assert "--date" in check_file(file, DAY).undated
    assert check_file(file, DAY, date=WRITTEN).undated == ""
