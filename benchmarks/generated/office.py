"""The document as Word and OpenDocument write it."""

from __future__ import annotations

import io
import random
import zipfile
from xml.sax.saxutils import escape

from support import reading_files as make

from benchmarks.generated.model import Drawn, Grid, Line, Piece, Text
from benchmarks.generated.shown import mark_shown, note_lines

_HIDDEN = ["<w:vanish/>", '<w:vanish w:val="1"/>', '<w:rStyle w:val="Geheim"/>']
_STYLES = (
    f'<?xml version="1.0"?><w:styles {make.W}><w:style w:type="character" w:styleId="Geheim"><w:rPr><w:vanish/></w:rPr>'
    "</w:style></w:styles>"
)
_NUMBERING = (
    f'<?xml version="1.0"?><w:numbering {make.W}>'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="{bullet}"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    "</w:numbering>"
)
_TRACK = 'w:id="{}" w:author="Sluis" w:date="2031-03-03T10:00:00Z"'


def docx(drawn: Drawn, chance: random.Random) -> bytes:
    """A Word file."""
    layout = drawn.layout
    body = [_table(line) if isinstance(line, Grid) else _paragraph(line, drawn, chance) for line in drawn.lines]
    body += [f"<w:p>{_runs((Piece(text),), drawn, chance)}</w:p>" for text in note_lines(drawn)]
    parts = {"styles": _STYLES, "numbering": _NUMBERING.format(bullet=layout.bullet.strip())}
    if layout.note_style == "page" and drawn.notes:
        parts["footnotes"] = make.footnotes(*(escape(text) for _, text in drawn.notes))
    return _package(make.docx(*body, parts=parts), parts)


