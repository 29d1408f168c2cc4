"""What the consistency check sees beyond sentences that are nearly the same."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from support.encoder import TinyEncoder

from answers_bank.documents import Answer, Document, Footnote, NoteRef, Passage
from answers_bank.dutch.time.moments import Moment
from answers_bank.filling.encoding import encode_waiting
from answers_bank.index.word_weights import learn
from answers_bank.store.bank import Bank
from drafter.checks import check_block, check_document
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.comparison.compare import compare_sentences
from drafter.checks.comparison.statements.resolve import resolved
from drafter.checks.comparison.statements.statement import statement
from drafter.checks.consistency.sentence_similarity import Kin, is_referral
from drafter.checks.consistency.similar_sentences import SimilarSentences
from drafter.checks.consistency.weighing import judged
from drafter.checks.finding import Context, Evidence, Finding, Severity
from drafter.checks.text import CheckedText
from drafter.dossier.findings.remarks import across
from drafter.dossier.value import Block, Dossier, DraftAnswer
from embeddings.errors import ModelError
from embeddings.inference import CrossEncoderInference, Verdict, columns
from tests.unit.consistency.test_consistency import MIDDLE, NEW, OLD, answer


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        yield bank


def check(document: Document, bank: Bank | None = None, **more: object) -> list[Finding]:
    context = dataclasses.replace(Context(NEW, bank), **more)  # type: ignore[arg-type]
    return list(check_document(document, context, only=["consistency"]))


def rules(found: Sequence[Finding]) -> list[str]:
    return [one.rule for one in found]


def noted(identifier: str, date: datetime.date, sentence: str, note: str) -> Document:
    """An answer of one sentence that carries one note."""
    document = answer(identifier, date, sentence)
    (given,) = document.answers
    (passage,) = given.paragraphs
    text = document.text + f"1 {note}\n"
    start = text.rindex(note)
    held = Passage(passage.text, passage.start, passage.end, notes=(NoteRef("note", "1", len(sentence)),))
    return dataclasses.replace(
        document,
        text=text,
        answers=(Answer(given.numbers, (held,)),),
        footnotes=(Footnote("note", "1", note, start, start + len(note)),),
    )


# -- relative time ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "year", "months"),
    [
        ("De brief volgt dit voorjaar.", 2031, {3, 4, 5, 6}),
        ("Op 14 juli jl. is dit gemeld.", 2030, {7}),
        ("De proef is naar verwachting volgend jaar gereed.", 2032, set()),
        ("Nog voor het einde van het jaar komt de brief.", 2031, {10, 11, 12}),
        ("Voor het zomerreces volgt de brief.", 2031, {7, 8}),
    ],
)
def test_relative_time_is_seen_from_the_document(words: str, year: int, months: set[int]) -> None:
    (item,) = resolved(statement(words), MIDDLE).items
    assert isinstance(item.value, Moment)
    assert (item.value.year, set(item.value.months)) == (year, months)


def test_without_a_date_relative_time_stays_open() -> None:
    (item,) = resolved(statement("De brief volgt dit voorjaar."), None).items
    assert isinstance(item.value, Moment)
    assert item.value.year is None


def test_this_spring_and_april_of_that_year_are_one() -> None:
    early, late = (
        "De handreiking duinbeheer verschijnt dit voorjaar.",
        "De handreiking duinbeheer verschijnt in april 2031.",
    )
    later = "De handreiking duinbeheer verschijnt in april 2032."
    assert [c.kind for c in compare_sentences(late, early, dates=(NEW, MIDDLE))] == []
    assert "date" in [c.kind for c in compare_sentences(later, early, dates=(NEW, MIDDLE))]


# -- noise -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Ik verwijs u naar mijn antwoord op vraag nr. 12 van 3 april 2030.",
        "Deze vraag valt onder de bevoegdheid van de minister van Wind en Water.",
        "Over lopende onderzoeken kan ik geen uitspraken doen.",
    ],
)
def test_pointing_elsewhere_is_no_statement(sentence: str) -> None:
    assert is_referral(sentence)
    assert not is_referral("De Dienst Wadden houdt toezicht op de dijken.")


def test_referrals_with_other_numbers_do_not_contradict(bank: Bank) -> None:
    bank.add(answer("oud", OLD, "Ik verwijs u naar mijn antwoord op vraag 12 over de mosselen van 3 april 2029."))
    new = answer("nieuw", NEW, "Ik verwijs u naar mijn antwoord op vraag 45 over de mosselen van 6 mei 2031.")
    assert check(new, bank) == []


def test_a_form_that_is_filled_in_is_no_contradiction(bank: Bank) -> None:
    said = "De vergunning voor de zandwinning bij de duinen is afgegeven voor een periode van {} jaar en drie maanden."
    for number, years in enumerate(("vier", "vijf", "zes", "zeven")):
        bank.add(answer(f"oud{number}", OLD, said.format(years)))
    assert check(answer("nieuw", NEW, said.format("negen")), bank) == []


def test_figures_of_another_year_are_news_from_a_newer_document_alone(bank: Bank) -> None:
    before = "In 2029 zijn er 412 meldingen van verdwaalde zeehonden bij de Dienst Wadden binnengekomen."
    after = "In 2031 zijn er 655 meldingen van verdwaalde zeehonden bij de Dienst Wadden binnengekomen."
    bank.add(answer("oud", OLD, before))
    assert check(answer("nieuw", NEW, after), bank) == []
    bank.add(answer("nieuw", NEW, after))
    (one,) = check(answer("midden", MIDDLE, before), bank)
    assert (one.rule, one.severity, one.evidence[0].document) == ("number", Severity.WARNING, "nieuw")
    assert "nieuwere stand" in one.message


def test_a_promise_on_another_date_is_an_update(bank: Bank) -> None:
    bank.add(answer("nieuw", NEW, "In de zomer van 2032 zal ik uw Kamer de handreiking veilige duinpaden toezenden."))
    (one,) = check(
        answer("oud", OLD, "In het najaar van 2030 zal ik uw Kamer de handreiking veilige duinpaden toezenden."), bank
    )
    assert (one.rule, one.severity) == ("date", Severity.WARNING)
    assert "nieuwere stand" in one.message


def test_kinship_weighs_what_is_rare() -> None:
    frame = "Het kabinet hecht veel waarde aan goede zorg voor {} in ons land."
    kin = Kin(learn([frame.format(f"groep{number}") for number in range(400)]))
    assert not kin.kinship(frame.format("schorren"), frame.format("kwelders")).versions
    one = "De pilot met zandmotoren bij Wadland vangt zeehonden op met onbemande vlotten."
    assert kin.kinship(one, one).apart == 0
    assert kin.kinship(one, "In Wadland vangen onbemande vlotten zeehonden op bij de pilot met zandmotoren.").versions


# -- what a newer document tells -------------------------------------------------------------------------------------

TOLD = "Onlangs is in Wadland een proef begonnen met onbemande vlotten die verdwaalde zeehonden opvangen."
RETOLD = (
    "Wadland en Schorrenland doen sinds mei 2031 een proef met onbemande vlotten die verdwaalde zeehonden opvangen, "
    "betaald door de Dienst Wadden."
)


def test_a_newer_document_that_tells_more(bank: Bank) -> None:
    bank.add(answer("nieuw", NEW, RETOLD))
    (one,) = check(answer("midden", MIDDLE, TOLD), bank)
    assert (one.rule, one.severity, one.evidence[0].quote) == ("retold", Severity.INFO, RETOLD)
    assert "‘mei 2031’" in one.message


def test_a_later_paper_of_the_dossier_for_the_same_thing(bank: Bank) -> None:
    bank.add(noted("nieuw", NEW, RETOLD, "Kamerstukken II 2031/32, 99999, nr. 14."))
    found = check(noted("midden", MIDDLE, TOLD, "Kamerstukken II 2030/31, 99999, nr. 3."), bank)
    (one,) = [one for one in found if one.rule == "newer-source"]
    assert one.quote == "Kamerstukken II 2030/31, 99999, nr. 3"
    assert "nr. 14" in one.message
    assert [e.quote for e in one.evidence] == ["Kamerstukken II 2031/32, 99999, nr. 14.", RETOLD]


def test_a_running_inquiry_by_its_verb_and_its_noun(bank: Bank) -> None:
    bank.add(
        answer(
            "nieuw", NEW, "Dit jaar is een onderzoek afgerond naar de haalbaarheid van vlotten voor zeehondenopvang."
        )
    )
    before = (
        "Op verzoek van de kustgemeenten onderzoekt de Dienst Wadden met de vissers de haalbaarheid van vlotten "
        "voor zeehondenopvang, ook in strenge winters en bij storm op zee."
    )
    (one,) = check(answer("midden", MIDDLE, before), bank)
    assert (one.rule, one.severity) == ("timeline", Severity.WARNING)
    assert "afgerond" in one.message


def test_two_differences_between_two_sentences_are_one_finding(bank: Bank) -> None:
    said = "De Dienst Wadden beslist binnen {} weken over een aanvraag van ten hoogste {} euro voor een mosselperceel."
    bank.add(answer("oud", OLD, said.format("vier", "300")))
    (one,) = check(answer("nieuw", NEW, said.format("zes", "500")), bank)
    assert "Vergelijk ook" in one.message


# -- by meaning, and a model of inference ----------------------------------------------------------------------------


def test_sentences_without_a_shared_run_are_found_by_meaning(bank: Bank) -> None:
    bank.add(answer("oud", OLD, "Onbemande vlotten vangen bij Wadland zeehonden op die zijn verdwaald."))
    encode_waiting(bank, TinyEncoder())
    similar = SimilarSentences(BankLookup(bank, CheckedText.of_block(TOLD, NEW), NEW, frozenset()))
    assert similar.like(TOLD) == ()
    similar.by_meaning([TOLD], TinyEncoder(), Kin.of(bank))
    assert [hit.document for hit in similar.like(TOLD)] == ["oud"]


class _Judge:
    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        self.asked += pairs
        return [self.verdict] * len(pairs)


def _finding(rule: str, severity: Severity) -> Finding:
    return Finding("consistency", rule, severity, 0, 1, "x", "m", "hier", evidence=(Evidence("oud", OLD, "daar"),))


def test_a_model_changes_how_loudly_never_whether() -> None:
    found = [_finding("negation", Severity.INFO), _finding("number", Severity.WARNING)]
    judge = _Judge(Verdict(0.95, 0.01))
    assert [one.severity for one in judged(found, judge)] == [Severity.WARNING, Severity.WARNING]
    assert judge.asked == [("daar", "hier")]  # numbers are not laid before it
    calm = judged([_finding("negation", Severity.WARNING)], _Judge(Verdict(0.01, 0.95)))
    assert [one.severity for one in calm] == [Severity.INFO]
    assert judged(found, None) == found


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        CrossEncoderInference(tmp_path)


def test_labels_that_are_not_of_inference_are_refused(tmp_path: Path) -> None:
    assert columns({0: "ENTAILMENT", 1: "neutral", 2: "Contradiction"}, tmp_path) == (2, 0)
    with pytest.raises(ModelError, match="labels"):
        columns({0: "LABEL_0"}, tmp_path)


def test_a_broken_model_folder_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    model = CrossEncoderInference(tmp_path)
    assert model.judge([]) == []
    with pytest.raises(ModelError, match="kan niet worden geladen"):
        model.judge([("a", "b")])


# -- in a draft ------------------------------------------------------------------------------------


def test_a_paragraph_of_a_draft_is_held_against_the_bank(bank: Bank) -> None:
    said = "De Dienst Wadden beslist in alle gevallen binnen {} weken op een aanvraag van een mosselkweker."
    bank.add(answer("nieuw", NEW, said.format("zes")))
    found = check_block(said.format("vier"), MIDDLE, Context(NEW, bank))
    assert [(one.check, one.rule, one.quote) for one in found] == [("consistency", "term", "vier weken")]
    assert check_block(said.format("vier"), MIDDLE, Context(NEW, bank), intended=("consistency/term: wet",)) == ()
    assert check_block(said.format("vier"), MIDDLE, Context(NEW, bank), only=("staleness",)) == ()


def test_the_answers_of_a_draft_are_held_against_each_other() -> None:
    said = "De Dienst Wadden beslist in alle gevallen binnen {} weken op een aanvraag van een mosselkweker."
    answers = tuple(
        DraftAnswer((number,), (Block(f"b{number}", said.format(weeks)),))
        for number, weeks in ((1, "zes"), (2, "vier"))
    )
    now = datetime.datetime(2032, 3, 1, tzinfo=datetime.UTC)
    dossier = Dossier("d1", answer("vragen", NEW, "Ja."), answers, NEW, now, now)
    first, second = (given.blocks[0] for given in across(dossier, Context(NEW)).answers)
    assert first.findings == ()
    (one,) = second.findings
    assert (one.rule, second.text[one.start : one.end]) == ("term", "vier weken")
    assert across(across(dossier, Context(NEW)), Context(NEW)) == across(dossier, Context(NEW))
