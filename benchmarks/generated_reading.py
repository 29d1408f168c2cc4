"""How many documents made at random are read entirely right, in each format.

    python -m benchmarks.generated_reading [--count 2000] [--seed 0] [--show 3]

Each document is drawn with what is right known: questions, answers, notes, tables, closings, who signs, dates. It is
written in one of the formats, read, and judged as a whole. JSON on standard output: the share right in each format, and
faults by their kind with the traits that go with them. What LibreOffice, pdftotext, pypdf or pdfminer make is drawn
only where these are on the machine, and `absent` says which are not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import random
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from answers_bank.reading import read_bytes  # noqa: E402
from benchmarks.generated import markup, office, pages  # noqa: E402
from benchmarks.generated.drawing import draw  # noqa: E402
from benchmarks.generated.judging import faults  # noqa: E402
from benchmarks.generated.model import Drawn  # noqa: E402
from embeddings.errors import InputError  # noqa: E402

WRITERS = {
    "docx": office.docx,
    "odt": office.odt,
    "html": markup.html,
    "xml": markup.xml,
    "txt": markup.plain,
    "md": markup.markdown,
    "pdf": pages.pdf,
}
TARGETS = {"docx": 0.98, "odt": 0.98, "html": 0.98, "xml": 0.98, "pdf": 0.95}
"""The share that must be right; .90 for text."""


def tools() -> tuple[list[str], list[str]]:
    """The forms that can be made here, and what is absent for the others."""
    forms, absent = list(WRITERS), []
    if shutil.which("soffice"):
        forms.append("pdf office")
    else:
        absent.append("LibreOffice")
    if shutil.which("pdftotext"):
        forms += ["text pdftotext", "text pdftotext layout"]
    else:
        absent.append("pdftotext")
    for module, name in (("pypdf", "pypdf"), ("pdfminer", "pdfminer")):
        if importlib.util.find_spec(module):
            forms.append(f"text {name}")
        else:
            absent.append(name)
    return forms, absent


def made(numbers: list[int], forms: list[str]) -> Iterator[tuple[int, str, Drawn, bytes]]:
    """Number, form, document and file of each; `numbers` take the forms by turns."""
    office_files: dict[str, bytes] = {}
    waiting: list[tuple[int, str, Drawn]] = []
    for number in numbers:
        form = forms[number % len(forms)]
        drawn, chance = draw(number, form), random.Random(number)
        if form == "pdf office":
            suffix = chance.choice(["docx", "odt"])
            office_files[f"{number}.{suffix}"] = WRITERS[suffix](drawn, chance)
            waiting.append((number, form, drawn))
        elif form.startswith("text "):
            data = pages.pdf(drawn, chance)
            yield number, form, drawn, pages.EXTRACTORS[form.removeprefix("text ")](data).encode()
        else:
            yield number, form, drawn, WRITERS[form](drawn, chance)
    printed = pages.office_pdfs(office_files)
    for number, form, drawn in waiting:
        if str(number) in printed:
            yield number, form, drawn, printed[str(number)]


def suffix_of(form: str) -> str:
    """The suffix of a file of this form."""
    return "txt" if form.startswith("text") else form.split()[0]


def judged(number: int, form: str, drawn: Drawn, data: bytes) -> dict[str, str]:
    """What was read wrongly."""
    try:
        document = read_bytes(data, f"{number}.{suffix_of(form)}")
    except InputError as error:
        return {"refused": error.message}
    return faults(drawn, document, form.startswith("text"))


def main() -> None:
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0, help="number of the first document")
    parser.add_argument("--forms", nargs="*", help="only these")
    parser.add_argument("--show", type=int, default=3, help="examples of each kind of fault")
    parser.add_argument("--keep", type=Path, help="folder for the files that were read wrongly")
    options = parser.parse_args()
    forms, absent = tools()
    forms = options.forms or forms
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    kinds: dict[str, list[str]] = defaultdict(list)
    traits: Counter[str] = Counter()
    wrong_traits: Counter[str] = Counter()
    for number, form, drawn, data in made(list(range(options.seed, options.seed + options.count)), forms):
        found = judged(number, form, drawn, data)
        total[form] += 1
        right[form] += not found
        traits.update(drawn.traits)
        if found:
            wrong_traits.update(drawn.traits)
            kinds[f"{form}: {', '.join(sorted(found))}"].append(
                f"{number}: {json.dumps(found, ensure_ascii=False)[:400]}"
            )
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{number}-{form.replace(' ', '-')}.{suffix_of(form)}").write_bytes(data)
    groups = {
        "text": [form for form in total if suffix_of(form) == "txt" or form == "md"],
        "pdf": ["pdf", "pdf office"],
    }
    report = {
        "documents": sum(total.values()),
        "first": options.seed,
        "absent": absent,
        "right": {form: [right[form], total[form], round(right[form] / total[form], 3)] for form in sorted(total)},
        "groups": {
            name: round(sum(right[f] for f in group) / max(sum(total[f] for f in group), 1), 3)
            for name, group in groups.items()
        },
        "traits": {
            trait: [wrong_traits[trait], traits[trait]]
            for trait, _ in sorted(wrong_traits.items(), key=lambda item: -item[1] / traits[item[0]])
        },
        "faults": {
            kind: {"count": len(seen), "examples": seen[: options.show]}
            for kind, seen in sorted(kinds.items(), key=lambda item: -len(item[1]))
        },
    }
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
