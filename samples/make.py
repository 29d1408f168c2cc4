"""Make the sample bank and the sample question set from `bron/`: `python samples/make.py [FOLDER]`.

The texts in `bron/` were written for this project. This script only gives each the form in which ministries and the
Chamber send such texts: plain text with hard line breaks in several encodings, Word with real footnotes, official HTML
and XML, PDF. The same sources always give the same bytes (with the same versions of python-docx and reportlab).

A source file has `key: value` lines, a blank line, and a body: `# ` starts a question or answer heading, `## ` a
heading of a letter, a blank line ends a paragraph, `[1]` marks a source that the member names (listed under `bronnen`),
and `{…}` holds a footnote of the ministry.
"""

from __future__ import annotations

import html
import re
import sys
import textwrap
from pathlib import Path

from source import NOTE, SOURCE_MARK, Sample, official_id, read

HERE = Path(__file__).parent


def as_text(sample: Sample) -> bytes:
    """Plain text as copied out of a mail or an old system."""
    width = int(sample.regels)
    opening = f"{sample.asked}, {sample.zaak})"
    lines = [opening] if sample.soort == "vragen" else [opening + ".", sample.answered]
    notes = 0
    for part in sample.parts:
        lines.append(part.heading)
        for paragraph in part.paragraphs:
            text = SOURCE_MARK.sub(r" \1)", paragraph)
            for note in NOTE.findall(text):
                notes += 1
                text = NOTE.sub(f"[footnoteRef:{notes}]", text, count=1) + f" [{notes}:  {note}] "
            lines.append(text)
    lines += sample.sources
    pieces = [textwrap.fill(line, width, break_long_words=False) if width else line for line in lines]
    joined = ""
    for line, piece in zip(lines, pieces, strict=True):
        # A heading stands right above its text; between other pieces there is a blank line.
        joined += piece + ("\n" if re.fullmatch(r"(?:Vra|Antwoord|Mededeling).{0,40}", line) else "\n\n")
    return (joined.rstrip() + "\n").replace("\n", "\r\n").encode(sample.codering)


def as_html(sample: Sample) -> bytes:
    """The page of an answer as the official site shows it."""
    identifier = official_id(sample)
    meta = {
        "DC.identifier": identifier,
        "OVERHEIDop.vraagnummer": sample.zaak,
        "OVERHEIDop.aanhangselNummer": sample.aanhangsel,
        "OVERHEIDop.datumOntvangst": sample.ontvangen,
        "OVERHEIDop.vergaderjaar": sample.vergaderjaar,
        "DC.title": f"Antwoord op vragen van {sample.members} over {sample.onderwerp}",
    }
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="nl">',
        "<head>",
    ]
    out.append('<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />')
    out += [f'<meta name="{name}" scheme="" content="{html.escape(value)}" />' for name, value in meta.items()]
    out += ["<title></title>", "</head>", "<body>", '<div id="broodtekst">']
    for line in (sample.asked + ").", sample.answered):
        out.append(f'<h1 class="kamervraagomschrijving_kop no-toc">{html.escape(line, quote=False)}\n</h1>')
    notes: list[str] = []
    for part in sample.parts:
        out.append(f'<div class="{"vraag" if part.asks else "antwoord"}">')
        out.append(f'<h2 class="stuktitel no-toc">{part.heading}\n</h2>')
        for paragraph in part.paragraphs:
            text = html.escape(paragraph, quote=False)
            for note in NOTE.findall(text):
                notes.append(note)
                mark = f'<a class="nootnum" href="#n{len(notes)}"><sup>{len(notes)}</sup></a>'
                text = NOTE.sub(mark, text, count=1)
            out.append("<p>" + "\n   ".join(textwrap.wrap(text, 84, break_long_words=False)) + "\n</p>")
        out.append("</div>")
    for number, note in enumerate(notes, 1):
        mark = f'<span class="nootnum" id="n{number}">{number} </span>'
        out.append(f'<div class="voet noot"><p class="noot">{mark}{note}</p></div>')
    out += ["</div>", "</body>", "</html>"]
    return ("\n".join(out) + "\n").encode()


def as_xml(sample: Sample) -> bytes:
    """The official publication of an answer."""
    asked = html.escape(sample.asked, quote=False)
    for name in re.findall(r"(?:Van )?[A-Z]\w+(?= \(| en )", sample.vragenstellers):
        asked = asked.replace(name, f"<naam><achternaam>{name}</achternaam></naam>", 1)
    subject = html.escape(sample.onderwerp, quote=False)
    asked = asked.replace(subject, f"<kamervraagonderwerp>{subject}</kamervraagonderwerp>")
    asked = asked.replace(sample.dutch("ingezonden"), _date(sample, "ingezonden"))
    answered = sample.answered.replace(sample.dutch("ontvangen"), _date(sample, "ontvangen"))
    answered = answered.replace("(Wind en Water)", '(<organisatie afkorting="WenW">Wind en Water</organisatie>)')
    answered = re.sub(r"(Minister )(\w+)", r"\1<naam><achternaam>\2</achternaam></naam>", answered, count=1)
    identifier = official_id(sample)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<officiele-publicatie>",
        "  <metadata>",
        f'    <meta name="OVERHEIDop.externMetadataRecord" scheme="" content="{identifier}/metadata.xml"/>',
        "  </metadata>",
        "  <kamervragen>",
        "    <kamervraagkop>",
        f'      <tekstregel inhoud="vergaderjaar">Vergaderjaar {sample.vergaderjaar}</tekstregel>',
        '      <tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>',
        '      <tekstregel inhoud="kamernummer">2</tekstregel>',
        '      <tekstregel inhoud="documenttype">\n        Aanhangsel van de Handelingen\n      </tekstregel>',
        "    </kamervraagkop>",
        f"    <kamervraagnummer>{sample.aanhangsel}</kamervraagnummer>",
        f'    <kamervraagomschrijving type="vraag">{asked}).</kamervraagomschrijving>',
        f'    <kamervraagomschrijving type="antwoord">{answered}</kamervraagomschrijving>',
    ]
    notes = 0
    for part in sample.parts:
        tag = "vraag" if part.asks else "antwoord"
        out += [f"    <{tag}>", f'      <nr status="officieel">{part.heading}</nr>']
        for paragraph in part.paragraphs:
            text = html.escape(paragraph, quote=False)
            for note in NOTE.findall(text):
                notes += 1
                element = f'<noot id="n{notes}" type="voet"><noot.nr>{notes}</noot.nr><noot.al>{note}</noot.al></noot>'
                text = NOTE.sub(element, text, count=1)
            out.append(f"      <al>{text}</al>")
        out.append(f"    </{tag}>")
    out += ["  </kamervragen>", "</officiele-publicatie>"]
    return ("\n".join(out) + "\n").encode()


def _date(sample: Sample, key: str) -> str:
    return f'<datum isodatum="{sample.fields[key]}">{sample.dutch(key)}</datum>'


def make(folder: Path) -> list[Path]:
    """Write all samples under `folder`; the earlier answers in `bank`, the new set beside it."""
    from pdf_form import as_pdf
    from word_form import as_word

    forms = {"txt": as_text, "html": as_html, "xml": as_xml, "docx": as_word, "pdf": as_pdf}
    written = []
    for path in sorted((HERE / "bron").glob("*.txt")):
        sample = read(path)
        target = folder / ("." if sample.name == "nieuwe-vragen" else "bank") / f"{sample.name}.{sample.vorm}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(forms[sample.vorm](sample))
        written.append(target)
    return written


if __name__ == "__main__":
    for made in make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(made)
