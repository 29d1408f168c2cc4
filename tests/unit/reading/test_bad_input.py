"""Damaged, hostile and odd files: a clear message each, in bounded time, and never anything but InputError."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import reading_files as make
from support.reading_files import FILES

from answers_bank.reading import read_bytes, read_file, reader
from answers_bank.reading.outline import as_json
from embeddings.errors import InputError

ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    b"<officiele-publicatie>&b;</officiele-publicatie>"
)


@pytest.fixture(autouse=True)
def no_other_programs(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Damaged files are never handed to LibreOffice or ocrmypdf here."""
    monkeypatch.setenv("PATH", str(tmp_path_factory.getbasetemp()))


def encrypted_zip() -> bytes:
    data = bytearray(make.docx(make.paragraph("Geheim")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(signature, place + 4)
    return bytes(data)


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 90_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is leeg"),
        (b" \n\t ", "is leeg"),
        (b"PK\x03\x04 kapot", "beschadigd"),
        (make.docx(make.paragraph("Tekst"))[:-40], "beschadigd"),
        (make.zipped({"leesmij.txt": "hallo"}), "zonder document"),
        (make.zipped({"word/document.xml": "<w:document"}), "beschadigd"),
        (make.zipped({"word/document.xml": "<x/>"}), "geen inhoud"),
        (encrypted_zip(), "wachtwoord"),
        (bomb(), "te groot"),
        (ENTITIES, "entiteiten"),
        (make.zipped({"word/document.xml": ENTITIES}), "entiteiten"),
        (b"<?xml version='1.0'?><open>", "beschadigd"),
        (b"%PDF-1.7 kapot", "beschadigde pdf"),
        (make.pdf([], []), "geen tekst"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "afbeelding"),
        (bytes(range(256)) * 40, "geen tekst"),
        (b"\x7fELF" + b"\x00\x01\x02" * 400, "geen tekst"),
        (make.zipped({"content.xml": "<a", "mimetype": "x"}), "beschadigd"),
    ],
    ids=range(18),
)
def test_a_message_that_names_the_file_and_the_trouble(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "brief 1.docx")
    assert says in caught.value.message
    assert "brief 1.docx" in caught.value.message
    assert caught.value.hint


def test_missing_folder_and_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="bestaat niet"):
        read_file(tmp_path / "weg.docx")
    with pytest.raises(InputError, match="map"):
        read_file(tmp_path)
    monkeypatch.setattr(reader, "LARGEST", 10)
    (tmp_path / "groot.txt").write_text("meer dan tien tekens")
    with pytest.raises(InputError, match="groter dan"):
        read_file(tmp_path / "groot.txt")
    with pytest.raises(InputError, match="groter dan"):
        read_bytes(b"meer dan tien tekens", "groot.txt")


def test_names_with_control_characters_are_shown_harmless() -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(b"", "brief\n\x1b[2Jweg.docx")
    assert "\x1b" not in caught.value.message
    assert "\n" not in caught.value.message


def test_escape_codes_in_text_stay_out_of_the_reading_view() -> None:
    document = read_bytes(b"Vraag 1\nKent u \x1b[31mrood\x1b[0m bericht?\nAntwoord 1\nJa.\n", "a.txt")
    assert "\x1b" not in document.questions[0].text


def test_links_to_outside_are_not_followed() -> None:
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x" Target="http://127.0.0.1:9/x.xml" TargetMode="External"/></Relationships>'
    )
    data = make.docx(
        make.paragraph("Vraag 1"), make.paragraph("Kent u dit?"), parts={"word/_rels/document.xml.rels": relations}
    )
    assert read_bytes(data, "a.docx").questions[0].text == "Kent u dit?"


def test_a_footnote_that_cites_itself_is_read_once() -> None:
    note = make.footnotes("Bron van de brief.").replace("</w:t></w:r>", "</w:t></w:r>" + make.reference(1))
    data = make.docx(
        make.paragraph("Vraag 1"), make.paragraph("Kent u dit?", make.reference(1)), parts={"footnotes": note}
    )
    assert [footnote.text for footnote in read_bytes(data, "a.docx").footnotes] == ["Bron van de brief."]


def test_deeply_nested_tables_end_in_a_message() -> None:
    nested = make.paragraph("diep")
    for _ in range(60):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    with pytest.raises(InputError, match="genest"):
        read_bytes(make.docx(nested), "a.docx")


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    from answers_bank.reading.formats.pdf import pages as pdf

    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    page = [(60.0, 700.0, 10.0, "Tekst op de bladzijde")]
    with pytest.raises(InputError, match="bladzijden"):
        read_bytes(make.pdf(page, page, page), "dik.pdf")


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(InputError):
        read_bytes(data, "iets")


@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_files(name: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(FILES[name])
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(data))
        data[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    with contextlib.suppress(InputError):
        read_bytes(bytes(data), name)


@given(st.text(alphabet="Vraag Antwoord op vraag vragen 0123456789.,:;?!()[]\n\r\t–-en t/m ja zo \x0c’»", max_size=600))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_of_headings_and_marks(text: str) -> None:
    if not text.strip():
        return
    document = read_bytes(text.encode(), "a.txt")
    assert document.text == text
    for passage in (*document.questions, *(p for answer in document.answers for p in answer.paragraphs)):
        before = (-1, -1)
        for view, source, length in passage.runs or ((0, passage.start, len(passage.text)),):
            assert text[source : source + length] == passage.text[view : view + length]
            assert (view, source) > before
            assert passage.start <= source
            assert source + length <= passage.end
            before = (view + length - 1, source + length - 1)
        assert all(0 <= note.position <= len(passage.text) for note in passage.notes)


PIECES = [
    *("Vraag 1a", "Vraag 1.b", "Vraag II", "Vraag", "Antwoord", "Antwoord 1a en 1b", "**Antwoord 2**", "Antwoorden"),
    *("Antwoord op de eerste en tweede vraag", "V1:", "A1:", "1", "2", "1)", "[1]", "I.", "Kent u dat?1", "En dit?"),
    *("Ja.", "1 Zie www.example.org", "Bijlage 1", "Toelichting:", "Kosten", "Vragenuur", "Minister Aa:", "\f", "\f1"),
    *(
        "Mevrouw Bb (PvW):",
        "Hoeveel mo-",
        "lens zijn er",
        "− een;",
        "− twee.",
        "Antwoorden op de vragen van het lid Cc",
    ),
    *("Pagina 2 van 4", "Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 1", "Datum", "14 maart 2031"),
]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n", " "])), min_size=1, max_size=24))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spans_hold_for_any_arrangement_of_pieces(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + end for piece, end in pieces)
    if not text.strip():
        return
    document = read_bytes(text.encode(), "a.txt")
    answers = [p for answer in document.answers for p in answer.paragraphs]
    sections = [p for section in document.sections for p in section.paragraphs]
    for passage in (*document.questions, *answers, *sections):
        for view, source, length in passage.runs or ((0, passage.start, len(passage.text)),):
            assert text[source : source + length] == passage.text[view : view + length]
            assert passage.start <= source
            assert source + length <= passage.end
    for question in document.questions:
        for part in question.sub_questions:
            assert question.text[part.start : part.end] == part.text
    notes = {(note.system, note.mark) for note in document.footnotes}
    bound = as_json(document, "a.txt")["footnotes"]
    assert {(note["system"], note["mark"]) for note in bound} == notes
