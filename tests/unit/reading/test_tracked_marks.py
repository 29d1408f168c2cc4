"""Tracked ends of paragraphs: a deleted one joins, an inserted one splits; reading and reading back agree."""

from __future__ import annotations

import pytest
from support import written
from support.reading_files import docx, paragraph, run
from support.written import said

from drafter.export.word.accepted import accepted_paragraphs
from drafter.export.word.package import WordPackage

_MARK = '<w:rPr><w:{} w:id="1" w:author="X" w:date="2031-01-01T00:00:00Z"/></w:rPr>'
GONE, MOVED, NEW = (_MARK.format(tag) for tag in ("del", "moveFrom", "ins"))
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([paragraph("Het duurt ", properties=GONE), paragraph("tien weken.")], ["Het duurt tien weken."]),
        (
            [paragraph("Het ", properties=GONE), paragraph("duurt ", properties=GONE), paragraph("tien weken.")],
            ["Het duurt tien weken."],
        ),
        ([paragraph("Het duurt ", properties=MOVED), paragraph("tien weken.")], ["Het duurt tien weken."]),
        ([paragraph("Ja.", properties=NEW), paragraph("Het duurt lang.")], ["Ja.", "Het duurt lang."]),
        (
            [
                paragraph(run("Het duurt "), "<w:del><w:r><w:delText>lang.</w:delText></w:r></w:del>", properties=GONE),
                paragraph("<w:del><w:r><w:delText>Nee.</w:delText></w:r></w:del>", properties=GONE),
                paragraph("tien weken."),
            ],
            ["Het duurt tien weken."],
        ),
        ([paragraph("Het duurt tien weken.", properties=GONE)], ["Het duurt tien weken."]),
        (
            [f"<w:ins>{paragraph('Ja.')}</w:ins>", paragraph("Het duurt lang.", properties="<w:keepNext/>")],
            ["Ja.", "Het duurt lang."],
        ),
    ],
)
def test_reading_and_reading_back_agree(body: list[str], expected: list[str]) -> None:
    assert said(written.word(*body)) == expected
    members = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS}
    package = WordPackage.from_bytes(docx(*body, parts=members))
    assert [p.text for p in accepted_paragraphs(package) if p.text] == expected
