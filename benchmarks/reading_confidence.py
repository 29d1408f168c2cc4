"""What the confidence of a reading is worth: how often "high" is right, and how often what is wrong is named.

    python -m benchmarks.reading_confidence [--count 1500] [--seed 0]

Documents whose right reading is known (drawn at random, see `benchmarks.generated`; and the text of real documents
beside the project where they are present, as it is read untouched) are damaged in one place: two lines joined, a line
split, a mark moved, two pages changed about, a heading lost, a line lost. A reading is right where questions and
answers are those of the undamaged document, letter for letter. JSON on standard output: for each damage how often
"high" was right, and how often a wrong reading had a warning, and one that names the question, answer or words.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from answers_bank.documents import Document  # noqa: E402
from answers_bank.reading import read_bytes  # noqa: E402
from answers_bank.reading.outline import confidence  # noqa: E402
from answers_bank.reading.structure.headings import read_heading  # noqa: E402
from benchmarks.generated.judging import letters  # noqa: E402
from benchmarks.generated_reading import made  # noqa: E402
from embeddings.errors import InputError  # noqa: E402

SHARED = Path(os.environ.get("KAMERANTWOORD_SHARED", ROOT.parent / "shared")) / "data"
Lines = list[str]
SHORTEST_PAGE = 12
"""Lines."""


def joined(lines: Lines, chance: random.Random) -> tuple[Lines, int]:
    """A line runs on into the next one that is not empty."""
    places = [i for i in range(2, len(lines) - 1) if lines[i].strip() and lines[i + 1].strip()]
    if not places:
        return lines, -1
    at = chance.choice(places)
    return [*lines[:at], f"{lines[at]} {lines[at + 1]}", *lines[at + 2 :]], at


def split(lines: Lines, chance: random.Random) -> tuple[Lines, int]:
    """A line is broken at a space."""
    places = [i for i in range(2, len(lines)) if lines[i].count(" ") > 3]
    if not places:
        return lines, -1
    at = chance.choice(places)
    cut = chance.choice([match.start() for match in re.finditer(" ", lines[at])][1:])
    return [*lines[:at], lines[at][:cut], lines[at][cut + 1 :], *lines[at + 1 :]], at


def moved(lines: Lines, chance: random.Random) -> tuple[Lines, int]:
    """The mark of a note goes to a line of its own."""
    form = re.compile(r"(?<=[a-z?.»])(\d{1,2}|[¹²³])$")
    places = [i for i in range(2, len(lines)) if form.search(lines[i])]
    if not places:
        return lines, -1
    at = chance.choice(places)
    found = form.search(lines[at])
    assert found
    return [*lines[:at], lines[at][: found.start()], found[0], *lines[at + 1 :]], at


def reordered(lines: Lines, chance: random.Random) -> tuple[Lines, int]:
    """Two neighbouring stretches of the text change places, as pages do."""
    size = max(SHORTEST_PAGE, len(lines) // 4)
    if len(lines) < 3 * size:
        return lines, -1
    at = chance.randrange(4, len(lines) - 2 * size + 1)
    return [*lines[:at], *lines[at + size : at + 2 * size], *lines[at : at + size], *lines[at + 2 * size :]], at


def heading_lost(lines: Lines, chance: random.Random) -> tuple[Lines, int]:
    """The heading of a question or an answer is gone."""
    places = [i for i, line in enumerate(lines) if i > 1 and (found := read_heading(line.strip())) and found.numbers]
    if not places:
        return lines, -1
    at = chance.choice(places)
    heading = read_heading(lines[at].strip())
    assert heading
    rest = lines[at].strip()[heading.rest :]
    return [*lines[:at], *([rest] if rest else []), *lines[at + 1 :]], at


def line_lost(lines: Lines, chance: random.Random) -> tuple[Lines, int]:
    """A line of a question or answer is gone."""
    places = [i for i in range(3, len(lines)) if len(lines[i]) > 20]
    if not places:
        return lines, -1
    at = chance.choice(places)
    return [*lines[:at], *lines[at + 1 :]], at


DAMAGES: dict[str, Callable[[Lines, random.Random], tuple[Lines, int]]] = {
    "none": lambda lines, chance: (lines, 0),
    "lines joined": joined,
    "line split": split,
    "mark moved": moved,
    "pages reordered": reordered,
    "heading lost": heading_lost,
    "line lost": line_lost,
}
UNSEEN = frozenset({"line lost"})
"""Damages that nobody can see who does not know the document; they are shown, and left out of the totals."""

Said = list[tuple[str, tuple[int, ...], str]]


def said(document: Document) -> Said:
    """Questions and answers, letters alone."""
    asked = [("question", question.numbers, letters(question.text)) for question in document.questions]
    return asked + [("answer", answer.numbers, letters(answer.text)) for answer in document.answers]


def sources(count: int, seed: int) -> Iterator[tuple[str, str, Said]]:
    """Name, text and right reading of each document."""
    for number, form, drawn, data in made(list(range(seed, seed + count)), ["txt", "text pypdf", "text pdftotext"]):
        right = [("question", numbers, letters(text)) for numbers, text in drawn.truth.questions]
        right += [("answer", numbers, letters(text)) for numbers, text in drawn.truth.answers]
        if not drawn.truth.tables:
            yield f"{form} {number}", data.decode("utf8", "replace"), right
    for path in sorted(SHARED.rglob("*")) if SHARED.is_dir() else []:
        if path.suffix not in (".txt", ".pdf", ".docx", ".odt", ".html") or "hostile" in path.parts:
            continue
        try:
            text = read_bytes(path.read_bytes(), path.name).text
            document = read_bytes(text.encode(), "stuk.txt")
        except InputError:
            continue
        if document.questions and confidence(document) == "high":
            for _ in range(8):
                yield f"real {path.name}", text, said(document)


def names_the_place(document: Document, right: Said) -> bool:
    """Whether a warning names a question or answer that is wrong, or words of the text."""
    got = set(said(document))
    wrong = {str(number) for kind, numbers, text in right if (kind, numbers, text) not in got for number in numbers}
    wrong |= {str(number) for part in got - set(right) for number in part[1]}
    for warning in document.warnings:
        named = set(re.findall(r"\d+", re.sub("“[^”]*”", "", warning.message)))
        if named & wrong or "“" in warning.message:
            return True
    return False


def main() -> None:
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=600, help="documents drawn")
    parser.add_argument("--seed", type=int, default=50_000)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    shown: dict[str, list[str]] = defaultdict(list)
    for number, (name, text, right) in enumerate(sources(options.count, options.seed)):
        kinds = list(DAMAGES) if name.startswith("real") else ["none", list(DAMAGES)[1 + number % (len(DAMAGES) - 1)]]
        for kind in kinds:
            chance = random.Random(f"{name} {kind} {number}")
            lines, at = DAMAGES[kind](text.split("\n"), chance)
            if at < 0:
                continue
            try:
                document = read_bytes("\n".join(lines).encode(), "stuk.txt")
            except InputError:
                continue
            sure, correct = confidence(document), said(document) == right
            count = counts[kind]
            count["all"] += 1
            count[sure] += 1
            count["right"] += correct
            count["high and right"] += sure == "high" and correct
            count["wrong"] += not correct
            count["wrong and warned"] += not correct and bool(document.warnings)
            named = not correct and names_the_place(document, right)
            count["wrong and named"] += named
            if not correct and not named and len(shown[kind]) < options.show:
                shown[kind].append(f"{name} (line {at}): {[w.code for w in document.warnings]}")
    total: Counter[str] = Counter()
    for kind, count in counts.items():
        if kind not in UNSEEN:
            total.update(count)
    report = {kind: _figures(count) | {"not named": shown[kind]} for kind, count in [*counts.items(), ("total", total)]}
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    print()


def _figures(count: Counter[str]) -> dict[str, object]:
    return {
        "documents": count["all"],
        "right": count["right"],
        "high": count["high"],
        "high is right": round(count["high and right"] / count["high"], 3) if count["high"] else None,
        "wrong": count["wrong"],
        "wrong is warned": round(count["wrong and warned"] / count["wrong"], 3) if count["wrong"] else None,
        "wrong is named": round(count["wrong and named"] / count["wrong"], 3) if count["wrong"] else None,
    }


if __name__ == "__main__":
    main()
