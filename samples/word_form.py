"""Word files as a ministry sends them: a covering letter, bold headings split over runs, real footnotes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from itertools import count
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from source import NOTE, Sample

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SEPARATORS = """<w:footnotes {ns}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
{notes}</w:footnotes>"""
ONE_NOTE = (
    '<w:footnote w:id="{id}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


def as_word(sample: Sample) -> bytes:
    """The sample as a .docx."""
    document: Any = Document()
    notes: list[str] = []
    if sample.soort == "vragen":
        _questions(document, sample)
    elif sample.soort == "brief":
        _letter(document, sample)
    else:
        _answers(document, sample)
    for part in sample.parts:
        if part.heading:
            _heading(document, part.heading, split=sample.soort == "antwoord")
        for paragraph in part.paragraphs:
            _paragraph(document, paragraph, notes, bold=part.asks and sample.soort == "antwoord")
        document.add_paragraph("")
    if sample.soort == "brief":
        _signature(document, sample)
    for source in sample.sources:
        document.add_paragraph(re.sub(r"^(\d+)\)", r"[\1]", source))
    _attach(document, notes)
    stamp = datetime.datetime.combine(sample.day("ontvangen" if sample.ontvangen else "ingezonden"), datetime.time(9))
    core = document.core_properties
    core.created = core.modified = stamp
    core.author, core.title = "Ministerie van Wind en Water", "Conceptbrief"
    return _saved(document)


def _table(document: Any, rows: list[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    for left, right in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, right


def _answers(document: Any, sample: Sample) -> None:
    _table(
        document,
        [
            ("Aan", "de Voorzitter van de Tweede Kamer der Staten-Generaal"),
            ("Datum", sample.dutch("ontvangen")),
            ("Betreft", f"Antwoorden op Kamervragen over {sample.onderwerp}"),
            ("Ons kenmerk", sample.kenmerk),
        ],
    )
    office, name = sample.minister.split(", ")[1], sample.minister.split(", ")[0]
    also = f", mede namens {sample.mede}," if sample.mede else ""
    document.add_paragraph(
        f"In antwoord op uw brief van {sample.dutch('ingezonden')}, nr. {sample.zaak}, deel ik u{also} mede dat de "
        f"vragen van {sample.members} over {sample.onderwerp} worden beantwoord zoals in de bijlage bij deze brief."
    )
    document.add_paragraph(f"{office},")
    document.add_paragraph("")
    document.add_paragraph(name).add_run().add_break(WD_BREAK.PAGE)
    title = document.add_paragraph()
    title.add_run(f"Antwoorden van {office[0].lower()}{office[1:]} op ").bold = True
    asked = f"Kamervragen van {sample.members} over {sample.onderwerp} (ingezonden {sample.dutch('ingezonden')}, "
    title.add_run(f"{asked}nr. {sample.zaak})").bold = True
    document.add_paragraph("")


def _letter(document: Any, sample: Sample) -> None:
    document.add_paragraph("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal")
    _table(
        document,
        [("Datum", sample.dutch("ontvangen")), ("Betreft", sample.onderwerp), ("Ons kenmerk", sample.kenmerk)],
    )
    document.add_paragraph("")


def _questions(document: Any, sample: Sample) -> None:
    document.add_paragraph(sample.zaak)
    heading = document.add_paragraph()
    heading.add_run(f"{sample.asked})").bold = True
    document.add_paragraph("")


def _signature(document: Any, sample: Sample) -> None:
    name, office = sample.minister.split(", ")
    for line in ("Hoogachtend,", "", f"{office},", "", name):
        document.add_paragraph(line)


def _heading(document: Any, heading: str, *, split: bool) -> None:
    paragraph = document.add_paragraph()
    # Word splits a heading over runs when it was typed with corrections: every reader has to cope with that.
    pieces = [heading[:12], heading[12:16], heading[16:] + " "] if split else [heading]
    for piece in filter(None, pieces):
        paragraph.add_run(piece).bold = True


def _paragraph(document: Any, text: str, notes: list[str], *, bold: bool) -> None:
    paragraph = document.add_paragraph()
    for index, piece in enumerate(re.split(NOTE.pattern, text)):
        if index % 2:
            notes.append(piece)
            _reference(paragraph, len(notes))
        elif piece:
            paragraph.add_run(piece).bold = bold or None


def _reference(paragraph: Any, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def _attach(document: Any, notes: list[str]) -> None:
    if not notes:
        return
    body = "".join(ONE_NOTE.format(id=number, text=text) for number, text in zip(count(1), notes, strict=False))
    blob = SEPARATORS.format(ns=nsdecls("w"), notes=body).encode()
    part = PackagePart(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _saved(document: Any) -> bytes:
    """The bytes of the document, with the times that the container holds made fixed."""
    buffer, fixed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
