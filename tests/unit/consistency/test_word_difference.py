from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.word_difference import Change, tokens, word_diff

_PIECES = st.sampled_from(
    [
        "de",
        "De",
        "wet",
        "Wind-",
        "TOI-verordening",
        "1.100.000",
        "4%",
        "niet",
        ",",
        ".",
        " ",
        "  ",
        "\n",
        "\n\n",
        "é",
        "€",
        "’",
    ]
)
_TEXT = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=40).map("".join))


def _script(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.op, change.text) for change in changes]


@given(_TEXT)
def test_tokens_lose_nothing(text: str) -> None:
    found = tokens(text)
    assert "".join(token.text for token in found) == text
    assert all(text[token.start : token.end] == token.text for token in found)


@given(_TEXT, _TEXT)
def test_difference_gives_both_texts_back(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert all(change.text for change in changes)
    assert "".join(c.text for c in changes if c.op != "insert") == old
    assert "".join(c.text for c in changes if c.op != "delete") == new


@given(_TEXT, _TEXT)
def test_neighbours_never_repeat_an_operation(old: str, new: str) -> None:
    operations = "".join(change.op[0] for change in word_diff(old, new))
    assert not re.search(r"ee|dd|ii|id", operations)


@given(_TEXT)
def test_equal_texts_have_no_edits(text: str) -> None:
    assert _script(word_diff(text, text)) == ([("equal", text)] if text else [])


def test_a_replaced_word_is_deleted_then_inserted() -> None:
    assert _script(word_diff("Het fonds is 3 miljoen euro groot.", "Het fonds is 5 miljoen euro groot.")) == [
        ("equal", "Het fonds is "),
        ("delete", "3"),
        ("insert", "5"),
        ("equal", " miljoen euro groot."),
    ]


def test_edits_with_one_word_between_them_become_one() -> None:
    changes = word_diff("De dijk wordt volgend jaar versterkt.", "De dam wordt dit jaar versterkt.")
    assert _script(changes) == [
        ("equal", "De "),
        ("delete", "dijk wordt volgend"),
        ("insert", "dam wordt dit"),
        ("equal", " jaar versterkt."),
    ]


def test_edits_with_two_words_between_them_stay_apart() -> None:
    changes = word_diff("De dijk wordt dan volgend jaar versterkt.", "De dam wordt dan dit jaar versterkt.")
    assert [change.op for change in changes] == ["equal", "delete", "insert", "equal", "delete", "insert", "equal"]


def test_edits_in_two_sentences_stay_apart() -> None:
    changes = word_diff("Dat is oud. Ja.", "Dat is nieuw. Nee.")
    assert ("equal", ". ") in _script(changes)


def test_other_line_breaks_do_not_swallow_the_words_between_them() -> None:
    changes = word_diff("een\ntwee drie\nvier", "een twee\ndrie vier")
    assert all(change.text.isspace() for change in changes if change.op != "equal")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€ 1.100.000,50 of 4%.", ["€", "1.100.000,50", "of", "4", "%", "."]),
        ("artikel 2.7.59 Sv", ["artikel", "2.7.59", "Sv"]),
        ("zo'n e-mail en/of brief", ["zo'n", "e-mail", "en/of", "brief"]),
        ("vóór 1-1-2026.", ["vóór", "1-1-2026", "."]),
    ],
)
def test_words_and_numbers_are_whole(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text) if not token.is_space] == expected