_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _package(data: bytes, parts: dict[str, str]) -> bytes:
    """The file with what other programs need to open it: types and relations of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PART}.{kind}+xml"/>'
        for name, kind in [("document", "document.main"), *((name, name) for name in parts)]
    )
    members["[Content_Types].xml"] = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    main = f'<Relationship Id="r1" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
    others = "".join(
        f'<Relationship Id="r{i}" Type="{_KIND}/{name}" Target="{name}.xml"/>' for i, name in enumerate(parts, 1)
    )
    members |= {"_rels/.rels": _RELATED.format(main), "word/_rels/document.xml.rels": _RELATED.format(others)}
    return make.zipped(members)


def _paragraph(line: Line, drawn: Drawn, chance: random.Random) -> str:
    properties = ""
    lead = ""
    if line.role == "question" and drawn.layout.automatic:
        properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    elif line.role == "item" and drawn.layout.automatic:
        properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    elif line.role == "item":
        lead = f"{drawn.layout.bullet}\t" if chance.random() < 0.5 else f"{drawn.layout.bullet} "
    if line.joined:
        properties += f"<w:rPr><w:del {_TRACK.format(chance.randint(100, 999))}/></w:rPr>"
    bold = drawn.layout.bold and (line.role.endswith("heading") or line.role == "question")
    runs = _runs(((Piece(lead),) if lead else ()) + line.text, drawn, chance, bold)
    gap = make.paragraph("") if chance.random() < 0.3 else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>{gap if not line.joined else ''}"


def _runs(text: Text, drawn: Drawn, chance: random.Random, bold: bool = False) -> str:
    found = []
    strong = "<w:b/>" if bold else ""
    for piece in text:
        said = f'<w:t xml:space="preserve">{escape(piece.text)}</w:t>'.replace(
            "\t", '</w:t><w:tab/><w:t xml:space="preserve">'
        )
        if piece.kind == "note" and drawn.layout.note_style == "page":
            found.append(make.reference(int(piece.text)))
        elif piece.kind == "note" and drawn.layout.mark_style == "1":
            found.append(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{said}</w:r>')
        elif piece.kind == "note":
            found.append(f"<w:r><w:t>{mark_shown(piece.text, drawn.layout)}</w:t></w:r>")
        elif piece.kind == "hidden":
            found.append(f"<w:r><w:rPr>{chance.choice(_HIDDEN)}</w:rPr>{said}</w:r>")
        elif piece.kind == "deleted":
            gone = said.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
            found.append(f"<w:del {_TRACK.format(chance.randint(100, 999))}><w:r>{gone}</w:r></w:del>")
        elif piece.kind == "inserted":
            found.append(f"<w:ins {_TRACK.format(chance.randint(100, 999))}><w:r>{said}</w:r></w:ins>")
        elif piece.kind == "symbol":
            found.append('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>')
        else:
            words = piece.text.split(" ")
            cut = chance.randint(1, len(words)) if chance.random() < 0.3 else len(words)
            for part in (" ".join(words[:cut]), " ".join(["", *words[cut:]]) if words[cut:] else ""):
                if part:
                    inner = f'<w:t xml:space="preserve">{escape(part)}</w:t>'
                    inner = inner.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
                    found.append(f"<w:r>{f'<w:rPr>{strong}</w:rPr>' if strong else ''}{inner}</w:r>")
    return "".join(found)


def _table(grid: Grid) -> str:
    rows = []
    open_cells: dict[int, tuple[int, int]] = {}
    for row in grid.rows:
        cells, column = [], 0
        waiting = list(row)
        while waiting or column in open_cells:
            if column in open_cells:
                left, width = open_cells.pop(column)
                cells.append(f"<w:tc><w:tcPr>{_span(width)}<w:vMerge/></w:tcPr><w:p/></w:tc>")
                if left > 1:
                    open_cells[column] = (left - 1, width)
                column += width
                continue
            cell = waiting.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            cells.append(
                f"<w:tc><w:tcPr>{_span(cell.columns)}{merge}</w:tcPr>{make.paragraph(escape(cell.text))}</w:tc>"
            )
            if cell.rows > 1:
                open_cells[column + 1000] = (cell.rows - 1, cell.columns)
            column += cell.columns
        open_cells = {key % 1000: value for key, value in open_cells.items()}
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = max(sum(cell.columns for cell in row) for row in grid.rows)
    grid_columns = '<w:gridCol w:w="1800"/>' * columns
    table = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/>{_BORDERS}</w:tblPr><w:tblGrid>{grid_columns}</w:tblGrid>'
    return f"<w:tbl>{table}{''.join(rows)}</w:tbl>"


_BORDERS = "<w:tblBorders>{}</w:tblBorders>".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
)


def _span(width: int) -> str:
    return f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""


_ODT_STYLES = (
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="C" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>'
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/></text:list-style>'
    '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    "</text:list-style>"
)


def odt(drawn: Drawn, chance: random.Random) -> bytes:
    """An OpenDocument file."""
    body = []
    for line in drawn.lines:
        if isinstance(line, Grid):
            body.append(_odt_table(line))
            continue
        bold = drawn.layout.bold and (line.role.endswith("heading") or line.role == "question")
        text = _spans(line.text, drawn, bold)
        if line.role == "question" and drawn.layout.automatic:
            start = f' text:start-value="{line.numbers[0]}"' if line.numbers[0] > 1 else ""
            body.append(
                f'<text:list text:style-name="N"><text:list-item{start}><text:p>{text}</text:p></text:list-item>'
                "</text:list>"
            )
        elif line.role == "item" and drawn.layout.automatic:
            body.append(
                f'<text:list text:style-name="L"><text:list-item><text:p>{text}</text:p></text:list-item></text:list>'
            )
        else:
            lead = f"{drawn.layout.bullet} " if line.role == "item" else ""
            body.append(f"<text:p>{lead}{text}</text:p>")
        if chance.random() < 0.3:
            body.append("<text:p/>")
    body += [f"<text:p>{escape(text)}</text:p>" for text in note_lines(drawn)]
    with zipfile.ZipFile(io.BytesIO(make.odt("".join(body), _ODT_STYLES))) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return make.zipped({**members, "META-INF/manifest.xml": _MANIFEST})


_TEXT = "application/vnd.oasis.opendocument.text"
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TEXT}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _spans(text: Text, drawn: Drawn, bold: bool) -> str:
    notes = dict(drawn.notes)
    found = []
    for piece in text:
        said = escape(piece.text)
        if piece.kind == "note" and drawn.layout.note_style == "page":
            found.append(
                f'<text:note text:note-class="footnote"><text:note-citation>{said}</text:note-citation><text:note-body>'
                f"<text:p>{escape(notes[piece.text])}</text:p></text:note-body></text:note>"
            )
        elif piece.kind == "note" and drawn.layout.mark_style == "1":
            found.append(f'<text:span text:style-name="S">{said}</text:span>')
        elif piece.kind == "note":
            found.append(mark_shown(piece.text, drawn.layout))
        elif piece.kind == "hidden":
            found.append(f'<text:span text:style-name="H">{said}</text:span>')
        else:
            found.append(f'<text:span text:style-name="B">{said}</text:span>' if bold else said)
    return "".join(found)


def _odt_table(grid: Grid) -> str:
    rows = []
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(grid.rows):
        cells, x, waiting = [], 0, list(row)
        while waiting or (y, x) in covered:
            if (y, x) in covered:
                cells.append("<table:covered-table-cell/>")
                x += 1
                continue
            cell = waiting.pop(0)
            spans = f' table:number-columns-spanned="{cell.columns}" table:number-rows-spanned="{cell.rows}"'
            spans = spans if cell.columns * cell.rows > 1 else ""
            text = f"<text:p>{escape(cell.text)}</text:p>"
            cells.append(f'<table:table-cell table:style-name="C"{spans}>{text}</table:table-cell>')
            covered |= {(y + dy, x + dx) for dy in range(cell.rows) for dx in range(cell.columns)} - {(y, x)}
            x += 1
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = max(sum(cell.columns for cell in row) for row in grid.rows)
    return f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{"".join(rows)}</table:table>'
