"""A text under review, passage by passage and sentence by sentence."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

from hypothesis import given
from support.dossier_samples import DOSSIERS, MOMENT, origin, questions

from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from drafter.dossier import edits as edits
from drafter.dossier.value import Block, Dossier, DraftAnswer
from drafter.export.review_wording import summary_line
from drafter.reuse.reviewer import Reviewer
from drafter.reuse.rows import by_origin, of_file, reviewed
from drafter.reuse.summary import review_summary
from drafter.reuse.values import Label, word_shares
from drafter.word_difference import alike, edit_count, word_diff

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "bank"


def dossier(*blocks: Block) -> Dossier:
    return Dossier("d", questions(), (DraftAnswer((1,), blocks),), datetime.date(2026, 3, 2), MOMENT, MOMENT)


def labels(value: Dossier) -> list[Label]:
    return [sentence.label for passage in by_origin(value) for sentence in passage.sentences]


def test_each_sentence_of_a_block_stands_by_itself() -> None:
    text = "De windmeting loopt. In het voorjaar volgt een rapport. Hier schrijf ik heel iets anders over vissen."
    assert labels(dossier(Block("b1", text, origin()))) == [Label.VERBATIM, Label.EDITED, Label.OWN]
    assert labels(dossier(Block("b1", text))) == [Label.OWN] * 3


@given(DOSSIERS)
def test_the_sentences_hold_all_words_and_the_shares_all_percents(value: Dossier) -> None:
    passages = by_origin(value)
    blocks = [block for answer in value.answers for block in answer.blocks]
    assert [passage.block for passage in passages] == blocks
    for passage in passages:
        assert passage.block is not None
        spoken = "".join("".join(s.text.split()) for s in passage.sentences)
        assert spoken == "".join(passage.block.text.split())
    total = sum(word_shares(s for p in passages for s in p.sentences).values())
    assert total == (100 if any(s.text.split() for p in passages for s in p.sentences) else 0)
    assert review_summary(passages).passages == len(blocks)


def test_the_review_of_the_bank_is_shown_only_where_the_words_are_still_those(tmp_path: Path) -> None:
    with Bank.open(tmp_path, create=True) as bank:
        for path in sorted(SAMPLES.iterdir())[:4]:
            bank.add(read_file(path))
        document = next(d for d in (bank.document(s.id) for s in bank.documents()) if d.answers)
        taken = max((p.text for answer in document.answers for p in answer.paragraphs), key=len)
        own = Block("b2", "Dit is een eigen zin die nergens anders staat.")
        value = dossier(Block("b1", taken), own, Block("b3", "Ja.", origin("Ja.")))
        review = Reviewer(bank).review(value)
        passages = reviewed(value, review, value)
        assert {s.label for s in passages[0].sentences} == {Label.VERBATIM}
        assert all(s.best and s.best.document == document.id for s in passages[0].sentences)
        assert [s.label for s in passages[1].sentences] == [Label.OWN]
        assert [s.label for s in passages[2].sentences] == [Label.VERBATIM]
        # On screen and on the command line: the same labels, sources and figures.
        shown = [sentence for passage in passages for sentence in passage.sentences]
        assert [s.label for s in shown] == [s.label for s in review.sentences]
        assert [s.best and s.best.passage for s in shown] == [s.best and s.best.passage for s in review.sentences]
        share = review_summary(passages)
        words = f"Overgenomen {share.verbatim}%, bewerkt {share.edited}%, eigen {share.own}%"
        assert words in summary_line(review)
        changed = edits.edit_text(value, "b1", "Nu staat hier heel iets anders, dat in geen stuk te vinden is.")
        assert [s.label for s in reviewed(changed, review, value)[0].sentences] == [Label.OWN]
        file = Reviewer(bank).review(dataclasses.replace(document, id="ander", case_number=None, sha256="x"))
        assert sum(len(p.sentences) for p in of_file(file)) == len(file.sentences)


def test_words_in_the_place_of_others_are_one_change() -> None:
    assert edit_count(word_diff("Er zijn 43 molens op zee.", "Er zijn 47 molens op zee.")) == 1
    assert edit_count(word_diff("Er zijn 43 molens op zee.", "Nu zijn er ook 43 molens op zee, zo blijkt.")) > 1
    assert edit_count(word_diff("gelijk", "gelijk")) == 0


def test_texts_are_alike_when_half_of_them_is_the_same() -> None:
    assert alike("Er zijn 43 molens op zee.", "Er zijn 47 molens op zee.")
    assert not alike("Er zijn 43 molens op zee.", "De meldplicht geldt voor iedereen.")
    assert not alike("", "")
