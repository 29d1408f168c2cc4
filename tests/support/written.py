"""One short set with its answer, written in every format around a piece of markup. All content is fictional."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from answers_bank.documents import Document
from answers_bank.reading import read_bytes
from support import reading_files as make

INTRO = "Vragen van het lid Wiekstra (PvW) aan de Minister van Wind en Water over molens (ingezonden 3 maart 2031)."
GIVEN = "Antwoord van Minister Zeilmaker (Wind en Water) (ontvangen 24 maart 2031)."
ASKED = "Hoe staat het met de molens?"
BEFORE = [INTRO, GIVEN, "Vraag 1", ASKED, "Antwoord 1"]

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def word(*body: str, styles: str = "", **parts: str) -> Document:
    """A docx whose answer is `body`, in WordprocessingML; `styles` are `w:style` elements."""
    if styles:
        parts["styles"] = f'<?xml version="1.0"?><w:styles {make.W}>{styles}</w:styles>'
    return read_bytes(make.docx(*map(make.paragraph, BEFORE), *body, parts=parts), "a.docx")


def odt(body: str, styles: str = "") -> Document:
    """An odt whose answer is `body`."""
    before = "".join(f"<text:p>{line}</text:p>" for line in BEFORE)
    return read_bytes(make.odt(before + body, styles), "a.odt")


def html(body: str, head: str = "") -> Document:
    """A page whose answer is `body`."""
    before = "".join(f"<p>{line}</p>" for line in BEFORE)
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{before}{body}</body></html>'
    return read_bytes(page.encode(), "a.html")


def xml(body: str) -> Document:
    """The official XML with `body` in its answer."""
    asked = f"<vraag><nr>Vraag 1</nr><al>{ASKED}</al></vraag>"
    return read_bytes(make.kamervragen_xml(f"{asked}<antwoord><nr>Antwoord 1</nr>{body}</antwoord>"), "a.xml")


def text(*lines: str) -> Document:
    """A plain text that goes on with `lines` after the heading of its answer."""
    return read_bytes("\n\n".join([*BEFORE, *lines]).encode(), "a.txt")


def pdf(build: Callable[[list[object], Callable[..., object]], None], **template: object) -> bytes:
    """A PDF by reportlab: `build` adds flowables to a story, with a maker of paragraphs at hand."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=12.5, spaceAfter=9)

    def paragraph(said: str, **options: object) -> object:
        return Paragraph(said, ParagraphStyle("own", plain, **options))

    story: list[object] = [paragraph(line) for line in BEFORE]
    build(story, paragraph)
    on_page = {key: template.pop(key) for key in ("onFirstPage", "onLaterPages") if key in template}
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, **template).build(story, **on_page)
    return buffer.getvalue()


def said(document: Document) -> list[str]:
    """The paragraphs of the first answer."""
    return [passage.text for passage in document.answers[0].paragraphs]


def everything(document: Document) -> str:
    """All that was read, in whatever part."""
    parts: Sequence[str] = [
        *(question.text for question in document.questions),
        *(passage.text for answer in document.answers for passage in answer.paragraphs),
        *(f"{section.heading} {passage.text}" for section in document.sections for passage in section.paragraphs),
        *(note.text for note in document.footnotes),
        str(document.subject),
    ]
    return "\n".join(parts)
