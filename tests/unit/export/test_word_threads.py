"""Remarks travel to Word as threads of comments and come back, whatever was said, answered or called done there."""

from __future__ import annotations

import dataclasses
import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.dossiers import MOMENT, dossier
from support.word import W

from drafter.dossier.judging.thread_edits import add_thread, reply, set_thread_done, set_threads
from drafter.dossier.judging.threads import Thread, ThreadEntry
from drafter.dossier.value import Block, Dossier
from drafter.export import ExportOptions
from drafter.export.word.package import WordPackage
from drafter.export.wording import finding_text

from .test_import_edits import imported, opened

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
EXTENDED = "word/commentsExtended.xml"
LATER = MOMENT + datetime.timedelta(days=1)


def talked() -> Dossier:
    """One thread with an answer, and one that is done."""
    value = add_thread(dossier(), "b1", "Anna Dijk", "Klopt dit jaartal?", MOMENT)
    value = reply(value, "b1", threads(value)[0].id, "Bas Veer", "Ik vraag het na.", LATER)
    value = add_thread(value, "b1", "Anna Dijk", "Naam voluit.", MOMENT)
    return set_thread_done(value, "b1", threads(value)[1].id, True)


def threads(value: Dossier, block_id: str = "b1") -> tuple[Thread, ...]:
    block = value.block(block_id)
    assert block is not None
    return block.discussion


