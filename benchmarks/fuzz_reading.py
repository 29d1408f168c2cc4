"""Damages files at random and reads them: nothing but a document or an InputError may come out, in bounded time.

    python -m benchmarks.fuzz_reading --count 20000

Seeds are small files made in memory and, where it is present, every real document beside the project. The work is done
in processes of their own, so that a crash inside a library is seen and counted too. JSON on standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KAMERANTWOORD_SHARED", ROOT.parent / "shared")) / "data"
SLOW = 5.0
"""Seconds; a damaged file of this size that takes longer is reported."""


def seeds() -> dict[str, bytes]:
    """Name and content of the files to damage."""
    sys.path.insert(0, str(ROOT / "tests"))
    from support.reading_files import FILES

    found = dict(FILES)
    for path in sorted(SHARED.rglob("*")) if SHARED.is_dir() else []:
        if path.suffix in (".docx", ".odt", ".pdf", ".html", ".xml", ".txt") and path.stat().st_size < 400_000:
            found[path.name] = path.read_bytes()
    return found


def damage(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """One of several kinds of damage, several times over."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12, 40))):
        if not result:
            break
        place = chance.randrange(len(result))
        kind = chance.randrange(7)
        if kind == 0:
            result[place] = chance.randrange(256)
        elif kind == 1:
            del result[place : place + chance.randint(1, 200)]
        elif kind == 2:
            result[place:place] = chance.randbytes(chance.randint(1, 20))
        elif kind == 3:
            end = min(len(result), place + chance.randint(1, 300))
            result[place:place] = result[place:end] * chance.randint(1, 5)
        elif kind == 4:
            result[place : place + 4] = chance.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"-1  ", b"</w:", b"[1] ")
            )
        elif kind == 5:
            del result[place:]
        else:
            other = chance.choice(others)
            start = chance.randrange(len(other))
            result[place:place] = other[start : start + chance.randint(1, 500)]
    return bytes(result)


def repack(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Damage inside a zip file: one member is damaged and the archive made whole again."""
    import io
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(data))
    names = [name for name in source.namelist() if name.endswith(".xml")]
    chosen = chance.choice(names)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, damage_markup(content, chance, others) if name == chosen else content)
    return buffer.getvalue()


def damage_markup(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Damage that leaves most XML well formed: elements doubled, dropped or renamed, values changed."""
    import re

    if chance.random() < 0.2:
        return damage(data, chance, others)
    for _ in range(chance.randint(1, 6)):
        tags = list(re.finditer(rb"<([\w:]+)([^<>]*)/>|<([\w:]+)([^<>]*)>[^<]*</\3>", data))
        if not tags:
            break
        tag = chance.choice(tags)
        kind = chance.randrange(4)
        if kind == 0:
            data = data[: tag.start()] + data[tag.end() :]
        elif kind == 1:
            data = data[: tag.start()] + tag[0] * chance.randint(2, 30) + data[tag.end() :]
        elif kind == 2:
            changed = re.sub(
                rb'"[^"]*"', b'"' + chance.choice((b"-1", b"99999999999", b"", b"x", b"\xc3\xa9")) + b'"', tag[0]
            )
            data = data[: tag.start()] + changed + data[tag.end() :]
        else:
            other = chance.choice(tags)
            data = data[: other.start()] + tag[0] + data[other.start() :]
    return data


def work(first: int, last: int) -> None:
    """Read the mutations first..last and print a line for each finding."""
    from answers_bank.reading import read_bytes
    from embeddings.errors import InputError

    files = seeds()
    names = sorted(files)
    contents = list(files.values())
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for number in range(first, last):
        chance = random.Random(number)
        name = chance.choice(names)
        data = files[name]
        zipped = data[:2] == b"PK" and chance.random() < 0.7
        mutated = repack(data, chance, contents) if zipped else damage(data, chance, contents)
        print(json.dumps({"at": number, "file": name}), flush=True)
        started = time.monotonic()
        try:
            document = read_bytes(mutated, name)
            outcomes["read"] += 1
            check_spans(document)
        except InputError:
            outcomes["refused"] += 1
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}:{where.lineno}"
            print(
                json.dumps(
                    {"error": f"{type(error).__name__}: {error}"[:200], "where": place, "number": number, "file": name}
                )
            )
        took = time.monotonic() - started
        slowest = max(slowest, took)
        if took > SLOW:
            print(json.dumps({"slow": round(took, 1), "number": number, "file": name}))
    print(json.dumps({"outcomes": outcomes, "slowest": round(slowest, 2)}), flush=True)


