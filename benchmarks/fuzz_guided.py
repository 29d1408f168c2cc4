"""Fuzzing that follows which lines of ours are reached: readers, grammars of citations and time, dossiers, JSONL.

    python -m benchmarks.fuzz_guided citations --seconds 3600 --corpus FOLDER

Needs atheris (`pip install --group fuzz`). Anything but a value or an error that is foreseen is a find: it is kept in
the folder of the corpus, and goes as a test into `tests/hostile`.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def citations() -> Callable[[bytes], None]:
    """Papers, identifiers, articles and official sources in any text."""
    from answers_bank.dutch.citations.articles import find_articles
    from answers_bank.dutch.citations.identifiers import find_identifiers
    from answers_bank.dutch.citations.official_sources import find_sources, from_the_future
    from answers_bank.dutch.citations.papers import find_citations, find_papers

    def look(data: bytes) -> None:
        text = _text(data)
        list(find_articles(text))
        list(find_identifiers(text))
        for source in find_sources(text):
            from_the_future(source, datetime.date(2031, 5, 6))
        for one in (*find_citations(text), *find_papers(text)):
            _ = one.identifier, one.url

    return look


def time() -> Callable[[bytes], None]:
    """Dates and expressions of time in any text."""
    from answers_bank.dutch.time.dates import parse_date
    from answers_bank.dutch.time.expressions import find_moments, find_times

    days = (datetime.date(2031, 5, 6), datetime.date(2024, 2, 29), datetime.date.max, datetime.date.min, None)

    def look(data: bytes) -> None:
        text = _text(data)
        parse_date(text)
        for day in days:
            times = find_times(text, day)
            find_moments(text, [(time.start, time.end) for time in times])

    return look


def readers() -> Callable[[bytes], None]:
    """Bytes as a document of any form; Word and OpenDocument get them as their text."""
    from answers_bank.reading import read_bytes
    from embeddings.errors import InputError

    def look(data: bytes) -> None:
        kind, rest = (data[0] % 5, data[1:]) if data else (0, b"")
        if kind >= 3:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as packed:
                if kind == 3:
                    packed.writestr("word/document.xml", rest)
                    packed.writestr("[Content_Types].xml", "<Types/>")
                else:
                    packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
                    packed.writestr("content.xml", rest)
            rest = out.getvalue()
        try:
            read_bytes(rest, ("a.txt", "a.html", "a.xml", "a.docx", "a.odt")[kind])
        except InputError:
            return

    return look


def jsonl() -> Callable[[bytes], None]:
    """A line of a register."""
    from answers_bank.sources.jsonl import parse

    def look(data: bytes) -> None:
        try:
            parse(data, "register")
        except ValueError as error:
            if not str(error).endswith("."):
                raise  # of Python, and in English

    return look


def dossier() -> Callable[[bytes], None]:
    """A dossier as JSON, and the file of one with bytes put in at a place."""
    from answers_bank.json_values import decode
    from benchmarks.faults.mutations import a_dossier, typed
    from drafter.dossier.store import DossierStore
    from drafter.dossier.value import Dossier
    from embeddings.errors import KamerantwoordError

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    store = DossierStore(folder)
    store.create(a_dossier()).close()
    typed(store, "proef", ["Een alinea.", "En nog een."])
    whole = store.path("proef").read_bytes()

    def look(data: bytes) -> None:
        if data[:1] < b"\x80":
            try:
                decode(Dossier, json.loads(data))
            except (ValueError, RecursionError):
                return
            return
        place = int.from_bytes(data[1:4], "little") % len(whole)
        store.path("proef").write_bytes(whole[:place] + data[4:] + whole[place + len(data[4:]) :])
        try:
            store.list()
            store.load("proef")
        except KamerantwoordError:
            return

    return look


TARGETS: dict[str, Callable[[], Callable[[bytes], None]]] = {
    "citations": citations,
    "time": time,
    "readers": readers,
    "jsonl": jsonl,
    "dossier": dossier,
}

SEEDS: dict[str, tuple[bytes, ...]] = {
    "citations": (
        b"Kamerstuk 29 754, nr. 774; Aanhangsel Handelingen, vergaderjaar 2024-2025, nr. 12",
        b"Stb. 2024, 12; Stcrt. 2023, 456; ECLI:NL:HR:2020:1; artikel 3, tweede lid, van de Wet draaiende delen",
        b"https://zoek.officielebekendmakingen.nl/ah-tk-20242025-12.html Verordening (EU) 2016/679",
    ),
    "time": (
        b"voor het einde van dit jaar, op 31 februari 2024, in het tweede kwartaal van 2023, komend voorjaar",
        b"binnen zes weken na 1 mei 2031; begin volgende maand; de afgelopen vijf jaar; 29-2-2024",
    ),
    "readers": (
        b"\0Vraag 1\nBent u bekend met het bericht?1\n\nAntwoord 1\nJa.\n\n1) Bron, 1 mei 2031\n",
        b"\1<html><body><h2>Vraag 1</h2><table><tr><td>a<td>b</table></body></html>",
        b"\2<officiele-publicatie><vraag><al>Wat?</al></vraag></officiele-publicatie>",
        b'\3<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>Vraag 1</w:t></w:r></w:p></w:body></w:document>",
        b'\4<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    ),
    "jsonl": (b'{"id": "a", "date": "2031-05-06", "answer": "Ja.", "askers": [{"name": "x"}], "aanhangsel": 3}',),
    "dossier": (b'{"id": "a", "questions": {}, "answers": []}', b"\x80\x00\x10\x00abcdef"),
}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    import atheris

    options.corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[options.target]):
        (options.corpus / f"seed-{number}").write_bytes(seed)
    with atheris.instrument_imports(include=["answers_bank", "drafter"]):
        look = TARGETS[options.target]()
    limits = [f"-max_total_time={options.seconds}", "-timeout=20", "-rss_limit_mb=1500"]
    limits += ["-max_len=4096", "-len_control=10"]  # long inputs soon: what stands far apart is what is unforeseen
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={options.corpus}{os.sep}", str(options.corpus)], look)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