class Commenting:
    """Answers, resolves and deletes comments as a word processor does."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self.comments = package.xml("word/comments.xml")
        self.extended = package.xml(EXTENDED)
        self.root = package.xml(package.main)

    def comment(self, text: str) -> etree._Element:
        return next(c for c in self.comments if text in "".join(c.itertext()))

    def told(self, text: str) -> etree._Element:
        name = self.comment(text)[-1].get(f"{W14}paraId")
        return next(one for one in self.extended if one.get(f"{W15}paraId") == name)

    def add(self, author: str, text: str, to: str, date: str = "2026-04-01T10:00:00Z", answers: bool = True) -> None:
        number = str(len(self.comments) + 50)
        other = self.comment(to)
        new = etree.SubElement(self.comments, f"{W}comment")
        for name, value in (("id", number), ("author", author), ("date", date)):
            new.set(f"{W}{name}", value)
        p = etree.SubElement(new, f"{W}p")
        p.set(f"{W14}paraId", f"5000{int(number):04X}")
        etree.SubElement(etree.SubElement(p, f"{W}r"), f"{W}t").text = text
        if answers:
            told = etree.SubElement(self.extended, f"{W15}commentEx")
            told.set(f"{W15}paraId", f"5000{int(number):04X}")
            name = other[-1].get(f"{W14}paraId") or ""
            if not name:  # a comment of the program: Word names its paragraphs when it saves
                name = "60000001"
                other[-1].set(f"{W14}paraId", name)
                etree.SubElement(self.extended, f"{W15}commentEx").set(f"{W15}paraId", name)
            told.set(f"{W15}paraIdParent", name)
        place = next(r for r in self.root.iter(f"{W}commentReference") if r.get(f"{W}id") == other.get(f"{W}id"))
        run = place.getparent()
        assert run is not None
        mine = etree.Element(f"{W}r")
        etree.SubElement(mine, f"{W}commentReference").set(f"{W}id", number)
        run.addnext(mine)

    def remove(self, text: str) -> None:
        comment = self.comment(text)
        number = comment.get(f"{W}id")
        for element in list(self.root.iter(f"{W}commentReference")):
            parent = element.getparent()
            if element.get(f"{W}id") == number and parent is not None:
                parent.remove(element)
        self.comments.remove(comment)

    def result(self, current: Dossier | None = None) -> Dossier:
        self.package.set_xml("word/comments.xml", self.comments)
        self.package.set_xml(EXTENDED, self.extended)
        self.package.set_xml(self.package.main, self.root)
        return imported(WordPackage.from_bytes(self.package.to_bytes()), current).dossier


def test_replies_and_done_stand_in_the_file_as_word_keeps_them() -> None:
    word = Commenting(opened(talked()))
    answer = word.told("Ik vraag het na")
    assert answer.get(f"{W15}paraIdParent") == word.comment("Klopt dit jaartal")[-1].get(f"{W14}paraId")
    assert word.told("Naam voluit").get(f"{W15}done") == "1"
    assert word.told("Klopt dit jaartal").get(f"{W15}done") == "0"
    assert word.comment("Ik vraag het na").get(f"{W}date") == f"{LATER:%Y-%m-%dT%H:%M:%S}Z"
    names = [one.get(f"{W15}paraId") for one in word.extended]
    assert len(names) == len(set(names))
    assert all(0 < int(name, 16) < 0x80000000 for name in names)


def test_a_file_without_replies_in_it_has_no_such_part() -> None:
    bare = dataclasses.replace(
        dossier(), answers=tuple(
            dataclasses.replace(a, blocks=tuple(dataclasses.replace(b, remark="") for b in a.blocks))
            for a in dossier().answers
        )
    )  # fmt: skip
    assert EXTENDED not in opened(bare).parts


def test_what_is_said_and_done_in_word_comes_in() -> None:
    word = Commenting(opened(talked()))
    word.add("Cor Mast", "Het is 2024.", to="Klopt dit jaartal")
    word.add("Cor Mast", "Komma weg.", to="Klopt dit jaartal", answers=False)
    word.told("Klopt dit jaartal").set(f"{W15}done", "1")
    word.told("Naam voluit").set(f"{W15}done", "0")
    first, second, new = threads(word.result())
    assert [(r.author, r.text) for r in first.replies] == [
        ("Bas Veer", "Ik vraag het na."),
        ("Cor Mast", "Het is 2024."),
    ]
    assert first.done
    assert not second.done
    assert (new.author, new.text, new.done) == ("Cor Mast", "Komma weg.", False)
    assert new.at is not None
    assert (new.at.year, new.at.hour) == (2026, 10)
    assert first.at == MOMENT


def test_what_was_taken_away_in_word_goes_unless_somebody_answered_it_here() -> None:
    value = talked()
    word = Commenting(opened(value))
    word.remove("Klopt dit jaartal")
    word.remove("Ik vraag het na")
    assert [thread.text for thread in threads(word.result())] == ["Naam voluit."]
    answered = reply(value, "b1", threads(value)[0].id, "Cor Mast", "Het is 2024.")
    word = Commenting(opened(value))
    word.remove("Klopt dit jaartal")
    word.remove("Ik vraag het na")
    assert {thread.text for thread in threads(word.result(answered))} == {"Klopt dit jaartal?", "Naam voluit."}


def test_both_sides_answer() -> None:
    value = talked()
    word = Commenting(opened(value))
    word.add("Cor Mast", "Het is 2024.", to="Klopt dit jaartal")
    here = reply(value, "b1", threads(value)[0].id, "Dirk Boei", "Of 2025?", LATER)
    result = word.result(here)
    assert {r.text for r in threads(result)[0].replies} == {"Ik vraag het na.", "Het is 2024.", "Of 2025?"}


def test_the_same_file_read_twice_says_nothing_new() -> None:
    word = Commenting(opened(talked()))
    word.add("Cor Mast", "Het is 2024.", to="Klopt dit jaartal")
    word.add("Cor Mast", "Komma weg.", to="Klopt dit jaartal", answers=False)
    once = word.result()
    assert word.result(once) == once


def test_a_word_processor_that_knows_no_threads_loses_none() -> None:
    package = opened(talked())
    del package.parts[EXTENDED]
    assert threads(imported(package).dossier) == threads(talked())


def test_an_answer_to_a_signal_of_the_program_is_a_remark() -> None:
    holder = next(b for a in talked().answers for b in a.blocks if any(f.is_warning for f in b.open_findings))
    told = finding_text(next(f for f in holder.open_findings if f.is_warning))
    before = len(holder.discussion)
    word = Commenting(opened(talked()))
    word.add("Cor Mast", "Bewust zo.", to=told.split("\n")[0])
    found = threads(word.result(), holder.id)
    assert len(found) == before + 1
    assert (found[-1].author, found[-1].text) == ("Cor Mast", "Bewust zo.")


def test_a_remark_of_someone_with_the_name_of_the_program_is_kept() -> None:
    author = ExportOptions().author
    word = Commenting(opened(talked()))
    word.add(author, "Ook van mij.", to="Klopt dit jaartal", answers=False)
    assert threads(word.result())[-1].text == "Ook van mij."


def test_an_edited_remark_is_the_same_thread() -> None:
    word = Commenting(opened(talked()))
    for element in word.comment("Klopt dit jaartal").iter(f"{W}t"):
        element.text = "Klopt dit jaar?"
    first = threads(word.result())[0]
    assert (first.text, first.id, len(first.replies)) == ("Klopt dit jaar?", threads(talked())[0].id, 1)


def test_comments_that_answer_each_other_in_a_circle_are_all_there() -> None:
    word = Commenting(opened(talked()))
    word.told("Klopt dit jaartal").set(f"{W15}paraIdParent", str(word.told("Naam voluit").get(f"{W15}paraId")))
    word.told("Naam voluit").set(f"{W15}paraIdParent", str(word.told("Klopt dit jaartal").get(f"{W15}paraId")))
    assert {thread.text for thread in threads(word.result())} >= {"Klopt dit jaartal?", "Naam voluit."}


_SAID = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=20)
_AT = st.none() | st.datetimes(
    datetime.datetime(2020, 1, 1), datetime.datetime(2035, 1, 1), timezones=st.just(datetime.UTC)
).map(lambda moment: moment.replace(microsecond=0))
_REPLIES = st.lists(st.builds(ThreadEntry, _SAID, _SAID, _AT), max_size=3).map(tuple)
_THREADS = st.lists(st.builds(Thread, st.uuids().map(str), _SAID, _SAID, _AT, _REPLIES, st.booleans()), max_size=3).map(
    tuple
)


@settings(max_examples=25, deadline=None)
@given(_THREADS, st.sampled_from(("b1", "b3", "b5")))
def test_any_threads_survive_the_way_to_word_and_back(held: tuple[Thread, ...], block_id: str) -> None:
    value = set_threads(dossier(), block_id, held)
    assert imported(opened(value)).dossier == value


def test_remarks_of_an_older_version_in_the_file_are_known_again() -> None:
    found = imported(opened(dossier()))
    blocks: list[Block] = [b for a in found.dossier.answers for b in a.blocks if b.remark]
    assert blocks
    assert found.remarks == 0
