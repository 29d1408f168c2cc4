"""How fast and how well documents are read, side by side with other readers of pdf and docx.

    python -m benchmarks.reading [--rounds 5]

Real documents beside the project where they are present, else small ones made in memory. JSON on standard output; each
reader's speed also as a ratio to the baseline named there. `agreement` is the share of questions and answers, in the
text of that reader read as plain text, that equal those of our own reader of the format letter for letter.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from answers_bank.documents import Document
from answers_bank.reading import read_bytes

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KAMERANTWOORD_SHARED", ROOT.parent / "shared")) / "data"


def files(suffix: str) -> dict[str, bytes]:
    """The documents with this suffix, by name."""
    found = {path.name: path.read_bytes() for path in sorted(SHARED.rglob(f"*{suffix}"))} if SHARED.is_dir() else {}
    if not found:
        sys.path.insert(0, str(ROOT / "tests"))
        from support.reading_files import FILES

        found = {name: data for name, data in FILES.items() if name.endswith(suffix)}
    return found


def pdfium_text(data: bytes) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def pdfplumber_text(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def docx2python_text(data: bytes) -> str:
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as document:
        return str(document.text)


def python_docx_text(data: bytes) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isalnum())


def pieces(document: Document) -> set[tuple[str, tuple[int, ...], str]]:
    asked = {("question", question.numbers, letters(question.text)) for question in document.questions}
    return asked | {("answer", answer.numbers, letters(answer.text)) for answer in document.answers}


def agreement(reader: Callable[[bytes], str], documents: dict[str, bytes]) -> float:
    """See the module."""
    same = total = 0
    for name, data in documents.items():
        ours = pieces(read_bytes(data, name))
        theirs = pieces(read_bytes(reader(data).encode() or b"-", "tekst.txt"))
        same += len(ours & theirs)
        total += len(ours)
    return round(same / max(total, 1), 3)


def seconds(work: Callable[[bytes], object], documents: dict[str, bytes], rounds: int) -> float:
    """The fastest of `rounds` runs over all documents."""
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        for data in documents.values():
            work(data)
        best = min(best, time.perf_counter() - began)
    return best


def compare(
    unit: str, units: int, documents: dict[str, bytes], readers: dict[str, Callable[[bytes], str]], rounds: int
) -> dict[str, object]:
    """Speeds in `unit` a second and as a ratio to the last reader, and the agreement of each reader."""
    baseline = list(readers)[-1]
    times = {"kamerantwoord (whole reading)": seconds(lambda data: read_bytes(data, "stuk"), documents, rounds)}
    times |= {name: seconds(reader, documents, rounds) for name, reader in readers.items()}
    rows: dict[str, dict[str, float]] = {}
    for name, took in times.items():
        rows[name] = {f"{unit}_per_second": round(units / took, 1), "ratio": round(times[baseline] / took, 2)}
        if name in readers:
            rows[name]["agreement"] = agreement(readers[name], documents)
    return {"documents": len(documents), unit: units, "baseline": baseline, "readers": rows}


def main() -> None:
    import pypdfium2

    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    pdfs, words = files(".pdf"), files(".docx")
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in pdfs.values())
    pdf_readers = {"pypdfium2 (text only)": pdfium_text, "pdfplumber (text only)": pdfplumber_text}
    word_readers = {"python-docx (text only)": python_docx_text, "docx2python (text only)": docx2python_text}
    report: dict[str, object] = {
        "real_documents": SHARED.is_dir(),
        "pdf": compare("pages", pages, pdfs, pdf_readers, options.rounds),
        "docx": compare("files", len(words), words, word_readers, options.rounds),
    }
    for suffix in (".txt", ".html", ".xml", ".odt"):
        documents = {name: data for name, data in files(suffix).items() if "sru" not in name and "metadata" not in name}
        took = seconds(lambda data: read_bytes(data, "stuk"), documents, options.rounds)
        report[suffix[1:]] = {"documents": len(documents), "files_per_second": round(len(documents) / took, 1)}
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
