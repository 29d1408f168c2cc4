"""Pasted text becomes paragraphs; no word of it is lost, and what stood there keeps its origin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.dossier_samples import dossier

from drafter.dossier import edits
from drafter.dossier.pasting import paste, pasted_paragraphs
from drafter.dossier.value import BlockState

MAIL = """Beste collega,

De windvangen langs de kade zijn in het voorjaar nagemeten en voldoen
aan de eis die de gemeente heeft gesteld.

- de eerste telt zes wieken
- de tweede telt er acht
"""


def test_lines_that_were_broken_to_a_width_are_put_together_and_lists_stay_lists() -> None:
    found = pasted_paragraphs(MAIL)
    assert found[0] == "Beste collega,"
    assert "nagemeten en voldoen aan de eis" in found[1]
    assert found[-1].count("\n") == 1 or len(found) == 4


def test_a_part_of_a_line_stays_as_it_is() -> None:
    assert pasted_paragraphs(" en ook dit ") == (" en ook dit ",)
    assert pasted_paragraphs("") == ()
    assert pasted_paragraphs("\n") == ()


@given(st.lists(st.text("abc de\tfg.-•1)\n\r", max_size=120), max_size=4).map("\n\n".join))
def test_no_letter_is_lost(text: str) -> None:
    """A hyphen at the end of a line may go: the word that was broken there is whole again."""

    def letters(part: str) -> str:
        return "".join(part.replace("-", "").split())

    assert letters(" ".join(pasted_paragraphs(text))) == letters(text)


def test_within_a_sentence_the_first_goes_on_and_what_stood_behind_keeps_its_origin() -> None:
    before = dossier()
    block = before.answers[0].blocks[0]
    at = block.text.index(" ") + 1
    after, new = paste(before, block.id, ("een.", "twee."), at, at)
    blocks = after.answers[0].blocks
    assert [b.text for b in blocks[:3]] == [block.text[:at] + "een.", "twee.", block.text[at:]]
    assert [b.id for b in blocks[:2]] == new
    assert blocks[2].state is BlockState.VERBATIM or blocks[2].origins == block.origins


def test_in_place_of_all_of_it() -> None:
    before = dossier()
    block = before.answers[0].blocks[0]
    after, _ = paste(before, block.id, ("een.", "twee."), 0, len(block.text))
    assert [b.text for b in after.answers[0].blocks[:2]] == ["een.", "twee."]


def test_room_is_made_where_the_cursor_stands() -> None:
    before = dossier()
    first, second = before.answers[0].blocks[:2]
    assert edits.opened(before, first.id, 0)[1:] == (None, True)
    assert edits.opened(before, second.id, 0)[1:] == (first.id, False)
    assert edits.opened(before, first.id, len(first.text))[1:] == (first.id, False)
    cut, after, at_start = edits.opened(before, first.id, first.text.index(" "))
    assert (after, at_start) == (first.id, False)
    assert len(cut.answers[0].blocks) == len(before.answers[0].blocks) + 1
