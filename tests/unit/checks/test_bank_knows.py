"""What the checks learn from the bank, on invented documents."""

import datetime
from pathlib import Path

import pytest
from unit.checks.samples import LATER, answered, letter

from answers_bank.store.bank import Bank
from drafter.checks import check_document
from drafter.checks.bank_lookup import surname
from drafter.checks.finding import Context, Finding, Grade, Severity

D = datetime.date


@pytest.fixture
def bank(tmp_path: Path):
    with Bank.open(tmp_path / "bank", create=True) as opened:
        yield opened


def found(bank: Bank, document, rule: str, check: str = "staleness", as_of: datetime.date = LATER) -> list[Finding]:
    return [f for f in check_document(document, Context(as_of, bank), [check]) if f.rule == rule]


def test_somebody_else_signs_now(bank: Bank) -> None:
    old = letter("Dat is zo.", signer="A. van Zeewind")
    bank.add(old)
    bank.add(letter("Dat klopt.", identifier="brief-2", date=D(2026, 2, 1), signer="B. Golfslag"))
    bank.add(letter("Inderdaad.", identifier="brief-3", date=D(2026, 4, 1), signer="Bo Golfslag"))
    signed = found(bank, old, "office-holder")[0]
    assert signed.grade is Grade.EXPIRED
    assert signed.stale_from == D(2026, 2, 1)
    assert "Golfslag" in signed.message
    assert signed.evidence[0].document == "brief-2"


def test_who_signed_lately_is_in_office(bank: Bank) -> None:
    old = letter("Dat is zo.", signer="A. van Zeewind")
    bank.add(old)
    bank.add(letter("Dat klopt.", identifier="brief-2", date=D(2026, 5, 1), signer="Anna van Zeewind"))
    assert found(bank, old, "office-holder")[0].severity is Severity.INFO


def test_documents_after_the_reference_date_do_not_count(bank: Bank) -> None:
    old = letter("Dat is zo.", signer="A. van Zeewind")
    bank.add(old)
    bank.add(letter("Dat klopt.", identifier="brief-2", date=D(2026, 2, 1), signer="B. Golfslag"))
    assert not found(bank, old, "office-holder", as_of=D(2026, 1, 1))[0].evidence


def test_a_promise_that_was_kept(bank: Bank) -> None:
    old = letter("Ik zal uw Kamer informeren over de evaluatie van de Stormvloedkering Zeegat en de Dijkenwet.")
    bank.add(old)
    bank.add(
        letter(
            "De evaluatie van de Stormvloedkering Zeegat en de Dijkenwet heb ik op 3 mei 2026 aan uw Kamer aangeboden.",
            identifier="brief-2",
            date=D(2026, 5, 4),
        )
    )
    promise = found(bank, old, "promise")[0]
    assert promise.grade is Grade.EXPIRED
    assert "ingelost" in promise.message.lower()
    assert promise.evidence[0].document == "brief-2"


def test_a_text_is_no_news_about_itself(bank: Bank) -> None:
    told = "De evaluatie van de Stormvloedkering Zeegat en de Dijkenwet heb ik op 3 mei 2026 aan uw Kamer aangeboden."
    bank.add(letter(told, identifier="brief-2", date=D(2026, 5, 4)))
    old = letter("Ik zal uw Kamer informeren over de evaluatie van de Stormvloedkering Zeegat en de Dijkenwet.")
    context = Context(LATER, bank, exclude=frozenset({"brief-2"}))
    promise = next(f for f in check_document(old, context, ["staleness"]) if f.rule == "promise")
    assert not promise.evidence


def test_a_newer_edition(bank: Bank) -> None:
    old = letter("Dat staat in de Dijkmonitor 2024.")
    bank.add(old)
    bank.add(letter("De Dijkmonitor 2025 laat verbetering zien.", identifier="brief-2", date=D(2026, 3, 1)))
    edition = found(bank, old, "publication")[0]
    assert edition.grade is Grade.EXPIRED
    assert edition.evidence[0].quote == "Dijkmonitor 2025"


def test_a_citation_against_the_piece_itself(bank: Bank) -> None:
    bank.add(letter("Dat is zo.", identifier="kst-12345-6", dossier=("12345", "6"), subject="Sterke dijken langs zee"))
    wrong = letter("Zie Kamerstukken II 2025/26, 12345, nr. 6.", identifier="brief-2", date=D(2026, 1, 1))
    year = found(bank, wrong, "session-year", "citations")[0]
    assert year.suggestion == "Kamerstukken II 2024/25, 12345, nr. 6"
    bare = letter("Zie Kamerstuk 12345, nr. 6.", identifier="brief-3", date=D(2026, 1, 1))
    assert found(bank, bare, "incomplete", "citations")[0].suggestion == "Kamerstukken II 2024/25, 12345, nr. 6"
    other = letter("De brief ‘Toekomst van de visserij’ (Kamerstukken II 2024/25, 12345, nr. 6).", identifier="brief-4")
    assert found(bank, other, "title", "citations")[0].evidence[0].quote == "Sterke dijken langs zee"
    right = letter("De brief ‘Sterke dijken’ (Kamerstukken II 2024/25, 12345, nr. 6).", identifier="brief-5")
    assert found(bank, right, "title", "citations") == []


PASSAGE = (
    "De kering bij het Zeegat beschermt het achterland tegen hoge waterstanden en wordt elk jaar getest door de "
    "beheerder, die daarvoor een protocol volgt dat met de omliggende gemeenten is afgesproken. De laatste test vond "
    "plaats in maart 2024."
)


