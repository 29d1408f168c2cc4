"""Small files of every format, made in memory, for the tests of the readers. All content is fictional."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(text: str, bold: bool = False) -> str:
    """A run of text; a line feed in it becomes a line break."""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in text.split("\n"))
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{parts}</w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a plain string becomes one."""
    inner = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def docx(*body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A docx with these paragraphs or tables; `parts` are further members by name ("footnotes" gets its root)."""
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{"".join(body)}</w:body></w:document>'
    members: dict[str, str | bytes] = {"[Content_Types].xml": _TYPES, "word/document.xml": document}
    for name, content in (parts or {}).items():
        members[f"word/{name}.xml" if "/" not in name else name] = content
    return zipped(members)


def footnotes(*texts: str) -> str:
    """The part with footnotes 1, 2, …, behind Word's own separators."""
    notes = "".join(f'<w:footnote w:id="{i}">{paragraph(text)}</w:footnote>' for i, text in enumerate(texts, 1))
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p/></w:footnote>'
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    return f'<?xml version="1.0"?><w:footnotes {W}>{separators}{notes}</w:footnotes>'


def reference(number: int) -> str:
    """A run that refers to footnote `number`."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def numbering(form: str = "decimal", pattern: str = "%1.") -> str:
    """The part that defines list 1."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
    return (
        f'<?xml version="1.0"?><w:numbering {W}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def odt(body: str, styles: str = "") -> bytes:
    """An odt whose office:text is `body`."""
    spaces = (
        " ".join(
            f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for prefix, name in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"))
        )
        + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def pdf(*pages: Sequence[tuple[float, float, float, str]]) -> bytes:
    """A PDF whose pages hold lines (x, y, size, text) in Helvetica; y counts from the foot of the page (842 high)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, size, text in lines)
        stream = drawn.encode("cp1252", errors="replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        number = len(objects)
        kids.append(f"{number + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % number
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def kamervragen_xml(parts: str) -> bytes:
    """The XML of an Aanhangsel with `parts` (vraag, antwoord, …) under its heading."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><metadata><meta name="DC.identifier" '
        'content="ah-tk-20302031-712"/></metadata><kamervragen><kamervraagkop><tekstregel inhoud="vergaderjaar">'
        "Vergaderjaar 2030-2031</tekstregel></kamervraagkop><kamervraagnummer>712</kamervraagnummer>"
        '<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Wiekstra</achternaam></naam> (PvW) '
        "aan de Minister van Wind en Water over <kamervraagonderwerp>molens</kamervraagonderwerp> (ingezonden "
        '<datum isodatum="2031-03-03">3 maart 2031</datum>).</kamervraagomschrijving><kamervraagomschrijving '
        'type="antwoord">Antwoord van Minister <naam><achternaam>Zeilmaker</achternaam></naam> (<organisatie>Wind en '
        'Water</organisatie>) (ontvangen <datum isodatum="2031-03-24">24 maart 2031</datum>).</kamervraagomschrijving>'
        f"{parts}</kamervragen></officiele-publicatie>"
    ).encode()


Q1, Q2 = "Kent u het bericht over de molens?", "Hoeveel molens staan stil, en waarom?"
A1, A2 = "Ja.", "Er staan twaalf molens stil. Dat komt door roest aan de wieken."
INTRO = "Vragen van het lid Wiekstra (PvW) aan de Minister van Wind en Water over molens (ingezonden 3 maart 2031)."
GIVEN = "Antwoord van Minister Zeilmaker (Wind en Water) (ontvangen 24 maart 2031)."
LINES = [INTRO, GIVEN, "Vraag 1", Q1, "Antwoord 1", A1, "Vraag 2", Q2, "Antwoord 2", A2]


def html() -> bytes:
    """The document as a page of the official site."""
    blocks = "".join(
        f'<div class="{kind}"><h2 class="stuktitel">{title}</h2><p>{text}</p></div>'
        for kind, title, text in (
            ("vraag", "Vraag 1", Q1),
            ("antwoord", "Antwoord 1", A1),
            ("vraag", "Vraag 2", Q2),
            ("antwoord", "Antwoord 2", A2),
        )
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Antwoord</title><script>alert(1)</script></head><body>'
        f'<nav>Menu</nav><div id="broodtekst"><h1>{INTRO}</h1><h1>{GIVEN}</h1>{blocks}</div></body></html>'
    ).encode()


def xml() -> bytes:
    """The document in the official XML."""
    return kamervragen_xml(
        "".join(
            f"<{tag}><nr>{title}</nr>\n  <al>{text}</al></{tag}>"
            for tag, title, text in (
                ("vraag", "Vraag 1", Q1),
                ("antwoord", "Antwoord 1", A1),
                ("vraag", "Vraag 2", Q2),
                ("antwoord", "Antwoord 2", A2),
            )
        )
    )


FILES: dict[str, bytes] = {
    "stuk.txt": "\n\n".join(LINES).encode(),
    "stuk-cp1252.txt": "\n\n".join(LINES).encode("cp1252"),
    "stuk-utf16.txt": "\n\n".join(LINES).encode("utf-16"),
    "stuk.docx": docx(*(paragraph(line) for line in LINES)),
    "stuk.odt": odt("".join(f"<text:p>{line}</text:p>" for line in LINES)),
    "stuk.html": html(),
    "stuk.xml": xml(),
    "stuk.pdf": pdf([(60, 780 - 24 * i, 10, line) for i, line in enumerate(LINES)]),
}
