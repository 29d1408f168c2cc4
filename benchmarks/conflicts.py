"""What does the consistency check see, and how much does it say? `python -m benchmarks.conflicts`.

`--topics GOLD.json --documents FOLDER --dates 000=2025-12-10 …`: each document is checked with the others in the bank.
A topic is surfaced when a finding (of any check) stands on one of its sides and shows another; only those of this check
are counted. `--noise BANK`: documents of a bank are
checked against the rest of it; findings per 1,000 words, by rule and severity. `--show` prints them to be read.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from answers_bank.documents import Document
from answers_bank.reading import read_file
from answers_bank.store.bank import Bank
from drafter.checks import check_document
from drafter.checks.finding import Context, Finding


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", type=Path, help="topics with their sides (JSON)")
    parser.add_argument("--documents", type=Path, help="folder with the documents of the topics")
    parser.add_argument("--dates", nargs="*", default=[], metavar="START=DATE", help="dates, by the start of the name")
    parser.add_argument("--noise", type=Path, help="a bank of which documents are checked against the rest")
    parser.add_argument("--every", type=int, default=20, help="check every so manieth document of that bank")
    parser.add_argument("--show", action="store_true", help="print the findings")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    if options.topics:
        dates = dict(pair.split("=", 1) for pair in options.dates)
        figures["topics"] = topics(read(options.documents, dates), json.loads(options.topics.read_text()), options.show)
    if options.noise:
        figures["noise"] = noise(options.noise, options.every, options.show)
    json.dump(figures, sys.stdout, indent=1, ensure_ascii=False)
    print()


def read(folder: Path, dates: dict[str, str]) -> dict[str, Document]:
    """The documents of a folder by file name, with the dates given."""
    found = {}
    for path in sorted(folder.iterdir()):
        document = dataclasses.replace(read_file(path), id=path.name)
        day = next((dates[start] for start in dates if path.name.startswith(start)), None)
        found[path.name] = dataclasses.replace(document, received=datetime.date.fromisoformat(day)) if day else document
    return found


def topics(documents: dict[str, Document], gold: list[dict[str, Any]], show: bool = False) -> dict[str, Any]:
    """Which topics are surfaced, and how many findings there are in all."""
    surfaced: set[str] = set()
    total: Counter[str] = Counter()
    touching = 0
    words = 0
    for name, document in documents.items():
        for finding in _against(document, [other for other in documents.values() if other is not document]):
            if finding.check == "consistency":
                total[f"{finding.severity}: {finding.rule}"] += 1
            met = {topic["id"] for topic in gold if _meets(name, finding, documents, topic["sides"])}
            touching += bool(met) and finding.check == "consistency"
            surfaced |= met
            if show and (met or finding.check == "consistency"):
                _print(name, finding, " ".join(sorted(met)))
        words += len(document.text.split())
    return {
        "topics": len(gold),
        "surfaced": len(surfaced),
        "missing": [topic["id"] for topic in gold if topic["id"] not in surfaced],
        "findings": sum(total.values()),
        "on_a_topic": touching,
        "per_1000_words": round(1000 * sum(total.values()) / max(1, words), 2),
        "by_rule": dict(total.most_common()),
    }


def _against(document: Document, others: Iterable[Document]) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder, Bank.open(Path(folder) / "bank", create=True) as bank:
        for other in others:
            bank.add(other)
        return check_document(document, Context(datetime.date(2026, 6, 1), bank))


def _meets(name: str, finding: Finding, documents: dict[str, Document], sides: list[dict[str, Any]]) -> bool:
    """Whether the finding stands on one side and shows another."""
    mine = [
        _place(documents[name].text, finding.sentence) or (finding.start, finding.end),
        (finding.start, finding.end),
    ]
    shown = [
        (where, span)
        for evidence in finding.evidence
        for where in [evidence.document or name]
        if where in documents and (span := _place(documents[where].text, evidence.quote))
    ]
    spans = [(side["file"], (side["start"], side["end"])) for side in sides]
    here = {n for n, (file, span) in enumerate(spans) if file == name and any(_meet(span, one) for one in mine)}
    there = {n for n, (file, span) in enumerate(spans) if any(file == f and _meet(span, one) for f, one in shown)}
    return any(a != b for a in here for b in there)


def _place(text: str, quote: str) -> tuple[int, int] | None:
    match = re.search(r"\s+".join(map(re.escape, quote.split())), text) if quote.split() else None
    return match.span() if match else None


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def noise(folder: Path, every: int, show: bool = False) -> dict[str, Any]:
    """Findings of documents of a bank against the rest of it."""
    total: Counter[str] = Counter()
    words = documents = quiet = 0
    with Bank.open(folder) as bank:
        began = time.process_time()
        for identifier in [entry.id for entry in bank.documents()][::every]:
            document = bank.document(identifier)
            if not document.answers:
                continue
            found = check_document(document, Context(datetime.date(2026, 6, 1), bank), only=["consistency"])
            total.update(f"{finding.severity}: {finding.rule}" for finding in found)
            words += len(document.text.split())
            documents += 1
            quiet += not found
            for finding in found if show else ():
                _print(identifier, finding, "")
    return {
        "documents": documents,
        "without_findings": quiet,
        "words": words,
        "findings": sum(total.values()),
        "per_1000_words": round(1000 * sum(total.values()) / max(1, words), 2),
        "warnings_per_1000_words": round(
            1000 * sum(n for rule, n in total.items() if rule.startswith("warning")) / max(1, words), 2
        ),
        "by_rule": dict(total.most_common()),
        "seconds": round(time.process_time() - began, 1),
    }


def _print(name: str, finding: Finding, met: str) -> None:
    print(f"{met or '-'} {name[:40]} {finding.severity} {finding.rule}: {finding.message}\n    {finding.sentence}")
    for evidence in finding.evidence[:3]:
        print(f"    {evidence.document[:40]} {evidence.date}: {evidence.quote}")


if __name__ == "__main__":
    main()
