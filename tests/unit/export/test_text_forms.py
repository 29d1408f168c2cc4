"""Markdown and HTML: golden files, and what must hold for any text."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from support.dossiers import dossier

from drafter.dossier.value import Block, Dossier, DraftAnswer, Status
from drafter.export import ExportOptions, Provenance, export_bytes
from drafter.export.markdown import escape

GOLDEN = Path(__file__).parent / "golden"
ALL = ExportOptions(provenance=frozenset(Provenance))


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_as_it_was(suffix: str) -> None:
    """Golden files: look at the difference before you replace them."""
    assert export_bytes(dossier(), suffix, ALL).decode() == (GOLDEN / f"concept{suffix}").read_text(encoding="utf-8")


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def folded(text: str) -> str:
    return " ".join(text.split())


def with_text(text: str) -> Dossier:
    given_dossier = dossier()
    answers = (DraftAnswer((1,), (Block("b1", text),), Status.DRAFTED),)
    return dataclasses.replace(given_dossier, answers=answers)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1))
def test_markdown_shows_exactly_the_text(text: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": False}).parse(f"x {escape(text)}")
    inline = next(token for token in tokens if token.type == "inline")
    shown = "".join(child.content for child in inline.children or ())
    assert all(child.type in ("text", "text_special") for child in inline.children or ())
    assert " ".join(shown.split()) == " ".join(f"x {text}".split())


@pytest.mark.parametrize("start", ["# kop", "- punt", "+ punt", "1. punt", "12) punt", "> citaat", "~~~", "---", "==="])
def test_text_that_looks_like_markdown_stays_text(start: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escape(start))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert (tokens[1].children or [])[-1].type in ("text", "text_special")


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_html_holds_the_text_and_nothing_that_runs(text: str) -> None:
    page = export_bytes(with_text(text), ".html").decode()
    tree = html.fromstring(page)
    (shown,) = [p.text_content() for p in tree.find_class("text")]
    assert (
        re.sub(r"\s+", " ", shown).strip()
        == re.sub(r"\s+", " ", re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", "", text)).strip()
    )
    assert not tree.xpath("//script | //*[@onclick] | //img | //iframe | //link")


def test_links_that_are_no_web_address_are_left_out() -> None:
    given_dossier = dossier()
    block = given_dossier.answers[1].blocks[0]
    assert block.origin is not None
    bad = dataclasses.replace(block, origin=dataclasses.replace(block.origin, url="javascript:alert(1)"))
    answer = dataclasses.replace(given_dossier.answers[1], blocks=(bad,))
    page = export_bytes(dataclasses.replace(given_dossier, answers=(answer,)), ".html", ALL).decode()
    assert 'href="javascript' not in page


def test_control_characters_never_get_out() -> None:
    for suffix in (".md", ".html"):
        assert "\x1b" not in export_bytes(with_text("rood \x1b[31mtekst"), suffix).decode()


def test_lists_and_tables_have_their_own_form() -> None:
    text = "Zie dit:\n• een punt;\n• nog een.\nHaven | Schepen\nOosterdam | 12\nEinde."
    shown = export_bytes(with_text(text), ".md").decode()
    assert (
        "Zie dit:\n\n- een punt;\n- nog een.\n\n| Haven | Schepen |\n| --- | --- |\n| Oosterdam | 12 |\n\nEinde."
        in shown
    )
    tree = html.fromstring(export_bytes(with_text(text), ".html").decode())
    (held,) = tree.find_class("text")
    assert [item.text for item in held.findall(".//li")] == ["een punt;", "nog een."]
    assert [cell.text for cell in held.findall(".//td")] == ["Haven", "Schepen", "Oosterdam", "12"]