def test_a_newer_wording_of_a_passage(bank: Bank) -> None:
    old = letter(PASSAGE)
    bank.add(old)
    assert found(bank, old, "newer-passage") == []
    bank.add(letter(PASSAGE.replace("maart 2024", "april 2026"), identifier="brief-2", date=D(2026, 5, 1)))
    told = found(bank, old, "newer-passage")
    assert [f.evidence[0].document for f in told] == ["brief-2"]
    assert told[0].severity is Severity.INFO


def test_a_newer_answer_to_the_same_question(bank: Bank) -> None:
    asked = "Hoe vaak wordt de stormvloedkering bij het Zeegat getest door de beheerder?"
    old = answered((asked, "Eenmaal per jaar."))
    bank.add(old)
    bank.add(answered((asked, "Tweemaal per jaar."), date=D(2026, 4, 1), identifier="ah-tk-20252026-7"))
    told = found(bank, old, "newer-answer")
    assert [f.evidence[0].quote for f in told] == ["Tweemaal per jaar."]
    assert told[0].question == 1


def test_a_number_that_the_bank_lacks(bank: Bank) -> None:
    for number in range(1, 7):
        bank.add(letter("Dat is zo.", identifier=f"kst-12345-{number}", dossier=("12345", str(number))))
    told = found(
        bank, letter("Zie Kamerstukken II 2024/25, 12345, nr. 60.", identifier="b"), "not-in-bank", "citations"
    )
    assert [f.severity for f in told] == [Severity.INFO]
    assert "https://zoek.officielebekendmakingen.nl/kst-12345-60.html" in told[0].message
    assert (
        found(bank, letter("Zie Kamerstukken II 2024/25, 12345, nr. 6.", identifier="b"), "not-in-bank", "citations")
        == []
    )
    assert (
        found(bank, letter("Zie Kamerstukken II 2024/25, 99999, nr. 6.", identifier="b"), "not-in-bank", "citations")
        == []
    )


def test_the_bank_wins_over_the_list_of_cabinets(bank: Bank) -> None:
    old = letter("Dat is zo.", signer="A. van Zeewind", date=D(2023, 3, 1))
    bank.add(old)
    assert found(bank, old, "office-holder")[0].grade is Grade.EXPIRED
    bank.add(letter("Dat klopt.", identifier="brief-2", date=D(2025, 3, 1), signer="Anna van Zeewind"))
    assert found(bank, old, "office-holder")[0].grade is not Grade.EXPIRED


def test_the_bank_wins_over_the_list_of_ministries(bank: Bank) -> None:
    old = letter("Het ministerie van Landbouw, Natuur en Voedselkwaliteit doet dit.", date=D(2023, 3, 1))
    assert found(bank, old, "ministry")
    bank.add(
        letter(
            "Ja.",
            identifier="brief-2",
            date=D(2026, 3, 1),
            signer="B. Golfslag",
            portfolio="Landbouw, Natuur en Voedselkwaliteit",
        )
    )
    assert not found(bank, old, "ministry")


def test_an_unknown_signature_of_today_is_no_warning(bank: Bank) -> None:
    new = letter("Dat is zo.", signer="C. Onbekend", date=D(2026, 5, 30))
    for known in (bank, None):
        told = check_document(new, Context(D(2026, 6, 1), known), ["staleness"])
        assert not [f for f in told if f.severity is Severity.WARNING]


@pytest.mark.parametrize("theirs", ["Duinen en Eilanden", "Wind en Water"])
def test_a_dossier_that_moved(bank: Bank, theirs: str) -> None:
    old = letter("Dat is zo.", signer="A. van Zeewind", dossier=("12345", "6"))
    bank.add(old)
    for number, day in ((7, D(2025, 9, 1)), (8, D(2026, 2, 1))):
        bank.add(
            letter(
                "Ja.",
                identifier=f"kst-12345-{number}",
                date=day,
                signer="D. Schor",
                portfolio=theirs,
                dossier=("12345", str(number)),
            )
        )
    told = found(bank, old, "moved-subject")
    assert bool(told) == (theirs != "Wind en Water")
    if told:
        assert "Duinen en Eilanden" in told[0].message
        assert told[0].stale_from == D(2025, 9, 1)
        assert [e.document for e in told[0].evidence] == ["kst-12345-7", "kst-12345-8"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Van Zeewind", "A. van Zeewind"),
        ("Anna van Zeewind", "van Zeewind"),
        ("drs. C. van der Golf-Slag", "Van der Golf"),
        ("Golfslag", "Bo Golfslag"),
        ("B. Golfslag", "Bo Golfslag"),
        ("De Boei", "P.J. de Boei"),
    ],
)
def test_one_person_in_several_spellings(one: str, other: str) -> None:
    assert surname(one) == surname(other)


@pytest.mark.parametrize(("one", "other"), [("Van Zeewind", "Van der Zeewind"), ("Golfslag", "B. Golf")])
def test_two_persons(one: str, other: str) -> None:
    assert surname(one) != surname(other)


def test_a_name_without_initials_is_no_successor(bank: Bank) -> None:
    old = letter("Dat is zo.", signer="Van Zeewind")
    bank.add(old)
    bank.add(letter("Dat klopt.", identifier="brief-2", date=D(2025, 12, 1), signer="A. van Zeewind"))
    assert not found(bank, old, "office-holder")[0].evidence