def check_spans(document: object) -> None:
    """Every run of every passage must stand in the extracted text as it says."""
    text = document.text  # type: ignore[attr-defined]
    answers = [p for answer in document.answers for p in answer.paragraphs]  # type: ignore[attr-defined]
    sections = [p for section in document.sections for p in section.paragraphs]  # type: ignore[attr-defined]
    for passage in (*document.questions, *answers, *sections):  # type: ignore[attr-defined]
        for view, source, length in passage.runs or ((0, passage.start, len(passage.text)),):
            assert text[source : source + length] == passage.text[view : view + length], "span"


HOSTILE = {
    "capitals without end": "heeft het lid " + "A" * 100_000,
    "names without end": "heeft het lid " + "Ab, " * 25_000 + "x",
    "one long paragraph": ("Antwoord " + "twee " * 15 + "\n") * 1_500,
    "headings without numbers": "Vraag\n1\n" * 15_000,
    "marks on one line": " ".join(f"woord{n}" for n in range(1, 20_000)),
    "numbers on lines of their own": "Kent u dit?1\n" + "1\nZie dat\n" * 12_000,
    "lettered headings": "".join(f"Vraag 1{c}\nKent u dit?\nAntwoord 1{c}\nJa.\n" for c in "abcdefghij") * 500,
    "speakers by turns": "De heer Aa-Bb-Cc-Dd:\nMinister Aa:\n" * 8_000,
}
"""Texts made to be slow."""


def hostile() -> dict[str, float]:
    """For each hostile text, the time it takes against that of its first half: 2 is linear, 4 quadratic."""
    from answers_bank.reading import read_bytes

    def seconds(text: str) -> float:
        best = float("inf")
        for _ in range(3):
            began = time.perf_counter()
            read_bytes(text.encode(), "a.txt")
            best = min(best, time.perf_counter() - began)
        return best

    return {name: round(seconds(text) / seconds(text[: len(text) // 2]), 2) for name, text in HOSTILE.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--work", type=int, nargs=2)
    options = parser.parse_args()
    if options.work:
        work(*options.work)
        return
    found: list[dict[str, object]] = []
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    at, end = options.start, options.start + options.count
    began = time.monotonic()
    while at < end:
        stop = min(at + 500, end)
        command = [sys.executable, "-m", "benchmarks.fuzz_reading", "--work", str(at), str(stop)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        last: dict[str, object] = {}
        for line in done.stdout.splitlines():
            entry = json.loads(line)
            if "at" in entry:
                last = entry
            elif "outcomes" in entry:
                outcomes.update(entry["outcomes"])
                slowest = max(slowest, entry["slowest"])
            else:
                found.append(entry)
        if done.returncode == 0:
            at = stop
        else:
            found.append(
                {
                    "crash": done.returncode,
                    "number": last.get("at"),
                    "file": last.get("file"),
                    "said": done.stderr[-300:],
                }
            )
            at = int(str(last.get("at", at))) + 1
        print(
            f"{at - options.start}/{options.count} {dict(outcomes)} {len(found)} findings", file=sys.stderr, flush=True
        )
    report = {
        "mutations": options.count,
        "outcomes": outcomes,
        "slowest_seconds": slowest,
        "seconds": round(time.monotonic() - began),
        "findings": found,
        "twice_the_text_takes": hostile(),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
